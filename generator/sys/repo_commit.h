/*
 * repo_commit - making commits and comparing their trees, for the files
 * sys/repo*.c alone. All is called under the repository's lock.
 */
#ifndef SYS_REPO_COMMIT_H
#define SYS_REPO_COMMIT_H

#include "sys/repo_lib.h"
#include "sys/repo_write.h"

/* From now on what is written reaches the disk before it is renamed. */
void repo_write_safely(struct repo *r);

/* Valid UTF-8 without control characters and angle brackets, and not empty. */
bool repo_person_is_fine(const struct repo_person *who);
/* REPO_NAME when it is not fine. Freed by the caller. */
enum repo_status repo_signature(struct repo *r, const struct repo_person *who, git_signature **out);

struct repo_new {
	const git_oid *tree;
	const git_oid *parents[2];
	size_t nparents;
	const struct repo_person *author, *committer;
	const char *message;
};

/* An object that nothing points to. */
enum repo_status repo_make_commit(struct repo *r, const struct repo_new *new, git_oid *out);

/* A message as git writes it: no blank lines at its ends, one line end. */
enum repo_status repo_clean_message(struct repo *r, const char *text, git_buf *out);

/* Each path in which two commits differ, deleted ones first; renames are one
 * deleted and one added. from may be NULL: then all is added. Anything but 0
 * ends it and is the result. */
typedef int repo_delta_visitor(struct repo *r, void *payload, const git_diff_delta *delta);
enum repo_status repo_each_delta(struct repo *r, const git_oid *from, const git_oid *to,
    repo_delta_visitor *visit, void *payload);

enum repo_status repo_branch_now(struct repo *r, struct arena *a, const char **name);

#endif

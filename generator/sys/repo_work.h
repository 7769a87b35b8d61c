/*
 * repo_work - one file of the working tree, for the files sys/repo*.c alone.
 *
 * Paths are from the top of the repository. All is called under its lock.
 */
#ifndef SYS_REPO_WORK_H
#define SYS_REPO_WORK_H

#include "sys/repo_lib.h"

#include <sys/stat.h>

struct repo_work {
	git_filemode_t mode; /* GIT_FILEMODE_UNREADABLE: nothing is there; a folder: TREE */
	git_oid id;          /* of a file or a link: that of the blob git would store */
	struct stat st;
};

/*
 * What is there now. before is its mode in the commit it is compared with, or
 * 0: a file system that knows no links or no right to execute keeps it.
 * REPO_OUTSIDE: the way to it leads through a link, or it is neither file nor
 * link. REPO_FILTER: git would store something that libgit2 cannot work out.
 * The path is then in the repository's message.
 */
enum repo_status repo_work_look(
    struct repo *r, const char *path, git_filemode_t before, struct repo_work *out);

/* Writes the blob of what repo_work_look() found to be a file or a link. */
enum repo_status repo_work_store(struct repo *r, const char *path, git_oid *id);

/* REPO_FILTER when a file of this path is not stored as libgit2 would do it. */
enum repo_status repo_work_filter(struct repo *r, const char *path);

/* The bits of the index for a file, whose path is borrowed. */
git_index_entry repo_work_entry(const struct repo_work *w, const char *path);

/* "top/path", in the arena. */
const char *repo_work_path(struct repo *r, struct arena *a, const char *path);

/* Put a path into the repository's message; gives the status. */
enum repo_status repo_refuse(struct repo *r, enum repo_status status, const char *path);
/* The same with what errno says; gives REPO_FAILED. */
enum repo_status repo_system_failed(struct repo *r, const char *path);

#endif

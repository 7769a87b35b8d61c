/*
 * repo - what git knows about the site.
 *
 * libgit2 costs several milliseconds to load, so it is loaded by the first
 * call that needs it (dlopen) and no sooner; a build given --date needs none
 * of it. repo_head() may run in a thread beside the reading of the input.
 *
 * Only HEAD is asked for so far, which works in shallow clones too. Functions
 * about history (the last commit that touched a path, the lines of a file by
 * commit) join here: they take an opened repository, so that it is found once
 * per run, give their results in the caller's arena, and answer REPO_SHALLOW
 * when .git/shallow shows that the history is cut, because libgit2 1.5 fails
 * on it. No git2 type is seen outside repo.c.
 */
#ifndef SYS_REPO_H
#define SYS_REPO_H

#include "base/diag.h"

enum repo_status {
	REPO_OK = 0,
	REPO_NONE = -1,    /* the folder is in no repository */
	REPO_UNBORN = -2,  /* a repository without a commit */
	REPO_OWNER = -3,   /* it belongs to another user, and git refuses it */
	REPO_LIBRARY = -4, /* libgit2 is not installed */
	REPO_FAILED = -5,  /* damaged, unreadable, …: see message */
};

enum { REPO_OID = 40 };

struct repo_head {
	int64_t time; /* of the committer, seconds since 1970 */
	char oid[REPO_OID + 1];
	char message[200]; /* of libgit2, with REPO_FAILED and REPO_OWNER */
};

/*
 * Starts the library without the certificates of the system, whose reading is
 * a third of its start. Only for a process that has no other thread: for a
 * moment it can open no file. What fails here repo_head() tries again, and says.
 */
void repo_start_offline(void);

/* The commit HEAD points to, in the repository that holds the folder. */
enum repo_status repo_head(struct repo_head *out, const char *folder);

/* Add the note (REPO_NONE, REPO_UNBORN, REPO_LIBRARY) or warning for a status;
 * REPO_OK adds nothing. */
void repo_complain(
    struct diag *diag, enum repo_status status, const struct repo_head *head, const char *folder);

#endif

/*
 * repo - what git knows about the site.
 *
 * libgit2 costs several milliseconds to load, so it is loaded by the first
 * call that needs it (dlopen) and no sooner; a build given --date needs none
 * of it. repo_head() asks for the last commit alone, and works in shallow
 * clones too.
 *
 * For all else: repo_open() once, then the functions of
 *     repo_tree.h    what a commit holds: entries by path, bytes of files
 *     repo_log.h     every commit that led to one
 *     repo_root.h    the site's folder as it was, as a struct root
 *     repo_status.h  what the working tree has that HEAD has not
 *     repo_write.h   a new commit, and moving the branch to it
 *     repo_tag.h     named versions
 *     repo_merge.h   two lines of work brought together
 *     repo_remote.h  fetching and pushing
 * and repo_close() at the end, after every root that was made of it. All paths
 * are relative to the site's folder, which may lie anywhere in the repository;
 * parts are divided by '/'. Ids are 40 hexadecimal digits.
 *
 * Threads: one struct repo may be used by any number of them at once; a lock
 * in it lets one in at a time. What is given back lives in the caller's arena.
 *
 * Functions return REPO_OK (0) or one of the negative codes below and add no
 * messages: repo_complain() has the words. No git2 type is seen outside of
 * sys/repo*.c.
 */
#ifndef SYS_REPO_H
#define SYS_REPO_H

#include "base/diag.h"

enum repo_status {
	REPO_OK = 0,
	REPO_NONE = -1,      /* the folder is in no repository */
	REPO_UNBORN = -2,    /* a repository without a commit */
	REPO_OWNER = -3,     /* it belongs to another user, and git refuses it */
	REPO_LIBRARY = -4,   /* libgit2 is not installed */
	REPO_FAILED = -5,    /* damaged, unreadable, …: see message */
	REPO_SHALLOW = -6,   /* a part of the history is not here (shallow clone) */
	REPO_MISSING = -7,   /* no such revision, or nothing of that path in it */
	REPO_AMBIGUOUS = -8, /* several objects begin with these digits */
	REPO_TOO_LARGE = -9, /* past the caller's bound, or more than is ever read */
	/* Of writing. Those marked * leave a name or what was said in the message. */
	REPO_BARE = -10,        /* no working tree */
	REPO_DETACHED = -11,    /* HEAD is at no branch */
	REPO_BUSY = -12,        /* a merge, rebase or the like is not finished */
	REPO_LOCKED = -13,      /* * another program works on it, or was killed at that */
	REPO_MOVED = -14,       /* the branch points elsewhere by now */
	REPO_EMPTY = -15,       /* nothing to commit */
	REPO_OUTSIDE = -16,     /* * a path that is no file of the site */
	REPO_FILTER = -17,      /* * a path whose filter only git itself can run */
	REPO_DIRTY = -18,       /* * files with changes that would be lost */
	REPO_CLASH = -19,       /* * both sides changed the same */
	REPO_UNRELATED = -20,   /* two commits without a common one */
	REPO_NO_UPSTREAM = -21, /* the branch follows no other */
	REPO_EXISTS = -22,      /* a tag of this name is there */
	REPO_NAME = -23,        /* not a name that git allows */
	REPO_COMMAND = -24,     /* the git program is not installed */
	REPO_TIMEOUT = -25,     /* * git took too long */
	REPO_REJECTED = -26,    /* * the other side refused what was pushed */
	REPO_REMOTE = -27,      /* * the other side could not be reached, … */
};

enum { REPO_OID = 40, REPO_MESSAGE = 400 };

struct repo_head {
	int64_t time; /* of the committer, seconds since 1970 */
	char oid[REPO_OID + 1];
	char message[REPO_MESSAGE]; /* of libgit2, with REPO_FAILED and REPO_OWNER */
};

/*
 * Starts the library without the certificates of the system, whose reading is
 * a third of its start. Only for a process that has no other thread: for a
 * moment it can open no file. What fails here repo_head() tries again, and says.
 */
void repo_start_offline(void);

/* The commit HEAD points to, in the repository that holds the folder. */
enum repo_status repo_head(struct repo_head *out, const char *folder);

struct repo;

/*
 * The repository that holds the folder: its own, one of a folder above, a
 * submodule, a linked worktree, a bare one. A bare one has no working tree,
 * and the site is at its top. An unborn one opens well. *out is NULL on
 * failure, and why->message says more with REPO_FAILED and REPO_OWNER.
 */
enum repo_status repo_open(struct repo **out, const char *folder, struct repo_head *why);
void repo_close(struct repo *r); /* NULL is fine */

/* The message of the last failure in this repository, for repo_complain(). */
void repo_why(struct repo *r, struct repo_head *why);

/* Is a part of its history not here? Then repo_log() may be cut. */
bool repo_is_shallow(const struct repo *r);
bool repo_is_bare(const struct repo *r);
/* The site's folder inside of the repository, "" at its top. */
const char *repo_prefix(const struct repo *r);
/* The git directory that all worktrees share, an absolute path; a good place
 * for what is computed from commits, in a folder of its own. */
const char *repo_git_dir(const struct repo *r);

/*
 * The commit that a name means, as for git rev-parse: HEAD, HEAD~1, a branch,
 * a tag (also an annotated one), the first digits of an id. REPO_UNBORN for
 * HEAD without a commit; REPO_MISSING for what is no commit; REPO_SHALLOW for
 * what is not found in a history that is cut.
 */
enum repo_status repo_resolve(struct repo *r, const char *name, char oid[REPO_OID + 1]);

/* Add the note or warning for a status; REPO_OK adds nothing. Where the
 * message stands is up to the caller: a folder, or the path that was asked for. */
void repo_complain(
    struct diag *diag, enum repo_status status, const struct repo_head *head, const char *where);

#endif

/*
 * repo_write - a new version: prepared first, then made the current one.
 *
 * repo_prepare() makes a commit of the working tree's content of some paths
 * over HEAD. Nothing points to it yet, so that it can be built, compared and
 * thrown away. repo_move() then makes the branch of HEAD point to a commit,
 * when it still points where the caller believes.
 *
 * Only the named paths are committed: what else is changed or staged stays so.
 * Contents go through git's filters (line ends); a path with a filter that
 * libgit2 does not know (git lfs, another encoding in the working tree) is
 * refused with REPO_FILTER. Hooks are not run, and nothing is signed.
 *
 * A crash at any moment leaves the repository whole. repo_move() brings the
 * index in step first and moves the branch last: between the two the new
 * content is only staged, and doing it again finishes the work. A file that is
 * changed back before that stays staged, as after git add. A file of git that a
 * crash left locked is REPO_LOCKED, with its name.
 */
#ifndef SYS_REPO_WRITE_H
#define SYS_REPO_WRITE_H

#include "sys/repo.h"

struct repo_person {
	const char *name, *mail;
	int64_t time; /* seconds since 1970 */
	int offset;   /* of the time zone, in minutes: 180 is +0300 */
};

struct repo_draft {
	const char *const *paths; /* of the site; those not there are deleted */
	size_t npaths;
	struct repo_person author, committer;
	const char *message; /* UTF-8 */
};

/*
 * The ids of the commit and of its parent, which is "" for the first commit of
 * a repository. The draft is refused with
 *     REPO_BARE      no working tree
 *     REPO_DETACHED  HEAD is at no branch
 *     REPO_BUSY      a merge or the like is not finished
 *     REPO_EMPTY     nothing of it differs from HEAD
 *     REPO_OUTSIDE   a path that leaves the site, goes through a link, or is
 *                    no file; its name is in the message
 *     REPO_FILTER    see above; the path is in the message
 */
enum repo_status repo_prepare(struct repo *r, const struct repo_draft *draft,
    char parent[REPO_OID + 1], char commit[REPO_OID + 1]);

/*
 * Makes the branch of HEAD point to a commit, and the index agree with it where
 * the two commits differ. from is where the branch is believed to point, ""
 * when it has no commit. REPO_MOVED: it points elsewhere by now, and nothing
 * happened, save that the content may be staged when both came at one instant.
 * why is the line for the reflog.
 */
enum repo_status repo_move(struct repo *r, const char *from, const char *to,
    const struct repo_person *who, const char *why);

/* The branch of HEAD, as "refs/heads/main". REPO_DETACHED when there is none. */
enum repo_status repo_branch(struct repo *r, struct arena *a, const char **name);

#endif

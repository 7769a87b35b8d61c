/*
 * repo_status - what the working tree has that HEAD has not.
 *
 * repo_changed() compares the files below the site's folder with HEAD: what was
 * only staged (git add) and what was not count alike, and a file that is as it
 * was in HEAD does not count, whatever happened between. Contents are compared
 * as git would store them, so line ends that git normalises are no change.
 * Ignored files, submodules and repositories inside are left out. A file that
 * was renamed is one deleted and one added.
 *
 * Nothing is written, the index of the user neither.
 */
#ifndef SYS_REPO_STATUS_H
#define SYS_REPO_STATUS_H

#include "sys/repo.h"

enum repo_change_kind {
	REPO_ADDED,
	REPO_CHANGED, /* content, or kind of file, or the right to execute */
	REPO_DELETED,
	REPO_CONFLICT, /* a merge left it to be settled by hand */
};

struct repo_change {
	const char *path; /* of the site */
	enum repo_change_kind kind;
};

struct repo_changes {
	struct repo_change *items; /* sorted by bytes */
	size_t count;
};

/* REPO_BARE when there is no working tree. Without a commit all is added. */
enum repo_status repo_changed(struct repo_changes *out, struct arena *a, struct repo *r);

/* What git is in the middle of: until it is finished or given up, nothing
 * should be committed by others. */
enum repo_activity {
	REPO_QUIET,
	REPO_MERGING,
	REPO_REBASING, /* git am too */
	REPO_PICKING,  /* cherry-pick, revert */
	REPO_BISECTING,
};
enum repo_activity repo_activity(struct repo *r);

#endif

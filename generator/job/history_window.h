/*
 * history_window - what stood at a path in each of some commits.
 *
 * A window is the whole log of HEAD, or its newest part, ended by one commit
 * whose history is known. window_column() gives the content of a path in each
 * commit as a number: equal numbers are equal bytes. It asks git only where
 * the folder above differs from that of the first parent, so that thousands of
 * files and hundreds of commits cost what was changed.
 */
#ifndef JOB_HISTORY_WINDOW_H
#define JOB_HISTORY_WINDOW_H

#include "compute/origin.h"
#include "sys/repo_log.h"

struct window {
	struct repo *repo;
	struct arena *arena;
	const struct repo_commit *log;       /* [count] */
	const struct origin_commit *commits; /* [count]: their parents */
	size_t count;
	bool ended;         /* the last commit is one whose history is known */
	struct map columns; /* of folders */
	struct map numbers; /* of contents: id → number + 1 */
	const char **ids;   /* of contents, by number */
	size_t nids, ids_cap;
};

/* The first `count` commits of the log; their parents are among them, or
 * count < log->count and all parents outside are number count - 1 itself. */
void window_init(
    struct window *w, struct arena *a, struct repo *repo, const struct repo_log *log, size_t count);
/* [count]: numbers, or ORIGIN_NONE where nothing stood there. Kept when it is
 * a folder, else in the arena given. */
const uint32_t *window_column(struct window *w, struct arena *a, const char *path, bool folder);
/* Does the commit differ from all its parents? Always of a first commit that
 * has something; never of the last commit of a window that was ended. */
bool window_changed(const struct window *w, const uint32_t *column, size_t commit);

#endif

/*
 * RENAME_EXCHANGE does it in one step. A file system without it (EINVAL, and
 * ENOSYS from old kernels) gets two renames; a single file keeps its place
 * even then, because the old one is linked to the spare name and the new one
 * renamed over it. In all three ways the prepared name holds the old thing
 * afterwards, so that undoing a step is doing it again.
 */
#include "sys/swap.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum step_kind { EXCHANGED, ADDED, TAKEN };

struct swap_step {
	enum step_kind kind;
	const char *prepared, *live, *spare;
};

static void done(struct swap *s, struct swap_step step)
{
	struct arena *a = &s->arena;
	s->steps = arena_grow(a, s->steps, s->count, &s->cap, sizeof(*s->steps));
	step.prepared = arena_strdup(a, step.prepared);
	step.live = arena_strdup(a, step.live);
	step.spare = step.spare ? arena_strdup(a, step.spare) : NULL;
	s->steps[s->count++] = step;
}

static bool lacks_exchange(int code)
{
	return code == EINVAL || code == ENOSYS || code == EOPNOTSUPP;
}

/* Without RENAME_EXCHANGE: see above. */
static int exchange_by_two(int dir, const char *prepared, const char *live, const char *spare)
{
	/* Folders and file systems without links: the live one is moved away. */
	if (linkat(dir, live, dir, spare, 0) && renameat(dir, live, dir, spare))
		return -1;
	if (renameat(dir, prepared, dir, live)) {
		int saved = errno;
		renameat(dir, spare, dir, live);
		/* Of two links to one file renameat() keeps both. */
		unlinkat(dir, spare, 0);
		errno = saved;
		return -1;
	}
	if (renameat(dir, spare, dir, prepared) == 0)
		return 0;
	int saved = errno;
	renameat(dir, live, dir, prepared);
	renameat(dir, spare, dir, live);
	errno = saved;
	return -1;
}

static int exchange(int dir, const char *prepared, const char *live, const char *spare)
{
	if (renameat2(dir, prepared, dir, live, RENAME_EXCHANGE) == 0)
		return 0;
	if (!lacks_exchange(errno))
		return -1;
	return exchange_by_two(dir, prepared, live, spare);
}

static int move(int dir, const char *from, const char *to)
{
	if (renameat(dir, from, dir, to) == 0)
		return 0;
	if (errno != ENOENT || fd_make_parents(dir, to))
		return -1;
	if (renameat(dir, from, dir, to) == 0)
		return 0;
	int saved = errno;
	fd_prune_parents(dir, to);
	errno = saved;
	return -1;
}

int swap_in(struct swap *s, const char *prepared, const char *live, const char *spare)
{
	enum step_kind kind = EXCHANGED;
	if (faccessat(s->dir, live, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		if (exchange(s->dir, prepared, live, spare))
			return -1;
	} else {
		kind = ADDED;
		if (errno != ENOENT || move(s->dir, prepared, live))
			return -1;
	}
	done(s, (struct swap_step){kind, prepared, live, spare});
	return 0;
}

int swap_out(struct swap *s, const char *live, const char *away)
{
	if (renameat(s->dir, live, s->dir, away))
		return errno == ENOENT ? 0 : -1;
	done(s, (struct swap_step){TAKEN, away, live, NULL});
	return 0;
}

static int undo(struct swap *s, const struct swap_step *step)
{
	switch (step->kind) {
	case EXCHANGED:
		return exchange(s->dir, step->prepared, step->live, step->spare);
	case ADDED:
		if (renameat(s->dir, step->live, s->dir, step->prepared))
			return -1;
		fd_prune_parents(s->dir, step->live);
		return 0;
	case TAKEN:
	default:
		return move(s->dir, step->prepared, step->live);
	}
}

int swap_undo(struct swap *s)
{
	int status = 0;
	while (s->count > 0)
		if (undo(s, &s->steps[--s->count]))
			status = -1;
	return status;
}

void swap_end(struct swap *s)
{
	arena_clear(&s->arena);
	*s = (struct swap)SWAP_INIT(-1);
}

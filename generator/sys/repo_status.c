/*
 * libgit2 compares HEAD with the index and the index with the working tree, by
 * times and sizes where it can. Where a path differs in both, the two changes
 * may undo each other; and a size may differ by line ends alone. Then the file is
 * hashed as git would store it, and compared with HEAD itself.
 */
#include "sys/repo_status.h"

#include "sys/repo_work.h"

#include <stdlib.h>
#include <string.h>

enum {
	IN_INDEX = GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED | GIT_STATUS_INDEX_DELETED |
	    GIT_STATUS_INDEX_TYPECHANGE,
	IN_TREE = GIT_STATUS_WT_NEW | GIT_STATUS_WT_MODIFIED | GIT_STATUS_WT_DELETED |
	    GIT_STATUS_WT_TYPECHANGE,
};

struct scan {
	struct repo *repo;
	struct arena *arena;
	struct repo_changes *out;
	size_t cap;
	git_oid head; /* the tree of HEAD, from the repository's top */
	bool born;
};

static void note(struct scan *s, const char *path, enum repo_change_kind kind)
{
	struct repo_changes *out = s->out;
	path = repo_inside(s->repo, path);
	if (!path)
		return;
	out->items = arena_grow(s->arena, out->items, out->count, &s->cap, sizeof(*out->items));
	out->items[out->count++] = (struct repo_change){arena_strdup(s->arena, path), kind};
}

static bool same_as_head(struct scan *s, const struct repo_found *there, const char *path)
{
	struct repo_work now;
	return repo_work_look(s->repo, path, there->mode, &now) == REPO_OK &&
	    now.mode == there->mode && s->repo->git->oid_equal(&now.id, &there->id);
}

/* What differs in the index and in the working tree, against HEAD alone. */
static void settle(struct scan *s, const char *path, unsigned flags)
{
	struct repo_found there = {0};
	bool before = s->born && repo_find_path(s->repo, &s->head, path, &there) == REPO_OK &&
	    there.mode != GIT_FILEMODE_TREE;
	bool after = !(flags & GIT_STATUS_WT_DELETED);
	if (before && !after)
		note(s, path, REPO_DELETED);
	else if (!before && after)
		note(s, path, REPO_ADDED);
	else if (before && !same_as_head(s, &there, path))
		note(s, path, REPO_CHANGED);
}

static void look_at(struct scan *s, const git_status_entry *e)
{
	unsigned flags = e->status;
	const git_diff_delta *delta = e->index_to_workdir ? e->index_to_workdir : e->head_to_index;
	if (!delta)
		return;
	const char *path = delta->new_file.path ? delta->new_file.path : delta->old_file.path;
	size_t len = strlen(path);
	/* A folder that is a repository of its own ends in a slash. */
	if (len == 0 || path[len - 1] == '/' || delta->old_file.mode == GIT_FILEMODE_COMMIT ||
	    delta->new_file.mode == GIT_FILEMODE_COMMIT)
		return;
	if (flags & GIT_STATUS_CONFLICTED)
		note(s, path, REPO_CONFLICT);
	else if (((flags & IN_INDEX) && (flags & IN_TREE)) || (flags & GIT_STATUS_WT_MODIFIED))
		settle(s, path, flags);
	else if (flags & (GIT_STATUS_INDEX_NEW | GIT_STATUS_WT_NEW))
		note(s, path, REPO_ADDED);
	else if (flags & (GIT_STATUS_INDEX_DELETED | GIT_STATUS_WT_DELETED))
		note(s, path, REPO_DELETED);
	else if (flags & (IN_INDEX | IN_TREE))
		note(s, path, REPO_CHANGED);
}

static int by_path(const void *x, const void *y)
{
	const struct repo_change *a = x, *b = y;
	return strcmp(a->path, b->path);
}

static enum repo_status scan(struct scan *s)
{
	struct repo *r = s->repo;
	git_status_list *list = NULL;
	git_status_options options;
	char *prefix = arena_strdup(s->arena, r->prefix);
	enum repo_status status = repo_head_tree(r, &s->head);
	s->born = status == REPO_OK;
	if (status && status != REPO_UNBORN)
		return status;
	r->git->status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
	    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
	if (*prefix)
		options.pathspec = (git_strarray){&prefix, 1};
	if (r->git->status_list_new(&list, r->handle, &options) < 0)
		return repo_failed(r);
	size_t n = r->git->status_list_entrycount(list);
	for (size_t i = 0; i < n; i++)
		look_at(s, r->git->status_byindex(list, i));
	r->git->status_list_free(list);
	if (s->out->count)
		qsort(s->out->items, s->out->count, sizeof(*s->out->items), by_path);
	return REPO_OK;
}

enum repo_status repo_changed(struct repo_changes *out, struct arena *a, struct repo *r)
{
	struct scan s = {.repo = r, .arena = a, .out = out};
	*out = (struct repo_changes){NULL, 0};
	if (repo_is_bare(r))
		return REPO_BARE;
	repo_lock(r);
	enum repo_status status = scan(&s);
	repo_unlock(r);
	return status;
}

enum repo_activity repo_activity_now(struct repo *r)
{
	switch (r->git->repository_state(r->handle)) {
	case GIT_REPOSITORY_STATE_NONE:
		return REPO_QUIET;
	case GIT_REPOSITORY_STATE_MERGE:
		return REPO_MERGING;
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return REPO_PICKING;
	case GIT_REPOSITORY_STATE_BISECT:
		return REPO_BISECTING;
	default:
		return REPO_REBASING;
	}
}

enum repo_activity repo_activity(struct repo *r)
{
	repo_lock(r);
	enum repo_activity activity = repo_activity_now(r);
	repo_unlock(r);
	return activity;
}

/*
 * Columns are filled from the oldest commit to the newest.
 */
#include "job/history_window.h"

#include "sys/repo_tree.h"

#include <string.h>

void window_init(
    struct window *w, struct arena *a, struct repo *repo, const struct repo_log *log, size_t count)
{
	struct origin_commit *commits = arena_array(a, count + 1, sizeof(*commits));
	*w = (struct window){
	    .repo = repo,
	    .arena = a,
	    .log = log->commits,
	    .commits = commits,
	    .count = count,
	    .ended = count < log->count,
	    .columns = MAP_INIT(a),
	    .numbers = MAP_INIT(a),
	};
	for (size_t i = 0; i < count; i++)
		commits[i] =
		    (struct origin_commit){log->commits[i].parents, log->commits[i].nparents};
	if (w->ended)
		commits[count - 1].nparents = 0;
}

static uint32_t number_of(struct window *w, const char *id)
{
	struct map_entry *e = map_entry(&w->numbers, str_of(id));
	if (!e->value) {
		w->ids = arena_grow(w->arena, w->ids, w->nids, &w->ids_cap, sizeof(*w->ids));
		w->ids[w->nids++] = arena_strdup(w->arena, id);
		e->value = (void *)(uintptr_t)w->nids;
	}
	return (uint32_t)((uintptr_t)e->value - 1);
}

/* A link or a submodule is no file of the site. */
static uint32_t ask(struct window *w, size_t commit, const char *path, bool folder)
{
	struct repo_entry entry;
	if (repo_entry(w->repo, w->log[commit].oid, path, &entry) ||
	    entry.kind != (folder ? REPO_FOLDER : REPO_FILE))
		return ORIGIN_NONE;
	return number_of(w, entry.oid);
}

static const uint32_t *above(struct window *w, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_strndup(w->arena, path, (size_t)(slash - path)) : "";
	return *path ? window_column(w, w->arena, folder, true) : NULL;
}

static void fill(
    struct window *w, uint32_t *column, const uint32_t *folders, const char *path, bool folder)
{
	for (size_t i = w->count; i-- > 0;) {
		const struct origin_commit *c = &w->commits[i];
		uint32_t parent = c->nparents ? c->parents[0] : ORIGIN_NONE;
		if (folders && folders[i] == ORIGIN_NONE)
			column[i] = ORIGIN_NONE;
		else if (folders && c->nparents && folders[i] == folders[parent])
			column[i] = column[parent];
		else
			column[i] = ask(w, i, path, folder);
	}
}

const uint32_t *window_column(struct window *w, struct arena *a, const char *path, bool folder)
{
	struct map_entry *e = folder ? map_entry(&w->columns, str_of(path)) : NULL;
	if (e && e->value)
		return e->value;
	const uint32_t *folders = above(w, path);
	uint32_t *column = arena_array(folder ? w->arena : a, w->count + 1, sizeof(*column));
	fill(w, column, folders, path, folder);
	if (folder)
		map_put(&w->columns, str_of(path), column);
	return column;
}

bool window_changed(const struct window *w, const uint32_t *column, size_t commit)
{
	const struct origin_commit *c = &w->commits[commit];
	if (c->nparents == 0)
		return !(w->ended && commit == w->count - 1) && column[commit] != ORIGIN_NONE;
	for (size_t i = 0; i < c->nparents; i++)
		if (column[c->parents[i]] == column[commit])
			return false;
	return true;
}

/*
 * Two commits are compared folder by folder. The folder on the disk is compared
 * through HEAD: what git says differs from it, and what differs between it and
 * the old commit.
 */
#include "job/diff_files.h"

#include "sys/repo_status.h"
#include "sys/repo_tree.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	struct arena *arena;
	struct map paths;
	struct repo *repo;
	const struct edition *old, *new; /* both of commits */
};

static bool is_of_site(const char *path)
{
	return str_starts(str_of(path), "content/") || str_starts(str_of(path), "data/");
}

static void add(struct walk *w, const char *path)
{
	if (is_of_site(path))
		map_entry(&w->paths, str_of(path));
}

static void compare(struct walk *w, const char *path, int depth);

static void compare_names(
    struct walk *w, const char *path, const struct edition *in, int depth, struct map *seen)
{
	struct file_entries entries;
	if (file_list(&entries, w->arena, &in->load.root, path) != FILE_OK)
		return;
	for (size_t i = 0; i < entries.count; i++) {
		struct str name = str_of(entries.items[i].name);
		if (map_get(seen, name))
			continue;
		map_put(seen, name, seen);
		compare(w, arena_printf(w->arena, "%s/%s", path, name.p), depth + 1);
	}
}

static void compare(struct walk *w, const char *path, int depth)
{
	struct repo_entry old, new;
	bool had = repo_entry(w->repo, w->old->commit, path, &old) == REPO_OK;
	bool has = repo_entry(w->repo, w->new->commit, path, &new) == REPO_OK;
	if (had && has && strcmp(old.oid, new.oid) == 0)
		return;
	if ((had && old.kind != REPO_FOLDER) || (has && new.kind != REPO_FOLDER))
		add(w, path);
	bool folder = (had && old.kind == REPO_FOLDER) || (has && new.kind == REPO_FOLDER);
	if (!folder || depth == FILE_DEPTH)
		return;
	struct map seen = MAP_INIT(w->arena);
	compare_names(w, path, w->old, depth, &seen);
	compare_names(w, path, w->new, depth, &seen);
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

void diff_files(
    struct diff_files *out, struct arena *a, const struct edition *old, const struct edition *new)
{
	struct walk w = {.arena = a, .paths = MAP_INIT(a), .repo = new->repo};
	struct edition head = *new; /* through HEAD */
	struct repo_changes changed;
	if (!new->commit[0] && repo_changed(&changed, a, new->repo) == REPO_OK)
		for (size_t i = 0; i < changed.count; i++)
			add(&w, changed.items[i].path);
	memcpy(head.commit, new->head, sizeof(head.commit));
	w.old = old;
	w.new = &head;
	compare(&w, "content", 0);
	compare(&w, "data", 0);
	out->paths = arena_array(a, w.paths.count + 1, sizeof(*out->paths));
	out->count = w.paths.count;
	for (size_t i = 0; i < w.paths.count; i++)
		out->paths[i] = w.paths.entries[i].key.p;
	qsort(out->paths, out->count, sizeof(*out->paths), by_text);
}

bool diff_file_of(const char *path, const char *department)
{
	struct str rest = str_of(path), part;
	if (!str_next(&rest, '/', &part) || !str_next(&rest, '/', &part) || rest.n == 0)
		return department == NULL;
	bool shared = str_is(part, "methods");
	return department ? str_is(part, department) : shared;
}

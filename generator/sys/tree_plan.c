/*
 * The old manifest and what the build has given us are laid side by side: a
 * line for each unit and each asset, with what it was and what it will be.
 * From that come the two manifests of the switch.
 *
 * A name can change its owner: a department goes, and the site has a page of
 * that name now, or a file becomes a folder. Then the old one would be in the
 * way of the new, so it is put on the list early[], and leaves first.
 */
#include "sys/tree_plan.h"

#include "base/intl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* An asset unused in this many builds one after the other is removed. */
enum { ASSET_AGE = 2 };

/* -- what there will be -------------------------------------------------------------- */

static int by_id(const void *x, const void *y)
{
	return str_cmp(((const struct plan_unit *)x)->id, ((const struct plan_unit *)y)->id);
}

static int by_path(const void *x, const void *y)
{
	return str_cmp(((const struct plan_asset *)x)->path, ((const struct plan_asset *)y)->path);
}

static void plan_units(struct plan *p, enum tree_scope scope)
{
	struct tree *t = p->tree;
	p->units = arena_array(&p->arena, t->old.nunits + t->begun.count + 1, sizeof(*p->units));
	for (size_t i = 0; i < t->old.nunits; i++) {
		const struct manifest_unit *old = &t->old.units[i];
		const struct tree_unit *u = map_get(&t->begun, old->id);
		p->units[p->nunits++] = (struct plan_unit){
		    .id = old->id,
		    .old = old,
		    .new = u && u->state == UNIT_READY ? u : NULL,
		    .gone = !u &&scope == TREE_ALL && !str_is(old->id, TREE_TOP),
		};
	}
	for (const struct tree_unit *u = t->units; u; u = u->next)
		if (u->state == UNIT_READY && !manifest_unit(&t->old, str_of(u->id)))
			p->units[p->nunits++] = (struct plan_unit){.id = str_of(u->id), .new = u};
	if (p->nunits)
		qsort(p->units, p->nunits, sizeof(*p->units), by_id);
}

struct map plan_files(struct plan *p, struct str lines)
{
	struct map files = MAP_INIT(&p->arena);
	struct str path;
	while (manifest_next(&lines, &path))
		map_put(&files, path, p);
	return files;
}

const struct plan_unit *plan_top(const struct plan *p)
{
	for (size_t i = 0; i < p->nunits; i++)
		if (str_is(p->units[i].id, TREE_TOP))
			return &p->units[i];
	return NULL;
}

static void plan_assets(struct plan *p, enum tree_scope scope)
{
	struct tree *t = p->tree;
	struct map now = plan_files(p, buf_str(&t->assets->lines));
	struct map fresh = plan_files(p, buf_str(&t->assets->fresh));
	struct map before = MAP_INIT(&p->arena);
	p->assets = arena_array(&p->arena, t->old.nassets + now.count + 1, sizeof(*p->assets));
	for (size_t i = 0; i < t->old.nassets; i++) {
		struct plan_asset a = {
		    .path = t->old.assets[i].path, .age = t->old.assets[i].age, .listed = true};
		if (map_put(&before, a.path, p))
			continue;
		if (map_get(&now, a.path))
			a.age = 0;
		else if (scope == TREE_ALL)
			a.age++;
		a.fresh = map_get(&fresh, a.path);
		a.gone = a.age >= ASSET_AGE;
		p->assets[p->nassets++] = a;
	}
	for (size_t i = 0; i < now.count; i++)
		if (!map_get(&before, now.entries[i].key))
			p->assets[p->nassets++] = (struct plan_asset){.path = now.entries[i].key,
			    .fresh = map_get(&fresh, now.entries[i].key)};
	if (p->nassets)
		qsort(p->assets, p->nassets, sizeof(*p->assets), by_path);
}

static void write_manifests(struct plan *p)
{
	manifest_begin(&p->final, str_of(p->tree->label));
	manifest_begin(&p->both, str_of(p->tree->label));
	for (size_t i = 0; i < p->nunits; i++) {
		const struct plan_unit *u = &p->units[i];
		struct str old = u->old ? u->old->lines : (struct str){"", 0};
		struct str mark = u->old ? u->old->fingerprint : (struct str){"", 0};
		struct str none = {"", 0};
		if (u->new)
			manifest_add_unit(
			    &p->final, u->id, str_of(u->new->fingerprint), buf_str(&u->new->lines));
		else if (!u->gone)
			manifest_add_unit(&p->final, u->id, mark, old);
		if (u->new) {
			manifest_add_unit(&p->both, u->id, none, buf_str(&u->new->lines));
			buf_add(&p->both, old.p, old.n);
		} else {
			manifest_add_unit(&p->both, u->id, u->gone ? none : mark, old);
		}
	}
	for (size_t i = 0; i < p->nassets; i++) {
		const struct plan_asset *a = &p->assets[i];
		if (!a->gone)
			manifest_add_asset(&p->final, a->path, a->age);
		manifest_add_asset(&p->both, a->path, 0);
	}
}

/* -- one folder, one owner -------------------------------------------------------------- */

/* May a file or a unit lie there, or is the folder a unit's own? */
static int check_path(struct plan *p, const struct map *ids, struct str path)
{
	struct str first = path;
	const char *slash = memchr(path.p, '/', path.n);
	if (slash)
		first.n = (size_t)(slash - path.p);
	if (!map_get(ids, first)) {
		slash = slash ? memchr(slash + 1, '/', path.n - first.n - 1) : NULL;
		if (!slash)
			return 0;
		first.n = (size_t)(slash - path.p);
		if (!map_get(ids, first))
			return 0;
	}
	diag_add(p->tree->diag, DIAG_ERROR, "output-path", DIAG_NOWHERE, first,
	    _("Rename the folder of the department."),
	    _("a department has the name of a folder that the site needs for other pages"));
	return -1;
}

static int check_names(struct plan *p)
{
	struct map ids = MAP_INIT(&p->arena);
	for (size_t i = 0; i < p->nunits; i++)
		if (!p->units[i].gone && !str_is(p->units[i].id, TREE_TOP))
			map_put(&ids, p->units[i].id, p);
	for (size_t i = 0; i < p->nunits; i++) {
		struct str id = p->units[i].id;
		const char *slash = memchr(id.p, '/', id.n);
		if (!p->units[i].gone && slash &&
		    check_path(p, &ids, (struct str){id.p, (size_t)(slash - id.p)}))
			return -1;
		if (!p->units[i].new || !str_is(p->units[i].id, TREE_TOP))
			continue;
		struct str lines = buf_str(&p->units[i].new->lines), path;
		while (manifest_next(&lines, &path))
			if (check_path(p, &ids, path))
				return -1;
	}
	for (size_t i = 0; i < p->nassets; i++)
		if (check_path(p, &ids, p->assets[i].path))
			return -1;
	return 0;
}

/* -- names that change their owner ------------------------------------------------------- */

/* Adds the folders that a path lies in. */
static void add_folders(struct plan *p, struct map *folders, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			map_put(folders, (struct str){path.p, i}, p);
}

static bool lies_in(struct str path, const struct map *names)
{
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/' && map_get(names, (struct str){path.p, i}))
			return true;
	return false;
}

static void plan_early(struct plan *p)
{
	const struct plan_unit *top = plan_top(p);
	struct str none = {"", 0}, path;
	struct map now = plan_files(p, top && top->new ? buf_str(&top->new->lines) : none);
	struct map folders = MAP_INIT(&p->arena), units = MAP_INIT(&p->arena);
	for (size_t i = 0; i < now.count; i++)
		add_folders(p, &folders, now.entries[i].key);
	for (size_t i = 0; i < p->nassets; i++)
		add_folders(p, &folders, p->assets[i].path);
	for (size_t i = 0; i < p->nunits; i++)
		if (p->units[i].new)
			add_folders(p, &folders, p->units[i].id);
	for (size_t i = 0; i < p->nunits; i++) {
		const struct plan_unit *u = &p->units[i];
		if (u->gone && (map_get(&folders, u->id) || map_get(&now, u->id)))
			map_put(&p->early, u->id, p);
		if (u->new && !u->old)
			map_put(&units, u->id, p);
	}
	for (size_t i = 0; i < p->nunits; i++)
		if (p->units[i].gone && lies_in(p->units[i].id, &units))
			map_put(&p->early, p->units[i].id, p);
	struct str lines = top && top->old && top->new ? top->old->lines : none;
	while (manifest_next(&lines, &path))
		if (!map_get(&now, path) &&
		    (map_get(&folders, path) || lies_in(path, &now) || lies_in(path, &units) ||
		        map_get(&units, path)))
			map_put(&p->early, path, p);
}

/* -- all of it --------------------------------------------------------------------------- */

int plan_make(struct plan *p, enum tree_scope scope)
{
	p->early = (struct map)MAP_INIT(&p->arena);
	plan_units(p, scope);
	plan_assets(p, scope);
	if (check_names(p))
		return -1;
	if (p->tree->old.nunits)
		plan_early(p);
	write_manifests(p);
	if (!buf_err(&p->final) && !buf_err(&p->both))
		return 0;
	errno = EFBIG;
	tree_complain(p->tree, p->tree->diag, MANIFEST_NAME);
	return -1;
}

/* What goes away changes the manifest's text; what differs does not. */
bool plan_has_work(const struct plan *p)
{
	const struct tree *t = p->tree;
	for (size_t i = 0; i < p->nunits; i++) {
		const struct tree_unit *u = p->units[i].new;
		if (u && (u->kind == UNIT_FOLDER ? u->changed : u->fresh.len > 0))
			return true;
	}
	return t->assets->fresh.len || p->final.len != t->old.text.n ||
	    memcmp(p->final.data, t->old.text.p, p->final.len) != 0;
}

void plan_clear(struct plan *p)
{
	buf_clear(&p->final);
	buf_clear(&p->both);
	arena_clear(&p->arena);
}

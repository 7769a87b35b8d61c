/*
 * The switch is a list of renames (sys/swap), in this order:
 *
 *   1. a manifest that lists the old and the new files and no fingerprints:
 *      a run killed from here on leaves nothing that the next one does not
 *      know or would take for finished
 *   2. new assets in, so that every page finds its style
 *   3. the folders of the units exchanged
 *   4. top-level pages in: now their links fit the new units
 *   5. units, pages and assets that are no longer wanted out
 *   6. the final manifest
 *
 * When one fails, all before it are undone in reverse, and the old site is
 * back to the byte. What was taken out goes with the staging folder.
 */
#include "sys/tree_parts.h"

#include "base/intl.h"
#include "sys/fd.h"
#include "sys/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An asset unused in this many builds one after the other is removed. */
enum { ASSET_AGE = 2 };

/* One unit of the old or the new site, or of both. */
struct plan_unit {
	struct str id;
	const struct manifest_unit *old; /* or NULL */
	const struct tree_unit *new;     /* UNIT_READY only, or NULL */
	bool gone;
};

struct plan_asset {
	struct str path;
	unsigned age;
	bool listed; /* in the old manifest */
	bool fresh;  /* waits in staging */
};

struct plan {
	struct tree *tree;
	struct arena arena;
	struct swap swap;
	struct plan_unit *units;
	size_t nunits;
	struct plan_asset *assets;
	size_t nassets, gone;
	struct buf final, both;
	const char *at; /* the path being switched, for the message */
	struct tree_report report;
};

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

static struct map files_of(struct plan *p, struct str lines)
{
	struct map files = MAP_INIT(&p->arena);
	struct str path;
	while (manifest_next(&lines, &path))
		map_put(&files, path, p);
	return files;
}

static struct str lines_of(const struct buf *b)
{
	return (struct str){b->data, b->len};
}

static void plan_assets(struct plan *p, enum tree_scope scope)
{
	struct tree *t = p->tree;
	struct map now = files_of(p, lines_of(&t->assets->lines));
	struct map fresh = files_of(p, lines_of(&t->assets->fresh));
	struct map before = MAP_INIT(&p->arena);
	p->assets = arena_array(&p->arena, t->old.nassets + now.count + 1, sizeof(*p->assets));
	for (size_t i = 0; i < t->old.nassets; i++) {
		struct plan_asset a = {t->old.assets[i].path, t->old.assets[i].age, true, false};
		if (map_put(&before, a.path, p))
			continue;
		if (map_get(&now, a.path))
			a.age = 0;
		else if (scope == TREE_ALL)
			a.age++;
		a.fresh = map_get(&fresh, a.path);
		p->assets[p->nassets++] = a;
	}
	for (size_t i = 0; i < now.count; i++)
		if (!map_get(&before, now.entries[i].key))
			p->assets[p->nassets++] = (struct plan_asset){
			    now.entries[i].key, 0, false, map_get(&fresh, now.entries[i].key)};
	if (p->nassets)
		qsort(p->assets, p->nassets, sizeof(*p->assets), by_path);
}

static void write_manifests(struct plan *p)
{
	manifest_begin(&p->final);
	manifest_begin(&p->both);
	for (size_t i = 0; i < p->nunits; i++) {
		const struct plan_unit *u = &p->units[i];
		struct str old = u->old ? u->old->lines : (struct str){"", 0};
		struct str mark = u->old ? u->old->fingerprint : (struct str){"", 0};
		struct str none = {"", 0};
		if (u->new)
			manifest_add_unit(&p->final, u->id, str_of(u->new->fingerprint),
			    lines_of(&u->new->lines));
		else if (!u->gone)
			manifest_add_unit(&p->final, u->id, mark, old);
		if (u->new) {
			manifest_add_unit(&p->both, u->id, none, lines_of(&u->new->lines));
			buf_add(&p->both, old.p, old.n);
		} else {
			manifest_add_unit(&p->both, u->id, u->gone ? none : mark, old);
		}
	}
	for (size_t i = 0; i < p->nassets; i++) {
		const struct plan_asset *a = &p->assets[i];
		if (a->age < ASSET_AGE)
			manifest_add_asset(&p->final, a->path, a->age);
		manifest_add_asset(&p->both, a->path, 0);
	}
}

/* -- one folder, one owner -------------------------------------------------------------- */

static int check_path(struct plan *p, const struct map *ids, struct str path)
{
	struct str first;
	str_next(&path, '/', &first);
	if (!map_get(ids, first))
		return 0;
	diag_add(p->tree->diag, DIAG_ERROR, "output-path", DIAG_NOWHERE, first,
	    _("Rename the folder of the department."),
	    _("a department has the name of a folder that the site needs for other pages"));
	return -1;
}

static int check_names(struct plan *p)
{
	struct map ids = MAP_INIT(&p->arena);
	for (size_t i = 0; i < p->nunits; i++)
		if (!str_is(p->units[i].id, TREE_TOP))
			map_put(&ids, p->units[i].id, p);
	for (size_t i = 0; i < p->nunits; i++) {
		if (!p->units[i].new || !str_is(p->units[i].id, TREE_TOP))
			continue;
		struct str lines = lines_of(&p->units[i].new->lines), path;
		while (manifest_next(&lines, &path))
			if (check_path(p, &ids, path))
				return -1;
	}
	for (size_t i = 0; i < p->nassets; i++)
		if (check_path(p, &ids, p->assets[i].path))
			return -1;
	return 0;
}

/* -- the steps ------------------------------------------------------------------------ */

static int put_in(struct plan *p, const char *prepared, const char *live, const char *spare)
{
	p->at = live;
	return swap_in(&p->swap, prepared, live, spare);
}

static int take_out(struct plan *p, struct str live)
{
	p->at = arena_strndup(&p->arena, live.p, live.n);
	return swap_out(
	    &p->swap, p->at, arena_printf(&p->arena, TREE_STAGING "/gone.%zu", p->gone++));
}

static int put_manifest(struct plan *p, const char *name, const struct buf *text)
{
	const char *staged = arena_printf(&p->arena, TREE_STAGING "/%s", name);
	p->at = MANIFEST_NAME;
	/* For its owner alone: a fingerprint must not tell strangers whether they
	 * have guessed what is hidden. */
	if (fd_create(p->tree->root, staged, 0600, text->data, text->len))
		return -1;
	return put_in(p, staged, MANIFEST_NAME, arena_printf(&p->arena, "%s.spare", staged));
}

static int put_single(struct plan *p, const char *folder, struct str path)
{
	const char *live = arena_strndup(&p->arena, path.p, path.n);
	const char *staged = arena_printf(&p->arena, TREE_STAGING "/%s/%s", folder, live);
	return put_in(p, staged, live, TREE_STAGING "/spare");
}

static int put_assets(struct plan *p)
{
	int status = 0;
	for (size_t i = 0; !status && i < p->nassets; i++)
		if (p->assets[i].fresh)
			status = put_single(p, "assets", p->assets[i].path);
	return status;
}

static int put_units(struct plan *p)
{
	int status = 0;
	for (size_t i = 0; !status && i < p->nunits; i++) {
		const struct tree_unit *u = p->units[i].new;
		if (!u || !u->changed || u->kind != UNIT_FOLDER)
			continue;
		p->report.switched++;
		status = put_in(p, arena_printf(&p->arena, TREE_STAGING "/new.%s", u->id), u->id,
		    arena_printf(&p->arena, TREE_STAGING "/old.%s", u->id));
	}
	return status;
}

static const struct plan_unit *top_of(const struct plan *p)
{
	for (size_t i = 0; i < p->nunits; i++)
		if (str_is(p->units[i].id, TREE_TOP))
			return &p->units[i];
	return NULL;
}

static int put_top(struct plan *p)
{
	const struct plan_unit *top = top_of(p);
	struct str lines = top && top->new ? lines_of(&top->new->fresh) : (struct str){"", 0}, path;
	int status = 0;
	while (!status && manifest_next(&lines, &path))
		status = put_single(p, "top", path);
	return status;
}

/* Files of a unit that its new version has no more; those of the top-level
 * pages are taken out, the others went with their folder. */
static int take_files(struct plan *p, const struct plan_unit *u)
{
	int status = 0;
	if (!u->old || !u->new)
		return 0;
	struct map now = files_of(p, lines_of(&u->new->lines));
	struct map seen = MAP_INIT(&p->arena);
	struct str lines = u->old->lines, path;
	while (!status && manifest_next(&lines, &path)) {
		if (map_get(&now, path) || map_put(&seen, path, p))
			continue;
		p->report.removed++;
		if (u->new->kind == UNIT_TOP)
			status = take_out(p, path);
	}
	return status;
}

static int take_all(struct plan *p)
{
	int status = 0;
	for (size_t i = 0; !status && i < p->nunits; i++) {
		const struct plan_unit *u = &p->units[i];
		if (u->gone) {
			p->report.removed += u->old->count;
			status = take_out(p, u->id);
		} else if (u->new && (u->new->changed || u->new->kind == UNIT_TOP)) {
			status = take_files(p, u);
		}
	}
	for (size_t i = 0; !status && i < p->nassets; i++) {
		if (p->assets[i].age < ASSET_AGE)
			continue;
		p->report.removed++;
		status = take_out(p, p->assets[i].path);
	}
	return status;
}

/* -- all of it ------------------------------------------------------------------------- */

static int run(struct plan *p)
{
	struct tree *t = p->tree;
	p->at = TREE_STAGING;
	if (tree_make_staging(t))
		return -1;
	if ((t->flags & TREE_SYNC) && syncfs(t->root))
		return -1;
	if (put_manifest(p, "manifest", &p->both) || put_assets(p) || put_units(p) || put_top(p) ||
	    take_all(p) || put_manifest(p, "manifest.next", &p->final))
		return -1;
	if ((t->flags & TREE_SYNC) && fsync(t->root))
		return -1;
	return 0;
}

/* What goes away changes the manifest's text; what differs does not. */
static bool has_work(const struct plan *p)
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

static void roll_back(struct plan *p)
{
	struct str none = {NULL, 0};
	tree_complain(p->tree, p->tree->diag, p->at);
	if (swap_undo(&p->swap) == 0)
		return;
	diag_add(p->tree->diag, DIAG_ERROR, "output-undo", DIAG_AT(p->tree->path, 0, 0), none,
	    _("When the disk is in order again, build once more."),
	    _("a part of the site could not be put back as it was"));
	/* What could not be put back lies there; the next run finds it. */
	p->tree->staged = false;
}

/* Folders that the last file was taken from. */
static void prune(struct plan *p)
{
	const struct plan_unit *top = top_of(p);
	struct str lines = top && top->old && top->new ? top->old->lines : (struct str){"", 0},
	           path;
	while (manifest_next(&lines, &path))
		fd_prune_parents(p->tree->root, arena_strndup(&p->arena, path.p, path.n));
	for (size_t i = 0; i < p->nassets; i++)
		if (p->assets[i].age >= ASSET_AGE)
			fd_prune_parents(p->tree->root,
			    arena_strndup(&p->arena, p->assets[i].path.p, p->assets[i].path.n));
}

static void clean_up(struct plan *p)
{
	struct tree *t = p->tree;
	struct str none = {NULL, 0};
	if (p->report.removed)
		prune(p);
	if (tree_remove_staging(t) == 0)
		return;
	t->staged = false;
	diag_add(t->diag, DIAG_WARNING, "output-leftover",
	    DIAG_AT(arena_printf(&p->arena, "%s/" TREE_STAGING, t->path), 0, 0), none,
	    _("The next build removes it."),
	    _("the new site is in place, but this folder with the old one could not be removed"));
}

static void count_files(struct plan *p)
{
	const struct tree *t = p->tree;
	for (const struct tree_unit *u = t->units; u; u = u->next) {
		if (u->state != UNIT_READY)
			continue;
		p->report.written += u->written;
		p->report.unchanged += u->count - u->written;
	}
	p->report.written += t->assets->written;
	p->report.unchanged += t->assets->count - t->assets->written;
}

enum tree_status tree_switch(struct tree *t, enum tree_scope scope, struct tree_report *report)
{
	struct plan p = {
	    .tree = t,
	    .swap = SWAP_INIT(t->root),
	    .final = BUF_INIT(MANIFEST_SIZE),
	    .both = BUF_INIT(MANIFEST_SIZE),
	};
	enum tree_status status = TREE_FAILED;
	diag_join(t->diag, &t->assets_diag);
	for (struct tree_unit *u = t->units; u; u = u->next)
		tree_unit_abandon(u);
	if (t->assets->failed)
		goto out;
	plan_units(&p, scope);
	plan_assets(&p, scope);
	if (check_names(&p))
		goto out;
	write_manifests(&p);
	if (buf_err(&p.final) || buf_err(&p.both)) {
		errno = EFBIG;
		tree_complain(t, t->diag, MANIFEST_NAME);
		goto out;
	}
	count_files(&p);
	status = TREE_OK;
	if (has_work(&p)) {
		if (run(&p)) {
			roll_back(&p);
			status = TREE_FAILED;
		} else {
			clean_up(&p);
		}
	}
	if (report)
		*report = p.report;
out:
	swap_end(&p.swap);
	buf_clear(&p.final);
	buf_clear(&p.both);
	arena_clear(&p.arena);
	return status;
}

/*
 * The switch is a list of renames (sys/swap), in this order:
 *
 *   1. a manifest that lists the old and the new files and no fingerprints:
 *      a run killed from here on leaves nothing that the next one does not
 *      know or would take for finished
 *   2. new assets in, so that every page finds its style
 *   3. out of the way what stands where something else will (most often none)
 *   4. the folders of the units exchanged
 *   5. top-level pages in: now their links fit the new units
 *   6. units, pages and assets that are no longer wanted out
 *   7. the final manifest
 *
 * When one fails, all before it are undone in reverse, and the old site is
 * back to the byte. What was taken out goes with the staging folder.
 */
#include "sys/tree_plan.h"

#include "base/intl.h"
#include "sys/fd.h"
#include "sys/swap.h"

#include <unistd.h>

struct job {
	struct tree *tree;
	struct plan plan;
	struct swap swap;
	size_t taken;   /* how many were put away */
	const char *at; /* the path being switched, for the message */
	struct tree_report report;
};

/* -- the steps ------------------------------------------------------------------------ */

static int put_in(struct job *j, const char *prepared, const char *live, const char *spare)
{
	j->at = live;
	return swap_in(&j->swap, prepared, live, spare);
}

static int take_out(struct job *j, struct str live)
{
	j->at = arena_strndup(&j->plan.arena, live.p, live.n);
	return swap_out(
	    &j->swap, j->at, arena_printf(&j->plan.arena, TREE_STAGING "/gone.%zu", j->taken++));
}

static int put_manifest(struct job *j, const char *name, const struct buf *text)
{
	const char *staged = arena_printf(&j->plan.arena, TREE_STAGING "/%s", name);
	j->at = MANIFEST_NAME;
	/* For its owner alone: a fingerprint must not tell strangers whether they
	 * have guessed what is hidden. */
	if (fd_create(j->tree->root, staged, 0600, text->data, text->len))
		return -1;
	return put_in(j, staged, MANIFEST_NAME, arena_printf(&j->plan.arena, "%s.spare", staged));
}

static int put_single(struct job *j, const char *folder, struct str path)
{
	const char *live = arena_strndup(&j->plan.arena, path.p, path.n);
	const char *staged = arena_printf(&j->plan.arena, TREE_STAGING "/%s/%s", folder, live);
	return put_in(j, staged, live, TREE_STAGING "/spare");
}

static int put_assets(struct job *j)
{
	int status = 0;
	for (size_t i = 0; !status && i < j->plan.nassets; i++)
		if (j->plan.assets[i].fresh)
			status = put_single(j, "assets", j->plan.assets[i].path);
	return status;
}

static int clear_the_way(struct job *j)
{
	int status = 0;
	for (size_t i = 0; !status && i < j->plan.early.count; i++)
		status = take_out(j, j->plan.early.entries[i].key);
	return status;
}

static int put_units(struct job *j)
{
	int status = 0;
	for (size_t i = 0; !status && i < j->plan.nunits; i++) {
		const struct tree_unit *u = j->plan.units[i].new;
		if (!u || !u->changed || u->kind != UNIT_FOLDER)
			continue;
		j->report.switched++;
		status = put_in(j, tree_staged(&j->plan.arena, "new", u->id), u->id,
		    tree_staged(&j->plan.arena, "old", u->id));
	}
	return status;
}

static int put_top(struct job *j)
{
	const struct plan_unit *top = plan_top(&j->plan);
	struct str lines = top && top->new ? buf_str(&top->new->fresh) : (struct str){"", 0}, path;
	int status = 0;
	while (!status && manifest_next(&lines, &path))
		status = put_single(j, "top", path);
	return status;
}

/* Files of a unit that its new version has no more; those of the top-level
 * pages are taken out, the others went with their folder. */
static int take_files(struct job *j, const struct plan_unit *u)
{
	int status = 0;
	if (!u->old || !u->new)
		return 0;
	struct map now = plan_files(&j->plan, buf_str(&u->new->lines));
	struct map seen = MAP_INIT(&j->plan.arena);
	struct str lines = u->old->lines, path;
	while (!status && manifest_next(&lines, &path)) {
		if (map_get(&now, path) || map_put(&seen, path, j))
			continue;
		j->report.removed++;
		if (u->new->kind == UNIT_TOP && !map_get(&j->plan.early, path))
			status = take_out(j, path);
	}
	return status;
}

static int take_all(struct job *j)
{
	int status = 0;
	for (size_t i = 0; !status && i < j->plan.nunits; i++) {
		const struct plan_unit *u = &j->plan.units[i];
		if (u->gone) {
			j->report.removed += u->old->count;
			if (!map_get(&j->plan.early, u->id))
				status = take_out(j, u->id);
		} else if (u->new && (u->new->changed || u->new->kind == UNIT_TOP)) {
			status = take_files(j, u);
		}
	}
	for (size_t i = 0; !status && i < j->plan.nassets; i++) {
		if (!j->plan.assets[i].gone)
			continue;
		j->report.removed++;
		status = take_out(j, j->plan.assets[i].path);
	}
	return status;
}

/* -- all of it ------------------------------------------------------------------------- */

static int run(struct job *j)
{
	struct tree *t = j->tree;
	j->at = TREE_STAGING;
	if (tree_make_staging(t))
		return -1;
	if ((t->flags & TREE_SYNC) && syncfs(t->root))
		return -1;
	if (put_manifest(j, "manifest", &j->plan.both) || put_assets(j) || clear_the_way(j) ||
	    put_units(j) || put_top(j) || take_all(j) ||
	    put_manifest(j, "manifest.next", &j->plan.final))
		return -1;
	if ((t->flags & TREE_SYNC) && fsync(t->root))
		return -1;
	return 0;
}

static void roll_back(struct job *j)
{
	tree_complain(j->tree, j->tree->diag, j->at);
	if (swap_undo(&j->swap) == 0)
		return;
	diag_add(j->tree->diag, DIAG_ERROR, "output-undo", DIAG_AT(j->tree->path, 0, 0), STR_NONE,
	    _("When the disk is in order again, build once more."),
	    _("a part of the site could not be put back as it was"));
	/* What could not be put back lies there; the next run finds it. */
	j->tree->staged = false;
}

/* Folders that the last file was taken from. */
static void prune(struct job *j)
{
	const struct plan_unit *top = plan_top(&j->plan);
	struct str lines = top && top->old && top->new ? top->old->lines : (struct str){"", 0},
	           path;
	while (manifest_next(&lines, &path))
		fd_prune_parents(j->tree->root, arena_strndup(&j->plan.arena, path.p, path.n));
	for (size_t i = 0; i < j->plan.nunits; i++)
		if (j->plan.units[i].gone)
			fd_prune_parents(j->tree->root,
			    arena_strndup(
			        &j->plan.arena, j->plan.units[i].id.p, j->plan.units[i].id.n));
	for (size_t i = 0; i < j->plan.nassets; i++)
		if (j->plan.assets[i].gone)
			fd_prune_parents(j->tree->root,
			    arena_strndup(&j->plan.arena, j->plan.assets[i].path.p,
			        j->plan.assets[i].path.n));
}

static void clean_up(struct job *j)
{
	struct tree *t = j->tree;
	if (j->report.removed)
		prune(j);
	if (tree_remove_staging(t) == 0)
		return;
	t->staged = false;
	diag_add(t->diag, DIAG_WARNING, "output-leftover",
	    DIAG_AT(arena_printf(&j->plan.arena, "%s/" TREE_STAGING, t->path), 0, 0), STR_NONE,
	    _("The next build removes it."),
	    _("the new site is in place, but this folder with the old one could not be removed"));
}

static void count_files(struct job *j)
{
	const struct tree *t = j->tree;
	for (const struct tree_unit *u = t->units; u; u = u->next) {
		if (u->state != UNIT_READY)
			continue;
		j->report.written += u->written;
		j->report.unchanged += u->count - u->written;
	}
	j->report.written += t->assets->written;
	j->report.unchanged += t->assets->count - t->assets->written;
}

enum tree_status tree_switch(struct tree *t, enum tree_scope scope, struct tree_report *report)
{
	struct job j = {.tree = t, .plan = PLAN_INIT(t), .swap = SWAP_INIT(t->root)};
	enum tree_status status = TREE_FAILED;
	diag_join(t->diag, &t->assets_diag);
	for (struct tree_unit *u = t->units; u; u = u->next)
		tree_unit_abandon(u);
	if (t->assets->failed || plan_make(&j.plan, scope))
		goto out;
	count_files(&j);
	status = TREE_OK;
	if (plan_has_work(&j.plan)) {
		if (run(&j)) {
			roll_back(&j);
			status = TREE_FAILED;
		} else {
			clean_up(&j);
		}
	}
	if (report)
		*report = j.report;
out:
	swap_end(&j.swap);
	plan_clear(&j.plan);
	return status;
}

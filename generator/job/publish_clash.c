/*
 * The three blobs of a path are compared by cells where they are a table or a
 * page, and named as a whole where not.
 */
#include "job/publish_clash.h"

#include "base/intl.h"
#include "job/history_scan.h"
#include "model/clash.h"
#include "sys/repo_tree.h"

#include <string.h>

enum { CLASH_BYTES = 64 * 1024 * 1024, SHOWN = 60 };

static struct str read_blob(struct repo *repo, struct arena *a, const char *oid)
{
	struct str bytes;
	if (!*oid || repo_blob(repo, oid, a, CLASH_BYTES, &bytes) != REPO_OK)
		return STR_NONE;
	return bytes;
}

/* A value in quotes, or that there is none; long ones are cut. */
static const char *told(struct arena *a, const char *value)
{
	struct buf out = BUF_INIT(BUF_LINE);
	if (!value)
		return _("nothing");
	size_t shown = 0, n = strlen(value);
	buf_adds(&out, "«");
	for (size_t at = 0, len; at < n && value[at] != '\n' && shown < SHOWN; at += len, shown++) {
		utf8_decode(value + at, n - at, &len);
		buf_add(&out, value + at, len);
	}
	if (out.len - strlen("«") < n)
		buf_adds(&out, "…");
	buf_adds(&out, "»");
	return buf_keep(a, &out).p;
}

/* One side deleted it, the other changed it: a file or a row of one. */
static void tell_deleted(
    const char *path, const char *what, uint32_t line, bool here, struct diag *diag)
{
	const char *text = here ? _("it was changed here, but deleted by the other side")
	                        : _("it was deleted here, but changed by the other side");
	diag_add(diag, DIAG_ERROR, "publish-clash", DIAG_AT(path, line, 0), str_of(what),
	    _("Agree on what is right."), "%s", text);
}

static void tell_cell(const char *path, struct arena *a, const struct clash *c, struct diag *diag)
{
	const char *what = c->column ? arena_printf(a, "%s, %s", c->row, c->column)
	    : *c->row                ? c->row
	                             : NULL;
	if (c->base && !c->column && !*c->base && (!c->ours || !c->theirs)) {
		tell_deleted(path, c->row, c->line, c->ours != NULL, diag);
		return;
	}
	diag_add(diag, DIAG_ERROR, "publish-clash", DIAG_AT(path, c->line, 0), str_of(what),
	    _("Agree on what is right, and enter the same on both sides."),
	    what ? _("both sides changed this: it was %s, here it is %s, there %s")
	         : _("both sides changed the text: it was %s, here it is %s, there %s"),
	    told(a, c->base), told(a, c->ours), told(a, c->theirs));
}

static void tell_near(const char *path, struct diag *diag)
{
	diag_add(diag, DIAG_ERROR, "publish-clash", DIAG_AT(path, 0, 0), STR_NONE,
	    _("Merge by hand: git merge, keep the lines of both in this file, git add, git commit."),
	    _("both sides changed lines next to each other, though not the same cells"));
}

static void tell_path(struct repo *repo, const struct repo_clash *c, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct clashes cells = {0};
	enum table_id table = c->outside ? TABLE_COUNT : history_table(c->path);
	struct str base = read_blob(repo, &a, c->base), ours = read_blob(repo, &a, c->ours),
	           theirs = read_blob(repo, &a, c->theirs);
	bool page = str_ends(str_of(c->path), ".md");
	if (!*c->ours || !*c->theirs) {
		tell_deleted(c->path, NULL, 0, *c->ours, diag);
	} else if (table == TABLE_COUNT && !page) {
		diag_add(diag, DIAG_ERROR, "publish-clash", DIAG_AT(c->path, 0, 0), STR_NONE,
		    _("Merge by hand: git merge, correct the file, git add, git commit."),
		    _("both sides changed this file"));
	} else {
		if (page)
			clash_page(&cells, &a, base, ours, theirs);
		else
			clash_table(&cells, &a, table, base, ours, theirs);
		for (size_t i = 0; i < cells.count; i++)
			tell_cell(c->path, &a, &cells.items[i], diag);
		if (!cells.count)
			tell_near(c->path, diag);
	}
	arena_clear(&a);
}

void publish_clash(struct repo *repo, const struct repo_merged *merged, struct diag *diag)
{
	for (size_t i = 0; i < merged->count; i++)
		tell_path(repo, &merged->clashes[i], diag);
}

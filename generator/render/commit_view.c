/*
 * Commits of a table are gathered row by row into a list that is sorted by
 * time; a table has few of them, but may have thousands, so rows find theirs
 * by halving.
 */
#include "render/commit_view.h"

#include "render/change_view.h"
#include "render/table_html.h"
#include "text/html.h"

#include <stdlib.h>
#include <string.h>

void commit_view(const struct renderer *r, struct view *v, const struct commit *c)
{
	view_text(v, "date", words_date(r->words, r->arena, c->date, true));
	view_text(v, "iso", arena_strdup(r->arena, date_iso(c->date).s));
	view_text(v, "author", c->author);
	view_text(v, "reason", *c->reason ? c->reason : NULL);
	view_text(v, "id", c->id);
	view_text(v, "short", arena_strdup(r->arena, commit_short(c).s));
}

static void add_escaped(struct buf *out, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                            "0123456789-._~/";
	for (const char *p = path; *p; p++)
		if (strchr(plain, *p))
			buf_addc(out, *p);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)*p);
}

const char *commit_source(const struct renderer *r, const struct commit *c, const char *path)
{
	const char *form = r->site->repository_url;
	if (!form || r->site->repository != REPOSITORY_PUBLIC)
		return NULL;
	struct buf out = BUF_INIT(BUF_LINE);
	for (struct str rest = str_of(form); rest.n; rest.p++, rest.n--) {
		if (str_starts(rest, "{commit}")) {
			buf_adds(&out, c->id);
			rest.p += strlen("{commit}") - 1, rest.n -= strlen("{commit}") - 1;
		} else if (str_starts(rest, "{path}")) {
			add_escaped(&out, path);
			rest.p += strlen("{path}") - 1, rest.n -= strlen("{path}") - 1;
		} else {
			buf_addc(&out, *rest.p);
		}
	}
	const char *url = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return url;
}

/* -- of a table --------------------------------------------------------------------- */

/* What is not in a commit yet is the newest. */
static int compare(const struct commit *x, const struct commit *y)
{
	if (x == y)
		return 0;
	if (!x || !y)
		return x ? 1 : -1;
	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return strcmp(x->id, y->id);
}

static int newest_first(const void *x, const void *y)
{
	const struct commit *const *a = x, *const *b = y;
	return compare(*a, *b);
}

void origin_list(struct origin_list *out, struct renderer *r, const struct table_html *spec)
{
	const struct table *t = &r->dept->tables[spec->table];
	const char *file = spec->file ? spec->file : t->file;
	*out = (struct origin_list){.path = history_of(r->history, file)};
	if (!out->path)
		return;
	const struct commit **all =
	    arena_array(r->arena, t->count + 1, sizeof(const struct commit *));
	size_t rows = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct row *row = table_row(t, i);
		if (table_row_fits(r, spec, row))
			all[rows++] = history_row(out->path, row->line);
	}
	qsort(all, rows, sizeof(*all), newest_first);
	out->entries = arena_array(r->arena, rows + 1, sizeof(*out->entries));
	for (size_t i = 0; i < rows; i++) {
		if (i == 0 || all[i] != all[i - 1])
			out->entries[out->count++].commit = all[i];
		out->entries[out->count - 1].rows++;
	}
}

size_t origin_number(const struct origin_list *o, uint32_t line)
{
	const struct commit *c = history_row(o->path, line);
	size_t low = 0, high = o->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(c, o->entries[middle].commit);
		if (order == 0)
			return middle + 1;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

void origin_fields(
    struct renderer *r, struct view *v, const struct origin_list *o, const char *file)
{
	struct list *list = view_list(v, "origins");
	for (size_t i = 0; i < o->count; i++) {
		const struct origin_entry *e = &o->entries[i];
		struct view *entry = list_view(list);
		view_text(entry, "number", arena_printf(r->arena, "%zu", i + 1));
		view_text(entry, "rows",
		    phrase_count(r->words, r->arena, "data_rows", (long long)e->rows, NULL));
		view_flag(entry, "not_committed", e->commit == NULL);
		view_text(entry, "source", e->commit ? commit_source(r, e->commit, file) : NULL);
		if (e->commit)
			commit_view(r, entry, e->commit);
	}
	view_flag(v, "has_origins", o->count > 0);
	view_flag(v, "one_origin", o->count == 1);
}

const char *commit_anchor(const struct renderer *r, const struct commit *c)
{
	return arena_printf(r->arena, "v%s", commit_short(c).s);
}

static bool is_told(const struct renderer *r, const struct commit *c)
{
	for (size_t i = 0; i < r->npublications; i++)
		if (strcmp(r->publications[i].commit->id, c->id) == 0)
			return true;
	return false;
}

void edition_fields(
    struct renderer *r, struct view *v, const struct origin_list *o, const char *file)
{
	struct list *list = view_list(v, "editions");
	size_t count = o->path ? o->path->nversions : 0;
	for (size_t i = 0; i < count && i < EDITIONS_SHOWN; i++) {
		const struct path_version *version = &o->path->versions[i];
		const struct commit *c = version->commit;
		struct view *edition = list_view(list);
		commit_view(r, edition, c);
		view_flag(edition, "deleted", version->deleted);
		view_text(edition, "source", version->deleted ? NULL : commit_source(r, c, file));
		view_text(edition, "changes",
		    is_told(r, c)
		        ? page_href(
		              r, arena_printf(r->arena, CHANGES_PATH "#%s", commit_anchor(r, c)))
		        : NULL);
	}
	view_flag(v, "has_editions", count > 1);
	view_text(v, "editions_more",
	    count > EDITIONS_SHOWN ? phrase_count(r->words, r->arena, "ready_more",
	                                 (long long)(count - EDITIONS_SHOWN), NULL)
	                           : NULL);
}

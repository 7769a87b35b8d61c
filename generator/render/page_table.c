/*
 * One page for each table that the department has: every row, with its line
 * of the file as the place that provenance links lead to. Of the audit each
 * file has a page, data/audit/<date>/.
 */
#include "render/pages.h"
#include "render/datum.h"
#include "render/table_html.h"

#include <string.h>

bool page_table_published(const struct renderer *r, enum table_id id)
{
	const struct table *t = &r->dept->tables[id];
	if (id == TABLE_AUDIT_EVIDENCE || !t->file || !t->count)
		return false;
	if (id == TABLE_RESULTS || id == TABLE_CONTEXT || id == TABLE_FACTORS)
		return disclosure_shows_basis(r->disclosure);
	return true;
}

static void add_source(const struct renderer *r, struct view *v, const char *file)
{
	const struct source *s = datum_table_source(r, file);
	view_flag(v, "has_source", s != NULL);
	view_text(v, "source_title", s ? s->title : NULL);
	view_text(v, "publisher", s ? s->publisher : NULL);
	view_text(v, "received", s ? words_date(r->words, r->arena, s->received, true) : NULL);
	view_text(v, "licence", s ? s->licence : NULL);
	view_text(v, "source_note", s ? s->note : NULL);
}

/* The same rows for machines, where they are published. */
static void add_downloads(const struct renderer *r, struct view *v, enum table_id id)
{
	bool has = id == TABLE_SCHOOLS || id == TABLE_RESULTS || id == TABLE_ROADMAP;
	const char *name = datum_table_name(r->arena, id);
	view_text(v, "csv", has ? page_href(r, arena_printf(r->arena, "data/%s.csv", name)) : NULL);
	view_text(
	    v, "json", has ? page_href(r, arena_printf(r->arena, "data/%s.json", name)) : NULL);
}

/* What computes with the table, and with which parameters. */
static void add_methods(const struct renderer *r, struct view *v)
{
	struct list *list = view_list(v, "methods");
	for (size_t i = 0; i < r->dept->nmethods; i++) {
		const struct method *m = r->dept->methods[i];
		struct view *method = list_view(list);
		view_text(method, "title", m->title);
		view_text(method, "href",
		    page_site_href(r, arena_printf(r->arena, "methods/%s/", m->id)));
		view_flag(method, "more", i + 1 < r->dept->nmethods);
	}
	view_flag(v, "has_methods", r->dept->nmethods > 0);
	view_text(v, "version", VIDNO_VERSION);
}

static size_t count_rows(const struct renderer *r, const struct table_html *spec)
{
	const struct table *t = &r->dept->tables[spec->table];
	size_t rows = 0;
	for (size_t i = 0; i < t->count; i++)
		rows += table_row_fits(r, spec, table_row(t, i));
	return rows;
}

/*
 * Template table: about, table (HTML), csv, json, data_href,
 * has_source, source_title, publisher, received, licence, source_note; those
 * of origin_fields() and edition_fields() (render/commit_view); methods [{title, href,
 * more}], has_methods, version.
 */
static int make(
    struct renderer *r, enum table_id id, const char *path, const char *title, const char *file)
{
	struct buf html = BUF_INIT(BUF_PAGE);
	struct view *v = page_begin(r, path, "data", title);
	page_crumb(r, words_get(r->words, "menu_data"), "data/");
	struct table_html spec = {.table = id, .file = file, .anchors = true};
	struct origin_list origins;
	origin_list(&origins, r, &spec);
	if (origins.count > 1)
		spec.origins = &origins;
	const char *rows =
	    phrase_count(r->words, r->arena, "data_rows", (long long)count_rows(r, &spec), NULL);
	spec.caption =
	    phrase(r->words, r->arena, "table_caption", "title", title, "rows", rows, NULL);
	table_html(r, &html, &spec);
	const char *name = datum_table_name(r->arena, id);
	const char *about = words_of(r->words, "table_about_", name);
	page_description(r, about);
	view_text(v, "about", about);
	view_raw(v, "table", (struct str){html.data, html.len});
	view_text(v, "data_href", page_href(r, "data/"));
	add_downloads(r, v, id);
	origin_fields(r, v, &origins, file ? file : r->dept->tables[id].file);
	edition_fields(r, v, &origins, file ? file : r->dept->tables[id].file);
	add_methods(r, v);
	add_source(r, v, file ? strrchr(file, '/') + 1 : schema_of(id)->file);
	int err = page_end(r, "table");
	buf_clear(&html);
	return err;
}

/* Rows of a file stand together. */
static int make_audit(struct renderer *r)
{
	const struct department *d = r->dept;
	int err = 0;
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *a = &d->audit[i];
		if (i > 0 && strcmp(d->audit[i - 1].row.file, a->row.file) == 0)
			continue;
		const char *path = arena_printf(r->arena, "data/audit/%s/", date_iso(a->date).s);
		const char *title =
		    arena_printf(r->arena, "%s, %s", datum_table_title(r, TABLE_AUDIT),
		        words_date(r->words, r->arena, a->date, true));
		err |= make(r, TABLE_AUDIT, path, title, a->row.file);
	}
	return err;
}

int page_table(struct renderer *r)
{
	int err = 0;
	for (int i = 0; i < DEPARTMENT_TABLES; i++) {
		enum table_id id = (enum table_id)i;
		if (!page_table_published(r, id))
			continue;
		if (id == TABLE_AUDIT) {
			err |= make_audit(r);
			continue;
		}
		const char *name = datum_table_name(r->arena, id);
		err |= make(r, id, arena_printf(r->arena, "data/%s/", name),
		    datum_table_title(r, id), NULL);
	}
	return err;
}

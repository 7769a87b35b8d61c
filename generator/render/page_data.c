/*
 * What there is to download, what it was computed from, and what the columns
 * mean. export_department() has been before and left in r->exports what it
 * wrote.
 */
#include "render/content_view.h"
#include "render/export.h"
#include "render/pages.h"

#include <string.h>

static const char *rows_words(const struct renderer *r, size_t rows)
{
	if (!rows)
		return words_get(r->words, "data_no_rows");
	return phrase_count(r->words, r->arena, "data_rows", (long long)rows, NULL);
}

/* downloads: {title, about, rows, csv, csv_size, json, json_size} */
static void add_downloads(const struct renderer *r, struct view *v)
{
	struct list *list = view_list(v, "downloads");
	for (size_t i = 0; i < r->exports->count; i++) {
		const struct export_table *t = &r->exports->tables[i];
		struct view *row = list_view(list);
		view_text(row, "title", t->title);
		view_text(row, "about", t->about);
		view_text(row, "rows", rows_words(r, t->nrows));
		view_text(row, "csv", page_href(r, arena_printf(r->arena, "data/%s.csv", t->name)));
		view_text(row, "csv_size", content_size(r, t->csv_bytes));
		view_text(
		    row, "json", page_href(r, arena_printf(r->arena, "data/%s.json", t->name)));
		view_text(row, "json_size", content_size(r, t->json_bytes));
	}
	view_flag(v, "rows_withheld", r->exports->withheld);
}

static const char *input_href(const struct renderer *r, enum table_id id)
{
	if (!page_table_published(r, id))
		return NULL;
	const char *name = datum_table_name(r->arena, id);
	if (id != TABLE_AUDIT)
		return page_href(r, arena_printf(r->arena, "data/%s/", name));
	const struct audit_row *last = &r->dept->audit[r->dept->naudit - 1];
	return page_href(r, arena_printf(r->arena, "data/audit/%s/", date_iso(last->date).s));
}

/* inputs: {title, href, rows, source, publisher, licence, note} */
static void add_inputs(const struct renderer *r, struct view *v)
{
	struct list *list = view_list(v, "inputs");
	for (int i = 0; i < DEPARTMENT_TABLES; i++) {
		enum table_id id = (enum table_id)i;
		const struct table *t = &r->dept->tables[id];
		if (!t->file || id == TABLE_AUDIT_EVIDENCE)
			continue;
		const struct source *s = datum_table_source(r, schema_of(id)->file);
		const char *href = input_href(r, id);
		struct view *row = list_view(list);
		view_text(row, "title", datum_table_title(r, id));
		view_text(row, "href", href);
		view_text(row, "rows",
		    href || !t->count ? rows_words(r, t->count)
		                      : words_get(r->words, "data_not_published"));
		view_text(row, "source", s ? s->title : NULL);
		view_text(row, "publisher", s ? s->publisher : NULL);
		view_text(row, "licence", s ? s->licence : NULL);
		view_text(row, "note", s ? s->note : NULL);
	}
}

static const char *joined(struct arena *a, const char *const *words)
{
	const char *text = *words;
	for (words++; *words; words++)
		text = arena_printf(a, "%s, %s", text, *words);
	return text;
}

static void add_columns(
    const struct renderer *r, struct list *list, const struct export_column *columns)
{
	static const char *const types[] = {
	    "string", "integer", "number", "percent", "year", "date", "yesno", "uri", "any"};
	for (const struct export_column *c = columns; c->name; c++) {
		struct view *row = list_view(list);
		view_text(row, "name", c->name);
		view_text(row, "title", c->title);
		view_text(row, "type", words_of(r->words, "data_type_", types[c->type]));
		view_text(row, "values", c->values ? joined(r->arena, c->values) : NULL);
		view_text(row, "about", c->about);
		view_flag(row, "key", c->key);
	}
}

/* An entry of a dictionary; its columns. */
static struct list *begin_entry(struct list *list, const char *title, const char *file)
{
	struct view *table = list_view(list);
	view_text(table, "title", title);
	view_text(table, "file", file);
	return view_list(table, "columns");
}

/* dictionary: {title, file, columns: {name, title, type, values, about, key}} */
static void add_dictionary(const struct renderer *r, struct view *v)
{
	struct list *list = view_list(v, "dictionary");
	for (size_t i = 0; i < r->exports->count; i++) {
		const struct export_table *t = &r->exports->tables[i];
		const char *file = arena_printf(r->arena, "%s.csv", t->name);
		add_columns(r, begin_entry(list, t->title, file), t->columns);
	}
}

/* The metrics are columns of context.csv. */
static void add_metrics(const struct renderer *r, struct list *columns)
{
	static const enum export_type types[] = {[METRIC_COUNT] = EXPORT_INTEGER,
	    [METRIC_SHARE] = EXPORT_PERCENT,
	    [METRIC_YESNO] = EXPORT_YESNO,
	    [METRIC_NUMBER] = EXPORT_NUMBER};
	const struct table *t = &r->site->metrics;
	struct export_column *out = arena_array(r->arena, t->count + 1, sizeof(*out));
	for (size_t i = 0; i < t->count; i++) {
		const struct metric *m = table_row(t, i);
		out[i] = (struct export_column){
		    .name = m->id, .title = m->title, .about = m->note, .type = types[m->kind]};
	}
	add_columns(r, columns, out);
}

/* Schools, results and road map are given out with the columns that they are
 * entered with, where they are published. */
static bool given_out(const struct renderer *r, enum table_id id)
{
	bool same = id == TABLE_SCHOOLS || id == TABLE_RESULTS || id == TABLE_ROADMAP;
	const char *name = datum_table_name(r->arena, id);
	for (size_t i = 0; same && i < r->exports->count; i++)
		if (strcmp(r->exports->tables[i].name, name) == 0)
			return true;
	return false;
}

/* entered: the same of the tables that are filled in and not listed above. */
static void add_entered(const struct renderer *r, struct view *v)
{
	struct list *list = view_list(v, "entered");
	for (int i = 0; i < DEPARTMENT_TABLES; i++) {
		enum table_id id = (enum table_id)i;
		const struct schema *s = schema_of(id);
		if (id == TABLE_AUDIT || id == TABLE_AUDIT_EVIDENCE || given_out(r, id))
			continue;
		struct list *columns = begin_entry(list, datum_table_title(r, id), s->file);
		add_columns(r, columns, export_schema_columns(r, s));
		if (s->open_metrics)
			add_metrics(r, columns);
	}
}

/* Template data: the lists above, package, withheld. */
int page_data(struct renderer *r)
{
	struct view *v = page_begin(r, "data/", "data", words_get(r->words, "data_title"));
	page_description(r, words_get(r->words, "data_lead"));
	view_text(v, "package", page_href(r, "data/datapackage.json"));
	add_downloads(r, v);
	add_inputs(r, v);
	add_dictionary(r, v);
	add_entered(r, v);
	return page_end(r, "data");
}

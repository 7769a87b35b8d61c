/*
 * Outputs that are inputs again: schools, results and road map with the
 * columns of the dictionary in its order, whether or not the file has them;
 * documents and events from the front matter of their pages; of the audit the
 * row that counts for each date, school and item.
 */
#include "compute/audit_round.h"
#include "render/content_view.h"
#include "render/export.h"

#include <string.h>

/* -- tables of the dictionary ---------------------------------------------- */

static enum export_type type_of(const struct column *c)
{
	switch (c->type) {
	case COLUMN_COUNT:
		return EXPORT_INTEGER;
	case COLUMN_NUMBER:
		return EXPORT_NUMBER;
	case COLUMN_PERCENT:
		return EXPORT_PERCENT;
	case COLUMN_YEAR:
		return EXPORT_YEAR;
	case COLUMN_DATE:
		return EXPORT_DATE;
	case COLUMN_YESNO:
		return EXPORT_YESNO;
	case COLUMN_URL:
		return EXPORT_URI;
	default:
		return EXPORT_STRING;
	}
}

const struct export_column *export_schema_columns(const struct renderer *r, const struct schema *s)
{
	struct export_column *out = arena_array(r->arena, s->count + 1, sizeof(*out));
	for (size_t i = 0; i < s->count; i++) {
		const struct column *c = &s->columns[i];
		out[i] = (struct export_column){
		    .name = c->name,
		    .title = datum_column_title(r, c),
		    .about = r->words->russian ? NULL : c->about,
		    .type = type_of(c),
		    .key = c->flags & COLUMN_KEY,
		    .required = c->flags & COLUMN_REQUIRED,
		    .values = c->values,
		    .refers = c->type == COLUMN_SCHOOL ? "schools" : NULL,
		};
	}
	return out;
}

static void fill_from(struct export_table *t, const struct renderer *r, enum table_id id)
{
	const struct table *table = &r->dept->tables[id];
	const struct schema *s = schema_of(id);
	export_begin(t, r, datum_table_name(r->arena, id), export_schema_columns(r, s));
	for (size_t i = 0; i < table->count; i++) {
		const void *from = table_row(table, i);
		struct datum *row = export_row(t, r);
		for (size_t k = 0; k < s->count; k++)
			row[k] = datum_shown(r, id, &s->columns[k], from);
	}
}

bool export_schools(struct export_table *t, const struct renderer *r)
{
	fill_from(t, r, TABLE_SCHOOLS);
	return true;
}

bool export_results(struct export_table *t, const struct renderer *r)
{
	fill_from(t, r, TABLE_RESULTS);
	return disclosure_shows_basis(r->disclosure);
}

bool export_roadmap(struct export_table *t, const struct renderer *r)
{
	fill_from(t, r, TABLE_ROADMAP);
	return true;
}

/* -- cells of the other tables --------------------------------------------- */

/* The documents it rests on, those that the reader may see. */
static const char *joined_follows(const struct renderer *r, const struct field_list *list)
{
	const char *text = "";
	for (size_t i = 0; i < list->count; i++) {
		const char *path = field_text(list, i);
		const struct content *c = department_find(r->dept, str_of(path));
		if (!c || content_published(r, c))
			text = arena_printf(r->arena, "%s%s%s", text, *text ? "|" : "", path);
	}
	return text;
}

static const char *joined_cycle(struct arena *a, const struct field_list *list)
{
	const char *text = "";
	for (size_t i = 0; i < list->count; i++)
		text = arena_printf(
		    a, "%s%s%s", text, i ? "|" : "", cycle_positions[field_enum(list, i) - 1]);
	return text;
}

static struct datum date_datum(const struct renderer *r, struct date date)
{
	return datum_text(arena_strdup(r->arena, date_iso(date).s));
}

static struct datum page_url(const struct renderer *r, const struct content *c)
{
	return datum_text(export_url(r, page_content_path(r, c)));
}

/* -- documents ------------------------------------------------------------ */

static const struct export_column document_columns[] = {
    {.name = "path", .key = true, .required = true},
    {.name = "title", .required = true},
    {.name = "kind", .values = document_kinds},
    {.name = "date", .type = EXPORT_DATE},
    {.name = "number"},
    {.name = "issuer"},
    {.name = "file"},
    {.name = "cycle"},
    {.name = "follows"},
    {.name = "url", .type = EXPORT_URI, .required = true},
    {.name = NULL},
};

bool export_documents(struct export_table *t, const struct renderer *r)
{
	export_begin(t, r, "documents", document_columns);
	for (size_t i = 0; i < r->dept->ncontents; i++) {
		const struct content *c = r->dept->contents[i];
		if (c->kind != CONTENT_DOCUMENT || !content_published(r, c))
			continue;
		const struct document *d = &c->as.document;
		struct datum *row = export_row(t, r);
		*row++ = datum_text(c->path);
		*row++ = datum_text(c->title);
		*row++ = datum_text(d->kind ? document_kinds[d->kind - 1] : NULL);
		*row++ = date_datum(r, d->date);
		*row++ = datum_text(d->number);
		*row++ = datum_text(d->issuer);
		*row++ = datum_text(d->file);
		*row++ = datum_text(joined_cycle(r->arena, &d->cycle));
		*row++ = datum_text(joined_follows(r, &d->follows));
		*row++ = page_url(r, c);
	}
	return true;
}

/* -- events --------------------------------------------------------------- */

static const struct export_column event_columns[] = {
    {.name = "path", .key = true, .required = true},
    {.name = "title", .required = true},
    {.name = "date", .type = EXPORT_DATE},
    {.name = "place"},
    {.name = "roadmap", .refers = "roadmap"},
    {.name = "level"},
    {.name = "url", .type = EXPORT_URI, .required = true},
    {.name = NULL},
};

static const char *level_word(int level)
{
	const struct column *c = schema_column(schema_of(TABLE_ROADMAP), STR("level"));
	return schema_word(c, level);
}

bool export_events(struct export_table *t, const struct renderer *r)
{
	export_begin(t, r, "events", event_columns);
	for (size_t i = 0; i < r->dept->ncontents; i++) {
		const struct content *c = r->dept->contents[i];
		if (c->kind != CONTENT_EVENT || !content_published(r, c))
			continue;
		const struct event *e = &c->as.event;
		struct datum *row = export_row(t, r);
		*row++ = datum_text(c->path);
		*row++ = datum_text(c->title);
		*row++ = date_datum(r, e->date);
		*row++ = datum_text(e->place);
		*row++ = datum_text(e->roadmap);
		*row++ = datum_text(level_word(e->level));
		*row++ = page_url(r, c);
	}
	return true;
}

/* -- audit ---------------------------------------------------------------- */

static const struct export_column audit_columns[] = {
    {.name = "date", .type = EXPORT_DATE, .key = true, .required = true},
    {.name = "school", .key = true, .required = true, .refers = "schools"},
    {.name = "item", .key = true, .required = true},
    {.name = "found", .required = true},
    {.name = "url"},
    {.name = NULL},
};

static struct str audit_key(const struct renderer *r, const struct audit_row *a)
{
	return str_of(
	    arena_printf(r->arena, "%s|%s|%s", date_iso(a->date).s, a->school->id, a->item->id));
}

bool export_audit(struct export_table *t, const struct renderer *r)
{
	struct map last = MAP_INIT(r->arena);
	const struct column *found = schema_column(schema_of(TABLE_AUDIT), STR("found"));
	export_begin(t, r, "audit", audit_columns);
	for (size_t i = 0; i < r->dept->naudit; i++) {
		const struct audit_row *a = &r->dept->audit[i];
		struct map_entry *e = map_entry(&last, audit_key(r, a));
		const struct audit_row *before = e->value;
		if (!before || audit_row_outdoes(a, before))
			e->value = (void *)(uintptr_t)a;
	}
	for (size_t i = 0; i < last.count; i++) {
		const struct audit_row *a = last.entries[i].value;
		struct datum *row = export_row(t, r);
		*row++ = date_datum(r, a->date);
		*row++ = datum_text(a->school->id);
		*row++ = datum_text(a->item->id);
		*row++ = datum_text(schema_word(found, a->found));
		*row++ = datum_text(a->url);
	}
	return true;
}

/*
 * Tables whose rows are facts as they stand: their columns by the dictionary.
 * Those with a kind of their own have subjects and titles that a reader knows;
 * of the others the key stands for the row.
 */
#include "compute/audit_round.h"
#include "compute/fact_make.h"

#include <string.h>

static void add_columns(struct fact_maker *m, enum table_id id, const void *row)
{
	const struct schema *s = schema_of(id);
	for (size_t i = 0; i < s->count; i++)
		field_column(m, &s->columns[i], row);
}

static void add_schools(struct fact_maker *m)
{
	for (size_t i = 0; i < m->d->nschools; i++) {
		const struct school *s = &m->d->schools[i];
		fact_begin(m, FACT_SCHOOL, s->id, fact_school(s));
		add_columns(m, TABLE_SCHOOLS, s);
		fact_end(m);
	}
}

static void add_roadmap(struct fact_maker *m)
{
	for (size_t i = 0; i < m->d->nroadmap; i++) {
		const struct roadmap_item *item = &m->d->roadmap[i];
		fact_begin(m, FACT_ROADMAP, item->id, item->activity);
		add_columns(m, TABLE_ROADMAP, item);
		fact_end(m);
	}
}

/* A supporter is a school, a body, or somebody else by name. */
static const char *supporter_title(const struct department *d, const char *id)
{
	for (size_t i = 0; i < d->nschools; i++)
		if (strcmp(d->schools[i].id, id) == 0)
			return fact_school(&d->schools[i]);
	for (size_t i = 0; i < d->nbodies; i++)
		if (strcmp(d->bodies[i].id, id) == 0)
			return d->bodies[i].title;
	return id;
}

static void add_support(struct fact_maker *m)
{
	const struct column *kind = schema_column(schema_of(TABLE_SUPPORT), STR("kind"));
	for (size_t i = 0; i < m->d->nsupport; i++) {
		const struct support *s = &m->d->support[i];
		if (!s->school || !s->supporter)
			continue;
		fact_begin(m, FACT_SUPPORT, s->school->id, fact_school(s->school));
		fact_part(m,
		    arena_printf(m->arena, "%s/%s", s->supporter, schema_word(kind, s->kind)),
		    supporter_title(m->d, s->supporter));
		add_columns(m, TABLE_SUPPORT, s);
		fact_end(m);
	}
}

/* Of several rows of one round the one that counts is shown. */
static void add_audit(struct fact_maker *m)
{
	struct map last = MAP_INIT(m->arena);
	const struct column *found = schema_column(schema_of(TABLE_AUDIT), STR("found"));
	for (size_t i = 0; i < m->d->naudit; i++) {
		const struct audit_row *row = &m->d->audit[i];
		if (!row->school || !row->item)
			continue;
		struct map_entry *e = map_entry(&last,
		    str_of(arena_printf(m->arena, "%s/%s/%s", date_iso(row->date).s,
		        row->school->id, row->item->id)));
		const struct audit_row *before = e->value;
		if (!before || audit_row_outdoes(row, before))
			e->value = (void *)(uintptr_t)row;
	}
	for (size_t i = 0; i < last.count; i++) {
		const struct audit_row *row = last.entries[i].value;
		fact_begin(m, FACT_AUDIT, row->school->id, fact_school(row->school));
		fact_part(m, arena_printf(m->arena, "%s/%s", date_iso(row->date).s, row->item->id),
		    row->item->title);
		m->fact.year = row->date.year;
		field_word(m, "found", schema_word(found, row->found));
		fact_end(m);
	}
}

/* -- tables that are only shown --------------------------------------------- */

/* Its key as the first texts of the row, parted by a slash. */
static const char *row_key(struct arena *a, const struct schema *s, const void *row)
{
	struct buf key = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < s->count; i++) {
		const struct column *c = &s->columns[i];
		if (!(c->flags & COLUMN_KEY))
			continue;
		const char *text = *(const char *const *)((const char *)row + c->offset);
		buf_addf(&key, "%s%s", key.len ? "/" : "", text ? text : "");
	}
	return buf_keep(a, &key).p;
}

static void add_rows(struct fact_maker *m, enum table_id id)
{
	const struct table *t = &m->d->tables[id];
	const struct schema *s = schema_of(id);
	for (size_t i = 0; i < t->count; i++) {
		const void *row = table_row(t, i);
		const char *key = row_key(m->arena, s, row);
		fact_begin(
		    m, FACT_ROW, key, id == TABLE_BODIES ? ((const struct body *)row)->title : key);
		fact_part(m, s->file, NULL);
		add_columns(m, id, row);
		fact_end(m);
	}
}

void facts_of_tables(struct fact_maker *m)
{
	add_schools(m);
	add_roadmap(m);
	add_support(m);
	add_audit(m);
	add_rows(m, TABLE_BODIES);
	add_rows(m, TABLE_ERRATA);
	add_rows(m, TABLE_RISKS);
	add_rows(m, TABLE_SOURCES);
}

/*
 * A column knows the type and the place of its cells, so one switch reads
 * every table. What may be shown depends on the table: only results, context
 * and the values of indicators hold figures about groups of pupils.
 */
#include "render/datum.h"

#include "compute/quantity.h"

#include <string.h>

static const void *at(const struct column *c, const void *row)
{
	return (const char *)row + c->offset;
}

static const void *pointer_at(const struct column *c, const void *row)
{
	const void *pointer;
	memcpy(&pointer, at(c, row), sizeof(pointer));
	return pointer;
}

struct datum datum_text(const char *text)
{
	return (struct datum){.kind = text && *text ? DATUM_TEXT : DATUM_EMPTY, .text = text};
}

struct datum datum_number(struct frac number)
{
	return (struct datum){
	    .kind = frac_is_set(number) ? DATUM_NUMBER : DATUM_EMPTY, .number = number};
}

struct datum datum_yesno(enum yesno yesno)
{
	return datum_text(yesno == YESNO_YES ? "yes" : yesno == YESNO_NO ? "no" : NULL);
}

struct datum datum_hidden(struct datum d)
{
	if (d.kind != DATUM_EMPTY)
		d = (struct datum){.kind = DATUM_HIDDEN};
	return d;
}

static struct datum whole(int64_t n, bool set)
{
	return datum_number(set ? frac_of(n, 1) : (struct frac){0, 0});
}

struct datum datum_of(struct arena *a, const struct column *c, const void *row)
{
	const void *p = at(c, row);
	switch (c->type) {
	case COLUMN_COUNT: {
		int64_t n = *(const int64_t *)p;
		return whole(n, n >= 0);
	}
	case COLUMN_NUMBER:
	case COLUMN_PERCENT: {
		const struct decimal *d = p;
		return datum_number(d->set ? decimal_frac(*d) : (struct frac){0, 0});
	}
	case COLUMN_YEAR:
		return whole(*(const int *)p, *(const int *)p != 0);
	case COLUMN_DATE:
		return datum_text(arena_strdup(a, date_iso(*(const struct date *)p).s));
	case COLUMN_YESNO:
		return datum_yesno(*(const enum yesno *)p);
	case COLUMN_ENUM:
		return datum_text(schema_word(c, *(const int *)p));
	case COLUMN_REF:
	case COLUMN_SCHOOL:
		return datum_text(row_id(pointer_at(c, row)));
	case COLUMN_TEXT:
	case COLUMN_URL:
	case COLUMN_PATH:
	case COLUMN_SLUG:
	case COLUMN_LIST:
		break;
	}
	return datum_text(pointer_at(c, row));
}

/* -- what may be shown ----------------------------------------------------- */

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static const struct indicator_year *indicator_year_of(
    const struct renderer *r, const struct indicator *indicator, int year)
{
	for (size_t i = 0; i < r->assessment->count; i++) {
		const struct indicator_state *s = &r->assessment->indicators[i];
		for (size_t k = 0; s->indicator == indicator && k < s->nyears; k++)
			if (s->years[k].year == year)
				return &s->years[k];
	}
	return NULL;
}

/* A note may say what the numbers beside it are not to say. */
static bool is_withheld(
    const struct renderer *r, enum table_id table, const struct column *c, const void *row)
{
	static const char *const figures[] = {"participants", "below_minimum", "mean_mark",
	    "mean_score", "pass_rate", "quality_rate", "note", NULL};
	static const char *const value[] = {"value", "numerator", "denominator", "note", NULL};
	const struct indicator_year *y = NULL;
	switch (table) {
	case TABLE_RESULTS:
		return !disclosure_result(r->disclosure, row) && is_one_of(c->name, figures);
	case TABLE_VALUES: {
		const struct indicator_value *v = row;
		if (is_one_of(c->name, value))
			y = indicator_year_of(r, v->indicator, v->year);
		break;
	}
	case TABLE_TARGETS: {
		const struct target *t = row;
		if (t->kind == TARGET_BASELINE && strcmp(c->name, "target") == 0)
			y = indicator_year_of(r, t->indicator, t->year);
		break;
	}
	default:
		break;
	}
	return y && !disclosure_indicator(r->disclosure, y);
}

struct datum datum_shown(
    const struct renderer *r, enum table_id table, const struct column *c, const void *row)
{
	struct datum d = datum_of(r->arena, c, row);
	return d.kind != DATUM_EMPTY && is_withheld(r, table, c, row) ? datum_hidden(d) : d;
}

struct datum datum_metric(
    const struct renderer *r, const struct context *context, const struct metric *m)
{
	const struct decimal value = context->values[m->row.index];
	struct datum d = {.kind = DATUM_EMPTY};
	if (!value.set)
		return d;
	if (m->kind == METRIC_YESNO)
		d = datum_yesno(value.digits ? YESNO_YES : YESNO_NO);
	else
		d = datum_number(decimal_frac(value));
	return disclosure_context(r->disclosure, context, m) ? d : datum_hidden(d);
}

/* -- for readers ----------------------------------------------------------- */

const char *datum_word(const struct renderer *r, const struct column *c, int value)
{
	const char *word = schema_word(c, value);
	if (!*word || !r->words->russian || !c->values_ru)
		return word;
	const char *russian = c->values_ru[value - 1];
	const char *bar = strchr(russian, '|');
	return bar ? arena_strndup(r->arena, russian, (size_t)(bar - russian)) : russian;
}

static const char *referred(const struct column *c, const void *row)
{
	if (!row)
		return "";
	switch (c->refers) {
	case TABLE_PROCEDURES:
		return ((const struct procedure *)row)->title;
	case TABLE_METRICS:
		return ((const struct metric *)row)->title;
	case TABLE_CHECKLIST:
		return ((const struct checklist_item *)row)->title;
	case TABLE_INDICATORS:
		return ((const struct indicator *)row)->title;
	default:
		return row_id(row);
	}
}

/* "a|b" as "a, b". */
static const char *listed(struct arena *a, const char *list)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct str rest = str_of(list), part;
	for (bool first = true; str_next(&rest, '|', &part); first = false) {
		if (!first)
			buf_adds(&out, ", ");
		part = str_trim(part);
		buf_add(&out, part.p, part.n);
	}
	const char *text = arena_strndup(a, out.data, out.len);
	buf_clear(&out);
	return text;
}

/* The indicator whose unit says what a column of texts holds, or NULL. */
static const struct indicator *measured(const struct column *c, const void *row)
{
	if (c == schema_column(schema_of(TABLE_TARGETS), STR("target")))
		return ((const struct target *)row)->indicator;
	if (c == schema_column(schema_of(TABLE_VALUES), STR("value")))
		return ((const struct indicator_value *)row)->indicator;
	return NULL;
}

/* "10.5" of somebody's table as 10,5; a level, and a target that is no quantity, in words. */
static const char *measured_words(
    const struct renderer *r, const struct indicator *indicator, const char *text)
{
	struct quantity q = quantity_read(r->arena, indicator, text);
	struct decimal number;
	if (q.set && q.yesno)
		return words_get(r->words, q.yesno == YESNO_YES ? "yes" : "no");
	if (q.set && q.level)
		return words_of(r->words, "level_", text);
	if (!q.set && indicator->rule == RULE_INCREASE)
		return words_get(r->words, "target_increase");
	if (!q.set && indicator->rule == RULE_AT_LEAST_REFERENCE)
		return words_get(r->words, "target_reference");
	if (q.set && decimal_parse(&number, str_of(text), true) == 0)
		return words_decimal(r->words, r->arena, number);
	return text;
}

const char *datum_words(const struct renderer *r, const struct column *c, const void *row)
{
	const struct words *w = r->words;
	const void *p = at(c, row);
	struct datum d = datum_of(r->arena, c, row);
	if (d.kind == DATUM_EMPTY)
		return "";
	switch (c->type) {
	case COLUMN_COUNT:
		return words_number(w, r->arena, d.number, 0);
	case COLUMN_YEAR:
		return arena_printf(r->arena, "%d", *(const int *)p);
	case COLUMN_NUMBER:
	case COLUMN_PERCENT:
		return words_decimal(w, r->arena, *(const struct decimal *)p);
	case COLUMN_DATE:
		return words_date(w, r->arena, *(const struct date *)p, true);
	case COLUMN_YESNO:
		return words_get(w, d.text);
	case COLUMN_ENUM:
		return strcmp(c->name, "category") == 0 ? department_label(r->dept, *(const int *)p)
		                                        : datum_word(r, c, *(const int *)p);
	case COLUMN_REF:
		return referred(c, pointer_at(c, row));
	case COLUMN_SCHOOL:
		return page_school_name(r, pointer_at(c, row));
	case COLUMN_LIST:
		return listed(r->arena, d.text);
	case COLUMN_TEXT:
		if (measured(c, row))
			return measured_words(r, measured(c, row), d.text);
		break;
	case COLUMN_URL:
	case COLUMN_PATH:
	case COLUMN_SLUG:
		break;
	}
	return d.text;
}

const char *datum_column_title(const struct renderer *r, const struct column *c)
{
	if (r->words->russian && c->title_ru)
		return c->title_ru;
	char *title = arena_strdup(r->arena, c->name);
	for (char *p = title; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	return title;
}

const char *datum_table_name(struct arena *a, enum table_id table)
{
	const char *file = schema_of(table)->file;
	const char *end = strpbrk(file, "/.");
	return end ? arena_strndup(a, file, (size_t)(end - file)) : file;
}

const char *datum_table_title(const struct renderer *r, enum table_id table)
{
	return words_of(r->words, "table_", datum_table_name(r->arena, table));
}

const struct source *datum_table_source(const struct renderer *r, const char *file)
{
	for (size_t i = 0; i < r->dept->nsources; i++)
		if (strcmp(r->dept->sources[i].path, file) == 0)
			return &r->dept->sources[i];
	return NULL;
}

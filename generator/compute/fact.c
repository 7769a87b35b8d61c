/*
 * A maker holds the fact at work; its fields grow in one array and are copied
 * when it ends, so that each fact takes the room it needs. Facts are sorted
 * once, at the end. Of two with one key, which only wrong tables have, the
 * first is kept.
 */
#include "compute/fact_make.h"

#include "text/hash.h"

#include <stdlib.h>
#include <string.h>

const char *const fact_kinds[] = {"identification", "declared", "indicator", "document", "event",
    "page", "roadmap", "school", "support", "method", "audit", "factor", "result", "context", "row",
    NULL};

/* -- facts ------------------------------------------------------------------ */

void fact_begin(struct fact_maker *m, enum fact_kind kind, const char *subject, const char *title)
{
	m->fact = (struct fact){.kind = kind,
	    .part = "",
	    .subject = subject ? subject : "",
	    .part_title = "",
	    .title = title ? title : ""};
	m->nfields = 0;
}

void fact_part(struct fact_maker *m, const char *part, const char *title)
{
	m->fact.part = part;
	m->fact.part_title = title ? title : "";
}

void fact_end(struct fact_maker *m)
{
	struct facts *out = m->out;
	struct fact_field *fields = arena_array(m->arena, m->nfields + 1, sizeof(*fields));
	if (m->nfields)
		memcpy(fields, m->fields, m->nfields * sizeof(*fields));
	m->fact.fields = fields;
	m->fact.nfields = m->nfields;
	out->items = arena_grow(m->arena, out->items, out->count, &out->cap, sizeof(*out->items));
	out->items[out->count++] = m->fact;
}

int fact_cmp(const struct fact *x, const struct fact *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->year != y->year)
		return x->year < y->year ? -1 : 1;
	int order = strcmp(x->part, y->part);
	return order ? order : strcmp(x->subject, y->subject);
}

static int by_key(const void *x, const void *y)
{
	return fact_cmp(x, y);
}

const struct fact *facts_find(const struct facts *all, const struct fact *key)
{
	return all->count ? bsearch(key, all->items, all->count, sizeof(*all->items), by_key)
	                  : NULL;
}

static void sort(struct facts *out)
{
	size_t kept = 0;
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_key);
	for (size_t i = 0; i < out->count; i++)
		if (!kept || fact_cmp(&out->items[kept - 1], &out->items[i]) != 0)
			out->items[kept++] = out->items[i];
	out->count = kept;
}

void facts_take(struct facts *out, struct arena *a, const struct disclosure *x,
    const struct identifications *ids, const struct assessment *assessment)
{
	struct fact_maker m = {.out = out,
	    .arena = a,
	    .x = x,
	    .d = x->department,
	    .ids = ids,
	    .assessment = assessment};
	struct beneath beneath;

	*out = (struct facts){0};
	beneath_find(&beneath, a, x);
	m.beneath = &beneath;
	facts_of_lists(&m);
	facts_of_indicators(&m);
	facts_of_content(&m);
	facts_of_tables(&m);
	facts_of_methods(&m);
	facts_of_results(&m);
	sort(out);
}

/* -- fields ----------------------------------------------------------------- */

static struct fact_field *add(struct fact_maker *m, const char *name, enum fact_form form)
{
	m->fields = arena_grow(m->arena, m->fields, m->nfields, &m->fields_cap, sizeof(*m->fields));
	struct fact_field *f = &m->fields[m->nfields++];
	*f = (struct fact_field){.name = name, .form = form};
	return f;
}

static struct fact_field *add_number(
    struct fact_maker *m, const char *name, enum fact_form form, struct frac number)
{
	if (!frac_is_set(number))
		return NULL;
	struct fact_field *f = add(m, name, form);
	f->number = number;
	return f;
}

struct fact_field *field_number(struct fact_maker *m, const char *name, struct frac number)
{
	return add_number(m, name, FACT_NUMBER, number);
}

struct fact_field *field_count(struct fact_maker *m, const char *name, int64_t count)
{
	return count < 0 ? NULL : field_number(m, name, frac_of(count, 1));
}

struct fact_field *field_decimal(struct fact_maker *m, const char *name, struct decimal number)
{
	return number.set ? field_number(m, name, decimal_frac(number)) : NULL;
}

struct fact_field *field_percent(struct fact_maker *m, const char *name, struct frac number)
{
	return add_number(m, name, FACT_PERCENT, number);
}

struct fact_field *field_yesno(struct fact_maker *m, const char *name, enum yesno yesno)
{
	return yesno == YESNO_MISSING
	    ? NULL
	    : add_number(m, name, FACT_YESNO, frac_of(yesno == YESNO_YES, 1));
}

/* Lines end as git stores them: another end is no change for a reader. */
static struct str with_plain_ends(struct arena *a, struct str text)
{
	if (!text.n || !memchr(text.p, '\r', text.n))
		return text;
	char *out = arena_alloc(a, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r')
			out[n++] = text.p[i];
	return (struct str){out, n};
}

static struct fact_field *add_text(
    struct fact_maker *m, const char *name, enum fact_form form, const char *text)
{
	if (!text || !*text)
		return NULL;
	struct fact_field *f = add(m, name, form);
	f->text = with_plain_ends(m->arena, str_of(text)).p;
	return f;
}

struct fact_field *field_word(struct fact_maker *m, const char *name, const char *word)
{
	return add_text(m, name, FACT_WORD, word);
}

struct fact_field *field_words(struct fact_maker *m, const char *name, const char *text)
{
	return add_text(m, name, FACT_TEXT, text);
}

struct fact_field *field_date(struct fact_maker *m, const char *name, struct date date)
{
	if (!date_is_set(date))
		return NULL;
	struct fact_field *f = add(m, name, FACT_DATE);
	f->date = date;
	return f;
}

struct fact_field *field_body(struct fact_maker *m, const char *name, struct str bytes)
{
	enum { SHORT = 16 };
	if (bytes.n == 0)
		return NULL;
	return add_text(m, name, FACT_BODY,
	    arena_strndup(m->arena, hash_sha256(with_plain_ends(m->arena, bytes)).s, SHORT));
}

void field_hide(struct fact_field *f)
{
	if (!f)
		return;
	*f = (struct fact_field){.name = f->name,
	    .title = f->title,
	    .form = f->form,
	    .hidden = true,
	    .beneath = f->beneath};
}

/* -- cells of tables -------------------------------------------------------- */

static const void *at(const struct column *c, const void *row)
{
	return (const char *)row + c->offset;
}

struct fact_field *field_column(struct fact_maker *m, const struct column *c, const void *row)
{
	const void *cell = at(c, row);
	if (c->flags & COLUMN_KEY)
		return NULL;
	switch (c->type) {
	case COLUMN_TEXT:
	case COLUMN_URL:
	case COLUMN_PATH:
	case COLUMN_SLUG:
	case COLUMN_LIST:
		return field_words(m, c->name, *(const char *const *)cell);
	case COLUMN_COUNT:
		return field_count(m, c->name, *(const int64_t *)cell);
	case COLUMN_NUMBER:
		return field_decimal(m, c->name, *(const struct decimal *)cell);
	case COLUMN_PERCENT: {
		struct decimal d = *(const struct decimal *)cell;
		return d.set ? field_percent(m, c->name, decimal_frac(d)) : NULL;
	}
	case COLUMN_YEAR: {
		int year = *(const int *)cell;
		return year ? field_number(m, c->name, frac_of(year, 1)) : NULL;
	}
	case COLUMN_DATE:
		return field_date(m, c->name, *(const struct date *)cell);
	case COLUMN_YESNO:
		return field_yesno(m, c->name, *(const enum yesno *)cell);
	case COLUMN_ENUM: {
		int value = *(const int *)cell;
		const char *word = value ? schema_word(c, value) : "";
		bool usual = c->fallback && strcmp(word, c->fallback) == 0;
		return usual ? NULL : field_word(m, c->name, word);
	}
	case COLUMN_REF:
		return field_words(m, c->name, row_id(*(const void *const *)cell));
	case COLUMN_SCHOOL: {
		const struct school *s = *(const struct school *const *)cell;
		return field_words(m, c->name, s ? fact_school(s) : NULL);
	}
	}
	return NULL;
}

const char *fact_school(const struct school *s)
{
	return s->short_name ? s->short_name : s->name;
}

/* -- questions -------------------------------------------------------------- */

const struct fact_field *fact_field(const struct fact *f, const char *name)
{
	for (size_t i = 0; f && i < f->nfields; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	return NULL;
}

static bool same_number(struct frac x, struct frac y)
{
	return frac_is_set(x) == frac_is_set(y) && (!frac_is_set(x) || frac_cmp(x, y) == 0);
}

bool fact_same(const struct fact_field *x, const struct fact_field *y)
{
	if (x->hidden || y->hidden)
		return x->hidden && y->hidden;
	return x->form == y->form && same_number(x->number, y->number) && same_number(x->k, y->k) &&
	    same_number(x->n, y->n) && date_cmp(x->date, y->date) == 0 &&
	    str_eq(str_of(x->text), str_of(y->text));
}

/*
 * An indicator has a fact for each year, and one of year 0 for what it is: the
 * columns of its table. An indicator whose rule needs no target has its status
 * all the same.
 */
#include "compute/fact_make.h"

#include <string.h>

static void add_definition(struct fact_maker *m, const struct indicator *i)
{
	const struct schema *s = schema_of(TABLE_INDICATORS);
	fact_begin(m, FACT_INDICATOR, i->id, i->title);
	for (size_t k = 0; k < s->count; k++)
		field_column(m, &s->columns[k], i);
	fact_end(m);
}

/* The word of a level, from "absent|forming|present". */
static const char *level_word(struct arena *a, const char *levels, int level)
{
	struct str rest = str_of(levels), part;
	for (int i = 1; str_next(&rest, '|', &part); i++)
		if (i == level) {
			part = str_trim(part);
			return arena_strndup(a, part.p, part.n);
		}
	return NULL;
}

static struct fact_field *add_quantity(
    struct fact_maker *m, const char *name, const struct indicator *i, const struct quantity *q)
{
	if (!q->set)
		return NULL;
	if (q->level)
		return field_words(m, name, level_word(m->arena, i->levels, q->level));
	if (q->yesno)
		return field_yesno(m, name, q->yesno);
	return i->unit == UNIT_PERCENT ? field_percent(m, name, q->number)
	                               : field_number(m, name, q->number);
}

/* A mean of shares has the sum of percents above: that is no count. */
static bool is_mean(const struct indicator_state *s)
{
	return s->measure.form == FORM_CONTEXT && s->measure.metric->kind == METRIC_SHARE;
}

static uint64_t join(uint64_t sum, uint64_t part)
{
	return !part ? sum : sum + part ? sum + part : 1;
}

/* What is hidden beneath the parts of a parent is beneath it. */
static uint64_t beneath_parts(const struct fact_maker *m, const struct indicator_year *whole)
{
	uint64_t sum = beneath_indicator(m->beneath, whole);
	for (size_t i = 0; i < m->assessment->count; i++) {
		const struct indicator_state *s = &m->assessment->indicators[i];
		const char *parent = s->indicator->parent;
		if (!parent || strcmp(parent, whole->indicator->id) != 0)
			continue;
		for (size_t k = 0; k < s->nyears; k++)
			if (s->years[k].year == whole->year)
				sum = join(sum, beneath_indicator(m->beneath, &s->years[k]));
	}
	return sum;
}

static void settle(struct fact_field *f, uint64_t beneath, bool shown)
{
	if (!f)
		return;
	f->beneath = beneath;
	if (!shown)
		field_hide(f);
}

static void add_year(
    struct fact_maker *m, const struct indicator_state *s, const struct indicator_year *y)
{
	const struct disclosure *x = m->x;
	uint64_t beneath = beneath_parts(m, y);
	fact_begin(m, FACT_INDICATOR, s->indicator->id, s->indicator->title);
	m->fact.year = y->year;
	struct fact_field *f = add_quantity(m, "value", s->indicator, &y->value);
	if (f && !(y->computed && is_mean(s))) {
		f->k = y->numerator;
		f->n = y->denominator;
	}
	settle(f, beneath, disclosure_indicator(x, y));
	f = add_quantity(m, "target", s->indicator, &y->target);
	bool computed = s->indicator->rule == RULE_AT_LEAST_REFERENCE;
	settle(f, computed ? beneath : 0, disclosure_target(x, y));
	f = field_word(m, "status", statuses[y->status]);
	settle(f, y->value.set && y->status != INDICATOR_NO_TARGET ? beneath : 0,
	    disclosure_status(x, y));
	if (y->manual && disclosure_indicator(x, y)) {
		field_words(m, "evidence", y->manual->evidence);
		field_words(m, "note", y->manual->note);
	}
	fact_end(m);
}

void facts_of_indicators(struct fact_maker *m)
{
	for (size_t i = 0; i < m->assessment->count; i++) {
		const struct indicator_state *s = &m->assessment->indicators[i];
		add_definition(m, s->indicator);
		for (size_t k = 0; k < s->nyears; k++)
			add_year(m, s, &s->years[k]);
	}
}

/*
 * Results, conditions and factors. A row that the level does not publish is no
 * fact; a hidden row of results keeps its status, which is no number. Rows of
 * the municipality are sums of those of schools, so they carry what is hidden
 * beneath them.
 */
#include "compute/fact_make.h"

static const char *scope_word(int scope)
{
	return schema_word(schema_column(schema_of(TABLE_RESULTS), STR("scope")), scope);
}

/* By the level alone, whatever else hides the cell. */
static bool is_published(const struct fact_maker *m, int scope)
{
	return scope == SCOPE_SCHOOL ? disclosure_shows_values(m->x) : disclosure_shows_basis(m->x);
}

static bool is_number(const struct column *c)
{
	return c->type == COLUMN_COUNT || c->type == COLUMN_NUMBER || c->type == COLUMN_PERCENT;
}

static void add_result(struct fact_maker *m, const struct result *r)
{
	const struct schema *s = schema_of(TABLE_RESULTS);
	bool hidden = !disclosure_result(m->x, r);
	uint64_t beneath =
	    r->scope == SCOPE_MUNICIPALITY ? beneath_result(m->beneath, r->year, r->procedure) : 0;
	fact_begin(m, FACT_RESULT, r->school ? r->school->id : NULL,
	    r->school ? fact_school(r->school) : NULL);
	fact_part(m, arena_printf(m->arena, "%s/%s", r->procedure->id, scope_word(r->scope)),
	    r->procedure->title);
	m->fact.year = r->year;
	for (size_t i = 0; i < s->count; i++) {
		const struct column *c = &s->columns[i];
		bool note = c->offset == offsetof(struct result, note);
		struct fact_field *f = field_column(m, c, r);
		if (!f || !(is_number(c) || note))
			continue;
		f->beneath = beneath;
		if (hidden)
			field_hide(f);
	}
	fact_end(m);
}

static void add_metric(struct fact_maker *m, const struct context *c, const struct metric *metric)
{
	struct decimal value = c->values[metric->row.index];
	struct fact_field *f;
	if (!value.set || !metric->id)
		return;
	if (metric->kind == METRIC_YESNO)
		f = field_yesno(m, metric->id, value.digits ? YESNO_YES : YESNO_NO);
	else if (metric->kind == METRIC_SHARE)
		f = field_percent(m, metric->id, decimal_frac(value));
	else
		f = field_decimal(m, metric->id, value);
	f->title = metric->title;
	f->beneath =
	    c->scope == SCOPE_MUNICIPALITY ? beneath_metric(m->beneath, c->year, metric) : 0;
	if (!disclosure_context(m->x, c, metric))
		field_hide(f);
}

static void add_context(struct fact_maker *m, const struct context *c)
{
	const struct table *metrics = &m->d->site->metrics;
	fact_begin(m, FACT_CONTEXT, c->school ? c->school->id : NULL,
	    c->school ? fact_school(c->school) : NULL);
	fact_part(m, scope_word(c->scope), NULL);
	m->fact.year = c->year;
	for (size_t i = 0; i < metrics->count; i++)
		add_metric(m, c, table_row(metrics, i));
	fact_end(m);
}

static void add_factor(struct fact_maker *m, const struct factor_row *row)
{
	fact_begin(m, FACT_FACTOR, row->school->id, fact_school(row->school));
	fact_part(m, row->factor, NULL);
	m->fact.year = row->year;
	field_yesno(m, "present", row->present);
	field_words(m, "basis", row->basis);
	fact_end(m);
}

void facts_of_results(struct fact_maker *m)
{
	const struct department *d = m->d;
	for (size_t i = 0; i < d->nresults; i++) {
		const struct result *r = &d->results[i];
		bool whole = r->procedure && (r->scope != SCOPE_SCHOOL || r->school);
		if (whole && is_published(m, r->scope))
			add_result(m, r);
	}
	for (size_t i = 0; i < d->ncontext; i++) {
		const struct context *c = &d->context[i];
		if ((c->scope != SCOPE_SCHOOL || c->school) && is_published(m, c->scope))
			add_context(m, c);
	}
	for (size_t i = 0; i < d->nfactors && disclosure_shows_basis(m->x); i++)
		if (d->factors[i].school && d->factors[i].factor)
			add_factor(m, &d->factors[i]);
}

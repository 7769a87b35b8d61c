/*
 * What the program computed: results of the methods, every comparison behind
 * them, and the indicators.
 *
 * What is hidden follows METHODS.md § Disclosure. Level `status` shows the
 * decision and no basis; `basis` shows which rules are met and no value of a
 * school (points of an index are its value times a constant, so they go with
 * it). Where a cell behind a row is hidden, everything computed from it is.
 */
#include "render/export.h"

/* -- identification -------------------------------------------------------- */

static const char *const outcome_values[] = {
    "identified", "not-identified", "insufficient-data", "not-applicable", "undetermined", NULL};

static const struct export_column identification_columns[] = {
    {.name = "year", .type = EXPORT_YEAR, .key = true, .required = true},
    {.name = "method", .key = true, .required = true},
    {.name = "category", .values = categories, .required = true},
    {.name = "school", .key = true, .required = true, .refers = "schools"},
    {.name = "result", .values = outcome_values, .required = true},
    {.name = "score", .type = EXPORT_NUMBER},
    {.name = "score_possible", .type = EXPORT_NUMBER},
    {.name = "cutoff", .type = EXPORT_NUMBER},
    {.name = "fragile", .type = EXPORT_YESNO},
    {.name = "declared", .type = EXPORT_YESNO},
    {.name = NULL},
};

static struct datum shown_if(bool visible, struct datum d)
{
	return visible ? d : datum_hidden(d);
}

/* An index and its limit are numbers of two decimals, whatever they were
 * computed from. */
static struct datum score_datum(const struct method *m, struct frac score)
{
	struct buf text = BUF_INIT(BUF_LINE);
	struct decimal d;
	if (m->kind == METHOD_INDEX && frac_is_set(score)) {
		frac_write(&text, score, 2, '.');
		if (decimal_parse(&d, (struct str){text.data, text.len}, false) == 0)
			score = decimal_frac(d);
	}
	buf_clear(&text);
	return datum_number(score);
}

static void add_school_result(struct export_table *t, const struct renderer *r,
    const struct identification *i, const struct school_result *s, bool cutoff)
{
	const struct disclosure *x = r->disclosure;
	bool score = disclosure_school_result(x, i, s);
	struct datum *row = export_row(t, r);
	*row++ = datum_number(frac_of(i->year, 1));
	*row++ = datum_text(i->method->id);
	*row++ = datum_text(categories[i->method->category - 1]);
	*row++ = datum_text(s->school->id);
	*row++ = datum_text(outcomes[s->outcome]);
	*row++ = shown_if(score, score_datum(i->method, s->score));
	*row++ = shown_if(disclosure_score_possible(x), datum_number(s->score_possible));
	*row++ = shown_if(cutoff, score_datum(i->method, s->cutoff));
	*row++ = shown_if(score, datum_yesno(s->fragile));
	*row++ = datum_yesno(s->declared);
}

bool export_identification(struct export_table *t, const struct renderer *r)
{
	export_begin(t, r, "identification", identification_columns);
	for (size_t i = 0; i < r->ids->count; i++) {
		const struct identification *id = &r->ids->items[i];
		bool cutoff = disclosure_cutoff(r->disclosure, id);
		for (size_t k = 0; k < id->nschools; k++)
			add_school_result(t, r, id, &id->schools[k], cutoff);
	}
	return true;
}

/* -- basis ---------------------------------------------------------------- */

static const char *const met_values[] = {"unknown", "no", "yes", "not-applicable", NULL};

static const struct export_column basis_columns[] = {
    {.name = "year", .type = EXPORT_YEAR, .key = true, .required = true},
    {.name = "method", .key = true, .required = true},
    {.name = "school", .key = true, .required = true, .refers = "schools"},
    {.name = "rule", .key = true, .required = true},
    {.name = "period", .key = true},
    {.name = "measure", .key = true},
    {.name = "value", .type = EXPORT_ANY},
    {.name = "operator"},
    {.name = "threshold", .type = EXPORT_NUMBER},
    {.name = "met", .values = met_values},
    {.name = "points", .type = EXPORT_NUMBER},
    {.name = "source"},
    {.name = NULL},
};

static const char *joined_sources(struct arena *a, const struct sources *s)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < s->count; i++)
		buf_addf(&out, "%s%s:%u", i ? "|" : "", s->rows[i]->file, s->rows[i]->line);
	const char *text = arena_strndup(a, out.data, out.len);
	buf_clear(&out);
	return text;
}

static void add_basis(struct export_table *t, const struct renderer *r,
    const struct identification *i, const struct basis *b)
{
	const struct disclosure *x = r->disclosure;
	bool cell = disclosure_basis(x, b);
	bool values = disclosure_basis_value(x, b);
	bool threshold = disclosure_threshold(x, b);
	bool points = i->method->kind == METHOD_INDEX ? values : cell;
	struct datum *row = export_row(t, r);
	*row++ = datum_number(frac_of(i->year, 1));
	*row++ = datum_text(i->method->id);
	*row++ = datum_text(b->school->id);
	*row++ = datum_text(b->rule);
	*row++ = datum_text(b->period);
	*row++ = datum_text(b->measure);
	*row++ = shown_if(
	    values, frac_is_set(b->value) ? datum_number(b->value) : datum_yesno(b->present));
	*row++ = datum_text(b->op);
	*row++ = shown_if(threshold, datum_number(b->threshold));
	*row++ = shown_if(cell, datum_text(met_words[b->met]));
	*row++ = shown_if(points, datum_number(b->points));
	*row++ = datum_text(joined_sources(r->arena, &b->sources));
}

bool export_basis(struct export_table *t, const struct renderer *r)
{
	export_begin(t, r, "identification-basis", basis_columns);
	for (size_t i = 0; i < r->ids->count; i++)
		for (size_t k = 0; k < r->ids->items[i].nbasis; k++)
			add_basis(t, r, &r->ids->items[i], &r->ids->items[i].basis[k]);
	return disclosure_shows_basis(r->disclosure);
}

/* -- indicators ----------------------------------------------------------- */

static const char *const status_values[] = {
    "no-target", "in-progress", "no-data", "achieved", "not-achieved", NULL};

static const struct export_column indicator_columns[] = {
    {.name = "indicator", .key = true, .required = true},
    {.name = "year", .type = EXPORT_YEAR, .key = true, .required = true},
    {.name = "value", .type = EXPORT_ANY},
    {.name = "numerator", .type = EXPORT_NUMBER},
    {.name = "denominator", .type = EXPORT_NUMBER},
    {.name = "target", .type = EXPORT_ANY},
    {.name = "status", .values = status_values},
    {.name = "source"},
    {.name = NULL},
};

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

static struct datum quantity_datum(
    const struct renderer *r, const struct indicator *i, const struct quantity *q)
{
	if (!q->set)
		return datum_text(NULL);
	if (q->yesno != YESNO_MISSING)
		return datum_yesno(q->yesno);
	if (q->level)
		return datum_text(level_word(r->arena, i->levels, q->level));
	return datum_number(q->number);
}

static const char *indicator_source(const struct renderer *r, const struct indicator_year *y)
{
	if (y->source)
		return arena_printf(r->arena, "%s:%u", y->source->file, y->source->line);
	return y->indicator->measure;
}

static void add_indicator_year(
    struct export_table *t, const struct renderer *r, const struct indicator_year *y)
{
	bool cell = disclosure_indicator(r->disclosure, y);
	struct datum *row = export_row(t, r);
	*row++ = datum_text(y->indicator->id);
	*row++ = datum_number(frac_of(y->year, 1));
	*row++ = shown_if(cell, quantity_datum(r, y->indicator, &y->value));
	*row++ = shown_if(cell, datum_number(y->numerator));
	*row++ = shown_if(cell, datum_number(y->denominator));
	*row++ = shown_if(
	    disclosure_target(r->disclosure, y), quantity_datum(r, y->indicator, &y->target));
	*row++ = shown_if(disclosure_status(r->disclosure, y), datum_text(statuses[y->status]));
	*row++ = datum_text(indicator_source(r, y));
}

bool export_indicators(struct export_table *t, const struct renderer *r)
{
	export_begin(t, r, "indicators", indicator_columns);
	for (size_t i = 0; i < r->assessment->count; i++) {
		const struct indicator_state *s = &r->assessment->indicators[i];
		for (size_t k = 0; k < s->nyears; k++)
			add_indicator_year(t, r, &s->years[k]);
	}
	return true;
}

/*
 * Rows are sorted once, so that the rows of a year lie together and in an
 * order that does not depend on the file. For each year the cells and totals
 * go into a struct sums; what it hides is written back.
 */
#include "compute/complement.h"
#include "compute/elimination.h"
#include "compute/sitting.h"

#include <stdlib.h>
#include <string.h>

enum layer { LAYER_PARTICIPANTS, LAYER_BELOW, LAYERS };

/* What publishes a total: a municipal row (of results, or with a metric of
 * context), or an indicator's year. */
struct publisher {
	const struct result *result;
	const struct context *context;
	const struct metric *metric;
	const struct indicator_year *indicator;
};

/* The system of one year. */
struct year_work {
	struct disclosure *x;
	struct arena *scratch, *keep;
	const struct assessment *assessment;
	int year;
	struct sums sums;
	struct publisher *publishers;
	size_t npublishers, publishers_cap;
	bool *cohort; /* by school.row.index */
};

static uint32_t publish(struct year_work *w, struct publisher p)
{
	w->publishers = arena_grow(w->scratch, w->publishers, w->npublishers, &w->publishers_cap,
	    sizeof(*w->publishers));
	w->publishers[w->npublishers] = p;
	return (uint32_t)w->npublishers++;
}

static void hide_indicator(struct disclosure *x, struct arena *a, const struct indicator_year *y)
{
	x->indicators_hidden = arena_grow(a, x->indicators_hidden, x->nindicators_hidden,
	    &x->indicators_cap, sizeof(struct indicator_year *));
	x->indicators_hidden[x->nindicators_hidden++] = y;
}

static void hide_publishers(struct year_work *w)
{
	struct disclosure *x = w->x;
	const struct publisher *last = NULL;
	for (size_t i = 0; i < w->sums.ntotals; i++) {
		const struct publisher *p = &w->publishers[w->sums.totals[i].source];
		if (!w->sums.totals[i].hidden || p == last)
			continue;
		last = p;
		if (p->result)
			x->result_hidden[p->result->row.index] = true;
		else if (p->context)
			x->context_hidden[p->context->row.index * x->nmetrics +
			    p->metric->row.index] = true;
		else
			hide_indicator(x, w->keep, p->indicator);
	}
}

/* The published indicators of the year with this form, one call each. */
typedef void add_indicator(
    struct year_work *w, const struct indicator_year *y, const struct measure *m, void *rows);

static void each_indicator(struct year_work *w, add_indicator *add, void *rows)
{
	for (size_t i = 0; i < w->assessment->count; i++) {
		const struct indicator_state *s = &w->assessment->indicators[i];
		for (size_t j = 0; j < s->nyears; j++) {
			const struct indicator_year *y = &s->years[j];
			if (y->year != w->year || !y->computed || !disclosure_indicator(w->x, y))
				continue;
			for (size_t k = 0; k < y->ncontributions; k++)
				w->cohort[y->contributions[k].school->row.index] = true;
			add(w, y, &s->measure, rows);
			for (size_t k = 0; k < y->ncontributions; k++)
				w->cohort[y->contributions[k].school->row.index] = false;
		}
	}
}

/* -- results ---------------------------------------------------------------- */

/* Rows of schools come before that of the municipality, within a procedure. */
static int result_order(const void *x, const void *y)
{
	const struct result *a = *(const struct result *const *)x;
	const struct result *b = *(const struct result *const *)y;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	int order = strcmp(a->procedure->id, b->procedure->id);
	if (order == 0)
		order = a->scope - b->scope;
	if (order == 0 && a->school && b->school)
		order = strcmp(a->school->id, b->school->id);
	if (order == 0)
		order = (a->row.index > b->row.index) - (a->row.index < b->row.index);
	return order;
}

struct result_rows {
	const struct result **rows;
	size_t count;
};

static bool has_layer(const struct result *r, int layer)
{
	int64_t n = layer == LAYER_BELOW ? r->below_minimum : r->participants;
	return n >= 0 && sitting_was_held(r);
}

static int64_t layer_value(const struct result *r, int layer)
{
	return layer == LAYER_BELOW ? r->below_minimum : r->participants;
}

/* The rows of schools from `first` on that belong to the same procedure. */
static size_t same_procedure(const struct result_rows *rows, size_t first)
{
	size_t end = first;
	while (end < rows->count && rows->rows[end]->procedure == rows->rows[first]->procedure)
		end++;
	return end;
}

static void add_municipality(
    struct year_work *w, const struct result_rows *rows, size_t first, size_t end)
{
	const struct result *whole = NULL;
	for (size_t i = first; i < end; i++)
		if (rows->rows[i]->scope == SCOPE_MUNICIPALITY)
			whole = rows->rows[i];
	if (!whole || w->x->result_hidden[whole->row.index])
		return;
	uint32_t source = publish(w, (struct publisher){.result = whole});
	for (int layer = 0; layer < LAYERS; layer++) {
		if (!has_layer(whole, layer))
			continue;
		struct sums_total *t = sums_total(&w->sums, layer, source);
		for (size_t i = first; i < end; i++)
			if (rows->rows[i]->scope == SCOPE_SCHOOL && has_layer(rows->rows[i], layer))
				sums_member(&w->sums, t, i);
	}
}

static bool names_procedure(const struct measure *m, const struct procedure *p)
{
	for (size_t i = 0; i < m->nprocedures; i++)
		if (m->procedures[i] == p)
			return true;
	return false;
}

static void add_below_minimum(
    struct year_work *w, const struct indicator_year *y, const struct measure *m, void *payload)
{
	const struct result_rows *rows = payload;
	if (m->form != FORM_BELOW_MINIMUM)
		return;
	uint32_t source = publish(w, (struct publisher){.indicator = y});
	for (int layer = 0; layer < LAYERS; layer++) {
		struct sums_total *t = sums_total(&w->sums, layer, source);
		for (size_t i = 0; i < rows->count; i++) {
			const struct result *r = rows->rows[i];
			if (r->scope == SCOPE_SCHOOL && w->cohort[r->school->row.index] &&
			    names_procedure(m, r->procedure) && has_layer(r, LAYER_PARTICIPANTS) &&
			    has_layer(r, LAYER_BELOW))
				sums_member(&w->sums, t, i);
		}
	}
}

/* Two or more hidden counts that add up to less than 2 leave each of them at
 * most two values. */
static void note_guessable(struct year_work *w, const struct result_rows *rows)
{
	struct disclosure *x = w->x;
	for (size_t i = 0; i < w->sums.ntotals; i++) {
		const struct sums_total *t = &w->sums.totals[i];
		const struct result *whole = w->publishers[t->source].result;
		int64_t all = 0, hidden = 0;
		size_t cells = 0;
		for (size_t j = 0; j < t->count; j++) {
			bool is_hidden = w->sums.cells[t->members[j]].hidden;
			int64_t n = layer_value(rows->rows[t->members[j]], t->layer);
			all += n;
			hidden += is_hidden ? n : 0;
			cells += is_hidden;
		}
		if (!whole || t->hidden || !cells || hidden >= 2 || all != layer_value(whole, t->layer))
			continue;
		if (x->nguessable && x->guessable[x->nguessable - 1] == whole)
			continue;
		x->guessable = arena_grow(w->keep, x->guessable, x->nguessable, &x->guessable_cap,
		    sizeof(struct result *));
		x->guessable[x->nguessable++] = whole;
	}
}

static void complete_results(struct year_work *w, struct result_rows *rows)
{
	struct disclosure *x = w->x;
	bool any = false;
	w->sums = (struct sums){.arena = w->scratch, .ncells = rows->count, .layers = LAYERS};
	w->sums.cells = arena_array(w->scratch, rows->count, sizeof(*w->sums.cells));
	for (size_t i = 0; i < rows->count; i++) {
		const struct result *r = rows->rows[i];
		w->sums.cells[i].hidden = x->result_hidden[r->row.index];
		w->sums.cells[i].group = r->participants >= 0 ? r->participants : INT64_MAX;
		any |= w->sums.cells[i].hidden && r->scope == SCOPE_SCHOOL;
	}
	if (!any)
		return;
	for (size_t i = 0, end; i < rows->count; i = end) {
		end = same_procedure(rows, i);
		add_municipality(w, rows, i, end);
	}
	each_indicator(w, add_below_minimum, rows);
	sums_complete(&w->sums);
	for (size_t i = 0; i < rows->count; i++)
		x->result_hidden[rows->rows[i]->row.index] |= w->sums.cells[i].hidden;
	hide_publishers(w);
	note_guessable(w, rows);
}

/* -- context ---------------------------------------------------------------- */

static int context_order(const void *x, const void *y)
{
	const struct context *a = *(const struct context *const *)x;
	const struct context *b = *(const struct context *const *)y;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	int order = a->scope - b->scope;
	if (order == 0 && a->school && b->school)
		order = strcmp(a->school->id, b->school->id);
	if (order == 0)
		order = (a->row.index > b->row.index) - (a->row.index < b->row.index);
	return order;
}

struct context_rows {
	const struct context **rows;
	size_t count;
};

static const struct metric *metric_at(const struct year_work *w, size_t i)
{
	return table_row(&w->x->department->site->metrics, i);
}

/* The school cells of a metric; with `beside` only where that one is known too. */
static void add_metric(struct year_work *w, const struct context_rows *rows, uint32_t source,
    const struct metric *m, const struct metric *beside, bool cohort_only)
{
	struct sums_total *t = sums_total(&w->sums, 0, source);
	for (size_t i = 0; i < rows->count; i++) {
		const struct context *c = rows->rows[i];
		if (c->scope == SCOPE_SCHOOL && c->values[m->row.index].set &&
		    (!beside || c->values[beside->row.index].set) &&
		    (!cohort_only || w->cohort[c->school->row.index]))
			sums_member(&w->sums, t, i * w->x->nmetrics + m->row.index);
	}
}

static void add_context_municipality(struct year_work *w, const struct context_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct context *c = rows->rows[i];
		for (size_t j = 0; j < w->x->nmetrics && c->scope == SCOPE_MUNICIPALITY; j++) {
			const struct metric *m = metric_at(w, j);
			if (m->kind != METRIC_COUNT || !c->values[j].set ||
			    w->x->context_hidden[c->row.index * w->x->nmetrics + j])
				continue;
			uint32_t source = publish(w, (struct publisher){.context = c, .metric = m});
			add_metric(w, rows, source, m, NULL, false);
		}
	}
}

static void add_context_indicator(
    struct year_work *w, const struct indicator_year *y, const struct measure *m, void *payload)
{
	const struct context_rows *rows = payload;
	bool sum = m->form == FORM_CONTEXT && m->metric->kind != METRIC_YESNO;
	if (m->form != FORM_RATIO && !sum)
		return;
	uint32_t source = publish(w, (struct publisher){.indicator = y});
	add_metric(w, rows, source, m->metric, m->of, true);
	if (m->of)
		add_metric(w, rows, source, m->of, m->metric, true);
}

static int64_t group_of(const struct context *c, const struct metric *m)
{
	struct decimal group = c->values[m->of ? m->of->row.index : m->row.index];
	return group.set ? decimal_int(group, NULL) : INT64_MAX;
}

static void complete_context(struct year_work *w, struct context_rows *rows)
{
	struct disclosure *x = w->x;
	size_t nm = x->nmetrics;
	bool any = false;
	w->sums = (struct sums){.arena = w->scratch, .ncells = rows->count * nm, .layers = 1};
	w->sums.cells = arena_array(w->scratch, w->sums.ncells + 1, sizeof(*w->sums.cells));
	for (size_t i = 0; i < w->sums.ncells; i++) {
		const struct context *c = rows->rows[i / nm];
		w->sums.cells[i].hidden = x->context_hidden[c->row.index * nm + i % nm];
		w->sums.cells[i].group = group_of(c, metric_at(w, i % nm));
		any |= w->sums.cells[i].hidden && c->scope == SCOPE_SCHOOL;
	}
	if (!any)
		return;
	add_context_municipality(w, rows);
	each_indicator(w, add_context_indicator, rows);
	sums_complete(&w->sums);
	for (size_t i = 0; i < w->sums.ncells; i++)
		x->context_hidden[rows->rows[i / nm]->row.index * nm + i % nm] |=
		    w->sums.cells[i].hidden;
	hide_publishers(w);
}

/* -- year by year ----------------------------------------------------------- */

static void all_results(struct year_work *w, const struct department *d, struct arena *scratch)
{
	struct result_rows all = {arena_array(scratch, d->nresults + 1, sizeof(*all.rows)), 0};
	for (size_t i = 0; i < d->nresults; i++)
		if (d->results[i].procedure && (d->results[i].scope != SCOPE_SCHOOL || d->results[i].school))
			all.rows[all.count++] = &d->results[i];
	qsort(all.rows, all.count, sizeof(*all.rows), result_order);
	for (size_t i = 0, end; i < all.count; i = end) {
		for (end = i; end < all.count && all.rows[end]->year == all.rows[i]->year;)
			end++;
		struct result_rows rows = {all.rows + i, end - i};
		w->year = all.rows[i]->year;
		w->publishers = NULL;
		w->npublishers = w->publishers_cap = 0;
		complete_results(w, &rows);
	}
}

static void all_context(struct year_work *w, const struct department *d, struct arena *scratch)
{
	struct context_rows all = {arena_array(scratch, d->ncontext + 1, sizeof(*all.rows)), 0};
	for (size_t i = 0; i < d->ncontext; i++)
		if (d->context[i].scope != SCOPE_SCHOOL || d->context[i].school)
			all.rows[all.count++] = &d->context[i];
	qsort(all.rows, all.count, sizeof(*all.rows), context_order);
	for (size_t i = 0, end; i < all.count; i = end) {
		for (end = i; end < all.count && all.rows[end]->year == all.rows[i]->year;)
			end++;
		struct context_rows rows = {all.rows + i, end - i};
		w->year = all.rows[i]->year;
		w->publishers = NULL;
		w->npublishers = w->publishers_cap = 0;
		complete_context(w, &rows);
	}
}

void complement_hide(struct disclosure *x, struct arena *a, const struct assessment *assessment)
{
	struct arena scratch = ARENA_INIT;
	const struct department *d = x->department;
	struct year_work w = {
	    .x = x, .scratch = &scratch, .keep = a, .assessment = assessment};
	w.cohort = arena_array(&scratch, d->nschools + 1, sizeof(*w.cohort));
	all_results(&w, d, &scratch);
	all_context(&w, d, &scratch);
	arena_clear(&scratch);
}

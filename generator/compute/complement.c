/*
 * Rows are sorted once, so that the rows of a year lie together and in an
 * order that does not depend on the file. For each year the cells and totals
 * go into a struct sums; what it hides is written back.
 */
#include "compute/complement_year.h"

#include <stdlib.h>
#include <string.h>

uint32_t year_publish(struct year_work *w, struct year_publisher p)
{
	w->publishers = arena_grow(
	    w->scratch, w->publishers, w->npublishers, &w->publishers_cap, sizeof(*w->publishers));
	w->publishers[w->npublishers] = p;
	return (uint32_t)w->npublishers++;
}

static void hide_indicator(struct disclosure *x, struct arena *a, const struct indicator_year *y)
{
	x->indicators_hidden = arena_grow(a, x->indicators_hidden, x->nindicators_hidden,
	    &x->indicators_cap, sizeof(struct indicator_year *));
	x->indicators_hidden[x->nindicators_hidden++] = y;
}

void year_hide_publishers(struct year_work *w)
{
	struct disclosure *x = w->x;
	const struct year_publisher *last = NULL;
	for (size_t i = 0; i < w->sums.ntotals; i++) {
		const struct year_publisher *p = &w->publishers[w->sums.totals[i].source];
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

void year_guessable(struct year_work *w, const struct row *row)
{
	struct disclosure *x = w->x;
	if (x->nguessable && x->guessable[x->nguessable - 1] == row)
		return;
	x->guessable = arena_grow(
	    w->keep, x->guessable, x->nguessable, &x->guessable_cap, sizeof(struct row *));
	x->guessable[x->nguessable++] = row;
}

void year_indicators(struct year_work *w, year_indicator *add, void *rows)
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

/* -- year by year ----------------------------------------------------------- */

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

static void all_results(struct year_work *w, const struct department *d, struct arena *scratch)
{
	struct result_rows all = {arena_array(scratch, d->nresults + 1, sizeof(*all.rows)), 0};
	for (size_t i = 0; i < d->nresults; i++)
		if (d->results[i].procedure &&
		    (d->results[i].scope != SCOPE_SCHOOL || d->results[i].school))
			all.rows[all.count++] = &d->results[i];
	qsort(all.rows, all.count, sizeof(*all.rows), result_order);
	for (size_t i = 0, end; i < all.count; i = end) {
		for (end = i; end < all.count && all.rows[end]->year == all.rows[i]->year;)
			end++;
		struct result_rows rows = {all.rows + i, end - i};
		w->year = all.rows[i]->year;
		w->publishers = NULL;
		w->npublishers = w->publishers_cap = 0;
		complement_results(w, &rows);
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
		complement_context(w, &rows);
	}
}

void complement_hide(struct disclosure *x, struct arena *a, const struct assessment *assessment)
{
	struct arena scratch = ARENA_INIT;
	const struct department *d = x->department;
	struct year_work w = {.x = x, .scratch = &scratch, .keep = a, .assessment = assessment};
	w.cohort = arena_array(&scratch, d->nschools + 1, sizeof(*w.cohort));
	all_results(&w, d, &scratch);
	all_context(&w, d, &scratch);
	arena_clear(&scratch);
}

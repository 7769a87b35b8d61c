/*
 * One pass over the results: each row goes to the span of its procedure, by
 * the procedure's place in its table; the years are kept in order.
 */
#include "render/results_span.h"

#include "compute/sitting.h"

#include <stdlib.h>
#include <string.h>

const int results_fields[] = {FIELD_QUALITY_RATE, FIELD_PASS_RATE, FIELD_MEAN_MARK,
    FIELD_MEAN_SCORE, FIELD_BELOW_MINIMUM_SHARE, FIELD_NONE};

/* -- spans ------------------------------------------------------------------- */

/* Insert the year in its place, once. There is room for one more. */
static void add_year(int *years, size_t *count, int year)
{
	size_t at = *count;
	while (at > 0 && years[at - 1] > year)
		at--;
	if (at > 0 && years[at - 1] == year)
		return;
	memmove(years + at + 1, years + at, (*count - at) * sizeof(*years));
	years[at] = year;
	++*count;
}

/* Where the department's methods name the procedure first: their order is
 * that of the document. */
static size_t place_in_methods(const struct department *d, const struct procedure *p)
{
	size_t place = 0;
	for (size_t i = 0; i < d->nmethods; i++)
		for (size_t k = 0; k < d->methods[i]->nprocedures; k++, place++)
			if (d->methods[i]->procedures[k] == p)
				return place;
	return place;
}

/* Exams before tests, the older grade first, then as the methods name them. */
static int for_readers(const void *x, const void *y)
{
	static const int order[] = {[PROCEDURE_NONE] = 4,
	    [PROCEDURE_OGE] = 0,
	    [PROCEDURE_EGE] = 1,
	    [PROCEDURE_VPR] = 2,
	    [PROCEDURE_KDR] = 3};
	const struct results_span *left = x, *right = y;
	const struct procedure *a = left->procedure, *b = right->procedure;
	int first = order[a->kind] - order[b->kind];
	if (first == 0)
		first = (a->grade < b->grade) - (a->grade > b->grade);
	if (first == 0)
		first = (left->place > right->place) - (left->place < right->place);
	return first ? first : strcmp(a->id, b->id);
}

static void note_row(struct results_span *span, const struct result *row)
{
	span->of_region |= row->scope == SCOPE_REGION;
	span->of_municipality |= row->scope == SCOPE_MUNICIPALITY;
	if (row->scope != SCOPE_SCHOOL)
		return;
	span->counts |= row->participants >= 0 || row->below_minimum >= 0;
	for (const int *field = results_fields; *field; field++)
		if (frac_is_set(result_value(row, *field)))
			span->fields |= 1u << *field;
}

void results_spans(struct results_spans *out, const struct renderer *r)
{
	const struct department *d = r->dept;
	size_t n = r->site->procedures.count, count = 0;
	struct results_span *spans = arena_array(r->arena, n + 1, sizeof(*spans));
	int **years = arena_array(r->arena, n + 1, sizeof(*years));
	size_t *caps = arena_array(r->arena, n + 1, sizeof(*caps));
	for (size_t i = 0; i < d->nresults; i++) {
		size_t p = d->results[i].procedure->row.index;
		spans[p].procedure = d->results[i].procedure;
		years[p] =
		    arena_grow(r->arena, years[p], spans[p].nyears, &caps[p], sizeof(**years));
		add_year(years[p], &spans[p].nyears, d->results[i].year);
		spans[p].years = years[p];
		note_row(&spans[p], &d->results[i]);
	}
	for (size_t p = 0; p < n; p++) {
		if (!spans[p].procedure)
			continue;
		spans[p].place = place_in_methods(d, spans[p].procedure);
		spans[count++] = spans[p];
	}
	if (count)
		qsort(spans, count, sizeof(*spans), for_readers);
	*out = (struct results_spans){spans, count};
}

bool results_has_field(const struct results_span *span, int field)
{
	if (field == FIELD_BELOW_MINIMUM_SHARE && span->fields & 1u << FIELD_PASS_RATE)
		return false;
	return span->fields & 1u << field;
}

/* -- one number --------------------------------------------------------------- */

static struct results_place reference_place(
    const struct renderer *r, const struct results_span *span, int scope, int year)
{
	const struct result *row = department_result(r->dept, scope, NULL, span->procedure, year);
	struct results_place place = {.row = row, .gap = GAP_NOT_SUPPLIED};
	if (row && sitting_was_held(row))
		place.held = row;
	else if (row && row->status != STATUS_NOT_SUPPLIED && row->status != STATUS_MOVED)
		place.gap = GAP_NOT_APPLICABLE;
	return place;
}

static struct results_place school_place(const struct renderer *r, const struct results_span *span,
    const struct school *school, int year)
{
	struct sitting sitting = sitting_of(r->dept, school, span->procedure, year, NULL);
	if (!sitting.row) /* only then is there need to ask who cancelled it for all */
		sitting = sitting_of(r->dept, school, span->procedure, year,
		    sitting_cover(r->dept, span->procedure, year));
	return (struct results_place){
	    .row = sitting.row,
	    .held = sitting.state == SITTING_HELD ? sitting.row : NULL,
	    .gap = sitting.state == SITTING_NOT_APPLICABLE ? GAP_NOT_APPLICABLE : GAP_NOT_SUPPLIED,
	};
}

struct results_place results_place(const struct renderer *r, const struct results_span *span,
    int scope, const struct school *school, int year)
{
	return scope == SCOPE_SCHOOL ? school_place(r, span, school, year)
	                             : reference_place(r, span, scope, year);
}

static struct results_figure figure_of(
    const struct renderer *r, const struct results_place *place, struct frac number)
{
	const struct result *row = place->held;
	int64_t least = department_meta(r->dept)->disclosure.minimum_group;
	if (!row || !frac_is_set(number))
		return (struct results_figure){.gap = place->gap};
	if (!disclosure_result(r->disclosure, row))
		return (struct results_figure){.gap = GAP_HIDDEN};
	return (struct results_figure){
	    .number = number,
	    .gap = GAP_NONE,
	    .small = row->participants >= 0 && row->participants < least,
	};
}

struct results_figure results_figure(
    const struct renderer *r, const struct results_place *place, int field)
{
	struct frac none = {0, 0};
	return figure_of(r, place, place->held ? result_value(place->held, field) : none);
}

struct results_figure results_count(
    const struct renderer *r, const struct results_place *place, bool below_minimum)
{
	const struct result *row = place->held;
	int64_t n = !row ? -1 : below_minimum ? row->below_minimum : row->participants;
	return figure_of(r, place, n >= 0 ? frac_of(n, 1) : (struct frac){0, 0});
}

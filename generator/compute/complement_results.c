/*
 * Results: a cell is a row of a school, with two numbers that are hidden
 * together. Municipal rows are totals over one procedure, indicators of the
 * form below-minimum over several.
 */
#include "compute/complement_year.h"
#include "compute/sitting.h"

enum layer { LAYER_PARTICIPANTS, LAYER_BELOW, LAYERS };

/* A rate of a known group is as good as the count. */
static bool has_layer(const struct result *r, int layer)
{
	bool known = r->participants >= 0;
	if (layer == LAYER_BELOW)
		known = r->below_minimum >= 0 || (known && r->pass_rate.set);
	return known && r->status == STATUS_HELD;
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
	uint32_t source = year_publish(w, (struct year_publisher){.result = whole});
	for (int layer = 0; layer < LAYERS; layer++) {
		if (!has_layer(whole, layer))
			continue;
		struct sums_total *t = sums_total(&w->sums, layer, source);
		t->published = layer_value(whole, layer);
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
	uint32_t source = year_publish(w, (struct year_publisher){.indicator = y});
	for (int layer = 0; layer < LAYERS; layer++) {
		struct sums_total *t = sums_total(&w->sums, layer, source);
		for (size_t i = 0; i < rows->count; i++) {
			const struct result *r = rows->rows[i];
			if (r->scope == SCOPE_SCHOOL && w->cohort[r->school->row.index] &&
			    names_procedure(m, r->procedure) && sitting_was_held(r) &&
			    level_applies(r->procedure->level, r->school->kind) &&
			    r->participants > 0 && r->below_minimum >= 0)
				sums_member(&w->sums, t, i);
		}
		t->published = (layer == LAYER_BELOW ? y->numerator : y->denominator).num;
	}
}

static void note_results(struct year_work *w, const struct result_rows *rows)
{
	int64_t *values = arena_array(w->scratch, LAYERS * rows->count, sizeof(*values));
	bool *narrow = arena_array(w->scratch, rows->count, sizeof(*narrow));
	for (size_t i = 0; i < LAYERS * rows->count; i++)
		values[i] = layer_value(rows->rows[i % rows->count], (int)(i / rows->count));
	guess_narrow(&(struct guess){&w->sums, values, NULL, NULL}, w->scratch, narrow);
	for (size_t i = 0; i < rows->count; i++)
		if (narrow[i] && rows->rows[i]->scope == SCOPE_SCHOOL)
			year_guessable(w, &rows->rows[i]->row);
}

void complement_results(struct year_work *w, struct result_rows *rows)
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
	year_indicators(w, add_below_minimum, rows);
	sums_complete(&w->sums);
	for (size_t i = 0; i < rows->count; i++)
		x->result_hidden[rows->rows[i]->row.index] |= w->sums.cells[i].hidden;
	year_hide_publishers(w);
	note_results(w, rows);
}

/*
 * Factors that a working group answers yes or no: present ones are counted
 * and compared with the number that the method asks for.
 */
#include "compute/identification.h"

#include <stdlib.h>
#include <string.h>

static int factor_order(const void *x, const void *y)
{
	const struct method_factor *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

static void identify_school(struct identification *out, struct arena *a, const struct department *d,
    const struct method_factor *const *factors, const char *period, struct school_result *r)
{
	static const enum met answers[] = {MET_UNKNOWN, MET_NO, MET_YES};
	const struct method *m = out->method;
	int64_t present = 0, unknown = 0;

	for (size_t i = 0; i < m->rules.count; i++) {
		const struct method_factor *factor = factors[i];
		const struct factor_row *row =
		    department_factor(d, r->school, factor->id, out->year);
		struct basis *b = identification_basis(out, a, r->school);
		b->rule = factor->id;
		b->title = factor->title;
		b->period = period;
		b->measure = "factor";
		b->op = "present";
		b->present = row ? row->present : YESNO_MISSING;
		b->met = answers[b->present];
		sources_add(&b->sources, a, row ? &row->row : NULL);
		present += b->met == MET_YES;
		unknown += b->met == MET_UNKNOWN;
	}
	r->score = frac_of(present, 1);
	r->score_possible = frac_of((int64_t)m->rules.count, 1);
	r->outcome = OUTCOME_UNDETERMINED;
	if (m->at_least < 0)
		return;
	r->lower = present >= m->at_least;
	r->upper = present + unknown >= m->at_least;
	r->outcome = outcome_between(r->lower, r->upper);
}

void identify_factors(struct identification *out, struct arena *a, const struct department *d)
{
	const struct method *m = out->method;
	const char *period = arena_printf(a, "%d", out->year);
	const struct method_factor **factors = arena_array(a, m->rules.count + 1, sizeof(*factors));

	for (size_t i = 0; i < m->rules.count; i++)
		factors[i] = table_row(&m->rules, i);
	qsort(factors, m->rules.count, sizeof(*factors), factor_order);
	if (m->at_least >= 0)
		out->cutoff = frac_of(m->at_least, 1);
	identification_expect(out, a, out->nschools * m->rules.count);
	for (size_t i = 0; i < out->nschools; i++)
		identify_school(out, a, d, factors, period, &out->schools[i]);
}

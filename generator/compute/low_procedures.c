/*
 * A plan is made once for a list: every procedure in every year used, with
 * the rows of municipality and region that are the same for all schools. Each
 * school is then a walk over the plan that counts low, unknown and applicable
 * procedures by year; the criteria look at these counts alone. So trying one
 * pupil more or less (fragile) changes one count and costs one more look.
 */
#include "compute/low_procedures.h"
#include "compute/sitting.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { YEARS_USED = 100, REFERENCES = 2 };

/* One procedure in one year. */
struct exam {
	const struct procedure *procedure;
	int back; /* years before the first: 0 is Y-1 */
	const char *period;
	const struct result *cover;
	const struct result *references[REFERENCES];
	struct frac reference_values[REFERENCES];
};

struct plan {
	const struct method *method;
	struct exam *exams; /* by procedure, then year */
	size_t nexams;
	int nyears;
	struct frac percent, pass_limit; /* S and 100 - S */
	const char *measures[REFERENCES];
	size_t nreferences;
	int scopes[REFERENCES]; /* in the order of their names */
};

struct tally {
	int64_t low, unknown, applicable;
};

/* A count that one pupil could change. */
struct counted {
	int back;
	int64_t k, n;
	bool low;
};

struct work {
	struct tally *years; /* [nyears] */
	struct counted *counted;
	size_t ncounted;
};

/* -- the predicate ---------------------------------------------------------- */

static wide power_of_ten(int places)
{
	wide p = 1;
	while (places-- > 0)
		p *= 10;
	return p;
}

bool share_reaches(int64_t k, int64_t n, struct decimal percent)
{
	return (wide)100 * k * power_of_ten(percent.places) >= (wide)percent.digits * n;
}

/* Of the k that a printed rate allows with n known, the least and the
 * greatest: share_reaches() rises with k, so they speak for all between. */
static bool fitting_counts(struct decimal rate, int64_t n, int64_t *least, int64_t *greatest)
{
	wide den = power_of_ten(rate.places + 1) * 100;
	wide low = ((wide)rate.digits * 10 - 5) * n, high = ((wide)rate.digits * 10 + 5) * n;
	wide passed_min = low > 0 ? (low + den - 1) / den : 0;
	wide passed_max = high >= 0 ? high / den : -1;
	if (passed_max > n)
		passed_max = n;
	*least = (int64_t)(n - passed_max);
	*greatest = (int64_t)(n - passed_min);
	return passed_min <= passed_max;
}

enum met share_low_by_rate(struct decimal rate, int64_t n, struct decimal percent)
{
	int64_t least, greatest;
	if (n > 0 && fitting_counts(rate, n, &least, &greatest) &&
	    share_reaches(least, n, percent) == share_reaches(greatest, n, percent))
		return share_reaches(least, n, percent) ? MET_YES : MET_NO;
	/* 100 - r as an interval, and S, both over den·10^places of S */
	wide den = power_of_ten(rate.places + 1), scale = power_of_ten(percent.places);
	wide least_share = (100 * den - ((wide)rate.digits * 10 + 5)) * scale;
	wide greatest_share = (100 * den - ((wide)rate.digits * 10 - 5)) * scale;
	wide limit = (wide)percent.digits * den;
	if (least_share >= limit)
		return MET_YES;
	return greatest_share < limit ? MET_NO : MET_UNKNOWN;
}

static bool has_counts(const struct result *r)
{
	return r->below_minimum >= 0 && r->participants > 0;
}

enum met share_low(const struct result *r, struct decimal percent)
{
	if (has_counts(r))
		return share_reaches(r->below_minimum, r->participants, percent) ? MET_YES : MET_NO;
	if (r->pass_rate.set)
		return share_low_by_rate(r->pass_rate, r->participants, percent);
	return MET_UNKNOWN;
}

/* -- the plan --------------------------------------------------------------- */

static const struct criterion *criterion_at(const struct method *m, size_t i)
{
	return (const struct criterion *)m->criteria.items + i;
}

static int years_used(const struct method *m)
{
	int64_t years = 1;
	for (size_t i = 0; i < m->criteria.count; i++)
		if (criterion_at(m, i)->years > years)
			years = criterion_at(m, i)->years;
	return years < YEARS_USED ? (int)years : YEARS_USED;
}

static int procedure_order(const void *x, const void *y)
{
	const struct procedure *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

static void plan_references(struct plan *p, struct arena *a)
{
	const struct field_list *list = &p->method->references;
	for (int scope = SCOPE_MUNICIPALITY; scope <= SCOPE_REGION; scope++)
		for (size_t i = 0; i < list->count; i++)
			if (field_enum(list, i) == scope && p->nreferences < REFERENCES) {
				p->scopes[p->nreferences] = scope;
				p->measures[p->nreferences++] =
				    arena_printf(a, "%s/%s", result_fields[p->method->measure - 1],
				        scope == SCOPE_REGION ? "region" : "municipality");
				break;
			}
}

static void plan_exam(struct exam *e, const struct plan *p, const struct department *d, int year)
{
	e->cover = sitting_cover(d, e->procedure, year);
	for (size_t i = 0; i < p->nreferences; i++) {
		e->references[i] = sitting_reference(d, p->scopes[i], e->procedure, year);
		e->reference_values[i] = result_value(e->references[i], p->method->measure);
	}
}

static struct plan make_plan(
    struct arena *a, const struct department *d, const struct method *m, int list_year)
{
	struct plan p = {.method = m, .nyears = years_used(m), .percent = decimal_frac(m->percent)};
	size_t np = m->nprocedures;

	p.pass_limit = frac_sub(frac_of(100, 1), p.percent);
	if (m->predicate == PREDICATE_BELOW_REFERENCES && m->measure != FIELD_NONE)
		plan_references(&p, a);
	const struct procedure **procedures = arena_array(a, np + 1, sizeof(*procedures));
	if (np)
		memcpy(procedures, m->procedures, np * sizeof(*procedures));
	qsort(procedures, np, sizeof(*procedures), procedure_order);
	const char **periods = arena_array(a, (size_t)p.nyears, sizeof(*periods));
	for (int back = 0; back < p.nyears; back++)
		periods[back] = arena_printf(a, "%d", list_year - 1 - back);
	p.exams = arena_array(a, np * (size_t)p.nyears + 1, sizeof(*p.exams));
	for (size_t i = 0; i < np; i++)
		for (int back = p.nyears - 1; back >= 0; back--) {
			struct exam *e = &p.exams[p.nexams++];
			*e = (struct exam){procedures[i], back, periods[back], NULL, {0}, {{0, 0}}};
			plan_exam(e, &p, d, list_year - 1 - back);
		}
	return p;
}

/* -- one procedure of one school -------------------------------------------- */

static struct basis *add_row(struct identification *out, struct arena *a, const struct exam *e,
    const struct sitting *cell, const struct school *s)
{
	struct basis *b = identification_basis(out, a, s);
	b->rule = e->procedure->id;
	b->title = e->procedure->title;
	b->period = e->period;
	b->result = cell->row;
	if (cell->row) {
		b->k = cell->row->below_minimum;
		b->n = cell->row->participants;
	}
	sources_add(&b->sources, a, cell->source);
	return b;
}

static enum met state_met(const struct sitting *cell)
{
	return cell->state == SITTING_NOT_APPLICABLE ? MET_NOT_APPLICABLE : MET_UNKNOWN;
}

static enum met by_share(struct identification *out, struct arena *a, const struct plan *p,
    const struct exam *e, const struct sitting *cell, const struct school *s)
{
	struct basis *b = add_row(out, a, e, cell, s);
	const struct result *r = cell->row;

	b->measure = "below_minimum_share";
	b->op = ">=";
	b->threshold = p->percent;
	b->met = state_met(cell);
	if (cell->state != SITTING_HELD)
		return b->met;
	if (has_counts(r)) {
		b->value = result_value(r, FIELD_BELOW_MINIMUM_SHARE);
	} else if (r->pass_rate.set) {
		b->measure = "pass_rate";
		b->op = "<=";
		b->threshold = p->pass_limit;
		b->value = decimal_frac(r->pass_rate);
	}
	b->met = share_low(r, p->method->percent);
	return b->met;
}

static enum met by_references(struct identification *out, struct arena *a, const struct plan *p,
    const struct exam *e, const struct sitting *cell, const struct school *s)
{
	enum met all = state_met(cell);
	for (size_t i = 0; i < p->nreferences; i++) {
		struct basis *b = add_row(out, a, e, cell, s);
		b->measure = p->measures[i];
		b->op = "<";
		b->met = state_met(cell);
		b->threshold = e->reference_values[i];
		b->reference = e->references[i];
		if (b->reference)
			sources_add(&b->sources, a, &b->reference->row);
		if (cell->state != SITTING_HELD)
			continue;
		b->value = result_value(cell->row, p->method->measure);
		if (frac_is_set(b->value) && frac_is_set(b->threshold))
			b->met = frac_cmp(b->value, b->threshold) < 0 ? MET_YES : MET_NO;
		all = i == 0 ? b->met : met_and(all, b->met);
	}
	return all;
}

/* -- one school ------------------------------------------------------------- */

static enum outcome decide(
    const struct plan *p, const struct tally *years, bool *lower, bool *upper)
{
	const struct method *m = p->method;
	bool applies = false;

	*lower = *upper = false;
	for (int back = 0; back < p->nyears; back++)
		applies |= years[back].applicable > 0;
	if (!applies)
		return OUTCOME_NOT_APPLICABLE;
	if (m->criteria.count == 0)
		return OUTCOME_UNDETERMINED;
	for (size_t i = 0; i < m->criteria.count; i++) {
		const struct criterion *c = criterion_at(m, i);
		bool low = true, high = true, remains = false;
		for (int back = 0; back < p->nyears && back < c->years; back++) {
			if (years[back].applicable == 0)
				continue;
			remains = true;
			low &= years[back].low >= c->at_least;
			high &= years[back].low + years[back].unknown >= c->at_least;
		}
		*lower |= remains && low;
		*upper |= remains && high;
	}
	return outcome_between(*lower, *upper);
}

static bool flips(const struct plan *p, struct tally *years, const struct counted *c, int64_t k,
    enum outcome outcome)
{
	bool lower, upper;
	if (k < 0 || k > c->n || share_reaches(k, c->n, p->method->percent) == c->low)
		return false;
	int64_t step = c->low ? -1 : 1;
	years[c->back].low += step;
	bool changed = decide(p, years, &lower, &upper) != outcome;
	years[c->back].low -= step;
	return changed;
}

static enum yesno fragile(const struct plan *p, struct work *w, enum outcome outcome)
{
	if (w->ncounted == 0)
		return YESNO_MISSING;
	for (size_t i = 0; i < w->ncounted; i++) {
		const struct counted *c = &w->counted[i];
		if (flips(p, w->years, c, c->k + 1, outcome) ||
		    flips(p, w->years, c, c->k - 1, outcome))
			return YESNO_YES;
	}
	return YESNO_NO;
}

static void count_exam(struct work *w, const struct plan *p, const struct exam *e,
    const struct sitting *cell, enum met met)
{
	struct tally *t = &w->years[e->back];
	t->low += met == MET_YES;
	t->unknown += met == MET_UNKNOWN;
	t->applicable += met != MET_NOT_APPLICABLE;
	if (p->method->predicate == PREDICATE_SHARE_BELOW_MINIMUM && cell->state == SITTING_HELD &&
	    has_counts(cell->row))
		w->counted[w->ncounted++] = (struct counted){
		    e->back, cell->row->below_minimum, cell->row->participants, met == MET_YES};
}

static void identify_school(struct identification *out, struct arena *a, const struct department *d,
    const struct plan *p, struct work *w, struct school_result *r)
{
	const struct school *s = r->school;
	memset(w->years, 0, (size_t)p->nyears * sizeof(*w->years));
	w->ncounted = 0;
	for (size_t i = 0; i < p->nexams; i++) {
		const struct exam *e = &p->exams[i];
		struct sitting cell =
		    sitting_of(d, s, e->procedure, out->year - 1 - e->back, e->cover);
		enum met met = p->method->predicate == PREDICATE_BELOW_REFERENCES
		    ? by_references(out, a, p, e, &cell, s)
		    : by_share(out, a, p, e, &cell, s);
		count_exam(w, p, e, &cell, met);
	}
	r->outcome = decide(p, w->years, &r->lower, &r->upper);
	r->fragile = fragile(p, w, r->outcome);
	if (r->outcome == OUTCOME_NOT_APPLICABLE)
		return;
	r->score = frac_of(w->years[0].low, 1);
	r->score_possible = frac_of(w->years[0].applicable, 1);
}

void identify_low_procedures(
    struct identification *out, struct arena *a, const struct department *d)
{
	struct plan p = make_plan(a, d, out->method, out->year);
	size_t rows = p.nreferences > 1 ? p.nreferences * p.nexams : p.nexams;
	struct work w = {arena_array(a, (size_t)p.nyears, sizeof(*w.years)),
	    arena_array(a, p.nexams + 1, sizeof(*w.counted)), 0};

	identification_expect(out, a, rows * out->nschools);
	for (size_t i = 0; i < out->nschools; i++)
		identify_school(out, a, d, &p, &w, &out->schools[i]);
}

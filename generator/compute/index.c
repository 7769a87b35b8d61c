/*
 * The index of a school is a sum of weights and shares; the group is what
 * does not lie above a quantile of all values.
 *
 * Values are exact fractions as long as they fit 63 bits, which they do when
 * the shares of a school have one denominator, or small ones. A value or a
 * quantile that does not fit is kept to the nearest 10^-12 instead. Each such
 * rounding is off by at most 5·10^-13, there are at most two for each term and
 * five for a quantile, so the error stays below 10^-10 for a hundred terms:
 * under the tolerance of 10^-9 and far under the two decimals that are shown.
 */
#include "compute/identification.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

static const wide NEAR = 1000000000000;      /* 10^12 */
static const wide SCALE = 1000000000000000;  /* 10^15 */
static const int64_t TOLERANCE = 1000000000; /* 10^-9, as its denominator */

enum term_state { TERM_UNKNOWN, TERM_NOT_APPLICABLE, TERM_KNOWN };

struct term_value {
	enum term_state state;
	int64_t k, n; /* of a count */
	struct frac share, points;
};

/* -- arithmetic that never gives up ----------------------------------------- */

/* The nearest fraction over 10^12, halves away from zero. Unset when it does
 * not fit: above nine million, which no index is. */
static struct frac near_fraction(wide num, wide den)
{
	wide whole = num / den, rest = num % den;
	if (whole > INT64_MAX / NEAR - 1 || whole < -(INT64_MAX / NEAR - 1))
		return (struct frac){0, 0};
	while (den > INT64_MAX) { /* rest·10^12 must fit 128 bits */
		den /= 2;
		rest /= 2;
	}
	wide twice = rest * NEAR * 2;
	wide part = (twice + (rest < 0 ? -den : den)) / (den * 2);
	return frac_of((int64_t)(whole * NEAR + part), (int64_t)NEAR);
}

static struct frac add(struct frac a, struct frac b)
{
	struct frac sum = frac_add(a, b);
	if (frac_is_set(sum) || !frac_is_set(a) || !frac_is_set(b))
		return sum;
	return frac_add(near_fraction(a.num, a.den), near_fraction(b.num, b.den));
}

static struct frac multiply(struct frac a, struct frac b)
{
	struct frac product = frac_mul(a, b);
	if (frac_is_set(product) || !frac_is_set(a) || !frac_is_set(b))
		return product;
	return near_fraction((wide)a.num * b.num, (wide)a.den * b.den);
}

/* value ≤ limit + 10^-9 */
static bool within(struct frac value, struct frac limit)
{
	struct frac above = frac_sub(value, limit);
	if (frac_is_set(above))
		return frac_cmp(above, frac_of(1, TOLERANCE)) <= 0;
	wide difference = (wide)value.num * SCALE / value.den - (wide)limit.num * SCALE / limit.den;
	return difference <= SCALE / TOLERANCE;
}

/* -- one school ------------------------------------------------------------- */

static struct term_value read_term(
    const struct term *t, const struct context *c, const struct school *s)
{
	struct term_value v = {TERM_UNKNOWN, -1, -1, {0, 0}, {0, 0}};
	const struct metric *m = t->metric;
	if (!m)
		return v;
	if (!level_applies(m->level, s->kind) || (m->of && !level_applies(m->of->level, s->kind))) {
		v.state = TERM_NOT_APPLICABLE;
		return v;
	}
	struct decimal value = c ? c->values[m->row.index] : (struct decimal){0};
	if (m->kind == METRIC_COUNT && m->of) {
		struct decimal of = c ? c->values[m->of->row.index] : (struct decimal){0};
		v.k = value.set ? decimal_int(value, NULL) : -1;
		v.n = of.set ? decimal_int(of, NULL) : -1;
		if (v.n == 0)
			v.state = TERM_NOT_APPLICABLE;
		else if (value.set && of.set)
			v.share = frac_div(decimal_frac(value), decimal_frac(of));
	} else if (m->kind == METRIC_SHARE) {
		v.share = frac_mul(decimal_frac(value), frac_of(1, 100));
	}
	bool fits = frac_is_set(v.share) && v.share.num >= 0 && v.share.num <= v.share.den;
	if (v.state == TERM_UNKNOWN && fits) {
		v.state = TERM_KNOWN;
		v.points = multiply(decimal_frac(t->weight), v.share);
	}
	return v;
}

static void add_row(struct identification *out, struct arena *a, const struct term *t,
    const struct term_value *v, const struct context *c, const struct school *s, const char *period)
{
	static const enum met states[] = {MET_UNKNOWN, MET_NOT_APPLICABLE, MET_NONE};
	struct basis *b = identification_basis(out, a, s);
	b->rule = t->metric_id;
	b->title = t->metric ? t->metric->title : t->metric_id;
	b->period = period;
	b->measure = "share";
	b->met = states[v->state];
	b->k = v->k;
	b->n = v->n;
	b->context = c;
	b->metric = t->metric;
	b->of = t->metric && t->metric->kind == METRIC_COUNT ? t->metric->of : NULL;
	if (v->state == TERM_KNOWN) {
		b->value = v->share;
		b->points = v->points;
	}
	sources_add(&b->sources, a, c ? &c->row : NULL);
}

/* The value goes to score; OUTCOME_NONE stands until the group is known. */
static void value_school(struct identification *out, struct arena *a, const struct department *d,
    const struct term *const *terms, const char *period, struct school_result *r)
{
	const struct method *m = out->method;
	const struct context *c = department_context(d, SCOPE_SCHOOL, r->school, out->year);
	struct frac value = m->intercept.set ? decimal_frac(m->intercept) : frac_of(0, 1);
	size_t known = 0, out_of_reach = 0;

	for (size_t i = 0; i < m->terms.count; i++) {
		struct term_value v = read_term(terms[i], c, r->school);
		add_row(out, a, terms[i], &v, c, r->school, period);
		known += v.state == TERM_KNOWN;
		out_of_reach += v.state == TERM_NOT_APPLICABLE;
		if (v.state == TERM_KNOWN)
			value = add(value, v.points);
	}
	if (m->terms.count && out_of_reach == m->terms.count)
		r->outcome = OUTCOME_NOT_APPLICABLE;
	else if (known == m->terms.count)
		r->score = value;
}

/* -- the group -------------------------------------------------------------- */

static int value_order(const void *x, const void *y)
{
	return frac_cmp(*(const struct frac *)x, *(const struct frac *)y);
}

/* Linear interpolation on (n-1)·q of the sorted values, 0 ≤ q ≤ 1. */
static struct frac quantile(const struct frac *values, size_t count, struct decimal q)
{
	struct frac place = frac_mul(frac_of((int64_t)count - 1, 1), decimal_frac(q));
	if (!frac_is_set(place) || place.num < 0)
		return (struct frac){0, 0};
	size_t below = (size_t)(place.num / place.den);
	struct frac part = frac_of(place.num % place.den, place.den);
	if (below + 1 >= count)
		return values[count - 1];
	struct frac down = {-values[below].num, values[below].den};
	return add(values[below], multiply(part, add(values[below + 1], down)));
}

static struct frac group_limit(
    const struct identification *out, struct arena *a, const struct method *m)
{
	struct frac *values = arena_array(a, out->nschools + 1, sizeof(*values));
	size_t count = 0;
	for (size_t i = 0; i < out->nschools; i++)
		if (frac_is_set(out->schools[i].score))
			values[count++] = out->schools[i].score;
	if (count == 0 || (int64_t)count < m->minimum_schools)
		return (struct frac){0, 0};
	qsort(values, count, sizeof(*values), value_order);
	return quantile(values, count, m->q);
}

static void decide(struct school_result *r, struct frac limit, bool has_cutoff)
{
	if (r->outcome == OUTCOME_NOT_APPLICABLE)
		return;
	if (!has_cutoff) {
		r->outcome = OUTCOME_UNDETERMINED;
	} else if (!frac_is_set(limit) || !frac_is_set(r->score)) {
		r->outcome = OUTCOME_INSUFFICIENT_DATA;
		r->upper = true;
	} else {
		r->lower = r->upper = within(r->score, limit);
		r->outcome = outcome_between(r->lower, r->upper);
	}
}

static int term_order(const void *x, const void *y)
{
	const struct term *const *a = x, *const *b = y;
	return strcmp((*a)->metric_id, (*b)->metric_id);
}

void identify_index(struct identification *out, struct arena *a, const struct department *d)
{
	const struct method *m = out->method;
	const char *period = arena_printf(a, "%d", out->year);
	const struct term **terms = arena_array(a, m->terms.count + 1, sizeof(*terms));

	for (size_t i = 0; i < m->terms.count; i++)
		terms[i] = (const struct term *)m->terms.items + i;
	qsort(terms, m->terms.count, sizeof(*terms), term_order);
	identification_expect(out, a, out->nschools * m->terms.count);
	for (size_t i = 0; i < out->nschools; i++)
		value_school(out, a, d, terms, period, &out->schools[i]);
	if (m->q.set)
		out->cutoff = group_limit(out, a, m);
	for (size_t i = 0; i < out->nschools; i++)
		decide(&out->schools[i], out->cutoff, m->q.set);
}

/*
 * The measure is computed for the whole cohort even when the claim is about
 * one school, whose contribution is then looked up.
 */
#include "compute/claim.h"

/* A contribution says yes or no by counting, and a number by its value. */
static struct quantity value_of_school(const struct claimed *c, const struct contribution *one)
{
	if (c->meaning.unit != CLAIM_YESNO)
		return quantity_of(one->value);
	if (one->counts != MET_YES && one->counts != MET_NO)
		return (struct quantity){0};
	return quantity_yesno(one->counts == MET_YES);
}

static void take_school(struct claimed *out, const struct measured *m)
{
	for (size_t i = 0; i < m->ncontributions; i++) {
		const struct contribution *one = &m->contributions[i];
		if (one->school != out->meaning.school)
			continue;
		out->contributions = one;
		out->ncontributions = 1;
		out->value = value_of_school(out, one);
		out->source = one->source;
		if (one->n > 0) {
			out->numerator = frac_of(one->k, 1);
			out->denominator = frac_of(one->n, 1);
		}
	}
}

static void take_cohort(struct claimed *out, const struct measured *m)
{
	out->contributions = m->contributions;
	out->ncontributions = m->ncontributions;
	out->value = m->value;
	out->numerator = m->numerator;
	out->denominator = m->denominator;
	out->schools_unknown = m->schools_unknown;
}

/* Whether the year gives a value. */
static bool measure(struct claimed *out, struct arena *a, const struct department *d,
    const struct identifications *all, int year)
{
	struct measured m;
	measure_compute(&m, a, d, all, &out->meaning.measure, out->meaning.cohort, year);
	if (out->meaning.school)
		take_school(out, &m);
	else
		take_cohort(out, &m);
	out->year = year;
	return out->value.set;
}

static void measure_latest(struct claimed *out, struct arena *a, const struct department *d,
    const struct identifications *all)
{
	bool *seen = arena_array(a, MEASURE_YEARS, sizeof(*seen));
	measure_years(seen, d, &out->meaning.measure);
	for (int year = d->today.year; year > 0; year--)
		if (seen[year] && measure(out, a, d, all, year))
			return;
	out->year = 0;
}

static enum claim_verdict judge(const struct claimed *c)
{
	const struct claim_meaning *m = &c->meaning;
	if (!c->value.set)
		return CLAIM_UNCHECKED;
	if (m->unit == CLAIM_YESNO)
		return !m->yesno                 ? CLAIM_UNCHECKED
		    : m->yesno == c->value.yesno ? CLAIM_AGREES
		                                 : CLAIM_DIFFERS;
	if (!m->number.set || !frac_is_set(c->value.number))
		return CLAIM_UNCHECKED;
	return quantity_rounds_to(c->value.number, m->number) ? CLAIM_AGREES : CLAIM_DIFFERS;
}

void claim_compute(struct claimed *out, struct arena *a, const struct department *d,
    const struct identifications *all, const struct claim *c)
{
	*out = (struct claimed){.claim = c};
	if (claim_read(&out->meaning, a, d, c, NULL, NULL) < 0)
		return;
	enum measure_form form = out->meaning.measure.form;
	if (form == FORM_NONE || form == FORM_MANUAL)
		return;
	if (out->meaning.year)
		measure(out, a, d, all, out->meaning.year);
	else
		measure_latest(out, a, d, all);
	out->verdict = judge(out);
}

/*
 * What a measure reaches beyond the cohort: the municipal value to compare
 * with, and the years that its tables speak of.
 */
#include "compute/measures.h"
#include "compute/sitting.h"

static struct frac municipal_context(const struct department *d, const struct measure *m, int year)
{
	const struct context *c = department_context(d, SCOPE_MUNICIPALITY, NULL, year);
	struct frac value = measure_metric(c, m->metric);
	return m->of ? measure_percent(value, measure_metric(c, m->of)) : value;
}

static struct frac municipal_results(const struct department *d, const struct measure *m, int year)
{
	int64_t k = 0, n = 0;
	for (size_t i = 0; i < m->nprocedures; i++) {
		const struct result *r =
		    sitting_reference(d, SCOPE_MUNICIPALITY, m->procedures[i], year);
		if (!r || r->participants <= 0 || r->below_minimum < 0)
			return (struct frac){0, 0};
		k += r->below_minimum;
		n += r->participants;
	}
	return measure_percent(frac_of(k, 1), frac_of(n, 1));
}

struct frac measure_reference(struct arena *a, const struct department *d,
    const struct identifications *all, const struct measure *m, int year)
{
	struct frac value = {0, 0};
	if (m->form == FORM_RATIO || (m->form == FORM_CONTEXT && m->metric->kind == METRIC_SHARE))
		value = municipal_context(d, m, year);
	else if (m->form == FORM_BELOW_MINIMUM)
		value = municipal_results(d, m, year);
	if (frac_is_set(value))
		return value;
	struct measured whole;
	measure_compute(&whole, a, d, all, m, "all", year);
	return whole.value.number;
}

/* The year that a row of the measure's table is of; 0: none. */
static int year_of(const struct department *d, enum measure_form form, size_t i)
{
	switch (form) {
	case FORM_AUDIT:
		return d->audit[i].date.year;
	case FORM_DYNAMICS:
	case FORM_BELOW_MINIMUM:
		return d->results[i].year;
	case FORM_CONTEXT:
	case FORM_RATIO:
		return d->context[i].year;
	default:
		break;
	}
	const struct content *c = d->contents[i];
	if (c->kind == CONTENT_DOCUMENT)
		return c->as.document.date.year;
	return form == FORM_SPECIAL_PAGE && c->kind == CONTENT_EVENT ? c->as.event.date.year : 0;
}

static size_t rows_of(const struct department *d, enum measure_form form)
{
	switch (form) {
	case FORM_AUDIT:
		return d->naudit;
	case FORM_DYNAMICS:
	case FORM_BELOW_MINIMUM:
		return d->nresults;
	case FORM_CONTEXT:
	case FORM_RATIO:
		return d->ncontext;
	case FORM_DOCUMENTS:
	case FORM_SPECIAL_PAGE:
		return d->ncontents;
	default:
		return 0;
	}
}

void measure_years(bool *seen, const struct department *d, const struct measure *m)
{
	size_t count = rows_of(d, m->form);
	for (size_t i = 0; i < count; i++) {
		int year = year_of(d, m->form, i);
		if (year > 0 && year < MEASURE_YEARS)
			seen[year] = true;
	}
}

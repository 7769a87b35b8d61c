/*
 * A row names a year, or a date by which a year has ended, or the whole
 * programme. What is known later counts for more than what is said more
 * exactly: a revised target for all years replaces one for a single year.
 */
#include "compute/target.h"

int target_year_ended(struct date d)
{
	return d.month == 12 && d.day == 31 ? d.year : d.year - 1;
}

static bool in_programme(const struct department *d, int year)
{
	const struct department_meta *meta = department_meta(d);
	return meta->first_year && year >= meta->first_year && year <= meta->last_year;
}

/* How exactly the row names the year: 0 not at all. A baseline is of one year,
 * never of the whole programme. */
static int target_names(const struct department *d, const struct target *t, int year)
{
	if (t->year)
		return t->year == year ? 3 : 0;
	if (date_is_set(t->date))
		return target_year_ended(t->date) == year ? 2 : 0;
	return t->kind != TARGET_BASELINE && in_programme(d, year) ? 1 : 0;
}

static bool target_beats(
    const struct department *d, const struct target *x, const struct target *y, int year)
{
	int order = date_cmp(x->as_of, y->as_of);
	if (order == 0)
		order = target_names(d, x, year) - target_names(d, y, year);
	if (order == 0)
		order = date_cmp(x->date, y->date);
	return order > 0;
}

const struct target *target_in_force(const struct department *d, const struct indicator *i,
    int year, int kind, const struct target **before)
{
	const struct target *best = NULL, *second = NULL;
	for (size_t j = 0; j < d->ntargets; j++) {
		const struct target *t = &d->targets[j];
		bool baseline = t->kind == TARGET_BASELINE;
		if (t->indicator != i || baseline != (kind == TARGET_BASELINE) ||
		    !target_names(d, t, year) || date_cmp(t->as_of, d->today) > 0)
			continue;
		if (!best || target_beats(d, t, best, year)) {
			second = best;
			best = t;
		} else if (!second || target_beats(d, t, second, year)) {
			second = t;
		}
	}
	*before = best && second && date_cmp(second->as_of, best->as_of) < 0 ? second : NULL;
	return best;
}

/*
 * One indicator at a time, the parts of a parent before the parent: find the
 * years that make a row, fill value and target of each, then go through them
 * in order for the status, because an increase looks at the year before.
 */
#include "compute/indicator.h"
#include "base/intl.h"
#include "compute/measures.h"
#include "compute/status.h"
#include "compute/target.h"

#include <string.h>

const char *const statuses[] = {
    "", "no-target", "in-progress", "no-data", "achieved", "not-achieved"};

enum progress { WAITING, UNDER_WAY, DONE };

struct job {
	struct arena *arena;
	const struct department *department;
	const struct identifications *lists;
	struct diag *diag;
	struct assessment *out;
	enum progress *progress; /* of each indicator */
	bool *named, *seen;      /* years of the indicator at work, [MEASURE_YEARS] */
};

/* -- values ----------------------------------------------------------------- */

static const struct indicator_value *values_row(
    const struct department *d, const struct indicator *i, int year)
{
	for (size_t j = 0; j < d->nvalues; j++)
		if (d->values[j].indicator == i && d->values[j].year == year)
			return &d->values[j];
	return NULL;
}

/* A printed percent stands for its exact fraction when it is a rounding of it. */
static struct quantity manual_value(
    struct arena *a, const struct indicator *i, const struct indicator_value *row)
{
	struct quantity q = quantity_read(a, i, row->value);
	struct frac k = decimal_frac(row->numerator), n = decimal_frac(row->denominator);
	struct decimal printed;

	if (i->unit != UNIT_PERCENT || !frac_is_set(k) || !frac_is_set(n))
		return q;
	struct frac exact = frac_div(frac_mul(frac_of(100, 1), k), n);
	if (!frac_is_set(exact)) /* a denominator of 0 */
		return (struct quantity){0};
	if (!q.set)
		return quantity_of(exact);
	bool reads = decimal_parse(&printed, str_of(row->value), true) == 0;
	return reads && quantity_rounds_to(exact, printed) ? quantity_of(exact) : q;
}

static bool says_otherwise(const struct indicator_year *y)
{
	struct decimal printed;
	int order;
	if (frac_is_set(y->value.number) && y->manual->value &&
	    decimal_parse(&printed, str_of(y->manual->value), true) == 0)
		return !quantity_rounds_to(y->value.number, printed);
	return !quantity_compare(&y->value, &y->manual_value, &order) || order != 0;
}

static void add_manual(struct job *j, struct indicator_year *y)
{
	y->manual = values_row(j->department, y->indicator, y->year);
	if (!y->manual)
		return;
	y->manual_value = manual_value(j->arena, y->indicator, y->manual);
	if (!y->value.set) {
		y->value = y->manual_value;
		y->source = &y->manual->row;
		y->numerator = decimal_frac(y->manual->numerator);
		y->denominator = decimal_frac(y->manual->denominator);
		return;
	}
	y->differs = y->manual_value.set && says_otherwise(y);
	if (y->differs && j->diag)
		diag_add(j->diag, DIAG_WARNING, "indicator-differs",
		    DIAG_AT(y->manual->row.file, y->manual->row.line, 0), str_of(y->manual->value),
		    _("Correct the tables it is computed from, or take the row out of values.csv; until then the page shows both."),
		    _("the value of \"%s\" for %d differs from the one computed from the data; the computed one counts"),
		    y->indicator->id, y->year);
}

static void add_measured(struct indicator_year *y, const struct measured *m)
{
	y->value = m->value;
	y->computed = m->value.set;
	y->numerator = m->numerator;
	y->denominator = m->denominator;
	y->schools_of = m->schools_of;
	y->schools_unknown = m->schools_unknown;
	y->schools_not_applicable = m->schools_not_applicable;
	y->contributions = m->contributions;
	y->ncontributions = m->ncontributions;
}

/* -- parents ---------------------------------------------------------------- */

static bool is_part(const struct indicator *part, const struct indicator *whole)
{
	return part->parent && part != whole && strcmp(part->parent, whole->id) == 0;
}

static const struct indicator_year *entry_of(const struct indicator_state *s, int year)
{
	for (size_t i = 0; i < s->nyears; i++)
		if (s->years[i].year == year)
			return &s->years[i];
	return NULL;
}

static enum met part_met(const struct indicator_year *y)
{
	if (!y)
		return MET_UNKNOWN;
	if (y->value.yesno)
		return y->value.yesno == YESNO_YES ? MET_YES : MET_NO;
	if (y->status == INDICATOR_ACHIEVED)
		return MET_YES;
	return y->status == INDICATOR_NOT_ACHIEVED ? MET_NO : MET_UNKNOWN;
}

/* The conjunction of the parts; false when there are none. */
static bool join_parts(
    struct measured *out, const struct assessment *all, const struct indicator *whole, int year)
{
	enum met met = MET_NOT_APPLICABLE;
	int64_t parts = 0, yes = 0;

	*out = (struct measured){.schools_of = -1};
	for (size_t i = 0; i < all->count; i++) {
		if (!is_part(all->indicators[i].indicator, whole))
			continue;
		const struct indicator_year *y = entry_of(&all->indicators[i], year);
		enum met part = part_met(y);
		out->exists |= y != NULL;
		met = met_and(met, part);
		parts++;
		yes += part == MET_YES;
	}
	if (met == MET_YES || met == MET_NO) {
		out->value = quantity_yesno(met == MET_YES);
		out->numerator = frac_of(yes, 1);
		out->denominator = frac_of(parts, 1);
	}
	return parts > 0;
}

/* -- the years of one indicator --------------------------------------------- */

static void mark(bool *years, int year)
{
	if (year > 0 && year < MEASURE_YEARS)
		years[year] = true;
}

/* Years that have a row by what is written (named), and years to look at. */
static void find_years(struct job *j, struct indicator_state *s)
{
	bool *named = j->named, *seen = j->seen;
	const struct department *d = j->department;
	const struct department_meta *meta = department_meta(d);
	for (size_t i = 0; i < d->ntargets; i++) {
		const struct target *t = &d->targets[i];
		if (t->indicator != s->indicator || date_cmp(t->as_of, d->today) > 0)
			continue;
		s->has_targets |= t->kind != TARGET_BASELINE;
		if (t->year || date_is_set(t->date))
			mark(named, t->year ? t->year : target_year_ended(t->date));
		else if (t->kind != TARGET_BASELINE && meta->first_year)
			for (int y = meta->first_year; y <= meta->last_year; y++)
				mark(named, y);
	}
	for (size_t i = 0; i < d->nvalues; i++)
		if (d->values[i].indicator == s->indicator)
			mark(named, d->values[i].year);
	measure_years(seen, d, &s->measure);
	for (size_t i = 0; i < j->out->count; i++) {
		const struct indicator_state *part = &j->out->indicators[i];
		if (is_part(part->indicator, s->indicator))
			for (size_t k = 0; k < part->nyears; k++)
				mark(seen, part->years[k].year);
	}
}

static void fill_year(struct job *j, struct indicator_state *s, int year, bool named)
{
	const struct department *d = j->department;
	struct indicator_year y = {.indicator = s->indicator, .year = year, .schools_needed = -1};
	const struct target *unused;
	struct measured m;

	if (s->measure.form != FORM_MANUAL || !join_parts(&m, j->out, s->indicator, year))
		measure_compute(&m, j->arena, d, j->lists, &s->measure, s->indicator->cohort, year);
	if (!named && !m.exists)
		return;
	add_measured(&y, &m);
	add_manual(j, &y);
	y.target_row = target_in_force(d, s->indicator, year, TARGET_TARGET, &y.target_before);
	y.baseline_row = target_in_force(d, s->indicator, year, TARGET_BASELINE, &unused);
	if (y.target_row)
		y.target = quantity_read(j->arena, s->indicator, y.target_row->target);
	if (s->indicator->rule == RULE_AT_LEAST_REFERENCE &&
	    (y.target_row || (!s->has_targets && !y.baseline_row))) {
		struct quantity reference =
		    quantity_of(measure_reference(j->arena, d, j->lists, &s->measure, year));
		if (reference.set)
			y.target = reference;
	}
	if (y.baseline_row && !y.value.set) {
		y.value = quantity_read(j->arena, s->indicator, y.baseline_row->target);
		y.source = &y.baseline_row->row;
		y.baseline = true;
	}
	s->years = arena_grow(j->arena, s->years, s->nyears, &s->cap, sizeof(*s->years));
	s->years[s->nyears++] = y;
}

/* A share entered by hand is one of schools when its denominator is the
 * cohort, in every year that has one; then it is so in the other years too. */
static void manual_schools(struct job *j, struct indicator_state *s)
{
	int64_t *counts = arena_array(j->arena, s->nyears + 1, sizeof(*counts));
	bool of_schools = false, of_others = false;

	if (s->measure.form != FORM_MANUAL || s->indicator->unit != UNIT_PERCENT ||
	    !s->indicator->cohort)
		return;
	for (size_t i = 0; i < s->nyears; i++) {
		const struct indicator_year *y = &s->years[i];
		const struct school **schools;
		cohort_schools(j->department, j->lists, s->indicator->cohort, y->year, j->arena,
		    &schools, &counts[i]);
		if (!frac_is_set(y->denominator))
			continue;
		bool same = counts[i] > 0 && frac_cmp(y->denominator, frac_of(counts[i], 1)) == 0;
		of_schools |= same;
		of_others |= !same;
	}
	for (size_t i = 0; i < s->nyears && of_schools && !of_others; i++)
		s->years[i].schools_of = counts[i] > 0 ? counts[i] : -1;
}

/* -- one indicator ---------------------------------------------------------- */

static void choose_current(struct indicator_state *s, int year)
{
	s->current = s->nyears ? &s->years[0] : NULL;
	for (size_t i = 0; i < s->nyears; i++) {
		const struct indicator_year *y = &s->years[i];
		bool speaks = y->year == year || y->value.set || y->target_row;
		if (y->year <= year && speaks)
			s->current = y;
		if (y->baseline_row)
			s->baseline = y;
	}
}

static int next_marked(const bool *years, int from, int end)
{
	const bool *next = from < end ? memchr(years + from, 1, (size_t)(end - from)) : NULL;
	return next ? (int)(next - years) : end;
}

/* The first marked year after this one, or MEASURE_YEARS. */
static int next_year(const struct job *j, int year)
{
	return next_marked(j->seen, year + 1, next_marked(j->named, year + 1, MEASURE_YEARS));
}

static void assess_one(struct job *j, size_t number)
{
	struct indicator_state *s = &j->out->indicators[number];
	if (j->progress[number] != WAITING)
		return; /* done, or its own part: the loop is broken here */
	j->progress[number] = UNDER_WAY;
	for (size_t i = 0; i < j->out->count; i++)
		if (is_part(j->out->indicators[i].indicator, s->indicator))
			assess_one(j, i);

	memset(j->named, 0, MEASURE_YEARS * sizeof(*j->named));
	memset(j->seen, 0, MEASURE_YEARS * sizeof(*j->seen));
	find_years(j, s);
	for (int year = 0; (year = next_year(j, year)) < MEASURE_YEARS;)
		fill_year(j, s, year, j->named[year]);
	manual_schools(j, s);
	for (size_t i = 0; i < s->nyears; i++) {
		indicator_in_schools(s, &s->years[i]);
		s->years[i].status = indicator_status(s, &s->years[i], j->department->today);
	}
	choose_current(s, j->out->year);
	j->progress[number] = DONE;
}

static int year_to_speak_of(const struct department *d)
{
	const struct department_meta *meta = department_meta(d);
	if (!meta->first_year)
		return d->today.year;
	if (d->today.year < meta->first_year)
		return meta->first_year;
	return d->today.year > meta->last_year ? meta->last_year : d->today.year;
}

static void count_statuses(struct assessment *out, struct date today)
{
	for (size_t i = 0; i < out->count; i++) {
		enum status status = indicator_status_now(&out->indicators[i], out->year, today);
		out->achieved += status == INDICATOR_ACHIEVED;
		out->not_achieved += status == INDICATOR_NOT_ACHIEVED;
		out->in_progress += status == INDICATOR_IN_PROGRESS;
		out->no_data += status == INDICATOR_NO_DATA;
		out->no_target += status == INDICATOR_NO_TARGET;
	}
}

void assess_indicators(struct assessment *out, struct arena *a, const struct department *d,
    const struct identifications *identifications, struct diag *diag)
{
	*out = (struct assessment){.count = d->nindicators, .year = year_to_speak_of(d)};
	struct job j = {a, d, identifications, diag, out,
	    arena_array(a, d->nindicators + 1, sizeof(*j.progress)),
	    arena_array(a, MEASURE_YEARS, sizeof(*j.named)),
	    arena_array(a, MEASURE_YEARS, sizeof(*j.seen))};

	out->indicators = arena_array(a, d->nindicators + 1, sizeof(*out->indicators));
	for (size_t i = 0; i < out->count; i++) {
		struct indicator_state *s = &out->indicators[i];
		s->indicator = &d->indicators[i];
		s->measure = d->measures[s->indicator->row.index];
	}
	for (size_t i = 0; i < out->count; i++)
		assess_one(&j, i);
	count_statuses(out, d->today);
}

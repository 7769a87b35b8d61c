/*
 * Row by row: do the numbers of one cell of the table agree with each other
 * and with the scale of the procedure. Then municipal rows against the
 * schools they sum up, and what is told once per file: rates about groups of
 * unknown size.
 */
#include "model/checks.h"

#include "base/intl.h"

struct tally {
	size_t unknown, odd_totals;
	const struct result *first_unknown, *first_odd_total;
	const char *odd_complaint;
};

static bool has_values(const struct result *r)
{
	return r->participants > 0 || r->below_minimum > 0 || r->mean_mark.set ||
	    r->mean_score.set || r->pass_rate.set || r->quality_rate.set;
}

static void check_status(struct checks *c, const struct result *r)
{
	if (r->status != STATUS_HELD && r->status != STATUS_NONE && has_values(r))
		checks_tell(c, DIAG_WARNING, "results-status", &r->row, "status",
		    schema_word(schema_column(schema_of(TABLE_RESULTS), STR("status")), r->status),
		    _("Empty the numbers, or write held."),
		    _("the row has numbers although its status says that there is no result"));
}

/* True when told that they do not agree. */
static bool check_counts(struct checks *c, const struct result *r)
{
	int64_t n = r->participants, k = r->below_minimum;
	if (n < 0 || k < 0)
		return false;
	if (k > n) {
		checks_tell(c, DIAG_ERROR, "results-below-minimum", &r->row, "below_minimum",
		    arena_printf(c->a, "%lld", (long long)k), _("Correct one of the two numbers."),
		    arena_printf(c->a, _("more pupils below the minimum than took part (%lld)"),
		        (long long)n));
		return true;
	}
	if (!r->pass_rate.set || n == 0 || n > INT32_MAX)
		return false;
	struct frac passed = frac_of(100 * (n - k), n);
	struct frac gap = frac_sub(decimal_frac(r->pass_rate), passed);
	if (!frac_is_set(gap) ||
	    (frac_cmp(gap, frac_of(1, 2)) <= 0 && frac_cmp(gap, frac_of(-1, 2)) >= 0))
		return false;
	checks_tell(c, DIAG_ERROR, "results-pass-rate", &r->row, "pass_rate",
	    checks_number(c, decimal_frac(r->pass_rate), DECIMAL_SHOWN),
	    _("Correct the rate or one of the counts; the rate may also stay empty."),
	    arena_printf(c->a, _("the counts give %s %%: %lld of %lld passed"),
	        checks_number(c, passed, 1), (long long)(n - k), (long long)n));
	return true;
}

static void check_rates(struct checks *c, const struct result *r)
{
	if (r->pass_rate.set && r->quality_rate.set &&
	    decimal_cmp(r->quality_rate, r->pass_rate) > 0)
		checks_tell(c, DIAG_ERROR, "results-quality-rate", &r->row, "quality_rate",
		    checks_number(c, decimal_frac(r->quality_rate), DECIMAL_SHOWN),
		    _("Correct one of the two: whoever has a 4 or a 5 has also passed."),
		    arena_printf(c->a,
		        _("the share of marks 4 and 5 is greater than the share of those who passed (%s %%)"),
		        checks_number(c, decimal_frac(r->pass_rate), DECIMAL_SHOWN)));
}

static void check_scale(
    struct checks *c, const struct result *r, int field, struct decimal value, const char *column)
{
	struct decimal least, most;
	if (!value.set)
		return;
	const char *text = checks_number(c, decimal_frac(value), DECIMAL_SHOWN);
	if (!measure_scale(field, r->procedure, &least, &most))
		checks_tell(c, DIAG_ERROR, "results-scale", &r->row, column, text,
		    _("Put points into the column mean_score."),
		    _("this examination gives points and no marks"));
	else if (decimal_cmp(value, least) < 0 || (most.set && decimal_cmp(value, most) > 0))
		checks_tell(c, DIAG_ERROR, "results-scale", &r->row, column, text,
		    _("Correct the number; marks are 2 to 5, points of the state examination 0 to 100."),
		    _("the scale has no such value"));
}

/* A rate that no number of pupils gives. For a school a warning of its own;
 * totals are often means of means, so they are only counted. */
static void check_printed(struct checks *c, const struct result *r, struct decimal rate,
    const char *column, struct tally *t)
{
	bool cut;
	if (!rate.set || r->participants <= 0)
		return;
	const char *complaint = rate_complaint(c, rate, r->participants, &cut);
	if (!complaint)
		return;
	if (r->scope == SCOPE_SCHOOL) {
		checks_tell(c, DIAG_WARNING, cut ? "rate-cut" : "rate-impossible", &r->row, column,
		    checks_number(c, decimal_frac(rate), DECIMAL_SHOWN),
		    _("Look it up in the source; a misprint of the document belongs into errata.csv."),
		    complaint);
	} else if (t->odd_totals++ == 0) {
		t->first_odd_total = r;
		t->odd_complaint = complaint;
	}
}

/* -- a municipal row lies between its schools ---------------------------------- */

static struct decimal field_of(const struct result *r, int field)
{
	switch (field) {
	case FIELD_PASS_RATE:
		return r->pass_rate;
	case FIELD_QUALITY_RATE:
		return r->quality_rate;
	case FIELD_MEAN_MARK:
		return r->mean_mark;
	case FIELD_MEAN_SCORE:
		return r->mean_score;
	default:
		return (struct decimal){0};
	}
}

/* The least and the greatest value of the schools; false when one of them is
 * not known. */
static bool range_of_schools(const struct department *d, const struct result *total, int field,
    struct decimal *least, struct decimal *most)
{
	*least = *most = (struct decimal){0};
	for (size_t i = 0; i < d->nschools; i++) {
		const struct school *s = &d->schools[i];
		const struct result *r =
		    department_result(d, SCOPE_SCHOOL, s, total->procedure, total->year);
		if (!r && !checks_takes_part(s, total->procedure->level, total->year))
			continue;
		if (!r || r->status == STATUS_MOVED || r->status == STATUS_NOT_SUPPLIED)
			return false;
		if (r->status != STATUS_HELD || r->participants == 0)
			continue;
		struct decimal value = field_of(r, field);
		if (!value.set)
			return false;
		checks_widen(value, least, most);
	}
	return least->set;
}

static void check_total(struct checks *c, const struct result *total, int field)
{
	struct decimal value = field_of(total, field), least, most;
	if (value.set && range_of_schools(c->d, total, field, &least, &most))
		checks_range(c, &total->row, result_fields[field - 1], value, least, most);
}

/* A municipality has no fewer pupils than each of its schools. */
static void check_participants(struct checks *c, const struct result *total)
{
	int64_t most = -1;
	for (size_t i = 0; i < c->d->nschools; i++) {
		const struct result *r = department_result(
		    c->d, SCOPE_SCHOOL, &c->d->schools[i], total->procedure, total->year);
		if (r && r->participants > most)
			most = r->participants;
	}
	if (total->participants >= 0)
		checks_not_less(c, &total->row, "participants", decimal_of(total->participants),
		    decimal_of(most));
}

/* -- told once ----------------------------------------------------------------- */

static struct decimal telling_rate(const struct result *r)
{
	struct decimal hundred = decimal_of(100),
	               rate = r->pass_rate.set ? r->pass_rate : r->quality_rate;
	bool plain = rate.digits == 0 || decimal_cmp(rate, hundred) == 0;
	return plain && r->quality_rate.set ? r->quality_rate : rate;
}

/* Any n fits 0 and 100, so a rate between them is the better example. */
static bool tells_more(const struct result *r, const struct result *than)
{
	struct decimal hundred = decimal_of(100);
	if (!than)
		return true;
	struct decimal old = telling_rate(than), new = telling_rate(r);
	return (old.digits == 0 || decimal_cmp(old, hundred) == 0) && new.digits != 0 &&
	    decimal_cmp(new, hundred) != 0;
}

static void tell_tally(struct checks *c, const struct tally *t)
{
	if (t->unknown) {
		struct decimal rate = telling_rate(t->first_unknown);
		checks_tell(c, DIAG_WARNING, "unknown-group", &t->first_unknown->row, NULL, NULL,
		    _("Add the participants, so that groups too small to be published can be hidden."),
		    arena_printf(c->a,
		        _("%zu rows of schools have a rate without the number of participants, so the size of the group is unknown; here %s fits n = %lld"),
		        t->unknown, checks_number(c, decimal_frac(rate), DECIMAL_SHOWN),
		        (long long)rate_least_group(rate)));
	}
	if (t->odd_totals)
		checks_tell(c, DIAG_WARNING, "rate-total", &t->first_odd_total->row, NULL, NULL,
		    _("Look up whether it is a mean of the schools' rates instead of a share of all pupils."),
		    arena_printf(c->a,
		        _("%zu rates of rows that are no school are no share of their participants, here: %s"),
		        t->odd_totals, t->odd_complaint));
}

void checks_results(struct checks *c)
{
	struct tally tally = {0};
	for (size_t i = 0; i < c->d->nresults; i++) {
		const struct result *r = &c->d->results[i];
		if (!r->procedure)
			continue;
		check_status(c, r);
		bool told = check_counts(c, r);
		check_rates(c, r);
		check_scale(c, r, FIELD_MEAN_MARK, r->mean_mark, "mean_mark");
		check_scale(c, r, FIELD_MEAN_SCORE, r->mean_score, "mean_score");
		if (!told)
			check_printed(c, r, r->pass_rate, "pass_rate", &tally);
		check_printed(c, r, r->quality_rate, "quality_rate", &tally);
		if (r->scope == SCOPE_SCHOOL && r->participants < 0 &&
		    (r->pass_rate.set || r->quality_rate.set)) {
			tally.unknown++;
			if (tells_more(r, tally.first_unknown))
				tally.first_unknown = r;
		}
		if (r->scope != SCOPE_MUNICIPALITY)
			continue;
		check_participants(c, r);
		for (int field = FIELD_PASS_RATE; field <= FIELD_MEAN_SCORE; field++)
			check_total(c, r, field);
	}
	tell_tally(c, &tally);
}

/*
 * Indicators first: what they are measured by, in and about whom. Then the
 * words of targets and values, which must fit the unit of their indicator.
 * Last the targets for shares of schools: where the number of schools is
 * known, is there a number of schools that the percent means?
 */
#include "model/checks.h"

#include "base/intl.h"

enum { PAIRS_MOST = 16 };

static void wrong(struct checks *c, const struct indicator *in, const char *column,
    const char *cell, const char *remedy, const char *text)
{
	checks_tell(c, DIAG_ERROR, "indicator-value", &in->row, column, cell, remedy, text);
}

static const struct indicator *find_indicator(const struct checks *c, const char *id)
{
	return c->d->nindicators ? table_find(&c->d->tables[TABLE_INDICATORS], str_of(id)) : NULL;
}

static void check_parent(struct checks *c, const struct indicator *in)
{
	const struct indicator *up = in->parent ? find_indicator(c, in->parent) : NULL;
	if (in->parent && !up) {
		const char *near;
		measure_lookup(c->a, &c->d->tables[TABLE_INDICATORS], str_of(in->parent),
		    checks_guess(c, "indicator-value", &in->row, &near));
		wrong(c, in, "parent", in->parent,
		    diag_nearest(c->a, near, _("Write the name of an indicator of this table.")),
		    _("there is no such indicator"));
	}
	/* As many steps as there are indicators end in a circle. */
	for (size_t steps = 0; up; steps++) {
		if (up == in || steps > c->d->nindicators) {
			wrong(c, in, "parent", in->parent, _("Empty the parent of one of them."),
			    _("the indicator is a part of itself"));
			return;
		}
		up = up->parent ? find_indicator(c, up->parent) : NULL;
	}
}

static int category_of(struct str word)
{
	for (int i = 0; categories[i]; i++)
		if (str_is(word, categories[i]))
			return i + 1;
	return CATEGORY_NONE;
}

static void check_cohort(struct checks *c, const struct indicator *in)
{
	struct str rest = str_of(in->cohort), word;
	bool all = false;
	size_t count = 0;
	while (str_next(&rest, '|', &word)) {
		word = str_trim(word);
		bool is_all = str_is(word, "all");
		all |= is_all;
		count++;
		if (is_all || category_of(word))
			continue;
		wrong(c, in, "cohort", in->cohort,
		    diag_nearest(c->a,
		        str_nearest(arena_strndup(c->a, word.p, word.n), cohort_parts),
		        _("Possible: all, low-results, disadvantaged, risk-zone, 500-plus, several with | between them.")),
		    _("these are no schools that an indicator can be about"));
	}
	if (all && count > 1)
		wrong(c, in, "cohort", in->cohort, _("Leave only all, or only the categories."),
		    _("all schools and some of them at once"));
}

static void check_levels(struct checks *c, const struct indicator *in)
{
	struct str rest = str_of(in->levels), word;
	size_t count = 0;
	while (str_next(&rest, '|', &word))
		count += str_trim(word).n > 0;
	if (in->unit == UNIT_LEVEL && count < 2)
		wrong(c, in, "levels", in->levels,
		    _("Write the levels from the lowest to the highest: absent|forming|present."),
		    _("an indicator with levels needs at least two of them"));
	if (in->unit != UNIT_LEVEL && count > 0)
		checks_tell(c, DIAG_WARNING, "indicator-levels", &in->row, "levels", in->levels,
		    _("Write level as unit, or empty this cell."),
		    _("the indicator is not measured in levels, so these are not used"));
}

static void check_rule(struct checks *c, const struct indicator *in)
{
	const char *rule =
	    schema_word(schema_column(schema_of(TABLE_INDICATORS), STR("rule")), in->rule);
	bool yes_no = in->unit == UNIT_YESNO;
	if (in->rule == RULE_YES && !yes_no)
		wrong(c, in, "rule", rule,
		    _("Write at-least, at-most or increase, or yes-no as unit."),
		    _("a number is not reached by a yes"));
	if (yes_no &&
	    (in->rule == RULE_AT_LEAST || in->rule == RULE_AT_MOST ||
	        in->rule == RULE_AT_LEAST_REFERENCE || in->rule == RULE_INCREASE))
		wrong(c, in, "rule", rule,
		    _("Write yes as rule, or percent, count or number as unit."),
		    _("a yes or no cannot be greater or smaller"));
}

static void check_measure(struct checks *c, const struct indicator *in)
{
	const struct measure *m = &c->d->measures[in->row.index];
	bool yes_no = m->form == FORM_DOCUMENTS || m->form == FORM_SPECIAL_PAGE;

	if (m->form == FORM_NONE || m->form == FORM_MANUAL)
		return;
	if (yes_no && in->unit != UNIT_YESNO)
		wrong(c, in, "measure", in->measure, _("Write yes-no as unit."),
		    _("this measure gives yes or no, the unit is another"));
	if (!yes_no && in->unit != UNIT_PERCENT)
		wrong(c, in, "measure", in->measure, _("Write percent as unit."),
		    _("this measure gives a percent, the unit is another"));
	if (m->form == FORM_CONTEXT && m->metric->kind != METRIC_YESNO &&
	    m->metric->kind != METRIC_SHARE)
		wrong(c, in, "measure", in->measure,
		    _("Divide two counts: ratio:<metric>/<metric>."),
		    _("only a yes-no metric or a share can be taken over schools"));
	if (m->form == FORM_RATIO &&
	    (m->metric->kind != METRIC_COUNT || m->of->kind != METRIC_COUNT))
		wrong(c, in, "measure", in->measure,
		    _("Take metrics of the kind count, or write context:<metric> for a share."),
		    _("a ratio divides the sums of two counts"));
}

/* -- words of targets and values ------------------------------------------------ */

static bool is_level(const struct indicator *in, struct str text)
{
	struct str rest = str_of(in->levels), word;
	while (str_next(&rest, '|', &word))
		if (str_distance(str_trim(word), text, 0) == 0)
			return true;
	return false;
}

static bool is_yes_no(struct str text)
{
	static const char *const words[] = {"yes", "no", "да", "нет", "1", "0", NULL};
	for (size_t i = 0; words[i]; i++)
		if (str_distance(text, str_of(words[i]), 0) == 0)
			return true;
	return false;
}

/* A rule that compares with another value may name it in place of a number. */
static bool names_reference(const struct indicator *in, struct str text)
{
	static const char *const of_place[] = {"municipality", "муниципалитет", "район", NULL};
	static const char *const of_growth[] = {"increase", "рост", "увеличение", NULL};
	const char *const *words = in->rule == RULE_AT_LEAST_REFERENCE ? of_place
	    : in->rule == RULE_INCREASE                                ? of_growth
	                                                               : NULL;
	for (size_t i = 0; words && words[i]; i++)
		if (str_distance(text, str_of(words[i]), 0) == 0)
			return true;
	return false;
}

/* The number when the unit has one. False: told. */
static bool check_text(struct checks *c, const struct indicator *in, const struct row *row,
    const char *column, const char *text, struct decimal *number)
{
	struct str s = str_trim(str_of(text));
	const char *remedy = NULL, *what = _("this does not fit the unit of the indicator");
	bool whole = true;

	*number = (struct decimal){0};
	if (s.n == 0)
		return true;
	if (in->unit == UNIT_YESNO) {
		remedy = is_yes_no(s) ? NULL : _("The unit is yes-no: write yes or no.");
	} else if (in->unit == UNIT_LEVEL) {
		remedy = is_level(in, s)
		    ? NULL
		    : arena_printf(c->a, _("The unit is level: write one of %s."),
		          in->levels ? in->levels : "");
	} else if (decimal_parse(number, s, in->unit == UNIT_PERCENT)) {
		remedy = _("Write a number, without words and units.");
	} else if (in->unit == UNIT_COUNT &&
	    (decimal_int(*number, &whole), !whole || number->digits < 0)) {
		remedy = _("The unit is count: write a whole number.");
	} else if (in->unit == UNIT_PERCENT &&
	    (number->digits < 0 || decimal_cmp(*number, decimal_of(100)) > 0)) {
		what = _("a share is between 0 and 100 percent");
		remedy = _("Correct the number, or write number as unit of the indicator.");
	}
	if (!remedy)
		return true;
	number->set = false;
	checks_tell(c, DIAG_ERROR, "value-unit", row, column, text, remedy, what);
	return false;
}

static void check_fraction(struct checks *c, const struct indicator_value *v, struct decimal value)
{
	struct frac num = decimal_frac(v->numerator), den = decimal_frac(v->denominator);
	if (!frac_is_set(num) || !frac_is_set(den))
		return;
	const char *num_text = checks_number(c, num, DECIMAL_SHOWN);
	if (v->denominator.digits <= 0 || v->numerator.digits < 0 ||
	    (v->indicator->unit == UNIT_PERCENT && frac_cmp(num, den) > 0)) {
		checks_tell(c, DIAG_ERROR, "value-fraction", &v->row, "numerator", num_text,
		    _("Correct the numerator or the denominator; when there was nothing to count, leave both empty."),
		    arena_printf(c->a, _("%s of %s is no share"), num_text,
		        checks_number(c, den, DECIMAL_SHOWN)));
		return;
	}
	if (!value.set || v->indicator->unit != UNIT_PERCENT)
		return;
	struct frac percent = frac_mul(frac_div(num, den), frac_of(100, 1));
	struct frac gap = frac_sub(decimal_frac(value), percent);
	if (frac_is_set(gap) &&
	    (frac_cmp(gap, frac_of(1, 2)) > 0 || frac_cmp(gap, frac_of(-1, 2)) < 0))
		checks_tell(c, DIAG_ERROR, "value-fraction", &v->row, "value", v->value,
		    _("Correct the value, the numerator or the denominator."),
		    arena_printf(c->a, _("numerator and denominator give %s %%"),
		        checks_number(c, percent, 1)));
}

/* -- a percent that no number of schools means ----------------------------------- */

struct unmet_pair {
	struct decimal percent;
	int64_t n;
	const struct target *first;
	size_t count;
};

struct unmet {
	struct unmet_pair pairs[PAIRS_MOST];
	size_t count;
};

/* How many schools a category's declared list has; -1 unknown. The schools
 * named are marked. */
static int64_t count_declared(const struct department *d, int category, int year, bool *named)
{
	int64_t count = -1, names = 0;
	for (size_t i = 0; i < d->ndeclared; i++) {
		const struct declared *row = &d->declared[i];
		if (row->category != category || !declared_in_force(d, row, year))
			continue;
		if (row->school) {
			named[row->school->row.index] = true;
			names++;
		}
		int64_t least = row->school ? names : row->count;
		count = least > count ? least : count;
	}
	return count > names || count < 0 ? count : names;
}

/* N of the cohort in a year, -1 when the documents do not say it. */
static int64_t cohort_size(
    struct arena *scratch, const struct department *d, const char *cohort, int year)
{
	bool *named = arena_array(scratch, d->nschools, sizeof(*named));
	struct str rest = str_of(cohort), word;
	int64_t n = -1, names = 0;
	size_t parts = 0;

	if (rest.n == 0 || str_is(rest, "all")) {
		for (size_t i = 0; i < d->nschools; i++)
			names += school_open(&d->schools[i], year);
		return names;
	}
	bool all_named = true;
	while (str_next(&rest, '|', &word)) {
		int category = category_of(str_trim(word));
		int64_t before = 0, after = 0;
		bool *mine = arena_array(scratch, d->nschools, sizeof(*mine));
		n = category ? count_declared(d, category, year, mine) : -1;
		if (n < 0)
			return -1;
		for (size_t i = 0; i < d->nschools; i++) {
			before += mine[i];
			named[i] |= mine[i];
			after += named[i];
		}
		all_named = all_named && before == n;
		names = after;
		parts++;
	}
	return all_named ? names : parts == 1 ? n : -1;
}

static void note_unmet(struct unmet *u, const struct target *t, struct decimal percent, int64_t n)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->pairs[i].n == n && decimal_cmp(u->pairs[i].percent, percent) == 0) {
			u->pairs[i].count++;
			return;
		}
	if (u->count < PAIRS_MOST)
		u->pairs[u->count++] = (struct unmet_pair){percent, n, t, 1};
}

/* The years a target counts for: its own, the one that has ended by its date,
 * or all of the programme. */
static void years_of(const struct checks *c, const struct target *t, int *first, int *last)
{
	const struct department_meta *meta = department_meta(c->d);
	bool year_end = t->date.month == 12 && t->date.day == 31;
	*first = *last = t->year;
	if (!t->year && date_is_set(t->date))
		*first = *last = t->date.year - !year_end;
	else if (!t->year)
		*first = meta->first_year, *last = meta->last_year;
}

/* A value by hand that is to be compared with that of the municipality: this
 * one can only be written down too, as a number in targets.csv. */
static void check_reference(struct checks *c, const struct indicator_value *v)
{
	const struct indicator *in = v->indicator;
	bool given = false;
	if (in->rule != RULE_AT_LEAST_REFERENCE ||
	    c->d->measures[in->row.index].form != FORM_MANUAL)
		return;
	for (size_t i = 0; i < c->d->ntargets && !given; i++) {
		const struct target *t = &c->d->targets[i];
		struct decimal number;
		int first, last;
		if (t->indicator != in || t->kind == TARGET_BASELINE)
			continue;
		years_of(c, t, &first, &last);
		given = v->year >= first && v->year <= last &&
		    decimal_parse(&number, str_trim(str_of(t->target)), true) == 0;
	}
	if (!given)
		checks_tell(c, DIAG_WARNING, "target-reference", &v->row, "value", v->value,
		    arena_printf(c->a,
		        _("Add a row to targets.csv: indicator %s, year %d, and that value as target."),
		        in->id, v->year),
		    _("the value of the municipality, with which this one is compared, is missing"));
}

static bool is_share_of_schools(const struct checks *c, const struct indicator *in)
{
	const struct measure *m = &c->d->measures[in->row.index];
	if (in->unit != UNIT_PERCENT || (in->rule != RULE_AT_LEAST && in->rule != RULE_AT_MOST))
		return false;
	return m->form == FORM_AUDIT || m->form == FORM_DYNAMICS ||
	    (m->form == FORM_CONTEXT && m->metric->kind == METRIC_YESNO);
}

static void check_share(
    struct checks *c, const struct target *t, struct decimal percent, struct unmet *u)
{
	struct arena scratch = ARENA_INIT;
	int first, last;
	years_of(c, t, &first, &last);
	for (int year = first; year && year <= last; year++) {
		int64_t n = cohort_size(&scratch, c->d, t->indicator->cohort, year);
		struct frac k = frac_mul(decimal_frac(percent), frac_of(n, 100));
		if (n > 0 && frac_is_set(k) && k.den != 1)
			note_unmet(u, t, percent, n);
	}
	arena_clear(&scratch);
}

static void tell_unmet(struct checks *c, const struct unmet_pair *p)
{
	bool most = p->first->indicator->rule == RULE_AT_MOST;
	struct frac exact = frac_mul(decimal_frac(p->percent), frac_of(p->n, 100));
	int64_t less = exact.num / exact.den, more = less + 1;
	const char *sum = arena_printf(c->a,
	    most ? _("%s %% of %lld schools: %lld is %s %%, %lld is %s %%; so at most %lld")
	         : _("%s %% of %lld schools: %lld is %s %%, %lld is %s %%; so at least %lld"),
	    checks_number(c, decimal_frac(p->percent), DECIMAL_SHOWN), (long long)p->n,
	    (long long)less, checks_number(c, frac_of(100 * less, p->n), 1), (long long)more,
	    checks_number(c, frac_of(100 * more, p->n), 1), (long long)(most ? less : more));
	if (p->count > 1)
		sum = arena_printf(c->a, _("%s (%zu such targets)"), sum, p->count);
	checks_tell(c, DIAG_WARNING, "target-schools", &p->first->row, "target", p->first->target,
	    _("The page says it in schools too; nothing has to be changed when the document says so."),
	    sum);
}

static void check_targets(struct checks *c)
{
	struct unmet unmet = {.count = 0};
	for (size_t i = 0; i < c->d->ntargets; i++) {
		const struct target *t = &c->d->targets[i];
		struct decimal number = {0};
		if (!t->indicator)
			continue;
		bool reference = names_reference(t->indicator, str_trim(str_of(t->target)));
		bool fits =
		    reference || check_text(c, t->indicator, &t->row, "target", t->target, &number);
		checks_path(c, &t->row, "document", t->document);
		if (fits && number.set && t->kind != TARGET_BASELINE &&
		    is_share_of_schools(c, t->indicator))
			check_share(c, t, number, &unmet);
	}
	for (size_t i = 0; i < unmet.count; i++)
		tell_unmet(c, &unmet.pairs[i]);
}

void checks_plan(struct checks *c)
{
	for (size_t i = 0; i < c->d->nindicators; i++) {
		const struct indicator *in = &c->d->indicators[i];
		check_parent(c, in);
		check_cohort(c, in);
		check_levels(c, in);
		check_rule(c, in);
		check_measure(c, in);
	}
	check_targets(c);
	for (size_t i = 0; i < c->d->nvalues; i++) {
		const struct indicator_value *v = &c->d->values[i];
		struct decimal number;
		if (!v->indicator)
			continue;
		check_text(c, v->indicator, &v->row, "value", v->value, &number);
		check_fraction(c, v, number);
		check_reference(c, v);
		checks_path(c, &v->row, "evidence", v->evidence);
	}
}

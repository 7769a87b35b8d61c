/*
 * The rules of a points method, one by one: its measure is read, what it is
 * compared with must be there and once, and the threshold is held against the
 * range of values that the measure can have. Then the points and the cutoffs.
 */
#include "model/checks_method.h"

#include "base/intl.h"
#include "model/place.h"

static const struct method_rule *rule_at(const struct method *m, size_t i)
{
	return table_row(&m->rules, i);
}

/* Where a rule's cell stands, for a message that will be kept. */
static struct diag_place rule_place(struct method_checks *c, const char *message,
    const struct method_rule *rule, const char *column)
{
	if (!diag_keeps(c->diag, message, rule->row.file))
		return DIAG_AT(rule->row.file, rule->row.line, 0);
	struct diag_place at =
	    place_find(&c->m->rules, c->m->rules_bytes, NULL, &rule->row, column);
	/* The table may lack the column. */
	return at.column ? at
	                 : place_find(&c->m->rules, c->m->rules_bytes, NULL, &rule->row, "rule");
}

static const char *number_text(struct method_checks *c, struct decimal d)
{
	struct buf text = BUF_INIT(BUF_LINE);
	decimal_write(&text, d, DECIMAL_SHOWN, '.');
	return buf_keep(c->a, &text).p;
}

static const char *word_text(const char *column, int value)
{
	return schema_word(schema_column(schema_of(TABLE_RULES), str_of(column)), value);
}

static void wrong_rule(struct method_checks *c, const struct method_rule *rule, const char *column,
    const char *cell, const char *what, const char *remedy)
{
	diag_add(c->diag, DIAG_ERROR, "method-rule", rule_place(c, "method-rule", rule, column),
	    str_of(cell), remedy, "%s", what);
	c->wrong = true;
}

/* What the measured value can be; for a gap the difference, for several
 * procedures their sum. Unset where there is no bound. */
static void range_of(const struct method_rule *rule, const struct measure *measure,
    struct frac *least, struct frac *most)
{
	struct decimal low = decimal_of(0), high = {0};
	if (measure->form == FORM_RESULT) {
		for (size_t i = 0; i < measure->nprocedures; i++) {
			measure_scale(measure->field, measure->procedures[i], &low, &high);
			if (!high.set)
				break;
		}
	} else if (measure->of ? measure->metric->of == measure->of
	                       : measure->metric->kind == METRIC_SHARE) {
		high = decimal_of(100);
	} else if (!measure->of) {
		low = measure->metric->minimum;
		high = measure->metric->maximum;
	}
	*least = decimal_frac(low);
	*most = decimal_frac(high);
	if (rule->reference != REFERENCE_GAP_REGION)
		return;
	int64_t procedures = measure->nprocedures ? (int64_t)measure->nprocedures : 1;
	*most = frac_mul(frac_sub(*most, *least), frac_of(procedures, 1));
	*least = frac_sub(frac_of(0, 1), *most);
}

/* Thresholds that decide nothing: never met is an error, always met a warning. */
static void check_reach(
    struct method_checks *c, const struct method_rule *rule, const struct measure *measure)
{
	struct frac least, most, t = decimal_frac(rule->threshold);
	bool never = false, always = false;

	if (!frac_is_set(t))
		return;
	range_of(rule, measure, &least, &most);
	int low = frac_is_set(least) ? frac_cmp(t, least) : 1;
	int high = frac_is_set(most) ? frac_cmp(t, most) : -1;
	if (rule->op == OPERATOR_LESS)
		never = low <= 0, always = high > 0;
	else if (rule->op == OPERATOR_AT_MOST)
		never = low < 0, always = high >= 0;
	else if (rule->op == OPERATOR_MORE)
		never = high >= 0, always = low < 0;
	else if (rule->op == OPERATOR_AT_LEAST)
		never = high > 0, always = low <= 0;
	if (never)
		wrong_rule(c, rule, "threshold", number_text(c, rule->threshold),
		    _("the scale of this measure can never reach the threshold, so no school would ever meet the rule"),
		    _("Correct the threshold, or measure another column (marks are 2 to 5, shares 0 to 100)."));
	if (always)
		diag_add(c->diag, DIAG_WARNING, "method-rule-always",
		    rule_place(c, "method-rule-always", rule, "threshold"),
		    str_of(number_text(c, rule->threshold)), _("Correct the threshold."),
		    _("every possible value meets this rule"));
}

static bool can_be_summed(const struct measure *m)
{
	if (m->form == FORM_RESULT)
		return m->field == FIELD_BELOW_MINIMUM_SHARE || m->field == FIELD_PASS_RATE;
	return m->metric->kind == METRIC_COUNT;
}

static void check_comparison(
    struct method_checks *c, const struct method_rule *rule, const struct measure *m)
{
	bool present = rule->op == OPERATOR_PRESENT, gap = rule->reference == REFERENCE_GAP_REGION;
	bool compared =
	    rule->reference == REFERENCE_REGION || rule->reference == REFERENCE_MUNICIPALITY;
	bool yes_no = m->form == FORM_CONTEXT && m->metric->kind == METRIC_YESNO;

	if (yes_no != present && (yes_no || m->form == FORM_RESULT || m->of))
		wrong_rule(c, rule, "operator", word_text("operator", rule->op),
		    yes_no ? _("a yes-no metric is either there or not")
		           : _("a result or a share is a number: it cannot be “present”"),
		    yes_no
		        ? _("Write present in the column operator.")
		        : _("Write <, <=, > or >= in the column operator and a number as threshold."));
	else if (!present && !compared && !rule->threshold.set)
		wrong_rule(c, rule, "threshold", NULL, _("the rule has nothing to compare with"),
		    _("Fill the column threshold, or write region in the column reference."));
	if (compared && rule->threshold.set)
		wrong_rule(c, rule, "threshold", number_text(c, rule->threshold),
		    _("the rule compares with a reference and has a threshold too"),
		    _("Empty the column threshold, or write gap-region for a distance from the region."));
	if (m->nprocedures > 1 && rule->match == MATCH_NONE && !gap)
		wrong_rule(c, rule, "match", NULL, _("the rule names several procedures"),
		    _("Write in the column match whether all must satisfy it or any."));
	if (rule->over == OVER_SUM && !can_be_summed(m))
		wrong_rule(c, rule, "over", word_text("over", rule->over),
		    _("this measure cannot be summed over years"),
		    _("Sum a count, or write each in the column over."));
	if ((rule->over == OVER_SUM || rule->over == OVER_EACH) &&
	    (rule->years < 1 || rule->years > YEARS_MOST))
		wrong_rule(c, rule, "years",
		    rule->years < 0 ? NULL : number_text(c, decimal_of(rule->years)),
		    _("the rule looks at 1 to 10 years"),
		    _("Write the number of years in the column years."));
	check_reach(c, rule, m);
}

static void check_points_column(struct method_checks *c)
{
	const struct method *m = c->m;
	struct frac sum = frac_of(0, 1);
	size_t with = 0;
	for (size_t i = 0; i < m->rules.count; i++) {
		const struct method_rule *rule = rule_at(m, i);
		if (!rule->points.set)
			continue;
		with++;
		sum = frac_add(sum, decimal_frac(rule->points));
		if (rule->points.digits <= 0)
			wrong_rule(c, rule, "points", number_text(c, rule->points),
			    _("the points of a rule are more than 0"),
			    _("Correct the column points."));
	}
	if (with && with < m->rules.count)
		for (size_t i = 0; i < m->rules.count; i++)
			if (!rule_at(m, i)->points.set)
				wrong_rule(c, rule_at(m, i), "points", NULL,
				    _("other rules of this table have points, this one has none"),
				    _("Fill the column points in all rules or in none."));
	if (m->cutoff_points.set && with == 0)
		check_wrong_key(c, "cutoff_points",
		    _("the rules have no points, so there is nothing to count"),
		    _("Fill the column points, or write cutoff_met: the number of rules met."));
	else if (m->cutoff_points.set && frac_is_set(sum) &&
	    frac_cmp(decimal_frac(m->cutoff_points), sum) > 0)
		check_wrong_key(c, "cutoff_points",
		    _("all rules together give fewer points than that"),
		    _("Write a smaller number."));
	if (m->cutoff_points.set && m->cutoff_points.digits <= 0)
		check_wrong_key(c, "cutoff_points",
		    _("with this number every school would be identified"),
		    _("Write a number over 0."));
}

void check_rules(struct method_checks *c)
{
	struct method *m = c->m;
	const struct measure_names names = {c->procedures, c->metrics, NULL};

	m->measures = arena_array(c->a, m->rules.count, sizeof(*m->measures));
	for (size_t i = 0; i < m->rules.count; i++) {
		const struct method_rule *rule = rule_at(m, i);
		struct measure *measure = &m->measures[i];
		struct str text = str_of(rule->measure);
		/* Twice, so that the column is looked for only where it is wrong. */
		if (!measure_read(
		        measure, c->a, text, MEASURE_OF_RULE, &names, DIAG_NOWHERE, NULL)) {
			check_comparison(c, rule, measure);
			continue;
		}
		measure_read(measure, c->a, text, MEASURE_OF_RULE, &names,
		    rule_place(c, "measure", rule, "measure"), c->diag);
		c->wrong = true;
	}
	check_points_column(c);
	if (m->cutoff_met != FIELD_NO_INT && m->cutoff_points.set)
		check_wrong_key(c, "cutoff_met", _("there are two cutoffs"),
		    _("Leave cutoff_points or cutoff_met, not both."));
	if (m->cutoff_met != FIELD_NO_INT &&
	    (m->cutoff_met < 1 || m->cutoff_met > (int64_t)m->rules.count))
		check_wrong_key(c, "cutoff_met",
		    _("the number of rules to be met is between 1 and the number of rules"),
		    _("Correct the number."));
}

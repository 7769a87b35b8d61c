/*
 * A rule is a question with three answers; with the end of the year it gives
 * the status.
 */
#include "compute/status.h"

/* What an increase is measured from: the year before, else the baseline. */
static struct quantity value_before(const struct indicator_state *s, const struct indicator_year *y)
{
	struct quantity baseline = {0};
	for (const struct indicator_year *x = s->years; x < y; x++) {
		if (x->year == y->year - 1 && x->value.set)
			return x->value;
		if (x->baseline_row && x->value.set)
			baseline = x->value;
	}
	return baseline;
}

static enum met rule_met(const struct indicator_state *s, const struct indicator_year *y)
{
	struct quantity before = value_before(s, y), yes = quantity_yesno(true);
	int order;
	switch (s->indicator->rule) {
	case RULE_AT_MOST:
		if (!quantity_compare(&y->value, &y->target, &order))
			return MET_UNKNOWN;
		return order <= 0 ? MET_YES : MET_NO;
	case RULE_YES:
		if (!quantity_compare(&y->value, &yes, &order))
			return MET_UNKNOWN;
		return order == 0 ? MET_YES : MET_NO;
	case RULE_INCREASE:
		if (!quantity_compare(&y->value, &before, &order))
			return MET_UNKNOWN;
		return order > 0 ? MET_YES : MET_NO;
	default:
		if (!quantity_compare(&y->value, &y->target, &order))
			return MET_UNKNOWN;
		return order >= 0 ? MET_YES : MET_NO;
	}
}

bool indicator_has_target(const struct indicator_state *s, const struct indicator_year *y)
{
	int rule = s->indicator->rule;
	if (rule == RULE_NO_RULE || rule == RULE_NONE)
		return false;
	if (y->target_row)
		return true;
	if (y->baseline_row)
		return false;
	return rule == RULE_YES || rule == RULE_INCREASE ||
	    (rule == RULE_AT_LEAST_REFERENCE && y->target.set);
}

enum status indicator_status(
    const struct indicator_state *s, const struct indicator_year *y, struct date today)
{
	bool open = today.year <= y->year;
	if (!indicator_has_target(s, y))
		return INDICATOR_NO_TARGET;
	switch (rule_met(s, y)) {
	case MET_YES:
		return INDICATOR_ACHIEVED;
	case MET_NO:
		return open ? INDICATOR_IN_PROGRESS : INDICATOR_NOT_ACHIEVED;
	default:
		return open ? INDICATOR_IN_PROGRESS : INDICATOR_NO_DATA;
	}
}

enum status indicator_status_now(const struct indicator_state *s, int year, struct date today)
{
	int rule = s->indicator->rule;
	if (s->current)
		return s->current->status;
	if (rule != RULE_YES && rule != RULE_INCREASE)
		return INDICATOR_NO_TARGET;
	return today.year <= year ? INDICATOR_IN_PROGRESS : INDICATOR_NO_DATA;
}

void indicator_in_schools(const struct indicator_state *s, struct indicator_year *y)
{
	bool at_most = s->indicator->rule == RULE_AT_MOST;
	struct frac n = frac_of(y->schools_of, 100);
	struct frac k = frac_mul(y->target.number, n);
	if (s->indicator->rule != RULE_AT_LEAST && !at_most)
		return;
	if (y->schools_of <= 0 || !frac_is_set(k) || k.num < 0)
		return;
	int64_t schools = k.num / k.den + (!at_most && k.num % k.den != 0);
	if (schools <= y->schools_of || at_most)
		y->schools_needed = schools < y->schools_of ? schools : y->schools_of;
}

/*
 * What is unknown is first taken for no, then for yes; equal outcomes are the
 * outcome. One pupil more or less is tried by changing the row and asking
 * again.
 */
#include "support_slow.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* A fraction as it comes, without reducing; den 0: none. */
struct q {
	wide num, den;
};

static struct q q_of(struct decimal d)
{
	struct q r = {d.digits, d.set ? 1 : 0};
	for (int i = 0; i < d.places && d.set; i++)
		r.den *= 10;
	return r;
}

static int q_cmp(struct q a, struct q b)
{
	wide left = a.num * b.den, right = b.num * a.den;
	return (left > right) - (left < right);
}

static struct q q_add(struct q a, struct q b)
{
	return (struct q){a.num * b.den + b.num * a.den, a.den * b.den};
}

static double q_double(struct q a)
{
	return (double)a.num / (double)a.den;
}

/* -- rows -------------------------------------------------------------------- */

static bool has_level(int level, int kind)
{
	if (kind == KIND_PRIMARY)
		return level == LEVEL_PRIMARY || level == LEVEL_ANY;
	if (kind == KIND_BASIC)
		return level != LEVEL_SENIOR;
	return true;
}

static const struct result *find_result(const struct department *d, int scope,
    const struct school *s, const struct procedure *p, int year)
{
	for (size_t i = 0; i < d->nresults; i++) {
		const struct result *r = &d->results[i];
		if (r->scope == scope && (scope != SCOPE_SCHOOL || r->school == s) &&
		    r->procedure == p && r->year == year)
			return r;
	}
	return NULL;
}

static const struct context *find_context(
    const struct department *d, int scope, const struct school *s, int year)
{
	for (size_t i = 0; i < d->ncontext; i++) {
		const struct context *c = &d->context[i];
		if (c->scope == scope && (scope != SCOPE_SCHOOL || c->school == s) &&
		    c->year == year)
			return c;
	}
	return NULL;
}

static bool applies(
    const struct department *d, const struct school *s, const struct procedure *p, int year)
{
	if (!has_level(p->level, s->kind))
		return false;
	const struct result *r = find_result(d, SCOPE_SCHOOL, s, p, year);
	if (r)
		return r->status != STATUS_NO_LEVEL && r->status != STATUS_NO_PARTICIPANTS &&
		    r->status != STATUS_CANCELLED &&
		    !(r->status == STATUS_HELD && r->participants == 0);
	const struct result *municipality = find_result(d, SCOPE_MUNICIPALITY, NULL, p, year);
	const struct result *region = find_result(d, SCOPE_REGION, NULL, p, year);
	return !(municipality && municipality->status == STATUS_CANCELLED) &&
	    !(region && region->status == STATUS_CANCELLED);
}

static const struct result *held(const struct department *d, int scope, const struct school *s,
    const struct procedure *p, int year)
{
	const struct result *r = find_result(d, scope, s, p, year);
	return r && r->status == STATUS_HELD && r->participants != 0 ? r : NULL;
}

static struct q field_of(const struct result *r, int field)
{
	if (!r)
		return (struct q){0, 0};
	const struct decimal printed[] = {
	    {0}, r->pass_rate, r->quality_rate, r->mean_mark, r->mean_score};
	if (field <= FIELD_MEAN_SCORE)
		return q_of(printed[field]);
	if (r->below_minimum < 0 || r->participants <= 0)
		return (struct q){0, 0};
	return (struct q){(wide)100 * r->below_minimum, r->participants};
}

/* -- low-procedures ----------------------------------------------------------- */

static enum met low_by_share(const struct result *r, struct decimal percent)
{
	struct q s = q_of(percent), rate = q_of(r->pass_rate);
	if (r->below_minimum >= 0 && r->participants > 0)
		return q_cmp((struct q){(wide)100 * r->below_minimum, r->participants}, s) >= 0
		    ? MET_YES
		    : MET_NO;
	if (!rate.den)
		return MET_UNKNOWN;
	struct q half = {1, 2 * rate.den};
	struct q least = q_add(rate, (struct q){-half.num, half.den}), most = q_add(rate, half);
	bool low = false, not_low = false;
	for (int64_t k = 0; k <= r->participants; k++) {
		struct q pass = {(wide)100 * (r->participants - k), r->participants};
		if (r->participants <= 0 || q_cmp(pass, least) < 0 || q_cmp(pass, most) > 0)
			continue;
		if (q_cmp((struct q){(wide)100 * k, r->participants}, s) >= 0)
			low = true;
		else
			not_low = true;
	}
	if (low != not_low)
		return low ? MET_YES : MET_NO;
	struct q hundred = {100, 1};
	if (q_cmp(q_add(hundred, (struct q){-most.num, most.den}), s) >= 0)
		return MET_YES;
	if (q_cmp(q_add(hundred, (struct q){-least.num, least.den}), s) < 0)
		return MET_NO;
	return MET_UNKNOWN;
}

static enum met is_low(const struct department *d, const struct method *m, const struct school *s,
    const struct procedure *p, int year)
{
	const struct result *r = held(d, SCOPE_SCHOOL, s, p, year);
	if (!r)
		return MET_UNKNOWN;
	if (m->predicate == PREDICATE_SHARE_BELOW_MINIMUM)
		return low_by_share(r, m->percent);
	struct q own = field_of(r, m->measure);
	bool unknown = false, no = false;
	for (size_t i = 0; i < m->references.count; i++) {
		struct q other =
		    field_of(held(d, field_enum(&m->references, i), NULL, p, year), m->measure);
		if (!own.den || !other.den)
			unknown = true;
		else if (q_cmp(own, other) >= 0)
			no = true;
	}
	return no ? MET_NO : unknown ? MET_UNKNOWN : MET_YES;
}

static void count_low(const struct department *d, const struct method *m, const struct school *s,
    int year, bool unknown_is_low, int64_t *low, int64_t *applicable)
{
	*low = *applicable = 0;
	for (size_t i = 0; i < m->nprocedures; i++) {
		if (!applies(d, s, m->procedures[i], year))
			continue;
		enum met met = is_low(d, m, s, m->procedures[i], year);
		++*applicable;
		*low += met == MET_YES || (met == MET_UNKNOWN && unknown_is_low);
	}
}

static bool any_criterion(const struct department *d, const struct method *m,
    const struct school *s, int year, bool unknown_is_low)
{
	for (size_t i = 0; i < m->criteria.count; i++) {
		const struct criterion *c = (const struct criterion *)m->criteria.items + i;
		bool remains = false, all = true;
		for (int back = 1; back <= c->years; back++) {
			int64_t low, applicable;
			count_low(d, m, s, year - back, unknown_is_low, &low, &applicable);
			if (!applicable)
				continue;
			remains = true;
			all = all && low >= c->at_least;
		}
		if (remains && all)
			return true;
	}
	return false;
}

static int years_of(const struct method *m)
{
	int64_t years = 1;
	for (size_t i = 0; i < m->criteria.count; i++) {
		const struct criterion *c = (const struct criterion *)m->criteria.items + i;
		years = c->years > years ? c->years : years;
	}
	return (int)years;
}

static enum outcome low_outcome(
    const struct department *d, const struct method *m, const struct school *s, int year)
{
	int64_t low, applicable, all = 0;
	for (int back = 1; back <= years_of(m); back++) {
		count_low(d, m, s, year - back, false, &low, &applicable);
		all += applicable;
	}
	if (!all)
		return OUTCOME_NOT_APPLICABLE;
	bool without = any_criterion(d, m, s, year, false),
	     with = any_criterion(d, m, s, year, true);
	if (without != with)
		return OUTCOME_INSUFFICIENT_DATA;
	return with ? OUTCOME_IDENTIFIED : OUTCOME_NOT_IDENTIFIED;
}

static bool is_used(
    const struct method *m, const struct result *r, const struct school *s, int year)
{
	bool named = false;
	for (size_t i = 0; i < m->nprocedures; i++)
		named = named || m->procedures[i] == r->procedure;
	return named && r->scope == SCOPE_SCHOOL && r->school == s && r->year < year &&
	    r->year >= year - years_of(m) && r->status == STATUS_HELD &&
	    has_level(r->procedure->level, s->kind) && r->below_minimum >= 0 && r->participants > 0;
}

static enum yesno try_one_pupil(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	enum outcome now = low_outcome(d, m, s, year);
	enum yesno fragile = YESNO_MISSING;
	for (size_t i = 0; i < d->nresults; i++) {
		struct result *r = (struct result *)d->tables[TABLE_RESULTS].rows + i;
		if (!is_used(m, r, s, year))
			continue;
		if (fragile == YESNO_MISSING)
			fragile = YESNO_NO;
		int64_t k = r->below_minimum;
		for (int64_t other = k - 1; other <= k + 1; other += 2) {
			if (other < 0 || other > r->participants)
				continue;
			r->below_minimum = other;
			if (low_outcome(d, m, s, year) != now)
				fragile = YESNO_YES;
		}
		r->below_minimum = k;
	}
	return fragile;
}

static struct slow low_procedures(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	struct slow out = {.outcome = low_outcome(d, m, s, year)};
	int64_t low, applicable;
	count_low(d, m, s, year - 1, false, &low, &applicable);
	out.has_score = out.has_possible = out.outcome != OUTCOME_NOT_APPLICABLE;
	out.score = (double)low;
	out.possible = (double)applicable;
	if (m->predicate == PREDICATE_SHARE_BELOW_MINIMUM)
		out.fragile = try_one_pupil(d, m, s, year);
	return out;
}

/* -- index -------------------------------------------------------------------- */

/* False: a term is not known. *none: no term applies. */
static bool index_value(const struct department *d, const struct method *m, const struct school *s,
    int year, double *value, bool *none)
{
	const struct context *c = find_context(d, SCOPE_SCHOOL, s, year);
	size_t known = 0, out = 0;
	*value = m->intercept.set ? q_double(q_of(m->intercept)) : 0;
	for (size_t i = 0; i < m->terms.count; i++) {
		const struct term *t = (const struct term *)m->terms.items + i;
		struct q k = c ? q_of(c->values[t->metric->row.index]) : (struct q){0, 0};
		struct q n = {100, 1};
		if (t->metric->kind == METRIC_COUNT)
			n = c ? q_of(c->values[t->metric->of->row.index]) : (struct q){0, 0};
		if (!has_level(t->metric->level, s->kind) || (n.den && n.num == 0)) {
			out++;
		} else if (k.den && n.den) {
			known++;
			*value += q_double(q_of(t->weight)) * q_double(k) / q_double(n);
		}
	}
	*none = out == m->terms.count;
	return known == m->terms.count;
}

static struct slow index_kind(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	double values[256], own;
	size_t n = 0;
	bool none;
	for (size_t i = 0; i < d->nschools; i++)
		if (school_open(&d->schools[i], year) &&
		    index_value(d, m, &d->schools[i], year, &own, &none))
			values[n++] = own;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j + 1 < n; j++)
			if (values[j] > values[j + 1]) {
				double keep = values[j];
				values[j] = values[j + 1];
				values[j + 1] = keep;
			}
	struct slow out = {.outcome = OUTCOME_INSUFFICIENT_DATA};
	out.has_score = index_value(d, m, s, year, &out.score, &none);
	if (none)
		out.outcome = OUTCOME_NOT_APPLICABLE;
	if (none || !out.has_score || (int64_t)n < m->minimum_schools)
		return out;
	double place = (double)(n - 1) * q_double(q_of(m->q));
	size_t down = (size_t)place, up = down + 1 < n ? down + 1 : down;
	double cutoff = values[down] + (place - (double)down) * (values[up] - values[down]);
	out.outcome = out.score <= cutoff + 1e-9 ? OUTCOME_IDENTIFIED : OUTCOME_NOT_IDENTIFIED;
	return out;
}

/* -- points ------------------------------------------------------------------- */

/* What a rule measures for a school (or a scope) in one year, as two numbers
 * that are summed; not applicable, unknown or known. */
struct amount {
	enum met state; /* NOT_APPLICABLE, UNKNOWN, YES: known */
	struct q num, den;
};

static struct amount measure(const struct department *d, const struct measure *m,
    const struct procedure *p, int scope, const struct school *s, int year)
{
	struct amount a = {MET_UNKNOWN, {0, 0}, {1, 1}};
	if (m->form == FORM_RESULT) {
		const struct result *r = held(d, scope, s, p, year);
		if (s && !applies(d, s, p, year))
			a.state = MET_NOT_APPLICABLE;
		else if (r && m->field == FIELD_BELOW_MINIMUM_SHARE) {
			if (r->below_minimum >= 0 && r->participants > 0)
				a = (struct amount){MET_YES, {(wide)100 * r->below_minimum, 1},
				    {r->participants, 1}};
		} else if (r) {
			a.num = field_of(r, m->field);
		}
	} else {
		const struct context *c = find_context(d, scope, s, year);
		if (s &&
		    (!has_level(m->metric->level, s->kind) ||
		        (m->of && !has_level(m->of->level, s->kind)))) {
			a.state = MET_NOT_APPLICABLE;
		} else if (c) {
			a.num = q_of(c->values[m->metric->row.index]);
			if (m->of) {
				a.num.num *= 100;
				a.den = q_of(c->values[m->of->row.index]);
			}
			if (a.den.den && a.den.num == 0)
				a.state = MET_NOT_APPLICABLE;
		}
	}
	if (a.state == MET_UNKNOWN && a.num.den && a.den.den)
		a.state = MET_YES;
	return a;
}

/* Of one year, or summed over the years of the rule. */
static struct amount over_years(const struct department *d, const struct method_rule *rule,
    const struct measure *m, const struct procedure *p, int scope, const struct school *s,
    int latest)
{
	struct amount sum = {MET_NOT_APPLICABLE, {0, 1}, {0, 1}};
	if (rule->over != OVER_SUM)
		return measure(d, m, p, scope, s, latest);
	for (int back = 0; back < rule->years; back++) {
		struct amount a = measure(d, m, p, scope, s, latest - back);
		if (a.state == MET_NOT_APPLICABLE)
			continue;
		if (a.state == MET_UNKNOWN)
			return a;
		sum.state = MET_YES;
		sum.num = q_add(sum.num, a.num);
		sum.den = q_add(sum.den, a.den);
	}
	if (m->form == FORM_CONTEXT && !m->of)
		sum.den = (struct q){1, 1};
	return sum;
}

static struct q quotient(struct amount a)
{
	return (struct q){a.num.num * a.den.den, a.num.den * a.den.num};
}

static enum met compare(int op, struct q value, struct q threshold)
{
	if (op == OPERATOR_PRESENT)
		return value.num > 0 ? MET_YES : MET_NO;
	int order = q_cmp(value, threshold);
	bool holds = op == OPERATOR_LESS ? order < 0
	    : op == OPERATOR_AT_MOST     ? order <= 0
	    : op == OPERATOR_MORE        ? order > 0
	                                 : order >= 0;
	return holds ? MET_YES : MET_NO;
}

static int reference_scope(const struct method_rule *rule)
{
	static const int scopes[] = {
	    SCOPE_NONE, SCOPE_NONE, SCOPE_MUNICIPALITY, SCOPE_REGION, SCOPE_REGION};
	return scopes[rule->reference];
}

static enum met one_procedure(const struct department *d, const struct method_rule *rule,
    const struct measure *m, const struct procedure *p, const struct school *s, int latest)
{
	struct amount own = over_years(d, rule, m, p, SCOPE_SCHOOL, s, latest);
	if (own.state != MET_YES)
		return own.state;
	if (!reference_scope(rule))
		return compare(rule->op, quotient(own), q_of(rule->threshold));
	struct amount other = over_years(d, rule, m, p, reference_scope(rule), NULL, latest);
	if (other.state != MET_YES)
		return MET_UNKNOWN;
	return compare(rule->op ? rule->op : OPERATOR_LESS, quotient(own), quotient(other));
}

static enum met gap(const struct department *d, const struct method_rule *rule,
    const struct measure *m, const struct school *s, int latest)
{
	struct q sum = {0, 1};
	bool some = false, unknown = false;
	for (size_t i = 0; i < m->nprocedures; i++) {
		struct amount own =
		    over_years(d, rule, m, m->procedures[i], SCOPE_SCHOOL, s, latest);
		struct amount other =
		    over_years(d, rule, m, m->procedures[i], SCOPE_REGION, NULL, latest);
		some = some || own.state != MET_NOT_APPLICABLE;
		if (own.state != MET_YES || other.state != MET_YES) {
			unknown = true;
			continue;
		}
		struct q less = quotient(own);
		sum = q_add(sum, q_add(quotient(other), (struct q){-less.num, less.den}));
	}
	if (!some)
		return MET_NOT_APPLICABLE;
	return unknown ? MET_UNKNOWN
	               : compare(rule->op ? rule->op : OPERATOR_MORE, sum, q_of(rule->threshold));
}

/* Counts of the answers that were given; what does not apply is not one. */
struct answers {
	int yes, no, unknown;
};

static void answer(struct answers *a, enum met met)
{
	a->yes += met == MET_YES;
	a->no += met == MET_NO;
	a->unknown += met == MET_UNKNOWN;
}

static enum met all_of(struct answers a)
{
	if (a.no)
		return MET_NO;
	if (a.unknown)
		return MET_UNKNOWN;
	return a.yes ? MET_YES : MET_NOT_APPLICABLE;
}

static enum met any_of(struct answers a)
{
	if (a.yes)
		return MET_YES;
	if (a.unknown)
		return MET_UNKNOWN;
	return a.no ? MET_NO : MET_NOT_APPLICABLE;
}

static enum met rule_met(const struct department *d, const struct method_rule *rule,
    const struct measure *m, const struct school *s, int year)
{
	int latest = m->form == FORM_RESULT ? year - 1 : year;
	int steps = rule->over == OVER_EACH ? (int)rule->years : 1;
	struct answers procedures = {0, 0, 0}, gaps = {0, 0, 0};
	if (rule->reference == REFERENCE_GAP_REGION && m->form == FORM_RESULT) {
		for (int back = 0; back < steps; back++)
			answer(&gaps, gap(d, rule, m, s, latest - back));
		return all_of(gaps);
	}
	for (size_t i = 0; i < (m->nprocedures ? m->nprocedures : 1); i++) {
		struct answers years = {0, 0, 0};
		for (int back = 0; back < steps; back++)
			answer(&years,
			    one_procedure(d, rule, m, m->nprocedures ? m->procedures[i] : NULL, s,
			        latest - back));
		answer(&procedures, all_of(years));
	}
	return rule->match == MATCH_ANY ? any_of(procedures) : all_of(procedures);
}

static struct slow points(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	struct slow out = {.outcome = OUTCOME_UNDETERMINED};
	double met_points = 0, open_points = 0, all_points = 0;
	int met = 0, open = 0, applicable = 0;
	bool has_points = false;
	for (size_t i = 0; i < m->rules.count; i++) {
		const struct method_rule *rule = (const struct method_rule *)m->rules.rows + i;
		enum met answer = rule_met(d, rule, &m->measures[i], s, year);
		double worth = rule->points.set ? q_double(q_of(rule->points)) : 0;
		has_points = has_points || rule->points.set;
		if (answer == MET_NOT_APPLICABLE)
			continue;
		applicable++;
		all_points += worth;
		met += answer == MET_YES;
		open += answer == MET_UNKNOWN;
		met_points += answer == MET_YES ? worth : 0;
		open_points += answer == MET_UNKNOWN ? worth : 0;
	}
	if (!applicable) {
		out.outcome = OUTCOME_NOT_APPLICABLE;
		return out;
	}
	out.has_score = out.has_possible = true;
	out.score = has_points ? met_points : met;
	out.possible = has_points ? all_points : applicable;
	bool lower = false, upper = false;
	if (m->cutoff_points.set) {
		double cutoff = q_double(q_of(m->cutoff_points));
		lower = met_points >= cutoff - 1e-9;
		upper = met_points + open_points >= cutoff - 1e-9;
	} else if (m->cutoff_met >= 0) {
		lower = met >= m->cutoff_met;
		upper = met + open >= m->cutoff_met;
	} else {
		return out;
	}
	out.outcome = lower ? OUTCOME_IDENTIFIED
	    : upper         ? OUTCOME_INSUFFICIENT_DATA
	                    : OUTCOME_NOT_IDENTIFIED;
	return out;
}

/* -- factors ------------------------------------------------------------------ */

static struct slow factors(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	struct slow out = {
	    .outcome = OUTCOME_UNDETERMINED, .has_score = true, .has_possible = true};
	int present = 0, absent = 0, all = (int)m->rules.count;
	for (int i = 0; i < all; i++) {
		const struct method_factor *f = (const struct method_factor *)m->rules.rows + i;
		for (size_t j = 0; j < d->nfactors; j++) {
			const struct factor_row *row = &d->factors[j];
			if (row->school == s && row->year == year &&
			    strcmp(row->factor, f->id) == 0) {
				present += row->present == YESNO_YES;
				absent += row->present == YESNO_NO;
			}
		}
	}
	out.score = present;
	out.possible = all;
	if (m->at_least < 0)
		return out;
	out.outcome = present >= m->at_least ? OUTCOME_IDENTIFIED
	    : all - absent >= m->at_least    ? OUTCOME_INSUFFICIENT_DATA
	                                     : OUTCOME_NOT_IDENTIFIED;
	return out;
}

struct slow slow_identify(
    struct department *d, const struct method *m, const struct school *s, int year)
{
	switch (m->kind) {
	case METHOD_LOW_PROCEDURES:
		return low_procedures(d, m, s, year);
	case METHOD_INDEX:
		return index_kind(d, m, s, year);
	case METHOD_POINTS:
		return points(d, m, s, year);
	default:
		return factors(d, m, s, year);
	}
}

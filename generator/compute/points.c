/*
 * Each rule is compared by itself (compute/rule). The answers are joined first
 * over the years of one procedure, then over the procedures; rules known met
 * are counted, or their points added.
 */
#include "compute/rule.h"

#include <string.h>

static const char *const operators[] = {"", "<", "<=", ">", ">=", "present"};

/* -- rows of the basis ------------------------------------------------------ */

static void add_sources(
    struct sources *s, struct arena *a, const struct rule_plan *p, size_t item, int first, int last)
{
	for (int back = first; back <= last; back++) {
		sources_add(s, a, rule_amounts(p, item)[back].source);
		sources_add(s, a, p->items[item].references[back].source);
	}
}

static struct basis *add_row(struct identification *out, struct arena *a, const struct rule_plan *p,
    const struct school *s, const struct rule_comparison *c)
{
	struct basis *b = identification_basis(out, a, s);
	const struct metric *metric = p->measure->metric;
	b->rule = p->rule->id;
	b->title = p->rule->title;
	b->period = p->period;
	b->measure = p->measure_text;
	b->op = operators[p->op];
	b->met = c->met;
	b->metric = metric;
	b->of = p->measure->of;
	b->threshold = c->threshold;
	if (metric && metric->kind == METRIC_YESNO && !b->of && frac_is_set(c->value))
		b->present = c->value.num > 0 ? YESNO_YES : YESNO_NO;
	else
		b->value = c->value;
	return b;
}

/* What a comparison of one item in one year is made of. */
static void add_cell(struct basis *b, const struct rule_plan *p, size_t item, int step)
{
	const struct rule_amount *m = &rule_amounts(p, item)[step];
	b->result = m->result;
	b->context = m->context;
	b->reference = p->items[item].references[step].result;
	if (m->result) {
		b->k = m->result->below_minimum;
		b->n = m->result->participants;
	} else if (m->context && p->measure->of) {
		struct decimal k = m->context->values[p->measure->metric->row.index];
		struct decimal n = m->context->values[p->measure->of->row.index];
		b->k = k.set ? decimal_int(k, NULL) : -1;
		b->n = n.set ? decimal_int(n, NULL) : -1;
	}
}

static struct rule_comparison add_comparison(struct identification *out, struct arena *a,
    const struct rule_plan *p, const struct school *s, size_t item, int step, bool alone)
{
	bool each = p->rule->over == OVER_EACH, one_year = each || p->nyears == 1;
	struct rule_comparison c = rule_compare(p, item, step);
	struct basis *b = add_row(out, a, p, s, &c);

	if (!alone) {
		b->rule = p->items[item].rule;
		b->title = p->items[item].title;
		b->period = each ? p->periods[step] : p->period;
	}
	if (one_year && (!p->gap || p->nitems == 1))
		add_cell(b, p, item, step);
	for (size_t i = p->gap ? 0 : item; i < (p->gap ? p->nitems : item + 1); i++)
		add_sources(&b->sources, a, p, i, each ? step : 0, each ? step : p->nyears - 1);
	return c;
}

static void add_verdict(struct identification *out, struct arena *a, const struct rule_plan *p,
    const struct school *s, enum met met)
{
	struct rule_comparison c = {met, {0, 0}, {0, 0}};
	if (p->scope == SCOPE_NONE || p->gap)
		c.threshold = decimal_frac(p->rule->threshold);
	struct basis *b = add_row(out, a, p, s, &c);
	for (size_t i = 0; i < p->nitems; i++)
		add_sources(&b->sources, a, p, i, 0, p->nyears - 1);
}

static enum met apply_rule(struct identification *out, struct arena *a, const struct department *d,
    struct rule_plan *p, const struct school *s)
{
	int steps = rule_steps(p);
	size_t items = rule_items(p);
	bool alone = items == 1 && steps == 1;
	enum met met = MET_NOT_APPLICABLE;

	rule_read(p, d, s);
	for (size_t i = 0; i < items; i++) {
		enum met over_years = MET_NOT_APPLICABLE;
		for (int step = 0; step < steps; step++) {
			struct rule_comparison c = add_comparison(out, a, p, s, i, step, alone);
			over_years = met_and(over_years, c.met);
		}
		met = p->rule->match == MATCH_ANY ? met_or(met, over_years)
		                                  : met_and(met, over_years);
	}
	if (!alone)
		add_verdict(out, a, p, s, met);
	if (met == MET_YES || met == MET_NO)
		out->basis[out->nbasis - 1].points = met == MET_YES || !p->rule->points.set
		    ? decimal_frac(p->rule->points)
		    : frac_of(0, 1);
	return met;
}

/* -- the decision ----------------------------------------------------------- */

struct score {
	int64_t met, unknown, applicable; /* rules */
	struct frac points, unknown_points, possible;
};

static void count_rule(struct score *n, const struct method_rule *rule, enum met met)
{
	struct frac points = rule->points.set ? decimal_frac(rule->points) : frac_of(0, 1);
	if (met == MET_NOT_APPLICABLE)
		return;
	n->applicable++;
	n->possible = frac_add(n->possible, points);
	if (met == MET_YES) {
		n->met++;
		n->points = frac_add(n->points, points);
	} else if (met == MET_UNKNOWN) {
		n->unknown++;
		n->unknown_points = frac_add(n->unknown_points, points);
	}
}

static void decide(
    struct school_result *r, const struct method *m, const struct score *n, bool has_points)
{
	if (n->applicable == 0) {
		r->outcome = OUTCOME_NOT_APPLICABLE;
		return;
	}
	r->score = has_points ? n->points : frac_of(n->met, 1);
	r->score_possible = has_points ? n->possible : frac_of(n->applicable, 1);
	r->outcome = OUTCOME_UNDETERMINED;
	if (has_points && m->cutoff_points.set) {
		struct frac cutoff = decimal_frac(m->cutoff_points);
		struct frac most = frac_add(n->points, n->unknown_points);
		r->lower = frac_cmp(n->points, cutoff) >= 0;
		r->upper = frac_cmp(most, cutoff) >= 0;
		r->outcome = outcome_between(r->lower, r->upper);
	} else if (m->cutoff_met >= 0) {
		r->lower = n->met >= m->cutoff_met;
		r->upper = n->met + n->unknown >= m->cutoff_met;
		r->outcome = outcome_between(r->lower, r->upper);
	}
}

void identify_points(struct identification *out, struct arena *a, const struct department *d)
{
	const struct method *m = out->method;
	struct rule_plan *plans = arena_array(a, m->rules.count + 1, sizeof(*plans));
	bool has_points = false;

	for (size_t i = 0; i < m->rules.count; i++) {
		rule_plan(&plans[i], a, d, m, i, out->year);
		has_points |= plans[i].rule->points.set;
	}
	if (has_points && m->cutoff_points.set)
		out->cutoff = decimal_frac(m->cutoff_points);
	else if (m->cutoff_met >= 0)
		out->cutoff = frac_of(m->cutoff_met, 1);
	for (size_t i = 0; i < out->nschools; i++) {
		struct score n = {0, 0, 0, frac_of(0, 1), frac_of(0, 1), frac_of(0, 1)};
		for (size_t j = 0; j < m->rules.count; j++) {
			enum met met = apply_rule(out, a, d, &plans[j], out->schools[i].school);
			count_rule(&n, plans[j].rule, met);
		}
		decide(&out->schools[i], m, &n, has_points);
	}
}

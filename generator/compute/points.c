/*
 * Each rule becomes a plan made once for a list: its years, the procedures it
 * reads (for the context one item without a procedure), and what municipality
 * and region have, which is the same for all schools. For a school every item
 * and year gives an amount, a quotient num/den; amounts are summed over years
 * or procedures where the rule says so, then compared. The answers are joined
 * first over the years of one procedure, then over the procedures.
 */
#include "compute/sitting.h"

#include <string.h>

struct amount {
	enum sitting_state state; /* HELD: known */
	struct frac num, den;
	const struct row *source;
	const struct result *result;
	const struct context *context;
};

/* One procedure, or the metrics of the context. */
struct item {
	const struct procedure *procedure; /* NULL: context */
	const char *rule, *title;          /* of its own rows in the basis */
	const struct result **covers;      /* [nyears] */
	struct amount *references;         /* [nyears] */
};

struct plan {
	const struct method_rule *rule;
	const struct measure *measure;
	struct item *items;
	size_t nitems;
	int latest; /* year; the others go back from it */
	int nyears, scope;
	int op;
	bool gap;
	const char *measure_text, *period; /* of the whole rule */
	const char **periods;              /* [nyears] */
	struct amount *amounts;            /* work: [nitems][nyears] of one school */
};

struct comparison {
	enum met met;
	struct frac value, threshold;
};

static const char *const operators[] = {"", "<", "<=", ">", ">=", "present"};

/* -- amounts ---------------------------------------------------------------- */

static struct amount of_result(const struct plan *p, const struct result *r)
{
	struct amount m = {.state = SITTING_UNKNOWN, .source = &r->row, .result = r};
	int field = p->measure->field;
	bool counts = field == FIELD_BELOW_MINIMUM_SHARE;

	if (counts && r->below_minimum >= 0 && r->participants > 0) {
		m.num = frac_mul(frac_of(100, 1), frac_of(r->below_minimum, 1));
		m.den = frac_of(r->participants, 1);
	} else if (!counts && p->rule->over == OVER_SUM && r->participants > 0) {
		m.num = frac_mul(result_value(r, field), frac_of(r->participants, 1));
		m.den = frac_of(r->participants, 1);
	} else if (!counts && p->rule->over != OVER_SUM) {
		m.num = result_value(r, field);
		m.den = frac_of(1, 1);
	}
	if (frac_is_set(m.num) && frac_is_set(m.den))
		m.state = SITTING_HELD;
	return m;
}

static struct amount of_context(const struct plan *p, const struct context *c)
{
	struct amount m = {.state = SITTING_UNKNOWN};
	const struct metric *of = p->measure->of;
	if (!c)
		return m;
	m.source = &c->row;
	m.context = c;
	m.num = decimal_frac(c->values[p->measure->metric->row.index]);
	m.den = frac_of(1, 1);
	if (of) {
		m.num = frac_mul(frac_of(100, 1), m.num);
		m.den = decimal_frac(c->values[of->row.index]);
		if (frac_is_set(m.den) && m.den.num == 0) {
			m.state = SITTING_NOT_APPLICABLE;
			return m;
		}
	}
	if (frac_is_set(m.num) && frac_is_set(m.den))
		m.state = SITTING_HELD;
	return m;
}

static struct amount school_amount(const struct plan *p, const struct item *i,
    const struct department *d, const struct school *s, int back)
{
	const struct measure *measure = p->measure;
	int year = p->latest - back;
	if (i->procedure) {
		struct sitting cell = sitting_of(d, s, i->procedure, year, i->covers[back]);
		if (cell.state == SITTING_HELD)
			return of_result(p, cell.row);
		return (struct amount){
		    .state = cell.state, .source = cell.source, .result = cell.row};
	}
	if (!level_applies(measure->metric->level, s->kind) ||
	    (measure->of && !level_applies(measure->of->level, s->kind)))
		return (struct amount){.state = SITTING_NOT_APPLICABLE};
	return of_context(p, department_context(d, SCOPE_SCHOOL, s, year));
}

static struct amount reference_amount(
    const struct plan *p, const struct item *i, const struct department *d, int back)
{
	int year = p->latest - back;
	if (p->scope == SCOPE_NONE)
		return (struct amount){.state = SITTING_UNKNOWN};
	if (!i->procedure)
		return of_context(p, department_context(d, p->scope, NULL, year));
	const struct result *r = sitting_reference(d, p->scope, i->procedure, year);
	return r ? of_result(p, r) : (struct amount){.state = SITTING_UNKNOWN};
}

/* Over the years: one that misses makes it unknown, one in which nothing took
 * place adds nothing. A number that is no share has no denominator to sum. */
static struct amount sum_years(const struct plan *p, const struct amount *years)
{
	bool plain = !p->measure->of && p->measure->form == FORM_CONTEXT;
	struct amount sum = {SITTING_NOT_APPLICABLE, frac_of(0, 1), frac_of(plain, 1), NULL, NULL, NULL};
	for (int back = 0; back < p->nyears; back++) {
		const struct amount *m = &years[back];
		if (m->state == SITTING_NOT_APPLICABLE)
			continue;
		if (m->state == SITTING_UNKNOWN)
			return (struct amount){.state = SITTING_UNKNOWN};
		sum.state = SITTING_HELD;
		sum.num = frac_add(sum.num, m->num);
		if (!plain)
			sum.den = frac_add(sum.den, m->den);
	}
	return sum;
}

/* -- comparing -------------------------------------------------------------- */

static bool holds(int op, struct frac value, struct frac threshold)
{
	if (op == OPERATOR_PRESENT)
		return value.num > 0;
	int order = frac_cmp(value, threshold);
	switch (op) {
	case OPERATOR_LESS:
		return order < 0;
	case OPERATOR_AT_MOST:
		return order <= 0;
	case OPERATOR_MORE:
		return order > 0;
	default:
		return order >= 0;
	}
}

static struct comparison compare(
    const struct plan *p, enum sitting_state state, struct frac value, struct frac threshold)
{
	struct comparison c = {MET_UNKNOWN, value, threshold};
	if (state == SITTING_NOT_APPLICABLE) {
		c.met = MET_NOT_APPLICABLE;
		c.value = (struct frac){0, 0};
	} else if (frac_is_set(value) && (frac_is_set(threshold) || p->op == OPERATOR_PRESENT)) {
		c.met = holds(p->op, value, threshold) ? MET_YES : MET_NO;
	}
	return c;
}

static struct frac amount_value(const struct amount *m)
{
	return m->state == SITTING_HELD ? frac_div(m->num, m->den) : (struct frac){0, 0};
}

static const struct amount *at(const struct plan *p, size_t item)
{
	return p->amounts + item * (size_t)p->nyears;
}

/* The school's and the reference's amount of an item: of one year, or summed. */
static void amounts_of(const struct plan *p, size_t item, int step, struct amount *school,
    struct amount *reference)
{
	bool sum = p->rule->over == OVER_SUM;
	*school = sum ? sum_years(p, at(p, item)) : at(p, item)[step];
	*reference = sum ? sum_years(p, p->items[item].references) : p->items[item].references[step];
}

static struct comparison compare_item(const struct plan *p, size_t item, int step)
{
	struct amount school, reference;
	amounts_of(p, item, step, &school, &reference);
	struct frac threshold =
	    p->scope == SCOPE_NONE ? decimal_frac(p->rule->threshold) : amount_value(&reference);
	return compare(p, school.state, amount_value(&school), threshold);
}

/* Region less school, summed over the procedures: it needs all of them. */
static struct comparison compare_gap(const struct plan *p, int step)
{
	struct frac gap = frac_of(0, 1);
	enum sitting_state state = SITTING_NOT_APPLICABLE;
	for (size_t i = 0; i < p->nitems; i++) {
		struct amount school, reference;
		amounts_of(p, i, step, &school, &reference);
		if (school.state != SITTING_NOT_APPLICABLE)
			state = SITTING_UNKNOWN;
		gap = frac_add(gap, frac_sub(amount_value(&reference), amount_value(&school)));
	}
	return compare(p, state, gap, decimal_frac(p->rule->threshold));
}

/* -- the plan --------------------------------------------------------------- */

static void plan_years(struct plan *p, struct arena *a, int list_year)
{
	const struct method_rule *rule = p->rule;
	bool several = rule->over == OVER_EACH || rule->over == OVER_SUM;
	p->latest = p->measure->form == FORM_RESULT ? list_year - 1 : list_year;
	p->nyears = several && rule->years > 1 ? (int)rule->years : 1;
	p->periods = arena_array(a, (size_t)p->nyears, sizeof(*p->periods));
	for (int back = 0; back < p->nyears; back++)
		p->periods[back] = arena_printf(a, "%d", p->latest - back);
	p->period = p->periods[0];
	if (p->nyears > 1)
		p->period = arena_printf(a, "%d-%d", p->latest - p->nyears + 1, p->latest);
}

static const char *measure_text(const struct plan *p, struct arena *a)
{
	static const char *const tails[] = {"", "", "/municipality", "/region", "/gap-region"};
	const struct measure *m = p->measure;
	const char *tail = tails[p->rule->reference];
	if (m->form == FORM_RESULT)
		return arena_printf(a, "%s%s", result_fields[m->field - 1], tail);
	if (m->of)
		return arena_printf(a, "%s/%s%s", m->metric->id, m->of->id, tail);
	return arena_printf(a, "%s%s", m->metric->id, tail);
}

static void plan_item(struct plan *p, struct item *item, struct arena *a,
    const struct department *d, const struct procedure *procedure)
{
	const struct metric *metric = p->measure->metric;
	item->procedure = procedure;
	item->title = procedure ? procedure->title : metric->title;
	item->rule = arena_printf(a, "%s/%s", p->rule->id, procedure ? procedure->id : metric->id);
	item->covers = arena_array(a, (size_t)p->nyears, sizeof(*item->covers));
	item->references = arena_array(a, (size_t)p->nyears, sizeof(*item->references));
	for (int back = 0; back < p->nyears; back++) {
		if (procedure)
			item->covers[back] = sitting_cover(d, procedure, p->latest - back);
		item->references[back] = reference_amount(p, item, d, back);
	}
}

static void make_plan(struct plan *p, struct arena *a, const struct department *d,
    const struct method *m, size_t number, int list_year)
{
	static const int scopes[] = {
	    SCOPE_NONE, SCOPE_NONE, SCOPE_MUNICIPALITY, SCOPE_REGION, SCOPE_REGION};
	p->rule = table_row(&m->rules, number);
	p->measure = &m->measures[p->rule->row.index];
	p->scope = scopes[p->rule->reference];
	p->gap = p->rule->reference == REFERENCE_GAP_REGION;
	p->op = p->rule->op;
	if (p->op == OPERATOR_NONE)
		p->op = p->gap ? OPERATOR_MORE : OPERATOR_LESS;
	plan_years(p, a, list_year);
	p->measure_text = measure_text(p, a);
	p->nitems = p->measure->nprocedures ? p->measure->nprocedures : 1;
	p->items = arena_array(a, p->nitems, sizeof(*p->items));
	p->amounts = arena_array(a, p->nitems * (size_t)p->nyears, sizeof(*p->amounts));
	for (size_t i = 0; i < p->nitems; i++)
		plan_item(p, &p->items[i], a, d,
		    p->measure->nprocedures ? p->measure->procedures[i] : NULL);
	if (p->gap && p->nitems > 1) { /* one comparison of them all */
		p->items[0].rule = arena_printf(a, "%s/gap", p->rule->id);
		p->items[0].title = p->rule->title;
	}
}

/* -- rows of the basis ------------------------------------------------------ */

static void add_sources(struct sources *s, struct arena *a, const struct plan *p, size_t item,
    int first, int last)
{
	for (int back = first; back <= last; back++) {
		sources_add(s, a, at(p, item)[back].source);
		sources_add(s, a, p->items[item].references[back].source);
	}
}

static struct basis *add_row(struct identification *out, struct arena *a, const struct plan *p,
    const struct school *s, const struct comparison *c)
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
static void add_cell(struct basis *b, const struct plan *p, size_t item, int step)
{
	const struct amount *m = &at(p, item)[step];
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

static struct comparison add_comparison(struct identification *out, struct arena *a,
    const struct plan *p, const struct school *s, size_t item, int step, bool alone)
{
	bool each = p->rule->over == OVER_EACH, one_year = each || p->nyears == 1;
	struct comparison c = p->gap ? compare_gap(p, step) : compare_item(p, item, step);
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

static void add_verdict(struct identification *out, struct arena *a, const struct plan *p,
    const struct school *s, enum met met)
{
	struct comparison c = {met, {0, 0}, {0, 0}};
	if (p->scope == SCOPE_NONE || p->gap)
		c.threshold = decimal_frac(p->rule->threshold);
	struct basis *b = add_row(out, a, p, s, &c);
	for (size_t i = 0; i < p->nitems; i++)
		add_sources(&b->sources, a, p, i, 0, p->nyears - 1);
}

static enum met apply_rule(struct identification *out, struct arena *a,
    const struct department *d, struct plan *p, const struct school *s)
{
	int steps = p->rule->over == OVER_EACH ? p->nyears : 1;
	size_t items = p->gap ? 1 : p->nitems;
	bool alone = items == 1 && steps == 1;
	enum met met = MET_NOT_APPLICABLE;

	for (size_t i = 0; i < p->nitems; i++)
		for (int back = 0; back < p->nyears; back++)
			p->amounts[i * (size_t)p->nyears + (size_t)back] =
			    school_amount(p, &p->items[i], d, s, back);
	for (size_t i = 0; i < items; i++) {
		enum met over_years = MET_NOT_APPLICABLE;
		for (int step = 0; step < steps; step++) {
			struct comparison c = add_comparison(out, a, p, s, i, step, alone);
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

static void decide(struct school_result *r, const struct method *m, const struct score *n,
    bool has_points)
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
	struct plan *plans = arena_array(a, m->rules.count + 1, sizeof(*plans));
	bool has_points = false;

	for (size_t i = 0; i < m->rules.count; i++) {
		make_plan(&plans[i], a, d, m, i, out->year);
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

/*
 * Every item and year gives an amount, a quotient num/den; amounts are summed
 * over years or procedures where the rule says so, then compared.
 */
#include "compute/rule.h"

/* -- amounts ---------------------------------------------------------------- */

static struct rule_amount of_result(const struct rule_plan *p, const struct result *r)
{
	struct rule_amount m = {.state = SITTING_UNKNOWN, .source = &r->row, .result = r};
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

static struct rule_amount of_context(const struct rule_plan *p, const struct context *c)
{
	struct rule_amount m = {.state = SITTING_UNKNOWN};
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

static struct rule_amount school_amount(const struct rule_plan *p, const struct rule_item *i,
    const struct department *d, const struct school *s, int back)
{
	const struct measure *measure = p->measure;
	int year = p->latest - back;
	if (i->procedure) {
		struct sitting cell = sitting_of(d, s, i->procedure, year, i->covers[back]);
		if (cell.state == SITTING_HELD)
			return of_result(p, cell.row);
		return (struct rule_amount){
		    .state = cell.state, .source = cell.source, .result = cell.row};
	}
	if (!level_applies(measure->metric->level, s->kind) ||
	    (measure->of && !level_applies(measure->of->level, s->kind)))
		return (struct rule_amount){.state = SITTING_NOT_APPLICABLE};
	return of_context(p, department_context(d, SCOPE_SCHOOL, s, year));
}

static struct rule_amount reference_amount(
    const struct rule_plan *p, const struct rule_item *i, const struct department *d, int back)
{
	int year = p->latest - back;
	if (p->scope == SCOPE_NONE)
		return (struct rule_amount){.state = SITTING_UNKNOWN};
	if (!i->procedure)
		return of_context(p, department_context(d, p->scope, NULL, year));
	const struct result *r = sitting_reference(d, p->scope, i->procedure, year);
	return r ? of_result(p, r) : (struct rule_amount){.state = SITTING_UNKNOWN};
}

/* Over the years: one that misses makes it unknown, one in which nothing took
 * place adds nothing. A number that is no share has no denominator to sum. */
static struct rule_amount sum_years(const struct rule_plan *p, const struct rule_amount *years)
{
	bool plain = !p->measure->of && p->measure->form == FORM_CONTEXT;
	struct rule_amount sum = {
	    SITTING_NOT_APPLICABLE, frac_of(0, 1), frac_of(plain, 1), NULL, NULL, NULL};
	for (int back = 0; back < p->nyears; back++) {
		const struct rule_amount *m = &years[back];
		if (m->state == SITTING_NOT_APPLICABLE)
			continue;
		if (m->state == SITTING_UNKNOWN)
			return (struct rule_amount){.state = SITTING_UNKNOWN};
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

static struct rule_comparison compare(
    const struct rule_plan *p, enum sitting_state state, struct frac value, struct frac threshold)
{
	struct rule_comparison c = {MET_UNKNOWN, value, threshold};
	if (state == SITTING_NOT_APPLICABLE) {
		c.met = MET_NOT_APPLICABLE;
		c.value = (struct frac){0, 0};
	} else if (frac_is_set(value) && (frac_is_set(threshold) || p->op == OPERATOR_PRESENT)) {
		c.met = holds(p->op, value, threshold) ? MET_YES : MET_NO;
	}
	return c;
}

static struct frac amount_value(const struct rule_amount *m)
{
	return m->state == SITTING_HELD ? frac_div(m->num, m->den) : (struct frac){0, 0};
}

const struct rule_amount *rule_amounts(const struct rule_plan *p, size_t item)
{
	return p->amounts + item * (size_t)p->nyears;
}

/* The school's and the reference's amount of an item: of one year, or summed. */
static void amounts_of(const struct rule_plan *p, size_t item, int step, struct rule_amount *school,
    struct rule_amount *reference)
{
	bool sum = p->rule->over == OVER_SUM;
	*school = sum ? sum_years(p, rule_amounts(p, item)) : rule_amounts(p, item)[step];
	*reference =
	    sum ? sum_years(p, p->items[item].references) : p->items[item].references[step];
}

static struct rule_comparison compare_item(const struct rule_plan *p, size_t item, int step)
{
	struct rule_amount school, reference;
	amounts_of(p, item, step, &school, &reference);
	struct frac threshold =
	    p->scope == SCOPE_NONE ? decimal_frac(p->rule->threshold) : amount_value(&reference);
	return compare(p, school.state, amount_value(&school), threshold);
}

/* Region less school, summed over the procedures: it needs all of them. */
static struct rule_comparison compare_gap(const struct rule_plan *p, int step)
{
	struct frac gap = frac_of(0, 1);
	enum sitting_state state = SITTING_NOT_APPLICABLE;
	for (size_t i = 0; i < p->nitems; i++) {
		struct rule_amount school, reference;
		amounts_of(p, i, step, &school, &reference);
		if (school.state != SITTING_NOT_APPLICABLE)
			state = SITTING_UNKNOWN;
		gap = frac_add(gap, frac_sub(amount_value(&reference), amount_value(&school)));
	}
	return compare(p, state, gap, decimal_frac(p->rule->threshold));
}

/* -- the plan --------------------------------------------------------------- */

static void plan_years(struct rule_plan *p, struct arena *a, int list_year)
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

static const char *measure_text(const struct rule_plan *p, struct arena *a)
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

static void plan_item(struct rule_plan *p, struct rule_item *item, struct arena *a,
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

void rule_plan(struct rule_plan *p, struct arena *a, const struct department *d,
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

/* -- one school --------------------------------------------------------------- */

void rule_read(struct rule_plan *p, const struct department *d, const struct school *s)
{
	for (size_t i = 0; i < p->nitems; i++)
		for (int back = 0; back < p->nyears; back++)
			p->amounts[i * (size_t)p->nyears + (size_t)back] =
			    school_amount(p, &p->items[i], d, s, back);
}

size_t rule_items(const struct rule_plan *p)
{
	return p->gap ? 1 : p->nitems;
}

int rule_steps(const struct rule_plan *p)
{
	return p->rule->over == OVER_EACH ? p->nyears : 1;
}

struct rule_comparison rule_compare(const struct rule_plan *p, size_t item, int step)
{
	return p->gap ? compare_gap(p, step) : compare_item(p, item, step);
}

/*
 * First each cell by its own group, then the complement. Whatever is computed
 * is asked about by the places of input it rests on: a basis row and a
 * contribution are hidden when one of their cells is.
 */
#include "compute/disclosure.h"
#include "base/intl.h"
#include "compute/complement.h"

#include <string.h>

/* -- cells by themselves ---------------------------------------------------- */

static bool is_extreme(struct decimal rate)
{
	return rate.set && (rate.digits == 0 || decimal_cmp(rate, decimal_of(100)) == 0);
}

static bool small_result(const struct result *r, int64_t minimum)
{
	int64_t n = r->participants;
	if (n < 0)
		return false; /* unknown: shown, and check says so */
	if (n < minimum)
		return true;
	bool extreme = r->below_minimum == 0 || r->below_minimum == n || is_extreme(r->pass_rate) ||
	    is_extreme(r->quality_rate);
	return extreme && n < 2 * minimum;
}

static void hide_metric(struct disclosure *x, const struct context *c, const struct metric *m)
{
	x->context_hidden[c->row.index * x->nmetrics + m->row.index] = true;
}

static void judge_metric(struct disclosure *x, const struct context *c, const struct metric *m)
{
	struct decimal value = c->values[m->row.index];
	bool share = m->kind == METRIC_SHARE, count = m->kind == METRIC_COUNT;
	if (!value.set)
		return;
	if (x->sensitive[m->row.index] && c->scope == SCOPE_SCHOOL)
		hide_metric(x, c, m);
	if (count && !m->of && decimal_cmp(value, decimal_of(x->minimum_group)) < 0)
		hide_metric(x, c, m);
	struct decimal group = m->of ? c->values[m->of->row.index] : (struct decimal){0};
	if (!group.set || (!share && !count))
		return;
	if (decimal_cmp(group, decimal_of(x->minimum_group)) < 0)
		hide_metric(x, c, m);
	bool extreme =
	    share ? is_extreme(value) : value.digits == 0 || decimal_cmp(value, group) == 0;
	if (extreme && decimal_cmp(group, decimal_of(2 * x->minimum_group)) < 0) {
		hide_metric(x, c, m);
		hide_metric(x, c, m->of);
	}
}

static void judge_cells(struct disclosure *x, const struct department *d)
{
	for (size_t i = 0; i < d->nresults; i++)
		x->result_hidden[i] = small_result(&d->results[i], x->minimum_group);
	for (size_t i = 0; i < d->ncontext; i++)
		for (size_t j = 0; j < x->nmetrics; j++)
			judge_metric(x, &d->context[i], table_row(&d->site->metrics, j));
}

static bool has_part_hidden(
    const struct disclosure *x, const struct assessment *all, const struct indicator_year *whole)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct indicator_state *s = &all->indicators[i];
		if (!s->indicator->parent ||
		    strcmp(s->indicator->parent, whole->indicator->id) != 0)
			continue;
		for (size_t k = 0; k < s->nyears; k++)
			if (s->years[k].year == whole->year && !disclosure_status(x, &s->years[k]))
				return true;
	}
	return false;
}

/* A parent says what its parts say: with one of them it is hidden. Each round
 * goes up one step. */
static void hide_parents(struct disclosure *x, struct arena *a, const struct assessment *all)
{
	size_t before;
	do {
		before = x->nindicators_hidden;
		for (size_t i = 0; i < all->count; i++)
			for (size_t k = 0; k < all->indicators[i].nyears; k++) {
				const struct indicator_year *y = &all->indicators[i].years[k];
				if (!y->computed || !disclosure_indicator(x, y) ||
				    !has_part_hidden(x, all, y))
					continue;
				x->indicators_hidden =
				    arena_grow(a, x->indicators_hidden, x->nindicators_hidden,
				        &x->indicators_cap, sizeof(*x->indicators_hidden));
				x->indicators_hidden[x->nindicators_hidden++] = y;
			}
	} while (x->nindicators_hidden > before);
}

void disclosure_init(struct disclosure *x, struct arena *a, const struct department *d,
    const struct identifications *ids, const struct assessment *assessment, enum profile profile)
{
	static const struct disclosure_terms own = {0};
	disclosure_init_under(x, a, d, ids, assessment, profile, &own);
}

void disclosure_init_under(struct disclosure *x, struct arena *a, const struct department *d,
    const struct identifications *ids, const struct assessment *assessment, enum profile profile,
    const struct disclosure_terms *terms)
{
	struct disclosure_terms all = *terms;
	(void)ids;
	disclosure_terms(&all, a, d);
	*x = (struct disclosure){.department = d,
	    .profile = profile,
	    .level = all.level,
	    .minimum_group = all.minimum_group,
	    .nmetrics = d->site->metrics.count};
	x->sensitive = arena_array(a, x->nmetrics + 1, sizeof(*x->sensitive));
	for (size_t i = 0; i < x->nmetrics; i++)
		x->sensitive[i] = disclosure_sensitive(&all, table_row(&d->site->metrics, i));
	x->result_hidden = arena_array(a, d->nresults + 1, sizeof(*x->result_hidden));
	x->context_hidden =
	    arena_array(a, d->ncontext * x->nmetrics + 1, sizeof(*x->context_hidden));
	if (profile == PROFILE_INTERNAL)
		return;
	judge_cells(x, d);
	complement_single_school(x);
	complement_hide(x, a, assessment);
	complement_single_school(x); /* of those hidden just now */
	hide_parents(x, a, assessment);
}

/* -- questions -------------------------------------------------------------- */

static bool at_level(const struct disclosure *x, int level)
{
	return x->profile == PROFILE_INTERNAL || x->level >= level;
}

bool disclosure_shows_basis(const struct disclosure *x)
{
	return at_level(x, DISCLOSURE_BASIS);
}

bool disclosure_shows_values(const struct disclosure *x)
{
	return at_level(x, DISCLOSURE_VALUES);
}

static bool result_is_hidden(const struct disclosure *x, const struct result *r)
{
	return r && x->result_hidden[r->row.index];
}

static bool metric_is_hidden(
    const struct disclosure *x, const struct context *c, const struct metric *m)
{
	return c && m && x->context_hidden[c->row.index * x->nmetrics + m->row.index];
}

static int level_of_scope(int scope)
{
	return scope == SCOPE_SCHOOL ? DISCLOSURE_VALUES : DISCLOSURE_BASIS;
}

bool disclosure_result(const struct disclosure *x, const struct result *r)
{
	return at_level(x, level_of_scope(r->scope)) && !result_is_hidden(x, r);
}

bool disclosure_context(const struct disclosure *x, const struct context *c, const struct metric *m)
{
	return at_level(x, level_of_scope(c->scope)) && !metric_is_hidden(x, c, m);
}

/* A place of input begins the struct of its row; the addresses tell which. */
static bool is_result(const struct department *d, const struct row *row)
{
	uintptr_t at = (uintptr_t)row;
	return at >= (uintptr_t)d->results && at < (uintptr_t)(d->results + d->nresults);
}

static bool is_context(const struct department *d, const struct row *row)
{
	uintptr_t at = (uintptr_t)row;
	return at >= (uintptr_t)d->context && at < (uintptr_t)(d->context + d->ncontext);
}

static bool source_is_hidden(
    const struct disclosure *x, const struct basis *b, const struct row *row)
{
	const struct department *d = x->department;
	if (is_result(d, row))
		return x->result_hidden[row->index];
	if (!is_context(d, row))
		return false;
	const struct context *c = &d->context[row->index];
	return metric_is_hidden(x, c, b->metric) || metric_is_hidden(x, c, b->of);
}

static bool basis_is_hidden(const struct disclosure *x, const struct basis *b)
{
	for (size_t i = 0; i < b->sources.count; i++)
		if (source_is_hidden(x, b, b->sources.rows[i]))
			return true;
	return false;
}

bool disclosure_basis(const struct disclosure *x, const struct basis *b)
{
	return disclosure_shows_basis(x) && !basis_is_hidden(x, b);
}

bool disclosure_basis_value(const struct disclosure *x, const struct basis *b)
{
	return disclosure_shows_values(x) && !basis_is_hidden(x, b);
}

bool disclosure_threshold(const struct disclosure *x, const struct basis *b)
{
	const struct department *d = x->department;
	for (size_t i = 0; i < b->sources.count; i++) {
		const struct row *row = b->sources.rows[i];
		bool of_school = is_result(d, row)
		    ? d->results[row->index].scope == SCOPE_SCHOOL
		    : !is_context(d, row) || d->context[row->index].scope == SCOPE_SCHOOL;
		if (!of_school && source_is_hidden(x, b, row))
			return false;
	}
	return disclosure_shows_basis(x);
}

static bool school_is_hidden(
    const struct disclosure *x, const struct identification *i, const struct school_result *r)
{
	for (size_t j = 0; j < r->nbasis; j++)
		if (basis_is_hidden(x, &i->basis[r->first_basis + j]))
			return true;
	return false;
}

bool disclosure_school_result(
    const struct disclosure *x, const struct identification *i, const struct school_result *r)
{
	return disclosure_shows_values(x) && !school_is_hidden(x, i, r);
}

bool disclosure_score_possible(const struct disclosure *x)
{
	return disclosure_shows_basis(x);
}

/* The quantile lies between the values of two schools, or is one of them. */
bool disclosure_cutoff(const struct disclosure *x, const struct identification *i)
{
	if (!disclosure_shows_values(x))
		return false;
	if (i->method->kind != METHOD_INDEX)
		return true;
	for (size_t j = 0; j < i->nschools; j++)
		if (school_is_hidden(x, i, &i->schools[j]))
			return false;
	return true;
}

/* -- indicators ------------------------------------------------------------- */

static const struct measure *measure_of(const struct disclosure *x, const struct indicator_year *y)
{
	return &x->department->measures[y->indicator->row.index];
}

static bool cell_is_hidden(
    const struct disclosure *x, const struct measure *m, int year, const struct contribution *c)
{
	for (size_t i = 0; i < m->nprocedures && m->form == FORM_BELOW_MINIMUM; i++)
		if (result_is_hidden(x,
		        department_result(
		            x->department, SCOPE_SCHOOL, c->school, m->procedures[i], year)))
			return true;
	return result_is_hidden(x, c->result) || result_is_hidden(x, c->result_before) ||
	    metric_is_hidden(x, c->context, m->metric) || metric_is_hidden(x, c->context, m->of);
}

static bool contribution_is_hidden(
    const struct disclosure *x, const struct indicator_year *y, const struct contribution *c)
{
	return cell_is_hidden(x, measure_of(x, y), y->year, c);
}

/* A sum to which one school contributes, and that school's cell is hidden. */
static bool is_hidden_school(const struct disclosure *x, const struct indicator_year *y)
{
	const struct contribution *only = NULL;
	for (size_t i = 0; i < y->ncontributions; i++) {
		const struct contribution *c = &y->contributions[i];
		if (!frac_is_set(c->value))
			continue;
		if (only)
			return false;
		only = c;
	}
	return only && contribution_is_hidden(x, y, only);
}

/* All schools said yes, or all no: then each of them did. */
static bool gives_all_away(const struct disclosure *x, const struct indicator_year *y)
{
	const struct measure *m = measure_of(x, y);
	struct frac k = y->numerator, n = y->denominator;
	if (m->form != FORM_CONTEXT || m->metric->kind != METRIC_YESNO || !frac_is_set(k) ||
	    !frac_is_set(n) || (k.num != 0 && frac_cmp(k, n) != 0))
		return false;
	for (size_t i = 0; i < y->ncontributions; i++)
		if (contribution_is_hidden(x, y, &y->contributions[i]))
			return true;
	return false;
}

bool disclosure_hides(
    const struct disclosure *x, const struct indicator_year *y, const struct contribution *c)
{
	return contribution_is_hidden(x, y, c);
}

static bool is_small_group(const struct disclosure *x, const struct indicator_year *y)
{
	const struct measure *m = measure_of(x, y);
	struct frac n = y->denominator, k = y->numerator, minimum = frac_of(x->minimum_group, 1);
	if (m->form == FORM_CONTEXT && m->metric->kind == METRIC_COUNT && !m->metric->of)
		return frac_is_set(k) && frac_cmp(k, minimum) < 0;
	if (m->form != FORM_RATIO && m->form != FORM_BELOW_MINIMUM)
		return false;
	if (!frac_is_set(n) || !frac_is_set(k))
		return false;
	bool extreme = k.num == 0 || frac_cmp(k, n) == 0;
	return frac_cmp(n, minimum) < 0 ||
	    (extreme && frac_cmp(n, frac_of(2 * x->minimum_group, 1)) < 0);
}

bool disclosure_indicator(const struct disclosure *x, const struct indicator_year *y)
{
	if (x->profile == PROFILE_INTERNAL || !y->computed)
		return true;
	for (size_t i = 0; i < x->nindicators_hidden; i++)
		if (x->indicators_hidden[i] == y)
			return false;
	return !is_small_group(x, y) && !is_hidden_school(x, y) && !gives_all_away(x, y);
}

/* The municipal value that an indicator is compared with: a row of its own, or
 * the sum over all schools, in which then no hidden cell may be. */
static bool reference_is_hidden(const struct disclosure *x, const struct indicator_year *y)
{
	const struct department *d = x->department;
	const struct measure *m = measure_of(x, y);
	const struct contribution place = {
	    .context = department_context(d, SCOPE_MUNICIPALITY, NULL, y->year)};
	bool known = m->form == FORM_BELOW_MINIMUM || place.context;

	if (metric_is_hidden(x, place.context, m->metric) ||
	    metric_is_hidden(x, place.context, m->of))
		return true;
	for (size_t i = 0; i < m->nprocedures; i++) {
		const struct result *r =
		    department_result(d, SCOPE_MUNICIPALITY, NULL, m->procedures[i], y->year);
		known = known && r;
		if (result_is_hidden(x, r))
			return true;
	}
	for (size_t i = 0; !known && i < d->nresults; i++)
		if (x->result_hidden[i])
			return true;
	for (size_t i = 0; !known && i < d->ncontext; i++)
		if (metric_is_hidden(x, &d->context[i], m->metric) ||
		    metric_is_hidden(x, &d->context[i], m->of))
			return true;
	return false;
}

bool disclosure_target(const struct disclosure *x, const struct indicator_year *y)
{
	bool computed =
	    y->indicator->rule == RULE_AT_LEAST_REFERENCE && measure_of(x, y)->form != FORM_MANUAL;
	return x->profile == PROFILE_INTERNAL || !computed ||
	    (disclosure_indicator(x, y) && !reference_is_hidden(x, y));
}

bool disclosure_status(const struct disclosure *x, const struct indicator_year *y)
{
	return !y->value.set || y->status == INDICATOR_NO_TARGET ||
	    (disclosure_indicator(x, y) && disclosure_target(x, y));
}

bool disclosure_contribution(
    const struct disclosure *x, const struct indicator_year *y, const struct contribution *c)
{
	bool audit = measure_of(x, y)->form == FORM_AUDIT;
	return at_level(x, audit ? DISCLOSURE_BASIS : DISCLOSURE_VALUES) &&
	    !contribution_is_hidden(x, y, c);
}

bool disclosure_measured(const struct disclosure *x, const struct measure *m, int year,
    const struct contribution *contributions, size_t n)
{
	size_t known = 0;
	if (x->profile == PROFILE_INTERNAL)
		return true;
	for (size_t i = 0; i < n; i++) {
		const struct contribution *c = &contributions[i];
		if (cell_is_hidden(x, m, year, c))
			return false;
		known += c->counts == MET_YES || c->counts == MET_NO || frac_is_set(c->value);
	}
	bool audit = m->form == FORM_AUDIT;
	return n == 0 || known > 1 || at_level(x, audit ? DISCLOSURE_BASIS : DISCLOSURE_VALUES);
}

/* Of each file one line, at the first such row: there may be many. */
void disclosure_warn(const struct disclosure *x, struct diag *diag)
{
	static const enum table_id tables[] = {TABLE_RESULTS, TABLE_CONTEXT};
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		const struct row *first = NULL;
		size_t count = 0;
		for (size_t i = 0; i < x->nguessable; i++) {
			const struct row *row = x->guessable[i];
			if (is_result(x->department, row) != (tables[t] == TABLE_RESULTS))
				continue;
			first = first && first->line < row->line ? first : row;
			count++;
		}
		if (!first)
			continue;
		diag_add(diag, DIAG_WARNING, "hidden-guessable",
		    DIAG_AT(first->file, first->line, 0), (struct str){NULL, 0},
		    _("Leave the number out of the municipal row, or set a larger minimum_group in index.md."),
		    _("hidden rows of schools with a number for which the published sums leave fewer than three possible values: %zu"),
		    count);
	}
}

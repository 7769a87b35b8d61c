/*
 * The rows of a school lie together in the basis, sorted by rule, period and
 * measure, so a verdict is a run of neighbours. Then the verdicts are put in
 * the order of reading.
 */
#include "render/basis_view.h"

#include "render/method_words.h"
#include "render/place_view.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 4, RATIO_PLACES = 2 };

/* -- verdicts ---------------------------------------------------------------- */

static bool is_id(const char *id, struct str rule)
{
	return id && str_is(rule, id);
}

/* Where the method names the rule; parts go with their rule. */
static size_t rule_place(const struct method *m, const char *rule)
{
	struct str rest = str_of(rule), id = rest;
	size_t i = 0;
	if (m->kind == METHOD_POINTS)
		str_next(&rest, '/', &id);
	if (m->kind == METHOD_LOW_PROCEDURES)
		while (i < m->nprocedures && !is_id(m->procedures[i]->id, id))
			i++;
	else if (m->kind == METHOD_INDEX)
		while (i < m->terms.count &&
		    !is_id(((const struct term *)m->terms.items)[i].metric_id, id))
			i++;
	else if (m->kind == METHOD_POINTS)
		while (i < m->rules.count &&
		    !is_id(((const struct method_rule *)table_row(&m->rules, i))->id, id))
			i++;
	else
		while (i < m->rules.count &&
		    !is_id(((const struct method_factor *)table_row(&m->rules, i))->id, id))
			i++;
	return i;
}

static int for_exams(const void *x, const void *y)
{
	const struct verdict *a = x, *b = y;
	int order = strcmp(b->rows->period, a->rows->period);
	if (order == 0)
		order = (a->place > b->place) - (a->place < b->place);
	return order;
}

static int for_rules(const void *x, const void *y)
{
	const struct verdict *a = x, *b = y;
	int order = (a->place > b->place) - (a->place < b->place);
	if (order == 0)
		order = a->part - b->part;
	if (order == 0)
		order = strcmp(a->rows->rule, b->rows->rule);
	return order ? order : strcmp(b->rows->period, a->rows->period);
}

static bool is_sensitive(const struct metric *m)
{
	return m && m->sensitive == YESNO_YES;
}

size_t basis_verdicts(const struct renderer *r, const struct identification *i,
    const struct school_result *s, struct verdict **out)
{
	const struct method *m = i->method;
	const struct basis *rows = i->basis + s->first_basis;
	struct verdict *list = arena_array(r->arena, s->nbasis + 1, sizeof(*list));
	size_t n = 0;
	for (size_t at = 0; at < s->nbasis; at++) {
		const struct basis *b = &rows[at];
		bool joins = n > 0 && m->kind == METHOD_LOW_PROCEDURES &&
		    strcmp(list[n - 1].rows->rule, b->rule) == 0 &&
		    strcmp(list[n - 1].rows->period, b->period) == 0;
		if (!joins)
			list[n++] = (struct verdict){.rows = b,
			    .met = b->met,
			    .part = m->kind == METHOD_POINTS && strchr(b->rule, '/'),
			    .place = rule_place(m, b->rule)};
		struct verdict *v = &list[n - 1];
		v->met = joins ? met_and(v->met, b->met) : b->met;
		v->hidden |= !disclosure_basis(r->disclosure, b);
		v->withheld |= v->hidden && (is_sensitive(b->metric) || is_sensitive(b->of));
		v->count++;
	}
	if (n)
		qsort(list, n, sizeof(*list),
		    m->kind == METHOD_LOW_PROCEDURES ? for_exams : for_rules);
	*out = list;
	return n;
}

bool basis_none_known(
    const struct renderer *r, const struct identification *i, const struct school_result *s)
{
	struct verdict *list;
	int kind = i->method->kind;
	size_t n = basis_verdicts(r, i, s, &list), unknown = 0;
	for (size_t k = 0; k < n; k++) {
		if (list[k].hidden || list[k].met == MET_YES || list[k].met == MET_NO)
			return false;
		unknown += list[k].met == MET_UNKNOWN;
	}
	return unknown > 0 && (kind == METHOD_POINTS || kind == METHOD_FACTORS);
}

const struct basis *verdict_row(const struct verdict *v, int scope)
{
	const char *tail = scope == SCOPE_REGION ? "/region" : "/municipality";
	for (size_t i = 0; i < v->count; i++)
		if (str_ends(str_of(v->rows[i].measure), tail))
			return &v->rows[i];
	return NULL;
}

/* -- texts ------------------------------------------------------------------- */

static bool is_percent(const struct basis *b)
{
	static const char *const shares[] = {
	    "pass_rate", "quality_rate", "below_minimum_share", "share"};
	for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
		size_t n = strlen(shares[i]);
		if (strncmp(b->measure, shares[i], n) == 0 && strchr("/", b->measure[n]))
			return true;
	}
	return b->metric && (b->of || b->metric->kind == METRIC_SHARE);
}

const char *basis_value_text(
    const struct renderer *r, const struct basis *b, struct frac value, bool unit)
{
	/* a share of counts has endless decimals, others are as they were printed */
	bool counted = b->n > 0 && b->k >= 0 && is_percent(b);
	int places = counted ? 1 : b->of ? RATIO_PLACES : PLACES;
	if (strcmp(b->measure, "share") == 0)
		value = frac_mul(value, frac_of(100, 1));
	if (!frac_is_set(value))
		return "";
	return unit && is_percent(b) ? words_percent(r->words, r->arena, value, places)
	                             : words_number(r->words, r->arena, value, places);
}

const char *basis_norm_text(const struct renderer *r, const struct basis *b)
{
	static const struct {
		const char *op, *key;
	} norms[] = {{"<", "norm_less"}, {"<=", "norm_at_most"}, {">", "norm_more"},
	    {">=", "norm_at_least"}};
	if (strcmp(b->op, "present") == 0)
		return words_get(r->words, "norm_present");
	for (size_t i = 0; i < sizeof(norms) / sizeof(*norms); i++) {
		if (strcmp(b->op, norms[i].op) != 0 || !frac_is_set(b->threshold))
			continue;
		const char *norm = phrase(r->words, r->arena, norms[i].key, "n",
		    basis_value_text(r, b, b->threshold, true), NULL);
		bool region = str_ends(str_of(b->measure), "/region");
		if (!region && !str_ends(str_of(b->measure), "/municipality"))
			return norm;
		return arena_printf(r->arena, "%s (%s)", norm,
		    place_of(r, region ? SCOPE_REGION : SCOPE_MUNICIPALITY).name);
	}
	return "";
}

const char *verdict_title(
    const struct renderer *r, const struct identification *i, const struct verdict *v)
{
	const char *period = words_period(r->arena, v->rows->period);
	if (i->method->kind != METHOD_LOW_PROCEDURES && !v->part)
		return v->rows->title;
	return arena_printf(r->arena, "%s, %s", v->rows->title, period);
}

/* -- cells ------------------------------------------------------------------- */

static enum gap gap_of(const struct verdict *v, struct frac value)
{
	if (v->hidden)
		return v->withheld ? GAP_WITHHELD : GAP_HIDDEN;
	if (frac_is_set(value))
		return GAP_NONE;
	return v->met == MET_NOT_APPLICABLE ? GAP_NOT_APPLICABLE : GAP_NOT_SUPPLIED;
}

void basis_mark(struct grid *g, const struct verdict *v)
{
	const struct words *w = g->r->words;
	if (v->hidden) {
		grid_number(g, NULL, v->withheld ? GAP_WITHHELD : GAP_HIDDEN, NULL);
		return;
	}
	switch (v->met) {
	case MET_YES:
		grid_mark(g, MARK_BAD, words_get(w, "met_yes"));
		return;
	case MET_NO:
		grid_mark(g, MARK_GOOD, words_get(w, "met_no"));
		return;
	case MET_NOT_APPLICABLE:
		grid_number(g, NULL, GAP_NOT_APPLICABLE, NULL);
		return;
	case MET_UNKNOWN:
		if (frac_is_set(v->rows->value) || v->rows->present != YESNO_MISSING)
			grid_mark(g, MARK_NONE, words_get(w, "met_unknown"));
		else
			grid_number(g, NULL, GAP_NOT_SUPPLIED, NULL);
		return;
	case MET_NONE:
		break;
	}
	grid_text(g, "");
}

static const struct row *first_source(const struct basis *b)
{
	return b->result ? &b->result->row : b->sources.count ? b->sources.rows[0] : NULL;
}

void basis_value(struct grid *g, const struct verdict *v)
{
	const struct basis *b = v->rows;
	if (!v->hidden && b->present != YESNO_MISSING)
		grid_text(g, words_get(g->r->words, b->present == YESNO_YES ? "yes" : "no"));
	else
		grid_number(g, basis_value_text(g->r, b, b->value, true), gap_of(v, b->value),
		    first_source(b));
}

/* -- one school: compared with municipality and region ----------------------- */

static void reference_cell(struct grid *g, const struct verdict *v, int scope)
{
	const struct basis *b = verdict_row(v, scope);
	if (!b) {
		grid_text(g, "");
		return;
	}
	bool shown = disclosure_threshold(g->r->disclosure, b);
	enum gap gap = !shown           ? GAP_HIDDEN
	    : frac_is_set(b->threshold) ? GAP_NONE
	                                : GAP_NOT_SUPPLIED;
	grid_number(g, basis_value_text(g->r, b, b->threshold, false), gap,
	    b->reference ? &b->reference->row : NULL);
}

static void references_table(
    struct grid *g, const struct identification *i, const struct verdict *list, size_t n)
{
	struct renderer *r = g->r;
	const struct field_list *refs = &i->method->references;
	bool values = disclosure_shows_values(r->disclosure);
	grid_head(g, words_get(r->words, "basis_exam"), false);
	if (values) {
		grid_head(g, words_capital(r->arena, place_of(r, SCOPE_SCHOOL).name), true);
		for (size_t k = 0; k < refs->count; k++)
			grid_head(g, words_capital(r->arena, place_of(r, field_enum(refs, k)).name),
			    true);
	}
	grid_head(
	    g, words_get(r->words, refs->count > 1 ? "basis_below_both" : "basis_below"), false);
	for (size_t k = 0; k < n; k++) {
		const struct basis *b = list[k].rows;
		grid_row(g, verdict_title(r, i, &list[k]), NULL);
		if (values) {
			grid_number(g, basis_value_text(r, b, b->value, false),
			    gap_of(&list[k], b->value), first_source(b));
			for (size_t j = 0; j < refs->count; j++)
				reference_cell(g, &list[k], field_enum(refs, j));
		}
		basis_mark(g, &list[k]);
	}
}

struct frac basis_one_pupil(const struct method *m, const struct verdict *v)
{
	const struct term *terms = m->terms.items;
	if (v->hidden || v->place >= m->terms.count || v->rows->n <= 0)
		return (struct frac){0, 0};
	struct frac step = frac_div(decimal_frac(terms[v->place].weight), frac_of(v->rows->n, 1));
	if (step.num < 0)
		step.num = -step.num;
	return step;
}

/* -- one school: compared with thresholds ------------------------------------ */

static void counts_cell(struct grid *g, const struct verdict *v)
{
	const struct basis *b = v->rows;
	const char *n = words_int(g->r->words, g->r->arena, b->n);
	const char *k = words_int(g->r->words, g->r->arena, b->k);
	bool known = b->n > 0 && b->k >= 0;
	enum gap gap = gap_of(v, known ? frac_of(1, 1) : (struct frac){0, 0});
	grid_number(g, phrase(g->r->words, g->r->arena, "basis_k_of_n", "k", k, "n", n, NULL), gap,
	    first_source(b));
}

static void pupil_cell(struct grid *g, const struct method *m, const struct verdict *v)
{
	struct frac step = basis_one_pupil(m, v);
	grid_number(g, words_number(g->r->words, g->r->arena, step, 2), gap_of(v, step), NULL);
}

static bool has_points(const struct verdict *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (frac_is_set(list[i].rows->points))
			return true;
	return false;
}

static void threshold_table(
    struct grid *g, const struct identification *i, const struct verdict *list, size_t n)
{
	struct renderer *r = g->r;
	int kind = i->method->kind;
	bool values = disclosure_shows_values(r->disclosure) && kind != METHOD_FACTORS;
	bool points = values && has_points(list, n), compares = kind != METHOD_INDEX;
	bool counts = values && kind == METHOD_LOW_PROCEDURES;
	grid_head(g, words_get(r->words, compares ? "basis_rule" : "basis_share"), false);
	if (counts)
		grid_head(g, words_get(r->words, "basis_below_minimum"), true);
	if (values)
		grid_head(g, words_get(r->words, "basis_value"), true);
	if (values && compares)
		grid_head(g, words_get(r->words, "basis_norm"), false);
	if (points)
		grid_head(g, words_get(r->words, compares ? "basis_points" : "basis_weight"), true);
	if (points && !compares)
		grid_head(g, words_get(r->words, "basis_pupil"), true);
	if (compares)
		grid_head(g, words_get(r->words, counts ? "basis_low" : "basis_met"), false);
	for (size_t k = 0; k < n; k++) {
		const struct basis *b = list[k].rows;
		bool sum = kind == METHOD_POINTS && !list[k].part && k + 1 < n &&
		    list[k + 1].part && list[k + 1].place == list[k].place;
		struct view *row = grid_row(g, verdict_title(r, i, &list[k]), NULL);
		view_text(row, "note",
		    kind == METHOD_POINTS && !list[k].part ? words_period(r->arena, b->period)
		                                           : NULL);
		if (counts)
			counts_cell(g, &list[k]);
		if (values && sum)
			grid_text(g, "");
		else if (values)
			basis_value(g, &list[k]);
		if (values && compares)
			grid_text(g, sum ? "" : basis_norm_text(r, b));
		if (points && list[k].part)
			grid_text(g, "");
		else if (points)
			grid_number(g, words_number(r->words, r->arena, b->points, 2),
			    gap_of(&list[k], b->points), NULL);
		if (points && !compares)
			pupil_cell(g, i->method, &list[k]);
		if (compares)
			basis_mark(g, &list[k]);
	}
}

void basis_table(struct renderer *r, struct view *v, const char *name,
    const struct identification *i, const struct school_result *s)
{
	struct verdict *list;
	struct grid g;
	const struct method *m = i->method;
	size_t n = disclosure_shows_basis(r->disclosure) ? basis_verdicts(r, i, s, &list) : 0;
	if (!n || (m->kind == METHOD_INDEX && !disclosure_shows_values(r->disclosure))) {
		view_null(v, name);
		return;
	}
	bool references = m->kind == METHOD_LOW_PROCEDURES && m->references.count &&
	    m->predicate == PREDICATE_BELOW_REFERENCES;
	const char *caption = references
	    ? arena_printf(r->arena, "%s%s",
	          words_capital(r->arena, method_field_name(r, m->measure)),
	          list->rows->measure[0] && is_percent(list->rows) ? ", %" : "")
	    : m->title;
	grid_begin(&g, r, v, name, caption);
	if (references)
		references_table(&g, i, list, n);
	else
		threshold_table(&g, i, list, n);
}

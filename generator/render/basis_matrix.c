/*
 * The answer stands before the rules, because a wide matrix scrolls and the
 * answer should not. Every school has the same verdicts in the same order, so
 * those of the first name the columns.
 */
#include "render/basis_view.h"

#include "render/method_words.h"

enum {
	NUMBERED = 6, /* more rules than this have numbers for heads */
	WIDE = 6,     /* so many columns may not fit a tablet */
};

struct matrix {
	struct grid grid;
	const struct identification *i;
	bool cells, scores, results; /* what there is to see */
};

/* -- heads ------------------------------------------------------------------- */

static const char *score_title(const struct matrix *m)
{
	static const char *const keys[] = {[METHOD_LOW_PROCEDURES] = "matrix_low",
	    [METHOD_INDEX] = "matrix_value",
	    [METHOD_POINTS] = "matrix_met",
	    [METHOD_FACTORS] = "matrix_factors"};
	const struct renderer *r = m->grid.r;
	const struct method *method = m->i->method;
	/* low results are counted in the last year alone */
	const char *year = arena_printf(r->arena, "%d", m->i->year - 1);
	return phrase(r->words, r->arena,
	    method->cutoff_points.set ? "matrix_points" : keys[method->kind], "year", year, NULL);
}

/* "Математика, 2019" */
static const char *short_title(const struct matrix *m, const struct verdict *v)
{
	const struct renderer *r = m->grid.r;
	if (m->i->method->kind != METHOD_LOW_PROCEDURES)
		return verdict_title(r, m->i, v);
	const char *name = method_procedure_name(r, m->i->method, v->rows->rule);
	return arena_printf(r->arena, "%s, %s", words_capital(r->arena, name), v->rows->period);
}

static void rule_heads(
    struct matrix *m, struct list *rules, const struct verdict *verdicts, size_t n)
{
	struct renderer *r = m->grid.r;
	bool numeric = m->i->method->kind == METHOD_INDEX;
	size_t number = 0, whole = 0;
	for (size_t k = 0; k < n; k++)
		whole += !verdicts[k].part;
	for (size_t k = 0; k < n; k++) {
		if (verdicts[k].part)
			continue;
		if (whole <= NUMBERED) {
			grid_head(&m->grid, short_title(m, &verdicts[k]), numeric);
			continue;
		}
		const char *title = verdict_title(r, m->i, &verdicts[k]);
		const char *text = arena_printf(r->arena, "%zu", ++number);
		struct view *rule = list_view(rules);
		view_text(rule, "number", text);
		view_text(rule, "title", title);
		grid_head_long(
		    &m->grid, text, arena_printf(r->arena, "%s. %s", text, title), numeric);
	}
}

static void heads(struct matrix *m, struct list *rules)
{
	struct renderer *r = m->grid.r;
	struct verdict *verdicts = NULL;
	size_t n = 0;
	if (m->cells && m->i->nschools)
		n = basis_verdicts(r, m->i, &m->i->schools[0], &verdicts);
	grid_head(&m->grid, words_get(r->words, "matrix_school"), false);
	if (m->results)
		grid_head(&m->grid, words_get(r->words, "matrix_result"), false);
	if (m->scores)
		grid_head(&m->grid, score_title(m), true);
	rule_heads(m, rules, verdicts, n);
}

/* -- rows -------------------------------------------------------------------- */

static const char *score_text(const struct matrix *m, const struct school_result *s)
{
	const struct renderer *r = m->grid.r;
	const char *score = words_number(r->words, r->arena, s->score, 2);
	if (m->i->method->kind == METHOD_INDEX || !frac_is_set(s->score_possible))
		return score;
	return phrase(r->words, r->arena, "basis_k_of_n", "k", score, "n",
	    words_number(r->words, r->arena, s->score_possible, 2), NULL);
}

static void score_cell(struct matrix *m, const struct school_result *s, bool shown)
{
	enum gap gap = !shown                      ? GAP_HIDDEN
	    : frac_is_set(s->score)                ? GAP_NONE
	    : s->outcome == OUTCOME_NOT_APPLICABLE ? GAP_NOT_APPLICABLE
	                                           : GAP_NOT_SUPPLIED;
	grid_number(&m->grid, score_text(m, s), gap, NULL);
}

static void school_row(struct matrix *m, const struct school_result *s)
{
	struct renderer *r = m->grid.r;
	struct verdict *verdicts = NULL;
	size_t n = m->cells ? basis_verdicts(r, m->i, s, &verdicts) : 0;
	bool shown = disclosure_school_result(r->disclosure, m->i, s);
	struct view *row = grid_row(
	    &m->grid, page_school_name(r, s->school), page_href(r, page_school_path(r, s->school)));
	if (m->scores && shown && s->fragile == YESNO_YES)
		view_text(row, "note", words_get(r->words, "fragile_short"));
	if (m->results)
		grid_text(&m->grid, words_of(r->words, "outcome_", outcomes[s->outcome]));
	if (m->scores)
		score_cell(m, s, shown);
	for (size_t k = 0; k < n; k++) {
		if (verdicts[k].part)
			continue;
		if (m->i->method->kind == METHOD_INDEX)
			basis_value(&m->grid, &verdicts[k]);
		else
			basis_mark(&m->grid, &verdicts[k]);
	}
}

void basis_matrix(struct renderer *r, struct view *v, const char *name, const char *name_rules,
    const struct identification *i, const char *title)
{
	static const char *const captions[] = {[METHOD_LOW_PROCEDURES] = "matrix_caption_low",
	    [METHOD_INDEX] = "matrix_caption_index",
	    [METHOD_POINTS] = "matrix_caption_points",
	    [METHOD_FACTORS] = "matrix_caption_factors"};
	struct matrix m = {.i = i,
	    .cells = disclosure_shows_basis(r->disclosure),
	    .scores = disclosure_shows_values(r->disclosure),
	    .results = i->undetermined < i->nschools};
	struct list *rules = view_list(v, name_rules);
	if (i->method->kind == METHOD_INDEX) /* its cells are values */
		m.cells = m.scores;
	const char *caption = words_get(r->words, captions[i->method->kind]);
	grid_begin(&m.grid, r, v, name, caption);
	grid_label(&m.grid, arena_printf(r->arena, "%s: %s", caption, title));
	heads(&m, rules);
	view_flag(v, "has_rules", rules->count > 0);
	if (m.grid.ncolumns >= WIDE)
		view_flag(m.grid.view, "wide", true);
	for (size_t k = 0; k < r->dept->nschools; k++) {
		const struct school_result *s = identification_school(i, r->dept->by_name[k]);
		if (s)
			school_row(&m, s);
	}
}

/*
 * Columns are shown when some school has something for them: the value of the
 * year before belongs to dynamics only, and an audit has no values at all, so
 * there the answer itself leads to its row.
 */
#include "render/contribution_view.h"

#include "render/grid.h"
#include "render/indicator_words.h"

struct part {
	struct grid grid;
	const struct indicator_state *state;
	const struct indicator_year *year;
	bool before, value; /* columns */
};

static bool is_sensitive(const struct metric *m)
{
	return m && m->sensitive == YESNO_YES;
}

static bool is_shown(const struct part *p, const struct contribution *c)
{
	return disclosure_contribution(p->grid.r->disclosure, p->year, c);
}

static enum gap hidden_gap(const struct measure *m)
{
	return is_sensitive(m->metric) || is_sensitive(m->of) ? GAP_WITHHELD : GAP_HIDDEN;
}

/* Answers are said by the last column. */
static bool has_value(const struct measure *m, struct frac value)
{
	bool answer = m->form == FORM_CONTEXT && m->metric->kind == METRIC_YESNO;
	return frac_is_set(value) && !answer;
}

static void number_cell(
    struct part *p, const struct contribution *c, struct frac value, const struct row *source)
{
	const struct renderer *r = p->grid.r;
	const struct measure *m = &p->state->measure;
	enum gap gap = !is_shown(p, c)        ? hidden_gap(m)
	    : frac_is_set(value)              ? GAP_NONE
	    : c->counts == MET_NOT_APPLICABLE ? GAP_NOT_APPLICABLE
	                                      : GAP_NOT_SUPPLIED;
	grid_number(&p->grid, gap ? NULL : contribution_text(r, m, c, value), gap, source);
}

static void counts_cell(struct part *p, const struct contribution *c)
{
	static const char *const answers[] = {"unknown", "no", "yes", "not-applicable"};
	bool partly = c->counts == MET_UNKNOWN && c->n > 0; /* some of its procedures */
	const char *text =
	    words_of(p->grid.r->words, "counts_", partly ? "partly" : answers[c->counts]);
	if (!is_shown(p, c))
		grid_number(&p->grid, NULL, hidden_gap(&p->state->measure), NULL);
	else
		grid_number(&p->grid, text, GAP_NONE, p->value ? NULL : c->source);
}

static void add_head(struct part *p, const char *key, bool numeric)
{
	grid_head(&p->grid, words_get(p->grid.r->words, key), numeric);
}

/* Whether there is a table at all. */
static bool choose_columns(struct part *p)
{
	const struct indicator_year *y = p->year;
	bool any = false;
	for (size_t i = 0; y && i < y->ncontributions; i++) {
		const struct contribution *c = &y->contributions[i];
		any |= is_shown(p, c);
		p->before |= has_value(&p->state->measure, c->before);
		p->value |= has_value(&p->state->measure, c->value);
	}
	return any;
}

static void add_table(struct part *p)
{
	struct renderer *r = p->grid.r;
	const struct indicator_year *y = p->year;
	add_head(p, "school", false);
	if (p->before)
		grid_head(&p->grid, arena_printf(r->arena, "%d", y->year - 1), true);
	if (p->value && p->before)
		grid_head(&p->grid, arena_printf(r->arena, "%d", y->year), true);
	else if (p->value)
		add_head(p, "indicator_value", true);
	add_head(p, "indicator_counts", false);
	for (size_t i = 0; i < y->ncontributions; i++) {
		const struct contribution *c = &y->contributions[i];
		grid_row(&p->grid, page_school_name(r, c->school),
		    page_href(r, page_school_path(r, c->school)));
		if (p->before)
			number_cell(p, c, c->before, c->source_before);
		if (p->value)
			number_cell(p, c, c->value, c->source);
		counts_cell(p, c);
	}
}

/* -- names alone ------------------------------------------------------------------ */

static const char *names_note(const struct renderer *r, const struct indicator *i, int64_t count)
{
	bool all = i->cohort && str_is(str_of(i->cohort), "all");
	if (count >= 0 && !all)
		return phrase_count(r->words, r->arena, "cohort_unnamed", count, NULL);
	return words_get(r->words, all ? "cohort_no_schools" : "cohort_unknown");
}

static void add_names(struct renderer *r, struct view *v, const struct indicator_state *s, int year)
{
	const struct indicator *i = s->indicator;
	const struct school **schools = NULL;
	int64_t count = 0;
	struct list *names = view_list(v, "cohort");
	view_null(v, "cohort_note");
	if (!i->cohort)
		return;
	int err = cohort_schools(r->dept, r->ids, i->cohort, year, r->arena, &schools, &count);
	for (int64_t k = 0; !err && k < count; k++) {
		struct view *name = list_view(names);
		view_text(name, "name", page_school_name(r, schools[k]));
		view_text(name, "href", page_href(r, page_school_path(r, schools[k])));
	}
	if (!names->count)
		view_text(v, "cohort_note", names_note(r, i, err ? count : -1));
}

void contribution_view(struct renderer *r, struct view *v, const struct indicator_state *s)
{
	struct part p = {.state = s, .year = s->current, .grid = {.r = r}};
	int year = s->current ? s->current->year : r->assessment->year;
	const char *text = arena_printf(r->arena, "%d", year);
	bool table = choose_columns(&p);
	view_text(v, "cohort_title",
	    phrase(r->words, r->arena, table ? "indicator_schools" : "indicator_cohort_in", "year",
	        text, NULL));
	view_flag(v, "has_cohort", table || s->indicator->cohort);
	if (table) {
		grid_begin(&p.grid, r, v, "schools",
		    phrase(r->words, r->arena, "indicator_contributions", "year", text, NULL));
		add_table(&p);
		view_list(v, "cohort");
		view_null(v, "cohort_note");
	} else {
		view_null(v, "schools");
		add_names(r, v, s, year);
	}
}

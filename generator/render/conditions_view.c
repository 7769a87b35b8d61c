/*
 * Which metrics are shown is the same for every school: the columns of the
 * table, so that a missing number is seen as missing.
 */
#include "render/conditions_view.h"

#include "render/datum.h"
#include "render/grid.h"

#include <string.h>

static void add_year(const struct renderer *r, struct conditions *c, size_t *cap, int year)
{
	size_t at = c->nyears;
	while (at > 0 && c->years[at - 1] > year)
		at--;
	if (at > 0 && c->years[at - 1] == year)
		return;
	c->years = arena_grow(r->arena, c->years, c->nyears, cap, sizeof(*c->years));
	memmove(c->years + at + 1, c->years + at, (c->nyears - at) * sizeof(*c->years));
	c->years[at] = year;
	c->nyears++;
}

void conditions_read(struct conditions *out, const struct renderer *r)
{
	const struct table *t = &r->dept->tables[TABLE_CONTEXT];
	size_t cap = 0;
	*out = (struct conditions){0};
	out->shown = arena_array(r->arena, t->nmetrics + 1, sizeof(const struct metric *));
	for (size_t i = 0; i < r->dept->ncontext; i++)
		if (r->dept->context[i].scope == SCOPE_SCHOOL)
			add_year(r, out, &cap, r->dept->context[i].year);
	for (size_t i = 0; i < t->nmetrics; i++) {
		const struct metric *m = t->metrics[i];
		if (m->sensitive == YESNO_YES && r->profile == PROFILE_PUBLIC)
			out->withheld =
			    arena_printf(r->arena, "%s%s«%s»", out->withheld ? out->withheld : "",
			        out->withheld ? ", " : "", m->title);
		else
			out->shown[out->nshown++] = m;
	}
}

static const char *number_text(const struct renderer *r, const struct context *row,
    const struct metric *m, const struct datum *value)
{
	const struct words *w = r->words;
	if (m->kind == METRIC_SHARE)
		return words_percent(w, r->arena, value->number, DECIMAL_SHOWN);
	const char *text = words_number(w, r->arena, value->number, DECIMAL_SHOWN);
	struct datum of = {.kind = DATUM_EMPTY};
	if (m->kind == METRIC_COUNT && m->of)
		of = datum_metric(r, row, m->of);
	if (of.kind != DATUM_NUMBER)
		return text;
	return phrase(
	    w, r->arena, "n_of", "n", text, "total", words_number(w, r->arena, of.number, 0), NULL);
}

static void add_cell(struct grid *g, const struct school *school, const struct metric *m, int year)
{
	struct renderer *r = g->r;
	const struct context *row = department_context(r->dept, SCOPE_SCHOOL, school, year);
	struct datum value = {.kind = DATUM_EMPTY};
	if (row)
		value = datum_metric(r, row, m);
	switch (value.kind) {
	case DATUM_HIDDEN:
		grid_number(g, NULL, GAP_HIDDEN, NULL);
		return;
	case DATUM_TEXT:
		grid_number(g, words_get(r->words, value.text), GAP_NONE, &row->row);
		return;
	case DATUM_NUMBER:
		grid_number(g, number_text(r, row, m, &value), GAP_NONE, &row->row);
		return;
	case DATUM_EMPTY:
		break;
	}
	bool applies = level_applies(m->level, school->kind);
	grid_number(g, NULL, applies ? GAP_NOT_SUPPLIED : GAP_NOT_APPLICABLE, NULL);
}

void conditions_view(
    struct renderer *r, struct view *v, const struct conditions *c, const struct school *school)
{
	struct grid g;
	bool values = disclosure_shows_values(r->disclosure);
	view_text(v, "conditions_withheld",
	    c->withheld && values
	        ? phrase(r->words, r->arena, "conditions_withheld", "what", c->withheld, NULL)
	        : NULL);
	if (!c->nshown || !c->nyears || !values) {
		view_null(v, "conditions");
		return;
	}
	grid_begin(&g, r, v, "conditions", words_get(r->words, "conditions_caption"));
	grid_head(&g, words_get(r->words, "condition"), false);
	for (size_t i = 0; i < c->nyears; i++)
		grid_head(&g, arena_printf(r->arena, "%d", c->years[i]), true);
	for (size_t i = 0; i < c->nshown; i++) {
		grid_row(&g, c->shown[i]->title, NULL);
		for (size_t k = 0; k < c->nyears; k++)
			add_cell(&g, school, c->shown[i], c->years[k]);
	}
}

/*
 * The dashboard: how many targets were reached, then each group, then all
 * years in one table.
 */
#include "render/grid.h"
#include "render/indicator_chart.h"
#include "render/indicator_words.h"
#include "render/pages.h"

#include <string.h>

enum {
	LEAST_POINTS = 2, /* fewer make no line */
	FEW = 6           /* indicators that are listed without being asked */
};

/* The years that any indicator speaks of, ascending. */
static size_t all_years(const struct renderer *r, int **years)
{
	const struct assessment *a = r->assessment;
	size_t count = 0, cap = 0;
	*years = NULL;
	for (size_t i = 0; i < a->count; i++) {
		for (size_t j = 0; j < a->indicators[i].nyears; j++) {
			int year = a->indicators[i].years[j].year;
			size_t at = 0;
			while (at < count && (*years)[at] < year)
				at++;
			if (at < count && (*years)[at] == year)
				continue;
			*years = arena_grow(r->arena, *years, count, &cap, sizeof(**years));
			memmove(*years + at + 1, *years + at, (count - at) * sizeof(**years));
			(*years)[at] = year;
			count++;
		}
	}
	return count;
}

static bool same_group(const struct indicator *a, const struct indicator *b)
{
	return strcmp(a->group ? a->group : "", b->group ? b->group : "") == 0;
}

/* A row with the line of its values; its chart, when they are a line at all. */
static void add_indicator(
    struct renderer *r, struct list *rows, struct list *charts, const struct indicator_state *s)
{
	indicator_trend(r, indicator_row(r, rows, s), s);
	if (indicator_points(r, s) < LEAST_POINTS)
		return;
	struct view *chart = list_view(charts);
	view_text(chart, "title", s->indicator->title);
	view_text(chart, "href", page_href(r, indicator_path(r, s->indicator)));
	view_raw(chart, "chart", indicator_chart(r, s));
}

/* Groups in order of first appearance; view: groups {title, rows, has_charts,
 * charts {title, href, chart}, charts_title}. */
static void add_groups(struct renderer *r, struct view *v)
{
	const struct assessment *a = r->assessment;
	struct list *groups = view_list(v, "groups");
	for (size_t i = 0; i < a->count; i++) {
		const struct indicator *first = a->indicators[i].indicator;
		bool seen = false;
		for (size_t j = 0; j < i; j++)
			seen |= same_group(first, a->indicators[j].indicator);
		if (seen)
			continue;
		struct view *group = list_view(groups);
		view_text(group, "title", first->group);
		struct list *rows = view_list(group, "rows"), *charts = view_list(group, "charts");
		for (size_t j = i; j < a->count; j++)
			if (same_group(first, a->indicators[j].indicator))
				add_indicator(r, rows, charts, &a->indicators[j]);
		view_flag(group, "has_charts", charts->count > 0);
		view_text(group, "charts_title",
		    phrase_count(
		        r->words, r->arena, "indicators_charts", (long long)charts->count, NULL));
	}
}

static void add_cell(
    struct renderer *r, struct list *cells, const struct indicator_state *s, int year)
{
	const struct indicator_year *y = indicator_year_of(s, year);
	const char *heading = arena_printf(r->arena, "%d", year);
	struct view *cell = list_view(cells);
	view_text(cell, "year", heading);
	view_flag(cell, "baseline", y && y->baseline);
	view_text(cell, "target",
	    y && (y->target_row || y->target.set || y->status != INDICATOR_NO_TARGET)
	        ? indicator_target_text(r, y, false)
	        : NULL);
	indicator_value(r, cell, "value", y);
	view_flag(cell, "known", y && y->value.set);
	view_flag(cell, "any", y != NULL);
	view_flag(cell, "aimed", y && y->status != INDICATOR_NO_TARGET);
	indicator_mark(r, cell, y);
}

/* All indicators by all years: years [{year}], lines [{title, href,
 * cells {year, value, target, baseline, known, any, aimed, status}}]. */
static void add_table(struct renderer *r, struct view *v)
{
	const struct assessment *a = r->assessment;
	int *years;
	size_t nyears = all_years(r, &years);
	struct list *headings = view_list(v, "years");
	for (size_t i = 0; i < nyears; i++)
		view_int(list_view(headings), "year", years[i]);
	struct list *lines = view_list(v, "lines");
	for (size_t i = 0; i < a->count; i++) {
		const struct indicator_state *s = &a->indicators[i];
		struct view *line = list_view(lines);
		view_text(line, "title", s->indicator->title);
		view_text(line, "href", page_href(r, indicator_path(r, s->indicator)));
		struct list *cells = view_list(line, "cells");
		for (size_t j = 0; j < nyears; j++)
			add_cell(r, cells, s, years[j]);
	}
}

/* How many stood where in each year: history, a grid, or null. A year without
 * targets has nothing to count. */
static void add_history(struct renderer *r, struct view *v)
{
	struct grid g;
	int *years;
	size_t nyears = all_years(r, &years);
	bool any_hidden = false;
	for (size_t i = 0; i < nyears; i++)
		any_hidden |= indicator_tally(r, years[i]).hidden > 0;
	grid_begin(&g, r, v, "history", words_get(r->words, "indicators_history"));
	grid_head(&g, words_get(r->words, "year"), false);
	for (const enum status *s = indicator_statuses; *s; s++)
		grid_head(&g, words_of(r->words, "status_", statuses[*s]), true);
	if (any_hidden)
		grid_head(&g, words_get(r->words, "status_hidden"), true);
	for (size_t i = 0; i < nyears; i++) {
		const struct indicator_tally t = indicator_tally(r, years[i]);
		size_t all = t.hidden;
		for (const enum status *s = indicator_statuses; *s; s++)
			all += t.of[*s];
		if (!all)
			continue;
		grid_row(&g, arena_printf(r->arena, "%d", years[i]), NULL);
		for (const enum status *s = indicator_statuses; *s; s++)
			grid_number(
			    &g, words_int(r->words, r->arena, (long long)t.of[*s]), GAP_NONE, NULL);
		if (any_hidden)
			grid_number(
			    &g, words_int(r->words, r->arena, (long long)t.hidden), GAP_NONE, NULL);
	}
	if (!g.nrows)
		view_null(v, "history");
}

/* What is missing and who supplies it, each said once with the indicators that
 * want it: missing [{text, indicators [{title, href}], folded: their number in
 * words, or null}], has_missing. */
static void add_missing(struct renderer *r, struct view *v)
{
	const struct assessment *a = r->assessment;
	struct list *rows = view_list(v, "missing");
	const char **said = arena_array(r->arena, a->count + 1, sizeof(*said));
	for (size_t i = 0; i < a->count; i++)
		said[i] = indicator_missing(r, &a->indicators[i]);
	for (size_t i = 0; i < a->count; i++) {
		if (!said[i])
			continue;
		struct view *row = list_view(rows);
		struct list *indicators = view_list(row, "indicators");
		const char *text = said[i];
		view_text(row, "text", text);
		for (size_t k = i; k < a->count; k++) {
			if (!said[k] || strcmp(said[k], text) != 0)
				continue;
			const struct indicator *in = a->indicators[k].indicator;
			struct view *one = list_view(indicators);
			view_text(one, "title", in->title);
			view_text(one, "href", page_href(r, indicator_path(r, in)));
			said[k] = NULL;
		}
		view_text(row, "folded",
		    indicators->count > FEW ? phrase_count(r->words, r->arena, "indicators_folded",
		                                  (long long)indicators->count, NULL)
		                            : NULL);
	}
	view_flag(v, "has_missing", rows->count > 0);
}

int page_indicators(struct renderer *r)
{
	const struct assessment *a = r->assessment;
	struct view *v =
	    page_begin(r, "indicators/", "indicators", words_get(r->words, "indicators_title"));
	const char *count =
	    phrase_count(r->words, r->arena, "indicators_count", (long long)a->count, NULL);
	const char *lead = phrase(r->words, r->arena, "indicators_lead", "count", count, "year",
	    indicators_year_text(r), NULL);
	view_text(v, "lead", lead);
	page_description(r, lead);
	view_flag(v, "has_indicators", a->count > 0);
	indicator_summary(r, v, "summary");
	add_history(r, v);
	add_missing(r, v);
	add_groups(r, v);
	add_table(r, v);
	view_text(v, "csv", page_href(r, "data/indicators.csv"));
	return page_end(r, "indicators");
}

/*
 * The dashboard: how many targets were reached, then each group, then all
 * years in one table.
 */
#include "render/indicator_view.h"
#include "render/pages.h"

#include <string.h>

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

/* Groups in order of first appearance; view: groups {title, rows}. */
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
		struct list *rows = view_list(group, "rows");
		for (size_t j = i; j < a->count; j++)
			if (same_group(first, a->indicators[j].indicator))
				indicator_row(r, rows, &a->indicators[j]);
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
}

/* All indicators by all years: years [{year}], lines [{title, href, cells, status}]. */
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
		indicator_mark_now(r, line, s);
	}
}

int page_indicators(struct renderer *r)
{
	const struct assessment *a = r->assessment;
	struct view *v =
	    page_begin(r, "indicators/", "indicators", words_get(r->words, "indicators_title"));
	const char *year = arena_printf(r->arena, "%d", a->year);
	const char *count =
	    phrase_count(r->words, r->arena, "indicators_count", (long long)a->count, NULL);
	const char *lead =
	    phrase(r->words, r->arena, "indicators_lead", "count", count, "year", year, NULL);
	view_text(v, "lead", lead);
	page_description(r, lead);
	view_flag(v, "has_indicators", a->count > 0);
	indicator_summary(r, v, "summary");
	add_groups(r, v);
	add_table(r, v);
	view_text(v, "csv", page_href(r, "data/indicators.csv"));
	return page_end(r, "indicators");
}

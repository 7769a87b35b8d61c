/*
 * A measure stands on the time line where its term ends: in the row of its
 * section, in the column of that day, as the mark of its status. What has no
 * date of its own stands in the table only, and is counted below.
 */
#include "render/roadmap_dates.h"

#include "render/calendar.h"
#include "render/chart_timeline.h"
#include "render/deadline.h"
#include "render/roadmap_view.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 5 };

/* -- late and next ------------------------------------------------------------ */

static void add_measure(
    struct renderer *r, struct list *rows, const struct roadmap_item *item, struct date date)
{
	struct view *row = list_view(rows);
	view_text(row, "title", item->activity);
	view_text(row, "href", page_href(r, arena_printf(r->arena, "roadmap/#%s", item->id)));
	view_text(row, "date", words_date(r->words, r->arena, date, true));
	view_text(row, "iso", arena_strdup(r->arena, date_iso(date).s));
	view_text(row, "responsible", item->responsible);
}

static int latest_first(const void *x, const void *y)
{
	const struct roadmap_item *const *a = x, *const *b = y;
	int order = date_cmp((*b)->to, (*a)->to);
	return order ? order : (int)(*a)->row.index - (int)(*b)->row.index;
}

static void add_late(struct renderer *r, struct view *v)
{
	const struct department *d = r->dept;
	const struct roadmap_item **late =
	    arena_array(r->arena, d->nroadmap + 1, sizeof(const struct roadmap_item *));
	size_t count = 0;
	for (size_t i = 0; i < d->nroadmap; i++)
		if (roadmap_due(r, &d->roadmap[i]) == DUE_NO_MARK && date_is_set(d->roadmap[i].to))
			late[count++] = &d->roadmap[i];
	qsort(late, count, sizeof(*late), latest_first);
	struct list *rows = view_list(v, "late");
	for (size_t i = 0; i < count && i < FEW; i++)
		add_measure(r, rows, late[i], late[i]->to);
	view_flag(v, "has_late", count > 0);
	view_text(v, "late_more",
	    count > FEW ? phrase_count(r->words, r->arena, "roadmap_late_more",
	                      (long long)(count - FEW), NULL)
	                : NULL);
}

static void add_next(struct renderer *r, struct view *v)
{
	struct deadline ahead[FEW];
	size_t count = deadlines_ahead(r, ahead, FEW);
	struct list *rows = view_list(v, "next");
	for (size_t i = 0; i < count; i++)
		add_measure(r, rows, ahead[i].item, ahead[i].date);
	view_flag(v, "has_next", count > 0);
}

/* -- the time line --------------------------------------------------------------- */

struct strip {
	const char *part, *section, *href;
	size_t counts[TIMELINE_COLUMNS][TIMELINE_KINDS];
	size_t total;
};

struct timeline {
	struct chart_timeline chart;
	struct strip *strips;
	size_t count, parts, undated;
};

static struct date own_deadline(const struct roadmap_item *item)
{
	return date_is_set(item->to) ? item->to : item->from;
}

static enum timeline_kind kind_of(const struct renderer *r, const struct roadmap_item *item)
{
	enum due due = roadmap_due(r, item);
	return due == DUE_DONE   ? TIMELINE_DONE
	    : due == DUE_NO_MARK ? TIMELINE_NO_MARK
	                         : TIMELINE_AHEAD;
}

static bool find_years(const struct renderer *r, struct chart_timeline *chart)
{
	int first = 0, last = 0;
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		int year = own_deadline(&r->dept->roadmap[i]).year;
		if (year && (!first || year < first))
			first = year;
		if (year > last)
			last = year;
	}
	return first && chart_timeline_fit(chart, first, last);
}

/* Sections as the table below has them: neighbours of one part and section;
 * the ids are those of page_roadmap.c. */
static void gather(const struct renderer *r, struct timeline *t)
{
	const struct roadmap_item *items = r->dept->roadmap;
	size_t section = 0;
	t->strips = arena_array(r->arena, r->dept->nroadmap + 1, sizeof(*t->strips));
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		bool new_part = i == 0 || !roadmap_same(items[i].part, items[i - 1].part);
		if (new_part) {
			t->parts++;
			section = 0;
		}
		if (new_part || !roadmap_same(items[i].section, items[i - 1].section))
			t->strips[t->count++] = (struct strip){
			    .part = items[i].part,
			    .section = items[i].section,
			    .href = page_href(r,
			        arena_printf(
			            r->arena, "roadmap/#part-%zu-%zu", t->parts, ++section)),
			};
		int column = chart_timeline_column(&t->chart, own_deadline(&items[i]));
		if (column < 0) {
			t->undated++;
			continue;
		}
		struct strip *strip = &t->strips[t->count - 1];
		strip->counts[column][kind_of(r, &items[i])]++;
		strip->total++;
	}
}

/* "2-й квартал 2020" */
static const char *column_words(
    const struct renderer *r, const struct chart_timeline *c, int column)
{
	static const char *const keys[] = {
	    [1] = "timeline_year", [2] = "timeline_half", [4] = "timeline_quarter"};
	return phrase(r->words, r->arena, keys[c->parts], "n",
	    arena_printf(r->arena, "%d", column % c->parts + 1), "year",
	    arena_printf(r->arena, "%d", c->first + column / c->parts), NULL);
}

/* With its part, where there are several: their sections may be named alike. */
static const char *strip_title(
    const struct renderer *r, const struct timeline *t, const struct strip *s)
{
	return t->parts > 1 && s->part
	    ? arena_printf(r->arena, "%s: %s", words_capital(r->arena, s->part), s->section)
	    : s->section;
}

static const char *const kind_keys[TIMELINE_KINDS] = {
    "timeline_done", "timeline_ahead", "timeline_unmarked"};

/* "Раздел: 2-й квартал 2020 — сделано 2, отметки нет 1; …" */
static const char *strip_words(
    const struct renderer *r, const struct timeline *t, const struct strip *s)
{
	struct buf out = BUF_INIT(BUF_LINE);
	buf_adds(&out, strip_title(r, t, s));
	const char *before = ": ";
	for (int i = 0; i < chart_timeline_columns(&t->chart); i++) {
		bool named = false;
		for (int kind = 0; kind < TIMELINE_KINDS; kind++) {
			if (!s->counts[i][kind])
				continue;
			buf_addf(&out, "%s%s %zu", named ? ", " : before,
			    named ? words_get(r->words, kind_keys[kind])
			          : arena_printf(r->arena, "%s — %s", column_words(r, &t->chart, i),
			                words_get(r->words, kind_keys[kind])),
			    s->counts[i][kind]);
			named = true;
			before = "; ";
		}
	}
	const char *text = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

static struct str kept(const struct renderer *r, struct buf *out)
{
	struct str svg = {arena_strndup(r->arena, out->data, out->len), out->len};
	buf_clear(out);
	return svg;
}

static void add_strip(struct renderer *r, struct list *rows, const struct timeline *t,
    const struct strip *s, const struct strip *before)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct view *row = list_view(rows);
	view_text(row, "title", s->section);
	view_text(row, "href", s->href);
	bool begins = t->parts > 1 && s->part && (!before || !roadmap_same(s->part, before->part));
	view_text(row, "part", begins ? words_capital(r->arena, s->part) : NULL);
	chart_timeline_strip(&out, &t->chart, s->counts, strip_words(r, t, s));
	view_raw(row, "chart", kept(r, &out));
}

static void add_cells(
    struct renderer *r, struct list *cells, const struct timeline *t, const struct strip *s)
{
	static const char *const names[TIMELINE_KINDS] = {"done", "ahead", "unmarked"};
	for (int i = 0; i < chart_timeline_columns(&t->chart); i++) {
		if (!s->counts[i][0] && !s->counts[i][1] && !s->counts[i][2])
			continue;
		struct view *cell = list_view(cells);
		view_text(cell, "section", strip_title(r, t, s));
		view_text(cell, "when", column_words(r, &t->chart, i));
		for (int kind = 0; kind < TIMELINE_KINDS; kind++)
			view_int(cell, names[kind], (long long)s->counts[i][kind]);
	}
}

static void add_keys(struct renderer *r, struct view *v)
{
	struct list *keys = view_list(v, "keys");
	for (int kind = 0; kind < TIMELINE_KINDS; kind++) {
		struct buf out = BUF_INIT(BUF_LINE);
		struct view *key = list_view(keys);
		chart_timeline_key(&out, (enum timeline_kind)kind);
		view_raw(key, "shape", kept(r, &out));
		view_text(key, "word", words_get(r->words, kind_keys[kind]));
	}
}

static void add_timeline(struct renderer *r, struct view *v)
{
	struct timeline t = {0};
	struct buf axis = BUF_INIT(BUF_PAGE);
	view_null(v, "timeline");
	if (!find_years(r, &t.chart))
		return;
	t.chart.today = r->today;
	gather(r, &t);
	struct view *timeline = view_view(v, "timeline");
	chart_timeline_axis(&axis, &t.chart, words_get(r->words, "timeline_today"));
	view_raw(timeline, "axis", kept(r, &axis));
	struct list *rows = view_list(timeline, "rows"), *cells = view_list(timeline, "cells");
	const struct strip *before = NULL;
	for (size_t i = 0; i < t.count; i++)
		if (t.strips[i].total) {
			add_strip(r, rows, &t, &t.strips[i], before);
			add_cells(r, cells, &t, &t.strips[i]);
			before = &t.strips[i];
		}
	add_keys(r, timeline);
	view_text(timeline, "undated",
	    t.undated
	        ? phrase_count(r->words, r->arena, "timeline_undated", (long long)t.undated, NULL)
	        : NULL);
}

/* -- calendars ---------------------------------------------------------------------- */

static void add_calendars(struct renderer *r, struct view *v)
{
	struct calendars all;
	calendars_find(&all, r);
	view_text(v, "calendar", all.count ? page_href(r, all.items[0].path) : NULL);
	struct list *rows = view_list(v, "calendars");
	for (size_t i = 1; i < all.count; i++) {
		struct view *row = list_view(rows);
		view_text(row, "title", all.items[i].title);
		view_text(row, "href", page_href(r, all.items[i].path));
		view_text(row, "count",
		    phrase_count(
		        r->words, r->arena, "measures_count", (long long)all.items[i].count, NULL));
	}
	view_flag(v, "has_calendars", rows->count > 0);
}

void roadmap_dates(struct renderer *r, struct view *v)
{
	add_late(r, v);
	add_next(r, v);
	add_timeline(r, v);
	add_calendars(r, v);
}

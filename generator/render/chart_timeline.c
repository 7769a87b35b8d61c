/*
 * Places across are tenths of a percent of the width, places down are pixels:
 * a mark is a small drawing of its own that is put at its place.
 */
#include "render/chart_timeline.h"

#include "render/chart.h"
#include "text/html.h"

enum { WHOLE = 1000, LANE = 24, MARGIN = 6, AXIS = 24, BASELINE = 17, YEARS_NAMED = 6 };

static const char *const classes[TIMELINE_KINDS] = {"done", "ahead", "unmarked"};

bool chart_timeline_fit(struct chart_timeline *t, int first, int last)
{
	static const int parts[] = {4, 2, 1};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		*t = (struct chart_timeline){.first = first, .last = last, .parts = parts[i]};
		if (last >= first && chart_timeline_columns(t) <= TIMELINE_COLUMNS)
			return true;
	}
	return false;
}

int chart_timeline_columns(const struct chart_timeline *t)
{
	return (t->last - t->first + 1) * t->parts;
}

int chart_timeline_column(const struct chart_timeline *t, struct date date)
{
	if (!date_is_set(date) || date.year < t->first || date.year > t->last)
		return -1;
	return (date.year - t->first) * t->parts + (date.month - 1) * t->parts / 12;
}

static void percent(struct buf *out, const char *name, int tenths)
{
	buf_addf(out, " %s=\"", name);
	chart_length(out, tenths);
	buf_adds(out, "%\"");
}

static void vertical(struct buf *out, const char *class, int tenths)
{
	buf_addf(out, "<line class=\"%s\" y2=\"100%%\"", class);
	percent(out, "x1", tenths);
	percent(out, "x2", tenths);
	buf_adds(out, "/>");
}

static bool has_today(const struct chart_timeline *t)
{
	return chart_timeline_column(t, t->today) >= 0;
}

static int today_place(const struct chart_timeline *t)
{
	long begin = date_days((struct date){(int16_t)t->first, 1, 1});
	long end = date_days((struct date){(int16_t)(t->last + 1), 1, 1});
	return (int)((date_days(t->today) - begin) * WHOLE / (end - begin));
}

static int year_place(const struct chart_timeline *t, int year)
{
	return (year - t->first) * WHOLE / (t->last - t->first + 1);
}

void chart_timeline_axis(struct buf *out, const struct chart_timeline *t, const char *today)
{
	int height = has_today(t) ? 2 * AXIS : AXIS;
	buf_addf(out, "<svg class=\"timeline\" width=\"100%%\" height=\"%d\" aria-hidden=\"true\">",
	    height);
	int step = (t->last - t->first) / YEARS_NAMED + 1;
	for (int year = t->first; year <= t->last; year += step) {
		buf_adds(out, "<text");
		percent(out, "x", (year_place(t, year) + year_place(t, year + 1)) / 2);
		buf_addf(out, " y=\"%d\">%d</text>", BASELINE, year);
	}
	if (has_today(t)) {
		int place = today_place(t);
		const char *class = place < WHOLE / 8 ? "left"
		    : place > WHOLE * 7 / 8           ? "right"
		                                      : "middle";
		buf_addf(out, "<text class=\"now %s\"", class);
		percent(out, "x", place);
		buf_addf(out, " y=\"%d\">", AXIS + BASELINE);
		html_text(out, str_of(today));
		buf_adds(out, "</text>");
	}
	buf_adds(out, "</svg>");
}

static void draw_mark(struct buf *out, enum timeline_kind kind, size_t count)
{
	buf_addf(out, "<circle class=\"%s\" r=\"10\"/>", classes[kind]);
	if (count)
		buf_addf(out, "<text class=\"%s\" y=\"5\">%zu</text>", classes[kind], count);
}

void chart_timeline_strip(struct buf *out, const struct chart_timeline *t,
    const size_t (*counts)[TIMELINE_KINDS], const char *text)
{
	int columns = chart_timeline_columns(t), lanes[TIMELINE_KINDS], nlanes = 0;
	for (int kind = 0; kind < TIMELINE_KINDS; kind++) {
		lanes[kind] = nlanes;
		for (int i = 0; i < columns; i++)
			if (counts[i][kind]) {
				nlanes++;
				break;
			}
	}
	buf_addf(out,
	    "<svg class=\"timeline\" width=\"100%%\" height=\"%d\" role=\"img\" aria-label=\"",
	    nlanes * LANE + MARGIN);
	html_attr(out, str_of(text));
	buf_adds(out, "\">");
	for (int i = 0; i <= columns; i++)
		vertical(out, i % t->parts ? "part" : "year", i * WHOLE / columns);
	if (has_today(t))
		vertical(out, "now", today_place(t));
	for (int i = 0; i < columns; i++)
		for (int kind = 0; kind < TIMELINE_KINDS; kind++) {
			if (!counts[i][kind])
				continue;
			buf_adds(out, "<svg");
			percent(out, "x", (2 * i + 1) * WHOLE / (2 * columns));
			buf_addf(out, " y=\"%d\" aria-hidden=\"true\">",
			    lanes[kind] * LANE + (LANE + MARGIN) / 2);
			draw_mark(out, (enum timeline_kind)kind, counts[i][kind]);
			buf_adds(out, "</svg>");
		}
	buf_adds(out, "</svg>");
}

void chart_timeline_key(struct buf *out, enum timeline_kind kind)
{
	buf_adds(out,
	    "<svg class=\"timeline key\" viewBox=\"-12 -12 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\">");
	draw_mark(out, kind, 0);
	buf_adds(out, "</svg>");
}

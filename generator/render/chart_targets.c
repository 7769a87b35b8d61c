/*
 * Each year has a band of its own. The plan stands level within a band and
 * rises or falls at its edge; a year without a target breaks it. What was
 * measured (the baseline, then the values) is one line through the middles
 * of the bands, broken where a year has no number.
 *
 * Numbers are written at the ring and at the steps of years that have no
 * value yet, on the side where no line goes: away from the side on which
 * the plan is reached.
 */
#include "render/chart_targets.h"

enum { POINT = 45, RING = 45, RING_AROUND = 80, ABOVE = 75, BELOW = 170, SHARE_SMALL = 10 };
enum { NUMBER_ROOM = 200 };

static struct frac taken(struct frac number)
{
	return scale_takes(number) ? number : (struct frac){0, 0};
}

static struct frac target_at(const struct chart_targets *spec, size_t year)
{
	return taken(spec->targets[year]);
}

static struct frac value_at(const struct chart_targets *spec, size_t year)
{
	return taken(spec->values[year].number);
}

static struct frac baseline_at(const struct chart_targets *spec, size_t year)
{
	bool here = spec->baseline_year && spec->chart.years[year] == spec->baseline_year;
	return here ? taken(spec->baseline) : (struct frac){0, 0};
}

/* The value, or where there is none the baseline. */
static struct frac measured_at(const struct chart_targets *spec, size_t year)
{
	struct frac value = value_at(spec, year);
	return frac_is_set(value) ? value : baseline_at(spec, year);
}

/* The edge between this year's band and the one before, or the next. */
static int band_edge(const struct chart_plot *p, size_t year, int side)
{
	return chart_x(p, year) + side * (chart_band(p) / 2);
}

static bool runs_on(const struct chart_targets *spec, size_t year)
{
	const int *years = spec->chart.years;
	return year + 1 < spec->chart.nyears && (int64_t)years[year + 1] - years[year] == 1 &&
	    frac_is_set(target_at(spec, year + 1));
}

/* Level parts from one year on while the plan runs on; the last year. */
static size_t draw_run(const struct chart_plot *p, const struct chart_targets *spec, size_t year)
{
	bool drawing = false;
	chart_path(p->out, &drawing, band_edge(p, year, -1), chart_y(p, target_at(spec, year)));
	for (;; year++) {
		bool on = runs_on(spec, year);
		int edge =
		    on ? (chart_x(p, year) + chart_x(p, year + 1)) / 2 : band_edge(p, year, 1);
		buf_addc(p->out, 'H');
		chart_length(p->out, edge);
		if (!on)
			return year;
		buf_addc(p->out, 'V');
		chart_length(p->out, chart_y(p, target_at(spec, year + 1)));
	}
}

/* All runs; closed along the edge of the grid when side is not 0 (-1 top). */
static void draw_steps(
    const struct chart_plot *p, const struct chart_targets *spec, const char *class, int side)
{
	buf_adds(p->out, "<path class=\"");
	buf_adds(p->out, class);
	buf_adds(p->out, side ? "\" d=\"" : "\" fill=\"none\" d=\"");
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		if (!frac_is_set(target_at(spec, i)))
			continue;
		int start = band_edge(p, i, -1);
		i = draw_run(p, spec, i);
		if (!side)
			continue;
		buf_addc(p->out, 'V');
		chart_length(p->out, side < 0 ? p->top : p->bottom);
		buf_addc(p->out, 'H');
		chart_length(p->out, start);
		buf_addc(p->out, 'Z');
	}
	buf_adds(p->out, "\"/>");
}

static void draw_measured(const struct chart_plot *p, const struct chart_targets *spec)
{
	size_t n = spec->chart.nyears;
	bool drawing = false;

	buf_adds(p->out, "<g class=\"c-value\"><path fill=\"none\" d=\"");
	for (size_t i = 0; i < n; i++) {
		struct frac number = measured_at(spec, i);
		bool next = i + 1 < n && frac_is_set(measured_at(spec, i + 1));
		if (!frac_is_set(number))
			drawing = false;
		else if (drawing || next)
			chart_path(p->out, &drawing, chart_x(p, i), chart_y(p, number));
	}
	buf_adds(p->out, "\"/></g>");
}

static void draw_values(const struct chart_plot *p, const struct chart_targets *spec)
{
	bool begun = false;
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		bool small = spec->values[i].small;
		if (!frac_is_set(value_at(spec, i)))
			continue;
		buf_adds(p->out, begun ? "" : "<g class=\"c-value\">");
		begun = true;
		chart_stop(p, small ? "small" : "point", POINT, i, value_at(spec, i),
		    spec->value_label, small ? spec->chart.small : NULL);
	}
	buf_adds(p->out, begun ? "</g>" : "");
}

/* A number in the grid, above or below the place unless that is outside. */
static void draw_number(const struct chart_plot *p, const char *class, const char *anchor, int x,
    int y, bool above, struct frac number)
{
	if (above && y - NUMBER_ROOM < p->top - CHART_LINE)
		above = false;
	else if (!above && y + NUMBER_ROOM > p->bottom)
		above = true;
	buf_adds(p->out, "<text class=\"");
	buf_adds(p->out, class);
	buf_adds(p->out, "\" text-anchor=\"");
	buf_adds(p->out, anchor);
	buf_addc(p->out, '"');
	chart_attr(p->out, "x", x);
	chart_attr(p->out, "y", above ? y - ABOVE : y + BELOW);
	buf_addc(p->out, '>');
	chart_number(p->out, p->chart, number);
	buf_adds(p->out, "</text>");
}

static void draw_baseline(const struct chart_plot *p, const struct chart_targets *spec)
{
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		struct frac number = baseline_at(spec, i);
		if (!frac_is_set(number))
			continue;
		bool around = frac_is_set(value_at(spec, i));
		chart_point(p, around ? "ring around" : "ring", around ? " fill=\"none\"" : "",
		    around ? RING_AROUND : RING, i, number);
		if (spec->baseline_label)
			chart_under_year(p, i, spec->baseline_label);
		if (!around)
			draw_number(p, "c-base", "middle", chart_x(p, i), chart_y(p, number),
			    spec->direction != CHART_AT_LEAST, number);
	}
}

/* The numbers of the plan where it changes and no value is known; the last
 * one stands in the label. */
static void draw_plan_numbers(const struct chart_plot *p, const struct chart_targets *spec)
{
	struct frac before = {0, 0};
	int room_from = 0;
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		struct frac target = target_at(spec, i);
		bool same = frac_is_set(before) && frac_is_set(target) && !frac_cmp(before, target);
		before = target;
		if (!frac_is_set(target) || same || frac_is_set(measured_at(spec, i)) ||
		    i + 1 == spec->chart.nyears || chart_x(p, i) < room_from)
			continue;
		draw_number(p, "c-target", "middle", chart_x(p, i), chart_y(p, target),
		    spec->direction != CHART_AT_LEAST, target);
		room_from = chart_x(p, i) + 3 * CHART_TEXT;
	}
}

/* The label of the last number got from the years; false when none is set. */
static bool label_of(struct chart_label *l, const struct chart_targets *spec,
    struct frac number_at(const struct chart_targets *, size_t), const char *class,
    const char *name)
{
	size_t n = spec->chart.nyears;
	for (size_t i = n; i-- > 0;) {
		struct frac number = number_at(spec, i);
		if (!frac_is_set(number))
			continue;
		*l = (struct chart_label){
		    .class = class,
		    .name = name,
		    .number = number,
		    .year = i == n - 1 ? 0 : spec->chart.years[i],
		    .bold = number_at == value_at,
		};
		return true;
	}
	return false;
}

static struct extent extent_of(const struct chart_targets *spec)
{
	struct extent e = {0};
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		extent_add(&e, target_at(spec, i));
		extent_add(&e, measured_at(spec, i));
		extent_add(&e, baseline_at(spec, i));
	}
	return e;
}

void chart_targets(struct buf *out, const struct chart_targets *spec)
{
	struct chart_plot p = {.out = out, .chart = &spec->chart};
	struct chart_label labels[2];
	size_t n = 0;
	struct extent extent = extent_of(spec);
	enum chart_range range = spec->chart.range;

	n += label_of(&labels[n], spec, target_at, "c-target", spec->target_label);
	n += label_of(&labels[n], spec, value_at, "c-value", spec->value_label);
	if (range == CHART_PERCENT && extent_within(&extent, 0, SHARE_SMALL))
		range = CHART_AUTO;
	chart_scale(&p.y, range, &extent, true);
	chart_layout(&p, 0, labels, n);
	if (spec->baseline_year && spec->baseline_label)
		p.height += CHART_LINE;
	chart_begin(&p, "targets", !extent.count);
	if (spec->direction != CHART_NO_DIRECTION)
		draw_steps(&p, spec, "side", spec->direction == CHART_AT_LEAST ? -1 : 1);
	draw_steps(&p, spec, "c-target", 0);
	draw_plan_numbers(&p, spec);
	draw_measured(&p, spec);
	draw_baseline(&p, spec);
	chart_end(&p, labels, n);
	draw_values(&p, spec);
	chart_close(&p);
}

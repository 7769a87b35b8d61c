/*
 * Each series is a group of one path with a new beginning after each gap, and
 * a second one for the parts at small groups; then a group of its points. The
 * school, else the first series, has a point at each number, the others only at
 * small groups and where no line meets a number. The school is drawn last, over
 * the others.
 */
#include "render/chart_lines.h"

enum { INSET = 60, POINT = 45, DOT = 30 };

static const char *const classes[] = {
    [CHART_SCHOOL] = "c-school",
    [CHART_MUNICIPALITY] = "c-municipality",
    [CHART_REGION] = "c-region",
};

/* The series with a point at each number, when none is of a school. */
static const struct chart_series *leading(const struct chart_lines *spec)
{
	for (size_t i = 0; i < spec->nseries; i++)
		if (spec->series[i].role == CHART_SCHOOL)
			return &spec->series[i];
	return spec->series;
}

static struct frac number_at(const struct chart_series *s, size_t year)
{
	struct frac number = s->values[year].number;
	return scale_takes(number) ? number : (struct frac){0, 0};
}

static bool is_gap(const struct chart_lines *spec, const struct chart_series *s, size_t year)
{
	return year >= spec->chart.nyears || !frac_is_set(number_at(s, year));
}

/* From this year to the next there is a line. */
static bool is_joined(const struct chart_lines *spec, const struct chart_series *s, size_t year)
{
	return !is_gap(spec, s, year) && !is_gap(spec, s, year + 1);
}

/* What leads to or from a small group is as unsure as its number. */
static bool is_unsure(const struct chart_series *s, size_t year)
{
	return s->values[year].small || s->values[year + 1].small;
}

/* The sure parts of the line, or the others; nothing when there are none. */
static void draw_path(const struct chart_plot *p, const struct chart_lines *spec,
    const struct chart_series *s, bool unsure)
{
	bool drawing = false, begun = false;
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		if (!is_joined(spec, s, i) || is_unsure(s, i) != unsure) {
			drawing = false;
			continue;
		}
		if (!begun)
			buf_adds(p->out,
			    unsure ? "<path class=\"unsure\" fill=\"none\" d=\""
			           : "<path fill=\"none\" d=\"");
		begun = true;
		if (!drawing)
			chart_path(p->out, &drawing, chart_x(p, i), chart_y(p, number_at(s, i)));
		chart_path(p->out, &drawing, chart_x(p, i + 1), chart_y(p, number_at(s, i + 1)));
	}
	buf_adds(p->out, begun ? "\"/>" : "");
}

static void group_begin(const struct chart_plot *p, const struct chart_series *s)
{
	buf_adds(p->out, "<g class=\"");
	buf_adds(p->out, classes[s->role]);
	buf_adds(p->out, "\">");
}

static void draw_line(
    const struct chart_plot *p, const struct chart_lines *spec, const struct chart_series *s)
{
	group_begin(p, s);
	draw_path(p, spec, s, false);
	draw_path(p, spec, s, true);
	buf_adds(p->out, "</g>");
}

static void draw_points(
    const struct chart_plot *p, const struct chart_lines *spec, const struct chart_series *s)
{
	bool leads = s->role == CHART_SCHOOL || s == leading(spec), begun = false;
	for (size_t i = 0; i < spec->chart.nyears; i++) {
		bool small = s->values[i].small;
		bool alone = (i == 0 || is_gap(spec, s, i - 1)) && is_gap(spec, s, i + 1);
		if (is_gap(spec, s, i) || !(leads || small || alone))
			continue;
		if (!begun)
			group_begin(p, s);
		begun = true;
		chart_stop(p, small ? "small" : "point", leads ? POINT : DOT, i, number_at(s, i),
		    s->label, small ? spec->chart.small : NULL);
	}
	buf_adds(p->out, begun ? "</g>" : "");
}

/* The label of the last number; false when there is none. */
static bool label_of(
    struct chart_label *l, const struct chart_lines *spec, const struct chart_series *s)
{
	size_t n = spec->chart.nyears;
	for (size_t i = n; i-- > 0;) {
		if (is_gap(spec, s, i))
			continue;
		*l = (struct chart_label){
		    .class = classes[s->role],
		    .name = s->label,
		    .number = number_at(s, i),
		    .year = i == n - 1 ? 0 : spec->chart.years[i],
		    .bold = s->role == CHART_SCHOOL,
		};
		return true;
	}
	return false;
}

/* The school last. */
static void draw_all(const struct chart_plot *p, const struct chart_lines *spec, size_t n,
    void draw(const struct chart_plot *, const struct chart_lines *, const struct chart_series *))
{
	for (int school = 0; school <= 1; school++)
		for (size_t i = 0; i < n; i++)
			if ((spec->series[i].role == CHART_SCHOOL) == school)
				draw(p, spec, &spec->series[i]);
}

void chart_lines(struct buf *out, const struct chart_lines *spec)
{
	struct chart_plot p = {.out = out, .chart = &spec->chart};
	struct chart_label labels[CHART_SERIES];
	size_t n = spec->nseries < CHART_SERIES ? spec->nseries : CHART_SERIES, nlabels = 0;
	struct extent extent = {0};

	for (size_t i = 0; i < n; i++) {
		for (size_t year = 0; year < spec->chart.nyears; year++)
			extent_add(&extent, spec->series[i].values[year].number);
		if (label_of(&labels[nlabels], spec, &spec->series[i]))
			nlabels++;
	}
	chart_scale(&p.y, spec->chart.range, &extent, false);
	chart_layout(&p, INSET, labels, nlabels);
	chart_begin(&p, "lines", !extent.count);
	draw_all(&p, spec, n, draw_line);
	chart_end(&p, labels, nlabels);
	draw_all(&p, spec, n, draw_points);
	chart_close(&p);
}

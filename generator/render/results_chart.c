/*
 * A line for each scope that has points. The same numbers in words are the
 * chart's description, for those who do not see it.
 */
#include "render/results_chart.h"

#include "render/chart_lines.h"
#include "render/place_view.h"
#include "text/html.h"

enum { LINES = 3 };

struct drawing {
	const struct renderer *r;
	const struct results_chart *chart;
	struct chart_series series[LINES];
	size_t count;
	size_t points; /* of the school, else of the fullest line */
	bool small;    /* a group of them is */
};

static enum chart_range range_of(int field)
{
	return field == FIELD_MEAN_MARK ? CHART_MARKS
	    : field == FIELD_MEAN_SCORE ? CHART_SCORES
	                                : CHART_PERCENT;
}

bool results_in_percent(int field)
{
	return range_of(field) == CHART_PERCENT;
}

const char *results_title(const struct renderer *r, const struct procedure *p, int field)
{
	return phrase(r->words, r->arena, "chart_of_results", "procedure", p->title, "measure",
	    words_of(r->words, "chart_measure_", result_fields[field - 1]), NULL);
}

static void add_line(struct drawing *d, int scope, enum chart_role role)
{
	const struct renderer *r = d->r;
	const struct results_chart *c = d->chart;
	const struct school *school = scope == SCOPE_SCHOOL ? c->school : NULL;
	struct chart_value *values = arena_array(r->arena, c->span->nyears + 1, sizeof(*values));
	size_t points = 0;
	bool small = false;
	for (size_t i = 0; i < c->span->nyears; i++) {
		struct results_place place =
		    results_place(r, c->span, scope, school, c->span->years[i]);
		struct results_figure f = results_figure(r, &place, c->field);
		values[i] = (struct chart_value){f.number, f.small};
		points += frac_is_set(f.number);
		small |= f.small;
	}
	if (!points)
		return;
	if (scope == SCOPE_SCHOOL || (!c->school && points > d->points))
		d->points = points;
	d->small |= small;
	d->series[d->count++] = (struct chart_series){place_of(r, scope).name, role, values};
}

/* "школа: 2018 — 23,1; 2019 — 41,67." */
static void describe(const struct drawing *d, struct buf *out, const struct chart_series *s)
{
	const struct results_span *span = d->chart->span;
	const char *before = ": ";
	buf_adds(out, out->len ? " " : "");
	buf_adds(out, s->label);
	for (size_t i = 0; i < span->nyears; i++) {
		if (!frac_is_set(s->values[i].number))
			continue;
		buf_addf(out, "%s%d — %s", before, span->years[i],
		    words_number(d->r->words, d->r->arena, s->values[i].number, 2));
		before = "; ";
	}
	buf_addc(out, '.');
}

static const char *description(const struct drawing *d)
{
	struct buf text = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < d->count; i++)
		describe(d, &text, &d->series[i]);
	const char *kept = arena_strndup(d->r->arena, text.data, text.len);
	buf_clear(&text);
	return kept;
}

bool results_chart(const struct renderer *r, struct buf *out, const struct results_chart *chart)
{
	struct drawing d = {.r = r, .chart = chart};
	const struct results_span *span = chart->span;
	if (chart->school)
		add_line(&d, SCOPE_SCHOOL, CHART_SCHOOL);
	if (chart->school && d.points < chart->least)
		return false;
	add_line(&d, SCOPE_MUNICIPALITY, CHART_MUNICIPALITY);
	add_line(&d, SCOPE_REGION, CHART_REGION);
	if (d.points < chart->least || !d.count)
		return false;
	struct chart_lines spec = {.series = d.series, .nseries = d.count};
	spec.chart = (struct chart){
	    .id = chart->id,
	    .title = results_title(r, span->procedure, chart->field),
	    .description = description(&d),
	    .years = span->years,
	    .nyears = span->nyears,
	    .range = range_of(chart->field),
	    .unit = results_in_percent(chart->field) ? "%" : NULL,
	    .empty = words_get(r->words, "chart_no_values"),
	    .small = words_get(r->words, "chart_small_group"),
	    .separator = r->words->separator,
	};
	buf_adds(out, "<figure><figcaption>");
	html_text(out, str_of(chart->caption ? chart->caption : spec.chart.title));
	buf_adds(out, "</figcaption>");
	chart_lines(out, &spec);
	buf_adds(out, "</figure>\n");
	if (chart->small)
		*chart->small |= d.small;
	return true;
}

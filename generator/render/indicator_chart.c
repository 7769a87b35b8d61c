/*
 * Both drawings are made of the same series: years, targets, values, and the
 * baseline, which is a ring in the chart and the first value of the short line.
 */
#include "render/indicator_chart.h"

#include "render/chart_spark.h"
#include "render/chart_targets.h"

struct series {
	int *years;
	struct frac *targets, *measured; /* measured: the baseline too */
	struct chart_value *values;      /* without it */
	const struct indicator_year *baseline, *first, *last;
	size_t count, points;
};

static bool shown(const struct renderer *r, const struct indicator_year *y)
{
	return y->value.set && disclosure_indicator(r->disclosure, y);
}

static bool is_drawn(const struct indicator *i)
{
	return i->unit != UNIT_YESNO && i->unit != UNIT_LEVEL;
}

static struct series series_of(const struct renderer *r, const struct indicator_state *s)
{
	size_t n = is_drawn(s->indicator) ? s->nyears : 0;
	struct series made = {
	    .years = arena_array(r->arena, n + 1, sizeof(int)),
	    .targets = arena_array(r->arena, n + 1, sizeof(struct frac)),
	    .measured = arena_array(r->arena, n + 1, sizeof(struct frac)),
	    .values = arena_array(r->arena, n + 1, sizeof(struct chart_value)),
	    .count = n,
	};
	for (size_t i = 0; i < n; i++) {
		const struct indicator_year *y = &s->years[i];
		made.years[i] = y->year;
		if (disclosure_target(r->disclosure, y))
			made.targets[i] = y->target.number;
		if (!shown(r, y))
			continue;
		made.measured[i] = y->value.number;
		made.first = made.first ? made.first : y;
		made.last = y;
		made.points++;
		if (y->baseline)
			made.baseline = y;
		else
			made.values[i].number = y->value.number;
	}
	return made;
}

size_t indicator_points(const struct renderer *r, const struct indicator_state *s)
{
	size_t points = 0;
	for (size_t i = 0; is_drawn(s->indicator) && i < s->nyears; i++)
		points += shown(r, &s->years[i]);
	return points;
}

static bool has_target(const struct series *s)
{
	bool any = false;
	for (size_t i = 0; i < s->count; i++)
		any |= frac_is_set(s->targets[i]);
	return any;
}

static const char *in_words(const struct renderer *r, const struct indicator_state *s)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < s->nyears; i++) {
		const struct indicator_year *y = &s->years[i];
		const char *value = shown(r, y) ? indicator_value_text(r, y)
		                                : words_get(r->words, "status_no_data");
		buf_addf(&out, "%s%d: %s", out.len ? "; " : "", y->year, value);
		if (y->target.set)
			buf_addf(&out, " (%s)", indicator_target_text(r, y, false));
	}
	const char *text = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

static struct str kept(const struct renderer *r, struct buf *svg)
{
	struct str text = {arena_strndup(r->arena, svg->data, svg->len), svg->len};
	buf_clear(svg);
	return text;
}

struct str indicator_chart(const struct renderer *r, const struct indicator_state *s)
{
	const struct indicator *indicator = s->indicator;
	const struct series series = series_of(r, s);
	if (series.count == 0 || !(series.points || has_target(&series)))
		return (struct str){NULL, 0};
	const struct chart_targets spec = {
	    .chart = {.id = arena_printf(r->arena, "chart-%s", indicator->id),
	        .title = indicator->title,
	        .description = in_words(r, s),
	        .years = series.years,
	        .nyears = series.count,
	        .range = CHART_AUTO,
	        .unit = indicator->unit == UNIT_PERCENT ? "%" : NULL,
	        .empty = words_get(r->words, "status_no_data"),
	        .separator = r->words->separator},
	    .targets = series.targets,
	    .values = series.values,
	    .baseline_year = series.baseline ? series.baseline->year : 0,
	    .baseline = series.baseline ? series.baseline->value.number : (struct frac){0, 0},
	    .target_label = words_get(r->words, "chart_target"),
	    .value_label = words_get(r->words, "chart_value"),
	    .baseline_label = words_get(r->words, "chart_baseline"),
	    .direction = indicator->rule == RULE_AT_MOST ? CHART_AT_MOST
	        : indicator->rule == RULE_AT_LEAST       ? CHART_AT_LEAST
	                                                 : CHART_NO_DIRECTION,
	};
	struct buf svg = BUF_INIT(BUF_PAGE);
	chart_targets(&svg, &spec);
	return kept(r, &svg);
}

void indicator_trend(const struct renderer *r, struct view *row, const struct indicator_state *s)
{
	const struct series series = series_of(r, s);
	const struct chart_spark spec = {
	    .text = in_words(r, s),
	    .years = series.years,
	    .nyears = series.count,
	    .values = series.measured,
	    .targets = series.targets,
	};
	struct buf svg = BUF_INIT(BUF_PAGE);
	view_null(row, "trend");
	if (chart_spark(&svg, &spec)) {
		const struct indicator *i = s->indicator;
		struct view *trend = view_view(row, "trend");
		view_raw(trend, "chart", kept(r, &svg));
		view_text(trend, "text",
		    phrase(r->words, r->arena, "indicator_trend", "first",
		        indicator_quantity_text(r, i, &series.first->value), "last",
		        indicator_quantity_text(r, i, &series.last->value), "from",
		        arena_printf(r->arena, "%d", series.first->year), "to",
		        arena_printf(r->arena, "%d", series.last->year), NULL));
	}
	buf_clear(&svg);
}

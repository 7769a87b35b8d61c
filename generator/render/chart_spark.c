/*
 * The drawing has a fixed size, so that its lines are as thick everywhere and
 * many of them in a column can be compared. The scale is that of the numbers
 * shown, as in all charts without an axis: what matters is up or down, and
 * on which side of the plan.
 */
#include "render/chart_spark.h"

#include "render/chart.h"
#include "text/html.h"

enum { WIDTH = 800, HEIGHT = 280, EDGE = 50, POINT = 35, STROKE = 60 };

static bool known(const struct frac *numbers, size_t i)
{
	return scale_takes(numbers[i]);
}

static int place(const struct chart_spark *spec, size_t i)
{
	int64_t span = (int64_t)spec->years[spec->nyears - 1] - spec->years[0];
	int64_t along = (int64_t)spec->years[i] - spec->years[0];
	if (span <= 0 || along < 0 || along > span)
		return EDGE;
	return EDGE + (int)(along * (WIDTH - 2 * EDGE) / span);
}

static void draw_values(struct buf *out, const struct chart_spark *spec, const struct scale *s)
{
	bool drawing = false;
	size_t last = 0;
	buf_adds(out, "<path class=\"c-value\" fill=\"none\" d=\"");
	for (size_t i = 0; i < spec->nyears; i++) {
		if (!known(spec->values, i)) {
			drawing = false;
			continue;
		}
		last = i;
		/* a value between gaps is a line without length: its round ends show */
		if (!drawing)
			chart_path(out, &drawing, place(spec, i), scale_at(s, spec->values[i]));
		chart_path(out, &drawing, place(spec, i), scale_at(s, spec->values[i]));
	}
	buf_adds(out, "\"/><circle class=\"point\"");
	chart_attr(out, "cx", place(spec, last));
	chart_attr(out, "cy", scale_at(s, spec->values[last]));
	chart_attr(out, "r", POINT);
	buf_adds(out, "/>");
}

static void draw_targets(struct buf *out, const struct chart_spark *spec, const struct scale *s)
{
	buf_adds(out, "<path class=\"c-target\" fill=\"none\" d=\"");
	for (size_t i = 0; i < spec->nyears; i++) {
		bool drawing = false;
		if (!known(spec->targets, i))
			continue;
		chart_path(out, &drawing, place(spec, i) - STROKE, scale_at(s, spec->targets[i]));
		buf_addc(out, 'h');
		chart_length(out, 2 * STROKE);
	}
	buf_adds(out, "\"/>");
}

bool chart_spark(struct buf *out, const struct chart_spark *spec)
{
	struct extent values = {0}, all = {0};
	struct scale s = {0};
	for (size_t i = 0; i < spec->nyears; i++) {
		extent_add(&values, spec->values[i]);
		extent_add(&all, spec->values[i]);
		extent_add(&all, spec->targets[i]);
	}
	if (values.count < 2)
		return false;
	scale_nice(&s, &all, false);
	s.from = HEIGHT - EDGE;
	s.to = EDGE;
	buf_adds(out, "<svg class=\"spark\" width=\"80\" height=\"28\" role=\"img\" aria-label=\"");
	html_attr(out, str_of(spec->text));
	buf_adds(out, "\">");
	draw_targets(out, spec, &s);
	draw_values(out, spec, &s);
	buf_adds(out, "</svg>");
	return true;
}

/*
 * Places are tenths of a percent of the width, so the marks keep their shape
 * at any width. A value of zero is a sliver: no bar means no value.
 */
#include "render/chart_bullet.h"

#include "render/chart.h"
#include "text/html.h"

enum { SLIVER = 3, SHARE_SMALL = 10 };

static void percent(struct buf *out, const char *name, int tenths)
{
	buf_addc(out, ' ');
	buf_adds(out, name);
	buf_adds(out, "=\"");
	chart_length(out, tenths);
	buf_adds(out, "%\"");
}

static void choose_scale(struct scale *s, const struct chart_bullet *spec)
{
	struct extent e = {0};
	extent_add(&e, spec->value);
	extent_add(&e, spec->target);
	extent_add(&e, spec->baseline);
	bool full = spec->share && !extent_within(&e, 0, SHARE_SMALL);
	chart_scale(s, full ? CHART_PERCENT : CHART_AUTO, &e, true);
	s->from = 0;
	s->to = 1000;
}

static void draw_bar(struct buf *out, const struct chart_bullet *spec, const struct scale *s)
{
	int at = scale_at(s, spec->value), zero = scale_at(s, frac_of(0, 1));
	buf_adds(out, "<rect class=\"bar ");
	html_attr(out, str_of(spec->status));
	buf_adds(out, "\" y=\"8\" height=\"8\"");
	percent(out, "x", at < zero ? at : zero);
	if (at == zero)
		chart_attr(out, "width", SLIVER * 10);
	else
		percent(out, "width", at < zero ? zero - at : at - zero);
	buf_adds(out, "/>");
}

void chart_bullet(struct buf *out, const struct chart_bullet *spec)
{
	struct scale s;
	choose_scale(&s, spec);
	buf_adds(
	    out, "<svg class=\"bullet\" width=\"100%\" height=\"24\" role=\"img\" aria-label=\"");
	html_attr(out, str_of(spec->text));
	buf_adds(out, "\"><rect class=\"track\" y=\"8\" width=\"100%\" height=\"8\"/>");
	if (scale_takes(spec->value))
		draw_bar(out, spec, &s);
	if (scale_takes(spec->target)) {
		int at = scale_at(&s, spec->target);
		buf_adds(out, "<line class=\"tick\" y1=\"2\" y2=\"22\"");
		percent(out, "x1", at);
		percent(out, "x2", at);
		buf_adds(out, "/>");
	}
	if (scale_takes(spec->baseline)) {
		buf_adds(out, "<circle class=\"ring\" cy=\"12\" r=\"4\"");
		percent(out, "cx", scale_at(&s, spec->baseline));
		buf_adds(out, "/>");
	}
	buf_adds(out, "</svg>");
}

/*
 * indicator_chart - an indicator by year: the chart of its page, the same in
 * small on the dashboard, and the line of a few values beside a bullet.
 *
 * Only numbers are drawn, no answers and levels. What disclosure hides is a
 * gap. All texts live in the renderer's arena.
 */
#ifndef RENDER_INDICATOR_CHART_H
#define RENDER_INDICATOR_CHART_H

#include "render/indicator_view.h"

/* Values of how many years there are to be seen, with the baseline. */
size_t indicator_points(const struct renderer *r, const struct indicator_state *s);
/* SVG, or an empty text when there is nothing to draw. */
struct str indicator_chart(const struct renderer *r, const struct indicator_state *s);
/* Field trend of a row: {chart (SVG), text}, or null with fewer than two values. */
void indicator_trend(const struct renderer *r, struct view *row, const struct indicator_state *s);

#endif

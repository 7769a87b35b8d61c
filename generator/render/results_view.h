/*
 * results_view - how the results of a school moved, for its page.
 *
 * Charts by year, and the same numbers in one table beside the municipality
 * and the region. What disclosure hides is a gap in a chart and the symbol x
 * in the table.
 */
#ifndef RENDER_RESULTS_VIEW_H
#define RENDER_RESULTS_VIEW_H

#include "render/results_span.h"

/*
 * charts   figures (HTML), or null when nothing has two points
 * results  a grid; null when no procedure of the school has results, or the
 *          level of disclosure shows none
 */
void results_view(struct renderer *r, struct view *v, const struct results_spans *spans,
    const struct school *school);

#endif

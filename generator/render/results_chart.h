/*
 * results_chart - a <figure> with the results of one measure by year.
 *
 * The school beside its municipality and region; without a school only these.
 * What disclosure hides is a gap.
 */
#ifndef RENDER_RESULTS_CHART_H
#define RENDER_RESULTS_CHART_H

#include "base/buf.h"
#include "render/results_span.h"

struct results_chart {
	const struct results_span *span;
	int field;
	const struct school *school; /* or NULL */
	const char *id;              /* unique in the page */
	const char *caption;         /* NULL: what the chart shows */
	size_t least;                /* points that the school needs (else any line) */
	bool *small;                 /* set when a group is small; or NULL */
};

/* False, and nothing written, when there are fewer points than `least`. */
bool results_chart(const struct renderer *r, struct buf *out, const struct results_chart *chart);
/* "ОГЭ по математике: доля отметок «4» и «5»" */
const char *results_title(const struct renderer *r, const struct procedure *p, int field);
bool results_in_percent(int field);

#endif

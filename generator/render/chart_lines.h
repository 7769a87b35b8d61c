/*
 * chart_lines - results by year: the school beside its municipality and region.
 *
 * Each line bears its name and last number at its right end. An unset number
 * is a gap: the line is broken there. A number of a small group is a hollow
 * point. Lines past CHART_SERIES are left out.
 */
#ifndef RENDER_CHART_LINES_H
#define RENDER_CHART_LINES_H

#include "render/chart.h"

/* How a line looks: class c-school, c-municipality, c-region. */
enum chart_role { CHART_SCHOOL, CHART_MUNICIPALITY, CHART_REGION };

struct chart_series {
	const char *label; /* "школа" */
	enum chart_role role;
	const struct chart_value *values; /* one for each year of the chart */
};

struct chart_lines {
	struct chart chart;
	const struct chart_series *series;
	size_t nseries;
};

void chart_lines(struct buf *out, const struct chart_lines *spec);

#endif

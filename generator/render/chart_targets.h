/*
 * chart_targets - what was planned for each year and what came of it.
 *
 * The plan is a dashed line in steps, a level for each year; the values are
 * points joined by a line; the baseline is a ring. Years without a value are
 * gaps; they show the number of the plan instead. The side of the plan on
 * which it is reached is tinted lightly when the direction is given. The
 * scale holds zero; percents run to 100 unless all numbers are 10 or less.
 */
#ifndef RENDER_CHART_TARGETS_H
#define RENDER_CHART_TARGETS_H

#include "render/chart.h"

enum chart_direction { CHART_NO_DIRECTION, CHART_AT_LEAST, CHART_AT_MOST };

struct chart_targets {
	struct chart chart;
	const struct frac *targets;       /* one for each year, unset: none */
	const struct chart_value *values; /* one for each year */
	int baseline_year;                /* one of the years; 0: no baseline */
	struct frac baseline;
	const char *target_label;   /* "план" */
	const char *value_label;    /* "факт" */
	const char *baseline_label; /* "исходное" */
	enum chart_direction direction;
};

void chart_targets(struct buf *out, const struct chart_targets *spec);

#endif

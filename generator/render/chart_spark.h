/*
 * chart_spark - the values of some years in the space of a word.
 *
 * A line of the values with a point at the last, beside it the plan as short
 * level strokes. No letters and no axis: the words stand beside it in the
 * page, and all numbers are in the text for those who do not see it. A year
 * without a value is a gap. Nothing is written when fewer than two years have
 * a value: chart_spark() is false then.
 */
#ifndef RENDER_CHART_SPARK_H
#define RENDER_CHART_SPARK_H

#include "base/buf.h"
#include "base/decimal.h"

struct chart_spark {
	const char *text; /* all of it in words */
	const int *years; /* ascending */
	size_t nyears;
	const struct frac *values, *targets; /* one for each year; unset: none */
};

bool chart_spark(struct buf *out, const struct chart_spark *spec);

#endif

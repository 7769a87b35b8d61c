/*
 * chart_bullet - one indicator in a line: value, target and where it began.
 *
 * A bar is the value, an upright stroke the target, a ring the baseline. It
 * is as wide as its place. The scale begins at zero (below, when a number is
 * negative); shares run to 100 unless all numbers are 10 or less.
 */
#ifndef RENDER_CHART_BULLET_H
#define RENDER_CHART_BULLET_H

#include "base/decimal.h"

struct chart_bullet {
	const char *text;                    /* all of it in words, for those who do not see it */
	const char *status;                  /* class of the bar: "good", "bad", "wait" or "none" */
	struct frac value, target, baseline; /* unset: not drawn */
	bool share;                          /* percents */
};

void chart_bullet(struct buf *out, const struct chart_bullet *spec);

#endif

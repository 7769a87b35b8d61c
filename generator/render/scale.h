/*
 * scale - from numbers to places on paper, without floating point.
 *
 * Gather the numbers in an extent, choose a scale for them (scale_fixed, or
 * scale_nice for round ends), set from and to, then ask scale_at() for the
 * place of each number. Places are tenths of a pixel (or of a percent).
 *
 * Numbers past SCALE_LIMIT either way are not taken: nothing is drawn for
 * them. A scale has at most SCALE_TICKS lines.
 */
#ifndef RENDER_SCALE_H
#define RENDER_SCALE_H

#include "base/decimal.h"

#define SCALE_LIMIT INT64_C(100000000000)

enum { SCALE_UNIT = 1000000, SCALE_TICKS = 3 };

/* What the numbers are like. Begin with {0}. */
struct extent {
	struct frac min, max;
	size_t count;
	bool broken; /* not all are whole numbers */
};

struct scale {
	int64_t low, high;   /* in millionths */
	int64_t first, step; /* of the ticks */
	int from, to;        /* places of low and high */
};

bool scale_takes(struct frac value);                  /* set, and within the limit */
void extent_add(struct extent *e, struct frac value); /* what is not taken is passed over */
bool extent_within(const struct extent *e, int low, int high);

/* Ends and ticks as given; from and to stay. */
void scale_fixed(struct scale *s, int low, int high, int first, int step);
/*
 * The narrowest round ends (1, 2, 5 · 10^n apart, two steps at most) around
 * the numbers. They hold zero when asked to, and when the least number is
 * not over half of the greatest. Close numbers are not blown up: the scale
 * spans a fifth of the greatest at least. Whole numbers have whole ticks.
 * Without numbers: 0 to 1.
 */
void scale_nice(struct scale *s, const struct extent *e, bool zero);

int scale_at(const struct scale *s, struct frac value); /* kept between from and to */
size_t scale_ticks(const struct scale *s);
struct frac scale_tick(const struct scale *s, size_t i);

#endif

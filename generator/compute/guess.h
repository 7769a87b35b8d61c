/*
 * guess - how close published sums let a reader come to a hidden count.
 *
 * Where no hidden count is determined (elimination.h), the sums may still
 * leave it two values, or one that only its bounds give away: counts are whole
 * and not negative, a part is no greater than its whole. guess_narrow() finds
 * the hidden counts that are left fewer than three values.
 */
#ifndef COMPUTE_GUESS_H
#define COMPUTE_GUESS_H

#include "compute/elimination.h"

/* Arrays over layers, then cells: [layers][ncells]. */
struct guess {
	const struct sums *sums;
	const int64_t *values; /* what stands in the cell, -1: no count */
	const int64_t *most;   /* what it cannot exceed, INT64_MAX: not known; or NULL */
	const size_t *whole;   /* the cell that it is a part of, or ncells; [ncells] or NULL */
};

/* narrow[ncells] is set; within a cell each layer is a part of the one before. */
void guess_narrow(const struct guess *g, struct arena *scratch, bool *narrow);

#endif

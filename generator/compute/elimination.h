/*
 * elimination - which hidden numbers do published sums give away?
 *
 * A system holds cells (numbers of single schools, some hidden) and totals
 * (published sums of cells). sums_complete() hides further cells, and totals
 * where no cell helps, until no hidden cell is uniquely determined by the
 * totals that are left. It is exact: Gaussian elimination over fractions.
 *
 * A cell may have several numbers that are hidden together (participants and
 * those below minimum): each is a layer, and a total belongs to one layer.
 *
 * A total over one cell is that cell, and hidden with it.
 *
 * Fill cells in the order that breaks ties; members are cell numbers. Totals
 * that come later are given up first.
 */
#ifndef COMPUTE_ELIMINATION_H
#define COMPUTE_ELIMINATION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct sums_cell {
	bool hidden;
	int64_t group; /* size of the group it is about; unknown: INT64_MAX */
};

struct sums_total {
	int layer;
	uint32_t source; /* what publishes it: totals of one source are hidden together */
	bool hidden;
	int64_t published; /* the number, for guess.h; -1: no count */
	uint32_t *members;
	size_t count, cap;
};

struct sums {
	struct arena *arena;
	struct sums_cell *cells;
	size_t ncells;
	struct sums_total *totals;
	size_t ntotals, totals_cap;
	int layers;
};

/* A new empty total, valid until the next one. */
struct sums_total *sums_total(struct sums *s, int layer, uint32_t source);
void sums_member(struct sums *s, struct sums_total *t, size_t cell);
void sums_complete(struct sums *s);
/* determined[ncells]: hidden and given away by the totals of the layer. */
size_t sums_determined(const struct sums *s, int layer, bool *determined);

#endif

/*
 * fact_beneath - fingerprints of the hidden cells that sums contain.
 *
 * beneath_find() goes over the hidden cells of schools once and adds up a
 * fingerprint of each by what sums are made of: results of a procedure in a
 * year, a metric in a year. The order of rows has no part in it. A fingerprint
 * is compared with others and never shown.
 */
#ifndef COMPUTE_FACT_BENEATH_H
#define COMPUTE_FACT_BENEATH_H

#include "compute/disclosure.h"

struct beneath {
	struct arena *arena;
	const struct disclosure *x;
	struct map results; /* "2022/oge-math" → uint64_t */
	struct map metrics; /* "2022/students" → uint64_t */
};

void beneath_find(struct beneath *b, struct arena *a, const struct disclosure *x);
/* 0: nothing is hidden there. */
uint64_t beneath_result(const struct beneath *b, int year, const struct procedure *p);
uint64_t beneath_metric(const struct beneath *b, int year, const struct metric *m);
uint64_t beneath_indicator(const struct beneath *b, const struct indicator_year *y);

#endif

/*
 * measures - what each form of measure computes for one year.
 *
 * measure_compute() fills a struct measured: the value with numerator and
 * denominator, and each school's contribution. Not set: there is nothing to
 * compute from. Shares are in percent.
 *
 *	audit          k = yes, n = yes + no + defective; others beside
 *	dynamics       k = risen (below-minimum share: fallen), n = the whole cohort
 *	context        yes-no: k = yes, n = answered; share or number: mean of the
 *	               known; count: their sum
 *	ratio          sums over the schools that have both
 *	below-minimum  sums over the rows that have both
 *	documents      yes when a published one is dated in the year
 *	special-page   yes when all four groups are there by the end of the year
 */
#ifndef COMPUTE_MEASURES_H
#define COMPUTE_MEASURES_H

#include "compute/indicator.h"

struct measured {
	struct quantity value;
	struct frac numerator, denominator;
	bool exists;        /* enough to make a row for the year by itself */
	int64_t schools_of; /* the denominator counts schools: so many; -1 it does not */
	int64_t schools_unknown, schools_not_applicable;
	struct contribution *contributions;
	size_t ncontributions;
};

void measure_compute(struct measured *out, struct arena *a, const struct department *d,
    const struct identifications *all, const struct measure *m, const char *cohort, int year);
/* The municipal value of the same measure: of the municipal rows where the
 * measure reads such, else over all schools. Unset when there is none. */
struct frac measure_reference(struct arena *a, const struct department *d,
    const struct identifications *all, const struct measure *m, int year);
/* Years that may have something to compute from: marks seen[year]. */
enum { MEASURE_YEARS = 10000 };
void measure_years(bool *seen, const struct department *d, const struct measure *m);

/* 100·k/n, and a metric's value in a row; unset where there is none. */
struct frac measure_percent(struct frac k, struct frac n);
struct frac measure_metric(const struct context *c, const struct metric *m);

#endif

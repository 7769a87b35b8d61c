/*
 * complement - hide what would give hidden cells away.
 *
 * Published sums are equations over the cells: a municipal row is the sum of
 * its schools (participants, below minimum, each count of context.csv), an
 * indicator that is computed from cells publishes its numerator and
 * denominator. complement_hide() adds cells, municipal rows and indicators to
 * what a struct disclosure hides until no hidden cell follows from the rest.
 * Years never share an equation, so each is a system of its own.
 *
 * A pass rate of a known group is as good as the number below the minimum.
 * Other means and rates are not equations here: they are products with group
 * sizes, and each municipal row that has participants already keeps two of
 * these hidden, or none.
 */
#ifndef COMPUTE_COMPLEMENT_H
#define COMPUTE_COMPLEMENT_H

#include "compute/disclosure.h"

void complement_hide(struct disclosure *x, struct arena *a, const struct assessment *assessment);

/* A municipal row with a single school is hidden with it. */
void complement_single_school(struct disclosure *x);

#endif

/*
 * status - what the value of an indicator says about its target.
 *
 * Asked when value and target of all years are known, because an increase
 * looks at the year before.
 */
#ifndef COMPUTE_STATUS_H
#define COMPUTE_STATUS_H

#include "compute/indicator.h"

/* Is there something to reach in that year? */
bool indicator_has_target(const struct indicator_state *s, const struct indicator_year *y);
enum status indicator_status(
    const struct indicator_state *s, const struct indicator_year *y, struct date today);
/* Of the current year; an indicator without any year has a target all the same
 * when its rule needs no row of targets.csv. year: the one to speak of. */
enum status indicator_status_now(const struct indicator_state *s, int year, struct date today);
/* Fills schools_needed: the least k with k/N ≥ target, at-most: the greatest
 * with k/N ≤ target. */
void indicator_in_schools(const struct indicator_state *s, struct indicator_year *y);

#endif

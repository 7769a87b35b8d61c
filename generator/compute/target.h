/*
 * target - which row of targets.csv is in force for a year.
 *
 * Of the rows that name the year and hold by the build date, the one with the
 * latest as_of; then the one that names a year before one with a date before
 * one for the whole programme.
 */
#ifndef COMPUTE_TARGET_H
#define COMPUTE_TARGET_H

#include "model/department.h"

/* The year that ends by the date: "by the beginning of 2023" is 2022. */
int target_year_ended(struct date d);
/* The row of a kind (enum target_kind) in force, or NULL; *before is the one
 * that it replaced, or NULL. */
const struct target *target_in_force(const struct department *d, const struct indicator *i,
    int year, int kind, const struct target **before);

#endif

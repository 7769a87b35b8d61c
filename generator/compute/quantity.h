/*
 * quantity - a number, a yes or no, or a level.
 *
 * What a value or a target of an indicator can be. quantity_read() takes the
 * text of a cell; what cannot be read is not set (the model has reported it).
 */
#ifndef COMPUTE_QUANTITY_H
#define COMPUTE_QUANTITY_H

#include "model/department.h"

struct quantity {
	bool set;
	struct frac number;
	enum yesno yesno;
	int level; /* 1-based place in the indicator's levels */
};

struct quantity quantity_of(struct frac number); /* unset number: not set */
struct quantity quantity_yesno(bool yes);
struct quantity quantity_read(struct arena *a, const struct indicator *i, const char *text);
/* Are both of one kind? Then *order is <0, 0, >0. */
bool quantity_compare(const struct quantity *x, const struct quantity *y, int *order);
/* |exact - printed| ≤ 0.5·10^-places: is printed a rounding of it? */
bool quantity_rounds_to(struct frac exact, struct decimal printed);

#endif

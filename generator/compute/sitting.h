/*
 * sitting - what a school did in one procedure in one year.
 *
 * sitting_of() says whether the procedure applied to the school in that year,
 * and the row that says so. Not applicable: the school has no such level, the
 * row says so, nobody took part, or the whole municipality or region
 * cancelled it and the school has no row of its own. Unknown: no row, not
 * supplied, moved. Held: the row may be asked for values, each of which may
 * still be missing.
 *
 * The municipal and regional rows are the same for all schools, so a caller
 * that goes through many schools finds them once (sitting_cover, sitting_reference).
 */
#ifndef COMPUTE_SITTING_H
#define COMPUTE_SITTING_H

#include "compute/identification.h"

enum sitting_state { SITTING_UNKNOWN, SITTING_NOT_APPLICABLE, SITTING_HELD };

struct sitting {
	enum sitting_state state;
	const struct result *row; /* the school's own, or NULL */
	const struct row *source; /* what the state rests on, or NULL */
};

/* The row that cancelled the procedure for everybody, or NULL. */
const struct result *sitting_cover(const struct department *d, const struct procedure *p, int year);
struct sitting sitting_of(const struct department *d, const struct school *s,
    const struct procedure *p, int year, const struct result *cover);
/* The held row of a municipality or region, or NULL. */
const struct result *sitting_reference(
    const struct department *d, int scope, const struct procedure *p, int year);

/* Did it take place, by its own row? */
bool sitting_was_held(const struct result *r);

/* A value of enum result_field; unset when missing or r is NULL. */
struct frac result_value(const struct result *r, int field);

#endif

/*
 * support_slow - the methods once more, slow and obvious.
 *
 * A second implementation of the four kinds, written from the description of
 * the methods and sharing nothing with compute/: it searches the rows from end
 * to end, keeps fractions as they are, and tries what it wants to know. Tests
 * lay its answers beside those of the program.
 */
#ifndef SUPPORT_SLOW_H
#define SUPPORT_SLOW_H

#include "compute/identification.h"

struct slow {
	enum outcome outcome;
	bool has_score, has_possible;
	double score, possible; /* near enough to tell answers apart */
	enum yesno fragile;
};

struct slow slow_identify(
    struct department *d, const struct method *m, const struct school *s, int year);

#endif

/*
 * claim - what the data say to a number that a text states.
 *
 * claim_compute() measures over the cohort of the claim, or takes the value of
 * its one school, and compares: a printed number agrees when it is a rounding
 * of the exact value, to as many decimals as it has. A claim without a year is
 * compared with the latest year, not after the build date's, that gives a
 * value.
 *
 * Ask disclosure_measured() before anything of it is shown, the verdict too.
 */
#ifndef COMPUTE_CLAIM_H
#define COMPUTE_CLAIM_H

#include "compute/measures.h"
#include "model/claim.h"

enum claim_verdict {
	CLAIM_UNCHECKED, /* nothing to check with: no measure, or no data */
	CLAIM_AGREES,
	CLAIM_DIFFERS,
};

struct claimed {
	const struct claim *claim;
	struct claim_meaning meaning;
	int year;              /* 0: no year gives a value */
	struct quantity value; /* computed; in the unit of the meaning */
	struct frac numerator, denominator;
	/* of the whole cohort, or the one of the school */
	const struct contribution *contributions;
	size_t ncontributions;
	int64_t schools_unknown;  /* of the cohort */
	const struct row *source; /* of one school, or NULL: the measure */
	enum claim_verdict verdict;
};

void claim_compute(struct claimed *out, struct arena *a, const struct department *d,
    const struct identifications *all, const struct claim *c);

#endif

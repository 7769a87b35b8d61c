/*
 * claim - a number that a text states, to be laid beside the data.
 *
 * A claim stands in the front matter of a page (`claims`) or in a fenced block
 * of its text:
 *
 *	```claim value="7 %" measure=below-minimum:oge-math|oge-rus year=2019
 *	7 % of the graduates got no certificate.
 *	```
 *
 * The measure is written as that of an indicator. It is taken over all schools,
 * over a cohort (as in indicators.csv), or it is the value of one school.
 * Without a measure there is nothing to check the number with; then only the
 * text and the number are shown.
 *
 * claim_read() finds what the words mean. The model calls it for front matter
 * with the places of the words, so that what is wrong is reported once;
 * later readers give diag NULL.
 */
#ifndef MODEL_CLAIM_H
#define MODEL_CLAIM_H

#include "model/department.h"
#include "model/measure_text.h"

enum claim_unit { CLAIM_PERCENT, CLAIM_NUMBER, CLAIM_YESNO };

struct claim_meaning {
	struct measure measure;      /* FORM_NONE, FORM_MANUAL: nothing to check with */
	enum claim_unit unit;        /* of what the measure gives */
	const struct school *school; /* or NULL: the cohort */
	const char *cohort;
	int year;              /* 0: the latest that there is */
	struct decimal number; /* the value stated: a number, */
	enum yesno yesno;      /* or a yes or no; neither: none */
};

/* Where its words stand. */
struct claim_places {
	struct diag_place whole, value, measure, year, cohort, school;
};

/* 0, or -1 after errors. diag and at may be NULL together. */
int claim_read(struct claim_meaning *out, struct arena *a, const struct department *d,
    const struct claim *c, const struct claim_places *at, struct diag *diag);

/* The places of a page's claim number i, in its front matter. */
struct claim_places claim_places(const struct content *page, size_t i);

#endif

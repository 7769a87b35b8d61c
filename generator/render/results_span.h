/*
 * results_span - which results a department has, and one number of them.
 *
 * results_spans() looks once over all results: which procedures and years
 * there are, and which measures have a number anywhere. Ask it once and use
 * it for every school. results_figure() is one number as readers may see it.
 */
#ifndef RENDER_RESULTS_SPAN_H
#define RENDER_RESULTS_SPAN_H

#include "render/page.h"

struct results_span {
	const struct procedure *procedure;
	const int *years; /* ascending */
	size_t nyears;
	size_t place;                    /* in the methods of the department */
	unsigned fields;                 /* bits 1 << enum result_field: numbers of schools */
	bool counts;                     /* participants or those below the minimum, of schools */
	bool of_municipality, of_region; /* there are such rows */
};

struct results_spans {
	const struct results_span *items; /* state exams first, then by grade */
	size_t count;
};

void results_spans(struct results_spans *out, const struct renderer *r);

/* The measures in the order of reading; 0 at the end. */
extern const int results_fields[];
/* Is the measure shown for the procedure? Not a share of failures that the
 * printed share of passes says already. */
bool results_has_field(const struct results_span *span, int field);

struct results_figure {
	struct frac number;       /* unset: a gap */
	enum gap gap;             /* why */
	bool small;               /* about a group under the minimum (internal profile) */
	const struct result *row; /* or NULL */
};

/* school is NULL for other scopes. */
struct results_figure results_figure(const struct renderer *r, const struct results_span *span,
    int scope, const struct school *school, int year, int field);
/* The row that the figures come from, shown or not; or NULL. */
const struct result *results_row(const struct renderer *r, const struct results_span *span,
    int scope, const struct school *school, int year);
/* Participants, or those below the minimum. */
struct results_figure results_count(const struct renderer *r, const struct results_span *span,
    const struct school *school, int year, bool below_minimum);

#endif

/*
 * results_span - which results a department has, and one number of them.
 *
 * results_spans() looks once over all results: which procedures and years
 * there are, and which measures have a number anywhere. Ask it once and use
 * it for every school. results_place() is the row of a place and a year, and
 * results_figure() one number of it as readers may see it.
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

/* Where the numbers of a place and a year come from. */
struct results_place {
	const struct result *row;  /* or NULL */
	const struct result *held; /* the same, or NULL: it has no numbers */
	enum gap gap;              /* why not */
};

struct results_figure {
	struct frac number; /* unset: a gap */
	enum gap gap;       /* why */
	bool small;         /* about a group under the minimum (internal profile) */
};

/* school is NULL for other scopes. */
struct results_place results_place(const struct renderer *r, const struct results_span *span,
    int scope, const struct school *school, int year);
struct results_figure results_figure(
    const struct renderer *r, const struct results_place *place, int field);
/* Participants, or those below the minimum. */
struct results_figure results_count(
    const struct renderer *r, const struct results_place *place, bool below_minimum);

#endif

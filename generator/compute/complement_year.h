/*
 * complement_year - the system of sums of one year.
 *
 * What the files of complement share: complement.c goes through the years,
 * complement_results.c and complement_context.c make the sums of one table,
 * have them completed, and write back what is hidden.
 */
#ifndef COMPUTE_COMPLEMENT_YEAR_H
#define COMPUTE_COMPLEMENT_YEAR_H

#include "compute/complement.h"
#include "compute/guess.h"

/* What publishes a total: a municipal row (of results, or with a metric of
 * context), or an indicator's year. */
struct year_publisher {
	const struct result *result;
	const struct context *context;
	const struct metric *metric;
	const struct indicator_year *indicator;
};

/* The system of one year. */
struct year_work {
	struct disclosure *x;
	struct arena *scratch, *keep;
	const struct assessment *assessment;
	int year;
	struct sums sums;
	struct year_publisher *publishers;
	size_t npublishers, publishers_cap;
	bool *cohort; /* by school.row.index */
};

struct result_rows {
	const struct result **rows;
	size_t count;
};

struct context_rows {
	const struct context **rows;
	size_t count;
};

/* Rows of one year, those of schools first (within a procedure) and by id. */
void complement_results(struct year_work *w, struct result_rows *rows);
void complement_context(struct year_work *w, struct context_rows *rows);

/* The number of a new publisher, for sums_total(). */
uint32_t year_publish(struct year_work *w, struct year_publisher p);
/* Hide what publishes totals that the sums gave up. */
void year_hide_publishers(struct year_work *w);
/* A school's row with a hidden count that has few values left. */
void year_guessable(struct year_work *w, const struct row *row);
/* The published indicators of the year with this form, one call each. */
typedef void year_indicator(
    struct year_work *w, const struct indicator_year *y, const struct measure *m, void *rows);
void year_indicators(struct year_work *w, year_indicator *add, void *rows);

#endif

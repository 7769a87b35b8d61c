/*
 * indicator - targets, values, and what they say about the plan.
 *
 * assess_indicators() computes every indicator for every year that has a
 * target, a baseline, a value or a computed denominator: value as an exact
 * fraction with numerator and denominator, the target in force, the status,
 * and the schools of its cohort with their contribution. What each form of
 * measure computes is in measures.h, the cohort in cohort.c.
 *
 * Readings where METHODS.md leaves room:
 * - computed beats manual only where there is a computed value; where not one
 *   school is known (dynamics: in both years) there is none;
 * - a values row with numerator and denominator counts as their exact
 *   fraction when the printed value is its rounding;
 * - a baseline is the value of its year unless that year has another one;
 * - at-least-reference takes the municipal value as its target: in the years
 *   that target rows name, or in all years when there are no such rows; when
 *   the value is entered by hand, so is this one: it is the number in the
 *   target row of its year;
 * - of several target rows the latest as_of wins, then the one that names a
 *   year, then a date, then none;
 * - a part of a parent that is no yes-no counts by its status;
 * - a list that says neither yes nor no of any school, for want of data, does
 *   not make a cohort known to be empty.
 *
 * Source: METHODS.md § Indicators.
 */
#ifndef COMPUTE_INDICATOR_H
#define COMPUTE_INDICATOR_H

#include "compute/identification.h"
#include "compute/quantity.h"

enum status {
	INDICATOR_NONE,
	INDICATOR_NO_TARGET,
	INDICATOR_IN_PROGRESS,
	INDICATOR_NO_DATA,
	INDICATOR_ACHIEVED,
	INDICATOR_NOT_ACHIEVED,
};
extern const char *const statuses[]; /* "no-target", … by enum status; [0] is "" */

/* What one school of the cohort gives to the value. */
struct contribution {
	const struct school *school;
	enum met counts; /* yes: in the numerator; unknown: not known in all it needs */
	struct frac value, before;
	int64_t k, n; /* below-minimum: what value is made of */
	const struct row *source, *source_before;
	/* the rows behind it, for disclosure; below-minimum over several
	 * procedures: the last of them */
	const struct result *result, *result_before;
	const struct context *context;
};

struct indicator_year {
	const struct indicator *indicator;
	int year;
	struct quantity value;
	struct frac numerator, denominator; /* unset: not applicable */
	struct quantity target;
	const struct target *target_row;    /* in force, or NULL */
	const struct target *target_before; /* the one it replaced, or NULL */
	const struct target *baseline_row;  /* or NULL */
	bool baseline;                      /* the value is the baseline */
	bool computed;                      /* the value is computed by the measure */
	bool differs;                       /* computed, and the values row says otherwise */
	enum status status;
	int64_t schools_needed;  /* least k (at-most: greatest), -1 when not of schools */
	int64_t schools_of;      /* of so many, -1 likewise */
	int64_t schools_unknown; /* of the cohort, counted beside */
	int64_t schools_not_applicable;
	const struct indicator_value *manual; /* also when computed beats it */
	struct quantity manual_value;
	struct contribution *contributions; /* by school id */
	size_t ncontributions;
	const struct row *source; /* the values or baseline row, or NULL: the measure */
};

struct indicator_state {
	const struct indicator *indicator;
	struct measure measure;
	struct indicator_year *years; /* ascending */
	size_t nyears, cap;
	bool has_targets;                      /* targets.csv sets a target for some year */
	const struct indicator_year *baseline; /* the latest, or NULL */
	/* of assessment.year, else the latest with a value or target before it,
	 * else the first; NULL when there are no years */
	const struct indicator_year *current;
};

struct assessment {
	struct indicator_state *indicators; /* in the order of the table */
	size_t count;
	/* of the years to speak of */
	size_t achieved, not_achieved, in_progress, no_data, no_target;
	/* the programme year that the overview speaks of: the latest not after
	 * the build date's, else the first; without a programme, the build date's */
	int year;
};

void assess_indicators(struct assessment *out, struct arena *a, const struct department *d,
    const struct identifications *identifications, struct diag *diag);

/* Schools of an indicator's cohort in a year, by id; -1 when unknown (then
 * *count may still hold N when the documents give only the number, else -1). */
int cohort_schools(const struct department *d, const struct identifications *all,
    const char *cohort, int year, struct arena *a, const struct school ***schools, int64_t *count);

#endif

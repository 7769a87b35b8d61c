/*
 * checks - what is wrong although every cell alone is right.
 *
 * checks_department() is called once by department_finish(), when everything
 * has been read and indexed. Impossible values are errors, doubtful ones
 * warnings, both with the row they stand in and a remedy; what would come in
 * numbers is told once per file with a count. The parts, one file each:
 *
 *	checks_results.c   results.csv: counts, rates, municipal rows
 *	checks_rates.c     which k and n fit a printed percent
 *	checks_totals.c    a municipality against its schools
 *	checks_context.c   context.csv, and groups too small to be published
 *	checks_plan.c      indicators, targets, values
 *	checks_roadmap.c   road map, declared lists, factors, support
 *	checks_content.c   what pages refer to
 *	checks_method.c    method_check() of model/method
 *	checks_rules.c     the rules of a points method
 */
#ifndef MODEL_CHECKS_H
#define MODEL_CHECKS_H

#include "model/department.h"

/* 0, or -1 after errors. */
int checks_department(struct department *d, struct diag *diag);

/* -- for the parts ----------------------------------------------------------- */

struct checks {
	struct department *d;
	struct arena *a; /* the department's */
	struct diag *diag;
};

void checks_results(struct checks *c);
void checks_context(struct checks *c);
void checks_small_groups(struct checks *c);
void checks_plan(struct checks *c);
void checks_roadmap(struct checks *c);
void checks_content(struct checks *c);

/*
 * Where the cell of a row stands: file, line and column. The file is read
 * again for it, so ask only for a message. Of the first CHECKS_COLUMNS cells
 * the column is found, then only the line is given.
 */
enum { CHECKS_COLUMNS = 200 };
struct diag_place checks_cell(struct department *d, const struct row *row, const char *column);

/* Add a message about a cell; cell text may be NULL. */
void checks_tell(struct checks *c, enum diag_level level, const char *rule, const struct row *row,
    const char *column, const char *cell, const char *remedy, const char *text);

/* For measure_lookup(): near, where a message of this rule about this row will
 * be kept, else NULL. */
const char **checks_guess(
    const struct checks *c, const char *rule, const struct row *row, const char **near);
/* Text of a number: "44.4", with the decimals wanted. */
const char *checks_number(struct checks *c, struct frac f, int places);

/* A municipality against its schools. Does a school teach at a level in a
 * year; a value takes part in a range; warnings for what lies outside of it,
 * and for a total that is less than one of its parts. */
bool checks_takes_part(const struct school *s, int level, int year);
void checks_widen(struct decimal value, struct decimal *least, struct decimal *most);
void checks_range(struct checks *c, const struct row *row, const char *column, struct decimal value,
    struct decimal least, struct decimal most);
void checks_not_less(struct checks *c, const struct row *row, const char *column,
    struct decimal total, struct decimal part);

/* Reports a path in a table that leads nowhere: to no page or attachment of the
 * department, and not to the web. */
void checks_path(struct checks *c, const struct row *row, const char *column, const char *path);

/* -- printed percents (checks_rates.c) --------------------------------------- */

enum rate_fit {
	RATE_FITS, /* some k of n, rounded to the decimals printed */
	RATE_CUT,  /* only when the digits past the printed ones are cut off */
	RATE_NEVER,
};
/* k: the whole number whose share is nearest below or equal, for messages. */
enum rate_fit rate_fit(struct decimal rate, int64_t n, int64_t *k);
/* The least n of which some k fits, at most 10^places·100. */
int64_t rate_least_group(struct decimal rate);
/* "46 % of 9: 4 is 44.4 %, 5 is 55.6 %", or NULL when it fits. *cut tells. */
const char *rate_complaint(struct checks *c, struct decimal rate, int64_t n, bool *cut);

#endif

/*
 * disclosure - what the public may see.
 *
 * disclosure_init() looks at a department and its computed results, and
 * decides cell by cell; the page and export code asks before it shows any
 * number. With the internal profile everything is shown. Never show a value
 * that was not asked about.
 *
 * Each question takes the level into account, so one question is enough for
 * one number:
 *
 *	                          status   basis    values
 *	basis_row, met, possible  no       yes      yes     met: no hidden cell
 *	threshold                 no       yes      yes     no hidden reference
 *	value, k, n, index points no       no       yes     no hidden cell
 *	score, fragile            no       no       yes     no hidden cell
 *	cutoff                    no       no       yes     index: no hidden cell at all
 *	result, context (school)  no       no       yes     the cell itself
 *	result, context (others)  no       yes      yes     the cell itself
 *	indicator                 yes      yes      yes     see disclosure_indicator()
 *	contribution              no       audit    yes     no hidden cell
 *
 * Cells are hidden because the group is smaller than minimum_group, because a
 * rate is 0 or 100 in a group under twice that (the denominator in the same
 * row of context.csv then goes too), because the metric is sensitive and the
 * row is a school's, or because sums would give away one of these (complement.h).
 * A row of results is hidden whole.
 *
 * Source: METHODS.md § Disclosure.
 */
#ifndef COMPUTE_DISCLOSURE_H
#define COMPUTE_DISCLOSURE_H

#include "compute/indicator.h"

enum profile { PROFILE_PUBLIC, PROFILE_INTERNAL };

struct disclosure {
	const struct department *department;
	enum profile profile;
	int level; /* enum disclosure_level in force */
	int64_t minimum_group;
	bool *sensitive;      /* by metric.row.index */
	bool *result_hidden;  /* by result.row.index */
	bool *context_hidden; /* context.row.index · nmetrics + metric.row.index */
	size_t nmetrics;
	const struct indicator_year **indicators_hidden; /* by complement */
	size_t nindicators_hidden, indicators_cap;
	const struct row *
	    *guessable; /* of schools: published sums leave a hidden count few values */
	size_t nguessable, guessable_cap;
};

void disclosure_init(struct disclosure *x, struct arena *a, const struct department *d,
    const struct identifications *ids, const struct assessment *assessment, enum profile profile);

/*
 * The settings of one version, to be obeyed by others: earlier versions are
 * shown under the stricter of theirs and today's. disclosure_terms() copies
 * what it needs into the arena; several of them, one after the other, give the
 * strictest of all. A struct of zeroes asks for nothing.
 */
struct disclosure_terms {
	int level;                  /* enum disclosure_level; UNSET: any */
	int64_t minimum_group;      /* 0: any */
	const char *const *metrics; /* ids of sensitive ones, sorted */
	size_t nmetrics;
};
void disclosure_terms(struct disclosure_terms *terms, struct arena *a, const struct department *d);
bool disclosure_sensitive(const struct disclosure_terms *terms, const struct metric *m);
void disclosure_init_under(struct disclosure *x, struct arena *a, const struct department *d,
    const struct identifications *ids, const struct assessment *assessment, enum profile profile,
    const struct disclosure_terms *terms);

/* The whole group of tables that the level publishes. */
bool disclosure_shows_basis(const struct disclosure *x);  /* rules met */
bool disclosure_shows_values(const struct disclosure *x); /* values and scores */
/* One cell: may it be shown? */
bool disclosure_result(const struct disclosure *x, const struct result *r);
bool disclosure_context(
    const struct disclosure *x, const struct context *c, const struct metric *m);
bool disclosure_basis(const struct disclosure *x, const struct basis *b); /* its met, points */
bool disclosure_basis_value(
    const struct disclosure *x, const struct basis *b); /* value, k, n, index points */
bool disclosure_school_result(const struct disclosure *x, const struct identification *i,
    const struct school_result *r); /* its score, fragile */
bool disclosure_score_possible(const struct disclosure *x);
bool disclosure_cutoff(const struct disclosure *x, const struct identification *i);
/* Its threshold: a reference comes from a row that may be hidden itself. */
bool disclosure_threshold(const struct disclosure *x, const struct basis *b);
/* Value, numerator and denominator, and the value by hand that the computed
 * one beat. A share of pupils or teachers is about
 * its denominator; a sum over a single school is that school's cell. */
bool disclosure_indicator(const struct disclosure *x, const struct indicator_year *y);
/* Its target, which may be another value of the measure. */
bool disclosure_target(const struct disclosure *x, const struct indicator_year *y);
/* Its status compares the value with the target, so it tells of a hidden one. */
bool disclosure_status(const struct disclosure *x, const struct indicator_year *y);
bool disclosure_contribution(
    const struct disclosure *x, const struct indicator_year *y, const struct contribution *c);
/* Whatever the level: is one of the cells it rests on hidden? */
bool disclosure_hides(
    const struct disclosure *x, const struct indicator_year *y, const struct contribution *c);
/*
 * A value that no indicator has (a claim), made of these contributions. The
 * equations of complement.h do not know it, so no hidden cell may be in it; of
 * one school alone it is told as that school's values are.
 */
bool disclosure_measured(const struct disclosure *x, const struct measure *m, int year,
    const struct contribution *contributions, size_t n);
/* Warnings of `check`: hidden counts to which the published sums leave fewer
 * than three values. (Group sizes that are not known and small groups in a
 * public repository are found by model/checks.) */
void disclosure_warn(const struct disclosure *x, struct diag *diag);

#endif

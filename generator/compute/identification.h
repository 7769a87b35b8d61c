/*
 * identification - which schools get support, by a published method.
 *
 * identify() computes one method for one list year over a department: a
 * result for each school open in that year, and the basis: one row for every
 * comparison made, with value, threshold, whether it was met, and the input
 * rows it rests on. Exact integers and fractions throughout (the one bound is
 * named in index.c). Pure: the same input gives the same output, whatever the
 * order of the rows.
 *
 * Each kind of method is one file with one function of the type identify_kind
 * (low_procedures.c, index.c, points.c, factors.c); identification.c chooses
 * it, and does what is common: the years that have a list, the schools, the
 * order, the declared list beside the computed one.
 *
 * What stands in a row of the basis:
 *
 *	low-procedures  rule = procedure; one row for each year used (and each
 *	                reference). Measured by a printed pass rate the row says
 *	                `<=` 100 - S, which is the same comparison.
 *	index           rule = metric, value = share 0..1, points = weight·share;
 *	                nothing is compared: met is MET_NONE when the share is
 *	                known.
 *	points          exactly one row named by the rule's id, with met and
 *	                points. Where a rule compares several times (procedures,
 *	                years) these are rows of their own, named id/procedure,
 *	                without points, and the rule's row has no value.
 *	factors         rule = factor.
 *
 * Source: METHODS.md of the project; the documents are named in each method.
 */
#ifndef COMPUTE_IDENTIFICATION_H
#define COMPUTE_IDENTIFICATION_H

#include "model/department.h"

enum outcome {
	OUTCOME_NONE,
	OUTCOME_IDENTIFIED,
	OUTCOME_NOT_IDENTIFIED,
	OUTCOME_INSUFFICIENT_DATA,
	OUTCOME_NOT_APPLICABLE,
	OUTCOME_UNDETERMINED,
};
extern const char *const outcomes[]; /* words by enum outcome; [0] is "" */

/* Three-valued, and the rule that does not apply. Zero is unknown. NONE stands
 * in rows of the basis that compare nothing. */
enum met { MET_UNKNOWN, MET_NO, MET_YES, MET_NOT_APPLICABLE, MET_NONE };
extern const char *const met_words[]; /* by enum met; MET_NONE is "" */

/* Both must hold; any may hold. What does not apply drops out. */
enum met met_and(enum met a, enum met b);
enum met met_or(enum met a, enum met b);

/* The places of input that a number rests on, in file and line order. */
struct sources {
	const struct row **rows;
	size_t count, cap;
};

struct basis {
	const struct school *school;
	const char *rule;    /* procedure, metric, rule (or rule/procedure) or factor id */
	const char *title;   /* of it, for readers */
	const char *period;  /* "2021" or "2019-2021" */
	const char *measure; /* "below_minimum_share", "quality_rate/region", … */
	struct frac value;   /* percent, mark, share …; unset: missing */
	enum yesno present;  /* yes-no metrics and factors */
	const char *op;      /* ">=", "<", "present", "" */
	struct frac threshold;
	enum met met;
	struct frac points; /* unset: none */
	struct sources sources;
	/* what the value is made of, for disclosure and for words */
	int64_t k, n; /* -1 unknown */
	const struct result *result, *reference;
	const struct context *context;
	const struct metric *metric, *of; /* read from the context rows among the sources */
};

struct school_result {
	const struct school *school;
	enum outcome outcome;
	struct frac score, score_possible, cutoff; /* unset: empty */
	enum yesno fragile;                        /* MISSING: empty */
	enum yesno declared;        /* MISSING: no list in force, or names not known */
	size_t first_basis, nbasis; /* in identification.basis */
	bool lower, upper;          /* identified when every unknown is no; is yes */
};

struct identification {
	const struct method *method;
	int year;
	struct school_result *schools; /* by school id; [nschools] */
	size_t nschools;
	struct basis *basis; /* grouped by school, then rule, period, measure */
	size_t nbasis, basis_cap;
	struct frac cutoff;
	/* schools by outcome, and how they stand beside the declared list */
	size_t identified, not_identified, insufficient, not_applicable, undetermined;
	size_t agreed, declared_only, computed_only, not_computable;
	size_t agreed_listed;   /* of agreed: on both lists (the others are on neither) */
	bool has_declared;      /* a list of this category is in force */
	int64_t declared_count; /* schools on it, -1 when none is in force */
};

/* How a school stands on the two lists. NONE: no list, or its names are not
 * known. A method that does not apply or decides nothing is not computable. */
enum agreement {
	AGREEMENT_NONE,
	AGREEMENT_AGREED,
	AGREEMENT_DECLARED_ONLY,
	AGREEMENT_COMPUTED_ONLY,
	AGREEMENT_NOT_COMPUTABLE,
};

typedef void identify_kind(struct identification *out, struct arena *a, const struct department *d);
identify_kind identify_low_procedures, identify_index, identify_points, identify_factors;

/* Years for which the method has a list in this department, ascending. */
size_t identification_years(
    const struct department *d, const struct method *m, struct arena *a, int **years);
void identify(struct identification *out, struct arena *a, const struct department *d,
    const struct method *m, int year);
/* All methods of the department and all their years: by year, then method. */
struct identifications {
	struct identification *items;
	size_t count;
};
void identify_all(struct identifications *out, struct arena *a, const struct department *d);
const struct identification *identifications_find(
    const struct identifications *all, const struct method *m, int year);
const struct school_result *identification_school(
    const struct identification *i, const struct school *s);
enum agreement identification_agreement(const struct school_result *r);

/* For the kinds: does a procedure or metric of this level apply to the school? */
bool level_applies(int level, int school_kind);
/* The decision between two bounds. */
enum outcome outcome_between(bool lower, bool upper);
/* Make room for so many rows of the basis at once. */
void identification_expect(struct identification *out, struct arena *a, size_t rows);
/* Add one basis row for a school (in the order of out->schools); returned to
 * be filled, valid until the next is added. */
struct basis *identification_basis(
    struct identification *out, struct arena *a, const struct school *school);
/* Add a place (NULL: nothing), once, in its order. */
void sources_add(struct sources *s, struct arena *a, const struct row *row);

#endif

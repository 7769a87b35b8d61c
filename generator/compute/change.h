/*
 * change - what differs between two versions, for a reader.
 *
 * Order: changes_compare() two lists of facts, changes_settle() for what the
 * present version hides, changes_group() so that an upload of five hundred
 * rows is one line. A change holds the facts before and after and the fields
 * that differ; words are made by who shows it.
 *
 * Disclosure. A value is told only when it may be seen in both versions and in
 * the present one:
 * - facts of older versions are taken under the stricter of their settings and
 *   today's (disclosure_init_under());
 * - hidden in one version of a pair: hidden in both (changes_compare());
 * - hidden in the present version: hidden (changes_settle());
 * - a sum or share over hidden cells (fact_field.beneath) is told of one state
 *   of these cells only, that of the present version; when the sum is gone
 *   from it, only if nothing is hidden beneath. Otherwise the difference of two
 *   sums that were told would be a hidden cell (changes_settle()).
 * A field that is hidden on both sides has nothing to compare and is no change.
 * One that became hidden, or ceased to be, is a change without values.
 *
 * Facts are borrowed: they must live as long as the changes. What is new lives
 * in the arena given.
 */
#ifndef COMPUTE_CHANGE_H
#define COMPUTE_CHANGE_H

#include "compute/fact.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_EDITED };
extern const char *const change_kinds[]; /* words: "added", "removed", "edited" */

/* NULL on the side where it is missing. hidden is the same on both sides. */
struct change_field {
	const struct fact_field *old, *new;
};

struct change {
	enum change_kind kind;
	const struct fact *old, *new; /* ADDED: old NULL; REMOVED: new NULL */
	struct change_field *fields;  /* those that differ: of ADDED and REMOVED all */
	size_t nfields;
	/*
	 * A group, made by changes_group(): its parts have kind of fact, kind of
	 * change and year in common, and besides
	 *	IDENTIFICATION  the method, the result before and after
	 *	DECLARED        the category
	 *	AUDIT           the day
	 *	ROW             the table
	 *	INDICATOR edited    the status before and after, which alone differs
	 *	ROADMAP, SCHOOL, SUPPORT edited    the fields that differ
	 * Documents, events, pages and methods that were edited, and indicators
	 * with another value, are each to be read by themselves. old and new are
	 * those of the first part, for what is common; there are no fields.
	 */
	const struct change *parts;
	size_t nparts;    /* 0: a single change */
	size_t cells;     /* fields that differ in all parts */
	size_t nsubjects; /* schools, or what the subjects are; not "" */
};

struct changes {
	struct change *items; /* in the order of reading */
	size_t count, cap;
};

void changes_compare(
    struct changes *out, struct arena *a, const struct facts *old, const struct facts *new);

/* present: facts of the version that is published now. */
void changes_settle(struct changes *c, struct arena *a, const struct facts *present);

/* As many as this alike, and more, become one. */
enum { CHANGE_GROUP = 3 };
void changes_group(struct changes *c, struct arena *a);

/* The newer of its two facts, which has key and titles. */
const struct fact *change_fact(const struct change *c);
/* The field that differs, or NULL. */
const struct change_field *change_field(const struct change *c, const char *name);

#endif

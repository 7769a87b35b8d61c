/*
 * audit_round - rounds of the audit among each other.
 *
 * audit_difference() compares two rounds, item by item: appeared, vanished,
 * replaced (same place, other bytes), moved (same bytes, other place), mended,
 * broke, became unknown, and "rule change", where the same bytes under another
 * version of the checklist gave another verdict: that is no change of the
 * site. audit_confirm() turns the findings of a round into rows of its file:
 * a "no" is seen once, and confirmed when an earlier round or visit on another
 * day found none either; rows that a person wrote are never overwritten.
 * audit_sum() counts n of N, with the excluded apart.
 */
#ifndef COMPUTE_AUDIT_ROUND_H
#define COMPUTE_AUDIT_ROUND_H

#include "compute/audit_judge.h"
#include "model/department.h"

enum change {
	CHANGE_NONE,
	CHANGE_APPEARED,
	CHANGE_VANISHED,
	CHANGE_REPLACED,
	CHANGE_MOVED,
	CHANGE_MENDED,  /* defective, now yes */
	CHANGE_BROKE,   /* yes, now defective */
	CHANGE_UNKNOWN, /* could be checked before, not now, or the other way round */
	CHANGE_RULE,
	CHANGE_MANUAL, /* a person decided otherwise */
	CHANGE_KINDS
};
extern const char *const change_words[CHANGE_KINDS + 1]; /* "none", "appeared", … */

struct audit_change {
	const struct school *school;
	const struct checklist_item *item;
	enum change change;
	const struct audit_row *before, *after; /* before NULL: the round had no such row */
};

/* Rounds are days of audit files; the latest row of each school and item in a
 * round counts. Sorted by school and item as in their tables; CHANGE_NONE is
 * left out. */
struct audit_change *audit_difference(size_t *count, struct arena *a, const struct department *d,
    struct date before, struct date after);
/* The latest row of a school and an item in a round: the last manual one, else
 * the one of the last visit; NULL when there is none. */
const struct audit_row *audit_latest(const struct department *d, struct date round,
    const struct school *school, const struct checklist_item *item);

struct audit_sum {
	size_t yes, no, once,
	    defective; /* once: "no" that is not confirmed; counted in no as well */
	size_t not_checked, not_applicable;
	size_t schools; /* all of them */
};
/* n = yes, N = yes + no + defective, excluded = the others. */
struct audit_sum audit_sum(
    const struct department *d, struct date round, const struct checklist_item *item);

/*
 * The rows of a round after one more visit: text of audit/<date>.csv and of
 * <date>.evidence.csv. Rows of the department in that round are kept as they
 * are; findings give rows with the next visit number; of a school and item with
 * a manual row nothing is added. `day` is the day of this visit. schools are
 * sorted by id, items as in the checklist.
 */
struct audit_writing {
	const struct department *department;
	struct date round, day;
	const struct judged *judged; /* [count], of different schools */
	size_t count;
	bool russian;
};
void audit_write_rows(struct buf *out, const struct audit_writing *w);
void audit_write_evidence(struct buf *out, const struct audit_writing *w);

#endif

/*
 * audit_round - rounds of the audit: what counts, and what changed.
 *
 * A round is the rows of one audit/<date>.csv. audit_round_read() finds for
 * each school and item the row that counts: the last one that a person wrote,
 * else the one of the last visit. What was said before it stays in the file:
 * audit_round_before() goes back row by row. audit_sum() counts n of N with the
 * excluded apart. audit_difference() compares two rounds.
 *
 * Where the same answer got another verdict under another version of the
 * checklist, that is a change of the rules and none of the site.
 */
#ifndef COMPUTE_AUDIT_ROUND_H
#define COMPUTE_AUDIT_ROUND_H

#include "model/department.h"

/* Of two rows for one school and item in one round: does x count, and not y? */
bool audit_row_outdoes(const struct audit_row *x, const struct audit_row *y);

struct audit_cell {
	const struct audit_row *row; /* NULL: none */
	const struct audit_evidence *evidence;
};

struct audit_round {
	const struct department *department;
	struct date date;
	struct audit_cell *cells; /* [nschools * nitems], by the numbers of the rows */
	size_t nitems;
	const struct audit_row **before; /* [naudit]: of the same cell, outdone by the row */
};

void audit_round_read(
    struct audit_round *out, struct arena *a, const struct department *d, struct date date);
const struct audit_cell *audit_round_cell(
    const struct audit_round *r, const struct school *school, const struct checklist_item *item);
/* The row that counted until this one came, or NULL. */
const struct audit_row *audit_round_before(
    const struct audit_round *r, const struct audit_row *row);
/* Was anything looked for at the school? */
bool audit_round_visited(const struct audit_round *r, const struct school *school);
/* The days of the rounds, ascending; in the arena. */
struct date *audit_rounds(size_t *count, struct arena *a, const struct department *d);

struct audit_sum {
	size_t yes, no, defective;
	size_t once; /* those of "no" that are not confirmed */
	size_t not_checked, not_applicable;
	size_t missing; /* without a row: nobody looked for it there */
};
/* n = yes, N = yes + no + defective, excluded = the others. Of the schools that
 * were open, and those that have a row. */
struct audit_sum audit_sum(const struct audit_round *r, const struct checklist_item *item);
/* Counts a row too; NULL: there is none. */
void audit_sum_add(struct audit_sum *s, const struct audit_row *row);
size_t audit_sum_known(struct audit_sum s);
size_t audit_sum_excluded(struct audit_sum s);

enum audit_change_kind {
	CHANGE_NONE,
	CHANGE_APPEARED,
	CHANGE_VANISHED,
	CHANGE_REPLACED, /* other bytes */
	CHANGE_MOVED,    /* the same bytes at another address */
	CHANGE_MENDED,   /* was defective */
	CHANGE_BROKE,    /* is defective */
	CHANGE_UNKNOWN,  /* could be checked only one of the two times, or is not confirmed */
	CHANGE_RULE,
	CHANGE_MANUAL, /* a person decided otherwise */
	CHANGE_KINDS
};
extern const char *const audit_changes[CHANGE_KINDS + 1]; /* "none", "appeared", … */

struct audit_change {
	const struct school *school;
	const struct checklist_item *item;
	enum audit_change_kind kind;
	struct audit_cell before, after; /* before.row NULL: there was none */
};

/* Without CHANGE_NONE; by school and item in the order of their tables. */
struct audit_change *audit_difference(size_t *count, struct arena *a,
    const struct audit_round *before, const struct audit_round *after);

#endif

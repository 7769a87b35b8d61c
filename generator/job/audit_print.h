/*
 * audit_print - what the audit tells who runs it: a table for each school, and
 * at the end the sums and what a person should look at.
 *
 * In the language of the messages, with marks and words for each outcome. The
 * marks of order 1493 are told as one sum for a school.
 */
#ifndef JOB_AUDIT_PRINT_H
#define JOB_AUDIT_PRINT_H

#include "compute/audit_judge.h"
#include "compute/audit_round.h"

/* Translated: "found", "not found once" … state: enum audit_state. */
const char *audit_outcome_words(int found, int state);
const char *audit_outcome_mark(int found); /* "+", "-", "!", "?", "·" */

/* before: the round as it was before this visit; what was missing then too, on
 * another day, is not found for good. */
void audit_print_school(struct buf *out, const struct school *school, const struct judged *judged,
    const struct audit_round *before);
/* One without a verdict: the machine was too busy. */
void audit_print_lost(struct buf *out, const struct school *school);

struct audit_summary {
	const struct judged *judged; /* [count] */
	const struct school *const *schools;
	size_t count;
};
void audit_print_summary(struct buf *out, const struct audit_summary *s);
/* What a person should look at, by school. */
void audit_print_people(struct buf *out, const struct audit_summary *s);

#endif

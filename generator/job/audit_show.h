/*
 * audit_show - what the files of the audit say of one school, and the decision
 * of a person.
 *
 * audit_show() tells the evidence of each item, all visits of the round.
 * audit_set() adds a row that a person answers for; a row that is there is
 * never changed.
 */
#ifndef JOB_AUDIT_SHOW_H
#define JOB_AUDIT_SHOW_H

#include "job/audit.h"

struct audit_question {
	const char *site, *department;
	const char *school; /* id or name */
	const char *date;   /* of the round, or NULL: the last one */
};

enum audit_status audit_show(const struct audit_question *q, struct buf *out, struct diag *diag);

struct audit_decision {
	const char *item, *found; /* a word of the column */
	const char *url, *why, *login;
};
enum audit_status audit_set(const struct audit_question *q, const struct audit_decision *decision,
    struct buf *out, struct diag *diag);

#endif

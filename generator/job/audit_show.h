/*
 * audit_show - what the files of the audit say of one school; a letter to it;
 * and the decision of a person.
 *
 * audit_show() tells the evidence of each item, all visits of the round.
 * audit_write_letters() writes to one school, or to all that lack something, what is
 * missing and how to mend it, as Markdown: into out, or as files of a folder.
 * audit_set() adds a row that a person answers for; a row that is there is
 * never changed. It begins a round only when that is asked for: a day that was
 * mistyped would be one too.
 */
#ifndef JOB_AUDIT_SHOW_H
#define JOB_AUDIT_SHOW_H

#include "job/audit.h"

struct audit_question {
	const char *site, *department;
	const char *school; /* id or name; of letters NULL: all */
	const char *date;   /* of the round, or NULL: the last one */
	const char *folder; /* of letters: to write into, or NULL */
};

enum audit_status audit_show(const struct audit_question *q, struct buf *out, struct diag *diag);

enum audit_status audit_write_letters(
    const struct audit_question *q, struct buf *out, struct diag *diag);

struct audit_decision {
	const char *item, *found; /* a word of the column */
	const char *url, *why, *login;
	bool new_round; /* of the day of the question, or of today; it may be there */
};
enum audit_status audit_set(const struct audit_question *q, const struct audit_decision *decision,
    struct buf *out, struct diag *diag);

#endif

/*
 * audit_desk - a department on the table of who audits it.
 *
 * audit_desk_open() reads the site and the department as the commands of the
 * audit need them. What is wrong in its schools, its audit files or the
 * checklists stops; what is wrong elsewhere is no matter of theirs.
 */
#ifndef JOB_AUDIT_DESK_H
#define JOB_AUDIT_DESK_H

#include "job/load.h"

struct audit_desk {
	struct load load;
	struct department d;
	bool russian; /* the language of the site */
	bool has_department;
};

/* 0; AUDIT_USAGE or AUDIT_PROBLEMS of job/audit with messages.
 * audit_desk_close() in any case. */
int audit_desk_open(
    struct audit_desk *desk, const char *site, const char *department, struct diag *diag);
void audit_desk_close(struct audit_desk *desk);

/* The school with this id or name, or NULL with a message. */
const struct school *audit_desk_school(
    struct audit_desk *desk, const char *text, struct diag *diag);
/* The item with this id, or NULL with a message. */
const struct checklist_item *audit_desk_item(
    struct audit_desk *desk, const char *id, struct diag *diag);
/* The file of its checklist, its own or the site's. */
const char *audit_desk_list(const struct audit_desk *desk);
/* The last round, or no date. */
struct date audit_desk_last_round(const struct audit_desk *desk);
/* The round that an option names, or the last one: 0, AUDIT_USAGE or
 * AUDIT_PROBLEMS. */
int audit_desk_round(
    const struct audit_desk *desk, struct date *out, const char *text, struct diag *diag);
/* The same for who may begin one by hand: the remedy says how. */
int audit_desk_round_by_hand(
    const struct audit_desk *desk, struct date *out, const char *text, struct diag *diag);
bool audit_desk_has_round(const struct audit_desk *desk, struct date date);
/* 0, or -1 with a message: option --date. NULL: no date. */
int audit_desk_date(struct date *out, const char *text, struct diag *diag);

#endif

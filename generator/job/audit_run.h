/*
 * audit_run - what the files of job/audit share: one run of it.
 */
#ifndef JOB_AUDIT_RUN_H
#define JOB_AUDIT_RUN_H

#include "compute/audit_judge.h"
#include "compute/audit_round.h"
#include "job/audit.h"
#include "job/audit_desk.h"
#include "job/audit_passport.h"
#include "sys/child.h"

struct audit_run {
	const struct audit_options *o;
	struct diag *diag;
	struct arena arena;
	struct audit_desk desk;
	const struct school **schools; /* to visit, or to judge again; [count] */
	size_t count;
	struct audit_passport passport;
	const char *folder; /* of the visit */
	struct table items; /* rows of the lists that are used */
	struct checklist checklist;
	struct signatures signatures;
	struct audit_round before; /* the round as it was */
	struct children children;
	struct judged *judged; /* [count] */
	bool *is_judged;       /* [count] */
	bool stopped;
	struct audit_desk latest; /* as the files are when the rows are written */
	bool has_latest;
};

/* ---- job/audit_plan: what is to be done ---- */

/* Fills schools, passport and folder by the options. AUDIT_OK, or why not. */
enum audit_status audit_plan(struct audit_run *r);
/* Compiles the lists. */
enum audit_status audit_plan_lists(struct audit_run *r);

/* ---- job/audit_visit: asking the sites ---- */

/* Judges schools as they end, by audit_judge_school(). */
enum audit_status audit_visit_sites(struct audit_run *r);

/* ---- job/audit: judging and writing ---- */

void audit_judge_later(struct audit_run *r, size_t school);
/* Takes what is judged by now, and says it. False: nothing came in ms. */
bool audit_judge_take(struct audit_run *r, int ms);
void audit_say(struct audit_run *r, const struct buf *text);

#endif

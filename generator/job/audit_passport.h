/*
 * audit_passport - where a visit lies, and what it was.
 *
 *	audits/<dept>/<date>/           the first visit of a round
 *	audits/<dept>/<date>/visit-2/   the second one
 *
 * In each, beside the archives: visit.yaml, with the round, the number of the
 * visit, its schools and lists, and who asked from where. Until the visit is
 * over and its rows are written its name is visit.yaml.open.
 */
#ifndef JOB_AUDIT_PASSPORT_H
#define JOB_AUDIT_PASSPORT_H

#include "base/date.h"
#include "base/diag.h"
#include "model/department.h"

struct audit_passport {
	struct date round;
	int64_t visit;
	bool order_1493;
	const char *program, *agent, *checklist, *position, *begun; /* position may be NULL */
	bool all;                   /* of the department's schools, also of those that are new */
	const char *const *schools; /* ids; [nschools] */
	const char *const *sites;   /* their addresses then, "" none; NULL: not known */
	size_t nschools;
};

/* The folder of a visit, in the arena. */
const char *audit_folder(
    struct arena *a, const char *site, const char *department, struct date round, int64_t visit);
/* How evidence names the archives of a visit: "" or "visit-2/". */
const char *audit_folder_prefix(struct arena *a, int64_t visit);

/* 0, or -1 with messages. Where the visit is over too: open is false then. */
int audit_passport_read(
    struct audit_passport *out, bool *open, struct arena *a, const char *folder, struct diag *diag);
/* Fills in the schools, with their addresses. */
void audit_passport_schools(
    struct audit_passport *p, struct arena *a, const struct school *const *schools, size_t count);
/* Writes visit.yaml.open, in place of one that is there. */
int audit_passport_write(const struct audit_passport *p, const char *folder, struct diag *diag);
/* Gives it its final name. */
int audit_passport_close(const char *folder, struct diag *diag);

/* The folder of the last visit that is not over, in the arena; NULL without.
 * round: of this one only, unless it is no date. */
const char *audit_unfinished(
    struct arena *a, const char *site, const char *department, struct date round);

#endif

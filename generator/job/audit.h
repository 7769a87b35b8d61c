/*
 * audit - the visit of a department's school sites, and what came of it.
 *
 * audit_run() asks the sites (job/gather_run), judges each school as soon as
 * its visit is over (compute/audit_judge, in a child process), says so, and at
 * the end writes data/<dept>/audit/<date>.csv and its evidence, both or none.
 * The archive of the visit lies in audits/<dept>/<date>/, of a second visit of
 * the round in visit-2/ beneath (job/audit_passport).
 *
 * With replay nothing is asked: the archive is judged again, and where rules
 * have changed since, what they change is said apart. A school that schools.csv
 * has no more is left out, which is said; its rows, which cannot stand without
 * it, are for a person to take away. With resume a visit that
 * was broken off goes on. With confirm the schools of the last round are
 * visited once more where something was not found, or could not be checked.
 *
 * What people should read as it goes is handed to say(), in their language.
 */
#ifndef JOB_AUDIT_H
#define JOB_AUDIT_H

#include "base/buf.h"
#include "base/diag.h"

struct audit_options {
	const char *site;        /* folder; "." */
	const char *department;  /* id */
	const char *date;        /* of the round, or NULL */
	const char *replay;      /* folder of a visit, or NULL */
	const char *const *only; /* schools, by id or name; NULL: all */
	size_t nonly;
	bool resume, confirm;
	bool order_1493; /* its list too */
	bool allow_private;
	bool any_hour;        /* by day too, and on days of exams */
	const char *resolve;  /* file of addresses and names, or NULL */
	const char *settings; /* file of politeness and bounds, or NULL */
	const char *roots;    /* more certificates (PEM) for .ru, .su and .рф, or NULL */
	const char *contact;  /* for those who see us in their logs; NULL: from site.yaml */
	const char *position; /* where in the network we stand, for the passport; or NULL */
	bool progress;        /* a line on the terminal */
	void *payload;
	void (*say)(void *payload, struct str text);
};

enum audit_status { AUDIT_OK, AUDIT_PROBLEMS, AUDIT_USAGE, AUDIT_SYSTEM }; /* exit statuses */

enum audit_status audit_run(const struct audit_options *o, struct diag *diag);

#endif

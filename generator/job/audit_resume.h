/*
 * audit_resume - a visit that was broken off, and what has changed since.
 *
 * The visit keeps to its passport: the round, its number, its lists. What stands
 * in the tables may be other than when it began:
 *
 *	a school is gone          it is left out, and what it answered is not judged
 *	a school is new           it is visited too, when the visit was of all schools
 *	a school has another      it is visited anew when it was done; else the visit goes
 *	address                   on at the new one, and still uses what it has of the old
 *	the list is another       all are judged by the new one; what only it wants is
 *	                          asked of the schools that are not done
 *
 * All of it is said before the visit goes on.
 */
#ifndef JOB_AUDIT_RESUME_H
#define JOB_AUDIT_RESUME_H

#include "job/audit_run.h"

/* The schools of the passport, in r; one that is gone is left out. */
void audit_resume_schools(struct audit_run *r);
/* After the lists are compiled: compares, says, and has r and its passport as
 * they are now. */
enum audit_status audit_resume_begin(struct audit_run *r);

#endif

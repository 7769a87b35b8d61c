/*
 * log - who changed which number when.
 *
 * Goes over the commits of HEAD, the newest first, and tells what a reader saw
 * changed by each: what it has different from its first parent; of a merge
 * only what no parent has, for the rest is told by the commits it brought.
 * Every commit is seen as of its own day, and under the disclosure of today.
 *
 * Filters are joined by "and": changes of an indicator, of a school (its id, or
 * a name of it), of a file. Commits without a change that fits are left out;
 * those that changed the file that was asked for are told in any case.
 *
 * In a shallow clone commits whose parents are missing are named without
 * changes, and a warning says why.
 *
 * JSON, the same in every language:
 *	{"commits": [{"commit": "40 digits", "date": "2022-03-12", "author": "…",
 *	  "reason": "first line", "departments": [{"id", "title", "old_errors",
 *	  "new_errors", "changes": […as job/change_json…]}]}], "shallow": false}
 */
#ifndef JOB_LOG_H
#define JOB_LOG_H

#include "compute/disclosure.h"
#include "job/diff.h"

struct log_options {
	const char *site;
	const char *path; /* relative to the site, or NULL */
	const char *indicator, *school, *since;
	const char *const *only; /* departments, or NULL */
	size_t nonly;
	unsigned count; /* commits to tell; 0: all */
	enum profile profile;
	bool json;
	bool full;
};

/* DIFF_USAGE: no such date, indicator, school, department or path. */
enum diff_status log_run(const struct log_options *o, struct buf *out, struct diag *diag);

#endif

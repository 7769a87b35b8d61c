/*
 * diff - what a reader would see changed, between two versions of the site.
 *
 * Both versions are computed as of one date, that of the newer one, and their
 * facts compared (compute/change); so what only the passing of time changes is
 * not said to be a change. Everything obeys disclosure as the newer version and
 * the folder as it is now have it.
 *
 * Messages about what is wrong in the newer version go to diag: its errors
 * alone, as check says them all. An older version with errors is compared as
 * far as it could be read, and the output says so.
 *
 * JSON, the same in every language:
 *	{"old": VERSION, "new": VERSION, "date": "2026-01-31", "profile": "public",
 *	 "departments": [{"id", "title", "in_old": true, "in_new": true,
 *	   "old_errors": false, "new_errors": false,
 *	   "changes": […as job/change_json…], "files": ["data/x/values.csv"]}],
 *	 "shared_files": […], "errors": 0}
 * VERSION is {"commit": "40 digits", "name": "HEAD~1"}, both null for the
 * folder. Of departments those that differ in facts or files.
 */
#ifndef JOB_DIFF_H
#define JOB_DIFF_H

#include "compute/disclosure.h"

struct diff_options {
	const char *site;
	const char *range;       /* "A..B", "A" (with the folder); NULL: HEAD with the folder */
	const char *date;        /* YYYY-MM-DD, or NULL */
	const char *const *only; /* departments, or NULL */
	size_t nonly;
	enum profile profile;
	bool json;
	bool full;     /* all parts of groups */
	bool *numbers; /* set when a number or a status differs; or NULL */
};

/* DIFF_PROBLEMS: it was made, but the newer version has errors, or there is
 * nothing to compare. DIFF_USAGE: no such revision, no such department. */
enum diff_status { DIFF_OK, DIFF_PROBLEMS, DIFF_USAGE, DIFF_SYSTEM }; /* exit statuses */

enum diff_status diff_run(const struct diff_options *o, struct buf *out, struct diag *diag);

#endif

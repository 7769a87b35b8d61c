/*
 * verify - is a site what its repository says it is?
 *
 * verify_run() reads manifest.json of a site, in a folder or at an address,
 * makes the site of that commit again from a clone, in memory, and compares
 * file by file. In a folder every file is read; of an address those that its
 * lists name (job/manifest_json), each fetched by the program curl.
 * What is frozen under releases/ is not compared, and neither are assets that
 * an earlier build left.
 *
 * Every difference is an error in diag; another version of the program is a
 * warning, because its pages may differ for that alone.
 */
#ifndef JOB_VERIFY_H
#define JOB_VERIFY_H

#include "job/build.h"

struct verify_options {
	const char *site;   /* a clone */
	const char *target; /* folder, http:// or https:// */
};

struct verify_report {
	char commit[REPO_OID + 1];
	size_t files, differences;
};

/* Exit statuses. */
enum verify_status { VERIFY_OK, VERIFY_PROBLEMS, VERIFY_USAGE, VERIFY_SYSTEM };

enum verify_status verify_run(
    const struct verify_options *o, struct verify_report *report, struct diag *diag);

#endif

/*
 * release - a state of the site is given a name, and kept.
 *
 * release_run() puts an annotated tag release/NAME on the last commit, when it
 * is what lies in the folder, has no errors, no warnings but accepted ones, and
 * no point of the release checklist is open that blocks it (compute/readiness).
 * Every build from then on shows it under releases/NAME/.
 */
#ifndef JOB_RELEASE_H
#define JOB_RELEASE_H

#include "job/build.h"

struct release_options {
	const char *site, *name;
	const char *reason; /* the message of the tag, or NULL */
	const char *as;     /* login of who names it, or NULL */
	bool push;
};

enum release_status { RELEASE_OK, RELEASE_PROBLEMS, RELEASE_USAGE, RELEASE_SYSTEM };

/* checklists gets what is open, for people. commit gets the id that was named. */
enum release_status release_run(const struct release_options *o, char commit[REPO_OID + 1],
    struct buf *checklists, struct diag *diag);

#endif

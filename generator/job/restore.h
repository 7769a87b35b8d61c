/*
 * restore - a file or folder of the site as it was in an earlier version.
 *
 * restore_run() brings it into the working tree; nothing is committed. Each
 * file is replaced whole. A file with changes that are in no version is never
 * lost: the run is refused, or with force a copy of it is kept in the git
 * directory, whose path is told. Files of a folder that the earlier version
 * did not have stay, and are named.
 */
#ifndef JOB_RESTORE_H
#define JOB_RESTORE_H

#include "base/diag.h"

struct restore_options {
	const char *site;
	const char *what; /* PATH@COMMIT; PATH is relative to the site */
	bool force;
};

enum restore_status { RESTORE_OK, RESTORE_PROBLEMS, RESTORE_USAGE, RESTORE_SYSTEM };

/* written: how many files differ now from what they were. */
enum restore_status restore_run(
    const struct restore_options *o, size_t *written, struct diag *diag);

#endif

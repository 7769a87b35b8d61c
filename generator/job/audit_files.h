/*
 * audit_files - writing data/<dept>/audit/<date>.csv and its evidence.
 *
 * Both are replaced together or not at all. Who writes reads first what stands
 * there, so audit_files_hold() comes before the reading, and its end after the
 * writing. A visit takes days: it has the department for itself by
 * audit_files_claim(), and reads once more before it writes.
 */
#ifndef JOB_AUDIT_FILES_H
#define JOB_AUDIT_FILES_H

#include "base/date.h"
#include "base/diag.h"

/* 0, and a descriptor to be closed at the end; -1 with a message when another
 * audit of the department is under way. */
int audit_files_claim(int *fd, const char *site, const char *department, struct diag *diag);
/* Waits for others that write; the descriptor, -1 when there is nothing yet. */
int audit_files_hold(const char *site, const char *department);

/* 0, or -1 with a message. */
int audit_files_write(const char *site, const char *department, struct date round, struct str rows,
    struct str evidence, struct diag *diag);

#endif

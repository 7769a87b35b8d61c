/*
 * audit_files - writing data/<dept>/audit/<date>.csv and its evidence.
 *
 * Both are replaced together or not at all.
 */
#ifndef JOB_AUDIT_FILES_H
#define JOB_AUDIT_FILES_H

#include "base/date.h"
#include "base/diag.h"

/* 0, or -1 with a message. */
int audit_files_write(const char *site, const char *department, struct date round, struct str rows,
    struct str evidence, struct diag *diag);

#endif

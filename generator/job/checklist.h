/*
 * checklist - the release checklist of a department, in words for a terminal.
 *
 * Call it after the pages were made: diag then holds what was found. The text
 * names the points that are open; a department with none has one line.
 */
#ifndef JOB_CHECKLIST_H
#define JOB_CHECKLIST_H

#include "model/department.h"

/* Whether a point that blocks a release is open. */
bool checklist_text(struct buf *out, const struct department *d, const struct diag *diag);

#endif

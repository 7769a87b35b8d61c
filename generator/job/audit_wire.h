/*
 * audit_wire - verdicts on their way from the process that judged.
 *
 * The pointers of a finding that were there before the judging began (school,
 * item, version of the list) are put in again by the reader, which is the
 * parent of the writer; texts travel with their lengths.
 */
#ifndef JOB_AUDIT_WIRE_H
#define JOB_AUDIT_WIRE_H

#include "compute/audit_judge.h"

void audit_wire_write(struct buf *out, const struct judged *judged);
/* 0, or -1: cut. count: of the rules. The texts live in the arena. */
int audit_wire_read(struct judged *out, struct arena *a, struct str bytes, size_t count);

#endif

/*
 * audit_waiting - which schools wait for their night, until when, and why.
 *
 * Who starts a visit by day, or on a day of exams, should know that nothing is
 * wrong. Nothing is written when no school waits.
 */
#ifndef JOB_AUDIT_WAITING_H
#define JOB_AUDIT_WAITING_H

#include "base/buf.h"
#include "job/gather_hours.h"

/* schools: those that have a site. now: seconds, UTC. */
void audit_waiting(struct buf *out, const struct gather_hours *hours,
    const struct school *const *schools, size_t count, int64_t now);

#endif

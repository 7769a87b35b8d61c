/*
 * audit_progress - the line that tells who waits how far an audit is.
 *
 * One line of the terminal, as wide as it is: how many schools are done, how
 * long it will still take, which school is asked, and how fast. What there is no
 * room for is left out from the end.
 */
#ifndef JOB_AUDIT_PROGRESS_H
#define JOB_AUDIT_PROGRESS_H

#include "base/buf.h"

struct audit_progress {
	size_t done, schools; /* of all, with those of earlier runs */
	size_t done_now;      /* in this run: by them the time is reckoned */
	uint64_t requests;
	int64_t seconds; /* of this run */
	const char *school;
};

/* In the language of the messages; width in characters, at least 1. */
void audit_progress_write(struct buf *out, const struct audit_progress *p, size_t width);

#endif

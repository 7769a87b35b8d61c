/*
 * program - running another program, for a bounded time.
 *
 * No shell, no terminal: standard input is empty, and what it would ask a
 * person it cannot ask. What it prints is kept up to a bound; the rest is read
 * and dropped. When the time is over, it is ended with all it has started.
 */
#ifndef SYS_PROGRAM_H
#define SYS_PROGRAM_H

#include "base/buf.h"

enum program_status {
	PROGRAM_OK = 0,
	PROGRAM_MISSING = -1, /* there is no program of this name */
	PROGRAM_FAILED = -2,  /* it ended with another exit status than 0 */
	PROGRAM_TIMEOUT = -3, /* it was ended by us */
	PROGRAM_SYSTEM = -4,  /* no process could be started: errno */
};

struct program {
	const char *const *arguments; /* the name first, NULL at the end */
	/* "NAME=value" that is set, "NAME" that is not; NULL at the end. */
	const char *const *environment;
	const char *folder; /* to run in; NULL: ours */
	int seconds;
	struct buf *out, *err; /* what it printed */
};

enum program_status program_run(const struct program *p);

#endif

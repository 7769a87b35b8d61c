/*
 * gather_run - the visit of school sites in earnest: network, clock, files.
 *
 * Joins the machine (job/gather), the network (sys/fetch) and the evidence
 * (job/evidence), and goes on until all schools are done, `stop` is set, or the
 * evidence cannot be written. What was done stays; with `resume` set, schools
 * that were done before are left out, and a visit that was under way goes on from
 * what its archive has whole (job/recall).
 *
 * Not for two threads at once.
 */
#ifndef JOB_GATHER_RUN_H
#define JOB_GATHER_RUN_H

#include "job/gather.h"

#include <signal.h>

struct gather_run {
	const struct gather_school *schools; /* [count]; ids are slugs */
	size_t count;
	struct gather_settings settings;
	struct fetch_settings fetch; /* user_agent must be set */
	size_t snapshot;             /* bytes of a body that are kept, as they came */
	const char *folder;          /* of the evidence */
	const char *operator_name;   /* for the archive: who asks, or NULL */
	bool resume;
	const volatile sig_atomic_t *stop; /* or NULL */
	void *payload;
	/* As in struct gather_calls. */
	void (*read)(void *payload, const struct gather_page *page, struct gather_links *l);
	/* A few times a second; may be NULL. */
	void (*progress)(void *payload, const struct gather_progress *p);
	/* A school is done: its files have their names, and the disk has them. At most
	 * a quarter of a second after its last answer; may be NULL. */
	void (*ended)(void *payload, size_t school);
};

#define GATHER_RUN \
	{ \
		.settings = GATHER_SETTINGS, .fetch = FETCH_SETTINGS, .snapshot = 16 << 20 \
	}

enum gather_end {
	GATHER_DONE,
	GATHER_STOPPED, /* `stop` was set: what is open goes on with resume */
	GATHER_FAILED   /* with a message */
};

enum gather_end gather_run(const struct gather_run *run, struct diag *diag);

#endif

/*
 * gather_machine - what the two files of job/gather share: the machine's
 * state, and the step from an answer to what follows from it.
 */
#ifndef JOB_GATHER_MACHINE_H
#define JOB_GATHER_MACHINE_H

#include "job/gather_visit.h"

/* A request that was begun at a moment and may not be connected yet. */
struct gather_grace {
	size_t school;
	uint64_t number;
	int64_t until;
};

struct gather {
	const struct gather_school *schools;
	size_t count, next, done;
	struct gather_settings settings;
	struct gather_calls calls;
	int64_t begun; /* seconds since 1970 at time 0 */
	struct hosts hosts;
	struct visit **visits; /* [count], NULL: not begun, or done */
	struct visit **heap;   /* by time */
	size_t nheap;
	struct gather_grace *grace; /* a ring, oldest first */
	size_t ngrace, grace_first;
	size_t running;
	int weight;         /* of all that is running, in thousandths */
	int shared;         /* of all visits, likewise */
	int tried, reached; /* of the hosts asked for the first time lately */
	uint64_t requests;
	struct visit_queue deferred;
	const char *last;
};

/* Dates the row and hands it out. */
void gather_row(struct gather *g, size_t school, struct fetch_row *row, int64_t now);

/* What becomes of a visit. */
enum settled {
	SETTLED_ON,       /* it goes on, at v->due or when it may */
	SETTLED_DEFERRED, /* when all others are done */
	SETTLED_OVER      /* nothing is left to ask */
};

/* The errand is over before it was asked. */
enum settled settle_refusal(
    struct gather *g, struct visit *v, enum fetch_outcome outcome, int64_t now);
/* An answer came for the rules, or for the errand. ready: visits that waited. */
enum settled settle_answer(struct gather *g, struct visit *v, const struct gather_answer *answer,
    int64_t now, struct visit_queue *ready);
/* All that is left of the visit gets a row of this outcome. */
void settle_rest(struct gather *g, struct visit *v, enum fetch_outcome outcome, int64_t now);

#endif

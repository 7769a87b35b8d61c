/*
 * gather_host - when a host may be asked, for job/gather.
 *
 * A host has one connection; a platform, all hosts of one registrable domain or
 * of one address, has a few, and a rate. A connection is kept after an answer
 * as long as others of its platform do not need the place (the call `hang_up`). host_turn() says whether a visit may
 * ask now, at which time to come back, or that it stands in a queue: then it
 * is given back by host_release() when its turn may have come.
 *
 * The rules of robots.txt belong to an origin (scheme, host and port), the
 * first word of which decides for all that asks there.
 */
#ifndef JOB_GATHER_HOST_H
#define JOB_GATHER_HOST_H

#include "base/map.h"
#include "job/gather.h"
#include "text/robots.h"

struct visit;

/* Visits that wait, first come first served; linked by visit->next. */
struct visit_queue {
	struct visit *first, **last;
};

struct platform {
	int active, schools;
	struct host **idle; /* [nidle], with a connection that is kept */
	size_t nidle, idle_cap;
	int64_t next; /* when its next request may begin */
	struct visit_queue waiting;
	struct visit_queue pending; /* schools that have not begun */
};

struct host {
	struct str name;
	bool busy;
	bool idle;    /* among those of its platforms */
	bool reached; /* it was connected to once */
	bool silent;  /* the last request found nobody */
	int64_t due;  /* not before */
	int delay_ms; /* of robots.txt, 0 none */
	const struct gather_settings *pace;
	struct platform *domain, *address;
	struct visit_queue waiting;
};

enum origin_state { ORIGIN_NEW, ORIGIN_ASKING, ORIGIN_KNOWN };

struct origin {
	struct host *host;
	enum origin_state state;
	enum fetch_outcome refusal; /* FETCH_OK: by the rules; else nothing may be asked, and why */
	enum fetch_certificate certificate; /* as it was found first */
	struct arena arena;                 /* of the rules */
	struct robots rules;
	struct visit_queue waiting; /* for somebody else's question about robots.txt */
};

struct hosts {
	const struct gather_settings *settings;
	const struct gather_calls *calls;
	struct arena arena;
	struct map hosts, origins, platforms;
};

/* Both are borrowed. */
void hosts_init(
    struct hosts *h, const struct gather_settings *settings, const struct gather_calls *calls);
void hosts_clear(struct hosts *h);
struct platform *hosts_platform(struct hosts *h, struct str host); /* by its domain */
struct origin *hosts_origin(struct hosts *h, const struct url *u);

enum host_turn { HOST_NOW, HOST_LATER, HOST_QUEUED };
/* HOST_NOW marks the host as busy. */
enum host_turn host_turn(
    struct hosts *h, struct host *host, struct visit *v, int64_t now, int64_t *later);
/* After an answer: the host rests. Those who may go on now are put to `ready`. */
void host_release(struct hosts *h, struct host *host, const struct gather_answer *answer,
    int64_t now, struct visit_queue *ready);
/* The same of an answer of an earlier run, when nobody asks: as above, but that
 * nobody waits for it. */
void host_recall(
    struct hosts *h, struct host *host, const struct gather_answer *answer, int64_t at);
/* It was asked at that time at the latest, and by what answer is not known: the
 * longest rest. */
void host_rest(struct host *host, int64_t at);
/* The rules are known: all that waited for them go on. */
void origin_known(struct origin *o, struct visit_queue *ready);

void queue_init(struct visit_queue *q);
void queue_add(struct visit_queue *q, struct visit *v);
struct visit *queue_take(struct visit_queue *q);

#endif

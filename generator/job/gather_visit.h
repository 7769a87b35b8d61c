/*
 * gather_visit - the visit of one school, for job/gather: what it has seen,
 * what it will ask, and what it is asking now.
 *
 * An errand is an address with the reason to ask for it. The frontier gives
 * them by rank, then depth, then order; what failed is tried again at its
 * time. The errand that is being done is v->errand, with the address that the
 * redirects have led to so far; while robots.txt of its origin is not known,
 * v->rules asks for that first.
 */
#ifndef JOB_GATHER_VISIT_H
#define JOB_GATHER_VISIT_H

#include "base/map.h"
#include "job/gather.h"
#include "job/gather_host.h"
#include "text/cookie.h"

/* Ranks above those of links, which are 0 to 100. */
enum { RANK_PROBE = 1000, RANK_HOME = 2000 };
enum { LOOP_KEYS = 16 };

struct errand {
	const char *url, *other, *source; /* other and source may be NULL */
	enum fetch_role role;
	int rank;
	unsigned depth, attempt, order;
	int64_t due; /* of one that is tried again */
};

/* An errand on its way. */
struct flight {
	struct errand errand;
	bool on;
	struct arena arena; /* of what the way needs */
	struct url at;
	unsigned hops;
	struct buf chain;
	uint64_t loop[LOOP_KEYS]; /* [hops + 1] */
	uint64_t ms;
	int64_t not_before;
};

struct visit {
	struct visit *next; /* in a queue */
	size_t school;
	struct arena arena;
	struct map seen;      /* url_key */
	struct map refused;   /* url_key of links that the log has as not followed */
	struct map shapes;    /* url_shape → counter */
	struct map probed;    /* directory and extension */
	struct errand *queue; /* a heap, best first */
	size_t nqueue, queue_cap, left_out;
	struct errand *again; /* to be tried again */
	size_t nagain, again_cap;
	struct cookie_jar jar;
	struct url *places; /* [nplaces] */
	size_t nplaces;
	struct str home;
	bool home_answered, http_tried, http_wanted;
	bool check_home; /* after a failure */
	unsigned orders, probe_kinds;
	int asked; /* pages and files */

	struct flight errand, rules;
	struct origin *asking_rules;
	struct buf cookie;
	struct platform *platform; /* of the home page, whose schools are counted */
	int64_t due, begun;
	bool appointed, deferred;
	bool recalling; /* its last answer was one of an earlier run: its time is `clock` */
	int64_t clock;
	int64_t lag; /* then: how long ago its record ended. Hosts rest as if that were now */
	/* of the request under way */
	bool running, connected;
	int weight; /* of the parallel transfers, in thousandths */
	int share;  /* of the visits at once: 0 when its last request found nobody */
	struct host *host;
	uint64_t number;
};

struct visit *visit_new(size_t school, const struct gather_school *about, int64_t now);
void visit_free(struct visit *v);

/* Is the address refused for the first time, and was it never taken up? The log
 * has one row for it, not one for each page that links to it. */
bool visit_refuses(struct visit *v, const struct url *u, const struct gather_settings *s);
/* Adds an errand that was not seen yet; the texts are copied. false: seen. */
bool visit_add(
    struct visit *v, const struct url *u, const struct errand *e, const struct gather_settings *s);
void visit_again(struct visit *v, const struct errand *e, int64_t due);
/* All its times but `due` come so much later. */
void visit_shift(struct visit *v, int64_t ms);
/* The best errand, one that is due to be tried again before all. 1; 0 none, and
 * *due is when there will be one (-1 never). then: the address that an earlier
 * run went on with here, whatever the time; or NULL. */
int visit_next(struct visit *v, struct errand *out, int64_t now, const char *then, int64_t *due);
/* All that is left, one after the other, in order of rank. */
bool visit_drain(struct visit *v, struct errand *out);
bool visit_is_ours(const struct visit *v, const struct url *u);
void visit_own(struct visit *v, const struct url *u); /* its host is the school's */
/* Addresses that cannot exist, beside u: in its directory, with its extension. */
void visit_probe(struct visit *v, const struct url *u, const struct gather_settings *s);

/* -1: no web address. */
int flight_begin(struct flight *f, const struct errand *e, const struct cookie_jar *jar);
void flight_end(struct flight *f);
/* Where a redirect leads: FETCH_OK, or what is wrong with it. */
enum fetch_outcome flight_redirect(
    struct flight *f, int status, struct str location, int most, const struct cookie_jar *jar);

#endif

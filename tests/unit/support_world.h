/*
 * A world of web sites without network or clock, for the tests of gather.
 *
 * world_run() lets the machine ask a function that plays the servers, moves
 * the time on from event to event, and watches politeness: one connection a
 * host, the delay after each answer, the ceilings of a platform, the number of
 * parallel transfers. What is wrong with it fails the test. Rows are kept.
 *
 * All exchanges are kept. world_resume() runs the visits once more as after a
 * break behind the first `known` of them: those are recalled, the rest is asked.
 * Politeness holds across the break.
 *
 * A page's body is a list of links, one a line: "page URL RANK", "file URL
 * RANK", "own".
 */
#ifndef SUPPORT_WORLD_H
#define SUPPORT_WORLD_H

#include "base/map.h"
#include "job/gather.h"

struct reply {
	int connect_ms; /* before it is connected; the default is 20 */
	int ms;         /* and then; the default is 100 */
	enum net_end end;
	const char *head; /* of HTTP; NULL: 200 */
	const char *body;
	const char *ip; /* the default is one for each host */
	enum net_certificate certificate;
	enum http_body_status body_status;
};

struct row_kept {
	size_t school;
	const char *text; /* "role url outcome status attempt" */
	int64_t at;
	struct fetch_row row;
};

/* What one question came to. */
struct kept {
	size_t school;
	const char *url, *errand;
	struct gather_answer answer;
	int64_t at, spent;
	bool used;
};

struct world {
	struct arena arena;
	struct gather_settings settings;
	void (*answer)(struct world *w, const struct gather_ask *ask, struct reply *r);
	void *payload;
	const char *at_home; /* the host that settings.at_home is for, or NULL */
	int64_t now, first_asked, last_asked;
	struct row_kept *rows;
	size_t nrows, rows_cap, ended, asked;
	int most_parallel; /* connected at once */
	struct map hosts, platforms;
	int64_t *finished;  /* [schools], when each ended */
	size_t *nended;     /* [schools] */
	const char *cookie; /* of the last question, or NULL */
	bool unverified;
	struct kept *kept;
	size_t nkept, kept_cap, known;
};

#define WORLD(f) \
	{ \
		.settings = GATHER_SETTINGS, .answer = (f) \
	}

void world_run(struct world *w, const struct gather_school *schools, size_t count);
/* pause: ms that nobody was there. */
void world_resume(struct world *w, const struct gather_school *schools, size_t count, size_t known,
    int64_t pause);
/* Is there a row? Its number, or -1. */
int world_row(const struct world *w, const char *text);
size_t world_count(const struct world *w, const char *part); /* rows that have it */
void world_clear(struct world *w);

#endif

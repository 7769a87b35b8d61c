/*
 * gather - whom to ask, what, and when: the visit of school sites.
 *
 * A state machine without network, clock or files. gather_open() with the
 * schools and the settings; then gather_next() again and again with the time:
 *
 *	GATHER_ASK   make this request now, and give its answer to gather_done()
 *	             when it comes; gather_connected() when the question is sent
 *	GATHER_WAIT  nothing to do before `until`, or before an answer comes
 *	GATHER_END   all schools are done
 *
 * gather_close() at the end. What became of each address goes to a callback,
 * row by row (text/fetchlog); what a page links to is found by another one,
 * which knows the checklist. Times are milliseconds of any clock that does not
 * go back; only their differences count.
 *
 * Politeness: a host has one connection at a time and rests after each answer;
 * hosts of one platform (same registrable domain, or same address) share a
 * ceiling, idle connections included; robots.txt is asked first and obeyed. A school visits one address
 * after the other, so what is parallel is schools. Hosts that do not answer
 * hold nobody up: only requests that are connected, or were begun just now,
 * count against the number of parallel ones.
 *
 * A visit begins when the hours of its school allow it (job/gather_hours), and
 * then goes on to its end.
 *
 * A failure of the network is tried again (30 s, 5 min). In between, the home
 * page is asked once more: where that fails too, the site has shut us out, and
 * the visit ends with `blocked` for what is left.
 *
 * A visit that was broken off goes on where it stopped: what it asks is looked
 * up in its own record first (the call `recall`), and what stands there is
 * answered at once, without host, delay or place among the parallel ones. The
 * machine decides by answers alone, so it comes to the same errands in the same
 * order, writes the same rows, and begins to ask where the record ends. Time
 * runs for it as the record says, and goes on from there: what was spent stays
 * spent, and what waits (a host that rests, an address that is tried again)
 * waits for as long as it would have. However long the pause was, the order is
 * the same, and with it the pages that there is room for.
 */
#ifndef JOB_GATHER_H
#define JOB_GATHER_H

#include "job/gather_hours.h"
#include "sys/fetch.h"
#include "text/fetchlog.h"
#include "text/http_body.h"
#include "text/url.h"

enum { GATHER_RETRIES = 2 };

struct gather_settings {
	const char *token; /* our name in robots.txt */
	/* one host */
	int delay_ms, delay_times, delay_most_ms; /* max(delay, times × last answer), cap */
	int crawl_delay_most_ms;
	/* one platform */
	int platform_connections, platform_interval_ms, platform_schools;
	/* all */
	int parallel; /* requests that transfer */
	int grace_ms; /* a new request counts as transferring for so long */
	int open;     /* requests at once, answered or not: descriptors */
	int schools; /* visits at once: 48 ask some 20 questions a second. Dead hosts do not count */
	/* one request */
	int retry_ms[GATHER_RETRIES];
	int retry_after_most_s; /* a longer Retry-After puts the school last */
	int redirects, robots_redirects;
	size_t page_bytes, robots_bytes, file_bytes; /* decoded */
	/* one school */
	int pages, depth;
	int64_t school_ms;
	int shape_pages; /* of one directory, or one script with the same parameters */
	int queue;       /* addresses remembered */
	int probes;      /* addresses that cannot exist, for each kind */
	int probe_kinds; /* directories with an extension that are probed */
	const struct gather_hours *hours; /* NULL: at any time */
	/* Delays, ceilings of a platform, Crawl-delay and the times of retries for
	 * hosts that is_private() says yes to: a test hurries on its own machine
	 * alone. NULL: the same for all. */
	const struct gather_settings *at_home;
};

#define GATHER_SETTINGS \
	{ \
		.token = "Vidno", .delay_ms = 2000, .delay_times = 3, .delay_most_ms = 30000, \
		.crawl_delay_most_ms = 60000, .platform_connections = 2, \
		.platform_interval_ms = 1000, .platform_schools = 4, .parallel = 32, \
		.grace_ms = 300, .open = 512, .schools = 48, .retry_ms = {30000, 300000}, \
		.retry_after_most_s = 600, .redirects = 10, .robots_redirects = 5, \
		.page_bytes = 8 << 20, .robots_bytes = 500 << 10, .file_bytes = 64 << 20, \
		.pages = 150, .depth = 4, .school_ms = 20 * 60 * 1000, .shape_pages = 40, \
		.queue = 2000, .probes = 2, .probe_kinds = 8 \
	}

struct gather_school {
	const char *id;
	const char *site;          /* as in schools.csv; http:// may be missing */
	const char *const *places; /* other addresses that are the school's; [nplaces] */
	size_t nplaces;
	int zone; /* minutes east of Greenwich, gather_zone() */
};

/* ---- pages ---- */

/* A page, or a document, that answered. */
struct gather_page {
	size_t school;
	enum fetch_role role;
	const struct url *url; /* the final one */
	const struct http_head *head;
	struct str body; /* decoded, as far as it is kept */
	unsigned depth;
	bool ours; /* at one of the places of the school */
};

struct gather_links;
/* One address of the page, resolved. FETCH_PAGE is followed where it is the
 * school's, FETCH_FILE and FETCH_CLOUD wherever they are. Higher ranks go
 * first, 0 is any link. other: the same with the query in UTF-8, asked when
 * the first is not found; empty: none. */
void gather_link(struct gather_links *l, const struct url *url, enum fetch_role role, int rank,
    struct str other);
/* The page, at a foreign host, says itself that it is the school's: its host
 * becomes one of the school's places. */
void gather_own(struct gather_links *l);

/* ---- questions and answers ---- */

struct gather_ask {
	size_t school; /* one request of a school at a time: also its number */
	const struct url *url;
	enum fetch_role role;
	const char *cookie; /* or NULL */
	bool unverified;
	size_t most; /* decoded bytes of the body that are wanted */
	/* For the record: the address that all its redirects and robots.txt are
	 * asked for, and when the visit began, less what it waited for others. */
	const char *errand;
	int64_t begun;
};

struct gather_answer {
	enum net_end end;
	const struct http_head *head; /* NULL: none came */
	struct str body;              /* decoded; its beginning when not all is kept */
	uint64_t bytes;               /* decoded, all that came */
	enum http_body_status body_status;
	unsigned notes;       /* enum http_body_note */
	struct str sha256;    /* of all that came, decoded; empty: no body */
	struct str truncated; /* why the record is not whole, as in WARC; or empty */
	int64_t offset;       /* of the record, -1 none */
	const char *ip;       /* "" not connected */
	enum net_certificate certificate;
	uint64_t ms;
	const char *message; /* "" none */
};

/* An answer to an earlier run of the visit. */
struct gather_past {
	struct gather_answer answer;
	int64_t at;    /* when it was over */
	int64_t spent; /* by then, of the time of the school */
	int64_t end;   /* when the last answer of the school's record was over */
};

struct gather_calls {
	void *payload;
	/* What the page links to, by gather_link(). */
	void (*read)(void *payload, const struct gather_page *page, struct gather_links *l);
	void (*row)(void *payload, size_t school, const struct fetch_row *row);
	/* The last row of the school has been given. */
	void (*ended)(void *payload, size_t school);
	/* This host is certain to be asked at a private address; may be NULL
	 * where there is nothing for it to decide. */
	bool (*is_private)(void *payload, struct str host);
	/* No connection with this host is to be kept; none may be there. */
	void (*hang_up)(void *payload, struct str host);
	/* The answer that an earlier run had to this question, once for each
	 * answer, in their order; its texts live until the next call. NULL, or
	 * false: it has to be asked. */
	bool (*recall)(void *payload, const struct gather_ask *ask, struct gather_past *out);
	/* The errand whose answer stands next in the record, or NULL. With recall. */
	const char *(*recall_errand)(void *payload, size_t school);
};

/* ---- the machine ---- */

struct gather;

enum gather_turn { GATHER_ASK, GATHER_WAIT, GATHER_END };

/* The schools and their texts are borrowed; begun is the time of now = 0, in
 * seconds since 1970. */
struct gather *gather_open(const struct gather_school *schools, size_t count,
    const struct gather_settings *settings, const struct gather_calls *calls, int64_t begun);
/* What ask points to lives until gather_done() for that school. until is -1
 * when only an answer can change anything. */
enum gather_turn gather_next(struct gather *g, int64_t now, struct gather_ask *ask, int64_t *until);
void gather_connected(struct gather *g, size_t school, int64_t now);
void gather_done(struct gather *g, size_t school, const struct gather_answer *answer, int64_t now);
void gather_close(struct gather *g);

struct gather_progress {
	size_t schools, done, asking;
	uint64_t requests;
	const char *school; /* id of the one that was asked last, or NULL */
};
struct gather_progress gather_progress(const struct gather *g);

#endif

/*
 * One loop: the machine says what to ask until it has to wait, then the
 * network gets a moment. A request is a place in an array, one for each school,
 * made when the school first asks; its buffers live from question to answer.
 *
 * A body is kept twice only where it has to be: as it came, for the archive
 * (in a file when it is long), and decoded, for the reader, up to the length
 * of a page. Its hash is taken of all that comes, kept or not.
 *
 * To wait for the disk takes longer than to write, and nothing is asked
 * meanwhile: schools that end within a short time come to it together.
 */
#include "job/gather_run.h"

#include "base/intl.h"
#include "job/exchange.h"
#include "job/recall.h"
#include "sys/clock.h"
#include "sys/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { SPARE_DESCRIPTORS = 200, MOST_OPEN = 4096, WAIT_MS = 500, PROGRESS_MS = 250 };
/* Schools that come to the disk together, and how long the first may wait. */
enum { GROUP = 16, GROUP_MS = 250 };

struct running;

struct request {
	struct running *run;
	size_t school;
	struct evidence_file file;
	struct recall recall; /* of a run before, with `resume` */
	/* of the request under way */
	char *url, *errand;
	int64_t visit_begun;
	size_t most;
	bool answering; /* the head is read, and the body has begun */
	bool long_body; /* past the snapshot */
	struct arena arena;
	struct http_head head;
	struct http_body body;
	struct spool raw;
	struct buf decoded;
	struct hash hash;
};

struct running {
	const struct gather_run *settings;
	struct gather *gather;
	struct fetcher *fetcher;
	struct evidence evidence;
	struct request **requests;   /* [count] */
	size_t *schools;             /* [count] of the machine's: their number in the settings */
	int64_t begun, begun_unix;   /* ms, by the two clocks */
	size_t renewed;              /* visits of another version of the program */
	struct request *over[GROUP]; /* their visits are; the disk does not have them yet */
	size_t nover;
	int64_t over_due; /* when it shall, with nover */
};

/* The machine's clock: milliseconds since 1970, so that what an earlier run noted
 * has its place, and none of them comes twice. */
static int64_t now(const struct running *r)
{
	return r->begun_unix + clock_monotonic_ms() - r->begun;
}

/* ---- the body, piece by piece ---- */

static int take_decoded(void *payload, struct str bytes)
{
	struct request *q = payload;
	hash_add(&q->hash, bytes);
	size_t room = q->run->settings->settings.page_bytes - q->decoded.len;
	buf_add(&q->decoded, bytes.p, bytes.n < room ? bytes.n : room);
	return 0;
}

/* The head, once it is whole. */
static void begin_answer(struct request *q, struct str head)
{
	size_t used;
	q->answering = true;
	if (http_head_read(&q->head, &q->arena, head, &used) != HTTP_OK)
		q->head = (struct http_head){0};
	hash_begin(&q->hash);
	http_body_begin(&q->body, &q->head, q->most, take_decoded, q);
}

static void keep_raw(struct request *q, struct str bytes)
{
	uint64_t room = q->run->settings->snapshot - q->raw.size;
	if (bytes.n > room) {
		q->long_body = true;
		bytes.n = (size_t)room;
	}
	if (bytes.n && spool_add(&q->raw, bytes) && !q->run->evidence.err)
		q->run->evidence.err = errno;
}

static int on_body(void *payload, struct str head, struct str bytes)
{
	struct request *q = payload;
	if (!q->answering)
		begin_answer(q, head);
	keep_raw(q, bytes);
	return http_body_feed(&q->body, bytes) != HTTP_BODY_OK || q->run->evidence.err ? -1 : 0;
}

static void on_connected(void *payload)
{
	struct request *q = payload;
	gather_connected(q->run->gather, q->school, now(q->run));
}

/* ---- the archive ---- */

static const char *truncated_of(const struct request *q, const struct fetch_result *r)
{
	if (q->body.status == HTTP_BODY_TOO_LARGE || q->body.status == HTTP_BODY_BOMB)
		return "length";
	switch (r->end) {
	case NET_SLOW:
	case NET_TIME:
		return "time";
	case NET_DONE:
		/* The length announced may be wrong all the same. */
		return q->body.status == HTTP_BODY_CUT ? "disconnect"
		    : q->long_body                     ? "length"
		                                       : "";
	case NET_STOPPED:
		/* By us, where the chunks are none. */
		return q->body.status == HTTP_BODY_OK ? "unspecified" : "disconnect";
	default:
		return "disconnect";
	}
}

/* Question, answer, and what the answer does not say itself. */
static int64_t write_exchange(
    struct request *q, const struct fetch_result *r, const struct gather_answer *a)
{
	int64_t at = now(q->run);
	struct exchange x = {.url = q->url,
	    .errand = q->errand,
	    .at = at,
	    .spent = at - q->visit_begun,
	    .result = r,
	    .body = STR(""),
	    .answer = a};
	if (spool_str(&q->raw, &x.body)) {
		q->run->evidence.err = errno;
		return -1;
	}
	return exchange_write(&q->file, &x);
}

/* ---- questions and answers ---- */

#define SOFTWARE "Vidno/" VIDNO_VERSION

static void begin_files(struct request *q, const char *school)
{
	const struct gather_run *s = q->run->settings;
	struct buf info = BUF_INIT(BUF_LINE);
	warc_field(&info, "software", STR(SOFTWARE));
	warc_field(&info, "format", STR("WARC File Format 1.1"));
	warc_field(&info, "conformsTo",
	    STR("http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"));
	warc_field(&info, "robots", STR("classic"));
	warc_field(&info, "http-header-user-agent", str_of(s->fetch.user_agent));
	if (s->operator_name)
		warc_field(&info, "operator", str_of(s->operator_name));
	struct exchange_time date = exchange_time(now(q->run));
	evidence_begin(&q->file, &q->run->evidence, school, buf_str(&info), str_of(date.s));
	buf_clear(&info);
}

/* What an earlier run left, if there is any: the visit goes on after it. */
static bool continue_files(struct request *q, const char *school)
{
	struct running *r = q->run;
	const char *path = evidence_left(&r->evidence, &q->arena, school);
	enum recall_status status = recall_open(&q->recall, path, STR(SOFTWARE));
	r->renewed += status == RECALL_OTHER;
	if (status == RECALL_OK)
		evidence_continue(&q->file, &r->evidence, school, &q->recall.info, q->recall.whole,
		    q->recall.records);
	else
		recall_close(&q->recall);
	return status == RECALL_OK;
}

static struct request *request_of(struct running *r, size_t school)
{
	struct request *q = r->requests[school];
	if (!q) {
		q = xmalloc(sizeof(*q));
		*q = (struct request){.run = r,
		    .school = school,
		    .raw = SPOOL_INIT(r->evidence.dir),
		    .decoded = BUF_INIT(r->settings->settings.page_bytes)};
		r->requests[school] = q;
		const char *id = r->settings->schools[r->schools[school]].id;
		if (!r->settings->resume || !continue_files(q, id))
			begin_files(q, id);
	}
	return q;
}

static void reset(struct request *q)
{
	spool_clear(&q->raw);
	buf_clear(&q->decoded);
	arena_clear(&q->arena);
	free(q->url);
	free(q->errand);
	q->url = q->errand = NULL;
	q->answering = q->long_body = false;
	q->head = (struct http_head){0};
	q->body = (struct http_body){0};
}

struct host_text {
	char s[256];
};

/* The address of an IPv6 host stands without its brackets. */
static struct host_text host_text(struct str host)
{
	struct host_text t;
	bool brackets = host.p[0] == '[';
	snprintf(t.s, sizeof(t.s), "%.*s", (int)host.n - (brackets ? 2 : 0),
	    host.p + (brackets ? 1 : 0));
	return t;
}

static char *copy_text(struct str s)
{
	char *text = xmalloc(s.n + 1);
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return text;
}

static void ask(struct running *r, const struct gather_ask *a)
{
	struct request *q = request_of(r, a->school);
	const struct url *u = a->url;
	struct host_text host = host_text(u->host);
	q->url = copy_text(u->text);
	q->errand = copy_text(str_of(a->errand));
	q->visit_begun = a->begun;
	q->most = a->most;
	struct fetch_request request = {.url = q->url,
	    .host = host.s,
	    .port = u->port,
	    .cookie = a->cookie,
	    .unverified = a->unverified,
	    .payload = q,
	    .connected = on_connected,
	    .body = on_body};
	fetcher_start(r->fetcher, &request);
}

static void answer(struct running *r, const struct fetch_result *result)
{
	struct request *q = result->payload;
	struct hash_text digest = {""};
	if (!q->answering && result->status)
		begin_answer(q, result->head);
	if (q->answering)
		http_body_end(&q->body);
	struct gather_answer a = {.end = result->end,
	    .head = q->head.status ? &q->head : NULL,
	    .body = buf_str(&q->decoded),
	    .bytes = q->body.bytes,
	    .body_status = q->body.status,
	    .notes = q->body.notes,
	    .offset = -1,
	    .ip = result->ip,
	    .certificate = result->certificate,
	    .ms = result->ms,
	    .message = result->message};
	if (q->answering) {
		digest = hash_end(&q->hash);
		a.sha256 = a.bytes ? str_of(digest.s) : STR("");
		a.truncated = str_of(truncated_of(q, result));
	}
	/* A connection that was closed meanwhile was no question. */
	if (a.end != NET_STALE && !r->evidence.err)
		a.offset = write_exchange(q, result, &a);
	gather_done(r->gather, q->school, &a, now(r));
	reset(q);
}

/* ---- what the machine calls ---- */

static void on_read(void *payload, const struct gather_page *page, struct gather_links *l)
{
	struct running *r = payload;
	struct gather_page mine = *page;
	mine.school = r->schools[page->school];
	r->settings->read(r->settings->payload, &mine, l);
}

static void on_row(void *payload, size_t school, const struct fetch_row *row)
{
	struct running *r = payload;
	evidence_row(&request_of(r, school)->file, row);
}

/* What the disk has is done. */
static void end_group(struct running *r)
{
	struct evidence_file *files[GROUP] = {NULL};
	size_t count = r->nover;
	for (size_t i = 0; i < count; i++)
		files[i] = &r->over[i]->file;
	r->nover = 0;
	int result = evidence_end(files, count);
	for (size_t i = 0; i < count; i++) {
		evidence_forget(files[i]);
		if (result == 0 && r->settings->ended)
			r->settings->ended(r->settings->payload, r->schools[r->over[i]->school]);
	}
}

/* After a failure nobody knows whose record it was that could not be written. */
static void on_ended(void *payload, size_t school)
{
	struct running *r = payload;
	struct request *q = request_of(r, school);
	recall_close(&q->recall);
	if (r->evidence.err)
		return;
	if (r->nover == 0)
		r->over_due = now(r) + GROUP_MS;
	r->over[r->nover++] = q;
	if (r->nover == GROUP)
		end_group(r);
}

static bool on_is_private(void *payload, struct str host)
{
	struct running *r = payload;
	return fetcher_knows_private(r->fetcher, host_text(host).s);
}

static void on_hang_up(void *payload, struct str host)
{
	struct running *r = payload;
	fetcher_hang_up(r->fetcher, host_text(host).s);
}

static bool on_recall(void *payload, const struct gather_ask *ask, struct gather_past *out)
{
	struct running *r = payload;
	struct request *q = request_of(r, ask->school);
	return recall_answer(&q->recall, ask, r->settings->settings.page_bytes, out);
}

static const char *on_recall_errand(void *payload, size_t school)
{
	struct running *r = payload;
	return recall_errand(&request_of(r, school)->recall);
}

/* ---- the whole ---- */

static enum gather_end leave(struct running *r, enum gather_end how)
{
	end_group(r);
	return r->evidence.err ? GATHER_FAILED : how;
}

static int pause_ms(const struct running *r, int64_t until, int64_t at)
{
	if (r->nover && (until < 0 || r->over_due < until))
		until = r->over_due;
	return until >= 0 && until - at < WAIT_MS ? (int)(until - at) : WAIT_MS;
}

static enum gather_end loop(struct running *r)
{
	const struct gather_run *s = r->settings;
	int64_t shown = 0;
	for (;;) {
		struct gather_ask a;
		struct fetch_result result;
		int64_t until, at = now(r);
		if (r->evidence.err)
			return leave(r, GATHER_FAILED);
		if (s->stop && *s->stop)
			return leave(r, GATHER_STOPPED);
		enum gather_turn turn = gather_next(r->gather, at, &a, &until);
		if (turn == GATHER_END)
			return leave(r, GATHER_DONE);
		if (turn == GATHER_ASK) {
			ask(r, &a);
			continue;
		}
		fetcher_wait(r->fetcher, pause_ms(r, until, at));
		while (fetcher_take(r->fetcher, &result))
			answer(r, &result);
		if (r->nover && now(r) >= r->over_due)
			end_group(r);
		if (s->progress && at >= shown) {
			struct gather_progress p = gather_progress(r->gather);
			s->progress(s->payload, &p);
			shown = at + PROGRESS_MS;
		}
	}
}

/* Those that are not done yet, and how many. */
static size_t choose(struct running *r, struct gather_school *schools)
{
	const struct gather_run *s = r->settings;
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		if (s->resume && evidence_is_done(&r->evidence, s->schools[i].id))
			continue;
		r->schools[count] = i;
		schools[count++] = s->schools[i];
	}
	return count;
}

/* Who gets the descriptors: files, children and look-ups first; what is left
 * goes to connections, in use or kept between questions. */
static void share_descriptors(struct gather_settings *settings, struct fetch_settings *fetch)
{
	size_t all = fetch_descriptors();
	size_t left = all - (all / 2 < SPARE_DESCRIPTORS ? all / 2 : SPARE_DESCRIPTORS);
	if ((size_t)fetch->idle > left / 2)
		fetch->idle = (int)(left / 2);
	left -= (size_t)fetch->idle;
	settings->open = left < MOST_OPEN ? (int)left : MOST_OPEN;
}

static void forget(struct request *q)
{
	reset(q);
	recall_close(&q->recall);
	evidence_forget(&q->file);
	free(q);
}

static void free_requests(struct running *r)
{
	for (size_t i = 0; i < r->settings->count; i++)
		if (r->requests[i])
			forget(r->requests[i]);
	free(r->requests);
	free(r->schools);
}

enum gather_end gather_run(const struct gather_run *run, struct diag *diag)
{
	struct running r = {.settings = run, .evidence = EVIDENCE_INIT};
	struct gather_settings settings = run->settings;
	struct fetch_settings fetch = run->fetch;
	struct gather_calls calls = {.payload = &r,
	    .read = on_read,
	    .row = on_row,
	    .ended = on_ended,
	    .is_private = on_is_private,
	    .hang_up = on_hang_up};
	size_t size = (run->count + 1) * sizeof(*r.requests);
	struct gather_school *schools = xmalloc((run->count + 1) * sizeof(*schools));
	enum gather_end end = GATHER_FAILED;
	r.schools = xmalloc((run->count + 1) * sizeof(*r.schools));
	r.requests = xmalloc(size);
	memset(r.requests, 0, size);
	r.begun = clock_monotonic_ms();
	r.begun_unix = clock_unix_ms();
	if (run->resume) {
		calls.recall = on_recall;
		calls.recall_errand = on_recall_errand;
	}
	share_descriptors(&settings, &fetch);
	if (evidence_open(&r.evidence, run->folder, diag) == 0 &&
	    fetcher_open(&r.fetcher, &fetch, diag) == 0) {
		r.gather = gather_open(schools, choose(&r, schools), &settings, &calls, 0);
		end = loop(&r);
		if (end == GATHER_FAILED)
			evidence_complain(&r.evidence, diag);
	}
	if (r.renewed)
		diag_add(diag, DIAG_WARNING, "audit-other-version", DIAG_AT(run->folder, 0, 0),
		    STR_NONE, _("Nothing is to be done: this is only slower."),
		    _("visits under way that another version of the program had begun were made anew: %zu"),
		    r.renewed);
	fetcher_close(r.fetcher);
	gather_close(r.gather);
	free_requests(&r);
	evidence_close(&r.evidence);
	free(schools);
	return end;
}

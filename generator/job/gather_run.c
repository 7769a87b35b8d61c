/*
 * One loop: the machine says what to ask until it has to wait, then the
 * network gets a moment. A request is a place in an array, one for each school,
 * made when the school first asks; its buffers live from question to answer.
 *
 * A body is kept twice only where it has to be: as it came, for the archive
 * (in a file when it is long), and decoded, for the reader, up to the length
 * of a page. Its hash is taken of all that comes, kept or not.
 */
#include "job/gather_run.h"

#include "base/date.h"
#include "base/intl.h"
#include "job/evidence.h"
#include "sys/clock.h"
#include "sys/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { SPARE_DESCRIPTORS = 200, MOST_OPEN = 4096, WAIT_MS = 500, PROGRESS_MS = 250 };

struct running;

struct request {
	struct running *run;
	size_t school;
	struct evidence_file file;
	bool begun; /* the files are there */
	/* of the request under way */
	char *url;
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
	struct request **requests; /* [count] */
	size_t *schools;           /* [count] of the machine's: their number in the settings */
	int64_t begun;             /* monotonic */
	int64_t begun_unix;
};

struct time_text {
	char s[40];
};

static int64_t now(const struct running *r)
{
	return clock_monotonic_ms() - r->begun;
}

/* The machine's clock, so that all times of a visit agree. */
static struct time_text time_text(const struct running *r)
{
	struct time_text t;
	int64_t at = r->begun_unix + now(r) / 1000;
	int second = (int)(at % 86400);
	snprintf(t.s, sizeof(t.s), "%sT%02d:%02d:%02dZ", date_iso(date_from_unix(at)).s,
	    second / 3600, second / 60 % 60, second % 60);
	return t;
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
		return "unspecified";
	default:
		return "disconnect";
	}
}

static void write_request(
    struct request *q, const struct fetch_result *r, struct str date, const struct warc_id *answer)
{
	struct warc_record record = {.type = WARC_REQUEST,
	    .date = date,
	    .uri = str_of(q->url),
	    .concurrent = str_of(answer->s),
	    .ip = str_of(r->ip),
	    .content_type = STR("application/http;msgtype=request"),
	    .pieces = {r->request}};
	if (r->request.n)
		evidence_record(&q->file, &record);
}

static void write_metadata(struct request *q, const struct fetch_result *r, struct str date,
    const struct warc_id *answer, const struct gather_answer *a)
{
	static const char *const certificates[] = {
	    "none", "ok", "incomplete", "self-signed", "expired", "wrong-host", "other"};
	struct buf b = BUF_INIT(BUF_LINE);
	char number[32];
	snprintf(number, sizeof(number), "%llu", (unsigned long long)r->ms);
	warc_field(&b, "fetchTimeMs", str_of(number));
	snprintf(number, sizeof(number), "%llu", (unsigned long long)a->bytes);
	warc_field(&b, "decodedBytes", str_of(number));
	if (a->sha256.n)
		warc_field(&b, "decodedSha256", a->sha256);
	warc_field(&b, "certificate", str_of(certificates[r->certificate]));
	if (*r->message)
		warc_field(&b, "message", str_of(r->message));
	struct warc_record record = {.type = WARC_METADATA,
	    .date = date,
	    .uri = str_of(q->url),
	    .concurrent = str_of(answer->s),
	    .content_type = STR("application/warc-fields"),
	    .pieces = {buf_str(&b)}};
	evidence_record(&q->file, &record);
	buf_clear(&b);
}

/* Question, answer, and what the answer does not say itself. */
static int64_t write_answer(
    struct request *q, const struct fetch_result *r, const struct gather_answer *a)
{
	struct time_text date = time_text(q->run);
	struct warc_id id = evidence_id(&q->file);
	struct str body;
	if (spool_str(&q->raw, &body)) {
		q->run->evidence.err = errno;
		return -1;
	}
	struct hash_text digest = hash_sha256(body);
	char payload[sizeof("sha256:") + HASH_HEX];
	snprintf(payload, sizeof(payload), "sha256:%s", digest.s);
	struct warc_record record = {.type = WARC_RESPONSE,
	    .id = str_of(id.s),
	    .date = str_of(date.s),
	    .uri = str_of(q->url),
	    .ip = str_of(r->ip),
	    .truncated = a->truncated,
	    .payload_digest = str_of(payload),
	    .content_type = STR("application/http;msgtype=response"),
	    .pieces = {r->head, body}};
	write_request(q, r, str_of(date.s), &id);
	int64_t offset = evidence_record(&q->file, &record);
	write_metadata(q, r, str_of(date.s), &id, a);
	return offset;
}

/* ---- questions and answers ---- */

static void begin_files(struct request *q)
{
	const struct gather_run *s = q->run->settings;
	struct buf info = BUF_INIT(BUF_LINE);
	if (q->begun)
		return;
	q->begun = true;
	warc_field(&info, "software", STR("Vidno/" VIDNO_VERSION));
	warc_field(&info, "format", STR("WARC File Format 1.1"));
	warc_field(&info, "conformsTo",
	    STR("http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"));
	warc_field(&info, "robots", STR("classic"));
	warc_field(&info, "http-header-user-agent", str_of(s->fetch.user_agent));
	if (s->operator_name)
		warc_field(&info, "operator", str_of(s->operator_name));
	struct time_text date = time_text(q->run);
	evidence_begin(&q->file, &q->run->evidence, s->schools[q->run->schools[q->school]].id,
	    buf_str(&info), str_of(date.s));
	buf_clear(&info);
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
		begin_files(q);
	}
	return q;
}

static void reset(struct request *q)
{
	spool_clear(&q->raw);
	buf_clear(&q->decoded);
	arena_clear(&q->arena);
	free(q->url);
	q->url = NULL;
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

static void ask(struct running *r, const struct gather_ask *a)
{
	struct request *q = request_of(r, a->school);
	const struct url *u = a->url;
	struct host_text host = host_text(u->host);
	q->url = xmalloc(u->text.n + 1);
	memcpy(q->url, u->text.p, u->text.n);
	q->url[u->text.n] = '\0';
	q->most = a->most;
	struct fetch_request request = {.url = q->url,
	    .host = host.s,
	    .port = u->port,
	    .cookie = a->cookie,
	    .unverified = a->unverified,
	    .close = a->close,
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
	if (a.head && !r->evidence.err)
		a.offset = write_answer(q, result, &a);
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

static void on_ended(void *payload, size_t school)
{
	struct running *r = payload;
	struct request *q = request_of(r, school);
	if (evidence_end(&q->file) == 0 && r->settings->ended)
		r->settings->ended(r->settings->payload, r->schools[school]);
}

static bool on_is_private(void *payload, struct str host)
{
	struct running *r = payload;
	return fetcher_knows_private(r->fetcher, host_text(host).s);
}

/* ---- the whole ---- */

static enum gather_end loop(struct running *r)
{
	const struct gather_run *s = r->settings;
	int64_t shown = 0;
	for (;;) {
		struct gather_ask a;
		struct fetch_result result;
		int64_t until, at = now(r);
		if (r->evidence.err)
			return GATHER_FAILED;
		if (s->stop && *s->stop)
			return GATHER_STOPPED;
		enum gather_turn turn = gather_next(r->gather, at, &a, &until);
		if (turn == GATHER_END)
			return r->evidence.err ? GATHER_FAILED : GATHER_DONE;
		if (turn == GATHER_ASK) {
			ask(r, &a);
			continue;
		}
		bool soon = until >= 0 && until - at < WAIT_MS;
		fetcher_wait(r->fetcher, soon ? (int)(until - at) : WAIT_MS);
		while (fetcher_take(r->fetcher, &result))
			answer(r, &result);
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

/* Connections that are kept between questions need descriptors as well. */
static int most_open(const struct gather_run *s)
{
	size_t all = fetch_descriptors(), kept = (size_t)s->fetch.idle + SPARE_DESCRIPTORS;
	size_t most = all > kept + 16 ? all - kept : 16;
	return most < MOST_OPEN ? (int)most : MOST_OPEN;
}

static void free_requests(struct running *r)
{
	for (size_t i = 0; i < r->settings->count; i++) {
		if (r->requests[i])
			reset(r->requests[i]);
		free(r->requests[i]);
	}
	free(r->requests);
	free(r->schools);
}

enum gather_end gather_run(const struct gather_run *run, struct diag *diag)
{
	struct running r = {.settings = run, .evidence = EVIDENCE_INIT};
	struct gather_settings settings = run->settings;
	struct gather_calls calls = {&r, on_read, on_row, on_ended, on_is_private};
	size_t size = (run->count + 1) * sizeof(*r.requests);
	struct gather_school *schools = xmalloc((run->count + 1) * sizeof(*schools));
	enum gather_end end = GATHER_FAILED;
	r.schools = xmalloc((run->count + 1) * sizeof(*r.schools));
	r.requests = xmalloc(size);
	memset(r.requests, 0, size);
	r.begun = clock_monotonic_ms();
	r.begun_unix = clock_unix();
	settings.open = most_open(run);
	if (evidence_open(&r.evidence, run->folder, diag) == 0 &&
	    fetcher_open(&r.fetcher, &run->fetch, diag) == 0) {
		r.gather =
		    gather_open(schools, choose(&r, schools), &settings, &calls, r.begun_unix);
		end = loop(&r);
		if (end == GATHER_FAILED)
			evidence_complain(&r.evidence, diag);
	}
	fetcher_close(r.fetcher);
	gather_close(r.gather);
	free_requests(&r);
	evidence_close(&r.evidence);
	free(schools);
	return end;
}

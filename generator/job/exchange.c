/*
 * The last record is "metadata" of the answer, or of the address when there is
 * none: lines of name and value, of which the first six are for people too.
 */
#include "job/exchange.h"

#include "base/date.h"
#include "text/ascii.h"

#include <stdio.h>

static const char *const ends[] = {[NET_DONE] = "done",
    [NET_NO_NAME] = "no-name",
    [NET_DNS] = "dns",
    [NET_REFUSED] = "refused",
    [NET_CONNECT] = "connect",
    [NET_TLS] = "tls",
    [NET_CERTIFICATE] = "certificate",
    [NET_CLOSED] = "closed",
    [NET_STALE] = "stale",
    [NET_FIRST_BYTE] = "first-byte",
    [NET_SLOW] = "slow",
    [NET_TIME] = "time",
    [NET_PRIVATE] = "private",
    [NET_BAD_ANSWER] = "bad-answer",
    [NET_CUT] = "cut",
    [NET_STOPPED] = "stopped",
    [NET_FAILED] = "failed"};

static const char *const certificates[] = {
    "none", "ok", "incomplete", "self-signed", "expired", "wrong-host", "other"};

/* HTTP_BODY_OK is 0, and what is wrong counts down from it. */
static const char *const bodies[] = {"ok", "cut", "broken", "too-large", "bomb"};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

struct exchange_time exchange_time(int64_t unix_ms)
{
	struct exchange_time t;
	int64_t at = unix_ms / 1000;
	int second = (int)(at % 86400);
	snprintf(t.s, sizeof(t.s), "%sT%02d:%02d:%02dZ", date_iso(date_from_unix(at)).s,
	    second / 3600, second / 60 % 60, second % 60);
	return t;
}

/* ---- writing ---- */

static void add_number(struct buf *out, const char *name, int64_t n)
{
	char text[32];
	snprintf(text, sizeof(text), "%lld", (long long)n);
	warc_field(out, name, str_of(text));
}

static void add_text(struct buf *out, const char *name, struct str text)
{
	if (text.n)
		warc_field(out, name, text);
}

static void add_facts(struct buf *out, const struct exchange *x)
{
	const struct gather_answer *a = x->answer;
	add_number(out, "fetchTimeMs", (int64_t)a->ms);
	add_number(out, "decodedBytes", (int64_t)a->bytes);
	add_text(out, "decodedSha256", a->sha256);
	warc_field(out, "certificate", str_of(certificates[a->certificate]));
	add_text(out, "message", str_of(a->message));
	warc_field(out, "end", str_of(ends[a->end]));
	warc_field(out, "body", str_of(bodies[-(int)a->body_status]));
	add_number(out, "bodyNotes", a->notes);
	add_text(out, "truncated", a->truncated);
	add_number(out, "timeMs", x->at);
	add_number(out, "visitMs", x->spent > 0 ? x->spent : 0);
	warc_field(out, "errand", str_of(x->errand));
}

int64_t exchange_write(struct evidence_file *f, const struct exchange *x)
{
	const struct fetch_result *r = x->result;
	struct exchange_time date = exchange_time(x->at);
	struct warc_id id = {""};
	int64_t offset = -1;
	struct warc_record record = {
	    .date = str_of(date.s), .uri = str_of(x->url), .ip = str_of(r->ip)};
	if (x->answer->head) {
		id = evidence_id(f);
		struct hash_text digest = hash_sha256(x->body);
		char payload[sizeof("sha256:") + HASH_HEX];
		snprintf(payload, sizeof(payload), "sha256:%s", digest.s);
		struct warc_record sent = record, came = record;
		sent.type = WARC_REQUEST;
		sent.concurrent = str_of(id.s);
		sent.content_type = STR("application/http;msgtype=request");
		sent.pieces[0] = r->request;
		if (r->request.n)
			evidence_record(f, &sent);
		came.type = WARC_RESPONSE;
		came.id = str_of(id.s);
		came.truncated = x->answer->truncated;
		came.payload_digest = str_of(payload);
		came.content_type = STR("application/http;msgtype=response");
		came.pieces[0] = r->head;
		came.pieces[1] = x->body;
		offset = evidence_record(f, &came);
	}
	struct buf facts = BUF_INIT(BUF_LINE);
	add_facts(&facts, x);
	record.type = WARC_METADATA;
	record.concurrent = str_of(id.s);
	record.content_type = STR("application/warc-fields");
	record.pieces[0] = buf_str(&facts);
	evidence_record(f, &record);
	buf_clear(&facts);
	return evidence_commit(f) ? -1 : offset;
}

/* ---- reading ---- */

static int word(struct str block, const char *name, const char *const *list, size_t count)
{
	struct str value = warc_field_value(block, name);
	for (size_t i = 0; value.p && i < count; i++)
		if (str_is(value, list[i]))
			return (int)i;
	return -1;
}

static int64_t number(struct str block, const char *name)
{
	struct str value = warc_field_value(block, name);
	return value.p ? ascii_number(value) : -1;
}

static struct str text(struct str block, const char *name)
{
	struct str value = warc_field_value(block, name);
	return value.p ? value : STR("");
}

int exchange_read(struct gather_past *out, const char **errand, struct arena *a,
    const struct warc_record *metadata)
{
	struct str block = metadata->pieces[0], message = text(block, "message"),
	           about = text(block, "errand");
	int end = word(block, "end", ends, COUNT(ends)),
	    body = word(block, "body", bodies, COUNT(bodies)),
	    certificate = word(block, "certificate", certificates, COUNT(certificates));
	int64_t notes = number(block, "bodyNotes"), ms = number(block, "fetchTimeMs"),
	        bytes = number(block, "decodedBytes");
	*out =
	    (struct gather_past){.at = number(block, "timeMs"), .spent = number(block, "visitMs")};
	if (end < 0 || body < 0 || certificate < 0 || notes < 0 || ms < 0 || bytes < 0 ||
	    out->at < 0 || out->spent < 0 || about.n == 0)
		return -1;
	out->answer = (struct gather_answer){.end = (enum net_end)end,
	    .body = STR(""),
	    .bytes = (uint64_t)bytes,
	    .body_status = (enum http_body_status) - body,
	    .notes = (unsigned)notes,
	    .sha256 = text(block, "decodedSha256"),
	    .truncated = text(block, "truncated"),
	    .offset = -1,
	    .ip = arena_strndup(a, metadata->ip.p, metadata->ip.n),
	    .certificate = (enum net_certificate)certificate,
	    .ms = (uint64_t)ms,
	    .message = arena_strndup(a, message.p, message.n)};
	*errand = arena_strndup(a, about.p, about.n);
	return 0;
}

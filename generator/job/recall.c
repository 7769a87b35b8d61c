/*
 * Two lists run through the items: all in the order of the archive, and those
 * of one address. Only what the items are about is kept in memory; an answer is
 * read from the map when it is asked for.
 */
#include "job/recall.h"

#include "job/exchange.h"
#include "text/http_body.h"

#include <errno.h>

enum { NO_RESPONSE = -1 };

struct recall_item {
	struct recall_item *after; /* in the archive */
	struct recall_item *same;  /* the next of this address */
	struct recall_item *last;  /* of this address; in its first */
	const char *errand;
	int64_t response; /* offset, or NO_RESPONSE */
	size_t metadata;  /* offset */
	bool refused;     /* for the certificate */
};

/* ---- reading what is there ---- */

struct indexing {
	struct recall *recall;
	struct recall_item **end; /* of the list of all */
	char response_id[sizeof(struct warc_id)];
	int64_t response;
	uint64_t records;
};

static void add_item(struct indexing *x, struct str uri, struct recall_item *item)
{
	struct recall *r = x->recall;
	*x->end = item;
	x->end = &item->after;
	struct map_entry *e = map_entry(&r->first, uri);
	struct recall_item *first = e->value;
	if (first)
		first->last->same = item;
	else
		e->value = first = item;
	first->last = item;
}

/* Is it the last of an exchange? -1: not one of ours. */
static int take_metadata(struct indexing *x, const struct warc_record *record)
{
	struct recall *r = x->recall;
	struct gather_past past;
	struct recall_item *item = arena_alloc(&r->arena, sizeof(*item));
	if (exchange_read(&past, &item->errand, &r->arena, record) < 0)
		return -1;
	item->metadata = r->reader.offset;
	if (past.at > r->end)
		r->end = past.at;
	item->refused = past.answer.end == NET_CERTIFICATE;
	item->response = record->concurrent.n && str_is(record->concurrent, x->response_id)
	    ? x->response
	    : NO_RESPONSE;
	add_item(x, record->uri, item);
	return 0;
}

static void note_response(struct indexing *x, const struct warc_record *record)
{
	size_t n = record->id.n < sizeof(x->response_id) ? record->id.n : 0;
	memcpy(x->response_id, record->id.p, n);
	x->response_id[n] = '\0';
	x->response = (int64_t)x->recall->reader.offset;
}

static enum recall_status take_info(
    struct indexing *x, const struct warc_record *record, struct str software)
{
	struct str by = warc_field_value(record->pieces[0], "software");
	struct warc_id *id = &x->recall->info;
	if (!by.p || !str_eq(by, software) || record->id.n >= sizeof(id->s))
		return RECALL_OTHER;
	memcpy(id->s, record->id.p, record->id.n);
	id->s[record->id.n] = '\0';
	return RECALL_OK;
}

/* Up to the first record that is not whole; what is whole ends after the first
 * record, or the last of an exchange. */
static enum recall_status read_all(struct indexing *x, struct str software)
{
	struct recall *r = x->recall;
	struct warc_record record;
	enum recall_status status = RECALL_OK;
	while (status == RECALL_OK && warc_next(&r->reader, &record) > 0) {
		bool first = x->records++ == 0, border = false;
		if (first != (record.type == WARC_INFO)) {
			status = RECALL_OTHER;
		} else if (first) {
			status = take_info(x, &record, software);
			border = true;
		} else if (record.type == WARC_RESPONSE) {
			note_response(x, &record);
		} else if (record.type == WARC_METADATA) {
			status = take_metadata(x, &record) < 0 ? RECALL_OTHER : RECALL_OK;
			border = true;
		}
		if (border) {
			r->whole = r->reader.whole;
			r->records = x->records;
		}
	}
	return status == RECALL_OK && r->records == 0 ? RECALL_NONE : status;
}

enum recall_status recall_open(struct recall *r, const char *path, struct str software)
{
	*r = (struct recall){0};
	r->first = (struct map)MAP_INIT(&r->arena);
	if (mapped_open(&r->archive, path) < 0)
		return errno == ENOENT ? RECALL_NONE : RECALL_FAILED;
	r->reader = (struct warc_reader)WARC_READER_INIT(r->archive.bytes);
	struct indexing x = {.recall = r, .end = &r->next};
	enum recall_status status = read_all(&x, software);
	warc_end(&r->reader);
	/* What comes after may be gone by the time of reading. */
	r->reader.bytes.n = (size_t)r->whole;
	return status;
}

void recall_close(struct recall *r)
{
	warc_end(&r->reader);
	mapped_close(&r->archive);
	arena_clear(&r->answer);
	arena_clear(&r->arena);
	r->next = NULL;
}

/* ---- answering ---- */

const char *recall_errand(const struct recall *r)
{
	return r->next ? r->next->errand : NULL;
}

/* The next one of the address. Where a certificate is not looked at any more,
 * what was refused for it was no answer. */
static struct recall_item *take_item(struct recall *r, const struct gather_ask *ask)
{
	struct recall_item *item = map_get(&r->first, ask->url->text);
	while (item && item->refused && ask->unverified)
		item = item->same;
	if (!item)
		return NULL;
	map_put(&r->first, ask->url->text, item->same);
	r->next = item->after;
	return item;
}

static bool read_facts(struct recall *r, const struct recall_item *item, struct gather_past *out)
{
	struct warc_record record;
	const char *errand;
	if (warc_at(&r->reader, item->metadata, &record) <= 0 ||
	    exchange_read(out, &errand, &r->answer, &record) < 0)
		return false;
	struct gather_answer *a = &out->answer;
	out->end = r->end;
	a->sha256 = (struct str){arena_strndup(&r->answer, a->sha256.p, a->sha256.n), a->sha256.n};
	a->truncated =
	    (struct str){arena_strndup(&r->answer, a->truncated.p, a->truncated.n), a->truncated.n};
	return true;
}

static bool read_response(
    struct recall *r, const struct recall_item *item, size_t most, struct gather_answer *out)
{
	struct warc_record record;
	size_t used;
	if (warc_at(&r->reader, (size_t)item->response, &record) <= 0)
		return false;
	struct str block = record.pieces[0];
	if (http_head_read(&r->head, &r->answer, block, &used) != HTTP_OK)
		return false;
	struct str raw = {block.p + used, block.n - used};
	out->head = &r->head;
	out->body = http_body_all(&r->answer, &r->head, raw, most).bytes;
	out->offset = item->response;
	return true;
}

bool recall_answer(
    struct recall *r, const struct gather_ask *ask, size_t page_bytes, struct gather_past *out)
{
	struct recall_item *item = take_item(r, ask);
	size_t most = ask->most < page_bytes ? ask->most : page_bytes;
	if (!item)
		return false;
	warc_end(&r->reader); /* a record may have been large */
	arena_clear(&r->answer);
	return read_facts(r, item, out) &&
	    (item->response == NO_RESPONSE || read_response(r, item, most, &out->answer));
}

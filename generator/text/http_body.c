/*
 * A pipeline: chunks, up to two layers of compression, the bound, the sink.
 * Each part hands on what it has; nothing is kept but the first bytes of a
 * layer, until it is known what they are.
 *
 * The first bytes are believed rather than the head: 1f 8b is gzip, a right
 * zlib head is that, what looks like a page or a document is not packed at
 * all. Where unpacking fails before anything came out, the bytes were not
 * packed either.
 */
#include "text/http_body.h"

#include "text/ascii.h"

/* ---- the end of the pipeline ---- */

static void fail(struct http_body *b, enum http_body_status status)
{
	if (b->status == HTTP_BODY_OK)
		b->status = status;
}

static int deliver(struct http_body *b, struct str bytes)
{
	bool large = bytes.n > b->max - b->bytes;
	if (large)
		bytes.n = (size_t)(b->max - b->bytes);
	b->bytes += bytes.n;
	if (bytes.n && b->sink(b->payload, bytes))
		large = true;
	if (large)
		fail(b, HTTP_BODY_TOO_LARGE);
	return b->status ? -1 : 0;
}

/* ---- compression ---- */

enum { FIRST = 8 }; /* bytes that tell the form */
enum { LAYERS = sizeof(((struct http_body *)0)->layers) / sizeof(struct inflate_layer) };

static int layer_feed(struct http_body *b, int i, struct str bytes);

static int first_out(void *payload, struct str bytes)
{
	return layer_feed(payload, 1, bytes);
}

static int second_out(void *payload, struct str bytes)
{
	return deliver(payload, bytes);
}

static bool looks_plain(struct str s)
{
	static const struct str begins[] = {STR("%PDF"), STR("PK\x03\x04"), STR("\xD0\xCF\x11\xE0"),
	    STR("{\\rtf"), STR("\xEF\xBB\xBF"), STR("Rar!")};
	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (s.n >= begins[i].n && memcmp(s.p, begins[i].p, begins[i].n) == 0)
			return true;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '<' || !strchr(" \t\r\n", s.p[i]))
			return s.p[i] == '<';
	return false;
}

static bool is_gzip(struct str s)
{
	return s.n >= 2 && memcmp(s.p, "\x1F\x8B", 2) == 0;
}

static bool is_zlib(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	return s.n >= 2 && (p[0] & 15) == 8 && (p[0] << 8 | p[1]) % 31 == 0;
}

static void not_packed(struct http_body *b, struct inflate_layer *l)
{
	/* The second layer was only a guess where the head spoke of one. */
	if (l == b->layers)
		b->notes |= HTTP_BODY_NOT_PACKED;
	l->on = false;
}

/* Decide by the first bytes what the layer is, and begin it. */
static void layer_begin(struct http_body *b, int i)
{
	struct inflate_layer *l = &b->layers[i];
	struct str first = {(const char *)l->kept, l->fed};
	l->begun = true;
	if (is_gzip(first))
		l->form = INFLATE_GZIP;
	else if (i == 0 && l->form == INFLATE_ZLIB && is_zlib(first))
		l->form = INFLATE_ZLIB;
	else if (i == 0 && l->form == INFLATE_ZLIB && !looks_plain(first))
		l->form = INFLATE_RAW;
	else
		not_packed(b, l);
	if (l->on)
		inflate_begin(
		    &l->z, l->form, UINT64_MAX, INFLATE_RATIO, i ? second_out : first_out, b);
}

static int pass_on(struct http_body *b, int i, struct str bytes)
{
	return i + 1 < LAYERS ? layer_feed(b, i + 1, bytes) : deliver(b, bytes);
}

static void keep(struct inflate_layer *l, struct str bytes)
{
	size_t room = l->fed < sizeof(l->kept) ? sizeof(l->kept) - l->fed : 0;
	size_t n = bytes.n < room ? bytes.n : room;
	if (n)
		memcpy(l->kept + l->fed, bytes.p, n);
	l->fed += bytes.n;
}

static int unpack(struct http_body *b, int i, struct str bytes)
{
	struct inflate_layer *l = &b->layers[i];
	/* Noise after the end of a member, as browsers do, is left out. */
	if (l->z.status == INFLATE_DONE)
		return 0;
	enum inflate_status status = inflate_feed(&l->z, bytes, NULL);
	bool silent = l->z.out == 0 && l->fed <= sizeof(l->kept);
	if (status == INFLATE_BROKEN && silent && l->z.in <= sizeof(l->kept)) {
		inflate_end(&l->z);
		not_packed(b, l);
		struct str kept = {(const char *)l->kept, l->fed};
		return pass_on(b, i, kept) || pass_on(b, i, bytes) ? -1 : 0;
	}
	keep(l, bytes);
	if (status == INFLATE_BOMB)
		fail(b, HTTP_BODY_BOMB);
	else if (status < 0 && status != INFLATE_REFUSED)
		fail(b, HTTP_BODY_BROKEN);
	return b->status ? -1 : 0;
}

/* The form is known by the first bytes, which then are unpacked or passed on. */
static int begin_and_feed(struct http_body *b, int i)
{
	unsigned char first[FIRST];
	struct inflate_layer *l = &b->layers[i];
	struct str bytes = {(const char *)first, l->fed};
	memcpy(first, l->kept, l->fed);
	layer_begin(b, i);
	l->fed = 0;
	return layer_feed(b, i, bytes);
}

static int layer_feed(struct http_body *b, int i, struct str bytes)
{
	struct inflate_layer *l = &b->layers[i];
	if (!l->on)
		return pass_on(b, i, bytes);
	if (l->begun)
		return unpack(b, i, bytes);
	struct str now = {bytes.p, bytes.n < FIRST - l->fed ? bytes.n : FIRST - l->fed};
	keep(l, now);
	if (l->fed < FIRST)
		return 0;
	struct str rest = {bytes.p + now.n, bytes.n - now.n};
	return begin_and_feed(b, i) || (rest.n && layer_feed(b, i, rest)) ? -1 : 0;
}

/* What was shorter than the first bytes. */
static void layer_end(struct http_body *b, int i)
{
	struct inflate_layer *l = &b->layers[i];
	if (l->on && !l->begun && l->fed)
		begin_and_feed(b, i);
	if (!l->on || !l->begun)
		return;
	if (i == 0 && l->form == INFLATE_RAW)
		b->notes |= HTTP_BODY_RAW_DEFLATE;
	if (i == 1)
		b->notes |= HTTP_BODY_PACKED_TWICE;
	bool more = l->z.status == INFLATE_OK;
	inflate_end(&l->z);
	if (more)
		fail(b, HTTP_BODY_CUT);
}

/* ---- chunks ---- */

enum chunk_state { SIZE, EXTENSION, DATA, DATA_END, TRAILER, TRAILER_LINE, END };

/* One byte of the framing; -1 when it is wrong. */
static int chunk_byte(struct chunks *c, char byte)
{
	int digit = ascii_hex(byte);
	switch ((enum chunk_state)c->state) {
	case SIZE:
		if (digit >= 0) {
			c->left = c->left << 4 | (unsigned)digit;
			return ++c->digits > 15 ? -1 : 0;
		}
		if (c->digits == 0 || !strchr(" \t;\r\n", byte))
			return -1;
		c->state = EXTENSION;
		return chunk_byte(c, byte);
	case EXTENSION:
		if (byte == '\n')
			c->state = c->left ? DATA : TRAILER;
		return 0;
	case DATA_END:
		if (byte == '\n')
			c->state = SIZE, c->left = 0, c->digits = 0;
		return byte == '\n' || byte == '\r' ? 0 : -1;
	case TRAILER:
		if (byte == '\n')
			c->state = END;
		else if (byte != '\r')
			c->state = TRAILER_LINE;
		return 0;
	case TRAILER_LINE:
		if (byte == '\n')
			c->state = TRAILER;
		return 0;
	case DATA:
	case END:
		break;
	}
	return 0;
}

static void unchunk(struct http_body *b, struct str bytes)
{
	struct chunks *c = &b->chunks;
	while (bytes.n && c->state != END && b->status == HTTP_BODY_OK) {
		size_t n = 1;
		if (c->state == DATA) {
			n = bytes.n < c->left ? bytes.n : (size_t)c->left;
			layer_feed(b, 0, (struct str){bytes.p, n});
			c->left -= n;
			if (c->left == 0)
				c->state = DATA_END;
		} else if (chunk_byte(c, bytes.p[0])) {
			fail(b, HTTP_BODY_BROKEN);
		}
		bytes = (struct str){bytes.p + n, bytes.n - n};
	}
}

/* ---- the whole ---- */

static void read_encoding(struct http_body *b, const struct http_head *head)
{
	struct str value, part;
	size_t at = 0;
	bool packed = false;
	while (http_next_field(head, "Content-Encoding", &at, &value)) {
		while (str_next(&value, ',', &part)) {
			part = ascii_trim(part);
			bool deflate = ascii_same(part, "deflate");
			if (deflate || ascii_same(part, "gzip") || ascii_same(part, "x-gzip")) {
				packed = true;
				b->layers[0].form = deflate ? INFLATE_ZLIB : INFLATE_GZIP;
			} else if (part.n && !ascii_same(part, "identity")) {
				b->notes |= HTTP_BODY_UNKNOWN;
			}
		}
	}
	if (!packed || b->notes & HTTP_BODY_UNKNOWN)
		return;
	/* A packed archive stays one. */
	struct str type = http_field(head, "Content-Type");
	bool archive = ascii_starts(type, "application/") && memmem(type.p, type.n, "zip", 3);
	b->layers[0].on = true;
	b->layers[1].on = !archive;
}

void http_body_begin(struct http_body *b, const struct http_head *head, uint64_t max,
    inflate_sink *sink, void *payload)
{
	*b = (struct http_body){.sink = sink, .payload = payload, .max = max, .length = -1};
	b->chunks.on = http_is_chunked(head);
	if (!b->chunks.on)
		b->length = http_length(head);
	read_encoding(b, head);
}

enum http_body_status http_body_feed(struct http_body *b, struct str bytes)
{
	b->raw += bytes.n;
	if (b->status != HTTP_BODY_OK || bytes.n == 0)
		return b->status;
	if (b->chunks.on)
		unchunk(b, bytes);
	else
		layer_feed(b, 0, bytes);
	return b->status;
}

enum http_body_status http_body_end(struct http_body *b)
{
	for (int i = 0; i < LAYERS; i++)
		layer_end(b, i);
	if (b->chunks.on ? b->chunks.state != END : b->length >= 0 && b->raw < (uint64_t)b->length)
		fail(b, HTTP_BODY_CUT);
	return b->status;
}

static int to_buf(void *payload, struct str bytes)
{
	struct buf *b = payload;
	buf_add(b, bytes.p, bytes.n);
	return buf_err(b);
}

struct http_content http_body_all(
    struct arena *a, const struct http_head *head, struct str raw, size_t max)
{
	struct http_body b;
	struct buf out = BUF_INIT(max + 1);
	http_body_begin(&b, head, max, to_buf, &out);
	http_body_feed(&b, raw);
	enum http_body_status status = http_body_end(&b);
	return (struct http_content){buf_keep(a, &out), status, b.notes};
}

/*
 * One zlib stream on the heap per unpacking. The bounds are looked at after
 * every piece of output, so at most one piece more is unpacked than allowed.
 *
 * gzip members are written with the smallest head: no time, no name, and the
 * operating system "unknown", so that the same bytes give the same member on
 * any machine.
 */
#include "text/inflate.h"

#include "base/arena.h"

#include <stdlib.h>
#include <zlib.h>

enum { PIECE = 64 * 1024, WINDOW_GZIP = 15 + 16, WINDOW_ZLIB = 15, LEVEL = 3, MEMORY = 8 };

enum { STORED_MOST = 65535 }; /* of one block */

/* ---- unpacking ---- */

void inflate_begin(struct inflate *z, enum inflate_form form, uint64_t max, unsigned ratio,
    inflate_sink *sink, void *payload)
{
	z_stream *s = xmalloc(sizeof(*s));
	memset(s, 0, sizeof(*s));
	*z = (struct inflate){
	    .stream = s, .sink = sink, .payload = payload, .max = max, .ratio = ratio};
	int window = form == INFLATE_GZIP ? WINDOW_GZIP : WINDOW_ZLIB;
	if (inflateInit2(s, form == INFLATE_RAW ? -window : window) != Z_OK)
		die_no_memory();
}

static enum inflate_status hand_on(struct inflate *z, const unsigned char *piece, size_t n)
{
	bool large = n > z->max - z->out;
	if (large)
		n = (size_t)(z->max - z->out);
	z->out += n;
	if (n && z->sink(z->payload, (struct str){(const char *)piece, n}))
		return INFLATE_REFUSED;
	if (large)
		return INFLATE_TOO_LARGE;
	if (z->out > INFLATE_FREE && z->out / z->ratio > z->in)
		return INFLATE_BOMB;
	return INFLATE_OK;
}

enum inflate_status inflate_feed(struct inflate *z, struct str bytes, size_t *used)
{
	unsigned char piece[PIECE];
	z_stream *s = z->stream;
	size_t left = bytes.n;
	bool more = left > 0;
	while (z->status == INFLATE_OK && more) {
		/* zlib counts in 32 bits. */
		uInt offered = left < UINT32_MAX ? (uInt)left : UINT32_MAX;
		s->next_in = (z_const Bytef *)(bytes.p + (bytes.n - left));
		s->avail_in = offered;
		s->next_out = piece;
		s->avail_out = PIECE;
		int code = inflate(s, Z_NO_FLUSH);
		left -= offered - s->avail_in;
		z->in += offered - s->avail_in;
		z->status = hand_on(z, piece, PIECE - s->avail_out);
		/* A full piece may have more behind it. */
		more = left > 0 || s->avail_out == 0;
		if (z->status == INFLATE_OK && code == Z_STREAM_END)
			z->status = INFLATE_DONE;
		else if (z->status == INFLATE_OK && code != Z_OK && code != Z_BUF_ERROR)
			z->status = INFLATE_BROKEN;
	}
	if (used)
		*used = bytes.n - left;
	return z->status;
}

enum inflate_status inflate_end(struct inflate *z)
{
	if (z->stream)
		inflateEnd(z->stream);
	free(z->stream);
	z->stream = NULL;
	if (z->status == INFLATE_OK)
		return INFLATE_CUT;
	return z->status == INFLATE_DONE ? INFLATE_OK : z->status;
}

static int to_buf(void *payload, struct str bytes)
{
	struct buf *b = payload;
	buf_add(b, bytes.p, bytes.n);
	return buf_err(b);
}

enum inflate_status inflate_member(struct buf *out, struct str bytes, size_t max, size_t *used)
{
	struct inflate z;
	/* What we wrote ourselves may well be a page of blanks: no ratio. */
	inflate_begin(&z, INFLATE_GZIP, max, UINT32_MAX, to_buf, out);
	inflate_feed(&z, bytes, used);
	return inflate_end(&z);
}

/* ---- packing ---- */

/* The sink gets the piece when it is full, and at the end. */
struct packing {
	z_stream *stream;
	unsigned char *piece; /* [PIECE] */
	gzip_sink *sink;
	void *payload;
};

static int hand_over(const struct packing *p)
{
	struct str packed = {(const char *)p->piece, PIECE - p->stream->avail_out};
	p->stream->next_out = p->piece;
	p->stream->avail_out = PIECE;
	return packed.n && p->sink(p->payload, packed) ? -1 : 0;
}

static int pack(const struct packing *p, struct str bytes, int flush)
{
	z_stream *s = p->stream;
	int code = Z_OK;
	s->next_in = (z_const Bytef *)bytes.p;
	s->avail_in = (uInt)bytes.n;
	while (s->avail_in || (flush == Z_FINISH && code != Z_STREAM_END)) {
		code = deflate(s, flush);
		if (s->avail_out == 0 && hand_over(p))
			return -1;
	}
	return 0;
}

static z_stream *stream_of(struct gzip *z)
{
	static gz_header head = {.os = 255};
	z_stream *s = z->stream;
	if (!s) {
		s = z->stream = xmalloc(sizeof(*s));
		memset(s, 0, sizeof(*s));
		if (deflateInit2(s, LEVEL, Z_DEFLATED, WINDOW_GZIP, MEMORY, Z_DEFAULT_STRATEGY) !=
		    Z_OK)
			die_no_memory();
	} else {
		deflateReset(s);
	}
	deflateSetHeader(s, &head);
	return s;
}

static int deflated(
    struct gzip *z, const struct str *pieces, size_t count, gzip_sink *sink, void *payload)
{
	unsigned char piece[PIECE];
	const struct packing p = {stream_of(z), piece, sink, payload};
	p.stream->next_out = piece;
	p.stream->avail_out = PIECE;
	for (size_t i = 0; i < count; i++) {
		struct str rest = pieces[i];
		/* In steps that zlib can count. */
		for (size_t n; rest.n; rest.p += n, rest.n -= n) {
			n = rest.n < UINT32_MAX ? rest.n : UINT32_MAX;
			if (pack(&p, (struct str){rest.p, n}, Z_NO_FLUSH))
				return -1;
		}
	}
	return pack(&p, STR(""), Z_FINISH) || hand_over(&p) ? -1 : 0;
}

static void put(unsigned char *at, int bytes, unsigned long n)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (unsigned char)(n >> 8 * i);
}

/* One stored block (RFC 1951, 3.2.4) between head and tail (RFC 1952). */
static int stored(
    const struct str *pieces, size_t count, size_t size, gzip_sink *sink, void *payload)
{
	unsigned char head[15] = {0x1f, 0x8b, Z_DEFLATED, [9] = 255, [10] = 1}, tail[8];
	uLong sum = crc32(0, NULL, 0);
	put(head + 11, 2, size);
	put(head + 13, 2, ~size);
	if (sink(payload, (struct str){(const char *)head, sizeof(head)}))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].n == 0)
			continue;
		sum = crc32(sum, (const Bytef *)pieces[i].p, (uInt)pieces[i].n);
		if (sink(payload, pieces[i]))
			return -1;
	}
	put(tail, 4, sum);
	put(tail + 4, 4, size);
	return sink(payload, (struct str){(const char *)tail, sizeof(tail)}) ? -1 : 0;
}

int gzip_member(
    struct gzip *z, const struct str *pieces, size_t count, gzip_sink *sink, void *payload)
{
	size_t size = 0, most = z->stored < STORED_MOST ? z->stored : STORED_MOST;
	for (size_t i = 0; i < count && size <= most; i++)
		size += pieces[i].n <= most ? pieces[i].n : most + 1;
	return z->stored && size <= most ? stored(pieces, count, size, sink, payload)
	                                 : deflated(z, pieces, count, sink, payload);
}

void gzip_end(struct gzip *z)
{
	if (z->stream)
		deflateEnd(z->stream);
	free(z->stream);
	z->stream = NULL;
}

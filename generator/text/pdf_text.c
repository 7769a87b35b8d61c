/*
 * The streams of a file are found by their keywords, not by its index, so
 * that broken and linearised files are read alike (ISO 32000-1, 7.3.8). Those
 * packed with Flate alone are unpacked up to a bound. A page shows text with
 * the operators Tj, TJ, ' and " between BT and ET (9.4).
 */
#include "text/pdf.h"

#include "base/buf.h"
#include "text/inflate.h"

#include <string.h>

enum {
	DICTIONARY = 1024,          /* bytes before "stream" that may describe it */
	STREAM_BYTES = 1024 * 1024, /* unpacked, of one stream */
	ALL_BYTES = 32 * 1024 * 1024,
	STREAMS = 3000,
};

static const char *find(struct str s, const char *word)
{
	return s.n ? memmem(s.p, s.n, word, strlen(word)) : NULL;
}

static bool has(struct str s, const char *word)
{
	return find(s, word) != NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ')' || c == ']' || c == '>';
}

/* The operator alone, after a string or an array. */
static bool has_operator(struct str s, const char *word)
{
	size_t n = strlen(word);
	const char *at = find(s, word);
	while (at) {
		struct str rest = {at + 1, s.n - (size_t)(at + 1 - s.p)};
		bool before = at > s.p && is_blank(at[-1]);
		bool after = rest.n < n || is_blank(at[n]);
		if (before && after)
			return true;
		at = find(rest, word);
	}
	return false;
}

static bool shows_text(struct str s)
{
	return has_operator(s, "Tj") || has_operator(s, "TJ");
}

static int collect(void *payload, struct str bytes)
{
	struct buf *out = payload;
	size_t room = STREAM_BYTES - out->len;
	buf_add(out, bytes.p, bytes.n < room ? bytes.n : room);
	return bytes.n < room ? 0 : -1;
}

static void unpack(struct buf *out, struct str bytes)
{
	struct inflate z;
	buf_reset(out);
	inflate_begin(&z, INFLATE_ZLIB, STREAM_BYTES, INFLATE_RATIO * 10, collect, out);
	inflate_feed(&z, bytes, NULL);
	inflate_end(&z);
}

/* What describes the stream: from the last "obj" on. */
static struct str dictionary(struct str bytes, size_t stream)
{
	size_t from = stream > DICTIONARY ? stream - DICTIONARY : 0;
	struct str d = {bytes.p + from, stream - from};
	for (size_t i = d.n; i-- > 3;)
		if (memcmp(d.p + i - 3, "obj", 3) == 0)
			return (struct str){d.p + i, d.n - i};
	return d;
}

static bool is_packed_otherwise(struct str d)
{
	static const char *const filters[] = {
	    "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/Crypt", NULL};
	for (const char *const *f = filters; *f; f++)
		if (has(d, *f))
			return true;
	return false;
}

struct look {
	struct buf unpacked;
	size_t looked; /* bytes unpacked so far */
	bool images, unread;
};

/* Does this stream show text? */
static bool look_at(struct look *l, struct str d, struct str body)
{
	if (has(d, "/Image") || has(d, "/DCTDecode") || has(d, "/JPXDecode") ||
	    has(d, "/CCITTFaxDecode") || has(d, "/JBIG2Decode")) {
		l->images = true;
		return false;
	}
	if (is_packed_otherwise(d)) {
		l->unread = true;
		return false;
	}
	if (!has(d, "/FlateDecode") && !has(d, "/Fl "))
		return shows_text(body);
	unpack(&l->unpacked, body);
	l->looked += l->unpacked.len;
	return shows_text(buf_str(&l->unpacked));
}

enum pdf_text pdf_text(struct str bytes)
{
	struct look l = {.unpacked = BUF_INIT(STREAM_BYTES + 1)};
	bool found = false, whole = has(bytes, "%%EOF");
	if (has(bytes, "/Encrypt"))
		return PDF_TEXT_UNKNOWN;
	size_t at = 0, streams = 0;
	while (!found && streams < STREAMS && l.looked < ALL_BYTES) {
		const char *word = find((struct str){bytes.p + at, bytes.n - at}, "stream");
		if (!word)
			break;
		size_t begin = (size_t)(word - bytes.p);
		struct str body = {word + 6, bytes.n - begin - 6};
		const char *end = find(body, "endstream");
		body.n = end ? (size_t)(end - body.p) : body.n;
		at = end ? (size_t)(end - bytes.p) + 9 : bytes.n;
		whole &= end != NULL;
		if (body.n && *body.p == '\r')
			body.p++, body.n--;
		if (body.n && *body.p == '\n')
			body.p++, body.n--;
		found = look_at(&l, dictionary(bytes, begin), body);
		streams++;
	}
	bool all = streams < STREAMS && l.looked < ALL_BYTES;
	buf_clear(&l.unpacked);
	if (found)
		return PDF_TEXT_THERE;
	return l.images && whole && all && !l.unread ? PDF_TEXT_NONE : PDF_TEXT_UNKNOWN;
}

/*
 * Most text needs no escaping at all, so the work is to find that out fast:
 * sixteen bytes at a time are compared with the few that matter, and a run
 * without them is added in one piece. The vectors are the compiler's own and
 * become what the machine has.
 */
#include "text/html.h"

#include <string.h>

/* Where a byte must be escaped. */
enum { IN_TEXT = 1, IN_ATTR = 2 };

#define CONTROL      (IN_TEXT | IN_ATTR)
#define EIGHT(value) value, value, value, value, value, value, value, value

static const unsigned char must_escape[256] = {
    EIGHT(CONTROL),
    CONTROL,
    0,
    0,
    CONTROL,
    CONTROL,
    0,
    CONTROL,
    CONTROL, /* not \t \n \r */
    EIGHT(CONTROL),
    EIGHT(CONTROL),
    ['&'] = IN_TEXT | IN_ATTR,
    ['<'] = IN_TEXT | IN_ATTR,
    ['>'] = IN_TEXT | IN_ATTR,
    ['"'] = IN_ATTR,
    ['\''] = IN_ATTR,
};

typedef unsigned char vector __attribute__((vector_size(16)));

#define SAME(byte) ((vector){EIGHT(byte), EIGHT(byte)})

/* Whether one of sixteen bytes may need escaping. '&' and '\'' differ in one
 * bit, '<' and '>' too. */
static bool block_is_special(const char *p)
{
	vector v;
	memcpy(&v, p, sizeof(v));
	vector hits = (vector)((v | SAME(1)) == SAME('\'')) | (vector)((v | SAME(2)) == SAME('>')) |
	    (vector)(v == SAME('"')) | (vector)(v < SAME(0x20));
	uint64_t halves[2];
	memcpy(halves, &hits, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* How many of the first bytes can be taken as they are. */
static size_t plain_run(struct str s, unsigned where)
{
	size_t i = 0;
	for (; s.n - i >= sizeof(vector); i += sizeof(vector)) {
		if (!block_is_special(s.p + i))
			continue;
		for (size_t j = i; j < i + sizeof(vector); j++)
			if (must_escape[(unsigned char)s.p[j]] & where)
				return j;
	}
	for (; i < s.n; i++)
		if (must_escape[(unsigned char)s.p[i]] & where)
			break;
	return i;
}

static void add_escaped(struct buf *out, char c)
{
	switch (c) {
	case '&':
		buf_add(out, "&amp;", 5);
		break;
	case '<':
		buf_add(out, "&lt;", 4);
		break;
	case '>':
		buf_add(out, "&gt;", 4);
		break;
	case '"':
		buf_add(out, "&quot;", 6);
		break;
	case '\'':
		buf_add(out, "&#39;", 5);
		break;
	default:
		buf_add(out, "\xEF\xBF\xBD", 3);
	}
}

static void escape(struct buf *out, struct str text, unsigned where)
{
	for (;;) {
		size_t run = plain_run(text, where);
		buf_add(out, text.p, run);
		if (run == text.n)
			return;
		add_escaped(out, text.p[run]);
		text.p += run + 1;
		text.n -= run + 1;
	}
}

void html_text(struct buf *out, struct str text)
{
	escape(out, text, IN_TEXT);
}

void html_attr(struct buf *out, struct str text)
{
	escape(out, text, IN_ATTR);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 3986: unreserved, reserved, and '%' of an encoded byte. */
static bool stands_in_url(struct str url, size_t i)
{
	char c = url.p[i];
	if (is_letter(c) || (c >= '0' && c <= '9'))
		return true;
	if (c == '%')
		return url.n - i > 2 && is_hex(url.p[i + 1]) && is_hex(url.p[i + 2]);
	return c && strchr("-._~:/?#[]@!$&'()*+,;=", c);
}

static void add_plain(struct buf *out, struct str text)
{
	buf_add(out, text.p, text.n);
}

static void encode_url(
    struct buf *out, struct str url, void (*add)(struct buf *out, struct str text))
{
	static const char digits[] = "0123456789ABCDEF";
	size_t start = 0;
	for (size_t i = 0; i < url.n; i++) {
		if (stands_in_url(url, i))
			continue;
		unsigned char c = (unsigned char)url.p[i];
		char encoded[3] = {'%', digits[c >> 4], digits[c & 15]};
		add(out, (struct str){url.p + start, i - start});
		buf_add(out, encoded, sizeof(encoded));
		start = i + 1;
	}
	if (start < url.n)
		add(out, (struct str){url.p + start, url.n - start});
}

void html_url(struct buf *out, struct str url)
{
	encode_url(out, url, html_attr);
}

void url_encode(struct buf *out, struct str url)
{
	encode_url(out, url, add_plain);
}

bool html_url_safe(struct str url)
{
	/* Browsers overlook blanks and controls before the scheme, and tabs and
	 * line ends inside it; so must the comparison. */
	char scheme[8];
	size_t len = 0;
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c == '/' || c == '?' || c == '#')
			return true;
		if (c == ':') {
			struct str s = {scheme, len};
			return str_is(s, "http") || str_is(s, "https") || str_is(s, "mailto") ||
			    str_is(s, "tel");
		}
		if (c <= 0x20)
			continue;
		if (len < sizeof(scheme))
			scheme[len++] = is_letter((char)c) ? (char)(c | 0x20) : (char)c;
	}
	return true;
}

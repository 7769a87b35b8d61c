/*
 * UTF-8 is decoded by hand: the tables of the C library depend on the locale,
 * and the result of a build may not. Folding covers the scripts that names of
 * Russian schools, columns and options are written in.
 */
#include "base/str.h"

#include <string.h>

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *s)
{
	return str_eq(a, str_of(s));
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

struct str str_trim(struct str s)
{
	while (s.n) {
		size_t len;
		int32_t code = utf8_decode(s.p, s.n, &len);
		if (!utf8_is_space(code))
			break;
		s.p += len;
		s.n -= len;
	}
	while (s.n) {
		size_t at = s.n - 1;
		while (at > 0 && s.n - at < 4 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
			at--;
		size_t len;
		if (!utf8_is_space(utf8_decode(s.p + at, s.n - at, &len)) || at + len != s.n)
			break;
		s.n = at;
	}
	return s;
}

bool str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);
	return s.n >= n && memcmp(s.p + s.n - n, suffix, n) == 0;
}

bool str_is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
		        s.p[i] == '-'))
			return false;
	return s.n > 0;
}

bool str_next(struct str *rest, char separator, struct str *part)
{
	if (!rest->p || rest->n == 0)
		return false;
	const char *cut = memchr(rest->p, separator, rest->n);
	size_t n = cut ? (size_t)(cut - rest->p) : rest->n;
	*part = (struct str){rest->p, n};
	rest->p += n + (cut ? 1 : 0);
	rest->n -= n + (cut ? 1 : 0);
	return true;
}

uint64_t str_hash(struct str s)
{
	static const uint64_t odd = 0x9e3779b97f4a7c15u;
	uint64_t h = s.n * odd, word;
	for (; s.n >= sizeof(word); s.p += sizeof(word), s.n -= sizeof(word)) {
		memcpy(&word, s.p, sizeof(word));
		h = (h ^ word) * odd;
		h ^= h >> 32;
	}
	word = 0;
	for (size_t i = 0; i < s.n; i++)
		word = word << 8 | (unsigned char)s.p[i];
	h = (h ^ word) * odd;
	return h ^ h >> 32;
}

static int32_t utf8_tail(
    const unsigned char *p, size_t n, int32_t code, size_t extra, int32_t least)
{
	if (n < extra + 1)
		return -1;
	for (size_t i = 1; i <= extra; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return -1;
		code = (code << 6) | (p[i] & 0x3F);
	}
	if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return -1;
	return code;
}

int32_t utf8_decode_rare(const char *text, size_t n, size_t *len)
{
	const unsigned char *p = (const unsigned char *)text;
	int32_t code = -1;
	size_t extra = 0;

	*len = 1;
	if (n == 0)
		return -1;
	if ((p[0] & 0xF0) == 0xE0)
		code = utf8_tail(p, n, p[0] & 0x0F, extra = 2, 0x800);
	else if (p[0] >= 0xF0 && p[0] < 0xF5)
		code = utf8_tail(p, n, p[0] & 0x07, extra = 3, 0x10000);
	if (code >= 0)
		*len = extra + 1;
	return code;
}

size_t utf8_encode(int32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

bool utf8_valid(struct str s)
{
	size_t at = 0;
	while (at < s.n) {
		uint64_t eight;
		if (s.n - at >= 8 &&
		    (memcpy(&eight, s.p + at, 8), (eight & 0x8080808080808080u) == 0)) {
			at += 8;
			continue;
		}
		size_t len;
		if (utf8_decode(s.p + at, s.n - at, &len) < 0)
			return false;
		at += len;
	}
	return true;
}

size_t utf8_length(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return count;
}

int32_t utf8_lower_rare(int32_t c)
{
	if ((c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if (c == 0x4C0)
		return 0x4CF;
	if (c >= 0x4C1 && c <= 0x4CE)
		return c + (c & 1);
	if (((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
	        (c >= 0x4D0 && c <= 0x52F)) &&
	    !(c & 1))
		return c + 1;
	return c;
}

int32_t utf8_upper(int32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F) ||
	    (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) || (c >= 0xE0 && c <= 0xFE && c != 0xF7))
		return c - 32;
	if (c >= 0x450 && c <= 0x45F)
		return c - 80;
	if (c == 0x4CF)
		return 0x4C0;
	if (c >= 0x4C1 && c <= 0x4CE)
		return c - !(c & 1);
	if (((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
	        (c >= 0x4D0 && c <= 0x52F)) &&
	    (c & 1))
		return c - 1;
	return c;
}

bool utf8_is_space(int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	    c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool utf8_is_word_rare(int32_t c)
{
	return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x3FF) ||
	    (c >= 0x400 && c <= 0x52F && !(c >= 0x482 && c <= 0x489));
}

bool utf8_is_control(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
	    (c >= 0x2066 && c <= 0x2069);
}

/* Past this many characters a text is far from every other. */
enum { NEAREST_CHARS = 256 };

/* How many characters there are, folded into out; past its end they count
 * no further than by one. */
static size_t fold_chars(struct str s, int32_t out[NEAREST_CHARS])
{
	size_t count = 0;
	for (size_t at = 0, len; at < s.n; at += len) {
		if (count == NEAREST_CHARS)
			return count + 1;
		int32_t code = utf8_lower(utf8_decode(s.p + at, s.n - at, &len));
		out[count++] = code == 0x451 ? 0x435 : code;
	}
	return count;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned str_distance(struct str a, struct str b, unsigned limit)
{
	int32_t x[NEAREST_CHARS], y[NEAREST_CHARS];
	unsigned rows[3][NEAREST_CHARS + 1];
	size_t nx = fold_chars(a, x), ny = fold_chars(b, y);
	unsigned *before = rows[0], *previous = rows[1], *row = rows[2];

	limit = least(limit, NEAREST_CHARS);
	if (nx > NEAREST_CHARS || ny > NEAREST_CHARS || (nx > ny ? nx - ny : ny - nx) > limit)
		return limit + 1;
	for (unsigned j = 0; j <= ny; j++)
		previous[j] = j;
	memset(before, 0, sizeof(rows[0]));
	for (size_t i = 1; i <= nx; i++) {
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= ny; j++) {
			unsigned cost = previous[j - 1] + (x[i - 1] != y[j - 1]);
			cost = least(cost, least(previous[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				cost = least(cost, before[j - 2] + 1);
			row[j] = cost;
		}
		unsigned *oldest = before;
		before = previous;
		previous = row;
		row = oldest;
	}
	return previous[ny] > limit ? limit + 1 : previous[ny];
}

const char *str_nearest(const char *word, const char *const *candidates)
{
	struct str w = str_of(word);
	unsigned limit = (unsigned)(utf8_length(w) + 2) / 3;
	const char *best = NULL;
	unsigned best_distance = limit + 1;
	for (; *candidates; candidates++) {
		unsigned d = str_distance(w, str_of(*candidates), limit);
		if (d < best_distance) {
			best_distance = d;
			best = *candidates;
		}
	}
	return best;
}

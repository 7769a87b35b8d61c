/*
 * str - views of text that someone else owns, and UTF-8.
 *
 * A struct str is a pointer and a length; it is not terminated and owns
 * nothing. Functions never modify the text they look at.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0}) /* no text at all, as against an empty one */

static inline struct str str_of(const char *s) /* NULL gives the empty view */
{
	return s ? (struct str){s, strlen(s)} : (struct str){"", 0};
}

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *s);
int str_cmp(struct str a, struct str b); /* by bytes: the order of code points */
struct str str_trim(struct str s);       /* blanks of utf8_is_space, both ends */
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Small Latin letters, digits and hyphens, at least one: a part of addresses. */
bool str_is_slug(struct str s);
/* Cut at the first separator: the part before is returned, *rest moves on.
 * At the end returns false. "a|b" gives a, b; "" gives nothing. */
bool str_next(struct str *rest, char separator, struct str *part);

/* For tables in memory, never for anything published: machines differ. */
uint64_t str_hash(struct str s);

int32_t utf8_decode_rare(const char *p, size_t n, size_t *len); /* for the next */

/* One code point from p[0..n), its length in *len; -1 when malformed (then *len = 1).
 * Characters of one and two bytes are most: these are compiled into the callers. */
static inline int32_t utf8_decode(const char *p, size_t n, size_t *len)
{
	unsigned char first = n ? (unsigned char)p[0] : 0xFF;
	if (first < 0x80) {
		*len = 1;
		return first;
	}
	if (n > 1 && first >= 0xC2 && first < 0xE0 && ((unsigned char)p[1] & 0xC0) == 0x80) {
		*len = 2;
		return (first & 0x1F) << 6 | ((unsigned char)p[1] & 0x3F);
	}
	return utf8_decode_rare(p, n, len);
}

size_t utf8_encode(int32_t code, char out[4]);
bool utf8_valid(struct str s);
size_t utf8_length(struct str s);      /* in characters */
int32_t utf8_lower_rare(int32_t code); /* for the next */

/* ASCII, Latin-1, Greek, Cyrillic */
static inline int32_t utf8_lower(int32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	return c >= 0x430 && c <= 0x44F ? c : utf8_lower_rare(c);
}

int32_t utf8_upper(int32_t code);
bool utf8_is_space(int32_t code);     /* every blank of Unicode, NBSP and thin ones too */
bool utf8_is_word_rare(int32_t code); /* for the next */

/* Letter or digit. */
static inline bool utf8_is_word(int32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return (c >= 0x400 && c <= 0x481) || utf8_is_word_rare(c);
}

/* What a terminal obeys and shows nothing for: C0, C1, signs of direction. */
bool utf8_is_control(int32_t code);

/* The candidate nearest to word by edits (at most a third of its length,
 * rounded up), or NULL; of equals the first. Candidates end with NULL. Case
 * and ё/е do not count as edits. */
const char *str_nearest(const char *word, const char *const *candidates);
/* Edit distance in characters (insert, delete, replace, swap of neighbours),
 * at most limit + 1, which is also that of texts past 256 characters. */
unsigned str_distance(struct str a, struct str b, unsigned limit);

#endif

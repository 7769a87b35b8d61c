/*
 * pattern - regular expressions over folded text (PCRE2).
 *
 * pattern_compile() once, pattern_find() as often as wanted, pattern_free().
 * Patterns match without regard to case, by the letters of Unicode (\w and \b
 * know Cyrillic), and ё in a pattern is е, as in the text that fold_text()
 * makes. They are written by people who may err: what takes too many steps
 * ends with PATTERN_LIMIT instead of hanging. That is neither a match nor
 * none: who calls says so, and never takes it for "not found". A text without
 * the plain words that a pattern must find is told apart without a step.
 *
 * Many patterns that look at the same texts are best compiled in one set: then a
 * text is read once for the words of them all. pattern_set_new(),
 * pattern_compile_in() for each, pattern_set_build() before the first
 * pattern_find(), and pattern_set_free() after the patterns are freed.
 *
 * A pattern, or a set of them, may be used by one thread at a time.
 */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/str.h"

enum {
	PATTERN_BYTES = 16384, /* of one pattern */
	PATTERN_LIMIT = -1,
	PATTERN_EASY = 1000, /* steps at one place of a text that is not hard */
	PATTERN_HARD = 300,  /* texts of one page */
};

struct pattern;
struct pattern_set;

struct pattern_error {
	size_t offset;  /* in characters of the source */
	char text[128]; /* PCRE2's own words, English */
};

/* Where it was found, in bytes. */
struct pattern_span {
	size_t from, to;
};

struct pattern_set *pattern_set_new(void);
void pattern_set_build(struct pattern_set *set);
void pattern_set_free(struct pattern_set *set); /* NULL is fine */

/* 0, or -1 and *error. */
int pattern_compile(struct pattern **out, struct str source, struct pattern_error *error);
int pattern_compile_in(
    struct pattern **out, struct pattern_set *set, struct str source, struct pattern_error *error);
/* 1 found (where is filled in unless NULL), 0 not, or PATTERN_LIMIT. The
 * subject is valid UTF-8, else nothing is found. */
int pattern_find(const struct pattern *p, struct str subject, struct pattern_span *where);
/* The same for the thousands of names that anybody's page may have: hard texts
 * are counted in *hard (0 at first), and past PATTERN_HARD of them every answer
 * is PATTERN_LIMIT. On real pages no name is hard. hard NULL: no bound. */
int pattern_find_name(const struct pattern *p, struct str subject, unsigned *hard);
void pattern_free(struct pattern *p); /* NULL is fine */

#endif

/*
 * pattern_set - which patterns of a set a text may fit, by the words in it.
 *
 * For text/pattern.c. Each pattern of the set has a number; after
 * pattern_set_build() a text is read once for the words of them all, and what
 * came of it is remembered: the same menus and headings come again and again.
 */
#ifndef TEXT_PATTERN_SET_H
#define TEXT_PATTERN_SET_H

#include "text/pattern_need.h"

struct seen_text;

struct pattern_set {
	struct arena arena;
	struct literals literals;
	const struct need **needs; /* [count] */
	size_t count, cap;
	struct seen_text *texts;
};

/* The pattern's number. */
size_t pattern_set_add(struct pattern_set *set, struct str source);
/* False: the pattern cannot fit the text. hash: its str_hash(). */
bool pattern_set_may_fit(struct pattern_set *set, size_t number, struct str text, uint64_t hash);

#endif

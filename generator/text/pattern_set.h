/*
 * pattern_set - which patterns of a set a text may fit, by the words in it, and
 * what came of those that were tried.
 *
 * For text/pattern.c. Each pattern of the set has a number; after
 * pattern_set_build() a text is read once for the words of them all, and what
 * came of it is remembered: the same menus and headings come again and again.
 */
#ifndef TEXT_PATTERN_SET_H
#define TEXT_PATTERN_SET_H

#include "text/pattern.h"
#include "text/pattern_need.h"

struct seen_text;

struct pattern_answer {
	uint64_t text; /* the number of the text, from 1 */
	size_t pattern;
	bool known, hard;
	int found; /* of pattern_find() */
	struct pattern_span where;
};

struct pattern_set {
	struct arena arena;
	struct literals literals;
	const struct need **needs; /* [count] */
	size_t count, cap;
	struct seen_text *texts;
	uint64_t ntexts; /* so far */
	struct pattern_answer *answers;
};

/* The pattern's number. */
size_t pattern_set_add(struct pattern_set *set, struct str source);
/* What is known of the pattern and the text, or the place to keep it: the caller
 * fills in what is not known. NULL: the pattern cannot fit the text. */
struct pattern_answer *pattern_set_look(struct pattern_set *set, size_t number, struct str text);

#endif

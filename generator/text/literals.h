/*
 * literals - which of many literals a text may hold, in one pass over it.
 *
 * literals_add() each of them, literals_build() once, then literals_find() as
 * often as wanted. All memory is the arena's.
 *
 * The answer may only err to one side: a literal that is there without regard
 * to case is always told of; one that is told of may be missing all the same.
 * Who needs to know looks closer.
 */
#ifndef TEXT_LITERALS_H
#define TEXT_LITERALS_H

#include "base/arena.h"
#include "base/map.h"

struct literals {
	struct arena *a;
	struct map added; /* symbols → struct literal */
	size_t symbols;   /* of all literals */
	unsigned char class[256];
	size_t width; /* of a row of `next` */
	uint32_t *next;
};

void literals_begin(struct literals *l, struct arena *a);
/* The bit that tells of the literal; when there are more than 63 they share
 * bits. 0: it has fewer than two symbols or letters other than ASCII and the
 * 32 Russian ones, and is not looked for. */
uint64_t literals_add(struct literals *l, struct str literal);
void literals_build(struct literals *l);
/* The bits of those that the text may hold. All of them where it has one of the
 * few characters that are letters of another kind without regard to case, as the
 * Kelvin sign is a K. */
uint64_t literals_find(const struct literals *l, struct str text);

#endif

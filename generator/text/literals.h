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

struct literal_state;

struct literals {
	struct arena *a;
	struct map added;         /* symbols → struct literal */
	size_t count;             /* of those added from outside */
	size_t symbols;           /* of all literals */
	unsigned char class[256]; /* of each byte */
	size_t classes;
	struct literal_state *states;
	size_t nstates;
	size_t rows;     /* of `cells`, of the first states */
	uint32_t *cells; /* the next state for each class */
};

void literals_begin(struct literals *l, struct arena *a);
/* The number of the literal, from 1; the same for the same literal. 0: it has
 * fewer than two symbols or letters other than ASCII and the 32 Russian ones,
 * and is not looked for. */
size_t literals_add(struct literals *l, struct str literal);
void literals_build(struct literals *l);
/* 64-bit words that literals_find() fills. */
size_t literals_words(const struct literals *l);
/* Bit number - 1 of found, lowest first, for those that the text may hold. All of
 * them where it has one of the few characters that are letters of another kind
 * without regard to case, as the Kelvin sign is a K. */
void literals_find(const struct literals *l, struct str text, uint64_t *found);

#endif

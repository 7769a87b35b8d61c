/*
 * pattern_need - what a text must hold for a pattern to fit: "план" and one of
 * "качеств" and "эффективн". Far cheaper to see than whether the pattern fits,
 * and most texts lack it.
 *
 * For text/pattern.c, which asks before it matches. Nothing that could fit is
 * ever held back: of what is not understood in a pattern nothing is needed.
 */
#ifndef TEXT_PATTERN_NEED_H
#define TEXT_PATTERN_NEED_H

#include "text/literals.h"

struct need;

struct pattern_need {
	const struct need *root; /* NULL: nothing is needed */
	struct literals literals;
};

/* source: a pattern that compiles, matched without regard to case. */
void pattern_need_read(struct pattern_need *out, struct arena *a, struct str source);
/* False: the pattern cannot fit the subject. */
bool pattern_need_met(const struct pattern_need *n, struct str subject);

#endif

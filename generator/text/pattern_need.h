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

/* source: a pattern that compiles, matched without regard to case. The literals
 * are added to those of other patterns. NULL: nothing is needed. */
const struct need *pattern_need_read(struct arena *a, struct literals *literals, struct str source);
/* found: of the subject, by literals_find(). False: the pattern cannot fit it. */
bool pattern_need_met(const struct need *n, const uint64_t *found);

#endif

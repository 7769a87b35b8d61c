/*
 * audit_words - what the patterns of the check list have in common.
 *
 * A pattern may name a row of audit-words.csv in braces: "программ\w* {качество}"
 * means what would stand there with the pattern of that row in brackets. So
 * wording that several items look for stands in one place and has a name that
 * a person can read. The pattern of a word names no other words.
 *
 * Braces after a backslash and a letter ("\p{L}") and those of numbers
 * ("{0,80}") are left alone.
 */
#ifndef MODEL_AUDIT_WORDS_H
#define MODEL_AUDIT_WORDS_H

#include "model/table.h"

/* The pattern with its words written out, in the arena. words: or NULL, for
 * none. A word that is not there stays as it is, and is given in *unknown,
 * which is else empty. */
const char *audit_words_expand(
    struct arena *a, const struct table *words, const char *pattern, struct str *unknown);
/* Where in the pattern something is that stands at an offset of what it means;
 * both in characters. Within a word: its brace. */
size_t audit_words_offset(const struct table *words, const char *pattern, size_t offset);
/* The nearest word to one that is not there, or NULL. */
const char *audit_words_nearest(struct arena *a, const struct table *words, struct str unknown);

#endif

/*
 * fold - text as the patterns of a checklist see it.
 *
 * fold_text() gives small letters, ё as е, a letter and its separate accent
 * as one letter (й, ё), other accents dropped, no soft hyphens and no
 * characters without width, every run of blanks as one space with none at the
 * ends, all dashes as "-", all quotes as '"', "№" kept, and in a word that has
 * Cyrillic letters the Latin ones that look like them as Cyrillic.
 * What is not UTF-8 becomes U+FFFD. The result lives in the arena.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/arena.h"
#include "base/str.h"

struct str fold_text(struct arena *a, struct str text);
/* The small Cyrillic letter that a small Latin one looks like, else the same. */
int32_t fold_twin(int32_t code);

#endif

/*
 * stem - the words of a text, as a search finds them.
 *
 * stem_next() cuts the words out of a text one by one, folded: small letters,
 * ё as е, a letter and its separate accent as one (й, ё). stem_word() takes a
 * folded Russian word's ending away ("школами" and "школе" give "школ");
 * other words stay whole, and so do those of which less than STEM_LEAST
 * letters would be left.
 *
 * A stem is always the beginning of its word. The search in the browser
 * (themes/default/js) needs no stemmer for that reason: it folds what the
 * reader types by the same rules and looks for the stems that it begins with.
 * An ending is no longer than STEM_ENDING().
 */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/arena.h"
#include "base/str.h"

enum {
	STEM_LEAST = 3, /* letters of a stem */
	STEM_MOST = 40, /* letters of a word; the rest of it is cut off */
};
/* The longest ending of a stem of n letters, in letters. */
#define STEM_ENDING(n) ((n) + 1)

struct stemmer;

struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *s); /* NULL is fine */

/* The next word of *rest, folded, in the arena; false at the end. */
bool stem_next(struct str *rest, struct arena *a, struct str *word);
/* The whole text folded, its words with one space between: for sorting. */
struct str stem_fold(struct arena *a, struct str text);
/* The part of a folded word that is its stem: a view into it. */
struct str stem_word(struct stemmer *s, struct str word);

#endif

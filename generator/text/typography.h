/*
 * typography - where a line of Russian text may not be broken.
 *
 * A printer keeps together what is read together: a short preposition or
 * conjunction and its word (в школе), a sign or a number and what it counts
 * (№ 5, 30 %, 12 345, 20 января, 2020 г.), initials and the name (А. С. Пушкин),
 * an abbreviation and its word (г. Ангарск, ст. 28), a particle and the word
 * before it (знал бы); and no line begins with a dash. The blank between them
 * becomes a no-break space: the text stays the same for whoever searches it,
 * and nothing of it goes into exported data.
 *
 * The words are Russian, the signs and numbers of any language.
 */
#ifndef TEXT_TYPOGRAPHY_H
#define TEXT_TYPOGRAPHY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define TYPOGRAPHY_SPACE "\u00a0"

/* Whether the blank between two pieces of a text may not break. Either may be
 * empty: then nothing is known of that side. */
bool typography_binds(struct str before, struct str after);
/* The same by signs alone, №, § and the dash: enough for names and for the
 * short texts of a theme. */
bool typography_binds_signs(struct str before, struct str after);

/* Append the text, escaped as html_text() does. */
void typography_html(struct buf *out, struct str text);
/* The text with its no-break spaces, in the arena; by signs alone. */
const char *typography_signs(struct arena *a, struct str text);

#endif

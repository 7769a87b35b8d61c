/*
 * old_text - what a page said in an earlier version, as text.
 *
 * An earlier version of a content file is read as it was, and its Markdown
 * becomes paragraphs without markup. Tables, charts and statements computed
 * from data are left out, also tables typed into the text: their numbers were
 * those of that day, and nobody can say today which of them disclosure would
 * hide. A word in their place says so.
 */
#ifndef RENDER_OLD_TEXT_H
#define RENDER_OLD_TEXT_H

#include "render/page.h"

/*
 * The title and the text, paragraphs parted by blank lines; p NULL when the
 * page was not to be read by the public then: a draft, to be published later
 * than `date`, or not readable at all.
 */
struct str old_text(
    const struct renderer *r, const struct content *now, struct str bytes, struct date date);
/* The same of a page as it is now; p NULL when its Markdown is refused. */
struct str plain_text(const struct renderer *r, const struct content *c);

#endif

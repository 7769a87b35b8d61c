/*
 * edition - which version of a text a page shows.
 *
 * page_markdown() calls edition_add() for the page's own text, so that every
 * page with a text has the fields; page_versions() makes the pages with the
 * earlier versions.
 */
#ifndef RENDER_EDITION_H
#define RENDER_EDITION_H

#include "render/page.h"

/*
 * Field edition: null where nothing is known, else those of commit_view() of
 * the last version, and not_committed (the text differs from it), versions
 * ("3 версии", or null when there is only one), href (of all of them).
 */
void edition_add(struct renderer *r, struct view *v, const struct content *c);

#endif

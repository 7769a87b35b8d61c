/*
 * htmldoc_bounds - how much work a page is for the parser, seen beforehand.
 *
 * A scan of the source that knows tags, comments, quoted attributes and the
 * raw text of scripts, and keeps a stack of open tags as a parser does, only
 * coarser: what a parser would close by itself it may count as open. It never
 * takes longer than a bounded number of steps per byte.
 */
#ifndef TEXT_HTMLDOC_BOUNDS_H
#define TEXT_HTMLDOC_BOUNDS_H

#include "text/htmldoc.h"

enum { HTMLDOC_ATTRIBUTES = 500 }; /* of one tag; the parser compares each pair */

enum htmldoc_refusal htmldoc_bounds(struct str html);

#endif

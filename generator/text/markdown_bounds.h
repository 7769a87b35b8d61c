/*
 * markdown_bounds - is a text one that the Markdown parser reads in time?
 *
 * cmark-gfm 0.29 needs quadratic time or memory for some texts that no author
 * writes: they are found before parsing and refused with a message that names
 * the line. One pass, no memory. The bounds lie far from real documents: the
 * largest programme that we have seen has 0.3 MB, 40 table columns and six
 * levels of lists.
 *
 * Also refused: bytes that are no UTF-8, and a footnote mark whose ^ is
 * written as an entity, on which the parser reads memory that it has freed,
 * and one that is closed in a later line, of which the parser loses the text.
 */
#ifndef TEXT_MARKDOWN_BOUNDS_H
#define TEXT_MARKDOWN_BOUNDS_H

#include "base/diag.h"

/* The depth of lists, quotes and footnotes in each other, and of the tree that
 * comes out of the parser. */
enum { MARKDOWN_NESTING = 50, MARKDOWN_DEPTH = 200 };

/* 0, or -1 and one error in diag. */
int markdown_bounds(const char *file, struct str text, uint32_t first_line, struct diag *diag);

#endif

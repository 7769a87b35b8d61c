/*
 * glossary - the abbreviations of a department, linked at their first use.
 *
 * A term is the first cell of a row of a table in glossary.md; the second cell
 * says what it means. It is linked as it is written there, as whole words and
 * with the same letters, once on each page: "ВПР", "КДН и ЗП". Terms of more
 * than GLOSSARY_WORDS words, and those that do not begin and end with a letter
 * or digit ("500+"), are listed in the glossary, but not linked.
 */
#ifndef RENDER_GLOSSARY_H
#define RENDER_GLOSSARY_H

#include "render/page.h"

enum { GLOSSARY_WORDS = 6 };

/* The department's glossary, read when it is first asked for; NULL without a
 * published one. */
struct glossary *glossary_of(struct renderer *r);

/* For markdown_hooks.text: payload is the renderer of the page being made. */
void glossary_text(struct renderer *r, struct buf *out, struct str text);

#endif

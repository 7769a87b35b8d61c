/*
 * htmldoc_json - a page made of the data that a page of scripts carries.
 *
 * Sites that are drawn by scripts often send their contents beside them as
 * JSON (__NEXT_DATA__, Nuxt, JSON-LD). htmldoc_json_page() writes what people
 * would see of it as plain HTML: strings with tags as they are, an object with
 * a name and an address as a link, other texts as paragraphs. What is no JSON
 * is left out from where it is none.
 */
#ifndef TEXT_HTMLDOC_JSON_H
#define TEXT_HTMLDOC_JSON_H

#include "base/arena.h"
#include "base/buf.h"

void htmldoc_json_page(struct buf *html, struct str json);

#endif

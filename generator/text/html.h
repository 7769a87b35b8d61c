/*
 * html - text put into HTML, escaped by the place where it goes.
 *
 * Each function appends to a buf. html_text() for element content,
 * html_attr() for the inside of a quoted attribute (it is safe in element
 * content too: templates use it everywhere), html_url() for an URL in an
 * attribute: it percent-encodes what may not stand in an URL, then escapes;
 * url_encode() does only the former, for addresses outside of markup.
 * html_url_safe() says whether a link may be followed at all: http, https,
 * mailto, tel, or without a scheme; javascript: and data: never.
 *
 * SVG and XML share html_text() and html_attr(). Control characters, which
 * XML forbids even escaped, become U+FFFD.
 */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include "base/buf.h"
#include "base/str.h"

void html_text(struct buf *out, struct str text);
void html_attr(struct buf *out, struct str text);
void html_url(struct buf *out, struct str url);
void url_encode(struct buf *out, struct str url);
bool html_url_safe(struct str url);

#endif

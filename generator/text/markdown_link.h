/*
 * markdown_link - what kind of address a link has, and addresses that stand
 * bare in a text.
 */
#ifndef TEXT_MARKDOWN_LINK_H
#define TEXT_MARKDOWN_LINK_H

#include "base/buf.h"
#include "base/str.h"

enum link_kind {
	LINK_UNSAFE,   /* a scheme that may run code, or control characters */
	LINK_ANCHOR,   /* #place on the same page */
	LINK_EXTERNAL, /* http, https, //host */
	LINK_CONTACT,  /* mailto, tel */
	LINK_LOCAL     /* without a scheme: a file of the site, or nothing */
};

enum link_kind link_kind(struct str url);

/* Append <a href=…, safely for any url, without the closing '>'. */
void link_open(struct buf *out, struct str url, enum link_kind kind);

/*
 * Append text, escaped, with http://…, https://…, www.… and mail addresses
 * made links. Sentence marks after an address, quotation marks around it and a
 * bracket that was opened before it are not part of it. What is between the
 * addresses is written by plain; NULL writes it as a printer would
 * (typography.h).
 */
typedef void link_plain(void *payload, struct buf *out, struct str text);
void link_text(struct buf *out, struct str text, link_plain *plain, void *payload);

#endif

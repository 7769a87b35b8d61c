/*
 * feed - an Atom feed (RFC 4287) of a department.
 *
 * Its items come newest first; a feed ends with the hundredth. Identifiers are
 * tag URIs of the host and a path that never changes. A site without an
 * address (base_url) has no feeds: ask page_address() before.
 */
#ifndef RENDER_FEED_H
#define RENDER_FEED_H

#include "render/page.h"

struct feed_item {
	const char *id; /* path that makes the identifier */
	const char *title, *address, *summary;
	struct date date;
	const char *author;       /* NULL: that of the feed */
	const char *term, *label; /* of the category, or NULL */
};

struct feed {
	const char *path; /* of the file */
	const char *of;   /* the page it is a feed of; its identifier too */
	const char *title;
	const struct feed_item *items;
	size_t count;
};

int feed_write(struct renderer *r, const struct feed *f);

#endif

/*
 * httpd_page - what a folder holds at an address; for httpd.c.
 *
 * httpd_page() always gives a page: the file (200), the way to the folder of
 * that name (301, with location), or the site's 404.html. location and body
 * are the caller's to take or clear.
 */
#ifndef SYS_HTTPD_PAGE_H
#define SYS_HTTPD_PAGE_H

#include "base/buf.h"

#include <stdbool.h>

enum { HTTPD_PATH = 2048 };

struct httpd_ask {
	const char *folder;
	const char *url; /* as it came, percent-encoded, without what follows "?" */
	unsigned build;  /* which one the page belongs to */
	bool reload;     /* HTML gets the script that asks for the next */
};

struct httpd_page {
	unsigned status;
	const char *type;
	struct buf location, body; /* location: of 301 only */
};

void httpd_page(struct httpd_page *out, const struct httpd_ask *ask);

/* The decoded path without its first slash; -1 when no page can be there. */
int httpd_path(char out[HTTPD_PATH], const char *url);

extern const char httpd_reload_script[];

#endif

/*
 * httpd - the finished site in a browser of this machine.
 *
 * httpd_start() serves a folder at http://127.0.0.1:port/ from a thread of
 * its own until httpd_stop(). It answers GET and HEAD, takes only requests
 * addressed to localhost (a foreign page cannot read it by rebinding its
 * name), never leaves the folder, hides dot files, lists no folder and lets
 * nothing be cached. Missing pages get the site's 404.html.
 *
 * With reload set, HTML is served with one script before </body>, which asks
 * /.vidno/reload?build=N: the answer comes when httpd_notify() has been
 * called since build N, and the page loads itself anew. The files themselves
 * are not changed.
 *
 * libmicrohttpd is loaded by httpd_start() (dlopen) and not before.
 */
#ifndef SYS_HTTPD_H
#define SYS_HTTPD_H

#include "base/diag.h"

struct httpd;

struct httpd_options {
	const char *folder;
	uint16_t port; /* 0: any free one */
	bool reload;
};

/* 0, or -1 with a message in diag. */
int httpd_start(struct httpd **out, const struct httpd_options *options, struct diag *diag);
uint16_t httpd_port(const struct httpd *h);
void httpd_notify(struct httpd *h); /* a new build is there; from any thread */
void httpd_stop(struct httpd *h);   /* h may be NULL */

#endif

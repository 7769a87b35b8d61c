/*
 * serve - preview: build, show, wait for a change, build again.
 *
 * serve_run() builds into a folder of its own (or --out), serves it on the
 * loopback address, and rebuilds after every change of content, data or
 * themes; the browser is told to load anew. A build with errors leaves the
 * last good pages in place and prints what is wrong. It ends with Ctrl+C and
 * removes the folder if it made it. Returns an exit status.
 */
#ifndef JOB_SERVE_H
#define JOB_SERVE_H

#include "base/diag.h"

struct serve_options {
	const char *site;
	const char *out;  /* NULL: a temporary folder */
	const char *date; /* or NULL */
	unsigned port;    /* 0: 8080, or any free one when that is taken */
	bool internal, reload;
	void (*report)(const struct diag *diag); /* prints the messages of a build */
};

int serve_run(const struct serve_options *o);

#endif

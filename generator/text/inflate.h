/*
 * inflate - gzip and deflate with bounds (zlib).
 *
 * Reading: inflate_begin(), inflate_feed() as bytes arrive, inflate_end().
 * What is unpacked is handed to a sink piece by piece. It stops at `bytes`
 * bytes, and when the output is more than `ratio` times the input after the
 * first INFLATE_FREE bytes: a few kilobytes can hold gigabytes.
 *
 * Writing: begin with GZIP_INIT, gzip_member() makes one member of several
 * pieces, gzip_end() at the end. Members one after the other are a gzip file
 * too, which is what a WARC file is made of. The result depends on the bytes
 * alone: no time, no name in it.
 */
#ifndef TEXT_INFLATE_H
#define TEXT_INFLATE_H

#include "base/buf.h"
#include "base/str.h"

enum { INFLATE_FREE = 1024 * 1024, INFLATE_RATIO = 100 };

enum inflate_form {
	INFLATE_GZIP,
	INFLATE_ZLIB, /* "deflate" as the standard means it */
	INFLATE_RAW   /* "deflate" as some servers send it */
};

enum inflate_status {
	INFLATE_OK = 0,         /* so far, or at the end: whole */
	INFLATE_DONE = 1,       /* the end of the member; what follows was not used */
	INFLATE_CUT = -1,       /* ended in the middle */
	INFLATE_BROKEN = -2,    /* damaged; what came before is good */
	INFLATE_TOO_LARGE = -3, /* more than the caller takes */
	INFLATE_BOMB = -4,      /* swells beyond the ratio */
	INFLATE_REFUSED = -5    /* the sink wanted no more */
};

/* Takes what came out; -1 to stop. */
typedef int inflate_sink(void *payload, struct str bytes);

struct inflate {
	void *stream;
	inflate_sink *sink;
	void *payload;
	uint64_t in, out, max;
	unsigned ratio;
	enum inflate_status status;
};

void inflate_begin(struct inflate *z, enum inflate_form form, uint64_t max, unsigned ratio,
    inflate_sink *sink, void *payload);
/* *used (may be NULL) tells how many bytes were taken: all, but at the end of
 * the member. After a negative status nothing more is taken. */
enum inflate_status inflate_feed(struct inflate *z, struct str bytes, size_t *used);
enum inflate_status inflate_end(struct inflate *z); /* frees; INFLATE_OK when it was whole */

/* One member at the beginning of bytes into out, at most max bytes of it;
 * *used is the length of the member. INFLATE_OK or what is wrong. */
enum inflate_status inflate_member(struct buf *out, struct str bytes, size_t max, size_t *used);

/* Takes the packed bytes; -1 to stop. */
typedef int gzip_sink(void *payload, struct str bytes);

/* The state of packing, used again from member to member: making it costs more
 * than packing a page. */
struct gzip {
	void *stream;
	size_t stored; /* a member of at most so many bytes is stored as it is; 0: none */
};

#define GZIP_INIT \
	{ \
		NULL, 0 \
	}

/* 0, or -1 when the sink failed. */
int gzip_member(
    struct gzip *z, const struct str *pieces, size_t count, gzip_sink *sink, void *payload);
void gzip_end(struct gzip *z);

#endif

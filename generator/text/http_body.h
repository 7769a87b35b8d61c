/*
 * http_body - the bytes of an answer as the sender meant them.
 *
 * Undoes the chunks and the compression that the head speaks of, as the bytes
 * arrive: http_body_begin() with the head, http_body_feed() for what follows
 * it, http_body_end(). What comes out is handed to a sink. Of a whole answer
 * at once (from a WARC file) http_body_all() makes one text.
 *
 * What servers do wrong is made good where it can be, and noted: a body that
 * says gzip and is not, one packed twice, deflate without its header.
 */
#ifndef TEXT_HTTP_BODY_H
#define TEXT_HTTP_BODY_H

#include "text/http.h"
#include "text/inflate.h"

enum http_body_note {
	HTTP_BODY_NOT_PACKED = 1,   /* Content-Encoding is not true: taken as it is */
	HTTP_BODY_PACKED_TWICE = 2, /* unpacked twice */
	HTTP_BODY_RAW_DEFLATE = 4,
	HTTP_BODY_UNKNOWN = 8 /* an encoding we do not read: br, zstd; as it is */
};

enum http_body_status {
	HTTP_BODY_OK = 0,         /* whole, or so far good */
	HTTP_BODY_CUT = -1,       /* shorter than announced, or ended in the middle */
	HTTP_BODY_BROKEN = -2,    /* wrong chunks or compression */
	HTTP_BODY_TOO_LARGE = -3, /* over the caller's bound: cut there */
	HTTP_BODY_BOMB = -4       /* swells beyond the ratio: cut there */
};

struct http_body {
	inflate_sink *sink;
	void *payload;
	enum http_body_status status;
	unsigned notes;      /* of enum http_body_note */
	uint64_t raw, bytes; /* came in; went to the sink */
	uint64_t max;        /* of bytes */
	int64_t length;      /* announced, or -1 */
	struct chunks {
		bool on;
		int state;
		uint64_t left;
		unsigned digits;
	} chunks;
	struct inflate_layer {
		struct inflate z;
		bool on, begun;
		enum inflate_form form;
		/* The first bytes: until the form is known, and as long as
		 * nothing has come out of them. */
		unsigned char kept[512];
		size_t fed; /* kept, or gone on to be unpacked */
	} layers[2];
	bool done;
};

void http_body_begin(struct http_body *b, const struct http_head *head, uint64_t max,
    inflate_sink *sink, void *payload);
enum http_body_status http_body_feed(struct http_body *b, struct str bytes);
/* The final status: HTTP_BODY_CUT when less came than the head announced. */
enum http_body_status http_body_end(struct http_body *b);

/* The body that follows a head, decoded, in the arena; cut at max bytes. */
struct http_content {
	struct str bytes;
	enum http_body_status status;
	unsigned notes;
};
struct http_content http_body_all(
    struct arena *a, const struct http_head *head, struct str raw, size_t max);

#endif

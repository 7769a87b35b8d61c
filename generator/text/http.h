/*
 * http - heads of HTTP/1 answers (RFC 9110, 9112), and what their fields say.
 *
 * http_head_read() reads the status line and the fields up to the blank line;
 * interim answers (100, 103) before it are skipped. It is lenient in what
 * servers do wrong (bare line feeds, blanks around names, no reason) and
 * strict in its bounds. All texts are views of the bytes given, but for a
 * field folded over lines, which is joined in the arena.
 *
 * http_fields() reads fields alone, as for the trailer of a chunked body.
 */
#ifndef TEXT_HTTP_H
#define TEXT_HTTP_H

#include "base/arena.h"
#include "base/str.h"

enum { HTTP_HEAD_MAX = 64 * 1024, HTTP_FIELDS = 200 };

struct http_field {
	struct str name, value; /* value without blanks at its ends */
};

struct http_head {
	int version; /* 10 or 11; 9 for an answer without a head; 20 */
	int status;  /* 100 to 999 */
	struct str reason;
	struct http_field *fields; /* [count] */
	size_t count;
};

enum http_status {
	HTTP_OK = 0,
	HTTP_CUT = -1,      /* no blank line at the end: not whole */
	HTTP_BAD = -2,      /* no answer of HTTP */
	HTTP_TOO_LARGE = -3 /* over HTTP_HEAD_MAX bytes or HTTP_FIELDS fields */
};

/* *used is the length of the head with its blank line. */
enum http_status http_head_read(
    struct http_head *out, struct arena *a, struct str bytes, size_t *used);

/* The value of the first field of that name, any case; STR_NONE without. */
struct str http_field(const struct http_head *h, const char *name);
/* The next one: begin with *at = 0. */
bool http_next_field(const struct http_head *h, const char *name, size_t *at, struct str *value);

struct http_type {
	struct str type;    /* lower case, "text/html"; empty when malformed */
	struct str charset; /* as written, without quotes; empty when not given */
};
struct http_type http_content_type(struct arena *a, const struct http_head *h);

/* Of a Content-Disposition: the name of the file, decoded (RFC 6266 and raw
 * UTF-8), without folders; empty when none is given. */
struct str http_file_name(struct arena *a, const struct http_head *h);

/* Content-Length when it is one number (or the same several times), else -1. */
int64_t http_length(const struct http_head *h);
bool http_is_chunked(const struct http_head *h);

/* Seconds since 1970 of the three forms of a date of HTTP, or -1. */
int64_t http_date(struct str text);

/* Seconds to wait by Retry-After, 0 to HTTP_RETRY_MAX: a number, or a date
 * against the answer's own Date (else against now, seconds since 1970); -1
 * when there is none that can be read. Whatever is longer is HTTP_RETRY_MAX:
 * more than the auditor's patience, so "defer". */
enum { HTTP_RETRY_MAX = 24 * 60 * 60 };
int http_retry_after(const struct http_head *h, int64_t now);

#endif

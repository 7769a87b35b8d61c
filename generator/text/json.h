/*
 * json - a writer that cannot produce wrong JSON.
 *
 * Begin with JSON_INIT(buf), open and close objects and arrays, give keys and
 * values, ask json_done() at the end: 0, or -1 when nothing was written,
 * something was left open or nested wrongly (a mistake of the program: what
 * follows it is not written), or the buf is past its limit. Commas, quoting
 * and (with lines) line breaks are the writer's, but for the last line's end.
 * Text is UTF-8, malformed bytes become U+FFFD; '<', U+2028 and U+2029 are
 * escaped so that the result may stand in a <script> element.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/buf.h"
#include "base/decimal.h"

enum { JSON_DEPTH = 32 };

struct json {
	struct buf *out;
	int depth;
	bool filled[JSON_DEPTH]; /* something stands before at this level */
	char kind[JSON_DEPTH];   /* '{' or '[' */
	bool after_key, done, failed;
	int lines; /* containers down to this depth have an item a line: files people read */
};

#define JSON_INIT(b) \
	{ \
		.out = (b) \
	}

void json_object(struct json *j);
void json_array(struct json *j);
void json_end(struct json *j); /* closes the innermost */
void json_key(struct json *j, const char *key);
/* A key that is written again and again: as json_quote() wrote it once. */
void json_quoted_key(struct json *j, struct str quoted);
void json_quote(struct buf *out, struct str text);
void json_text(struct json *j, struct str text);
void json_string(struct json *j, const char *text); /* NULL: null */
void json_int(struct json *j, long long n);
void json_frac(struct json *j, struct frac f, int places); /* unset: null */
void json_bool(struct json *j, bool b);
void json_null(struct json *j);
int json_done(struct json *j);

#endif

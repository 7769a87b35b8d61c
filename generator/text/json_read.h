/*
 * json_read - JSON of strangers, token by token.
 *
 * Begin with JSON_READER(arena, text) and call json_next() until JSON_END.
 * Each token has the last key that stood before it: of an array's items that
 * is the array's. What is no JSON is passed over, so a text that was cut, or
 * was never JSON, gives what can be read of it; brackets need not fit.
 *
 * Keys and texts are decoded, without their quotes, in the arena; a text is
 * cut at 256 KiB.
 */
#ifndef TEXT_JSON_READ_H
#define TEXT_JSON_READ_H

#include "base/arena.h"
#include "base/str.h"

enum json_kind {
	JSON_END,
	JSON_OPEN_OBJECT,
	JSON_CLOSE_OBJECT,
	JSON_OPEN_ARRAY,
	JSON_CLOSE_ARRAY,
	JSON_TEXT,
	JSON_BARE /* a number, true, false, null: as it stands, borrowed */
};

struct json_reader {
	struct arena *a;
	struct str s;
	size_t at;
	struct str key;
};

#define JSON_READER(arena, text) \
	{ \
		.a = (arena), .s = (text), .key = { "", 0 } \
	}

struct json_token {
	enum json_kind kind;
	struct str key, text;
};

/* False with JSON_END. */
bool json_next(struct json_reader *r, struct json_token *out);

#endif

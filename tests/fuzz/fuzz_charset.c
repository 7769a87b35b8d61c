/*
 * Any bytes as text of an unknown encoding.
 *
 * The first line is what the server says of it. Whatever comes out is UTF-8;
 * UTF-8 that nobody doubts stays as it is; and what an encoder writes, the
 * encoding reads.
 */
#include "text/charset.h"
#include "text/webcharset.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_encoder(struct arena *a, const char *name, struct str text)
{
	webcharset_encoder *encode = webcharset_encoder_of(name);
	char bytes[4];
	for (size_t i = 0, len; encode && i < text.n && i < 200; i += len) {
		int32_t code = utf8_decode(text.p + i, text.n - i, &len);
		if (encode(code, bytes) > sizeof(bytes))
			abort();
	}
	(void)a;
}

static void check_tables(struct arena *a, struct str bytes)
{
	enum charset which;
	uint32_t line, column;
	struct str text = charset_decode(a, bytes, &which);
	if (!utf8_valid(text) || (which == CHARSET_UNKNOWN && text.n))
		abort();
	text = charset_1251(a, bytes);
	if (text.p && !utf8_valid(text))
		abort();
	charset_damaged_utf8(bytes);
	charset_first_bad(bytes, &line, &column);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct webcharset found;
	struct str bytes = {(const char *)data, size}, header = STR("");
	str_next(&bytes, '\n', &header);
	struct str text = webcharset_decode(&found, &a, bytes, header);
	if (!utf8_valid(text) || !found.name || found.rule >= WEBCHARSET_RULES ||
	    text.n > 3 * bytes.n)
		abort();
	webcharset_name(header);
	check_encoder(&a, found.name, text);
	check_tables(&a, bytes);
	arena_clear(&a);
	return 0;
}

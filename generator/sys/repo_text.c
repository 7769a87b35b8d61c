/*
 * iconv() decodes as far as it can; where it stops, one byte is replaced and it
 * goes on behind it.
 */
#include "sys/repo_text.h"

#include "base/buf.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>

static const char replacement[] = "\xef\xbf\xbd";

static void decode(struct buf *out, iconv_t from, struct str bytes)
{
	/* iconv() takes a pointer to what it never changes. */
	char *in = (char *)bytes.p;
	size_t left = bytes.n;
	while (left) {
		char some[512], *to = some;
		size_t room = sizeof(some);
		size_t done = iconv(from, &in, &left, &to, &room);
		int code = done == (size_t)-1 ? errno : 0;
		buf_add(out, some, sizeof(some) - room);
		if (code && code != E2BIG && left) {
			buf_adds(out, replacement);
			in++;
			left--;
		}
	}
}

/* Were an encoding to give something else than UTF-8, it would end here. */
static void keep_valid(struct buf *out, struct str bytes)
{
	for (size_t i = 0, n; i < bytes.n; i += n) {
		int32_t code = utf8_decode(bytes.p + i, bytes.n - i, &n);
		if (code < 0)
			buf_adds(out, replacement);
		else if ((code < ' ' && code != '\n' && code != '\t') || code == 0x7f)
			buf_addc(out, ' ');
		else
			buf_add(out, bytes.p + i, n);
	}
}

const char *repo_text(struct arena *a, struct str bytes, const char *encoding)
{
	struct buf decoded = BUF_INIT(BUF_PAGE), valid = BUF_INIT(BUF_PAGE);
	if (!utf8_valid(bytes)) {
		iconv_t from = encoding ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
		if (from == (iconv_t)-1)
			from = iconv_open("UTF-8", "WINDOWS-1251");
		if (from != (iconv_t)-1) {
			decode(&decoded, from, bytes);
			iconv_close(from);
			bytes = buf_str(&decoded);
		}
	}
	keep_valid(&valid, bytes);
	const char *text = buf_keep(a, &valid).p;
	buf_clear(&decoded);
	return text;
}

/*
 * Capacity grows by half. An empty buf points at a shared zero byte, which is
 * never written to, so that data can be read at any time.
 */
#include "base/buf.h"

#include "base/arena.h"
#include "base/format.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 256 }; /* most bufs of words never grow again */

char buf_empty[1];

int buf_grow(struct buf *b, size_t extra)
{
	if (b->err)
		return -1;
	if (extra > b->max || b->len > b->max - extra) {
		b->err = -1;
		return -1;
	}
	size_t need = b->len + extra + 1;
	if (need <= b->cap)
		return 0;
	size_t cap = b->cap + b->cap / 2;
	if (cap < need)
		cap = need < FIRST ? FIRST : need;
	if (cap - 1 > b->max)
		cap = b->max + 1;
	b->data = xrealloc(b->cap ? b->data : NULL, cap);
	b->cap = cap;
	return 0;
}

void buf_vaddf(struct buf *b, const char *format, va_list args)
{
	char small[256];
	va_list again;
	va_copy(again, args);
	int len = format_text(small, sizeof(small), format, args);
	if (len >= 0 && (size_t)len < sizeof(small)) {
		buf_add(b, small, (size_t)len);
	} else if (len >= 0 && buf_room(b, (size_t)len) == 0) {
		format_text(b->data + b->len, (size_t)len + 1, format, again);
		b->len += (size_t)len;
	}
	va_end(again);
}

void buf_addf(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(b, format, args);
	va_end(args);
}

void buf_addint(struct buf *b, long long n)
{
	char digits[FORMAT_DIGITS];
	const char *p =
	    format_digits(digits, n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n);
	if (n < 0)
		buf_addc(b, '-');
	buf_add(b, p, (size_t)(digits + FORMAT_DIGITS - p));
}

int buf_err(const struct buf *b)
{
	return b->err;
}

struct str buf_keep(struct arena *a, struct buf *b)
{
	struct str kept = {arena_strndup(a, b->data, b->len), b->len};
	buf_clear(b);
	return kept;
}

char *buf_take(struct buf *b, size_t *len)
{
	if (len)
		*len = b->len;
	char *bytes = b->cap ? b->data : xstrdup("");
	*b = (struct buf)BUF_INIT(b->max);
	return bytes;
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	b->err = 0;
	if (b->cap)
		b->data[0] = '\0';
}

void buf_clear(struct buf *b)
{
	if (b->cap)
		free(b->data);
	*b = (struct buf)BUF_INIT(b->max);
}

/*
 * buf - bytes that grow.
 *
 * Begin with BUF_INIT(limit), add freely, ask buf_err() once, then read data
 * and len or keep the bytes with buf_take(). buf_reset() empties it and keeps
 * the memory; buf_clear() frees it; it is then empty and usable again.
 *
 * The first failure (going past the limit) sticks: later adds do nothing.
 * data is never NULL and always ends in a zero byte. The buf owns data; what
 * buf_take() returns is the caller's to free.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/* Ceilings: no page, export or message of a sane site comes near them. */
enum { BUF_LINE = 64 * 1024, BUF_PAGE = 64 * 1024 * 1024, BUF_FILE = 1024 * 1024 * 1024 };

struct buf {
	char *data;
	size_t len, cap, max;
	int err;
};

extern char buf_empty[1];
#define BUF_INIT(limit) \
	{ \
		.data = buf_empty, .max = (limit) \
	}

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void buf_addint(struct buf *b, long long n);
void buf_truncate(struct buf *b, size_t len);
int buf_err(const struct buf *b); /* 0, or -1 past the limit */
char *buf_take(struct buf *b, size_t *len);
void buf_reset(struct buf *b);
void buf_clear(struct buf *b);

#endif

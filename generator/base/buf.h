/*
 * buf - bytes that grow.
 *
 * Begin with BUF_INIT(limit), add freely, ask buf_err() once, then read data
 * and len or keep the bytes with buf_take(). buf_reset() empties it and keeps
 * the memory; buf_clear() frees it; it is then empty and usable again.
 *
 * The first failure (going past the limit) sticks: later adds do nothing.
 * data is never NULL and always ends in a zero byte. The buf owns data:
 * buf_str() lends it until the next change, buf_keep() moves it to an arena,
 * and what buf_take() returns is the caller's to free.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

/* Ceilings: no page, export or message of a sane site comes near them. */
enum { BUF_LINE = 64 * 1024, BUF_PAGE = 64 * 1024 * 1024, BUF_FILE = 1024 * 1024 * 1024 };

struct arena;

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

int buf_grow(struct buf *b, size_t extra); /* for those below */

/* Room for extra bytes and the zero after them, or -1. Most adds are small
 * and find it at once, so these are compiled into their callers. */
static inline int buf_room(struct buf *b, size_t extra)
{
	return extra < b->cap - b->len && !b->err ? 0 : buf_grow(b, extra);
}

static inline void buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0 || buf_room(b, len) < 0)
		return;
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

static inline void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void buf_addc(struct buf *b, char c)
{
	if (buf_room(b, 1) < 0)
		return;
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->data, b->len};
}

void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void buf_addint(struct buf *b, long long n);
int buf_err(const struct buf *b); /* 0, or -1 past the limit */
/* The bytes in the arena, with a zero byte after them; the buf is cleared. */
struct str buf_keep(struct arena *a, struct buf *b);
char *buf_take(struct buf *b, size_t *len);
void buf_reset(struct buf *b);
void buf_clear(struct buf *b);

#endif

/*
 * cookie - what a site asks to be told again (RFC 6265).
 *
 * A jar belongs to one visit of one school: COOKIE_JAR_INIT, cookie_take()
 * with every answer, cookie_write() for every request, cookie_clear() at the
 * end. Cookies for a whole public suffix, or for another site, are refused.
 * The jar is bounded: past COOKIES the oldest goes.
 *
 * cookie_state() is a number that changes with what the jar holds: a redirect
 * to the same address is no loop when a cookie was set on the way.
 */
#ifndef TEXT_COOKIE_H
#define TEXT_COOKIE_H

#include "base/buf.h"
#include "text/http.h"
#include "text/url.h"

enum { COOKIES = 50, COOKIE_BYTES = 4096 };

struct cookie {
	char *name, *value, *domain, *path; /* one block of memory, owned */
	int64_t expires;                    /* seconds since 1970; INT64_MAX: with the visit */
	bool host_only, secure;
};

struct cookie_jar {
	struct cookie items[COOKIES];
	size_t count;
};

#define COOKIE_JAR_INIT \
	{ \
		.count = 0 \
	}

/* now: seconds since 1970. */
void cookie_take(
    struct cookie_jar *jar, const struct url *from, const struct http_head *head, int64_t now);
/* "a=b; c=d", or nothing. */
void cookie_write(struct buf *out, const struct cookie_jar *jar, const struct url *to, int64_t now);
uint64_t cookie_state(const struct cookie_jar *jar);
void cookie_clear(struct cookie_jar *jar);

#endif

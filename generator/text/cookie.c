/*
 * A jar is a short array in order of age; each cookie is one block of memory
 * with its four texts. A cookie of the same name, domain and path takes the
 * place of the old one, and one that has expired already only removes it.
 */
#include "text/cookie.h"

#include "text/ascii.h"
#include "text/domain.h"

#include <stdlib.h>

/* ---- matching ---- */

static struct str domain_of(const struct cookie *c)
{
	return str_of(c->domain);
}

/* The host itself, or below the domain. */
static bool domain_fits(struct str host, struct str domain)
{
	if (str_eq(host, domain))
		return true;
	return host.n > domain.n && host.p[host.n - domain.n - 1] == '.' &&
	    memcmp(host.p + host.n - domain.n, domain.p, domain.n) == 0;
}

static bool path_fits(struct str path, struct str prefix)
{
	if (path.n < prefix.n || memcmp(path.p, prefix.p, prefix.n) != 0)
		return false;
	return path.n == prefix.n || prefix.p[prefix.n - 1] == '/' || path.p[prefix.n] == '/';
}

static bool fits(const struct cookie *c, const struct url *to, int64_t now)
{
	bool host =
	    c->host_only ? str_eq(to->host, domain_of(c)) : domain_fits(to->host, domain_of(c));
	return host && c->expires > now && (to->secure || !c->secure) &&
	    path_fits(to->path, str_of(c->path));
}

/* ---- the jar ---- */

static void drop(struct cookie_jar *jar, size_t i)
{
	free(jar->items[i].name);
	jar->count--;
	memmove(&jar->items[i], &jar->items[i + 1], (jar->count - i) * sizeof(*jar->items));
}

struct reading {
	struct str name, value, domain, path;
	int64_t expires;
	bool host_only, secure;
};

static void drop_same(struct cookie_jar *jar, const struct reading *r)
{
	for (size_t i = 0; i < jar->count; i++) {
		const struct cookie *c = &jar->items[i];
		if (str_is(r->name, c->name) && str_is(r->domain, c->domain) &&
		    str_is(r->path, c->path)) {
			drop(jar, i);
			return;
		}
	}
}

static char *put(char **at, struct str s)
{
	char *begin = *at;
	if (s.n)
		memcpy(begin, s.p, s.n);
	begin[s.n] = '\0';
	*at += s.n + 1;
	return begin;
}

static void keep(struct cookie_jar *jar, const struct reading *r)
{
	if (jar->count == COOKIES)
		drop(jar, 0);
	char *at = xmalloc(r->name.n + r->value.n + r->domain.n + r->path.n + 4);
	struct cookie *c = &jar->items[jar->count++];
	c->name = put(&at, r->name);
	c->value = put(&at, r->value);
	c->domain = put(&at, r->domain);
	c->path = put(&at, r->path);
	c->expires = r->expires;
	c->host_only = r->host_only;
	c->secure = r->secure;
}

/* ---- Set-Cookie ---- */

static struct str cut_at(struct str s, char c, struct str *rest)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	size_t n = at ? (size_t)(at - s.p) : s.n;
	*rest = at ? (struct str){at + 1, s.n - n - 1} : STR("");
	return ascii_trim((struct str){s.p, n});
}

static void read_domain(struct reading *r, struct arena *a, struct str value)
{
	if (value.n && value.p[0] == '.')
		value = (struct str){value.p + 1, value.n - 1};
	if (value.n) {
		r->domain = ascii_lower(a, value);
		r->host_only = false;
	}
}

/* Does Max-Age say something? */
static bool read_age(struct reading *r, struct str value, int64_t now)
{
	bool negative = value.n && value.p[0] == '-';
	int64_t seconds = negative ? 0 : ascii_number(value);
	if (seconds < 0)
		return false;
	r->expires = seconds > INT64_MAX - now ? INT64_MAX : now + seconds;
	return true;
}

static void read_attributes(struct reading *r, struct arena *a, struct str rest, int64_t now)
{
	bool aged = false;
	while (rest.n) {
		struct str value, part = cut_at(rest, ';', &rest);
		struct str name = cut_at(part, '=', &value);
		value = ascii_trim(value);
		if (ascii_same(name, "domain"))
			read_domain(r, a, value);
		else if (ascii_same(name, "path") && value.n && value.p[0] == '/')
			r->path = value;
		else if (ascii_same(name, "secure"))
			r->secure = true;
		else if (ascii_same(name, "max-age"))
			aged = read_age(r, value, now) || aged;
		else if (ascii_same(name, "expires") && !aged && http_date(value) >= 0)
			r->expires = http_date(value);
	}
}

/* Up to the last '/', without it. */
static struct str default_path(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	return path.n > 1 ? (struct str){path.p, path.n - 1} : STR("/");
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
			return true;
	return false;
}

static void take_one(
    struct cookie_jar *jar, struct arena *a, const struct url *from, struct str text, int64_t now)
{
	struct reading r = {.expires = INT64_MAX,
	    .host_only = true,
	    .domain = from->host,
	    .path = default_path(from->path)};
	struct str rest, pair = cut_at(text, ';', &rest);
	r.name = cut_at(pair, '=', &r.value);
	r.value = ascii_trim(r.value);
	if (r.name.n == 0 || text.n > COOKIE_BYTES || has_control(text))
		return;
	read_attributes(&r, a, rest, now);
	if (!r.host_only && str_eq(r.domain, from->host))
		r.host_only = !domain_takes_cookie(from->host, r.domain);
	else if (!r.host_only && !domain_takes_cookie(from->host, r.domain))
		return;
	drop_same(jar, &r);
	if (r.expires > now)
		keep(jar, &r);
}

void cookie_take(
    struct cookie_jar *jar, const struct url *from, const struct http_head *head, int64_t now)
{
	struct arena a = ARENA_INIT;
	struct str value;
	size_t at = 0;
	while (http_next_field(head, "Set-Cookie", &at, &value))
		take_one(jar, &a, from, value, now);
	arena_clear(&a);
}

void cookie_write(struct buf *out, const struct cookie_jar *jar, const struct url *to, int64_t now)
{
	const char *between = "";
	for (size_t i = 0; i < jar->count; i++) {
		const struct cookie *c = &jar->items[i];
		if (!fits(c, to, now))
			continue;
		buf_addf(out, "%s%s=%s", between, c->name, c->value);
		between = "; ";
	}
}

/* A sum: the order in which cookies came does not matter. */
uint64_t cookie_state(const struct cookie_jar *jar)
{
	uint64_t state = 0;
	for (size_t i = 0; i < jar->count; i++) {
		const struct cookie *c = &jar->items[i];
		uint64_t one = str_hash(str_of(c->name));
		one = one * 31 + str_hash(str_of(c->value));
		one = one * 31 + str_hash(domain_of(c));
		state += one * 31 + str_hash(str_of(c->path));
	}
	return state;
}

void cookie_clear(struct cookie_jar *jar)
{
	while (jar->count)
		drop(jar, jar->count - 1);
}

/*
 * Keys, shapes, traps and prefixes: what the crawl asks of an address that is
 * read already. A query is walked parameter by parameter; what is parted by
 * ';' is one, as for the servers.
 */
#include "text/url.h"

#include "base/buf.h"
#include "text/ascii.h"
#include "text/idna.h"

/* ---- parameters ---- */

static struct str name_of(struct str parameter)
{
	const char *is = memchr(parameter.p, '=', parameter.n);
	return (struct str){parameter.p, is ? (size_t)(is - parameter.p) : parameter.n};
}

static bool one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (ascii_same(s, *words))
			return true;
	return false;
}

static bool is_passing(struct str name)
{
	static const char *const words[] = {"phpsessid", "sid", "session_id", "sessionid",
	    "jsessionid", "aspsessionid", "cfid", "cftoken", "yclid", "ymclid", "gclid", "fbclid",
	    "_openstat", "rnd", "_ga", NULL};
	return one_of(name, words) || ascii_starts(name, "utm_");
}

static bool is_view(struct str name)
{
	static const char *const words[] = {"print", "printable", "print_version", "sort", "sortby",
	    "sort_by", "orderby", "order_by", "sortdir", "calendar", "replytocom", "tmpl", NULL};
	return one_of(name, words);
}

/* ---- keys ---- */

static struct str without_www(struct str host)
{
	return str_starts(host, "www.") ? (struct str){host.p + 4, host.n - 4} : host;
}

/* ";jsessionid=…" stands at the end of a path. */
static struct str without_session(struct str path)
{
	static const char mark[] = ";jsessionid=";
	const size_t n = sizeof(mark) - 1;
	for (size_t i = 0; i + n <= path.n; i++)
		if (strncasecmp(path.p + i, mark, n) == 0)
			return (struct str){path.p, i};
	return path;
}

struct str url_key(struct arena *a, const struct url *u)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct str path = without_session(u->path), rest = u->query, parameter;
	buf_add(&b, u->host.p, u->host.n);
	if (u->port != (u->secure ? 443 : 80))
		buf_addf(&b, ":%d", (int)u->port);
	buf_add(&b, path.p, path.n);
	char mark = '?';
	while (rest.p && str_next(&rest, '&', &parameter)) {
		if (parameter.n == 0 || is_passing(name_of(parameter)))
			continue;
		buf_addc(&b, mark);
		buf_add(&b, parameter.p, parameter.n);
		mark = '&';
	}
	return buf_keep(a, &b);
}

struct str url_shape(struct arena *a, const struct url *u)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct str path = without_session(u->path), rest = u->query, parameter;
	/* With a query the script counts, without one its folder. */
	if (!u->query.p)
		while (path.n > 1 && path.p[path.n - 1] != '/')
			path.n--;
	buf_add(&b, u->host.p, u->host.n);
	buf_add(&b, path.p, path.n);
	while (rest.p && str_next(&rest, '&', &parameter)) {
		struct str name = name_of(parameter);
		if (name.n == 0 || is_passing(name))
			continue;
		buf_addc(&b, '?');
		buf_add(&b, name.p, name.n);
	}
	return buf_keep(a, &b);
}

/* ---- traps ---- */

/* Is the group of the last `size` segments there three times? */
static bool repeats(const struct str *segments, size_t count, size_t size)
{
	if (count < 3 * size)
		return false;
	for (size_t i = count - 2 * size; i < count; i++)
		if (!str_eq(segments[i], segments[i - size]))
			return false;
	return true;
}

bool url_is_trap(const struct url *u)
{
	struct str segments[URL_SEGMENTS], part;
	size_t count = 0;
	for (struct str rest = u->path; str_next(&rest, '/', &part);) {
		if (part.n == 0)
			continue;
		if (count == URL_SEGMENTS)
			return true;
		segments[count++] = part;
		for (size_t size = 1; size <= 3; size++)
			if (repeats(segments, count, size))
				return true;
	}
	return false;
}

bool url_is_variant(const struct url *u)
{
	struct str rest = u->query, parameter;
	while (rest.p && str_next(&rest, '&', &parameter))
		if (is_view(name_of(parameter)))
			return true;
	return false;
}

/* ---- scope ---- */

bool url_same_host(const struct url *a, const struct url *b)
{
	return str_eq(without_www(a->host), without_www(b->host));
}

bool url_within(const struct url *u, const struct url *prefix)
{
	struct str path = prefix->path;
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	/* The folder itself is often written without its slash. */
	bool folder = u->path.n + 1 == path.n && memcmp(u->path.p, path.p, u->path.n) == 0;
	return url_same_host(u, prefix) &&
	    (folder || (u->path.n >= path.n && memcmp(u->path.p, path.p, path.n) == 0));
}

/* ---- for people ---- */

/* A run of "%XX" at p: its bytes, at most cap. */
static size_t decode_run(const char *p, size_t n, char *out, size_t cap)
{
	size_t count = 0;
	while (count < cap && 3 * count + 2 < n && p[3 * count] == '%') {
		int high = ascii_hex(p[3 * count + 1]), low = ascii_hex(p[3 * count + 2]);
		if (high < 0 || low < 0)
			break;
		out[count++] = (char)(high << 4 | low);
	}
	return count;
}

/* Letters of other alphabets are decoded, all else stays: what is shown can be
 * copied and still leads there. */
static void decode_letters(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		char bytes[4];
		size_t len, n = decode_run(s.p + i, s.n - i, bytes, sizeof(bytes));
		int32_t code = n ? utf8_decode(bytes, n, &len) : -1;
		if (code >= 0x80 && utf8_is_word(code)) {
			buf_add(out, bytes, len);
			i += 3 * len;
		} else {
			buf_addc(out, s.p[i++]);
		}
	}
}

struct str url_readable(struct arena *a, const struct url *u)
{
	if (u->kind != URL_WEB)
		return u->text;
	struct buf b = BUF_INIT(4 * BUF_LINE);
	struct str host = idna_unicode(a, u->host);
	struct str port = {
	    u->origin.p + u->scheme.n + 3 + u->host.n, u->origin.n - u->scheme.n - 3 - u->host.n};
	buf_add(&b, u->scheme.p, u->scheme.n);
	buf_adds(&b, "://");
	buf_add(&b, host.p, host.n);
	buf_add(&b, port.p, port.n);
	decode_letters(&b, u->target);
	if (u->fragment.p) {
		buf_addc(&b, '#');
		decode_letters(&b, u->fragment);
	}
	return buf_keep(a, &b);
}

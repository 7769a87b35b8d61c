/*
 * The parser of the WHATWG standard for its "special" schemes, written as
 * stages in place of states: blanks away, scheme, authority, path, query,
 * fragment. A stage takes its part from the rest of the text. The path of the
 * result is built as text: a ".." cuts it back to the last '/'.
 */
#include "text/url.h"

#include "base/buf.h"
#include "base/intl.h"
#include "text/ascii.h"
#include "text/url_host.h"

struct parsing {
	struct url *out;
	struct arena *arena;
	const struct url *base; /* a web address, or NULL */
	url_encoder *encode;
	struct str rest;
	bool secure;
};

static struct str after(struct str s, size_t n)
{
	return (struct str){s.p + n, s.n - n};
}

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

/* Bytes up to the first of a set, or all. */
static size_t until(struct str s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && strchr(set, s.p[i]))
			return i;
	return s.n;
}

/* ---- percent-encoding ---- */

static void encode_byte(struct buf *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char code[3] = {'%', digits[c >> 4], digits[c & 15]};
	buf_add(out, code, 3);
}

static bool needs_code(unsigned char c, const char *set)
{
	return c <= ' ' || c >= 0x7F || strchr(set, c) != NULL;
}

static void encode(struct buf *out, struct str text, const char *set)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (needs_code(c, set))
			encode_byte(out, c);
		else
			buf_addc(out, (char)c);
	}
}

static const char PATH_SET[] = "\"#<>?^`{}", QUERY_SET[] = "\"#<>'", FRAGMENT_SET[] = "\"<>`";

/* The query in the document's encoding; malformed UTF-8 goes as it is. */
static void encode_query(struct buf *out, struct str text, url_encoder *encoder)
{
	size_t len;
	for (size_t i = 0; i < text.n; i += len) {
		int32_t code = utf8_decode(text.p + i, text.n - i, &len);
		struct str bytes = {text.p + i, len};
		char converted[4];
		if (!encoder || code < 0x80) {
			encode(out, bytes, QUERY_SET);
			continue;
		}
		size_t n = encoder(code, converted);
		if (n)
			encode(out, (struct str){converted, n}, QUERY_SET);
		else
			buf_addf(out, "%%26%%23%d%%3B", (int)code);
	}
}

/* ---- the ends ---- */

/* Blanks at both ends and tabs and line ends anywhere are not part of it. */
static enum url_status clean(struct parsing *p, struct str text)
{
	size_t n = 0;
	if (text.n > URL_MAX)
		return URL_TOO_LONG;
	if (text.n && memchr(text.p, '\0', text.n))
		return URL_BAD_BYTE;
	struct str inner = text;
	while (inner.n && (unsigned char)inner.p[0] <= ' ')
		inner = after(inner, 1);
	while (inner.n && (unsigned char)inner.p[inner.n - 1] <= ' ')
		inner.n--;
	char *out = arena_alloc(p->arena, inner.n + 1);
	for (size_t i = 0; i < inner.n; i++) {
		char c = inner.p[i];
		if (c != '\t' && c != '\n' && c != '\r')
			out[n++] = c;
		if (c == ' ')
			p->out->notes |= URL_NOTE_SPACE;
	}
	if (n != text.n)
		p->out->notes |= URL_NOTE_BLANKS;
	p->rest = (struct str){out, n};
	return URL_OK;
}

static void take_fragment(struct parsing *p)
{
	size_t at = until(p->rest, "#");
	if (at == p->rest.n)
		return;
	struct buf b = BUF_INIT(BUF_LINE);
	encode(&b, after(p->rest, at + 1), FRAGMENT_SET);
	p->out->fragment = buf_keep(p->arena, &b);
	p->rest.n = at;
}

/* ---- scheme ---- */

/* The length of "scheme" before its ':', or 0. */
static size_t scheme_length(struct str s)
{
	size_t n = 0;
	if (s.n == 0 || !ascii_is_letter(s.p[0]))
		return 0;
	while (n < s.n &&
	    (ascii_is_letter(s.p[n]) || ascii_is_digit(s.p[n]) || s.p[n] == '+' || s.p[n] == '-' ||
	        s.p[n] == '.'))
		n++;
	return n < s.n && s.p[n] == ':' ? n : 0;
}

static enum url_kind kind_of(struct str scheme)
{
	static const struct {
		const char *scheme;
		enum url_kind kind;
	} known[] = {{"http", URL_WEB}, {"https", URL_WEB}, {"mailto", URL_MAIL},
	    {"tel", URL_PHONE}, {"sms", URL_PHONE}, {"callto", URL_PHONE}, {"skype", URL_PHONE},
	    {"viber", URL_PHONE}, {"whatsapp", URL_PHONE}, {"tg", URL_PHONE},
	    {"javascript", URL_SCRIPT}, {"vbscript", URL_SCRIPT}, {"data", URL_DATA},
	    {"blob", URL_DATA}, {"ftp", URL_FTP}, {"ftps", URL_FTP}, {"sftp", URL_FTP},
	    {"file", URL_FILE}};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_is(scheme, known[i].scheme))
			return known[i].kind;
	return scheme.n == 1 ? URL_FILE : URL_OTHER;
}

/* Takes "scheme:" away when there is one. */
static bool take_scheme(struct parsing *p)
{
	size_t n = scheme_length(p->rest);
	if (n == 0)
		return false;
	p->out->scheme = ascii_lower(p->arena, (struct str){p->rest.p, n});
	p->out->kind = kind_of(p->out->scheme);
	/* "www.x.ru:8080/a" looks like a scheme to the standard. */
	if (memchr(p->rest.p, '.', n))
		p->out->notes |= URL_NOTE_BARE_HOST;
	if (p->out->kind == URL_WEB)
		p->rest = after(p->rest, n + 1);
	return true;
}

/* ---- authority ---- */

static enum url_status take_port(struct parsing *p, struct str text)
{
	unsigned port = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (!ascii_is_digit(text.p[i]))
			return URL_BAD_PORT;
		port = port * 10 + (unsigned)(text.p[i] - '0');
		if (port > UINT16_MAX)
			return URL_BAD_PORT;
	}
	p->out->port = (uint16_t)(text.n ? port : p->secure ? 443 : 80);
	return URL_OK;
}

static void set_origin(struct parsing *p)
{
	struct url *u = p->out;
	u->secure = p->secure;
	u->scheme = p->secure ? STR("https") : STR("http");
	struct buf b = BUF_INIT(BUF_LINE);
	buf_addf(&b, "%s://%.*s", u->scheme.p, (int)u->host.n, u->host.p);
	if (u->port != (p->secure ? 443 : 80))
		buf_addf(&b, ":%d", (int)u->port);
	u->origin = buf_keep(p->arena, &b);
}

static enum url_status take_authority(struct parsing *p)
{
	struct str text = {p->rest.p, until(p->rest, "/\\?")};
	p->rest = after(p->rest, text.n);
	const char *at = text.n ? memrchr(text.p, '@', text.n) : NULL;
	if (at) {
		text = after(text, (size_t)(at - text.p) + 1);
		p->out->notes |= URL_NOTE_CREDENTIALS;
	}
	/* The colons inside an IPv6 address are its own. */
	const char *bracket = text.n ? memrchr(text.p, ']', text.n) : NULL;
	size_t from = bracket ? (size_t)(bracket - text.p) : 0;
	const char *colon = text.n ? memchr(text.p + from, ':', text.n - from) : NULL;
	struct str host = {text.p, colon ? (size_t)(colon - text.p) : text.n};
	if (url_host(&p->out->host, p->arena, host))
		return URL_BAD_HOST;
	enum url_status status = take_port(p, colon ? after(text, host.n + 1) : STR(""));
	if (status == URL_OK)
		set_origin(p);
	return status;
}

/* ---- path ---- */

static bool is_dot(struct str s)
{
	return (s.n == 1 && s.p[0] == '.') || (s.n == 3 && strncasecmp(s.p, "%2e", 3) == 0);
}

static bool is_dots(struct str s)
{
	for (size_t n = 1; n <= 3; n += 2)
		if (s.n > n && is_dot((struct str){s.p, n}) && is_dot(after(s, n)))
			return true;
	return false;
}

static void cut_segment(struct buf *path)
{
	while (path->len > 0 && path->data[path->len - 1] != '/')
		path->len--;
	if (path->len > 0)
		path->len--;
	path->data[path->len] = '\0';
}

/* Adds the segments of text to a path without its last '/'. */
static void add_segments(struct parsing *p, struct buf *path, struct str text)
{
	for (;;) {
		size_t n = until(text, "/\\");
		struct str segment = {text.p, n};
		bool last = n == text.n;
		if (!last && text.p[n] == '\\')
			p->out->notes |= URL_NOTE_BACKSLASH;
		if (is_dots(segment)) {
			cut_segment(path);
		} else if (!is_dot(segment)) {
			buf_addc(path, '/');
			encode(path, segment, PATH_SET);
		}
		if (last) {
			if (is_dots(segment) || is_dot(segment))
				buf_addc(path, '/');
			return;
		}
		text = after(text, n + 1);
	}
}

/* The path from the root, or (relative) beside the base's last segment. */
static void take_path(struct parsing *p, bool relative)
{
	struct str text = {p->rest.p, until(p->rest, "?")};
	struct buf path = BUF_INIT(BUF_LINE);
	p->rest = after(p->rest, text.n);
	if (relative) {
		buf_add(&path, p->base->path.p, p->base->path.n);
		cut_segment(&path);
	} else if (text.n && is_slash(text.p[0])) {
		if (text.p[0] == '\\')
			p->out->notes |= URL_NOTE_BACKSLASH;
		text = after(text, 1);
	}
	add_segments(p, &path, text);
	p->out->path = buf_keep(p->arena, &path);
}

static void take_query(struct parsing *p)
{
	if (p->rest.n == 0)
		return;
	struct buf b = BUF_INIT(BUF_LINE);
	encode_query(&b, after(p->rest, 1), p->encode);
	p->out->query = buf_keep(p->arena, &b);
}

/* ---- the whole ---- */

static enum url_status finish(struct parsing *p)
{
	struct url *u = p->out;
	struct buf b = BUF_INIT(BUF_LINE);
	buf_add(&b, u->origin.p, u->origin.n);
	buf_add(&b, u->path.p, u->path.n);
	if (u->query.p) {
		buf_addc(&b, '?');
		buf_add(&b, u->query.p, u->query.n);
	}
	u->text = buf_keep(p->arena, &b);
	u->target = after(u->text, u->origin.n);
	return u->text.n > URL_MAX ? URL_TOO_LONG : URL_OK;
}

static size_t count_slashes(struct parsing *p)
{
	size_t n = 0;
	for (; n < p->rest.n && is_slash(p->rest.p[n]); n++)
		if (p->rest.p[n] == '\\')
			p->out->notes |= URL_NOTE_BACKSLASH;
	return n;
}

static enum url_status read_absolute(struct parsing *p)
{
	size_t slashes = count_slashes(p);
	if (slashes != 2)
		p->out->notes |= URL_NOTE_SLASHES;
	p->rest = after(p->rest, slashes);
	enum url_status status = take_authority(p);
	if (status)
		return status;
	take_path(p, false);
	take_query(p);
	return finish(p);
}

static bool looks_like_host(struct str s)
{
	return ascii_starts(s, "www.") && s.n > 4;
}

static enum url_status read_relative(struct parsing *p)
{
	const struct url *base = p->base;
	struct url *u = p->out;
	p->secure = base->secure;
	if (p->rest.n >= 2 && is_slash(p->rest.p[0]) && is_slash(p->rest.p[1]))
		return read_absolute(p);
	u->kind = URL_WEB;
	u->host = base->host;
	u->port = base->port;
	set_origin(p);
	if (looks_like_host(p->rest))
		u->notes |= URL_NOTE_BARE_HOST;
	if (p->rest.n == 0 || p->rest.p[0] == '?')
		u->path = base->path;
	else
		take_path(p, !is_slash(p->rest.p[0]));
	if (p->rest.n == 0 && u->path.p == base->path.p)
		u->query = base->query;
	take_query(p);
	return finish(p);
}

enum url_status url_read(
    struct url *out, struct arena *a, struct str text, const struct url *base, url_encoder *encoder)
{
	struct parsing p = {.out = out,
	    .arena = a,
	    .base = base && base->kind == URL_WEB ? base : NULL,
	    .encode = encoder};
	*out = (struct url){.kind = URL_OTHER};
	enum url_status status = clean(&p, text);
	if (status)
		return status;
	bool absolute = take_scheme(&p);
	if (absolute && out->kind != URL_WEB) {
		out->text = p.rest;
		return URL_OK;
	}
	take_fragment(&p);
	if (!absolute)
		return p.base ? read_relative(&p) : URL_RELATIVE;
	p.secure = out->scheme.n == 5;
	/* "http:a" beside an http page is relative, by an old custom. */
	bool same = p.base && p.base->secure == p.secure;
	bool slashes = p.rest.n >= 2 && is_slash(p.rest.p[0]) && is_slash(p.rest.p[1]);
	if (!same || slashes)
		return read_absolute(&p);
	out->notes |= URL_NOTE_SLASHES;
	return read_relative(&p);
}

const char *url_status_text(enum url_status status)
{
	switch (status) {
	case URL_OK:
		break;
	case URL_RELATIVE:
		return _("not a whole address: it does not begin with http:// or https://");
	case URL_BAD_HOST:
		return _("the address names no host");
	case URL_BAD_PORT:
		return _("the port of the address is not a number of 0 to 65535");
	case URL_TOO_LONG:
		return _("the address is too long");
	case URL_BAD_BYTE:
		return _("there is a NUL in the address");
	}
	return "";
}

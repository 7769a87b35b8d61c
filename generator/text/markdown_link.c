/*
 * A bare address is looked for at three marks: an 'h' or a 'w' that begins
 * one, and an '@' inside one. The text before it is written when it is found,
 * so each byte is looked at once, and mail addresses reach back no further
 * than to what is already written.
 */
#include "text/markdown_link.h"

#include "text/html.h"
#include "text/typography.h"

#include <string.h>
#include <strings.h>

enum link_kind link_kind(struct str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] < 0x20 || url.p[i] == 0x7F)
			return LINK_UNSAFE;
	if (!html_url_safe(url))
		return LINK_UNSAFE;
	if (str_starts(url, "#"))
		return LINK_ANCHOR;
	if (str_starts(url, "//"))
		return LINK_EXTERNAL;
	size_t colon = 0;
	while (colon < url.n && !strchr(":/?#", url.p[colon]))
		colon++;
	if (colon == url.n || url.p[colon] != ':')
		return LINK_LOCAL;
	return strncasecmp(url.p, "http", 4) == 0 ? LINK_EXTERNAL : LINK_CONTACT;
}

void link_open(struct buf *out, struct str url, enum link_kind kind)
{
	buf_adds(out, "<a href=\"");
	html_url(out, url);
	buf_adds(out, kind == LINK_EXTERNAL ? "\" rel=\"noopener\"" : "\"");
}

static int32_t code_at(struct str s, size_t at, size_t *len)
{
	return at < s.n ? utf8_decode(s.p + at, s.n - at, len) : -1;
}

/* Does a word end right before byte `at`? */
static bool inside_word(struct str s, size_t at)
{
	if (at == 0)
		return false;
	size_t begin = at - 1, len;
	while (begin > 0 && at - begin < 4 && ((unsigned char)s.p[begin] & 0xC0) == 0x80)
		begin--;
	return utf8_is_word(code_at(s, begin, &len));
}

static bool ends_address(int32_t code)
{
	return code <= 0x20 || code == '<' || code == '>' || code == '"' || code == '`' ||
	    code == 0xAB || code == 0xBB || (code >= 0x2018 && code <= 0x201F) || code == 0x2026 ||
	    utf8_is_space(code);
}

/* Takes what ends the sentence, not the address, off the end of [from, to). */
static size_t trim_address(struct str s, size_t from, size_t to)
{
	long open = 0;
	for (size_t i = from; i < to; i++)
		open += (s.p[i] == '(') - (s.p[i] == ')');
	for (; to > from; to--) {
		char last = s.p[to - 1];
		if (last == ')' && open < 0)
			open++;
		else if (!strchr("?!.,:;*_~'", last))
			break;
	}
	return to;
}

/* The end of the web address that begins at `at`, or `at` when none does. */
static size_t web_address(struct str s, size_t at)
{
	static const char *const prefixes[] = {"https://", "http://", "www."};
	struct str rest = {s.p + at, s.n - at};
	size_t begin = 0, len;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes) && !begin; i++)
		if (rest.n > strlen(prefixes[i]) &&
		    strncasecmp(rest.p, prefixes[i], strlen(prefixes[i])) == 0)
			begin = at + strlen(prefixes[i]);
	if (!begin || inside_word(s, at) || !utf8_is_word(code_at(s, begin, &len)))
		return at;
	size_t end = begin;
	while (end < s.n && !ends_address(code_at(s, end, &len)))
		end += len;
	return trim_address(s, begin, end);
}

static bool in_mail(char c, const char *others)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (c && strchr(others, c));
}

/* The bounds of the mail address around the '@' at `at`; not before `least`. */
static bool mail_address(struct str s, size_t at, size_t least, size_t *from, size_t *to)
{
	size_t dots = 0;
	*from = at;
	*to = at + 1;
	while (*from > least && in_mail(s.p[*from - 1], ".+-_"))
		--*from;
	while (*to < s.n && in_mail(s.p[*to], ".-_"))
		++*to;
	while (*to > at + 1 && s.p[*to - 1] == '.')
		--*to;
	for (size_t i = at + 1; i < *to; i++)
		dots += s.p[i] == '.';
	return *from < at && dots > 0 && s.p[at + 1] != '.' && !strchr("-_", s.p[*to - 1]) &&
	    !inside_word(s, *from);
}

static void add_address(struct buf *out, struct str address, const char *scheme)
{
	struct buf url = BUF_INIT(BUF_PAGE);
	buf_adds(&url, scheme);
	buf_add(&url, address.p, address.n);
	struct str whole = {url.data, url.len};
	link_open(out, whole, link_kind(whole));
	buf_addc(out, '>');
	html_text(out, address);
	buf_adds(out, "</a>");
	buf_clear(&url);
}

static void write_plain(void *payload, struct buf *out, struct str text)
{
	(void)payload;
	typography_html(out, text);
}

void link_text(struct buf *out, struct str text, link_plain *plain, void *payload)
{
	if (!plain)
		plain = write_plain;
	size_t written = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		size_t from = i, to = i;
		const char *scheme = "";
		if (c == '@') {
			scheme = "mailto:";
			if (!mail_address(text, i, written, &from, &to))
				continue;
		} else if (c == 'h' || c == 'w' || c == 'H' || c == 'W') {
			scheme = c == 'w' || c == 'W' ? "http://" : "";
			to = web_address(text, i);
		}
		if (to == from)
			continue;
		plain(payload, out, (struct str){text.p + written, from - written});
		add_address(out, (struct str){text.p + from, to - from}, scheme);
		written = to;
		i = to - 1;
	}
	plain(payload, out, (struct str){text.p + written, text.n - written});
}

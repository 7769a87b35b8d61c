/*
 * A tag ends at the first closing delimiter, {{{ and {{= at the first one
 * with their own sign before it. One that was never closed thus reaches into
 * the next: it then holds an opening delimiter, and scanning goes on at that.
 */
#include "text/template_scan.h"

#include "base/intl.h"

#include <string.h>

/* Comments may be longer; the bound keeps broken templates from being searched
 * to their end for each tag. */
enum { TAG_BYTES = 256 };

void scan_begin(struct scanner *s)
{
	if (s->source.n == 0)
		s->source = STR("");
	if (str_starts(s->source, "\xEF\xBB\xBF")) {
		s->source.p += 3;
		s->source.n -= 3;
	}
	s->pos = s->counted = 0;
	s->line = s->column = 1;
	s->opening = STR("{{");
	s->closing = STR("}}");
}

void scan_error(const struct scanner *s, struct diag_place at, struct str cell, const char *remedy,
    const char *text)
{
	diag_add(s->diag, DIAG_ERROR, "template-syntax", at, cell, remedy, "%s", text);
}

static struct str slice(const struct scanner *s, size_t begin, size_t end)
{
	return (struct str){s->source.p + begin, end - begin};
}

/* Places are asked for in their order, so each byte is counted once. */
static struct diag_place place_of(struct scanner *s, size_t pos)
{
	for (; s->counted < pos; s->counted++) {
		unsigned char c = (unsigned char)s->source.p[s->counted];
		if (c == '\n') {
			s->line++;
			s->column = 1;
		} else if ((c & 0xC0) != 0x80) {
			s->column++;
		}
	}
	return DIAG_AT(s->file, s->line, s->column);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static struct str trim(struct str text)
{
	for (; text.n && is_space(*text.p); text.p++)
		text.n--;
	while (text.n && is_space(text.p[text.n - 1]))
		text.n--;
	return text;
}

static bool has_space(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (is_space(text.p[i]))
			return true;
	return false;
}

/* -- lines -------------------------------------------------------------- */

static size_t skip_blanks(const struct scanner *s, size_t pos)
{
	while (pos < s->source.n && is_blank(s->source.p[pos]))
		pos++;
	return pos;
}

/* Whether a line ends at pos, and where the next one begins. */
static bool ends_line(const struct scanner *s, size_t pos, size_t *next)
{
	const char *p = s->source.p;
	*next = pos;
	if (pos == s->source.n)
		return true;
	size_t len = p[pos] == '\r' && pos + 1 < s->source.n ? 2 : 1;
	*next = pos + len;
	return p[pos + len - 1] == '\n';
}

static void look_around(const struct scanner *s, struct tag *tag)
{
	size_t begin = tag->begin, end;
	while (begin > 0 && is_blank(s->source.p[begin - 1]))
		begin--;
	tag->clear_left = begin == 0 || s->source.p[begin - 1] == '\n';
	tag->clear_right = ends_line(s, skip_blanks(s, tag->end), &end);
	tag->line_begin = tag->clear_left ? begin : tag->begin;
	tag->line_end = tag->clear_right ? end : tag->end;
}

static size_t skip_spaces(const struct scanner *s, size_t pos)
{
	while (pos < s->source.n && is_space(s->source.p[pos]))
		pos++;
	return pos;
}

static bool is_closing_tag(const struct scanner *s, size_t pos)
{
	size_t body = pos + s->opening.n;
	if (body >= s->source.n || !str_eq(slice(s, pos, body), s->opening))
		return false;
	body = skip_spaces(s, body);
	return body < s->source.n && s->source.p[body] == '/';
}

struct str scan_indent(const struct scanner *s, size_t pos, bool *closing)
{
	size_t end = skip_blanks(s, pos);
	for (size_t next; end < s->source.n && ends_line(s, end, &next); end = skip_blanks(s, pos))
		pos = next;
	*closing = is_closing_tag(s, end);
	return slice(s, pos, end);
}

/* -- tags --------------------------------------------------------------- */

static bool find(const struct scanner *s, struct str what, size_t from, size_t end, size_t *at)
{
	const char *p = memmem(s->source.p + from, end - from, what.p, what.n);
	if (p)
		*at = (size_t)(p - s->source.p);
	return p != NULL;
}

/* Read the tag that begins at tag->begin: false when it does not end. */
static bool read_tag(struct scanner *s, struct tag *tag)
{
	size_t body = skip_spaces(s, tag->begin + s->opening.n), end = s->source.n, at;
	char sigil = body < end ? s->source.p[body] : '\0';
	tag->sigil = sigil && strchr("#^/><$&{!=", sigil) ? sigil : '\0';
	body += tag->sigil != '\0';
	if (sigil != '!' && end - body > TAG_BYTES)
		end = body + TAG_BYTES;

	char own = sigil == '{' ? '}' : sigil == '=' ? '=' : '\0';
	bool found = find(s, s->closing, body, end, &at);
	while (found && own && (at == body || s->source.p[at - 1] != own))
		found = find(s, s->closing, at + 1, end, &at);
	if (!found)
		return false;
	tag->name = trim(slice(s, body, at - (own != '\0')));
	tag->end = at + s->closing.n;
	return own == '=' || sigil == '!' ||
	    !memmem(tag->name.p, tag->name.n, s->opening.p, s->opening.n);
}

/* The tag as it begins, for messages. */
static struct str beginning(const struct scanner *s, size_t begin)
{
	struct str rest = slice(s, begin, s->source.n), line = rest;
	rest.n = rest.n < TAG_BYTES ? rest.n : TAG_BYTES;
	str_next(&rest, '\n', &line);
	return trim(line);
}

static bool check_tag(struct scanner *s, const struct tag *tag, bool ended)
{
	if (!ended && tag->sigil == '=')
		scan_error(s, tag->at, beginning(s, tag->begin),
		    _("Write two delimiters with a space between, and = at both ends: {{=<% %>=}}."),
		    _("delimiters are not set like this"));
	else if (!ended)
		scan_error(s, tag->at, beginning(s, tag->begin),
		    _("End it as it begins: {{name}}, {{{name}}}."), _("this tag does not end"));
	else if (tag->sigil == '!' || tag->sigil == '=')
		return true;
	else if (tag->name.n == 0)
		scan_error(s, tag->at, slice(s, tag->begin, tag->end),
		    _("Write a name into the tag, or take the tag away."),
		    _("this tag has no name"));
	else if (has_space(tag->name))
		scan_error(s, tag->at, slice(s, tag->begin, tag->end),
		    _("Write the name without spaces."), _("there is a space inside the name"));
	else
		return true;
	return false;
}

bool scan_tag(struct scanner *s, struct tag *tag)
{
	for (size_t from = s->pos; find(s, s->opening, from, s->source.n, &tag->begin);) {
		tag->at = place_of(s, tag->begin);
		bool ended = read_tag(s, tag);
		if (check_tag(s, tag, ended)) {
			look_around(s, tag);
			return true;
		}
		if (!ended && tag->sigil == '!')
			break;
		from = tag->begin + s->opening.n;
	}
	return false;
}

void scan_delimiters(struct scanner *s, const struct tag *tag)
{
	struct str opening = {tag->name.p, 0};
	while (opening.n < tag->name.n && !is_space(tag->name.p[opening.n]))
		opening.n++;
	struct str closing = trim((struct str){opening.p + opening.n, tag->name.n - opening.n});
	if (opening.n == 0 || closing.n == 0 || has_space(closing) ||
	    memchr(tag->name.p, '=', tag->name.n)) {
		scan_error(s, tag->at, slice(s, tag->begin, tag->end),
		    _("Write two delimiters with a space between, and = at both ends: {{=<% %>=}}."),
		    _("delimiters are not set like this"));
		return;
	}
	s->opening = opening;
	s->closing = closing;
}

/*
 * The stack holds hashes of tag names. A closing tag takes away the nearest
 * open one of its name: what was opened after it stays open when the tag is
 * one of formatting (the parser opens it anew), else goes with it. Tables,
 * cells and the like hide what is outside of them, as the parser's scopes do.
 */
#include "text/htmldoc_bounds.h"

struct tag {
	char name[16]; /* small letters, cut */
	size_t n;
};

struct scan {
	const char *p, *end;
	uint64_t open[HTMLDOC_DEPTH + 1];
	bool barrier[HTMLDOC_DEPTH + 1];
	size_t depth, deepest, tags, page_words;
	bool wide; /* a tag with too many attributes */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_one_of(const struct tag *t, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(t->name, *list) == 0)
			return true;
	return false;
}

static const char *const voids[] = {"area", "base", "basefont", "bgsound", "br", "col", "embed",
    "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", NULL};
/* Each closes its like: they never lie in each other without another tag. */
static const char *const closing_themselves[] = {"p", "li", "dt", "dd", "option", "optgroup", "tr",
    "td", "th", "tbody", "thead", "tfoot", "html", "head", "body", "rp", "rt", NULL};
static const char *const formatting[] = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s",
    "small", "strike", "strong", "tt", "u", NULL};
static const char *const barriers[] = {
    "table", "caption", "object", "applet", "marquee", "button", "template", "select", NULL};
static const char *const raw[] = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", NULL};

static void read_name(struct scan *s, struct tag *t)
{
	memset(t, 0, sizeof(*t));
	while (s->p < s->end && !is_blank(*s->p) && *s->p != '>' && *s->p != '/') {
		char c = *s->p++;
		if (t->n < sizeof(t->name) - 1)
			t->name[t->n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
}

/* To the end of the tag; quotes hide what is in them only after "=". All tags
 * of the page itself have their attributes together, as in the parser. */
static void skip_attributes(struct scan *s, const struct tag *t)
{
	static const char *const page[] = {"html", "body", NULL};
	size_t words = is_one_of(t, page) ? s->page_words : 0;
	bool blank = true, value = false;
	while (s->p < s->end && *s->p != '>') {
		char c = *s->p++;
		if (value && (c == '"' || c == '\'')) {
			const char *quote = memchr(s->p, c, (size_t)(s->end - s->p));
			s->p = quote ? quote + 1 : s->end;
		}
		words += blank && !is_blank(c);
		blank = is_blank(c) || c == '/';
		if (!is_blank(c))
			value = c == '=';
	}
	if (s->p < s->end)
		s->p++;
	s->wide |= words > HTMLDOC_ATTRIBUTES;
	if (is_one_of(t, page))
		s->page_words = words;
}

/* After "<script …>": to "</script". */
static void skip_raw(struct scan *s, const struct tag *t)
{
	while (s->p < s->end) {
		const char *less = memchr(s->p, '<', (size_t)(s->end - s->p));
		if (!less) {
			s->p = s->end;
			return;
		}
		s->p = less + 1;
		if (s->p >= s->end || *s->p != '/')
			continue;
		struct scan at = *s;
		struct tag close;
		at.p++;
		read_name(&at, &close);
		if (strcmp(close.name, t->name) == 0) {
			s->p = less;
			return;
		}
	}
}

static void push(struct scan *s, const struct tag *t)
{
	if (s->depth > HTMLDOC_DEPTH)
		return;
	s->open[s->depth] = str_hash((struct str){t->name, t->n});
	s->barrier[s->depth] = is_one_of(t, barriers);
	if (++s->depth > s->deepest)
		s->deepest = s->depth;
}

static void pop(struct scan *s, const struct tag *t)
{
	uint64_t name = str_hash((struct str){t->name, t->n});
	for (size_t i = s->depth; i-- > 0;) {
		if (s->open[i] == name && is_one_of(t, formatting)) {
			s->depth--;
			memmove(s->open + i, s->open + i + 1, (s->depth - i) * sizeof(*s->open));
			memmove(s->barrier + i, s->barrier + i + 1,
			    (s->depth - i) * sizeof(*s->barrier));
			return;
		}
		if (s->open[i] == name) {
			s->depth = i;
			return;
		}
		if (s->barrier[i])
			return;
	}
}

static void skip_comment(struct scan *s)
{
	static const char mark[] = "-->";
	if (s->end - s->p >= 2 && memcmp(s->p, "--", 2) == 0) {
		const char *end = memmem(s->p, (size_t)(s->end - s->p), mark, 3);
		s->p = end ? end + 3 : s->end;
		return;
	}
	const char *end = memchr(s->p, '>', (size_t)(s->end - s->p));
	s->p = end ? end + 1 : s->end;
}

/* After "<". */
static void markup(struct scan *s)
{
	struct tag t;
	bool closing = *s->p == '/';
	if (*s->p == '!' || *s->p == '?') {
		s->p++;
		s->tags++;
		skip_comment(s);
		return;
	}
	if (closing)
		s->p++;
	if (s->p >= s->end || !is_letter(*s->p))
		return;
	read_name(s, &t);
	skip_attributes(s, &t);
	s->tags++;
	if (is_one_of(&t, voids) || is_one_of(&t, closing_themselves))
		return;
	if (closing) {
		pop(s, &t);
	} else {
		push(s, &t);
		if (is_one_of(&t, raw))
			skip_raw(s, &t);
	}
}

static void scan(struct scan *s)
{
	while (
	    s->p < s->end && s->deepest <= HTMLDOC_DEPTH && s->tags <= HTMLDOC_NODES && !s->wide) {
		const char *less = memchr(s->p, '<', (size_t)(s->end - s->p));
		if (!less || less + 1 >= s->end)
			return;
		s->p = less + 1;
		markup(s);
	}
}

enum htmldoc_refusal htmldoc_bounds(struct str html)
{
	struct scan s = {.p = html.p, .end = html.p + html.n};
	if (html.n > HTMLDOC_BYTES)
		return HTMLDOC_TOO_LONG;
	scan(&s);
	if (s.deepest > HTMLDOC_DEPTH)
		return HTMLDOC_TOO_DEEP;
	return s.tags > HTMLDOC_NODES || s.wide ? HTMLDOC_TOO_MANY : HTMLDOC_READ;
}

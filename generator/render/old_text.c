/*
 * The Markdown is rendered by text/markdown without hooks, and the HTML, which
 * is our own, is read back: ends of blocks become blank lines, what is in
 * tables and code blocks goes, other tags go and leave their text.
 */
#include "render/old_text.h"

#include "text/markdown.h"

#include <string.h>

struct tag {
	struct str name; /* "p", "/p" */
	const char *after;
};

static struct tag tag_at(const char *p, const char *end)
{
	struct tag t = {.name = {p + 1, 0}};
	const char *close = memchr(p, '>', (size_t)(end - p));
	t.after = close ? close + 1 : end;
	while (t.name.p + t.name.n < t.after - 1 && !strchr(" >", t.name.p[t.name.n]))
		t.name.n++;
	return t;
}

static bool one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

/* Past the end of an element that is left out. */
static const char *skip(const char *p, const char *end, const char *closing)
{
	const char *found = memmem(p, (size_t)(end - p), closing, strlen(closing));
	return found ? found + strlen(closing) : end;
}

static const char *add_entity(struct buf *out, const char *p, const char *end)
{
	static const struct {
		const char *name, *text;
	} entities[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}};
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
		size_t n = strlen(entities[i].name);
		if ((size_t)(end - p) >= n && memcmp(p, entities[i].name, n) == 0) {
			buf_adds(out, entities[i].text);
			return p + n;
		}
	}
	buf_addc(out, *p);
	return p + 1;
}

static const char *add_tag(struct buf *out, const char *p, const char *end, const char *left_out)
{
	static const char *const blocks[] = {"/p", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6", "/li",
	    "hr", "ul", "ol", "/blockquote", NULL};
	struct tag tag = tag_at(p, end);
	bool table = str_is(tag.name, "table");
	if (table || str_is(tag.name, "pre")) {
		buf_addf(out, "\n\n[%s]\n\n", left_out);
		return skip(p, end, table ? "</table>" : "</pre>");
	}
	if (str_is(tag.name, "sup")) /* the number of a footnote */
		return skip(p, end, "</sup>");
	if (str_is(tag.name, "a") && memmem(p, (size_t)(tag.after - p), "class=\"back\"", 12))
		return skip(p, end, "</a>");
	if (one_of(tag.name, blocks))
		buf_adds(out, "\n\n");
	else if (str_is(tag.name, "br"))
		buf_addc(out, ' ');
	return tag.after;
}

static void add_text(struct buf *out, struct str html, const char *left_out)
{
	const char *p = html.p, *end = html.p + html.n;
	while (p < end)
		if (*p == '<')
			p = add_tag(out, p, end, left_out);
		else if (*p == '&')
			p = add_entity(out, p, end);
		else
			buf_addc(out, *p++);
}

struct str plain_text(const struct renderer *r, const struct content *c)
{
	struct diag quiet = DIAG_INIT;
	struct markdown_page page = {.html = {"", 0}};
	struct str text = STR_NONE;
	struct buf out = BUF_INIT(BUF_PAGE);
	if (markdown_render(&page, r->arena, c->file, c->body, c->body_line, 2, NULL, &quiet) ==
	    0) {
		/* A title that is a heading of the text stands there. */
		if (c->front && yaml_find(c->front, "title"))
			buf_addf(&out, "%s\n\n", c->title);
		add_text(&out, page.html, words_get(r->words, "version_left_out"));
		text = buf_keep(r->arena, &out);
	}
	buf_clear(&out);
	diag_clear(&quiet);
	return text;
}

struct str old_text(
    const struct renderer *r, const struct content *now, struct str bytes, struct date date)
{
	struct diag quiet = DIAG_INIT;
	struct content then;
	int err = content_read(&then, r->arena, r->dept->id, now->path, bytes, &quiet);
	diag_clear(&quiet);
	if (err || !content_is_public(&then, date))
		return STR_NONE;
	return plain_text(r, &then);
}

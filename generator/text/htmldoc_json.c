/*
 * One pass over the tokens with a stack of objects. A link is written when its
 * object ends: only then are its name and its address known, in whichever
 * order they stood. Keys with nothing for people (ids, colours, names of
 * scripts) are told by their values: one word of Latin letters.
 */
#include "text/htmldoc_json.h"

#include "text/html.h"
#include "text/json_read.h"

enum { LEVELS = 64 };

struct level {
	struct str name, url;
};

struct page {
	struct level levels[LEVELS];
	size_t depth, lost;
	struct buf *html;
};

static bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

/* -- what it means ------------------------------------------------------------------ */

static bool is_name(struct str key)
{
	static const char *const keys[] = {"title", "name", "text", "label", "caption", "header",
	    "heading", "description", "filename", "file_name", "fileName", NULL};
	return is_one_of(key, keys);
}

static bool is_address(struct str key, struct str value)
{
	static const char *const keys[] = {"url", "href", "link", "src", "file", "path", "download",
	    "download_url", "downloadUrl", "file_url", "fileUrl", "slug", "to", NULL};
	return is_one_of(key, keys) &&
	    (str_starts(value, "/") || str_starts(value, "http://") ||
	        str_starts(value, "https://"));
}

static bool is_for_people(struct str s)
{
	bool high = false;
	for (size_t i = 0; i < s.n; i++)
		high |= (unsigned char)s.p[i] >= 0x80;
	return high;
}

static void write_text(struct page *p, struct str value)
{
	if (!is_for_people(value))
		return;
	bool tags = memchr(value.p, '<', value.n) && memchr(value.p, '>', value.n);
	buf_adds(p->html, tags ? "<div>" : "<p>");
	if (tags)
		buf_add(p->html, value.p, value.n);
	else
		html_text(p->html, value);
	buf_adds(p->html, tags ? "</div>\n" : "</p>\n");
}

static void take(struct page *p, struct str key, struct str value)
{
	struct level *l = &p->levels[p->depth ? p->depth - 1 : 0];
	if (is_address(key, value)) {
		l->url = value;
	} else if (is_name(key) && !l->name.n && is_for_people(value)) {
		l->name = value; /* written when the object ends */
	} else {
		write_text(p, value);
	}
}

static void end_object(struct page *p)
{
	if (p->lost) {
		p->lost--;
		return;
	}
	if (!p->depth)
		return;
	const struct level *l = &p->levels[--p->depth];
	if (l->url.n) {
		buf_adds(p->html, "<p><a href=\"");
		html_attr(p->html, l->url);
		buf_adds(p->html, "\">");
		html_text(p->html, l->name.n ? l->name : STR(""));
		buf_adds(p->html, "</a></p>\n");
	} else if (l->name.n) {
		write_text(p, l->name);
	}
}

static void begin_object(struct page *p)
{
	if (p->depth < LEVELS)
		p->levels[p->depth++] = (struct level){{"", 0}, {"", 0}};
	else
		p->lost++;
}

void htmldoc_json_page(struct buf *html, struct str json)
{
	struct arena a = ARENA_INIT;
	struct json_reader r = JSON_READER(&a, json);
	struct json_token token;
	struct page p = {.html = html};
	while (json_next(&r, &token)) {
		if (token.kind == JSON_OPEN_OBJECT)
			begin_object(&p);
		else if (token.kind == JSON_CLOSE_OBJECT)
			end_object(&p);
		else if (token.kind == JSON_TEXT)
			take(&p, token.key, token.text);
	}
	while (p.depth)
		end_object(&p);
	arena_clear(&a);
}

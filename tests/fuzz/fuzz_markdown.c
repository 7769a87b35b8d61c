/*
 * Any bytes as the Markdown of a page.
 *
 * The first byte chooses the level of the highest heading, and whether hooks
 * are there. Whatever the text is, what comes out is UTF-8 and holds only tags
 * that the writer makes or a hook has written, each attribute closed, and ids
 * of headings that are told apart.
 */
#include "text/html.h"
#include "text/markdown.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WITH_HOOKS = 8 };

static int link_hook(void *payload, struct buf *out, struct str target, struct diag_place at)
{
	struct diag *diag = payload;
	if (target.n > 1 && target.p[0] == 'x') {
		diag_add(diag, DIAG_ERROR, "hook", at, target, NULL, "no such page");
		return -1;
	}
	buf_adds(out, "../");
	buf_add(out, target.p, target.n);
	return 0;
}

static int fence_hook(
    void *payload, struct buf *out, struct str words, struct str body, struct diag_place at)
{
	(void)payload, (void)at;
	buf_adds(out, "<figure>");
	html_text(out, words);
	html_text(out, body);
	buf_adds(out, "</figure>\n");
	return 0;
}

static bool is_tag(struct str name)
{
	static const char *const tags[] = {"p", "br", "hr", "em", "strong", "del", "code", "pre",
	    "a", "img", "sup", "ul", "ol", "li", "span", "blockquote", "table", "thead", "tbody",
	    "tr", "th", "td", "section", "h1", "h2", "h3", "h4", "h5", "h6", "figure", NULL};
	for (const char *const *t = tags; *t; t++)
		if (str_is(name, *t))
			return true;
	return false;
}

/* Past the tag that begins at p; aborts when it is none of ours. */
static const char *check_tag(const char *p, const char *end)
{
	bool quoted = false;
	if (p < end && *p == '/')
		p++;
	struct str name = {p, 0};
	while (p < end && ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')))
		p++;
	name.n = (size_t)(p - name.p);
	if (!is_tag(name))
		abort();
	for (; p < end && (quoted || *p != '>'); p++) {
		quoted ^= *p == '"';
		if (*p == '<')
			abort();
	}
	if (p == end)
		abort();
	return p + 1;
}

static void check_page(const struct markdown_page *page)
{
	const char *p = page->html.p, *end = p + page->html.n;
	if (!utf8_valid(page->html))
		abort();
	while (p < end)
		p = *p == '<' ? check_tag(p + 1, end) : p + 1;
}

static void check_headings(struct arena *a, const struct markdown_heading *h, int top)
{
	struct map ids = MAP_INIT(a);
	for (uint32_t line = 0; h; line = h->line, h = h->next)
		if (h->level < top || h->level > 6 || h->line < line || !*h->id ||
		    map_put(&ids, str_of(h->id), a))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct markdown_page page;
	const struct markdown_hooks hooks = {.payload = &diag,
	    .link = link_hook,
	    .fence = fence_hook,
	    .footnotes_label = "Notes",
	    .back_label = "Back"};
	struct str file, front, body;
	uint32_t line;

	if (size == 0)
		return 0;
	int top = 1 + data[0] % 3;
	file = (struct str){(const char *)data + 1, size - 1};
	markdown_init();
	markdown_split(file, &front, &body, &line);
	int result = markdown_render(
	    &page, &a, "f.md", body, line, top, data[0] & WITH_HOOKS ? &hooks : NULL, &diag);
	if ((result != 0) != (diag.errors != 0))
		abort();
	check_page(&page);
	check_headings(&a, page.headings, top);
	diag_sort(&diag);
	diag_clear(&diag);
	arena_clear(&a);
	return 0;
}

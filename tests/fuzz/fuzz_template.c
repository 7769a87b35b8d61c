/*
 * Any bytes as templates, compiled and rendered.
 *
 * The input is cut at lines "----": the first piece is the template `main`,
 * the next ones are `a`, `b`, `c` …, for partials and parents. The page has
 * values of every kind under short names.
 */
#include "text/template.h"

#include <stdint.h>
#include <string.h>

enum { PIECES = 8, OUTPUT = 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct pieces {
	struct str text[PIECES];
	size_t count;
};

static void cut(struct pieces *p, struct str rest)
{
	static const char line[] = "\n----\n";
	while (p->count < PIECES) {
		const char *end = rest.n ? memmem(rest.p, rest.n, line, sizeof(line) - 1) : NULL;
		size_t n = end ? (size_t)(end - rest.p) + 1 : rest.n;
		p->text[p->count++] = (struct str){rest.p, n};
		if (!end)
			return;
		n += sizeof(line) - 2;
		rest = (struct str){rest.p + n, rest.n - n};
	}
}

static int load(void *payload, const char *name, struct template_source *out)
{
	const struct pieces *p = payload;
	size_t i = strcmp(name, "main") == 0 ? 0 : (size_t)(unsigned char)name[0] - 'a' + 1;
	if (i >= p->count || (i > 0 && name[1]))
		return -1;
	out->text = p->text[i];
	out->file = name;
	return 0;
}

static struct view *make_page(struct arena *a)
{
	struct view *page = view_new(a);
	view_text(page, "t", "a <b> & \"c\" 'd'\nsecond line");
	view_text(page, "e", "");
	view_raw(page, "r", STR("<p>\n</p>\n"));
	view_flag(page, "y", true);
	view_flag(page, "n", false);
	view_null(page, "z");
	struct list *l = view_list(page, "l");
	list_text(l, "one");
	view_text(list_view(l), "t", "two");
	list_add(l, (struct value){.kind = VALUE_LIST, .as.list = list_new(a)});
	struct view *inner = view_view(page, "v");
	view_text(inner, "t", "inner");
	view_view(inner, "v");
	return page;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct buf out = BUF_INIT(OUTPUT);
	struct pieces pieces = {.count = 0};
	struct template_strict strict = {.page = "page", .diag = &diag};

	cut(&pieces, (struct str){(const char *)data, size});
	struct templates *set = templates_new(&a, load, &pieces, &diag);
	const struct template *t = templates_get(set, "main");
	if (t)
		template_render(t, make_page(&a), &out, &strict);
	diag_sort(&diag);

	buf_clear(&out);
	diag_clear(&diag);
	arena_clear(&a);
	return 0;
}

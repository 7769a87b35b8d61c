/*
 * Any bytes as settings: YAML alone, as front matter of each kind of page, of
 * a method, and as the settings of a site.
 *
 * The first byte chooses. A tree that comes out holds together: counts are
 * those of the children, keys are there and told apart, nothing is nested
 * deeper than said, and a tree is missing just when an error was told.
 */
#include "model/content.h"
#include "model/method.h"
#include "model/site.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tree(struct arena *a, const struct yaml_node *root, uint32_t lines)
{
	/* Depth first, without recursion: a tree too deep must not end this check. */
	const struct yaml_node *open[YAML_DEPTH + 2] = {root};
	size_t depth = 1;
	while (depth > 0) {
		const struct yaml_node *n = open[--depth], *child;
		struct map keys = MAP_INIT(a);
		size_t count = 0;
		if (n->line < 1 || n->line > lines || n->column < 1)
			abort();
		if (n->next && depth > 0)
			open[depth++] = n->next;
		for (child = n->first; child; child = child->next, count++)
			if (n->kind == YAML_MAP &&
			    (!child->key_line || map_put(&keys, child->key, a)))
				abort();
		if (count != n->count || (n->kind == YAML_SCALAR && count))
			abort();
		if (n->first && depth > YAML_DEPTH)
			abort();
		if (n->first)
			open[depth++] = n->first;
	}
}

static void read_yaml(struct arena *a, struct str text, struct diag *diag)
{
	uint32_t lines = 2;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n' || text.p[i] == '\r' || (unsigned char)text.p[i] >= 0x80;
	const struct yaml_node *root = yaml_read(a, "f.yaml", text, 1, diag);
	if ((root == NULL) != (diag->errors > 0))
		abort();
	if (root)
		check_tree(a, root, lines);
}

static void read_page(struct arena *a, int kind, struct str text, struct diag *diag)
{
	static const char *const paths[] = {"index.md", "programme.md", "documents/a.md",
	    "events/a.md", "schools/a.md", "about.md"};
	struct content page;
	int result = content_read(
	    &page, a, "d", paths[(size_t)kind % (sizeof(paths) / sizeof(*paths))], text, diag);
	if ((result != 0) != (diag->errors > 0) || !page.title || !page.front)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct site site = SITE_INIT;
	struct method method;

	if (size == 0)
		return 0;
	struct str text = {(const char *)data + 1, size - 1};
	switch (data[0] % 16) {
	case 0:
		site_settings(&site, "site.yaml", text, &diag);
		break;
	case 1:
		method_read(&method, &a, "m", text, &diag);
		break;
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
	case 7:
		read_page(&a, data[0] % 16 - 2, text, &diag);
		break;
	default:
		read_yaml(&a, text, &diag);
	}
	diag_sort(&diag);
	site_clear(&site);
	diag_clear(&diag);
	arena_clear(&a);
	return 0;
}

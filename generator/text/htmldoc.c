/*
 * The bounds are looked at first (htmldoc_bounds.c), then gumbo parses, and
 * its tree is walked with a stack of our own: each tag and text goes to
 * htmldoc_build.c in the order of the page. A page that says next to nothing
 * and carries data is read once more, from these.
 *
 * A parser opens more than the source says: formatting is repeated in each
 * block, some tags nest that should not. So its memory is bounded (htmldoc_heap),
 * and while it parses, the tree's depth is looked at: a page of some hundred
 * kilobytes could take minutes otherwise. It knows no way to stop but a jump.
 */
#include "text/htmldoc.h"

#include "text/htmldoc_bounds.h"
#include "text/htmldoc_build.h"
#include "text/htmldoc_heap.h"
#include "text/htmldoc_json.h"

#include <gumbo.h>
#include <setjmp.h>

enum {
	TREE_DEPTH = 2 * HTMLDOC_DEPTH, /* with what the parser adds */
	LOOK_EVERY = 32,                /* nodes */
};

/* In the order of enum build_attribute, which is that of the alphabet. */
static const char *const attribute_names[BUILD_ATTRIBUTES] = {"alt", "aria-expanded", "aria-hidden",
    "aria-label", "class", "content", "data", "data-bs-toggle", "data-href", "data-toggle",
    "data-url", "hidden", "href", "http-equiv", "id", "itemprop", "name", "onclick", "open",
    "property", "role", "rowspan", "src", "style", "title", "type", "value"};

static void read_attribute(struct build_tag *tag, const GumboAttribute *attribute)
{
	size_t from = 0, to = BUILD_ATTRIBUTES;
	while (from < to) {
		size_t middle = (from + to) / 2;
		int order = strcmp(attribute->name, attribute_names[middle]);
		if (order == 0) {
			tag->attributes[middle] = str_of(attribute->value);
			return;
		}
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
}

static void open_element(struct build *b, const GumboElement *e)
{
	struct build_tag tag = {.name = gumbo_normalized_tagname(e->tag)};
	for (unsigned i = 0; i < e->attributes.length; i++)
		read_attribute(&tag, e->attributes.data[i]);
	build_open(b, &tag);
}

/* -- the walk ----------------------------------------------------------------- */

struct place {
	const GumboNode *node;
	unsigned next; /* child */
};

static const GumboVector *children(const GumboNode *node)
{
	switch (node->type) {
	case GUMBO_NODE_DOCUMENT:
		return &node->v.document.children;
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		return &node->v.element.children;
	default:
		return NULL;
	}
}

static bool is_element(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static void enter(struct build *b, const GumboNode *node)
{
	switch (node->type) {
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		open_element(b, &node->v.element);
		break;
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_CDATA:
	case GUMBO_NODE_WHITESPACE:
		build_text(b, str_of(node->v.text.text));
		break;
	default:
		break;
	}
}

static void walk(struct build *b, const GumboNode *root)
{
	struct arena scratch = ARENA_INIT;
	struct place *stack = NULL;
	size_t depth = 0, cap = 0;
	stack = arena_grow(&scratch, stack, depth, &cap, sizeof(*stack));
	stack[depth++] = (struct place){root, 0};
	while (depth > 0) {
		struct place *top = &stack[depth - 1];
		const GumboVector *list = children(top->node);
		if (list && top->next < list->length) {
			const GumboNode *child = list->data[top->next++];
			enter(b, child);
			stack = arena_grow(&scratch, stack, depth, &cap, sizeof(*stack));
			stack[depth++] = (struct place){child, 0};
		} else {
			if (is_element(top->node))
				build_close(b);
			depth--;
		}
	}
	arena_clear(&scratch);
}

/* -- the parser ---------------------------------------------------------------- */

struct parsing {
	struct htmldoc_heap heap;
	const GumboNode *fresh; /* taken last, by its size a node */
	const GumboNode *last;  /* the node before: it has its place by now */
	size_t nodes;
	enum htmldoc_refusal refused;
	jmp_buf stop;
};

static bool is_deep(const GumboNode *node)
{
	int depth = 0;
	for (; node && depth <= TREE_DEPTH; node = node->parent)
		depth++;
	return depth > TREE_DEPTH;
}

_Noreturn static void stop(struct parsing *p, enum htmldoc_refusal why)
{
	p->refused = why;
	longjmp(p->stop, 1);
}

/* Other things may be as large as a node; but the parser begins a node by
 * saying that it has no place, in a number that is no text and no address. */
static void look_at_fresh(struct parsing *p)
{
	const GumboNode *node = p->fresh;
	p->fresh = NULL;
	if (!node || node->parent || node->index_within_parent != (size_t)-1)
		return;
	if (++p->nodes % LOOK_EVERY == 0 && is_deep(p->last))
		stop(p, HTMLDOC_TOO_DEEP);
	p->last = node;
}

static void *take(void *payload, size_t size)
{
	struct parsing *p = payload;
	look_at_fresh(p);
	void *memory = heap_take(&p->heap, size);
	if (!memory)
		stop(p, HTMLDOC_TOO_MANY);
	if (size == sizeof(GumboNode))
		p->fresh = memset(memory, 0, size);
	return memory;
}

static void give(void *payload, void *memory)
{
	struct parsing *p = payload;
	look_at_fresh(p);
	if (memory == p->last)
		p->last = NULL;
	heap_give(&p->heap, memory);
}

/* The tree, or NULL when it becomes too large. */
static const GumboNode *tree_of(struct parsing *p, struct str html)
{
	GumboOptions options = kGumboDefaultOptions;
	options.max_errors = 0;
	options.allocator = take;
	options.deallocator = give;
	options.userdata = p;
	if (setjmp(p->stop))
		return NULL;
	return gumbo_parse_with_options(&options, html.p ? html.p : "", html.n)->document;
}

static enum htmldoc_refusal parse(struct build *b, struct str html)
{
	struct parsing p = {.heap = HTMLDOC_HEAP_INIT(HTMLDOC_MEMORY)};
	const GumboNode *root = tree_of(&p, html);
	if (root)
		walk(b, root);
	heap_clear(&p.heap);
	return p.refused;
}

/* The contents of a page that scripts draw. */
static void read_data(struct build *b)
{
	struct buf html = BUF_INIT(HTMLDOC_BYTES);
	htmldoc_json_page(&html, buf_str(&b->json));
	if (htmldoc_bounds(buf_str(&html)) == HTMLDOC_READ) {
		b->data = true;
		parse(b, buf_str(&html));
	}
	buf_clear(&html);
}

int htmldoc_read(struct htmldoc *out, struct arena *a, struct str html)
{
	struct build b;
	*out = (struct htmldoc){.refused = htmldoc_bounds(html)};
	if (out->refused != HTMLDOC_READ)
		return -1;
	build_begin(&b, a, out);
	out->refused = parse(&b, html);
	if (out->refused != HTMLDOC_READ)
		return -1;
	if (b.json.len && build_is_short(&b))
		read_data(&b);
	build_end(&b);
	return 0;
}

/*
 * Rendering walks the nodes. What changes on the way lives on the C stack,
 * each item pointing outward: the values in reach (scope), the arguments of
 * parents (frame), the indentation. So nothing is allocated, the compiled
 * templates are only read, and leaving a section is just returning from it.
 *
 * Indentation is put before the first text or value of a line (`line_begun`),
 * not before the template's own line: a section that begins a line and
 * repeats indents once, and a line that stays empty not at all. Line ends
 * inside of values do not count, so <pre> and <textarea> keep their content.
 *
 * An argument is looked for in all frames in reach, and the outermost wins.
 * It is rendered with the frames of the template that gave it, those outside
 * of its own, so a block in an argument never finds that argument again.
 */
#include "text/template_node.h"

#include "base/intl.h"
#include "text/html.h"

#include <string.h>

struct scope {
	const struct value *value;
	const struct scope *outer;
};

struct frame {
	const struct template *giver;
	const struct node *parent; /* its children are the arguments */
	const struct frame *outer;
};

struct indent {
	struct str text;
	const struct indent *outer;
};

/* Where in the templates we are. */
struct level {
	const struct template *t;
	const struct frame *frames;
	const struct indent *indent; /* NULL: none */
	int depth;
};

struct render {
	struct buf *out;
	const struct template_strict *strict;
	uint32_t steps;
	bool failed;
	bool line_begun;    /* only kept where there is indentation */
	struct arena arena; /* for messages */
	struct map missing; /* "file\nline\nname" of what was reported */
};

static const struct value nothing = {.kind = VALUE_NULL};

/* -- messages ----------------------------------------------------------- */

static struct diag_place place_of(const struct level *at, const struct node *n)
{
	return DIAG_AT(at->t->file, n->line, n->column);
}

/* The name in reach that comes nearest to one that is missing, or NULL. */
static const char *nearest_name(struct render *r, const struct scope *scope, struct str name)
{
	const char **names = NULL;
	size_t count = 0, cap = 0;
	for (; scope; scope = scope->outer) {
		const struct view *v =
		    scope->value->kind == VALUE_VIEW ? scope->value->as.view : NULL;
		for (size_t i = 0; v && i < v->count; i++) {
			names = arena_grow(&r->arena, names, count, &cap, sizeof(*names));
			names[count++] = v->fields[i].name.p;
		}
	}
	names = arena_grow(&r->arena, names, count, &cap, sizeof(*names));
	names[count] = NULL;
	return str_nearest(arena_strndup(&r->arena, name.p, name.n), names);
}

static void report_missing(struct render *r, const struct level *at, const struct scope *scope,
    const struct node *n, uint32_t part)
{
	if (!r->strict)
		return;
	struct map *said = r->strict->said ? r->strict->said : &r->missing;
	r->missing.arena = &r->arena;
	const char *key = arena_printf(
	    &r->arena, "%s\n%u\n%.*s", at->t->file, n->line, (int)n->text.n, n->text.p);
	if (map_put(said, str_of(key), r))
		return;
	struct str name = {n->as.names[part].p, n->as.names[part].len};
	const char *near = nearest_name(r, scope, name);
	const char *remedy = near ? arena_printf(&r->arena, _("Did you mean «%s»?"), near)
	                          : _("Correct the name in the template, or take the tag away.");
	diag_add(r->strict->diag, DIAG_ERROR, "template-missing-name", place_of(at, n), n->text,
	    remedy, _("the page %s has no value of the name «%.*s»"), r->strict->page, (int)name.n,
	    name.p);
}

static void fail(struct render *r, const struct level *at, const struct node *n, const char *text)
{
	if (r->strict && !r->failed)
		diag_add(r->strict->diag, DIAG_ERROR, "template-bound", place_of(at, n), n->text,
		    _("See that the templates end where the data end."), "%s", text);
	r->failed = true;
}

/* -- values ------------------------------------------------------------- */

static const struct value *get(const struct value *v, const struct view_name *name)
{
	if (v->kind != VALUE_VIEW)
		return NULL;
	return view_get(v->as.view, name->p, name->len, name->hash);
}

/* The value a tag names: the first part is looked for in all views in reach,
 * the others each in the one before. */
static const struct value *resolve(
    struct render *r, const struct level *at, const struct scope *scope, const struct node *n)
{
	if (n->parts == 0)
		return scope->value;
	const struct value *v = NULL;
	for (const struct scope *s = scope; s && !v; s = s->outer)
		v = get(s->value, &n->as.names[0]);
	if (!v)
		report_missing(r, at, scope, n, 0);
	for (uint32_t i = 1; v && i < n->parts; i++) {
		if (v->kind == VALUE_NULL || v->kind == VALUE_FALSE)
			return &nothing;
		struct scope inner = {v, NULL};
		v = get(v, &n->as.names[i]);
		if (!v)
			report_missing(r, at, &inner, n, i);
	}
	return v ? v : &nothing;
}

static struct str text_of(const struct value *v)
{
	switch (v->kind) {
	case VALUE_TEXT:
	case VALUE_RAW:
		return v->as.text;
	case VALUE_TRUE:
		return STR("true");
	case VALUE_FALSE:
		return STR("false");
	case VALUE_NULL:
	case VALUE_LIST:
	case VALUE_VIEW:
		break;
	}
	return STR("");
}

/* -- writing ------------------------------------------------------------ */

static void put_indent(struct render *r, const struct indent *indent)
{
	if (indent->outer)
		put_indent(r, indent->outer);
	buf_add(r->out, indent->text.p, indent->text.n);
}

static void begin_line(struct render *r, const struct level *at)
{
	if (!at->indent || r->line_begun)
		return;
	put_indent(r, at->indent);
	r->line_begun = true;
}

static bool is_line_end(struct str text)
{
	return text.p[0] == '\n' || (text.n > 1 && text.p[0] == '\r' && text.p[1] == '\n');
}

static void put_indented(struct render *r, const struct level *at, struct str text)
{
	while (text.n) {
		const char *nl = memchr(text.p, '\n', text.n);
		size_t len = nl ? (size_t)(nl - text.p) + 1 : text.n;
		if (!is_line_end(text))
			begin_line(r, at);
		buf_add(r->out, text.p, len);
		r->line_begun = !nl;
		text.p += len;
		text.n -= len;
	}
}

static void put_value(struct render *r, const struct level *at, const struct value *v, bool raw)
{
	struct str text = text_of(v);
	if (text.n == 0)
		return;
	begin_line(r, at);
	if (raw || v->kind == VALUE_RAW)
		buf_add(r->out, text.p, text.n);
	else
		html_attr(r->out, text);
}

/* -- nodes -------------------------------------------------------------- */

static void render_nodes(struct render *r, const struct level *at, const struct scope *scope,
    const struct node *n, const struct node *end);

static const struct node *behind(const struct level *at, const struct node *n)
{
	return at->t->nodes + n->next;
}

/* Once more around: false when there was too much of it. */
static bool step(struct render *r, const struct level *at, const struct node *n)
{
	if (++r->steps > TEMPLATE_STEPS)
		fail(r, at, n, _("the page takes too many repetitions"));
	return !r->failed && !buf_err(r->out);
}

static void render_section(struct render *r, const struct level *at, const struct scope *scope,
    const struct node *n, const struct value *v)
{
	const struct value *items = v;
	size_t count = value_is_true(v);
	if (v->kind == VALUE_LIST) {
		items = v->as.list->items;
		count = v->as.list->count;
	}
	for (size_t i = 0; i < count && step(r, at, n); i++) {
		struct scope inner = {&items[i], scope};
		render_nodes(r, at, &inner, n + 1, behind(at, n));
	}
}

/* Render nodes of another place; *n of the present one says how they are
 * indented. */
static void render_there(struct render *r, const struct level *at, struct level there,
    const struct scope *scope, const struct node *n, const struct node *first,
    const struct node *end)
{
	if (at->depth == TEMPLATE_DEPTH) {
		fail(r, at, n, _("the templates include each other too deeply"));
		return;
	}
	if (!step(r, at, n))
		return;
	struct indent more = {{n->indent, n->indent_len}, there.indent};
	if (n->indent_len)
		there.indent = &more;
	if (n->own_line || !at->indent)
		r->line_begun = !n->own_line;
	there.depth = at->depth + 1;
	render_nodes(r, &there, scope, first, end);
}

static void render_include(
    struct render *r, const struct level *at, const struct scope *scope, const struct node *n)
{
	const struct template *t = n->as.target;
	struct frame frame = {at->t, n, at->frames};
	struct level there = {.t = t, .frames = at->frames, .indent = at->indent};
	if (n->kind == NODE_PARENT)
		there.frames = &frame;
	if (!n->own_line) {
		begin_line(r, at);
		there.indent = NULL;
	}
	render_there(r, at, there, scope, n, t->nodes, t->nodes + t->count);
	if (!n->own_line)
		r->line_begun = true;
}

static const struct node *find_argument(const struct frame *f, const struct view_name *name)
{
	const struct node *all = f->giver->nodes;
	for (const struct node *n = f->parent + 1; n < all + f->parent->next; n = all + n->next) {
		const struct view_name *own = n->as.names;
		if (own->hash == name->hash && own->len == name->len &&
		    memcmp(own->p, name->p, own->len) == 0)
			return n;
	}
	return NULL;
}

static void render_block(
    struct render *r, const struct level *at, const struct scope *scope, const struct node *n)
{
	const struct frame *giver = NULL;
	const struct node *argument = NULL;
	for (const struct frame *f = at->frames; f; f = f->outer) {
		const struct node *found = find_argument(f, n->as.names);
		if (found) {
			giver = f;
			argument = found;
		}
	}
	if (!argument) {
		render_nodes(r, at, scope, n + 1, behind(at, n));
		return;
	}
	struct level there = {.t = giver->giver, .frames = giver->outer, .indent = at->indent};
	render_there(r, at, there, scope, n, argument + 1, behind(&there, argument));
}

static void render_nodes(struct render *r, const struct level *at, const struct scope *scope,
    const struct node *n, const struct node *end)
{
	for (; n < end && !r->failed; n = behind(at, n)) {
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT:
			if (at->indent)
				put_indented(r, at, n->text);
			else
				buf_add(r->out, n->text.p, n->text.n);
			break;
		case NODE_ESCAPED:
		case NODE_RAW:
			put_value(r, at, resolve(r, at, scope, n), n->kind == NODE_RAW);
			break;
		case NODE_SECTION:
			render_section(r, at, scope, n, resolve(r, at, scope, n));
			break;
		case NODE_INVERTED:
			if (!value_is_true(resolve(r, at, scope, n)))
				render_nodes(r, at, scope, n + 1, behind(at, n));
			break;
		case NODE_PARTIAL:
		case NODE_PARENT:
			render_include(r, at, scope, n);
			break;
		case NODE_BLOCK:
			render_block(r, at, scope, n);
			break;
		}
	}
}

int template_render_value(const struct template *t, const struct value *root, struct buf *out,
    const struct template_strict *strict)
{
	struct render r = {.out = out, .strict = strict, .arena = ARENA_INIT};
	struct level at = {.t = t};
	struct scope scope = {root, NULL};
	render_nodes(&r, &at, &scope, t->nodes, t->nodes + t->count);
	arena_clear(&r.arena);
	return r.failed ? -1 : buf_err(out);
}

int template_render(const struct template *t, const struct view *root, struct buf *out,
    const struct template_strict *strict)
{
	struct value value = {.kind = VALUE_VIEW, .as.view = root};
	return template_render_value(t, &value, out, strict);
}

/*
 * One pass over the source: for each tag, add the text before it, then the
 * tag's node. Open sections, parents and blocks stand on a stack; when one is
 * closed, its node learns where its children end.
 *
 * White space follows the specification's idea of a standalone tag: alone on
 * its line, it takes the line with it. Parents and blocks are pairs, and two
 * questions are asked of them:
 *
 *   - which white space belongs to a tag? A block's opening tag takes the rest
 *     of its line when that is blank. In an argument of a parent it does not
 *     matter what stands before the opening tag, nor behind the closing one.
 *   - how far is the pair indented? As far as its opening tag, when nothing
 *     else stands before that and behind the closing tag; a block that opens
 *     on a line of its own, as far as the first line in it.
 *
 * The lines of an argument lose its indentation here (`dedent`); those of
 * partials, parents and blocks gain theirs when rendered.
 *
 * All text goes into one piece of memory, no longer than the source.
 */
#include "text/template_node.h"
#include "text/template_scan.h"

#include "base/intl.h"

#include <string.h>

struct open_tag {
	char sigil;
	bool argument;
	struct str name;
	uint32_t node, line;
	struct str lead;   /* white space before the tag, when nothing else is there */
	size_t lead_added; /* that much of it is the end of the text before */
	struct str dedent; /* around it */
};

struct parser {
	struct templates *set;
	struct template *t;
	struct scanner scan;
	size_t cap;   /* of t->nodes */
	bool in_text; /* the last node is text that may go on */
	char *text;   /* of all nodes */
	size_t text_len;
	struct str dedent; /* what lines lose here */
	struct open_tag stack[TEMPLATE_DEPTH];
	size_t depth;
};

/* -- text --------------------------------------------------------------- */

/* How much of a line's beginning the dedent takes. */
static size_t lost_indent(const struct parser *p, struct str line)
{
	size_t n = 0;
	while (n < p->dedent.n && n < line.n && line.p[n] == p->dedent.p[n])
		n++;
	return n;
}

static bool directly_in_parent(const struct parser *p)
{
	return p->depth > 0 && p->stack[p->depth - 1].sigil == '<';
}

static struct node *add_node(struct parser *p, enum node_kind kind, const struct tag *tag)
{
	struct template *t = p->t;
	t->nodes = arena_grow(p->set->arena, t->nodes, t->count, &p->cap, sizeof(*t->nodes));
	struct node *n = &t->nodes[t->count++];
	*n = (struct node){.kind = (unsigned char)kind, .next = t->count};
	if (tag) {
		n->line = tag->at.line;
		n->column = tag->at.column;
		n->text = tag->name;
	}
	p->in_text = kind == NODE_TEXT;
	return n;
}

/* Copy the source from..end without what its lines lose. */
static void copy_text(struct parser *p, size_t from, size_t end)
{
	const char *source = p->scan.source.p;
	while (from < end) {
		if (p->dedent.n && (from == 0 || source[from - 1] == '\n'))
			from += lost_indent(p, (struct str){source + from, end - from});
		const char *nl = p->dedent.n ? memchr(source + from, '\n', end - from) : NULL;
		size_t stop = nl ? (size_t)(nl - source) + 1 : end;
		memcpy(p->text + p->text_len, source + from, stop - from);
		p->text_len += stop - from;
		from = stop;
	}
}

/* Add the source up to end as text; how long that is. */
static size_t add_text(struct parser *p, size_t end)
{
	size_t from = p->scan.pos, before = p->text_len;
	p->scan.pos = end;
	if (from == end || directly_in_parent(p))
		return 0;
	if (!p->in_text)
		add_node(p, NODE_TEXT, NULL)->text.p = p->text + before;
	copy_text(p, from, end);
	p->t->nodes[p->t->count - 1].text.n += p->text_len - before;
	return p->text_len - before;
}

/* Add the text before a tag and go behind the tag; the white space on its
 * left and right is left out as asked. */
static void pass(struct parser *p, const struct tag *tag, bool left, bool right)
{
	add_text(p, left ? tag->line_begin : tag->begin);
	p->scan.pos = right ? tag->line_end : tag->end;
}

static bool standalone(const struct tag *tag)
{
	return tag->clear_left && tag->clear_right;
}

static void pass_line(struct parser *p, const struct tag *tag)
{
	pass(p, tag, standalone(tag), standalone(tag));
}

/* White space before a tag that is the first on its line. */
static struct str lead_of(const struct parser *p, const struct tag *tag)
{
	return (struct str){p->scan.source.p + tag->line_begin, tag->begin - tag->line_begin};
}

static void set_indent(const struct parser *p, struct node *n, struct str lead)
{
	size_t lost = lost_indent(p, lead);
	n->indent = lead.p + lost;
	n->indent_len = (uint32_t)(lead.n - lost);
}

/* -- names -------------------------------------------------------------- */

static struct view_name hashed(const char *p, size_t len)
{
	return (struct view_name){p, (uint32_t)len, view_hash(p, len)};
}

/* Give a node its name, split at the dots; "." alone has no parts. */
static void add_names(struct parser *p, struct node *n)
{
	struct str rest = n->text, part;
	if (str_is(rest, "."))
		return;
	uint32_t parts = 1;
	for (size_t i = 0; i < rest.n; i++)
		parts += rest.p[i] == '.';
	struct view_name *names = arena_array(p->set->arena, parts, sizeof(*names));
	while (str_next(&rest, '.', &part) && part.n > 0)
		names[n->parts++] = hashed(part.p, part.n);
	if (n->parts < parts)
		scan_error(&p->scan, DIAG_AT(p->t->file, n->line, n->column), n->text,
		    _("A dot stands between two names: {{school.name}}."),
		    _("there is a dot without a name before or behind it"));
	n->as.names = names;
}

/* -- opening ------------------------------------------------------------ */

static void push(struct parser *p, const struct tag *tag, struct open_tag open)
{
	if (p->depth == TEMPLATE_DEPTH) {
		scan_error(&p->scan, tag->at, tag->name,
		    _("Move a part of it into a template of its own."),
		    arena_printf(p->set->arena, _("more than %d tags are open in each other"),
		        TEMPLATE_DEPTH));
		p->scan.pos = p->scan.source.n;
		p->depth = 0;
		return;
	}
	open.sigil = tag->sigil;
	open.name = tag->name;
	open.node = p->t->count - 1;
	open.line = tag->at.line;
	open.dedent = p->dedent;
	p->stack[p->depth++] = open;
}

static void add_value(struct parser *p, const struct tag *tag)
{
	pass(p, tag, false, false);
	add_names(p, add_node(p, tag->sigil ? NODE_RAW : NODE_ESCAPED, tag));
}

static void add_section(struct parser *p, const struct tag *tag)
{
	pass_line(p, tag);
	add_names(p, add_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag));
	push(p, tag, (struct open_tag){.argument = false});
}

static struct node *add_include(struct parser *p, enum node_kind kind, const struct tag *tag)
{
	struct node *n = add_node(p, kind, tag);
	n->as.target = templates_want(p->set, tag->name, tag->at);
	n->always = p->depth == 0;
	return n;
}

static void add_partial(struct parser *p, const struct tag *tag)
{
	pass_line(p, tag);
	struct node *n = add_include(p, NODE_PARTIAL, tag);
	n->own_line = standalone(tag);
	if (n->own_line)
		set_indent(p, n, lead_of(p, tag));
}

/* Whether the white space before it is text or indentation is not known
 * before the closing tag. */
static void add_parent(struct parser *p, const struct tag *tag)
{
	add_text(p, tag->line_begin);
	size_t added = add_text(p, tag->begin);
	p->scan.pos = tag->end;
	add_include(p, NODE_PARENT, tag)->own_line = tag->clear_left;
	push(p, tag, (struct open_tag){.lead = lead_of(p, tag), .lead_added = added});
}

static struct node *add_block_node(struct parser *p, const struct tag *tag)
{
	struct view_name *name = arena_alloc(p->set->arena, sizeof(*name));
	*name = hashed(tag->name.p, tag->name.n);
	struct node *n = add_node(p, NODE_BLOCK, tag);
	n->as.names = name;
	n->parts = 1;
	return n;
}

static void add_argument(struct parser *p, const struct tag *tag)
{
	bool empty;
	pass(p, tag, false, tag->clear_right);
	add_block_node(p, tag);
	push(p, tag, (struct open_tag){.argument = true});
	p->dedent = tag->clear_right ? scan_indent(&p->scan, p->scan.pos, &empty) : STR("");
}

static void add_block(struct parser *p, const struct tag *tag)
{
	if (directly_in_parent(p)) {
		add_argument(p, tag);
		return;
	}
	pass_line(p, tag);
	struct node *n = add_block_node(p, tag);
	n->own_line = standalone(tag);
	if (n->own_line) {
		bool empty;
		struct str indent = scan_indent(&p->scan, p->scan.pos, &empty);
		set_indent(p, n, empty ? lead_of(p, tag) : indent);
	}
	push(p, tag, (struct open_tag){.lead = lead_of(p, tag)});
}

/* -- closing ------------------------------------------------------------ */

static void close_parent(struct parser *p, const struct tag *tag, const struct open_tag *open)
{
	struct node *n = &p->t->nodes[open->node];
	n->own_line &= tag->clear_right;
	pass(p, tag, false, n->own_line);
	if (!n->own_line)
		return;
	set_indent(p, n, open->lead);
	if (open->lead_added)
		n[-1].text.n -= open->lead_added;
}

static void close_block(struct parser *p, const struct tag *tag, const struct open_tag *open)
{
	if (open->argument) {
		pass(p, tag, true, false);
		return;
	}
	pass_line(p, tag);
	struct node *n = &p->t->nodes[open->node];
	if (!n->own_line && tag->clear_right)
		set_indent(p, n, open->lead);
}

static void pop(struct parser *p)
{
	const struct open_tag *open = &p->stack[--p->depth];
	p->t->nodes[open->node].next = p->t->count;
	p->dedent = open->dedent;
	p->in_text = false;
}

static void report_stray(struct parser *p, const struct tag *tag)
{
	const char *text = _("this tag closes what was not opened");
	if (p->depth > 0) {
		const struct open_tag *open = &p->stack[p->depth - 1];
		text = arena_printf(p->set->arena,
		    _("this tag closes what was not opened; open is «%.*s», since line %u"),
		    (int)open->name.n, open->name.p, open->line);
	}
	scan_error(&p->scan, tag->at, tag->name,
	    _("Write the same name in the opening and in the closing tag."), text);
}

static void report_unclosed(struct parser *p)
{
	const struct node *n = &p->t->nodes[p->stack[p->depth - 1].node];
	scan_error(&p->scan, DIAG_AT(p->t->file, n->line, n->column), n->text,
	    _("Add the closing tag, {{/name}} with the same name."), _("this tag is never closed"));
}

static void close_tag(struct parser *p, const struct tag *tag)
{
	size_t depth = p->depth;
	while (depth > 0 && !str_eq(p->stack[depth - 1].name, tag->name))
		depth--;
	if (depth == 0) {
		pass(p, tag, false, false);
		report_stray(p, tag);
		return;
	}
	for (; p->depth > depth; pop(p))
		report_unclosed(p);
	const struct open_tag *open = &p->stack[depth - 1];
	if (open->sigil == '<')
		close_parent(p, tag, open);
	else if (open->sigil == '$')
		close_block(p, tag, open);
	else
		pass_line(p, tag);
	pop(p);
}

/* -- the whole ---------------------------------------------------------- */

static void add_tag(struct parser *p, const struct tag *tag)
{
	if (directly_in_parent(p) && !strchr("$/!=", tag->sigil ? tag->sigil : '?'))
		scan_error(&p->scan, tag->at, tag->name,
		    _("Put it into one of the parent's blocks, {{$name}} … {{/name}}."),
		    _("between the tags of a parent only blocks are shown; this would be lost"));
	switch (tag->sigil) {
	case '!':
		pass_line(p, tag);
		break;
	case '=':
		pass_line(p, tag);
		scan_delimiters(&p->scan, tag);
		break;
	case '#':
	case '^':
		add_section(p, tag);
		break;
	case '>':
		add_partial(p, tag);
		break;
	case '<':
		add_parent(p, tag);
		break;
	case '$':
		add_block(p, tag);
		break;
	case '/':
		close_tag(p, tag);
		break;
	default:
		add_value(p, tag);
	}
}

int template_parse(struct templates *set, struct template *t, struct str text)
{
	struct parser p = {
	    .set = set,
	    .t = t,
	    .scan = {.source = text, .file = t->file, .diag = set->diag},
	    .text = arena_alloc(set->arena, text.n),
	    .dedent = STR(""),
	};
	size_t errors = set->diag->errors;
	scan_begin(&p.scan);
	for (struct tag tag; scan_tag(&p.scan, &tag);)
		add_tag(&p, &tag);
	add_text(&p, p.scan.source.n);
	if (t->count == 0) /* so that there is always a row to walk */
		add_node(&p, NODE_TEXT, NULL);
	for (; p.depth > 0; pop(&p))
		report_unclosed(&p);
	return set->diag->errors > errors ? -1 : 0;
}

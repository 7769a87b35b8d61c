/*
 * cmark-gfm parses; the tree is then walked with its iterator and written by
 * our own functions, because cmark's HTML blanks raw HTML without a word, has
 * align attributes and English back-links, and knows no link rewriting.
 *
 * Two extensions of cmark-gfm are done here instead, because theirs switch
 * characters of a global table on and off around each parse, which one thread
 * would do under the feet of another: bare addresses (markdown_link.h) and
 * strikethrough. For the latter "~~" is made special once, in markdown_init(),
 * and each becomes an inline HTML node with a text that no HTML has; they are
 * paired among the children of a node while writing. Task lists are done here
 * too: the extension finds no box within a quote and takes a "[x]" anywhere in
 * the line for the box.
 */
#include "text/markdown.h"

#include "base/intl.h"
#include "text/html.h"
#include "text/markdown_bounds.h"
#include "text/markdown_link.h"
#include "text/markdown_writer.h"
#include "text/typography.h"

#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	struct writer w;
	cmark_iter *iter;
	size_t depth;
	bool in_heading, in_link, link_opened;
	const cmark_node *box;        /* text that begins with the box of a task */
	const cmark_node *strike_end; /* the "~~" that closes the open <del> */
};

/* What a "~~" node says: whether it may open or close. */
static const char strike_open[] = "~~ open", strike_close[] = "~~ close", strike_both[] = "~~ both";

static struct str literal(cmark_node *node)
{
	return str_of(cmark_node_get_literal(node));
}

static bool is_type(cmark_node *node, cmark_node_type type)
{
	return node && cmark_node_get_type(node) == type;
}

static bool is_strike(const char *mark)
{
	return mark && mark[0] == '~';
}

/* Some nodes have no place of their own. */
static struct spot spot(cmark_node *node)
{
	struct spot at = {cmark_node_get_start_line(node), cmark_node_get_start_column(node)};
	while (at.line < 1 && (node = cmark_node_parent(node)) != NULL)
		at = (struct spot){
		    cmark_node_get_start_line(node), cmark_node_get_start_column(node)};
	return at;
}

/* The text below a node, on one line. */
static struct str plain(struct arena *a, cmark_node *node)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	cmark_iter *iter = cmark_iter_new(node);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(n);
		if (cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			buf_adds(&text, cmark_node_get_literal(n));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_addc(&text, ' ');
	}
	cmark_iter_free(iter);
	struct str trimmed = str_trim(buf_str(&text));
	struct str copy = {arena_strndup(a, trimmed.p, trimmed.n), trimmed.n};
	buf_clear(&text);
	return copy;
}

/* -- inline nodes -- */

/* The next sibling that may close, or NULL. */
static cmark_node *find_strike_end(cmark_node *node)
{
	while ((node = cmark_node_next(node)) != NULL) {
		if (cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE)
			continue;
		const char *mark = cmark_node_get_literal(node);
		if (is_strike(mark) && strcmp(mark, strike_open) != 0)
			return node;
	}
	return NULL;
}

static void strike(struct walk *k, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	if (node == k->strike_end) {
		writer_add(&k->w, "</del>");
		k->strike_end = NULL;
		return;
	}
	if (!k->strike_end && !cmark_node_get_user_data(parent) &&
	    strcmp(cmark_node_get_literal(node), strike_close) != 0) {
		k->strike_end = find_strike_end(node);
		if (k->strike_end) {
			writer_add(&k->w, "<del>");
			return;
		}
		/* Nothing further closes here: do not look again. */
		cmark_node_set_user_data(parent, k);
	}
	writer_add(&k->w, "~~");
}

/* The parser has come to a '~'. */
static cmark_node *match_strike(cmark_syntax_extension *extension, cmark_parser *parser,
    cmark_node *parent, unsigned char character, cmark_inline_parser *inline_parser)
{
	static const char tildes[] = "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~";
	int left, right, before, after;
	(void)extension, (void)parser, (void)parent;

	if (character != '~')
		return NULL;
	int at = cmark_inline_parser_get_offset(inline_parser);
	bool first = at == 0 || cmark_inline_parser_peek_at(inline_parser, at - 1) != '~';
	int count = cmark_inline_parser_scan_delimiters(
	    inline_parser, (int)sizeof(tildes) - 1, '~', &left, &right, &before, &after);
	bool mark = count == 2 && first && (left || right);
	cmark_node *node = cmark_node_new(mark ? CMARK_NODE_HTML_INLINE : CMARK_NODE_TEXT);
	const char *means = left && right ? strike_both : left ? strike_open : strike_close;
	cmark_node_set_literal(node, mark ? means : tildes + sizeof(tildes) - 1 - count);
	return node;
}

static void text_node(struct walk *k, cmark_node *node)
{
	struct str shown = literal(node);
	if (node == k->box) {
		shown.p += 4;
		shown.n -= 4;
	}
	const struct markdown_hooks *hooks = k->w.hooks;
	bool running = !k->in_heading && !k->w.in_header;
	if (k->in_link)
		typography_html(&k->w.out, shown);
	else
		link_text(&k->w.out, shown, running ? hooks->text : NULL, hooks->payload);
}

/* The author's line ends here; the reader's may not. */
static void soft_break(struct writer *w, cmark_node *node)
{
	cmark_node *before = cmark_node_previous(node), *after = cmark_node_next(node);
	bool binds = typography_binds(is_type(before, CMARK_NODE_TEXT) ? literal(before) : STR(""),
	    is_type(after, CMARK_NODE_TEXT) ? literal(after) : STR(""));
	writer_add(w, binds ? TYPOGRAPHY_SPACE : "\n");
}

static void link_node(struct walk *k, cmark_node *node, bool enter)
{
	k->in_link = enter;
	if (enter)
		k->link_opened = writer_link(&k->w, str_of(cmark_node_get_url(node)),
		    cmark_node_get_title(node), spot(node));
	else if (k->link_opened)
		writer_add(&k->w, "</a>");
}

/* What stands between the brackets becomes its description. */
static void image(struct walk *k, cmark_node *node)
{
	writer_image(&k->w, str_of(cmark_node_get_url(node)), cmark_node_get_title(node),
	    plain(k->w.arena, node), spot(node));
	cmark_iter_reset(k->iter, node, CMARK_EVENT_EXIT);
	k->depth--;
}

static void inline_node(struct walk *k, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		text_node(k, node);
		break;
	case CMARK_NODE_SOFTBREAK:
		soft_break(&k->w, node);
		break;
	case CMARK_NODE_LINEBREAK:
		writer_add(&k->w, "<br>\n");
		break;
	case CMARK_NODE_CODE:
		writer_add(&k->w, "<code>");
		html_text(&k->w.out, literal(node));
		writer_add(&k->w, "</code>");
		break;
	case CMARK_NODE_HTML_INLINE:
		if (is_strike(cmark_node_get_literal(node)))
			strike(k, node);
		else
			writer_html_inline(&k->w, literal(node), spot(node));
		break;
	case CMARK_NODE_EMPH:
		writer_add(&k->w, enter ? "<em>" : "</em>");
		break;
	case CMARK_NODE_STRONG:
		writer_add(&k->w, enter ? "<strong>" : "</strong>");
		break;
	case CMARK_NODE_LINK:
		link_node(k, node, enter);
		break;
	case CMARK_NODE_IMAGE:
		if (enter)
			image(k, node);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		if (enter)
			writer_note_ref(&k->w, strtoul(cmark_node_get_literal(node), NULL, 10));
		break;
	default:
		break;
	}
}

/* -- tables -- */

static void table_part(struct writer *w, cmark_node *node, bool enter)
{
	const char *type = cmark_node_get_type_string(node);
	bool header = strcmp(type, "table_header") == 0;
	if (strcmp(type, "table_cell") == 0) {
		if (enter)
			writer_cell(
			    w, w->in_header || w->hooks->terms ? plain(w->arena, node).p : NULL);
		else
			writer_cell_end(w);
	} else if (header || strcmp(type, "table_row") == 0) {
		if (enter)
			writer_row(w, header);
		else
			writer_row_end(w);
	} else if (enter) {
		writer_table(w, cmark_gfm_extensions_get_table_alignments(node),
		    cmark_gfm_extensions_get_table_columns(node));
	} else {
		writer_table_end(w);
	}
}

/* -- blocks -- */

/* The paragraphs of a tight list are written without their tags. */
static bool is_tight(cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	return is_type(parent, CMARK_NODE_ITEM) &&
	    cmark_node_get_list_tight(cmark_node_parent(parent));
}

static void list(struct writer *w, cmark_node *node, bool enter)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	if (!enter)
		writer_add(w, ordered ? "</ol>\n" : "</ul>\n");
	else if (ordered && start != 1)
		buf_addf(&w->out, "<ol start=\"%d\">\n", start);
	else
		writer_add(w, ordered ? "<ol>\n" : "<ul>\n");
}

/* An item whose text begins with "[ ] " or "[x] " is a task. */
static void item(struct walk *k, cmark_node *node, bool enter)
{
	if (!enter) {
		writer_add(&k->w, "</li>\n");
		return;
	}
	cmark_node *first = cmark_node_first_child(node);
	first = is_type(first, CMARK_NODE_PARAGRAPH) ? cmark_node_first_child(first) : NULL;
	struct str words = is_type(first, CMARK_NODE_TEXT) ? literal(first) : STR("");
	if (words.n <= 4 || words.p[0] != '[' || !strchr(" xX", words.p[1]) || words.p[2] != ']' ||
	    words.p[3] != ' ') {
		writer_add(&k->w, "<li>");
		return;
	}
	k->box = first;
	writer_add(&k->w,
	    words.p[1] == ' ' ? "<li class=\"task\"><span class=\"box\">☐</span> "
	                      : "<li class=\"task done\"><span class=\"box\">☑</span> ");
}

static void footnote(struct writer *w, cmark_node *node, bool enter)
{
	if (enter) {
		writer_note(w);
		return;
	}
	if (!is_type(cmark_node_last_child(node), CMARK_NODE_PARAGRAPH)) {
		writer_add(w, "<p>");
		writer_note_back(w);
		writer_add(w, "</p>");
	}
	writer_note_end(w);
}

static void paragraph(struct writer *w, cmark_node *node, bool enter)
{
	cmark_node *parent = cmark_node_parent(node);
	if (is_tight(node)) {
		if (!enter && cmark_node_next(node))
			writer_add(w, "\n");
		return;
	}
	if (enter) {
		if (w->page->first_paragraph.n == 0 && is_type(parent, CMARK_NODE_DOCUMENT))
			w->page->first_paragraph = plain(w->arena, node);
		writer_add(w, "<p>");
		return;
	}
	if (is_type(parent, CMARK_NODE_FOOTNOTE_DEFINITION) && !cmark_node_next(node))
		writer_note_back(w);
	writer_add(w, "</p>\n");
}

static void heading(struct writer *w, cmark_node *node, bool enter)
{
	int level = cmark_node_get_heading_level(node);
	if (enter)
		writer_heading(w, level, plain(w->arena, node), cmark_node_get_start_line(node));
	else
		writer_heading_end(w, level);
}

static void block(struct walk *k, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		paragraph(&k->w, node, enter);
		break;
	case CMARK_NODE_HEADING:
		k->in_heading = enter;
		heading(&k->w, node, enter);
		break;
	case CMARK_NODE_LIST:
		list(&k->w, node, enter);
		break;
	case CMARK_NODE_ITEM:
		item(k, node, enter);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		writer_add(&k->w, enter ? "<blockquote>\n" : "</blockquote>\n");
		break;
	case CMARK_NODE_CODE_BLOCK:
		writer_code(
		    &k->w, str_of(cmark_node_get_fence_info(node)), literal(node), spot(node));
		break;
	case CMARK_NODE_HTML_BLOCK:
		writer_html_block(&k->w, literal(node), spot(node));
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		writer_add(&k->w, "<hr>\n");
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		footnote(&k->w, node, enter);
		break;
	default:
		break;
	}
}

/* -- the whole -- */

static bool is_leaf(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_THEMATIC_BREAK:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_TEXT:
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
		return true;
	default:
		return false;
	}
}

/* How many footnotes there are and how often each is referred to: their
 * definitions stand at the end, in the order of their numbers. */
static void count_notes(struct writer *w, cmark_node *root)
{
	cmark_node *last = cmark_node_last_child(root);
	for (; is_type(last, CMARK_NODE_FOOTNOTE_DEFINITION); last = cmark_node_previous(last))
		w->nnotes++;
	if (w->nnotes == 0)
		return;
	w->notes = arena_array(w->arena, w->nnotes, sizeof(*w->notes));
	cmark_iter *iter = cmark_iter_new(root);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (!is_type(node, CMARK_NODE_FOOTNOTE_REFERENCE) ||
		    cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER)
			continue;
		size_t number = strtoul(cmark_node_get_literal(node), NULL, 10);
		if (number >= 1 && number <= w->nnotes)
			w->notes[number - 1].refs++;
	}
	cmark_iter_free(iter);
}

static int refuse(struct writer *w, const char *rule, struct diag_place at, const char *remedy,
    const char *message)
{
	diag_add(w->diag, DIAG_ERROR, rule, at, STR_NONE, remedy, "%s", message);
	return -1;
}

static int write_tree(struct walk *k)
{
	cmark_event_type event;
	while ((event = cmark_iter_next(k->iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(k->iter);
		bool enter = event == CMARK_EVENT_ENTER;
		if (!is_leaf(node))
			k->depth += enter ? 1 : (size_t)-1;
		if (k->depth > MARKDOWN_DEPTH)
			return refuse(&k->w, "markdown-nesting", writer_place(&k->w, spot(node)),
			    _("Put a \\ before signs that are meant as they stand."),
			    _("bold, italic and links are nested too deeply here"));
		if (cmark_node_get_syntax_extension(node))
			table_part(&k->w, node, enter);
		else if ((cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) ==
		    CMARK_NODE_TYPE_INLINE)
			inline_node(k, node, enter);
		else
			block(k, node, enter);
	}
	if (buf_err(&k->w.out) == 0)
		return 0;
	return refuse(&k->w, "markdown-size", DIAG_AT(k->w.file, 0, 0),
	    _("Divide the text into several files."),
	    _("the page made from this text is too large"));
}

static cmark_node *parse(struct str text)
{
	cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
	cmark_syntax_extension *strikes = cmark_syntax_extension_new("strike");
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS);

	assert(tables && "markdown_init() comes first");
	cmark_syntax_extension_set_match_inline_func(strikes, match_strike);
	cmark_parser_attach_syntax_extension(parser, tables);
	cmark_parser_attach_syntax_extension(parser, strikes);
	cmark_parser_feed(parser, text.p, text.n);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	cmark_syntax_extension_free(cmark_get_default_mem_allocator(), strikes);
	return root;
}

void markdown_init(void)
{
	cmark_mem *mem = cmark_get_default_mem_allocator();
	cmark_syntax_extension *strikes = cmark_syntax_extension_new("strike");
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);

	cmark_gfm_core_extensions_ensure_registered();
	/* The table of special characters is global; '~' stays in it for good. */
	cmark_syntax_extension_set_match_inline_func(strikes, match_strike);
	cmark_syntax_extension_set_special_inline_chars(
	    strikes, cmark_llist_append(mem, NULL, (void *)(uintptr_t)'~'));
	cmark_parser_attach_syntax_extension(parser, strikes);
	cmark_manage_extensions_special_characters(parser, 1);
	cmark_parser_free(parser);
	cmark_syntax_extension_free(mem, strikes);
}

int markdown_render(struct markdown_page *out, struct arena *a, const char *file, struct str text,
    uint32_t first_line, int top, const struct markdown_hooks *hooks, struct diag *diag)
{
	static const struct markdown_hooks none;
	struct walk k = {.w = {
	                     .arena = a,
	                     .file = file,
	                     .text = text,
	                     .first_line = first_line,
	                     .top = top,
	                     .hooks = hooks ? hooks : &none,
	                     .diag = diag,
	                     .out = BUF_INIT(BUF_PAGE),
	                     .page = out,
	                     .last_heading = &out->headings,
	                     .next_term = &out->terms,
	                     .ids = MAP_INIT(a),
	                 }};

	*out = (struct markdown_page){.html = STR(""), .first_paragraph = STR("")};
	if (markdown_bounds(file, text, first_line, diag) < 0)
		return -1;
	cmark_node *root = parse(text);
	k.iter = cmark_iter_new(root);
	count_notes(&k.w, root);
	int result = write_tree(&k);
	cmark_iter_free(k.iter);
	cmark_node_free(root);
	if (result == 0) {
		writer_check_anchors(&k.w);
		out->html = buf_keep(a, &k.w.out);
	}
	buf_clear(&k.w.out);
	return result < 0 || k.w.failed ? -1 : 0;
}

void markdown_split(struct str file_text, struct str *front, struct str *body, uint32_t *body_line)
{
	struct str rest = file_text, line;
	uint32_t number = 1;

	*front = STR("");
	*body = file_text;
	*body_line = 1;
	if (!str_next(&rest, '\n', &line) || !str_is(str_trim(line), "---"))
		return;
	const char *begin = rest.p;
	while (str_next(&rest, '\n', &line)) {
		number++;
		if (!str_is(str_trim(line), "---") || line.p[0] != '-')
			continue;
		*front = (struct str){begin, (size_t)(line.p - begin)};
		*body = rest;
		*body_line = number + 1;
		return;
	}
}

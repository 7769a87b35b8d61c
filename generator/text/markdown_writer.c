/*
 * Values go through the escaper of the place where they stand (text/html).
 * Places are found through an index of line starts that is made when the first
 * of them is asked for: most pages need none.
 */
#include "text/markdown_writer.h"

#include "base/intl.h"
#include "text/html.h"
#include "text/markdown_link.h"
#include "text/normalise.h"

struct anchor_use {
	const char *id;
	struct diag_place at;
	struct anchor_use *next;
};

void writer_add(struct writer *w, const char *html)
{
	buf_adds(&w->out, html);
}

/* A tag with an attribute: before, escaped value, after. */
static void add_with(struct writer *w, const char *before, const char *value, const char *after)
{
	writer_add(w, before);
	html_attr(&w->out, str_of(value));
	writer_add(w, after);
}

/* -- places -- */

static void find_lines(struct writer *w)
{
	size_t cap = 0;
	uint32_t *starts = NULL;
	for (size_t i = 0, begin = 0; i <= w->text.n; i++) {
		bool end = i == w->text.n || w->text.p[i] == '\n' ||
		    (w->text.p[i] == '\r' && (i + 1 == w->text.n || w->text.p[i + 1] != '\n'));
		if (!end)
			continue;
		starts = arena_grow(w->arena, starts, w->nlines, &cap, sizeof(*starts));
		starts[w->nlines++] = (uint32_t)begin;
		begin = i + 1;
	}
	w->starts = starts;
}

/* Characters among the first `bytes` of a line, counted from the last place on
 * when it was in the same line. */
static size_t count_chars(struct writer *w, int line, const char *begin, size_t bytes)
{
	size_t from = 0, chars = 0;
	if (w->counted.line == line && w->counted.bytes <= bytes) {
		from = w->counted.bytes;
		chars = w->counted.chars;
	}
	chars += utf8_length((struct str){begin + from, bytes - from});
	w->counted.line = line;
	w->counted.bytes = bytes;
	w->counted.chars = chars;
	return chars;
}

/* In the second line of an indented paragraph the parser's column can be off
 * by the indentation, so it is held within its line. */
struct diag_place writer_place(struct writer *w, struct spot at)
{
	if (!w->starts)
		find_lines(w);
	if (at.line < 1 || (size_t)at.line > w->nlines)
		return DIAG_AT(w->file, 0, 0);
	size_t begin = w->starts[at.line - 1];
	size_t end = (size_t)at.line < w->nlines ? w->starts[at.line] : w->text.n;
	size_t bytes = at.column > 1 ? (size_t)at.column - 1 : 0;
	if (bytes > end - begin)
		bytes = end - begin;
	size_t chars = count_chars(w, at.line, w->text.p + begin, bytes);
	return DIAG_AT(
	    w->file, w->first_line + (uint32_t)at.line - 1, at.column < 1 ? 0 : chars + 1);
}

/* -- headings -- */

/* The slug, numbered when it is taken. The entry of the slug itself remembers
 * the last number given. */
static const char *free_id(struct writer *w, struct str slug)
{
	if (slug.n == 0)
		slug = STR("section");
	const char *id = arena_strndup(w->arena, slug.p, slug.n);
	while (map_get(&w->ids, str_of(id))) {
		struct map_entry *base = map_entry(&w->ids, slug);
		uintptr_t number = (uintptr_t)base->value + 1;
		base->value = (void *)number;
		id = arena_printf(w->arena, "%.*s-%zu", (int)slug.n, slug.p, (size_t)number);
	}
	map_put(&w->ids, str_of(id), (void *)(uintptr_t)1);
	return id;
}

static int html_level(const struct writer *w, int level)
{
	level += w->top - 1;
	return level > 6 ? 6 : level;
}

void writer_heading(struct writer *w, int level, struct str text, int line)
{
	struct markdown_heading *h = arena_alloc(w->arena, sizeof(*h));
	h->level = html_level(w, level);
	h->text = w->section = text.p;
	h->id = free_id(w, normalise_slug(w->arena, text));
	h->line = w->first_line + (uint32_t)line - 1;
	*w->last_heading = h;
	w->last_heading = &h->next;
	buf_addf(&w->out, "<h%d id=\"%s\">", h->level, h->id);
}

void writer_heading_end(struct writer *w, int level)
{
	buf_addf(&w->out, "</h%d>\n", html_level(w, level));
}

/* A link to a place of the page is kept until all headings are known. */
static void use_anchor(struct writer *w, struct str url, struct spot at)
{
	struct anchor_use *use = arena_alloc(w->arena, sizeof(*use));
	use->id = arena_strndup(w->arena, url.p + 1, url.n - 1);
	use->at = writer_place(w, at);
	use->next = w->anchors;
	w->anchors = use;
}

void writer_check_anchors(struct writer *w)
{
	for (struct anchor_use *use = w->anchors; use; use = use->next)
		if (*use->id && !map_get(&w->ids, str_of(use->id)))
			diag_add(w->diag, DIAG_WARNING, "markdown-anchor", use->at, str_of(use->id),
			    _("The address of a heading is its text in Latin letters, with hyphens for blanks."),
			    _("no heading of this page has this address"));
}

/* -- links and images -- */

/* The final address in *url and its kind; LINK_UNSAFE when there is none. */
static enum link_kind resolve(struct writer *w, struct str target, struct spot at, struct buf *url)
{
	enum link_kind kind = link_kind(target);

	if (kind == LINK_UNSAFE) {
		diag_add(w->diag, DIAG_WARNING, "markdown-unsafe-link", writer_place(w, at), target,
		    _("Links begin with https:, http:, mailto: or tel:, or name a file of the site."),
		    _("this link is left out: its address may run a program"));
		return kind;
	}
	if (kind == LINK_ANCHOR)
		use_anchor(w, target, at);
	if (kind != LINK_LOCAL || !w->hooks->link) {
		buf_add(url, target.p, target.n);
		return kind;
	}
	if (w->hooks->link(w->hooks->payload, url, target, writer_place(w, at)) < 0) {
		w->failed = true;
		return LINK_UNSAFE;
	}
	return link_kind(buf_str(url));
}

static void add_title(struct writer *w, const char *title)
{
	if (title && *title)
		add_with(w, " title=\"", title, "\"");
}

bool writer_link(struct writer *w, struct str target, const char *title, struct spot at)
{
	struct buf url = BUF_INIT(BUF_PAGE);
	enum link_kind kind = resolve(w, target, at, &url);
	if (kind != LINK_UNSAFE) {
		link_open(&w->out, buf_str(&url), kind);
		add_title(w, title);
		writer_add(w, ">");
	}
	buf_clear(&url);
	return kind != LINK_UNSAFE;
}

void writer_image(
    struct writer *w, struct str source, const char *title, struct str alt, struct spot at)
{
	struct buf url = BUF_INIT(BUF_PAGE);
	if (alt.n == 0)
		diag_add(w->diag, DIAG_WARNING, "markdown-image-text", writer_place(w, at), source,
		    _("Write what it shows: ![a chart of results](file.png)."),
		    _("the image has no description for those who do not see it"));
	if (resolve(w, source, at, &url) == LINK_UNSAFE) {
		html_text(&w->out, alt);
	} else {
		writer_add(w, "<img src=\"");
		html_url(&w->out, buf_str(&url));
		add_with(w, "\" alt=\"", alt.p, "\"");
		add_title(w, title);
		writer_add(w, " loading=\"lazy\">");
		/* for those who have asked for no pictures; else the theme hides it */
		if (alt.n) {
			writer_add(w, "<span class=\"alt\">");
			html_text(&w->out, alt);
			writer_add(w, "</span>");
		}
	}
	buf_clear(&url);
}

/* -- what is left out -- */

static void warn_html(struct writer *w, struct str tag, struct spot at)
{
	struct str shown = tag;
	str_next(&tag, '\n', &shown);
	diag_add(w->diag, DIAG_WARNING, "markdown-html", writer_place(w, at), shown,
	    _("Use Markdown instead: **bold**, *italic*, lists, tables. For the sign < itself write &lt;"),
	    _("HTML in the text is left out"));
}

void writer_html_block(struct writer *w, struct str html, struct spot at)
{
	html = str_trim(html);
	if (!(str_starts(html, "<!--") && str_ends(html, "-->")))
		warn_html(w, html, at);
}

/* A closing tag is left out with the opening one, which was warned of. */
void writer_html_inline(struct writer *w, struct str tag, struct spot at)
{
	if (str_starts(tag, "<!--") || str_starts(tag, "</"))
		return;
	warn_html(w, tag, at);
	if (str_starts(tag, "<br"))
		writer_add(w, " ");
}

/* -- code, and the blocks that show data -- */

void writer_code(struct writer *w, struct str info, struct str body, struct spot at)
{
	struct str words = str_trim(info), first = {words.p, 0};
	while (first.n < words.n && words.p[first.n] != ' ' && words.p[first.n] != '\t')
		first.n++;
	bool shows_data =
	    str_is(first, "table") || str_is(first, "chart") || str_is(first, "claim");
	if (w->hooks->fence && shows_data) {
		if (w->hooks->fence(w->hooks->payload, &w->out, words, body, writer_place(w, at)) <
		    0)
			w->failed = true;
		return;
	}
	writer_add(w, "<pre><code");
	if (first.n) {
		writer_add(w, " class=\"language-");
		html_attr(&w->out, first);
		writer_add(w, "\"");
	}
	writer_add(w, ">");
	html_text(&w->out, body);
	writer_add(w, "</code></pre>\n");
}

/* -- tables -- */

/* "Таблица 2: Девятый класс": the number tells tables of one heading apart. */
static void add_table_name(struct writer *w)
{
	if (!w->hooks->table_label)
		return;
	struct buf name = BUF_INIT(BUF_PAGE);
	buf_addf(&name, "%s %zu", w->hooks->table_label, w->ntables);
	if (w->section)
		buf_addf(&name, ": %s", w->section);
	add_with(w, " aria-label=\"", name.data, "\"");
	buf_clear(&name);
}

/* A frame that scrolls has the name; a table without one has it itself. */
void writer_table(struct writer *w, const uint8_t *alignments, size_t columns)
{
	w->ntables++;
	w->page->has_tables = true;
	w->alignments = alignments;
	w->columns = columns < MARKDOWN_TABLE_COLUMNS ? columns : MARKDOWN_TABLE_COLUMNS;
	w->in_body = false;
	for (size_t i = 0; i < w->columns; i++)
		w->headers[i] = "";
	bool wide = w->columns >= MARKDOWN_WIDE;
	writer_add(w,
	    wide ? "<div class=\"wide\" role=\"region\" tabindex=\"0\"" : "<table class=\"cards\"");
	add_table_name(w);
	writer_add(w, wide ? ">\n<table class=\"cards\">\n" : ">\n");
}

void writer_table_end(struct writer *w)
{
	w->in_header = false;
	writer_add(w, w->in_body ? "</tbody>\n</table>\n" : "</table>\n");
	if (w->columns >= MARKDOWN_WIDE)
		writer_add(w, "</div>\n");
}

void writer_row(struct writer *w, bool header)
{
	w->column = 0;
	w->in_header = header;
	writer_add(w, header ? "<thead>\n<tr>" : w->in_body ? "<tr>" : "<tbody>\n<tr>");
	w->in_body = !header;
}

void writer_row_end(struct writer *w)
{
	writer_add(w, w->in_header ? "</tr>\n</thead>\n" : "</tr>\n");
}

/* The first cell of a row is a term and the second says what it means. */
static void add_term(struct writer *w, const char *text)
{
	if (w->column == 1 && w->term)
		w->term->meaning = text;
	if (w->column > 0)
		return;
	struct markdown_term *term = arena_alloc(w->arena, sizeof(*term));
	struct str slug = normalise_slug(w->arena, str_of(text));
	term->id = free_id(w, str_of(arena_printf(w->arena, "term-%.*s", (int)slug.n, slug.p)));
	term->text = text;
	term->meaning = "";
	*w->next_term = w->term = term;
	w->next_term = &term->next;
	buf_addf(&w->out, " id=\"%s\"", term->id);
}

void writer_cell(struct writer *w, const char *text)
{
	size_t i = w->column;
	writer_add(w, w->in_header ? "<th scope=\"col\"" : "<td");
	if (!w->in_header && w->hooks->terms)
		add_term(w, text);
	if (i < w->columns) {
		if (w->alignments[i] == 'r')
			writer_add(w, " class=\"num\"");
		else if (w->alignments[i] == 'c')
			writer_add(w, " class=\"center\"");
		if (w->in_header)
			w->headers[i] = text;
		else if (*w->headers[i])
			add_with(w, " data-h=\"", w->headers[i], "\"");
	}
	writer_add(w, ">");
}

void writer_cell_end(struct writer *w)
{
	writer_add(w, w->in_header ? "</th>" : "</td>");
	w->column++;
}

/* -- footnotes -- */

/* The ids hold a colon, which no id of a heading has. */
void writer_note_ref(struct writer *w, size_t number)
{
	if (number == 0 || number > w->nnotes)
		return;
	unsigned count = ++w->notes[number - 1].written;
	buf_addf(&w->out, "<sup><a href=\"#fn:%zu\" id=\"fnref:%zu", number, number);
	if (count > 1)
		buf_addf(&w->out, ":%u", count);
	buf_addf(&w->out, "\" role=\"doc-noteref\">%zu</a></sup>", number);
}

void writer_note(struct writer *w)
{
	if (w->note++ == 0) {
		writer_add(w, "<section class=\"footnotes\" role=\"doc-endnotes\"");
		if (w->hooks->footnotes_label)
			add_with(w, " aria-label=\"", w->hooks->footnotes_label, "\"");
		writer_add(w, ">\n<ol>\n");
	}
	buf_addf(&w->out, "<li id=\"fn:%zu\">", w->note);
}

void writer_note_back(struct writer *w)
{
	for (unsigned i = 1; i <= w->notes[w->note - 1].refs; i++) {
		buf_addf(&w->out, " <a class=\"back\" href=\"#fnref:%zu", w->note);
		if (i > 1)
			buf_addf(&w->out, ":%u", i);
		writer_add(w, "\" role=\"doc-backlink\"");
		if (w->hooks->back_label)
			add_with(w, " aria-label=\"", w->hooks->back_label, "\"");
		writer_add(w, ">↩</a>");
	}
}

void writer_note_end(struct writer *w)
{
	writer_add(w, "</li>\n");
	if (w->note == w->nnotes)
		writer_add(w, "</ol>\n</section>\n");
}

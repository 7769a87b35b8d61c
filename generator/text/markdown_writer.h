/*
 * markdown_writer - the HTML of a Markdown page, part by part.
 *
 * markdown.c walks the tree of the parser and calls these functions in the
 * order of the text; nothing here knows the parser. They append to w->out,
 * fill w->page, ask the hooks and report to diag. At the end
 * writer_check_anchors().
 *
 * A spot is a place as the parser counts it: line of the text and byte of the
 * line, from 1; 0 unknown. It becomes a place of the file when it is needed.
 */
#ifndef TEXT_MARKDOWN_WRITER_H
#define TEXT_MARKDOWN_WRITER_H

#include "text/markdown.h"

struct spot {
	int line, column;
};

struct footnote {
	unsigned refs, written; /* references in the text */
};

struct anchor_use;

struct writer {
	struct arena *arena;
	const char *file;
	struct str text;
	uint32_t first_line;
	int top;
	const struct markdown_hooks *hooks; /* never NULL */
	struct diag *diag;
	struct markdown_page *page;
	struct buf out;
	bool failed; /* a hook has reported an error */

	struct markdown_heading **last_heading;
	struct markdown_term **next_term, *term; /* where the next goes; of this row */
	struct map ids;                          /* of headings */
	struct anchor_use *anchors;
	const uint32_t *starts; /* of lines, made when the first place is asked for */
	size_t nlines;
	struct {
		int line;
		size_t bytes, chars;
	} counted; /* of a line: where the last place was, the next is mostly after */
	/* the table being written */
	const char *headers[MARKDOWN_TABLE_COLUMNS];
	const uint8_t *alignments; /* 'l', 'c', 'r' or 0 */
	size_t columns, column;
	bool in_header, in_body;
	const char *section; /* the last heading, plain, or NULL */
	size_t ntables;
	/* footnotes: set by the caller before the first one is written */
	struct footnote *notes; /* [nnotes], number 1 first */
	size_t nnotes, note;    /* the one being written, or 0 */
};

void writer_add(struct writer *w, const char *html);

/* #, ##, … of a text; the same level again to end it. */
void writer_heading(struct writer *w, int level, struct str text, int line);
void writer_heading_end(struct writer *w, int level);

/* Whether a link was opened: then end it with </a>. */
bool writer_link(struct writer *w, struct str url, const char *title, struct spot at);
void writer_image(
    struct writer *w, struct str url, const char *title, struct str alt, struct spot at);
/* Warn of raw HTML, which is left out. */
void writer_html_block(struct writer *w, struct str html, struct spot at);
void writer_html_inline(struct writer *w, struct str tag, struct spot at);
void writer_code(struct writer *w, struct str info, struct str body, struct spot at);

void writer_table(struct writer *w, const uint8_t *alignments, size_t columns);
void writer_table_end(struct writer *w);
void writer_row(struct writer *w, bool header);
void writer_row_end(struct writer *w);
/* text is asked for in the header, and where the tables list terms. */
void writer_cell(struct writer *w, const char *text);
void writer_cell_end(struct writer *w);

void writer_note_ref(struct writer *w, size_t number);
void writer_note(struct writer *w);
void writer_note_back(struct writer *w); /* the links back, at the end of its text */
void writer_note_end(struct writer *w);

struct diag_place writer_place(struct writer *w, struct spot at);
void writer_check_anchors(struct writer *w);

#endif

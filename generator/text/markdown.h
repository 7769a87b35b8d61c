/*
 * markdown - GFM to HTML by our own renderer over the tree of cmark-gfm.
 *
 * markdown_init() once, before any thread begins; then markdown_render() from
 * any number of threads.
 *
 * Tables, footnotes, task lists, ~~strikethrough~~ and bare addresses are on.
 * Raw HTML and links with unsafe schemes are left out with a warning that
 * names the place; HTML comments are left out in silence. Headings get stable
 * ids (transliterated, numbered when repeated) and are listed; a link to a
 * #place that no heading has is warned of. Places are line and character of
 * the file (first_line as in yaml.h).
 *
 * Before parsing the text is measured (markdown_bounds.h): what cmark-gfm
 * would need quadratic time for is refused with a message.
 *
 * In running text, headings and links some blanks are no-break spaces
 * (typography.h); code and addresses are as written.
 *
 * What the HTML promises to a theme:
 *   div.wide         around a table of MARKDOWN_WIDE columns or more: a region
 *                    that scrolls, and that a keyboard reaches
 *   table.cards      header cells with scope=col, body cells with data-h, the
 *                    text of their column's header; class num where the column
 *                    is aligned right, center where it is centred
 *   li.task(.done)   with the box as a character in span.box
 *   section.footnotes, a.back
 *   pre > code.language-x
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "base/buf.h"
#include "base/diag.h"

enum { MARKDOWN_BYTES = 4 * 1024 * 1024, MARKDOWN_TABLE_COLUMNS = 100, MARKDOWN_WIDE = 5 };

/* What the page gives; all may be NULL. */
struct markdown_hooks {
	void *payload;
	/*
	 * Called for each link and image destination that has no scheme and is
	 * not a bare #anchor. Write the final URL into out (it is escaped after)
	 * and return 0, or report to diag and return -1 (the text stays, the
	 * link goes).
	 */
	int (*link)(void *payload, struct buf *out, struct str target, struct diag_place at);
	/*
	 * Called for a fenced block whose info string begins with the word table,
	 * chart or claim. `words` is the info string, `body` the content. Write HTML
	 * into out and return 0, or report and return -1.
	 */
	int (*fence)(void *payload, struct buf *out, struct str words, struct str body,
	    struct diag_place at);
	/*
	 * Called for the running text, piece by piece: what is not in headings,
	 * heads of tables, links or code. Write it into out, escaped (typography_html()).
	 */
	void (*text)(void *payload, struct buf *out, struct str text);
	/* The tables are lists of terms: the first cell of each row is one, and
	 * has an id. */
	bool terms;
	/* Words of the site's language, read aloud by screen readers: the list of
	 * footnotes ("Примечания") and the way back from one ("Назад к тексту"). */
	const char *footnotes_label, *back_label;
	/* "Таблица": with its number and the heading above, the name of a table. */
	const char *table_label;
};

struct markdown_heading {
	int level; /* of the HTML: top for # */
	const char *id;
	const char *text; /* plain */
	uint32_t line;
	struct markdown_heading *next;
};

/* A row of a table, with markdown_hooks.terms. */
struct markdown_term {
	const char *id;
	const char *text, *meaning; /* its first two cells, plain */
	struct markdown_term *next;
};

struct markdown_page {
	struct str html;
	struct markdown_heading *headings; /* in order */
	struct markdown_term *terms;       /* likewise */
	struct str first_paragraph;        /* plain text, for descriptions */
	bool has_tables;
};

void markdown_init(void);

/*
 * 0, or -1 when refused or a hook failed (everything wrong is in diag).
 * Headings begin at level `top` (# becomes <h{top}>). Everything of *out
 * lives in the arena. hooks may be NULL.
 */
int markdown_render(struct markdown_page *out, struct arena *a, const char *file, struct str text,
    uint32_t first_line, int top, const struct markdown_hooks *hooks, struct diag *diag);

/* Split a file at its front matter: "---" lines, the first of them the first
 * line of the file. *body_line is the line on which the body begins. Without
 * front matter, or without its second line, all is body. */
void markdown_split(struct str file_text, struct str *front, struct str *body, uint32_t *body_line);

#endif

/*
 * table_html - a table of the department as HTML.
 *
 * The page of a table and the fenced blocks `table …` of Markdown use it. It
 * shows the columns that the file has and that hold anything, with the titles
 * of the dictionary, and of each cell what may be seen: x : – with a legend
 * where one of them occurs. Columns scope and school are one. Columns of
 * metrics that are never published by school are left out and named below.
 *
 * It writes HTML itself rather than through a template: these tables have
 * thousands of cells, and nothing in them but classes of the theme.
 */
#ifndef RENDER_TABLE_HTML_H
#define RENDER_TABLE_HTML_H

#include "render/commit_view.h"

/* Rows whose cell has this value, in its machine-readable form. */
struct table_filter {
	const struct column *column;
	const char *value;
};

struct table_html {
	enum table_id table;
	const char *file;    /* rows of this file alone, or NULL: all */
	const char *caption; /* or NULL */
	bool anchors;        /* each row is the place #L<line> */
	/* Rows of several commits: each leads to its own, #c<number>. Or NULL. */
	const struct origin_list *origins;
	const struct table_filter *filters;
	size_t nfilters;
};

/* How many rows were written; 0 writes nothing. Attachments that cells lead to
 * are published. */
size_t table_html(struct renderer *r, struct buf *out, const struct table_html *spec);

/* Does a row pass the filters and belong to the file? */
bool table_row_fits(const struct renderer *r, const struct table_html *spec, const void *row);

#endif

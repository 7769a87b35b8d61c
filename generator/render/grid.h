/*
 * grid - a table of a page as a view, cell by cell.
 *
 * Begin with grid_begin(), name the columns from the left (the first is that
 * of the row headers), then write rows: grid_row(), and one cell after the
 * other. grid_group() begins a new body with a heading over its rows. What it
 * makes, for the partial grid.mustache:
 *
 *	caption   wide (needs a frame that scrolls), narrow (fits a telephone)
 *	label     the name of the frame: the caption, unless grid_label() gave another
 *	heads     {text, num}
 *	groups    {group: heading or null, rows: {row, row_href, note, cells}}
 *	cells     {head, num, text or null, number or null, status or null}
 *	gaps      one of the symbols x : – stands somewhere: a legend is due
 *
 * A number leads to the line of the file that it came from. Where several
 * numbers of a row came from the same line, the first of them does.
 */
#ifndef RENDER_GRID_H
#define RENDER_GRID_H

#include "render/page.h"

enum { GRID_COLUMNS = 64 };

struct grid {
	struct renderer *r;
	struct view *view;
	struct list *heads, *groups, *rows, *cells;
	const char *titles[GRID_COLUMNS]; /* for narrow screens */
	bool numeric[GRID_COLUMNS];
	size_t ncolumns, at; /* the next cell */
	size_t words;        /* columns of words beside the row headers */
	size_t nrows;
	const struct row *source; /* of the row's last link, or NULL */
	/* Those made already: most cells look like another one. */
	const struct view *gaps[GAP_NOT_APPLICABLE + 1];
	struct {
		const char *word;
		const struct view *view;
	} marks[MARK_NONE + 1];
};

void grid_begin(
    struct grid *g, struct renderer *r, struct view *v, const char *name, const char *caption);
/* Where a page has several tables of one caption, their frames are told apart. */
void grid_label(struct grid *g, const char *label);
void grid_head(struct grid *g, const char *title, bool numeric);
/* The same with another text for narrow screens, where a cell stands alone. */
void grid_head_long(struct grid *g, const char *title, const char *alone, bool numeric);
void grid_group(struct grid *g, const char *title);
/* href may be NULL. The row's view, for fields of its own. */
struct view *grid_row(struct grid *g, const char *title, const char *href);
void grid_text(struct grid *g, const char *text);
void grid_number(struct grid *g, const char *text, enum gap gap, const struct row *source);
void grid_mark(struct grid *g, enum mark mark, const char *word);

#endif

/*
 * csv_cell - the shape of one cell in the text of a CSV file.
 *
 * For text/csv: where a cell begins and ends, whether its quotes are right;
 * and for those who compare files row by row.
 */
#ifndef TEXT_CSV_CELL_H
#define TEXT_CSV_CELL_H

#include "base/str.h"

/* What a cell turned out to be; offsets into the text. */
struct csv_shape {
	size_t begin; /* past blanks: the quote or the first letter */
	size_t end;   /* the separator, the line end, or the end of the text */
	bool open;    /* its quote is never closed */
	bool junk;    /* text stands after its closing quote, at `end` */
};

/* The cell that begins at an offset, right after a separator or line end. */
struct csv_shape csv_shape_at(struct str text, size_t at, char separator);
/* Where the next row begins, after the one that begins at an offset, as
 * csv_read() cuts them: past a wrong row too. At least one byte further, at
 * most the end of the text. */
size_t csv_row_after(struct str text, size_t at, char separator);
/* A blank around cells: a tab is one, unless it separates. */
bool csv_is_blank(char c, char separator);

#endif

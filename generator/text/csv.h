/*
 * csv - rows of a CSV file with their places.
 *
 * csv_read() decodes the bytes (text/charset), finds the separator from the
 * header row, and calls the reader's functions: header() once, row() for
 * each row that is not blank. Fields are views that live as long as the
 * arena and the bytes given; the array of them is the row's own and is used
 * again for the next. Line feeds, carriage returns and both end a line; quoted
 * fields may hold separators, line ends and doubled quotes.
 *
 * header() looks at a candidate header and says whether it fits: with
 * `sure` false it must not report anything (separators, and windows-1251, are
 * being tried) and returns 0 when it fits; with `sure` true it reports what is
 * wrong, and -1 from it ends the reading. row() returns -1 to end it. The
 * charset and the separator stand in *out before header() is asked for sure;
 * a note says which they were when they are not UTF-8 and a comma.
 *
 * Errors go to diag with file:line:column: NUL byte, unclosed quote (at the
 * place where it was opened), text after a closing quote, undecodable bytes,
 * too few and too many cells, too many rows, no header. None of them shows a
 * cell, since nobody has looked yet whether the file may be shown. csv_read()
 * gives -1 when anything was wrong; the rows that could be read were still
 * given. A quote inside a cell that does not begin with one is a letter like
 * others.
 *
 * libcsv knows no positions: it is fed row by row, and the column of a field
 * is looked for only when a message needs it (csv_column).
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include "base/diag.h"
#include "text/charset.h"

enum { CSV_COLUMNS = 400, CSV_ROWS = 5000000 };

struct csv_row {
	uint32_t line; /* of its first character, 1-based */
	size_t count;
	const struct str *fields; /* [count]; blanks around one are kept only inside quotes */
	struct str source;        /* the text of the row, for csv_column() */
};

struct csv_reader {
	void *payload;
	int (*header)(void *payload, const struct csv_row *row, bool sure);
	int (*row)(void *payload, const struct csv_row *row);
	/* A row that cannot be cut into the cells of the header: its source. Or NULL. */
	void (*bad)(void *payload, const struct csv_row *row);
};

struct csv_info {
	enum charset charset;
	char separator;
	uint32_t lines, blank; /* physical lines; blank rows left out */
};

int csv_read(struct csv_info *out, struct arena *a, const char *file, struct str bytes,
    const struct csv_reader *reader, struct diag *diag);

/* Where field number i of a row begins (past the last one: where the row
 * ends): column in characters; *line is its line, which is not the row's when
 * quoted fields before it hold line ends. */
uint32_t csv_column(const struct csv_row *row, char separator, size_t i, uint32_t *line);

/* Writing: a cell quoted when needed; a text cell that a spreadsheet would
 * take for a formula (= + - @ tab) gets an apostrophe before it. */
void csv_cell(struct buf *out, struct str text, bool guard);

#endif

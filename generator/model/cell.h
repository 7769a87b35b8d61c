/*
 * cell - one cell read by the type of its column.
 *
 * cell_read() makes the value of a cell that is not missing, or reports what
 * is wrong with it: rule, place, the cell, and how to mend it. Missing cells
 * are the business of model/table; cell_missing() tells them.
 *
 * What the cells of one file share is a struct cells, made once for it.
 */
#ifndef MODEL_CELL_H
#define MODEL_CELL_H

#include "model/table.h"

struct cells {
	const struct table_context *context;
	struct arena *scratch; /* ends with the reading of the file */
	const char *file;
	char separator;
	const struct csv_row *row; /* the one being read */
	struct map spellings;      /* names of schools met so far → school */
	size_t school;             /* number of the school found last */
};

/* A value by the type of its column, as schema.h says. */
union cell_value {
	const char *text; /* TEXT URL PATH SLUG LIST */
	int64_t count;
	struct decimal number; /* NUMBER PERCENT */
	int small;             /* YEAR ENUM YESNO */
	struct date date;
	const void *row; /* REF SCHOOL */
};

bool cell_missing(struct str text); /* "", "-", "–", "—", "н/д" */
size_t cell_size(enum column_type type);

/* Field number i of the row, without blanks around it. 0, or -1 and an error. */
int cell_read(
    union cell_value *out, struct cells *c, const struct column *column, size_t i, struct str text);

/* The same but for case, ё and the kind of spaces: titles and words. */
bool cell_same(struct str a, struct str b);
struct diag_place cell_place(const struct cells *c, size_t i);

#endif

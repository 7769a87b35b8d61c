/*
 * header - the header row of a table: which column each cell names.
 *
 * header_fits() says whether a row looks like the header of a table, silently
 * (text/csv tries encodings and separators with it). header_bind() finds the
 * columns and reports what is wrong: unknown, missing and repeated columns,
 * personal data. -1 means that nothing of the file may be read.
 */
#ifndef MODEL_HEADER_H
#define MODEL_HEADER_H

#include "model/cell.h"

/* What the cells of one column of the file are. */
struct binding {
	const struct column *column; /* NULL: not read */
	const struct metric *metric; /* open_metrics: the metric, else NULL */
	struct column of_metric;     /* open_metrics: what column points to */
	/* The last cell read well and its value: cells repeat. */
	struct str last;
	union cell_value value;
};

struct header {
	struct binding *bindings; /* [count], as the cells of a row */
	size_t count;
	bool incomplete; /* a required column is missing */
};

/* The column that a title names, without blanks around it, or NULL. */
const struct column *header_column(const struct schema *s, struct str title);
bool header_fits(const struct schema *s, const struct table *metrics, const struct csv_row *row);
/* c->row is the header row. Fills also t->present and t->metrics. */
int header_bind(struct header *out, struct cells *c, struct table *t, const struct table *metrics);

#endif

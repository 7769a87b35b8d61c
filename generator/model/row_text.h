/*
 * row_text - a version of a table as text, for row_digest and row_changes.
 *
 * row_text_open() finds the header; row_text_digest() reads rows behind it,
 * which may be any of the version's, whole and in their order.
 */
#ifndef MODEL_ROW_TEXT_H
#define MODEL_ROW_TEXT_H

#include "model/row_digest.h"

/* A column of the file: how its cells are read, and what the last one gave. */
struct cell_column {
	const struct column *column; /* NULL: not of the dictionary */
	uint64_t salt;
	struct str last;
	uint64_t last_digest;
};

struct row_text {
	enum table_id table;
	struct str text, header;
	size_t body; /* where the rows begin */
	char separator;
	bool readable; /* else it counts as absent */
	struct cell_column *columns;
	size_t ncolumns;
};

/* UTF-8, whatever the bytes are; nothing where they are no text. */
struct str row_text_decode(struct arena *a, struct str bytes);
/* The text has to live as long as *out. */
void row_text_open(struct row_text *out, struct arena *a, enum table_id id, struct str text);
void row_text_digest(
    struct row_digests *out, struct arena *a, const struct row_text *version, struct str rows);

#endif

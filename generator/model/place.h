/*
 * place - where in its file a cell stands that a later check complains of.
 *
 * Rows keep their line, not the columns of their cells: those are looked up
 * when a message needs them, which costs reading the file again. Ask for the
 * messages that will be shown, not for thousands.
 */
#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

#include "model/table.h"

/* A bigger file is not read again for the sake of a column. */
enum { PLACE_BYTES = 4 * 1024 * 1024 };

/*
 * The place of a row's cell, by the canonical name of its column or the id of
 * a metric; only the line where there is no such cell. bytes are those that the
 * table was read from; metrics may be NULL where the table has no such columns.
 */
struct diag_place place_find(const struct table *t, struct str bytes, const struct table *metrics,
    const struct row *row, const char *column);

#endif

/*
 * clash - what two people changed at once, cell by cell.
 *
 * clash_table() reads three versions of a table (the one both began with, ours
 * and theirs), clash_page() three versions of a page, and give the cells that
 * each changed in another way. A cell of a table is named by the key of its row
 * and its column, a cell of a page by a key of its front matter, or is its text.
 *
 * Nothing is checked: a version with errors is read as far as it can be. No
 * cells with a clash means that both changed different ones, only too near to
 * each other to be merged by lines.
 */
#ifndef MODEL_CLASH_H
#define MODEL_CLASH_H

#include "base/arena.h"
#include "model/schema.h"

struct clash {
	const char *row;                  /* "school-1, 2023", or a key of front matter */
	const char *column;               /* NULL: the row, or the value of the key, as a whole */
	const char *base, *ours, *theirs; /* what stood there; NULL: nothing did */
	uint32_t line;                    /* in ours, or 0 */
};

struct clashes {
	struct clash *items; /* in the order of ours, then of theirs */
	size_t count, cap;
};

void clash_table(struct clashes *out, struct arena *a, enum table_id id, struct str base,
    struct str ours, struct str theirs);
void clash_page(
    struct clashes *out, struct arena *a, struct str base, struct str ours, struct str theirs);

#endif

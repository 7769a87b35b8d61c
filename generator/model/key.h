/*
 * key - rows found by their keys.
 *
 * key_write() makes the text of a row's key (model/table says how),
 * key_find() looks for it among the rows of a table, key_add() does so and,
 * when there is none, enters the row that is about to become the last. Rows
 * are told apart by the text of their keys, which is made anew from the row,
 * so a table keeps no copies of them.
 */
#ifndef MODEL_KEY_H
#define MODEL_KEY_H

#include "model/table.h"

/* Stands between the parts of a key: the unit separator. */
enum { KEY_PART = 0x1F };

void key_write(struct buf *out, const struct schema *s, const void *row);
/* The row, or NULL. */
void *key_find(const struct table *t, struct str key);
/* The row that has the key already, or NULL: now row number t->count has it. */
void *key_add(struct table *t, struct arena *a, struct str key);

#endif

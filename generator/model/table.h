/*
 * table - a CSV file read into rows by its schema.
 *
 * table_read() takes the bytes of one file and fills rows of the schema's
 * struct, in the order of the file. It knows every rule of reading: header by
 * canonical or Russian title, types, missing marks, enums, references,
 * schools by name, duplicate keys, personal data. Everything wrong goes to
 * diag with file:line:column, the cell, and a remedy; the return is -1 when
 * there were errors. So that later checks can go on, rows are kept, with the
 * wrong cells missing; not kept are rows without their key or a required
 * cell, and all rows of a table without a required column.
 *
 * The bytes may be freed afterwards: nothing points into them.
 *
 * Several files may be read into one table (the audit has one per date).
 */
#ifndef MODEL_TABLE_H
#define MODEL_TABLE_H

#include "base/diag.h"
#include "model/names.h"
#include "model/tables.h"
#include "text/csv.h"

/* No file of a department's year of data comes near it. */
enum { TABLE_BYTES = 256 * 1024 * 1024 };

/* Row numbers by the hash of their keys (model/key). */
struct table_keys {
	uint64_t *slots; /* upper half of the hash, and row number + 1; or 0 */
	size_t nslots;   /* a power of two */
	size_t room;     /* rows that they are for */
};

struct table {
	const struct schema *schema;
	const char *file; /* "data/<dept>/results.csv" of the last one read, or NULL: absent */
	void *rows;       /* row structs of schema->row_size, contiguous */
	size_t count, cap;
	struct table_keys keys;
	const struct column **present; /* columns the file has, in its order */
	size_t npresent;
	const struct metric **metrics; /* open_metrics: those the file has, in its order */
	size_t nmetrics;
	struct csv_info info;
	bool partial; /* rows were lost to errors: what is not found may be one of them */
};

/* What cells may refer to. Set before reading: tables by id (NULL where none). */
struct table_context {
	struct arena *arena;
	struct diag *diag;
	const struct table *const *tables; /* [TABLE_COUNT] */
	const struct names *names;         /* schools; NULL while schools are read */
	struct date date;                  /* audit: of the file */
};

int table_read(struct table *t, const struct table_context *context, enum table_id id,
    const char *file, struct str bytes);

/* Puts a copy of a row of another table of the schema behind the last one. False:
 * there is a row with its key already. */
bool table_add(struct table *t, struct arena *a, const void *row);

/* Row number i as a pointer to its struct; rows may move while reading. */
void *table_row(const struct table *t, size_t i);
/* By the key's text, or NULL: the parts in the order of the columns, joined by
 * U+001F, in canonical form (ids, canonical words, YYYY-MM-DD, numbers
 * without signs; nothing for a missing cell). The audit's key begins with the
 * date of the file. */
void *table_find(const struct table *t, struct str key);
/* The id of a row: of a table that others refer to, all of which have it as
 * their first text. NULL where it was missing, and for no row. */
const char *row_id(const void *row);

#endif

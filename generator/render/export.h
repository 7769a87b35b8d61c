/*
 * export - the machine-readable output of a department.
 *
 * Each output table is a struct export_table: columns with what the data
 * package says of them, and cells as struct datum, already as the public may
 * see them. export_department() (export.c) fills them all, sorts the rows by
 * key, writes data/<name>.csv and .json with the same rows, then
 * data/datapackage.json. What was written stays in r->exports for the page
 * that lists the downloads.
 *
 * A table that the level of disclosure does not publish is left out of the
 * folder and of the package.
 */
#ifndef RENDER_EXPORT_H
#define RENDER_EXPORT_H

#include "render/datum.h"

/* Types of Table Schema. ANY: a number in one row, a word in another. */
enum export_type {
	EXPORT_STRING,
	EXPORT_INTEGER,
	EXPORT_NUMBER,
	EXPORT_PERCENT, /* 0 to 100 */
	EXPORT_YEAR,
	EXPORT_DATE,
	EXPORT_YESNO,
	EXPORT_URI,
	EXPORT_ANY,
};

struct export_column {
	const char *name, *title; /* no title: that of the theme's words, column_<name> */
	const char *about;        /* or NULL */
	enum export_type type;
	bool key, required;
	const char *const *values; /* closed list of words, or NULL */
	const char *refers;        /* table whose key stands here, or NULL */
	struct str quoted;         /* the name in JSON; set by export_begin() */
};

struct export_table {
	const char *name;  /* "results" */
	const char *title; /* in the site's language */
	const char *about;
	const struct export_column *columns;
	size_t ncolumns;
	struct datum *cells; /* [nrows * ncolumns] */
	size_t nrows, cap;
	size_t csv_bytes, json_bytes; /* once written */
	struct hash_text csv_hash, json_hash;
};

enum { EXPORT_TABLES = 9 };

struct exports {
	struct export_table tables[EXPORT_TABLES];
	size_t count;
	bool withheld; /* some are not published at this level */
};

/* One function per table; false: not published. The name and the columns are
 * set, rows added in any order. */
typedef bool export_fill(struct export_table *t, const struct renderer *r);
export_fill export_schools, export_results, export_roadmap; /* export_tables.c */
export_fill export_documents, export_events, export_audit;
export_fill export_identification, export_basis, export_indicators; /* export_computed.c */

/* The columns of a table of the dictionary; a NULL name ends them. */
const struct export_column *export_schema_columns(const struct renderer *r, const struct schema *s);
/* Begin a table; columns end with a NULL name. */
void export_begin(struct export_table *t, const struct renderer *r, const char *name,
    const struct export_column *columns);
/* A new row of empty cells, valid until the next one. */
struct datum *export_row(struct export_table *t, const struct renderer *r);

/* Write t in either form; rows as they are. */
void export_sort(struct export_table *t);
void export_csv(struct buf *out, const struct export_table *t);
int export_json(struct buf *out, const struct export_table *t);
/* datapackage.json (export_package.c). */
int export_package(struct buf *out, const struct renderer *r, const struct exports *e);

/* The canonical address of a page of the department. */
const char *export_url(const struct renderer *r, const char *path);

#endif

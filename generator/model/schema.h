/*
 * schema - the data dictionary: every table, column, type, key and title.
 *
 * One constant description per table. Reading (model/table), checking, the
 * data package, the structure files and the documentation of the tables all
 * come from it, so a column is described once. schema.c holds the tables.
 *
 * A column says how its cells are read and where the value is stored in the
 * row struct (model/tables.h): offset and type go together as below.
 *
 *	type            stored as              missing
 *	TEXT URL PATH   const char *           NULL
 *	SLUG            const char *           NULL     a-z0-9- (or COLUMN_WIDE)
 *	COUNT           int64_t                -1       whole number ≥ 0
 *	NUMBER PERCENT  struct decimal         !set     percent: 0..100, may end in %
 *	YEAR            int                    0        four digits
 *	DATE            struct date            unset
 *	YESNO           enum yesno             YESNO_MISSING
 *	ENUM            int                    0        1 + place in values
 *	LIST            const char *           NULL     kept as written, parts by |
 *	REF             const void * (a row of `refers`) NULL
 *	SCHOOL          const struct school *  NULL     id, name or alias
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/str.h"

enum table_id {
	/* of a department, in the order of reading: referred tables first */
	TABLE_SCHOOLS,
	TABLE_BODIES,
	TABLE_INDICATORS,
	TABLE_RESULTS,
	TABLE_CONTEXT,
	TABLE_FACTORS,
	TABLE_DECLARED,
	TABLE_TARGETS,
	TABLE_VALUES,
	TABLE_ROADMAP,
	TABLE_SUPPORT,
	TABLE_ERRATA,
	TABLE_RISKS,
	TABLE_SOURCES,
	TABLE_AUDIT, /* one file per date, rows of all files together */
	TABLE_AUDIT_EVIDENCE,
	DEPARTMENT_TABLES,
	/* shared by all departments */
	TABLE_PROCEDURES = DEPARTMENT_TABLES,
	TABLE_METRICS,
	TABLE_CHECKLIST,
	TABLE_SIGNATURES,
	TABLE_WORDS,
	TABLE_EXAM_DAYS,
	/* named by methods */
	TABLE_RULES,
	TABLE_METHOD_FACTORS,
	TABLE_COUNT
};

enum column_type {
	COLUMN_TEXT,
	COLUMN_URL,
	COLUMN_PATH,
	COLUMN_SLUG,
	COLUMN_COUNT,
	COLUMN_NUMBER,
	COLUMN_PERCENT,
	COLUMN_YEAR,
	COLUMN_DATE,
	COLUMN_YESNO,
	COLUMN_ENUM,
	COLUMN_LIST,
	COLUMN_REF,
	COLUMN_SCHOOL,
};

enum column_flags {
	COLUMN_REQUIRED = 1, /* must be there and filled */
	COLUMN_KEY = 2,      /* part of the key; may be empty unless required */
	COLUMN_WIDE = 4,     /* SLUG: letters of any script, digits, - _ . are good too */
};

struct column {
	const char *name;     /* canonical */
	const char *title_ru; /* accepted in headers too */
	const char *about;    /* what stands in it, English, marked N_() */
	enum column_type type;
	unsigned flags;
	size_t offset;                /* in the row struct */
	const char *const *values;    /* ENUM: canonical words, NULL at the end */
	const char *const *values_ru; /* ENUM: Russian words in the same order, or NULL; of
	                                 several parted by | the first is the one to show */
	const char *fallback;         /* ENUM, COUNT: the value of an empty cell, or NULL */
	enum table_id refers;         /* REF */
};

struct schema {
	enum table_id id;
	const char *file;  /* "results.csv" */
	const char *title; /* N_() */
	const struct column *columns;
	size_t count;
	size_t row_size;
	size_t date_offset; /* the audit: of the date of the file, which begins the key; else 0 */
	bool open_metrics;  /* context.csv: further columns are metrics */
	bool scoped;        /* has columns scope and school: a school for scope school, else none */
};

enum yesno { YESNO_MISSING, YESNO_NO, YESNO_YES };

const struct schema *schema_of(enum table_id id);
/* By canonical name, or NULL. */
const struct column *schema_column(const struct schema *s, struct str name);
/* A cell's text by the schema: the canonical word of an ENUM value. */
const char *schema_word(const struct column *c, int value);

#endif

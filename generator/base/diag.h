/*
 * diag - everything that is wrong with the input, gathered in one run.
 *
 * Make one with DIAG_INIT, hand it to whatever reads, and print all of it at
 * the end (diag_print, or walk items[] for JSON). The place that knows the
 * problem adds it: rule id, where, the offending cell, what is wrong, how to
 * mend it. The texts come translated from _(), so they are in the reader's
 * language.
 *
 * Of one rule in one file the first DIAG_SAME are kept and the rest counted:
 * diag_sort() puts the items in order of file, line and column and adds a
 * line "and N more" where some were left out, at the gravest level of its
 * kind. Call it once, before printing.
 *
 * Several threads fill diags of their own; diag_join() moves one into
 * another. A diag owns its arena; diag_clear() frees all.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

#include <stdio.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

enum { DIAG_SAME = 20 };

struct diag_item {
	enum diag_level level;
	const char *rule;   /* stable id, e.g. "csv-unknown-column" */
	const char *file;   /* relative to the site, or NULL */
	uint32_t line;      /* 1-based, 0 unknown */
	uint32_t column;    /* 1-based character of the line, 0 unknown */
	const char *cell;   /* the offending text, or NULL */
	const char *text;   /* what is wrong */
	const char *remedy; /* how to mend it, or NULL */
	uint32_t order;     /* of being added: breaks ties */
};

struct diag {
	struct arena arena;
	struct diag_item *items;
	size_t count, cap;
	size_t errors, warnings; /* all of them, also those left out */
	struct map left_out;     /* "rule\nfile" → counter */
};

#define DIAG_INIT \
	{ \
		.arena = ARENA_INIT \
	}

/* Where a problem stands; pass by value: DIAG_AT(file, line, column). */
struct diag_place {
	const char *file;
	uint32_t line, column;
};
#define DIAG_AT(f, l, c) ((struct diag_place){(f), (uint32_t)(l), (uint32_t)(c)})
#define DIAG_NOWHERE     ((struct diag_place){NULL, 0, 0})

/*
 * Add a problem. cell and remedy may be NULL or empty; format is the message.
 * Long cells are cut to 60 characters, messages and remedies to 2000; control
 * characters are made visible in each, and in file names.
 */
void diag_add(struct diag *d, enum diag_level level, const char *rule, struct diag_place at,
    struct str cell, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
/* A remedy that names the nearest word, or, where near is NULL, the other one. */
const char *diag_nearest(struct arena *a, const char *near, const char *otherwise);
/* Would one more problem of this rule in this file be kept? Work that is done
 * for the sake of a message, as looking for the nearest word, need not be done
 * for one that is only counted. */
bool diag_keeps(const struct diag *d, const char *rule, const char *file);
/*
 * Somebody answers for warnings of this rule in this file; with a cell only for
 * those of that cell. They become notes, and so do those that were left out
 * when there is no cell; note is added to what they say. Returns how many.
 */
size_t diag_accept(
    struct diag *d, const char *rule, const char *file, const char *cell, const char *note);
void diag_join(struct diag *into, struct diag *from); /* from is emptied */
void diag_sort(struct diag *d);
/*
 *   data/x/results.csv:14:23: error: "1100": a share is between 0 and 100
 *       Mend: …
 * colour adds ANSI colours.
 */
void diag_print(const struct diag *d, FILE *to, bool colour);
/* Append one item as a line in the form above. */
void diag_write(struct buf *out, const struct diag_item *item, bool colour);
void diag_clear(struct diag *d);

#endif

/*
 * datum - the cells of a row, read back through the data dictionary.
 *
 * datum_of() gives a cell in its machine-readable form: a word of a closed
 * list by its canonical name, a school or another row by its id, a date as
 * YYYY-MM-DD. datum_shown() is the same as far as the public may see it: ask
 * it for everything that is published. datum_metric() is the cell of a metric
 * in context.csv, whose columns are open.
 *
 * datum_words() is a cell as readers see it, in the language of the site.
 */
#ifndef RENDER_DATUM_H
#define RENDER_DATUM_H

#include "render/page.h"

enum datum_kind { DATUM_EMPTY, DATUM_HIDDEN, DATUM_TEXT, DATUM_NUMBER };

struct datum {
	enum datum_kind kind;
	const char *text; /* TEXT */
	struct frac number;
};

struct datum datum_text(const char *text);     /* NULL or "": empty */
struct datum datum_number(struct frac number); /* unset: empty */
struct datum datum_yesno(enum yesno yesno);
struct datum datum_hidden(struct datum d); /* empty stays empty */

struct datum datum_of(struct arena *a, const struct column *c, const void *row);
struct datum datum_shown(
    const struct renderer *r, enum table_id table, const struct column *c, const void *row);
/* As it may be seen. */
struct datum datum_metric(
    const struct renderer *r, const struct context *context, const struct metric *m);

/* A number of a row with its printed decimals; words in the site's language;
 * "" when empty. Does not ask whether it may be shown. */
const char *datum_words(const struct renderer *r, const struct column *c, const void *row);
/* The title of a column and of a table, in the site's language. */
const char *datum_column_title(const struct renderer *r, const struct column *c);
const char *datum_table_title(const struct renderer *r, enum table_id table);
/* The file's name without its ending: "results"; key and address of a table. */
const char *datum_table_name(struct arena *a, enum table_id table);
/* What sources.csv says of a table ("results.csv"), or NULL. */
const struct source *datum_table_source(const struct renderer *r, const char *file);
/* The first of several words parted by |, as the dictionary lists them. */
const char *datum_word(const struct renderer *r, const struct column *c, int value);

#endif

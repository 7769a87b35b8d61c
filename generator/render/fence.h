/*
 * fence - the words after ``` of a block that shows a table, a chart or a claim.
 *
 * fence_read() takes the info string apart; the rest find what its words
 * mean, or report what is wrong with its place and the nearest word, and then
 * give NULL or -1.
 */
#ifndef RENDER_FENCE_H
#define RENDER_FENCE_H

#include "render/body.h"
#include "render/table_html.h"

enum { FENCE_WORDS = 16 };

struct fence_word {
	struct str text;
	uint32_t column; /* of its first character, in the line of the fence */
};

struct fence {
	struct renderer *r;
	struct diag_place at;
	struct fence_word words[FENCE_WORDS];
	size_t count;
	const char *id; /* unique in the page */
};

/* 0, or -1: too many words, an open quote. */
int fence_read(struct fence *f, const struct body_state *s, struct str info, struct diag_place at);
/* Report a word. near may be NULL: then remedy is said instead. Gives -1. */
int fence_complain(const struct fence *f, const char *rule, const struct fence_word *word,
    const char *near, const char *remedy, const char *text);
/* The two sides of column=value; false when there is no "=". */
bool fence_split(const struct fence_word *word, struct fence_word *key, struct fence_word *value);

/* The table that a path names. 0, or -1. */
int fence_table(const struct fence *f, const struct fence_word *path, struct table_html *out);
/* column=value. 0, or -1. */
int fence_filter(const struct fence *f, const struct fence_word *word,
    const struct table_html *table, struct table_filter *out);
const struct school *fence_school(const struct fence *f, const struct fence_word *name);

/* chart … (fence_chart.c). 0, or -1. */
int fence_chart(const struct fence *f, struct buf *out);
/* claim … (fence_claim.c), text is what stands in the block. 0, or -1. */
int fence_claim(const struct fence *f, const char *file, struct str text, struct buf *out);

#endif

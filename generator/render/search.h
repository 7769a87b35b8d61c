/*
 * search - what a reader can find, and how.
 *
 * The pages of a department name themselves with search_add() while they are
 * made: what has no page in this profile is not found either. The entries
 * outlive the department in its summary; page_search() makes of all of them
 * the lists search/ and search/<department>/, which need no script, and the
 * index that the script in the browser reads piece by piece:
 *
 *	search/index.js   the beginnings of words that have a file
 *	search/t<…>.js    stems with one beginning → numbers of entries; in the
 *	                  name, each letter is four hexadecimal digits
 *	search/<n>.js     SEARCH_BLOCK entries: kind, title, more, address, department
 *
 * Each calls vidno.found(name, value): a script, unlike data, can be read by
 * a page that was opened from a folder. A stem that stands in very many
 * entries has 1 in place of their numbers, a word that says nothing ("для")
 * has 0. Numbers are given as the step from the one before.
 */
#ifndef RENDER_SEARCH_H
#define RENDER_SEARCH_H

#include "render/page.h"

/* In the order in which they are listed. */
enum search_kind {
	SEARCH_SCHOOL,
	SEARCH_DOCUMENT,
	SEARCH_INDICATOR,
	SEARCH_MEASURE,
	SEARCH_KINDS,
};

struct search_entry {
	enum search_kind kind;
	const char *title, *more; /* more may be NULL */
	const char *path;         /* within the department; may carry an anchor */
};

enum {
	SEARCH_BLOCK = 64,    /* entries of a file */
	SEARCH_PART = 16384,  /* bytes of a file of stems, about */
	SEARCH_COMMON = 3000, /* entries that a stem leads to */
};

/* An entry and its department. */
struct search_place {
	const struct search_entry *entry;
	const struct summary *summary;
	struct str key; /* the title folded: the order of the lists */
};

void search_add(struct renderer *r, enum search_kind kind, const char *title, const char *more,
    const char *path);
/* The entries of a department, or with NULL of all, by kind, then by title. */
struct search_place *search_places(
    const struct renderer *r, const struct summary *of, size_t *count);
/* Writes the index; *version changes with it. 0 or -1. */
int search_index(
    struct renderer *r, const struct search_place *places, size_t count, struct hash_text *version);

#endif

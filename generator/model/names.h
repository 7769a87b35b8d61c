/*
 * names - which school a cell means.
 *
 * names_init() over the rows of schools.csv, then names_find() as often as
 * wanted. A school is found by its id, else by any of its names and aliases
 * in the normal form of text/normalise. It is read-only after names_init().
 */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include "base/map.h"
#include "model/tables.h"

enum { NAMES_CANDIDATES = 5 };

struct names_link;

struct names {
	struct arena *arena;
	struct map by_id;   /* id → school */
	struct map by_name; /* normal form → list of schools (struct names_link) */
	const struct school *schools;
	size_t count;
};

struct names_answer {
	const struct school *school; /* the one that fits, or NULL */
	/* else: several that fit, or the nearest ones */
	const struct school *candidates[NAMES_CANDIDATES];
	size_t ncandidates;
	bool ambiguous;
};

void names_init(struct names *n, struct arena *a, const struct school *schools, size_t count);
/* The one school that fits, or NULL (*ambiguous: several do): for many cells,
 * without looking for candidates. */
const struct school *names_get(
    const struct names *n, struct arena *scratch, struct str cell, bool *ambiguous);
/* The same with candidates, for a message. */
struct names_answer names_find(const struct names *n, struct arena *scratch, struct str cell);

#endif

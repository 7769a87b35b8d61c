/*
 * support_facts - facts of departments made in memory, to be compared.
 *
 * versions_begin() once; version_begin() and the tables on v->f for each
 * version, then version_end(), which gives its facts; they live until
 * versions_end(). The order of versions: the present one first, so that the
 * others obey its settings.
 */
#ifndef SUPPORT_FACTS_H
#define SUPPORT_FACTS_H

#include "compute/change.h"
#include "support_department.h"

struct versions {
	struct fixture f;
	struct arena arena;
	struct disclosure_terms terms;
	struct facts present;
	size_t count;
	enum profile profile;
};

void versions_begin(struct versions *v, enum profile profile);
void versions_end(struct versions *v);
void version_begin(struct versions *v, const char *front_matter);
/* Also through text and back. */
struct facts version_end(struct versions *v);

/* The fact, or NULL. */
const struct fact *find_fact(
    const struct facts *all, enum fact_kind kind, int year, const char *part, const char *subject);
/* What a list of changes says, a line for each field, for comparison:
 * "edited result 2022 oge-math/school a: participants 30 -> 31". */
const char *changes_text(struct versions *v, const struct changes *c);
/* Compared, settled with the present version, and as text. */
const char *versions_differ(struct versions *v, const struct facts *old, const struct facts *new);

#endif

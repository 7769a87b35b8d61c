/*
 * audit_itemprop - the marks of a page by the algorithm of the official
 * recommendations (9.0.0, part 5) to order 1493 of Rosobrnadzor.
 *
 * All tags with itemprop of a subsection's page, and of the pages that its
 * addRef links name, are put into a light tree: the nearest marked tag around
 * is the parent, unmarked ones between are skipped. A wanted mark that has a
 * parent of its own is looked for upwards to the first suitable one; without
 * one it counts as standing at the root, so a child after its parent (not in
 * it) is not found where it is wanted. Marks nested deeper than one level
 * below their suitable parent are not counted.
 *
 * Beyond the official program, names with quotes that were typed as part of
 * them (itemprop=”fio”) and names in another case are found as well, and said
 * to be sloppy: a person would see what is meant.
 */
#ifndef COMPUTE_AUDIT_ITEMPROP_H
#define COMPUTE_AUDIT_ITEMPROP_H

#include "model/checklist.h"
#include "text/htmldoc.h"

/* The marks that may be parents and children: from the checklist's rows. */
struct itemprop_wanted {
	const char *name, *parent; /* parent NULL: stands at the root */
};

enum itemprop_state {
	ITEMPROP_MISSING,
	ITEMPROP_FOUND,
	ITEMPROP_EMPTY, /* found, with nothing inside */
	ITEMPROP_ABSENT, /* found, and says "отсутствует", "нет" or "не предусмотрено" */
	ITEMPROP_ORPHAN, /* only outside of its parent */
};

struct itemprop_answer {
	enum itemprop_state state;
	size_t count; /* of good places */
	bool sloppy, case_differs, hidden;
	const struct htmldoc *page; /* the first good place, else the first of any */
	const struct htmldoc_prop *prop;
};

/* The pages whose marks count as marks of this one: at most ten. */
enum { ITEMPROP_REFERENCES = 10 };
struct itemprop_references {
	struct str hrefs[ITEMPROP_REFERENCES];
	size_t count;
};
struct itemprop_references itemprop_references_of(const struct htmldoc *page);

/* pages: the subsection's page first, then those of its addRef links. */
struct itemprop_answer itemprop_look(const struct itemprop_wanted *wanted,
    const struct htmldoc *const *pages, size_t npages, const struct checklist *list);

#endif

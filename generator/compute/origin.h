/*
 * origin - which commit a row of a table comes from.
 *
 * The commit of a row at commit C is that of the same row at the first parent
 * of C, in the order of the parents, whose version of the table has a row that
 * says the same (model/row_digest); where none has, it is C. This is what
 * blame does for lines, but by what rows say: a table that was only sorted,
 * or saved in another encoding, keeps its origins.
 *
 * origin_find() goes over the commits once, from the oldest to the newest, and
 * asks for the differences of neighbouring versions only, so that its work
 * grows with what was changed, not with commits × rows. It begins with nothing,
 * or with what was found for an older commit (seed), so that a later run only
 * goes over the commits since. Pure: versions are numbers, and the caller says
 * how they differ.
 */
#ifndef COMPUTE_ORIGIN_H
#define COMPUTE_ORIGIN_H

#include "model/row_digest.h"

#define ORIGIN_NONE UINT32_MAX

/* Commits are numbered so that parents have larger numbers than their
 * children; number 0 is the newest, whose rows are asked for. */
struct origin_commit {
	const uint32_t *parents;
	size_t nparents;
};

/* A row: how many of a version say the same, and the commit they come from. */
struct origin {
	uint64_t digest;
	uint32_t commit, count;
};

struct origins {
	struct origin *items;
	size_t count;
};

struct origin_table {
	const struct origin_commit *commits;
	const uint32_t *versions; /* of the table in each commit, or ORIGIN_NONE: none */
	size_t count;
	/* What is known of the last commit, which then has no parents; or NULL. The
	 * commits in it are given back as they are: number them from `count` on. */
	const struct origins *seed;
	/* Rows that leave and rows that come between two versions, of which either
	 * may be ORIGIN_NONE. Called in the order of time. */
	void *payload;
	void (*differ)(void *payload, uint32_t from, uint32_t to, struct row_digests *removed,
	    struct row_digests *added);
};

/* The rows of commit 0, in no order; in the arena. */
struct origins origin_find(struct arena *a, const struct origin_table *t);

#endif

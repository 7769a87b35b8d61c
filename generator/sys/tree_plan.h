/*
 * tree_plan - what the output folder will hold; for tree_switch.c alone.
 *
 * plan_make() compares the old manifest with what was built and changes
 * nothing on the disk. It gives -1 with a message in the tree's diag when two
 * owners want one name, or when a manifest would grow too large. End with
 * plan_clear(), whatever it gave.
 */
#ifndef SYS_TREE_PLAN_H
#define SYS_TREE_PLAN_H

#include "sys/tree_parts.h"

/* One unit of the old or the new site, or of both. */
struct plan_unit {
	struct str id;
	const struct manifest_unit *old; /* or NULL */
	const struct tree_unit *new;     /* UNIT_READY only, or NULL */
	bool gone;
};

struct plan_asset {
	struct str path;
	unsigned age;
	bool listed; /* in the old manifest */
	bool fresh;  /* waits in staging */
	bool gone;   /* unused for too long */
};

struct plan {
	struct tree *tree;
	struct arena arena;
	struct plan_unit *units; /* by id */
	size_t nunits;
	struct plan_asset *assets; /* by path */
	size_t nassets;
	/* Old units and top-level files that stand where something new will. */
	struct map early;
	struct buf final; /* the manifest at the end */
	struct buf both;  /* and while old and new are there */
};

#define PLAN_INIT(t) \
	{ \
		.tree = (t), .final = BUF_INIT(MANIFEST_SIZE), .both = BUF_INIT(MANIFEST_SIZE) \
	}

int plan_make(struct plan *p, enum tree_scope scope);
bool plan_has_work(const struct plan *p);               /* false: all is as it was */
const struct plan_unit *plan_top(const struct plan *p); /* or NULL */
/* The set of the paths of manifest lines. */
struct map plan_files(struct plan *p, struct str lines);
void plan_clear(struct plan *p);

#endif

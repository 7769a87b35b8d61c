/*
 * tree_parts - what the files of tree share; for them alone.
 *
 * tree_open.c opens, locks and recovers the output folder, tree_scan.c holds
 * it against the manifest, tree.c takes files and compares them, tree_plan.c
 * and tree_switch.c make them the site. All that waits for the switch lies in
 * the staging folder:
 *
 *   .vidno-staging/vidno        the marker: the folder is ours
 *                  new.<id>/    a changed unit, whole; the '/' of an id is a blank
 *                  old.<id>/    spare name (see swap.h)
 *                  gone.<n>     units and files taken away
 *                  top/ assets/ new and changed single files
 *                  manifest, manifest.next
 */
#ifndef SYS_TREE_PARTS_H
#define SYS_TREE_PARTS_H

#include "sys/manifest.h"
#include "sys/tree.h"

#include <pthread.h>

#define TREE_STAGING ".vidno-staging"
#define TREE_MARKER  "vidno"

enum tree_state { UNIT_OPEN, UNIT_READY, UNIT_KEPT, UNIT_ABANDONED };
enum tree_kind { UNIT_FOLDER, UNIT_TOP, UNIT_ASSETS };

struct tree_unit {
	struct tree_unit *next; /* of the tree */
	struct tree *tree;
	struct diag *diag;
	char *id, *fingerprint;
	enum tree_kind kind;
	enum tree_state state;
	bool failed, changed;
	int live, stage;    /* folders, or -1 */
	struct arena arena; /* until it is committed */
	struct map files;   /* path → &marks[0] the same as live, &marks[1] written */
	char marks[2];
	struct buf lines; /* all files, as manifest lines */
	struct buf fresh; /* those that are written; not for UNIT_FOLDER */
	char *compare;    /* memory for comparing */
	size_t count, written;
};

struct tree {
	char *path;
	size_t made; /* length of the first folder of path that we made, or 0 */
	unsigned flags;
	int root;
	struct diag *diag;
	struct arena arena;
	struct manifest old;
	const char *label;        /* in the arena, or NULL */
	struct tree_unit *units;  /* newest first */
	struct tree_unit *assets; /* begun with the tree; assets_lock */
	struct diag assets_diag;
	struct map begun; /* id → struct tree_unit; lock */
	bool staged;      /* the staging folder is there; lock */
	pthread_mutex_t lock, assets_lock;
};

/* Opens everything; on failure a message is in diag, and tree_release() is due. */
enum tree_status tree_open(struct tree *t);
/* Looks for foreign files, and for units that have lost some of theirs. */
enum tree_status tree_scan(struct tree *t);
/* Removes the staging folder, closes and frees. */
void tree_release(struct tree *t);
int tree_make_staging(struct tree *t);
int tree_remove_staging(struct tree *t);

/* Brings everything to life, or changes nothing. */
enum tree_status tree_switch(struct tree *t, enum tree_scope scope, struct tree_report *report);

/* The name in the staging folder of a unit: kind is "new" or "old". */
const char *tree_staged(struct arena *a, const char *kind, const char *id);

/* The error for errno at a path beneath the output folder. */
void tree_complain(const struct tree *t, struct diag *diag, const char *path);

#endif

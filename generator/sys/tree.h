/*
 * tree - the output folder, changed as a whole or not at all.
 *
 * The output is made of units, each a folder of its own (a department), of
 * the site's own top-level pages (the unit TREE_TOP, no folder of its own)
 * and of assets. Order of calls:
 *
 *   tree_begin           opens and locks the folder, checks it
 *   tree_label, tree_fingerprint
 *                        what the last build left with the whole, with a unit
 *   tree_set_label       if the whole has one
 *   for each unit, from any thread, several units at once:
 *     tree_unit_begin, tree_unit_file …, tree_unit_commit (or _abandon)
 *     or tree_unit_keep  for a unit that need not be built
 *   tree_asset           any time before tree_end, from any thread
 *   tree_end             switches everything, or tree_abandon
 *
 * Nothing of the live site changes before tree_end(). A file that is the same
 * as the live one is not written: when only some of a unit differ, the others
 * are hard links (same inode, same time); when none differs the folder is not
 * touched. tree_end() first adds the assets, then exchanges the folders of
 * the units (renameat2 with RENAME_EXCHANGE), then the top-level files one by
 * one, then takes away what is gone, and last writes the manifest. Every step
 * is a rename that is undone when a later one fails, so after any error the
 * old site is whole and nothing else is left.
 *
 * A department may take the place of a page that goes, and a page that of a
 * department: the old one then leaves first.
 *
 * Where the file system has no RENAME_EXCHANGE, a folder is moved away and
 * the new one in: two renames, between them some microseconds without that
 * folder. A run killed there is repaired by the next tree_begin().
 *
 * `.vidno-manifest` in the output folder lists every file that we wrote. Only
 * what it lists is ever removed. Any other file is foreign: tree_begin() then
 * fails with TREE_FOREIGN, naming up to TREE_FOREIGN_SHOWN of them, before
 * anything is written. Empty folders do not count. `.vidno-staging` is where
 * new files wait; one left by a killed run is removed by tree_begin().
 *
 * Nothing is synced to the disk unless TREE_SYNC is asked for: it then costs
 * one syncfs before the switch and an fsync after it. Without it, a power cut
 * within half a minute of the switch may leave empty pages; the next build
 * compares every byte and puts them right.
 *
 * Every path is checked: relative, no empty part, no part that begins with a
 * dot, no control characters. Messages go to the diag given to tree_begin()
 * or tree_unit_begin(): one diag per thread.
 */
#ifndef SYS_TREE_H
#define SYS_TREE_H

#include "base/diag.h"

#define TREE_TOP "."

enum tree_status {
	TREE_OK = 0,
	TREE_FAILED = -1,   /* the file system said no, or a path was bad */
	TREE_BUSY = -2,     /* another build holds this output folder */
	TREE_FOREIGN = -3,  /* files that we did not write */
	TREE_MANIFEST = -4, /* the manifest cannot be read or is damaged */
};

enum tree_flags { TREE_SYNC = 1 };

/*
 * TREE_ALL: units neither built nor kept are removed, assets not added again
 * grow older and are removed with the next build but one. TREE_SOME: only
 * what was built changes (--only).
 */
enum tree_scope { TREE_ALL, TREE_SOME };

enum { TREE_FOREIGN_SHOWN = 20, TREE_PATH = 1024, TREE_FINGERPRINT = 256 };

struct tree;
struct tree_unit;

struct tree_report {
	size_t written;   /* files that are new or differ */
	size_t unchanged; /* files given to us that were there already */
	size_t removed;   /* files taken away */
	size_t switched;  /* units exchanged or added */
};

/* The folder is created when it does not exist. diag and path are used until
 * the end; *out is NULL on failure. */
enum tree_status tree_begin(struct tree **out, const char *path, unsigned flags, struct diag *diag);

/* The word that tree_set_label() was given when anything was last brought
 * into the folder, or NULL. Killed runs and lost files do not change that. */
const char *tree_label(const struct tree *t);
/* Before the first unit; printable ASCII without blanks, else it is not kept.
 * Without this call the folder keeps the label it has. */
void tree_set_label(struct tree *t, const char *label);

/* What tree_unit_commit() was given when the unit was last built, or NULL:
 * not built, or files of it have gone. Valid until the end. */
const char *tree_fingerprint(struct tree *t, const char *id);

/* id is TREE_TOP or a folder: "kezhma", or "releases/2025", no deeper. Parts
 * do not begin with a dot, and no unit lies in another.
 * NULL with a message in diag when it is bad or was begun before. */
struct tree_unit *tree_unit_begin(struct tree *t, const char *id, struct diag *diag);
/* One file, its path relative to the unit's folder. The first failure sticks:
 * later calls do nothing, and tree_unit_commit() gives it back. */
int tree_unit_file(struct tree_unit *u, const char *path, struct str bytes);
/* The unit is whole and waits for tree_end(). fingerprint may be NULL; it is
 * printable ASCII without blanks, else it is not kept. On failure the unit is
 * abandoned. */
int tree_unit_commit(struct tree_unit *u, const char *fingerprint);
/* Forget what was written; the live unit stays. u may be NULL. */
void tree_unit_abandon(struct tree_unit *u);
/* The live unit stays as it is. -1 when there is none. */
int tree_unit_keep(struct tree *t, const char *id);

/* A file whose name changes with its content. Its path is relative to the
 * output folder. */
int tree_asset(struct tree *t, const char *path, struct str bytes);

/* Both end the tree and free it; report may be NULL. A unit neither committed
 * nor abandoned counts as abandoned. */
enum tree_status tree_end(struct tree *t, enum tree_scope scope, struct tree_report *report);
void tree_abandon(struct tree *t); /* t may be NULL */

#endif

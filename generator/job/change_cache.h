/*
 * change_cache - what was found to differ between pairs of commits.
 *
 * One file for a department, a profile and a set of disclosure terms, in the
 * folder vidno of the git directory. It holds, by key, the facts of both
 * versions that differ: from these the changes are made anew, so that what may
 * be told is decided each time. A value that was hidden when they were taken
 * is not in the file.
 *
 * Open it with change_cache_open(), ask, add what was not known, and end with
 * change_cache_close(), which writes the file when something was added. A file
 * that is damaged, or of another version of the program, is as none. When it
 * grows past CHANGE_CACHE_BYTES only what was asked for or added stays.
 */
#ifndef JOB_CHANGE_CACHE_H
#define JOB_CHANGE_CACHE_H

#include "compute/fact.h"

enum { CHANGE_CACHE_BYTES = 64 * 1024 * 1024 };

/* Of one pair: the facts that differ. */
struct change_entry {
	struct facts old, new;
	const char *title; /* of the department */
	bool old_there, new_there, old_errors, new_errors;
	bool used;
	struct str text; /* as in the file */
};

struct change_cache {
	struct arena arena;
	const char *folder, *name;
	struct map entries; /* key → struct change_entry */
	bool changed;
};

/* folder: the git directory; what: all that the facts depend on besides the
 * two commits. */
void change_cache_open(struct change_cache *c, const char *folder, const char *what);
/* The entry, or NULL. */
struct change_entry *change_cache_get(struct change_cache *c, const char *key);
/* Copies what it is given; the copy. */
struct change_entry *change_cache_put(
    struct change_cache *c, const char *key, const struct change_entry *entry);
void change_cache_close(struct change_cache *c);

#endif

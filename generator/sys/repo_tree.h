/*
 * repo_tree - what a commit holds.
 *
 * Trees are read once and kept, by their ids: asking for 20 paths in each of
 * 500 commits reads a folder only as often as it changed. The same id means
 * the same bytes, of a file as of a whole folder, in whichever commit.
 */
#ifndef SYS_REPO_TREE_H
#define SYS_REPO_TREE_H

#include "sys/repo.h"

enum repo_kind {
	REPO_FILE,
	REPO_FOLDER,
	REPO_LINK,   /* a symbolic link: its blob is the target */
	REPO_MODULE, /* another repository: its id is no object of this one */
};

struct repo_entry {
	char oid[REPO_OID + 1];
	enum repo_kind kind;
};

/* What stood at a path of the site in a commit; "" is the site's folder.
 * Symbolic links are not followed. REPO_MISSING: nothing. */
enum repo_status repo_entry(
    struct repo *r, const char *commit, const char *path, struct repo_entry *out);

/* The bytes of a file (or the target of a link) as git stores them, ended by a
 * zero byte that is not counted. What is larger than max is never read. */
enum repo_status repo_blob(
    struct repo *r, const char *oid, struct arena *a, size_t max, struct str *out);

#endif

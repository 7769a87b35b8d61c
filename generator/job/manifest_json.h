/*
 * manifest_json - what a site is made of, so that anybody can make it again.
 *
 * manifest.json stands at the top of a site that is kept in git, and one with
 * the files alone in the folder of each department:
 *
 *	{"manifest": 1, "program": "0.1.0", "commit": "40 digits",
 *	 "modified": false, "date": "2026-01-31", "profile": "public",
 *	 "theme": SHA-256,
 *	 "releases": {"2025-q4": "40 digits"},
 *	 "parts": {"kezhma/manifest.json": SHA-256},
 *	 "inputs": {"content/kezhma/index.md": SHA-256},
 *	 "files": {"index.html": SHA-256}}
 *
 * modified: the folder had changes that are in no commit. parts and files are
 * relative to the manifest, inputs to the site; inputs are named only when the
 * repository is public, since a hash of a hidden number can be guessed. What
 * lies under releases/ is frozen and not listed.
 *
 * A list is filled by several threads only under a lock of the caller's.
 */
#ifndef JOB_MANIFEST_JSON_H
#define JOB_MANIFEST_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "text/hash.h"

#define MANIFEST_JSON "manifest.json"

enum { MANIFEST_JSON_BYTES = 64 * 1024 * 1024 };

struct hashed_file {
	const char *path;
	struct hash_text hash;
};

struct hashed_files {
	struct arena *arena;
	struct hashed_file *items;
	size_t count, cap;
};

struct manifest_json {
	const char *program, *commit, *date, *profile; /* NULL but at the top */
	const char *theme;                             /* hash, or NULL */
	bool modified;
	struct hashed_files releases; /* names; the "hash" is the commit */
	struct hashed_files parts, inputs, files;
};

void hashed_add(struct hashed_files *f, const char *path, const char *hash);
/* Lists are sorted by path. */
void manifest_json_write(struct buf *out, struct manifest_json *m);
/* As it was written, and nothing else: -1 when it is not. */
int manifest_json_read(struct manifest_json *out, struct arena *a, struct str text);

#endif

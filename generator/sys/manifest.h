/*
 * manifest - the list of what we wrote into an output folder.
 *
 * A text file, one line for each thing:
 *
 *   vidno-manifest 1
 *   l public                  the label of the whole, if it has one
 *   u kezhma 3f9c…            a unit: its folder and fingerprint, "-" for none
 *   f schools/one/index.html  a file of the unit above
 *   u . -                     the top-level pages
 *   f index.html
 *   a 0 assets/site.3f9c.css  an asset: for how many builds it is unused
 *
 * Reading gives views into the text, which is borrowed: a country's manifest
 * costs its size and little more. A damaged one is refused as a whole, since
 * what it lists may be removed.
 */
#ifndef SYS_MANIFEST_H
#define SYS_MANIFEST_H

#include "base/buf.h"
#include "base/map.h"

#define MANIFEST_NAME ".vidno-manifest"

enum { MANIFEST_SIZE = 256 * 1024 * 1024, MANIFEST_ID = 200 };

struct manifest_unit {
	struct str id, fingerprint; /* fingerprint empty: none */
	struct str lines;           /* its "f …" lines */
	size_t count;               /* of files */
	bool whole;                 /* all of them are there (set by the scan) */
};

struct manifest_asset {
	struct str path;
	unsigned age;
};

struct manifest {
	struct str text;
	struct str label; /* empty: none */
	struct manifest_unit *units;
	size_t nunits;
	struct manifest_asset *assets;
	size_t nassets;
	struct map by_id; /* id → struct manifest_unit */
};

/* 0, or the number of the line that is wrong. Everything lives in a. */
uint32_t manifest_parse(struct manifest *m, struct arena *a, struct str text);
struct manifest_unit *manifest_unit(const struct manifest *m, struct str id); /* or NULL */
/* The next path of a unit's lines; false at the end. */
bool manifest_next(struct str *lines, struct str *path);

void manifest_begin(struct buf *out, struct str label); /* empty: none */
void manifest_add_unit(struct buf *out, struct str id, struct str fingerprint, struct str lines);
void manifest_add_file(struct buf *lines, struct str path);
void manifest_add_asset(struct buf *out, struct str path, unsigned age);

/* Relative, no empty part, none that begins with a dot, no control characters. */
bool manifest_path_ok(struct str path);
bool manifest_id_ok(struct str id); /* one or two such parts without blanks, or "." */
bool manifest_fingerprint_ok(struct str fingerprint);

#endif

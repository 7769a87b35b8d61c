/*
 * repo_tag - named versions.
 */
#ifndef SYS_REPO_TAG_H
#define SYS_REPO_TAG_H

#include "sys/repo_write.h"

/* An annotated tag of a commit. REPO_EXISTS: of this name there is one, and it
 * stays as it is. REPO_NAME: git does not allow the name. */
enum repo_status repo_tag(struct repo *r, const char *name, const char *commit,
    const struct repo_person *who, const char *message);

struct repo_tag {
	const char *name;       /* with the prefix */
	char oid[REPO_OID + 1]; /* of the commit */
	int64_t time;           /* of the tag, or of the commit when not annotated */
	const char *message;    /* valid UTF-8; "" when not annotated */
};

struct repo_tags {
	struct repo_tag *items; /* sorted by bytes */
	size_t count;
};

/* The tags of commits whose names begin so. */
enum repo_status repo_tags(
    struct repo_tags *out, struct arena *a, struct repo *r, const char *prefix);

#endif

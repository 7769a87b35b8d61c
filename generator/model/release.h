/*
 * release - a state of the site that was given a name, and stays as it was.
 *
 * `vidno release NAME` makes it: an annotated tag release/NAME. The site shows
 * it under releases/NAME/.
 */
#ifndef MODEL_RELEASE_H
#define MODEL_RELEASE_H

#include "base/date.h"
#include "base/str.h"

#define RELEASE_TAGS "release/" /* before the name of a tag */

struct release {
	const char *name;   /* what may stand in an address: release_name_ok() */
	const char *commit; /* 40 hexadecimal digits */
	struct date date;   /* on which it was named */
	const char *reason; /* the first line of the tag's message; may be "" */
};

struct releases {
	struct release *items; /* the newest first */
	size_t count;
};

/* a-z, 0-9, '.', '-' and '_', beginning with a letter or digit; at most 60. */
bool release_name_ok(struct str name);

#endif

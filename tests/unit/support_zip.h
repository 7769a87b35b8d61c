/* ZIP archives for tests, made of names and texts. */
#ifndef SUPPORT_ZIP_H
#define SUPPORT_ZIP_H

#include "base/arena.h"
#include "base/buf.h"

struct zip_file {
	const char *name;
	struct str text;
	bool packed; /* deflated, else stored */
};

/* The archive lives in the arena. */
struct str support_zip(struct arena *a, const struct zip_file *files, size_t count);

#endif

/*
 * mapped - a large file as bytes, without reading it whole.
 *
 * The file must not become shorter meanwhile. mapped_close() also of one that
 * was never opened.
 */
#ifndef SYS_MAPPED_H
#define SYS_MAPPED_H

#include "base/str.h"

struct mapped {
	struct str bytes;
};

/* 0, or -1 with errno. */
int mapped_open(struct mapped *m, const char *path);
void mapped_close(struct mapped *m);

#endif

/*
 * keep - files that may be lost.
 *
 * A cache of the program lies in a folder "vidno" of another one (the git
 * directory). Nothing here fails: what cannot be written is not kept, and what
 * cannot be read was never there. A file is replaced as a whole, so another
 * process sees the old one or the new one. What is read may be damaged: whoever
 * keeps it says how to tell.
 */
#ifndef SYS_KEEP_H
#define SYS_KEEP_H

#include "base/arena.h"
#include "base/str.h"

/* 0, or -1: there is none, or it is larger than max. */
int keep_read(struct str *out, struct arena *a, const char *folder, const char *name, size_t max);
void keep_write(const char *folder, const char *name, struct str bytes);

#endif

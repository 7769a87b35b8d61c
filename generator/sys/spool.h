/*
 * spool - bytes that are too many for memory.
 *
 * Begin with SPOOL_INIT(dir), a descriptor of a folder; spool_add() keeps the
 * first SPOOL_MEMORY bytes in memory and then moves all to a file without a
 * name in that folder. spool_str() lends them as one text until the next add;
 * spool_clear() frees all, and the file is gone with it, as it is when the
 * program is killed. The first failure sticks.
 */
#ifndef SYS_SPOOL_H
#define SYS_SPOOL_H

#include "base/buf.h"

enum { SPOOL_MEMORY = 512 * 1024 };

struct spool {
	int dir, fd; /* fd -1: in memory */
	struct buf bytes;
	uint64_t size;
	void *map;
	size_t mapped;
	int err; /* errno */
};

#define SPOOL_INIT(d) \
	{ \
		.dir = (d), .fd = -1, .bytes = BUF_INIT(SPOOL_MEMORY) \
	}

int spool_add(struct spool *s, struct str bytes); /* 0, or -1 with errno */
int spool_str(struct spool *s, struct str *out);  /* the same */
void spool_clear(struct spool *s);

#endif

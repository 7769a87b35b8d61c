/*
 * swap - renames that are undone together.
 *
 * swap_in() puts a prepared file or folder in a live place; what stood there
 * comes to lie where the prepared one was. swap_out() takes a live one away.
 * Each is one step; when one fails (-1 with errno), swap_undo() takes back
 * all that went before, last first. swap_end() frees the list and keeps the
 * result. All paths are relative to dir. Folders that lead to a place are
 * made.
 *
 * spare is a name beside the prepared things, needed where two cannot be
 * exchanged at once: the live one is moved there, the prepared one in. A
 * folder found under its spare name after a crash belongs in its live place.
 */
#ifndef SYS_SWAP_H
#define SYS_SWAP_H

#include "base/arena.h"

struct swap_step;

struct swap {
	int dir;
	struct arena arena;
	struct swap_step *steps;
	size_t count, cap;
};

#define SWAP_INIT(fd) \
	{ \
		.dir = (fd), .arena = ARENA_INIT \
	}

int swap_in(struct swap *s, const char *prepared, const char *live, const char *spare);
int swap_out(struct swap *s, const char *live, const char *away);
int swap_undo(struct swap *s); /* -1: something could not be put back */
void swap_end(struct swap *s);

#endif

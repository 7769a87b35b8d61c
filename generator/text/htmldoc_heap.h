/*
 * htmldoc_heap - the memory of a parser that reads anybody's page: bounded,
 * and let go all at once.
 *
 * Begin with HTMLDOC_HEAP_INIT; heap_take() and heap_give() are its malloc and
 * free, heap_clear() ends it whatever was given back. Past the bound
 * heap_take() gives NULL, and the caller ends the parser.
 *
 * A tree need not be freed node by node, so no nesting is too deep for that.
 */
#ifndef TEXT_HTMLDOC_HEAP_H
#define TEXT_HTMLDOC_HEAP_H

#include "base/arena.h"

enum { HEAP_SMALL = 512, HEAP_STEP = 16, HEAP_CLASSES = HEAP_SMALL / HEAP_STEP + 1 + 64 };

struct heap_free;

struct htmldoc_heap {
	struct arena arena;
	size_t most; /* bytes from the system */
	struct heap_free *free[HEAP_CLASSES];
};

#define HTMLDOC_HEAP_INIT(bytes) \
	{ \
		.most = (bytes) \
	}

void *heap_take(struct htmldoc_heap *h, size_t size);
void heap_give(struct htmldoc_heap *h, void *p); /* NULL is fine */
void heap_clear(struct htmldoc_heap *h);

#endif

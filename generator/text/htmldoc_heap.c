/*
 * Blocks of an arena with their class before them. What is given back hangs in
 * the list of its class: one for each step of 16 bytes, above that one for each
 * power of two.
 */
#include "text/htmldoc_heap.h"

#include <stdint.h>

/* Keeps what follows aligned as malloc does. */
union head {
	size_t kind;
	char room[HEAP_STEP];
};

struct heap_free {
	struct heap_free *next;
};

/* The class of a size, and how large all of the class are. */
static size_t class_of(size_t *size)
{
	if (*size <= HEAP_SMALL) {
		size_t steps = *size ? (*size + HEAP_STEP - 1) / HEAP_STEP : 1;
		*size = steps * HEAP_STEP;
		return steps;
	}
	size_t bits = 64 - (size_t)__builtin_clzll(*size - 1);
	*size = (size_t)1 << bits;
	return HEAP_SMALL / HEAP_STEP + bits;
}

void *heap_take(struct htmldoc_heap *h, size_t size)
{
	if (size > h->most)
		return NULL;
	size_t kind = class_of(&size);
	struct heap_free *p = h->free[kind];
	if (p) {
		h->free[kind] = p->next;
		return p;
	}
	if (h->arena.total + size > h->most)
		return NULL;
	union head *head = arena_alloc(&h->arena, sizeof(*head) + size);
	head->kind = kind;
	return head + 1;
}

void heap_give(struct htmldoc_heap *h, void *p)
{
	struct heap_free *back = p;
	if (!p)
		return;
	size_t kind = ((union head *)p - 1)->kind;
	back->next = h->free[kind];
	h->free[kind] = back;
}

void heap_clear(struct htmldoc_heap *h)
{
	arena_clear(&h->arena);
	*h = (struct htmldoc_heap)HTMLDOC_HEAP_INIT(h->most);
}

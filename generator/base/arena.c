/*
 * Blocks hang on each other; allocation cuts from the last one and opens a
 * new block when it does not fit. Block sizes double up to a megabyte, so a
 * small department costs one block and a large one few. Blocks that a rewind
 * takes back hang on each other too, the one that was filled first in front.
 *
 * What is handed out is zeroed then, and not the block when it is opened: most
 * arenas live shortly and use little of it.
 */
#include "base/arena.h"

#include "base/format.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BLOCK = 16 * 1024,
	LARGEST_STEP = 1024 * 1024,
	LARGE = 256 * 1024, /* comes zeroed from the kernel, and untouched */
	ALIGN = 16
};

struct arena_block {
	struct arena_block *previous;
	size_t size; /* of bytes[]; keeps them aligned to 16 */
	char bytes[];
};

_Noreturn void die_no_memory(void)
{
	fputs("vidno: out of memory\n", stderr);
	exit(3);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		die_no_memory();
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		die_no_memory();
	return p;
}

char *xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;
	return memcpy(xmalloc(size), s, size);
}

static void begin_block(struct arena *a, struct arena_block *block)
{
	block->previous = a->last;
	a->last = block;
	a->size = block->size;
	a->used = 0;
}

/* True: its bytes are zero. */
static bool add_block(struct arena *a, size_t need)
{
	struct arena_block *spare = a->spare;
	if (spare && spare->size >= need) {
		a->spare = spare->previous;
		begin_block(a, spare);
		return false;
	}
	size_t size = a->size ? a->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
#ifdef VIDNO_ARENA_MALLOC
	size = need;
#endif
	if (size < need)
		size = need;
	bool zeroed = need >= LARGE;
	size_t all = sizeof(struct arena_block) + size;
	struct arena_block *block = zeroed ? calloc(1, all) : malloc(all);
	if (!block)
		die_no_memory();
	block->size = size;
	begin_block(a, block);
	a->total += all;
	return zeroed;
}

/* zeroed may be NULL: whoever asks fills it all. */
static void *cut(struct arena *a, size_t size, bool *zeroed)
{
	bool zero = false;
	if (size > SIZE_MAX - LARGEST_STEP)
		die_no_memory();
#ifndef VIDNO_ARENA_MALLOC
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
#endif
	if (!a->last || a->size - a->used < size || (size == 0 && a->used == a->size))
		zero = add_block(a, size ? size : 1);
	void *p = a->last->bytes + a->used;
	a->used += size;
#ifdef VIDNO_ARENA_MALLOC
	a->used = a->size;
#endif
	if (zeroed)
		*zeroed = zero;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	bool zeroed;
	void *p = cut(a, size, &zeroed);
	return zeroed ? p : memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		die_no_memory();
	return arena_alloc(a, bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	if (len == SIZE_MAX)
		die_no_memory();
	char *copy = cut(a, len + 1, NULL);
	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	char small[512]; /* most texts: formatted once */
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = format_text(small, sizeof(small), format, args);
	va_end(args);
	char *text = arena_alloc(a, len < 0 ? 1 : (size_t)len + 1);
	if (len >= 0 && (size_t)len < sizeof(small))
		memcpy(text, small, (size_t)len);
	else if (len >= 0)
		format_text(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return items;
	size_t wanted = *cap ? *cap * 2 : 8;
	void *grown = arena_array(a, wanted, size);
	if (count)
		memcpy(grown, items, count * size);
	*cap = wanted;
	return grown;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){a->last, a->used};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->last != mark.last) {
		struct arena_block *block = a->last, *previous = block->previous;
#ifdef VIDNO_ARENA_MALLOC
		free(block);
#else
		block->previous = a->spare;
		a->spare = block;
#endif
		a->last = previous;
		a->used = a->size = previous ? previous->size : 0;
	}
	a->used = mark.used;
}

static void free_blocks(struct arena_block *block)
{
	while (block) {
		struct arena_block *previous = block->previous;
		free(block);
		block = previous;
	}
}

void arena_clear(struct arena *a)
{
	free_blocks(a->last);
	free_blocks(a->spare);
	*a = (struct arena)ARENA_INIT;
}

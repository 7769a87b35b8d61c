/*
 * arena - memory that is freed together.
 *
 * Begin with ARENA_INIT, allocate freely, end with arena_clear(); the arena
 * is then empty and usable again. Memory comes zeroed and aligned for any
 * type. Nothing is freed singly, but arena_rewind() takes back all that was
 * allocated since arena_mark() and keeps the memory for what comes next: it
 * is still in the processor's cache. Running out of memory ends the program
 * here (die_no_memory) and nowhere else.
 *
 * Built with VIDNO_ARENA_MALLOC (the sanitizer builds) each allocation is a
 * malloc of its own, so that a read past its end is seen.
 *
 * An arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *last;
	size_t used, size;         /* of the last block */
	size_t total;              /* bytes taken from the system */
	struct arena_block *spare; /* taken back */
};

struct arena_mark {
	struct arena_block *last;
	size_t used;
};

#define ARENA_INIT \
	{ \
		0 \
	}

void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size); /* product checked */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len); /* always terminated */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Before anything was allocated. */
#define ARENA_EMPTY ((struct arena_mark){0})

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);
void arena_clear(struct arena *a);

/*
 * Grow an array that lives in an arena: returns items, moved when count has
 * reached *cap. The old place stays allocated; growth doubles, so the waste
 * is bounded by the final size.
 */
void *arena_grow(struct arena *a, void *items, size_t count, size_t *cap, size_t size);

/* Plain memory for what outlives an arena; NULL never comes back. */
void *xmalloc(size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
_Noreturn void die_no_memory(void);

#endif

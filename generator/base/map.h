/*
 * map - from text to a pointer.
 *
 * Begin with MAP_INIT(arena); keys and entries live in that arena, keys are
 * copied. Values are borrowed. Nothing is ever removed; the order of
 * insertion is kept in entries[] and is the order to walk in. The map ends
 * with its arena.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_entry *entries; /* [count], in order of insertion */
	size_t count, cap;
	uint32_t *slots; /* entry number + 1, or 0; a power of two of them */
	size_t nslots;
};

#define MAP_INIT(a) \
	{ \
		.arena = (a) \
	}

/* The value, or NULL. */
void *map_get(const struct map *m, struct str key);
/* The same with its str_hash(), to look in several maps. */
void *map_find(const struct map *m, struct str key, uint64_t hash);
/* Put a value; returns the one that stood there before, or NULL. */
void *map_put(struct map *m, struct str key, void *value);
/* The entry of a key, made with value NULL when new. Valid until the next
 * insertion. */
struct map_entry *map_entry(struct map *m, struct str key);

#endif

/*
 * Open addressing with linear steps over slot numbers that point into the
 * list of entries. Nothing is removed, so there are no tombstones.
 */
#include "base/map.h"

static size_t find_slot(const struct map *m, struct str key, uint64_t hash)
{
	size_t mask = m->nslots - 1, slot = (size_t)hash & mask;
	while (m->slots[slot]) {
		const struct map_entry *e = &m->entries[m->slots[slot] - 1];
		if (e->hash == hash && str_eq(e->key, key))
			break;
		slot = (slot + 1) & mask;
	}
	return slot;
}

static void grow_slots(struct map *m)
{
	m->nslots = m->nslots ? m->nslots * 2 : 16;
	m->slots = arena_array(m->arena, m->nslots, sizeof(*m->slots));
	for (size_t i = 0; i < m->count; i++)
		m->slots[find_slot(m, m->entries[i].key, m->entries[i].hash)] = (uint32_t)i + 1;
}

void *map_find(const struct map *m, struct str key, uint64_t hash)
{
	if (!m->nslots)
		return NULL;
	size_t slot = find_slot(m, key, hash);
	return m->slots[slot] ? m->entries[m->slots[slot] - 1].value : NULL;
}

void *map_get(const struct map *m, struct str key)
{
	return map_find(m, key, str_hash(key));
}

struct map_entry *map_entry(struct map *m, struct str key)
{
	if ((m->count + 1) * 4 > m->nslots * 3)
		grow_slots(m);
	uint64_t hash = str_hash(key);
	size_t slot = find_slot(m, key, hash);
	if (m->slots[slot])
		return &m->entries[m->slots[slot] - 1];
	m->entries = arena_grow(m->arena, m->entries, m->count, &m->cap, sizeof(*m->entries));
	struct map_entry *e = &m->entries[m->count++];
	e->key = (struct str){arena_strndup(m->arena, key.p, key.n), key.n};
	e->hash = hash;
	e->value = NULL;
	m->slots[slot] = (uint32_t)m->count;
	return e;
}

void *map_put(struct map *m, struct str key, void *value)
{
	struct map_entry *e = map_entry(m, key);
	void *before = e->value;
	e->value = value;
	return before;
}

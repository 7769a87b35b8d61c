/*
 * A hash table of row numbers, open addressing, at most half full. Half of
 * the hash stands beside the number, so that a row is looked at only when it
 * is almost certainly the one. It grows with the room for rows.
 */
#include "model/key.h"

#include <string.h>

/* The room for a number or a date as text. */
struct small {
	char s[24];
};

static struct str integer(int64_t n, struct small *room)
{
	char *end = room->s + sizeof(room->s), *p = end;
	for (; n > 0 || p == end; n /= 10)
		*--p = (char)('0' + n % 10);
	return (struct str){p, (size_t)(end - p)};
}

static struct str day(struct date d, struct small *room)
{
	struct date_text text = date_iso(d);
	memcpy(room->s, text.s, sizeof(text.s));
	return (struct str){room->s, strlen(text.s)};
}

static const void *pointed(const void *value)
{
	const void *target;
	memcpy(&target, value, sizeof(target));
	return target;
}

/* The canonical text of a key column's value. */
static struct str part_of(const struct column *c, const void *row, struct small *room)
{
	const char *value = (const char *)row + c->offset;
	switch (c->type) {
	case COLUMN_YEAR: {
		int year = *(const int *)(const void *)value;
		return year ? integer(year, room) : STR("");
	}
	case COLUMN_ENUM:
		return str_of(schema_word(c, *(const int *)(const void *)value));
	case COLUMN_COUNT: {
		int64_t count = *(const int64_t *)(const void *)value;
		return count >= 0 ? integer(count, room) : STR("");
	}
	case COLUMN_DATE:
		return day(*(const struct date *)(const void *)value, room);
	case COLUMN_REF:
	case COLUMN_SCHOOL:
		return str_of(row_id(pointed(value)));
	default: /* text of some kind: no number with a point is a key */
		return str_of(pointed(value));
	}
}

static struct str date_part(const struct schema *s, const void *row, struct small *room)
{
	struct date d;
	memcpy(&d, (const char *)row + s->date_offset, sizeof(d));
	return day(d, room);
}

void key_write(struct buf *out, const struct schema *s, const void *row)
{
	struct small room;
	bool first = true;
	if (s->date_offset) {
		struct str part = date_part(s, row, &room);
		buf_add(out, part.p, part.n);
		first = false;
	}
	for (size_t i = 0; i < s->count; i++) {
		if (!(s->columns[i].flags & COLUMN_KEY))
			continue;
		struct str part = part_of(&s->columns[i], row, &room);
		if (!first)
			buf_addc(out, KEY_PART);
		buf_add(out, part.p, part.n);
		first = false;
	}
}

/* Take a part from the front of a key; false when it does not stand there. */
static bool eat(struct str *key, struct str part, bool first)
{
	if (!first) {
		if (key->n == 0 || key->p[0] != KEY_PART)
			return false;
		key->p++;
		key->n--;
	}
	if (key->n < part.n || memcmp(key->p, part.p, part.n) != 0)
		return false;
	key->p += part.n;
	key->n -= part.n;
	return true;
}

static bool has_key(const struct schema *s, const void *row, struct str key)
{
	struct small room;
	bool first = true;
	if (s->date_offset) {
		if (!eat(&key, date_part(s, row, &room), first))
			return false;
		first = false;
	}
	for (size_t i = 0; i < s->count; i++) {
		if (!(s->columns[i].flags & COLUMN_KEY))
			continue;
		if (!eat(&key, part_of(&s->columns[i], row, &room), first))
			return false;
		first = false;
	}
	return key.n == 0;
}

static const uint64_t NUMBER = 0xFFFFFFFFu;

/* The slot of a key: of its row, or the empty one where it belongs. */
static size_t find_slot(const struct table *t, struct str key, uint64_t hash)
{
	const struct table_keys *k = &t->keys;
	size_t mask = k->nslots - 1, slot = (size_t)hash & mask;
	for (; k->slots[slot]; slot = (slot + 1) & mask)
		if ((k->slots[slot] & ~NUMBER) == (hash & ~NUMBER) &&
		    has_key(t->schema, table_row(t, (k->slots[slot] & NUMBER) - 1), key))
			break;
	return slot;
}

static void enter(struct table_keys *k, size_t slot, uint64_t hash, size_t row)
{
	k->slots[slot] = (hash & ~NUMBER) | (row + 1);
}

/* Slots for all the rows there is room for. */
static void make_slots(struct table *t, struct arena *a)
{
	struct table_keys *k = &t->keys;
	struct buf key = BUF_INIT(BUF_PAGE);
	k->room = t->cap;
	k->nslots = 16;
	while (k->nslots < k->room * 2)
		k->nslots *= 2;
	k->slots = arena_array(a, k->nslots, sizeof(*k->slots));
	for (size_t i = 0; i < t->count; i++) {
		buf_reset(&key);
		key_write(&key, t->schema, table_row(t, i));
		uint64_t hash = str_hash(buf_str(&key));
		enter(k, find_slot(t, buf_str(&key), hash), hash, i);
	}
	buf_clear(&key);
}

void *key_find(const struct table *t, struct str key)
{
	if (!t->keys.nslots)
		return NULL;
	uint64_t entry = t->keys.slots[find_slot(t, key, str_hash(key))];
	return entry ? table_row(t, (entry & NUMBER) - 1) : NULL;
}

void *key_add(struct table *t, struct arena *a, struct str key)
{
	if (t->count >= t->keys.room)
		make_slots(t, a);
	uint64_t hash = str_hash(key);
	size_t slot = find_slot(t, key, hash);
	uint64_t entry = t->keys.slots[slot];
	if (entry)
		return table_row(t, (entry & NUMBER) - 1);
	enter(&t->keys, slot, hash, t->count);
	return NULL;
}

/*
 * Fields are appended and looked for from the last back, so that the latest
 * of a name wins. Views are mostly small: comparing hashes in a row beats any
 * index. Past INDEX_FROM fields (the theme's words, a large page) a view gets
 * a table of slots with linear steps.
 */
#include "text/value.h"

#include <string.h>

enum { INDEX_FROM = 24, FIRST_SLOTS = 64 };

/* Most names have eight bytes to sixteen: two words say all. */
static inline bool same_bytes(const char *a, const char *b, size_t len)
{
	uint64_t x, y;
	if (len > 2 * sizeof(x))
		return memcmp(a, b, len) == 0;
	if (len < sizeof(x)) {
		while (len > 0 && a[len - 1] == b[len - 1])
			len--;
		return len == 0;
	}
	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	if (x != y)
		return false;
	memcpy(&x, a + len - sizeof(x), sizeof(x));
	memcpy(&y, b + len - sizeof(y), sizeof(y));
	return x == y;
}

static inline bool is_named(const struct view_field *f, const char *name, size_t len, uint32_t hash)
{
	return f->name.hash == hash && f->name.len == len && same_bytes(f->name.p, name, len);
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t *find_slot(const struct view *v, const char *name, size_t len, uint32_t hash)
{
	size_t mask = v->nslots - 1, slot = hash & mask;
	while (v->slots[slot] && !is_named(&v->fields[v->slots[slot] - 1], name, len, hash))
		slot = (slot + 1) & mask;
	return &v->slots[slot];
}

static void index_field(struct view *v, size_t i)
{
	const struct view_field *f = &v->fields[i];
	*find_slot(v, f->name.p, f->name.len, f->name.hash) = (uint32_t)i + 1;
}

static void build_index(struct view *v)
{
	v->nslots = v->nslots ? v->nslots * 4 : FIRST_SLOTS;
	v->slots = arena_array(v->arena, v->nslots, sizeof(*v->slots));
	for (size_t i = 0; i < v->count; i++)
		index_field(v, i);
}

const struct value *view_get(const struct view *v, const char *name, size_t len, uint32_t hash)
{
	if (v->slots) {
		uint32_t field = *find_slot(v, name, len, hash);
		return field ? &v->fields[field - 1].value : NULL;
	}
	for (size_t i = v->count; i-- > 0;)
		if (is_named(&v->fields[i], name, len, hash))
			return &v->fields[i].value;
	return NULL;
}

struct view *view_new(struct arena *a)
{
	struct view *v = arena_alloc(a, sizeof(*v));
	v->arena = a;
	return v;
}

struct view *view_new_of(struct arena *a, size_t room)
{
	struct view *v = arena_alloc(a, sizeof(*v) + room * sizeof(*v->fields));
	v->arena = a;
	v->fields = (struct view_field *)(v + 1);
	v->cap = room;
	return v;
}

struct view *view_copy(struct arena *a, const struct view *from)
{
	struct view *v = view_new(a);
	v->count = v->cap = from->count;
	v->nslots = from->nslots;
	if (v->count)
		v->fields = memcpy(arena_array(a, v->count, sizeof(*v->fields)), from->fields,
		    v->count * sizeof(*v->fields));
	if (v->nslots)
		v->slots = memcpy(arena_array(a, v->nslots, sizeof(*v->slots)), from->slots,
		    v->nslots * sizeof(*v->slots));
	return v;
}

static void keep_index(struct view *v)
{
	if (v->count * 2 > v->nslots)
		build_index(v);
	else
		index_field(v, v->count - 1);
}

struct value *view_place(struct view *v, struct view_name name)
{
	if (v->count == v->cap)
		v->fields = arena_grow(v->arena, v->fields, v->count, &v->cap, sizeof(*v->fields));
	struct view_field *f = &v->fields[v->count++];
	f->name = name;
	if (v->count >= INDEX_FROM)
		keep_index(v);
	return &f->value;
}

void view_add(struct view *v, struct view_name name, enum value_kind kind, struct str text)
{
	*view_place(v, name) = (struct value){.kind = kind, .as.text = text};
}

void view_int(struct view *v, const char *name, long long n)
{
	view_text(v, name, arena_printf(v->arena, "%lld", n));
}

struct list *view_list(struct view *v, const char *name)
{
	struct list *l = list_new(v->arena);
	view_set(v, name, (struct value){.kind = VALUE_LIST, .as.list = l});
	return l;
}

struct view *view_view(struct view *v, const char *name)
{
	struct view *inner = view_new(v->arena);
	view_share(v, name, inner);
	return inner;
}

struct list *list_new(struct arena *a)
{
	struct list *l = arena_alloc(a, sizeof(*l));
	l->arena = a;
	return l;
}

void list_add(struct list *l, struct value value)
{
	l->items = arena_grow(l->arena, l->items, l->count, &l->cap, sizeof(*l->items));
	l->items[l->count++] = value;
}

void list_text(struct list *l, const char *text)
{
	enum value_kind kind = text ? VALUE_TEXT : VALUE_NULL;
	list_add(l, (struct value){.kind = kind, .as.text = str_of(text)});
}

static struct view *listed(struct list *l, struct view *v)
{
	list_add(l, (struct value){.kind = VALUE_VIEW, .as.view = v});
	return v;
}

struct view *list_view(struct list *l)
{
	return listed(l, view_new(l->arena));
}

struct view *list_view_of(struct list *l, size_t room)
{
	return listed(l, view_new_of(l->arena, room));
}

bool value_is_true(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
	case VALUE_FALSE:
		return false;
	case VALUE_TEXT:
	case VALUE_RAW:
		return v->as.text.n > 0;
	case VALUE_LIST:
		return v->as.list->count > 0;
	case VALUE_TRUE:
	case VALUE_VIEW:
		break;
	}
	return true;
}

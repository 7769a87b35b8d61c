/*
 * Fields are appended and looked for from the last back, so that the latest
 * of a name wins. Views are mostly small: comparing hashes in a row beats any
 * index. Past INDEX_FROM fields (the theme's words, a large page) a view gets
 * a table of slots with linear steps.
 */
#include "text/value.h"

#include <string.h>

enum { INDEX_FROM = 24, FIRST_SLOTS = 64 };

uint32_t view_hash(const char *name, size_t len)
{
	return (uint32_t)str_hash((struct str){name, len});
}

static bool is_named(const struct view_field *f, const char *name, size_t len, uint32_t hash)
{
	return f->hash == hash && f->len == len && memcmp(f->name, name, len) == 0;
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
	*find_slot(v, f->name, f->len, f->hash) = (uint32_t)i + 1;
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

void view_set(struct view *v, const char *name, struct value value)
{
	size_t len = strlen(name);
	v->fields = arena_grow(v->arena, v->fields, v->count, &v->cap, sizeof(*v->fields));
	v->fields[v->count] = (struct view_field){
	    .name = name, .len = (uint32_t)len, .hash = view_hash(name, len), .value = value};
	v->count++;
	if (v->count < INDEX_FROM)
		return;
	if (v->count * 2 > v->nslots)
		build_index(v);
	else
		index_field(v, v->count - 1);
}

static struct value text_value(const char *text)
{
	if (!text)
		return (struct value){.kind = VALUE_NULL};
	return (struct value){.kind = VALUE_TEXT, .as.text = str_of(text)};
}

void view_text(struct view *v, const char *name, const char *text)
{
	view_set(v, name, text_value(text));
}

void view_str(struct view *v, const char *name, struct str text)
{
	view_set(v, name, (struct value){.kind = VALUE_TEXT, .as.text = text});
}

void view_raw(struct view *v, const char *name, struct str html)
{
	view_set(v, name, (struct value){.kind = VALUE_RAW, .as.text = html});
}

void view_int(struct view *v, const char *name, long long n)
{
	view_text(v, name, arena_printf(v->arena, "%lld", n));
}

void view_flag(struct view *v, const char *name, bool flag)
{
	view_set(v, name, (struct value){.kind = flag ? VALUE_TRUE : VALUE_FALSE});
}

void view_null(struct view *v, const char *name)
{
	view_set(v, name, (struct value){.kind = VALUE_NULL});
}

struct list *view_list(struct view *v, const char *name)
{
	struct list *l = list_new(v->arena);
	view_set(v, name, (struct value){.kind = VALUE_LIST, .as.list = l});
	return l;
}

void view_share(struct view *v, const char *name, const struct view *shared)
{
	view_set(v, name, (struct value){.kind = VALUE_VIEW, .as.view = shared});
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
	list_add(l, text_value(text));
}

struct view *list_view(struct list *l)
{
	struct view *v = view_new(l->arena);
	list_add(l, (struct value){.kind = VALUE_VIEW, .as.view = v});
	return v;
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

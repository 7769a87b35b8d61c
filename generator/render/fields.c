/*
 * A node is a field as all pages together showed it: the kinds of value it
 * had, and for lists and views the fields inside. A shared view is known by
 * fields that no other view has; what is inside goes to a node of its own.
 */
#include "render/fields.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 12, SHARED_FIELDS = 3 };

struct node {
	unsigned kinds; /* bits 1 << enum value_kind */
	const char *shared;
	struct map inside;
};

static const struct shared {
	const char *name, *fields[SHARED_FIELDS];
} shareds[] = {
    {"grid", {"heads", "groups", "caption"}},
    {"mark", {"word", "class", "wait"}},
    {"number", {"text", "gap", "source"}},
};
enum { SHARED = sizeof(shareds) / sizeof(*shareds) };

static struct node *node_of(struct map *map, const char *name)
{
	struct map_entry *e = map_entry(map, str_of(name));
	if (!e->value) {
		struct node *made = arena_alloc(map->arena, sizeof(*made));
		*made = (struct node){.inside = MAP_INIT(map->arena)};
		e->value = made;
	}
	return e->value;
}

/* -- gathering ----------------------------------------------------------------- */

static bool has(const struct view *v, const char *name)
{
	size_t len = strlen(name);
	return view_get(v, name, len, view_hash(name, len)) != NULL;
}

static const char *shared_name(const struct view *v)
{
	for (size_t i = 0; i < SHARED; i++) {
		bool all = true;
		for (size_t k = 0; k < SHARED_FIELDS; k++)
			all = all && has(v, shareds[i].fields[k]);
		if (all)
			return shareds[i].name;
	}
	return NULL;
}

static void note_value(struct fields *f, struct node *n, const struct value *v, unsigned depth);

static void note_view(struct fields *f, struct node *n, const struct view *v, unsigned depth)
{
	for (size_t i = 0; i < v->count; i++)
		note_value(f, node_of(&n->inside, v->fields[i].name.p), &v->fields[i].value, depth);
}

/* The texts of the theme are a view too; whoever asks knows them. */
static void note_value(struct fields *f, struct node *n, const struct value *v, unsigned depth)
{
	n->kinds |= 1U << v->kind;
	if (depth == DEPTH)
		return;
	if (v->kind == VALUE_LIST) {
		for (size_t i = 0; i < v->as.list->count; i++) {
			const struct value *item = &v->as.list->items[i];
			if (item->kind == VALUE_VIEW)
				note_view(f, n, item->as.view, depth + 1);
		}
	} else if (v->kind == VALUE_VIEW) {
		const char *shared = shared_name(v->as.view);
		n->shared = shared ? shared : n->shared;
		note_view(f, shared ? node_of(&f->all, shared) : n, v->as.view, depth + 1);
	}
}

void fields_note(struct fields *f, const char *template_name, const struct view *page)
{
	struct node *seen[] = {node_of(&f->templates, template_name), node_of(&f->all, "")};
	for (size_t i = 0; i < page->count; i++) {
		const struct view_field *field = &page->fields[i];
		if (strcmp(field->name.p, "t") == 0)
			continue;
		for (size_t k = 0; k < 2; k++)
			note_value(f, node_of(&seen[k]->inside, field->name.p), &field->value, 0);
	}
}

/* -- writing ------------------------------------------------------------------- */

static int by_key(const void *x, const void *y)
{
	const struct map_entry *a = x, *b = y;
	return str_cmp(a->key, b->key);
}

/* The entries by name, in the map's arena. */
static struct map_entry *sorted(const struct map *m)
{
	struct map_entry *all = arena_array(m->arena, m->count + 1, sizeof(*all));
	for (size_t i = 0; i < m->count; i++)
		all[i] = m->entries[i];
	qsort(all, m->count, sizeof(*all), by_key);
	return all;
}

static const char *kind_words(const struct node *n)
{
	if (n->kinds & 1U << VALUE_LIST)
		return "list";
	if (n->shared)
		return n->shared;
	if (n->kinds & 1U << VALUE_VIEW)
		return "group";
	if (n->kinds & 1U << VALUE_RAW)
		return "HTML";
	if (n->kinds & (1U << VALUE_TRUE | 1U << VALUE_FALSE))
		return "yes or no";
	return "text";
}

static void write_node(struct buf *out, struct str name, const struct node *n, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		buf_adds(out, "  ");
	buf_adds(out, "- `");
	buf_add(out, name.p, name.n);
	buf_addf(out, "` %s", kind_words(n));
	bool both = n->kinds & 1U << VALUE_NULL && n->kinds != 1U << VALUE_NULL;
	buf_adds(out, both ? ", or nothing\n" : "\n");
	struct map_entry *inside = sorted(&n->inside);
	for (size_t i = 0; i < n->inside.count; i++) {
		if (str_eq(inside[i].key, name)) {
			for (unsigned k = 0; k <= depth; k++)
				buf_adds(out, "  ");
			buf_addf(out, "- `%.*s` the same again\n", (int)name.n, name.p);
		} else {
			write_node(out, inside[i].key, inside[i].value, depth + 1);
		}
	}
}

/* Every template gets it. */
static bool is_common(const struct fields *f, struct str name)
{
	for (size_t i = 0; i < f->templates.count; i++) {
		const struct node *n = f->templates.entries[i].value;
		if (!map_get(&n->inside, name))
			return false;
	}
	return true;
}

static void write_inside(const struct fields *f, struct buf *out, const struct node *n, bool common)
{
	struct map_entry *inside = sorted(&n->inside);
	bool any = false;
	for (size_t i = 0; i < n->inside.count; i++) {
		if (is_common(f, inside[i].key) != common)
			continue;
		write_node(out, inside[i].key, inside[i].value, 0);
		any = true;
	}
	buf_adds(out, any ? "\n" : "Nothing of its own.\n\n");
}

void fields_write(const struct fields *f, struct buf *out)
{
	const struct node *all = map_get(&f->all, STR(""));
	if (!all)
		return;
	buf_adds(out, "### Every page\n\n");
	write_inside(f, out, all, true);
	for (size_t i = 0; i < SHARED; i++) {
		const struct node *n = map_get(&f->all, str_of(shareds[i].name));
		if (!n)
			continue;
		buf_addf(out, "### A %s\n\n", shareds[i].name);
		struct map_entry *inside = sorted(&n->inside);
		for (size_t k = 0; k < n->inside.count; k++)
			write_node(out, inside[k].key, inside[k].value, 0);
		buf_addc(out, '\n');
	}
	struct map_entry *templates = sorted(&f->templates);
	for (size_t i = 0; i < f->templates.count; i++) {
		buf_adds(out, "### ");
		buf_add(out, templates[i].key.p, templates[i].key.n);
		buf_adds(out, ".mustache\n\n");
		write_inside(f, out, templates[i].value, false);
	}
}

/*
 * Both lists are sorted by the same key, so one pass over them finds what was
 * added, removed and edited. Where a value may not be told, both fields of the
 * pair are replaced by copies without it: no later step can show it.
 */
#include "compute/change.h"

#include <string.h>

const char *const change_kinds[] = {"added", "removed", "edited", NULL};

const struct fact *change_fact(const struct change *c)
{
	return c->new ? c->new : c->old;
}

const struct change_field *change_field(const struct change *c, const char *name)
{
	for (size_t i = 0; i < c->nfields; i++) {
		const struct fact_field *f = c->fields[i].new ? c->fields[i].new : c->fields[i].old;
		if (strcmp(f->name, name) == 0)
			return &c->fields[i];
	}
	return NULL;
}

/* -- comparing -------------------------------------------------------------- */

static const struct fact_field *without_value(struct arena *a, const struct fact_field *f)
{
	if (!f || f->hidden)
		return f;
	struct fact_field *hidden = arena_alloc(a, sizeof(*hidden));
	*hidden = (struct fact_field){.name = f->name,
	    .title = f->title,
	    .form = f->form,
	    .hidden = true,
	    .beneath = f->beneath};
	return hidden;
}

static void withhold(struct arena *a, struct change_field *f)
{
	f->old = without_value(a, f->old);
	f->new = without_value(a, f->new);
}

static void add_field(
    struct change *c, struct arena *a, const struct fact_field *old, const struct fact_field *new)
{
	struct change_field *f = &c->fields[c->nfields++];
	*f = (struct change_field){old, new};
	if ((old && old->hidden) || (new &&new->hidden))
		withhold(a, f);
}

/* Fields in the order of the newer fact, then those that it has no more. */
static void compare_fields(struct change *c, struct arena *a)
{
	const struct fact *old = c->old, *new = c->new;
	size_t most = (old ? old->nfields : 0) + (new ? new->nfields : 0);
	c->fields = arena_array(a, most + 1, sizeof(*c->fields));
	for (size_t i = 0; new &&i < new->nfields; i++) {
		const struct fact_field *before = fact_field(old, new->fields[i].name);
		if (!before || !fact_same(before, &new->fields[i]))
			add_field(c, a, before, &new->fields[i]);
	}
	for (size_t i = 0; old && i < old->nfields; i++)
		if (!fact_field(new, old->fields[i].name))
			add_field(c, a, &old->fields[i], NULL);
}

static void add(
    struct changes *out, struct arena *a, const struct fact *old, const struct fact *new)
{
	struct change c = {.kind = !old ? CHANGE_ADDED
	        : !new                  ? CHANGE_REMOVED
	                                : CHANGE_EDITED,
	    .old = old,
	    .new = new};
	compare_fields(&c, a);
	bool renamed = old && new &&strcmp(old->title, new->title) != 0;
	if (c.kind == CHANGE_EDITED && c.nfields == 0 && !renamed)
		return;
	out->items = arena_grow(a, out->items, out->count, &out->cap, sizeof(*out->items));
	out->items[out->count++] = c;
}

void changes_compare(
    struct changes *out, struct arena *a, const struct facts *old, const struct facts *new)
{
	size_t i = 0, k = 0;
	*out = (struct changes){0};
	while (i < old->count || k < new->count) {
		int order = i == old->count ? 1
		    : k == new->count       ? -1
		                            : fact_cmp(&old->items[i], &new->items[k]);
		add(out, a, order <= 0 ? &old->items[i] : NULL, order >= 0 ? &new->items[k] : NULL);
		i += order <= 0;
		k += order >= 0;
	}
}

/* -- the present version ---------------------------------------------------- */

/* May this side of a change be told beside the present version? */
static bool is_told(const struct fact_field *f, const struct fact_field *now)
{
	if (!f)
		return true;
	return !(now && now->hidden) && f->beneath == (now ? now->beneath : 0);
}

void changes_settle(struct changes *c, struct arena *a, const struct facts *present)
{
	for (size_t i = 0; i < c->count; i++) {
		struct change *one = &c->items[i];
		const struct fact *fact = facts_find(present, change_fact(one));
		for (size_t k = 0; k < one->nfields; k++) {
			struct change_field *f = &one->fields[k];
			const struct fact_field *now =
			    fact_field(fact, f->new ? f->new->name : f->old->name);
			if (!is_told(f->old, now) || !is_told(f->new, now))
				withhold(a, f);
		}
	}
}

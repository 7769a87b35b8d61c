/*
 * A set of templates. A tag that names another template only asks for it;
 * templates_get() compiles whatever has been asked for until nothing is left,
 * so a chain of templates needs no recursion here. What is known about
 * a template only through others (one that it needs failed; it includes
 * itself without end) is settled by repeating simple steps until they change
 * nothing: a theme has few templates.
 */
#include "text/template_node.h"

#include "base/intl.h"

struct templates *templates_new(
    struct arena *a, template_load *load, void *payload, struct diag *diag)
{
	struct templates *set = arena_alloc(a, sizeof(*set));
	*set = (struct templates){
	    .arena = a, .load = load, .payload = payload, .diag = diag, .all = MAP_INIT(a)};
	return set;
}

struct template *templates_want(struct templates *set, struct str name, struct diag_place at)
{
	struct map_entry *e = map_entry(&set->all, name);
	if (!e->value) {
		struct template *t = arena_alloc(set->arena, sizeof(*t));
		t->name = e->key.p;
		t->asked = at;
		e->value = t;
	}
	return e->value;
}

static void compile(struct templates *set, struct template *t)
{
	struct template_source source = {.file = t->name};
	if (set->load(set->payload, t->name, &source) < 0) {
		t->failed = true;
		diag_add(set->diag, DIAG_ERROR, "template-missing", t->asked, str_of(t->name),
		    _("Correct the name, or add the template to the theme."),
		    _("there is no template of this name"));
		return;
	}
	t->file = source.file;
	if (source.text.n > TEMPLATE_BYTES) {
		t->failed = true;
		diag_add(set->diag, DIAG_ERROR, "template-too-large", DIAG_AT(t->file, 0, 0),
		    STR_NONE,
		    _("Divide it into several templates that include each other with {{>name}}."),
		    _("the template has %zu bytes, %d are allowed"), source.text.n, TEMPLATE_BYTES);
		return;
	}
	t->failed = template_parse(set, t, source.text) < 0;
}

static struct template *nth(const struct templates *set, size_t i)
{
	return set->all.entries[i].value;
}

static const struct template *target_of(const struct node *n)
{
	return n->kind == NODE_PARTIAL || n->kind == NODE_PARENT ? n->as.target : NULL;
}

/* The first tag by which a template always includes one that does not end. */
static const struct node *endless_tag(const struct template *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct template *target = target_of(&t->nodes[i]);
		if (target && t->nodes[i].always && !target->ends)
			return &t->nodes[i];
	}
	return NULL;
}

static bool needs_failed(const struct template *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct template *target = target_of(&t->nodes[i]);
		if (target && target->failed)
			return true;
	}
	return false;
}

static void settle(struct templates *set)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t i = 0; i < set->all.count; i++) {
			struct template *t = nth(set, i);
			bool fails = !t->failed && needs_failed(t);
			bool ends = !t->ends && !endless_tag(t);
			t->failed |= fails;
			t->ends |= ends;
			changed |= fails || ends;
		}
	}
}

/* A template that does not end leads to one on a circle. */
static void report_endless(struct templates *set, struct template *t)
{
	if (t->reported)
		return;
	t->reported = true;
	const struct template *on = t;
	for (size_t i = 0; i < set->all.count; i++)
		on = endless_tag(on)->as.target;
	const struct node *tag = endless_tag(on);
	diag_add(set->diag, DIAG_ERROR, "template-recursion",
	    DIAG_AT(on->file, tag->line, tag->column), tag->text,
	    _("Put the tag into a section, so that it ends where the data end."),
	    _("through this tag the template includes itself without end"));
}

const struct template *templates_get(struct templates *set, const char *name)
{
	struct template *t = templates_want(set, str_of(name), DIAG_NOWHERE);
	if (set->compiled < set->all.count) {
		while (set->compiled < set->all.count)
			compile(set, nth(set, set->compiled++));
		settle(set);
	}
	if (t->failed)
		return NULL;
	if (!t->ends) {
		report_endless(set, t);
		return NULL;
	}
	return t;
}

/*
 * The differences come by school and item; for each kind they are gone through
 * once, so that a school stands once in a kind, with all its items.
 */
#include "render/audit_changes.h"

#include "render/audit_view.h"

struct kind {
	enum audit_change_kind kind;
	bool folded; /* of the bytes of files: much of it says little */
	bool words;  /* both outcomes have to be said */
};

static const struct kind kinds[] = {
    {CHANGE_VANISHED, false, false},
    {CHANGE_BROKE, false, false},
    {CHANGE_APPEARED, false, false},
    {CHANGE_MENDED, false, false},
    {CHANGE_UNKNOWN, false, true},
    {CHANGE_MANUAL, false, true},
    {CHANGE_RULE, false, true},
    {CHANGE_MOVED, true, false},
    {CHANGE_REPLACED, true, false},
};

struct difference {
	struct renderer *r;
	struct date round;
	const struct audit_change *all;
	size_t count;
};

/* A new item, or a new school, is no change. */
static bool is_of(const struct audit_change *c, const struct kind *k)
{
	return c->kind == k->kind && c->before.row && !audit_is_markup(c->item);
}

static struct list *add_school(
    const struct difference *x, struct list *schools, const struct school *school)
{
	struct view *v = list_view(schools);
	view_text(v, "name", page_school_name(x->r, school));
	view_text(v, "href", page_href(x->r, audit_school_path(x->r, x->round, school)));
	return view_list(v, "items");
}

static void add_item(const struct difference *x, struct list *items, const struct audit_change *c,
    const struct kind *k)
{
	const struct words *w = x->r->words;
	struct view *v = list_view(items);
	const char *page = audit_school_path(x->r, x->round, c->school);
	view_text(v, "title", audit_item_title(c->item));
	view_text(
	    v, "href", page_href(x->r, arena_printf(x->r->arena, "%s#%s", page, c->item->id)));
	view_text(v, "was", k->words ? audit_row_word(w, c->before.row) : NULL);
	view_text(v, "is", k->words ? audit_row_word(w, c->after.row) : NULL);
}

static void add_kind(const struct difference *x, struct list *rows, const struct kind *k)
{
	const struct words *w = x->r->words;
	const struct school *last = NULL;
	struct list *schools = NULL, *items = NULL;
	struct view *v = NULL;
	long long count = 0;
	for (size_t i = 0; i < x->count; i++) {
		const struct audit_change *c = &x->all[i];
		if (!is_of(c, k))
			continue;
		if (!v) {
			v = list_view(rows);
			schools = view_list(v, "schools");
		}
		if (c->school != last)
			items = add_school(x, schools, c->school);
		add_item(x, items, c, k);
		last = c->school;
		count++;
	}
	if (!v)
		return;
	const char *about =
	    arena_printf(x->r->arena, "audit_change_%s_about", audit_changes[k->kind]);
	view_text(v, "title", words_of(w, "audit_change_", audit_changes[k->kind]));
	view_text(v, "about", words_has(w, about) ? words_get(w, about) : NULL);
	view_text(v, "count", words_int(w, x->r->arena, count));
	view_flag(v, "folded", k->folded);
}

void audit_changes_view(struct renderer *r, struct view *v, const struct audit_round *before,
    const struct audit_round *after)
{
	struct difference x = {.r = r, .round = after->date};
	struct list *rows = view_list(v, "kinds");
	x.all = audit_difference(&x.count, r->arena, before, after);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		add_kind(&x, rows, &kinds[i]);
	view_flag(v, "has_kinds", rows->count > 0);
}

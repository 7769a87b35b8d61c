/*
 * The light tree is in the marks already: each names the nearest marked tag
 * around it by its first mark, and the marks of one tag stand together. Going
 * up, a parent is suitable when the checklist names it as one for that child;
 * what lies between is skipped, as the official program does.
 */
#include "compute/audit_itemprop.h"

#include "text/ascii.h"
#include "text/fold.h"

enum { UPWARDS = 64 };

static bool same_but_case(struct str s, const char *name)
{
	if (s.n != strlen(name))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char x = s.p[i], y = name[i];
		x = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
		y = y >= 'A' && y <= 'Z' ? (char)(y - 'A' + 'a') : y;
		if (x != y)
			return false;
	}
	return true;
}

/* Is one of the marks of that tag the name? */
static bool tag_has(const struct htmldoc *d, size_t first, const char *name)
{
	for (size_t i = first; i < d->nprops && d->props[i].element == d->props[first].element; i++)
		if (same_but_case(d->props[i].name, name))
			return true;
	return false;
}

/* Does the checklist have this child in that parent? */
static bool is_suitable(const struct checklist *list, const struct htmldoc_prop *child,
    const struct htmldoc *d, size_t parent)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct checklist_item *item = list->rules[i].item;
		if (item->itemprop && item->parent && same_but_case(child->name, item->itemprop) &&
		    tag_has(d, parent, item->parent))
			return true;
	}
	return false;
}

/* The first suitable tag above, or HTMLDOC_NONE: then it stands at the root. */
static size_t parent_of(
    const struct checklist *list, const struct htmldoc *d, const struct htmldoc_prop *prop)
{
	size_t at = prop->parent;
	for (int steps = 0; at != HTMLDOC_NONE && steps < UPWARDS; steps++) {
		if (is_suitable(list, prop, d, at))
			return at;
		at = d->props[at].parent;
	}
	return HTMLDOC_NONE;
}

static bool says_absent(struct str text)
{
	struct arena scratch = ARENA_INIT;
	struct str folded = fold_text(&scratch, text);
	static const char *const words[] = {"отсутству", "нет", "не предусмотрен", "не имеется",
	    "не осуществля", "не реализу", "не оказыва", "не ведет", NULL};
	bool absent = false;
	for (const char *const *w = words; *w && !absent; w++) {
		const char *at = folded.n ? memmem(folded.p, folded.n, *w, strlen(*w)) : NULL;
		bool begins = at && (at == folded.p || at[-1] == ' ');
		const char *end = at ? at + strlen(*w) : NULL;
		bool whole = strcmp(*w, "нет") != 0 ||
		    (at && (end == folded.p + folded.n || !utf8_is_word((unsigned char)*end)) &&
		        folded.n <= 40);
		absent = begins && whole && folded.n < 300;
	}
	arena_clear(&scratch);
	return absent;
}

static bool has_something(const struct htmldoc_prop *p)
{
	return p->text.n > 0 || p->href.n > 0;
}

static void take(struct itemprop_answer *out, const struct htmldoc *d, const struct htmldoc_prop *p,
    enum itemprop_state state)
{
	bool better = out->state == ITEMPROP_MISSING || out->state == ITEMPROP_ORPHAN ||
	    (out->state == ITEMPROP_EMPTY && state != ITEMPROP_ORPHAN);
	out->count += state != ITEMPROP_ORPHAN;
	if (!better || (state == ITEMPROP_ORPHAN && out->state == ITEMPROP_ORPHAN))
		return;
	out->state = state;
	out->page = d;
	out->prop = p;
}

static void look_in(struct itemprop_answer *out, const struct itemprop_wanted *wanted,
    const struct htmldoc *d, const struct checklist *list)
{
	for (size_t i = 0; i < d->nprops; i++) {
		const struct htmldoc_prop *p = &d->props[i];
		if (!same_but_case(p->name, wanted->name))
			continue;
		size_t parent = parent_of(list, d, p);
		bool placed = wanted->parent
		    ? parent != HTMLDOC_NONE && tag_has(d, parent, wanted->parent)
		    : parent == HTMLDOC_NONE;
		if (!placed && parent != HTMLDOC_NONE)
			continue; /* it belongs to another parent */
		if (placed) {
			out->sloppy |= p->sloppy;
			out->hidden |= p->hidden;
			out->case_differs |= !str_is(p->name, wanted->name);
		}
		take(out, d, p,
		    !placed                    ? ITEMPROP_ORPHAN
		        : says_absent(p->text) ? ITEMPROP_ABSENT
		        : has_something(p)     ? ITEMPROP_FOUND
		                               : ITEMPROP_EMPTY);
	}
}

struct itemprop_answer itemprop_look(const struct itemprop_wanted *wanted,
    const struct htmldoc *const *pages, size_t npages, const struct checklist *list)
{
	struct itemprop_answer out = {.state = ITEMPROP_MISSING};
	for (size_t i = 0; i < npages; i++)
		look_in(&out, wanted, pages[i], list);
	return out;
}

/* ---- pages that are added ---- */

struct itemprop_references itemprop_references_of(const struct htmldoc *page)
{
	struct itemprop_references refs = {.count = 0};
	for (size_t i = 0; i < page->nprops && refs.count < ITEMPROP_REFERENCES; i++)
		if (ascii_same(page->props[i].name, "addRef") && page->props[i].href.n)
			refs.hrefs[refs.count++] = page->props[i].href;
	return refs;
}

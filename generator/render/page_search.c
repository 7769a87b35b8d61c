/*
 * What can be found, as lists: the schools and the documents of a department
 * in the order of the alphabet. With several departments each has a page of
 * its own and search/ names them; with one, its lists stand in search/.
 */
#include "render/pages.h"
#include "render/search.h"
#include "text/stem.h"

#include <stdlib.h>

void search_add(struct renderer *r, enum search_kind kind, const char *title, const char *more,
    const char *path)
{
	struct summary *s = r->summary;
	struct arena *a = r->lasting;
	if (!s || !title)
		return;
	s->found = arena_grow(a, s->found, s->nfound, &s->found_cap, sizeof(*s->found));
	s->found[s->nfound++] = (struct search_entry){
	    .kind = kind,
	    .title = arena_strdup(a, title),
	    .more = more ? arena_strdup(a, more) : NULL,
	    .path = arena_strdup(a, path),
	};
}

/* -- all of them, in order ---------------------------------------------------- */

static int in_order(const void *x, const void *y)
{
	const struct search_place *a = x, *b = y;
	int order = (int)a->entry->kind - (int)b->entry->kind;
	if (!order)
		order = str_cmp(a->key, b->key);
	if (!order)
		order = strcmp(a->summary->id, b->summary->id);
	return order ? order : strcmp(a->entry->path, b->entry->path);
}

struct search_place *search_places(
    const struct renderer *r, const struct summary *of, size_t *count)
{
	size_t all = 0, n = 0;
	for (size_t i = 0; i < r->ndepartments; i++)
		if (!of || of == r->departments[i])
			all += r->departments[i]->nfound;
	struct search_place *places = arena_array(r->arena, all + 1, sizeof(*places));
	for (size_t i = 0; i < r->ndepartments; i++) {
		const struct summary *s = r->departments[i];
		for (size_t k = 0; (!of || of == s) && k < s->nfound; k++)
			places[n++] = (struct search_place){
			    &s->found[k], s, stem_fold(r->arena, str_of(s->found[k].title))};
	}
	qsort(places, n, sizeof(*places), in_order);
	*count = n;
	return places;
}

/* -- the lists ------------------------------------------------------------------ */

static void add_entries(struct renderer *r, struct view *v, const char *name,
    const struct search_place *places, size_t count, enum search_kind kind)
{
	struct list *list = view_list(v, name);
	for (size_t i = 0; i < count; i++) {
		const struct search_place *p = &places[i];
		if (p->entry->kind != kind)
			continue;
		struct view *row = list_view(list);
		view_text(row, "title", p->entry->title);
		view_text(row, "more", p->entry->more);
		view_text(row, "href",
		    page_site_href(
		        r, arena_printf(r->arena, "%s/%s", p->summary->id, p->entry->path)));
	}
	view_flag(v, arena_printf(r->arena, "has_%s", name), list->count > 0);
}

/* of: the department listed, or NULL */
static void add_lists(struct renderer *r, struct view *v, const struct summary *of)
{
	size_t count = 0;
	const struct search_place *places = of ? search_places(r, of, &count) : NULL;
	view_flag(v, "has_lists", of != NULL);
	add_entries(r, v, "schools", places, count, SEARCH_SCHOOL);
	add_entries(r, v, "documents", places, count, SEARCH_DOCUMENT);
}

static int department_page(struct renderer *r, const struct summary *s)
{
	const char *title =
	    phrase(r->words, r->arena, "search_of", "department", s->short_name, NULL);
	struct view *v = page_begin(r, arena_printf(r->arena, "search/%s/", s->id), NULL, title);
	view_text(v, "lead", words_get(r->words, "search_lists"));
	view_null(v, "version");
	view_list(v, "departments");
	view_flag(v, "has_departments", false);
	view_text(v, "back", page_href(r, "search/"));
	add_lists(r, v, s);
	return page_end(r, "search");
}

/*
 * Template search: lead; version, that of the index, on the page with the
 * field, else null; departments {short, href}, has_departments; has_lists,
 * schools and documents {title, more, href}, has_schools, has_documents;
 * back: where the field is, or null.
 */
static int top_page(struct renderer *r)
{
	struct view *v = page_begin(r, "search/", NULL, words_get(r->words, "search_title"));
	struct hash_text version;
	size_t count;
	const struct search_place *places = search_places(r, NULL, &count);
	int err = search_index(r, places, count, &version);
	bool several = r->ndepartments > 1;
	view_text(v, "lead", words_get(r->words, several ? "search_lead" : "search_lists"));
	view_text(v, "version", arena_strndup(r->arena, version.s, 8));
	view_null(v, "back");
	struct list *list = view_list(v, "departments");
	for (size_t i = 0; several && i < r->ndepartments; i++) {
		const struct summary *s = r->departments[i];
		struct view *row = list_view(list);
		view_text(row, "short", s->short_name);
		view_text(row, "href", page_href(r, arena_printf(r->arena, "search/%s/", s->id)));
	}
	view_flag(v, "has_departments", several);
	add_lists(r, v, r->ndepartments == 1 ? r->departments[0] : NULL);
	return err | page_end(r, "search");
}

int page_search(struct renderer *r)
{
	int err = top_page(r);
	for (size_t i = 0; r->ndepartments > 1 && i < r->ndepartments; i++)
		err |= department_page(r, r->departments[i]);
	return err;
}

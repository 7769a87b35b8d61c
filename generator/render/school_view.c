/*
 * Tables that speak of schools are gone through for each school; they are
 * short. A measure names a school when its text holds one of the school's
 * names as whole words.
 */
#include "render/school_view.h"

#include "render/content_view.h"
#include "render/datum.h"
#include "render/roadmap_view.h"

#include <string.h>

static const struct school *find_school(const struct renderer *r, const char *name)
{
	bool ambiguous;
	return names_get(&r->dept->names, r->arena, str_of(name), &ambiguous);
}

void school_link(struct renderer *r, struct view *v, const struct school *school)
{
	view_text(v, "name", page_school_name(r, school));
	view_text(v, "href", page_href(r, page_school_path(r, school)));
}

const char *school_kind_text(const struct renderer *r, const struct school *school)
{
	static const char *const kinds[] = {[KIND_NONE] = "school_kind_other",
	    [KIND_PRIMARY] = "school_kind_primary",
	    [KIND_BASIC] = "school_kind_basic",
	    [KIND_SECONDARY] = "school_kind_secondary",
	    [KIND_OTHER] = "school_kind_other"};
	return words_get(r->words, kinds[school->kind]);
}

/* -- who helps ------------------------------------------------------------------ */

static const struct body *find_body(const struct renderer *r, const char *id)
{
	for (size_t i = 0; i < r->dept->nbodies; i++)
		if (strcmp(r->dept->bodies[i].id, id) == 0)
			return &r->dept->bodies[i];
	return NULL;
}

/* "с 1 сентября 2020 до 31 мая 2021" */
static const char *dates_text(const struct renderer *r, struct date from, struct date to)
{
	const struct words *w = r->words;
	const char *begin = words_date(w, r->arena, from, true);
	const char *end = words_date(w, r->arena, to, true);
	if (date_is_set(from) && date_is_set(to))
		return phrase(w, r->arena, "dates_from_to", "from", begin, "to", end, NULL);
	if (date_is_set(from))
		return phrase(w, r->arena, "dates_from", "from", begin, NULL);
	return date_is_set(to) ? phrase(w, r->arena, "term_until", "date", end, NULL) : NULL;
}

static void add_supporter(struct renderer *r, struct list *rows, const struct support *s)
{
	const struct column *kind = schema_column(schema_of(TABLE_SUPPORT), STR("kind"));
	const struct body *body = find_body(r, s->supporter);
	const struct school *other = body ? NULL : find_school(r, s->supporter);
	struct view *row = list_view(rows);
	view_text(row, "title",
	    body        ? body->title
	        : other ? page_school_name(r, other)
	                : s->supporter);
	view_text(row, "href", other ? page_href(r, page_school_path(r, other)) : NULL);
	view_text(row, "kind", datum_word(r, kind, s->kind));
	view_text(row, "dates", dates_text(r, s->from, s->to));
	struct list *documents = view_list(row, "documents");
	if (s->document)
		content_link(r, documents, s->document);
}

void school_supporters(struct renderer *r, struct view *v, const struct school *school)
{
	struct list *rows = view_list(v, "supporters");
	for (size_t i = 0; i < r->dept->nsupport; i++)
		if (r->dept->support[i].school == school)
			add_supporter(r, rows, &r->dept->support[i]);
	view_flag(v, "has_supporters", rows->count > 0);
}

/* -- the audit of its site ---------------------------------------------------------- */

static void add_found(struct renderer *r, struct list *rows, const struct audit_row *x)
{
	struct view *row = list_view(rows);
	view_text(row, "title", x->item->title);
	view_text(row, "url", x->url);
	view_text(row, "reason", x->reason);
	page_mark(r, row, "status", audit_row_mark(x), audit_row_word(r->words, x));
}

void school_audit(
    struct renderer *r, struct view *v, const struct audits *audits, const struct school *school)
{
	const struct table *t = r->dept->checklist;
	const struct audit_round *last = audits_last(audits, school);
	struct list *rows = view_list(v, "audit");
	for (size_t i = 0; i < t->count && last; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_row *x = audit_round_cell(last, school, item)->row;
		if (x && !audit_is_markup(item))
			add_found(r, rows, x);
	}
	view_flag(v, "has_audit", rows->count > 0);
	view_text(v, "audit_date", last ? words_date(r->words, r->arena, last->date, true) : NULL);
	view_text(
	    v, "audit_href", last ? page_href(r, audit_school_path(r, last->date, school)) : NULL);
}

/* -- documents addressed to it ---------------------------------------------------------- */

void addressees_read(struct addressees *out, const struct renderer *r)
{
	size_t count;
	const struct content **docs = content_of_kind(r, CONTENT_DOCUMENT, &count);
	*out = (struct addressees){0};
	for (size_t i = 0; i < count; i++) {
		const struct field_list *named = &docs[i]->as.document.schools;
		for (size_t k = 0; k < named->count; k++) {
			const struct school *school = find_school(r, field_text(named, k));
			if (!school)
				continue;
			out->items = arena_grow(
			    r->arena, out->items, out->count, &out->cap, sizeof(*out->items));
			out->items[out->count++] = (struct addressed){docs[i], school};
		}
	}
}

void school_recommendations(
    struct renderer *r, struct view *v, const struct addressees *all, const struct school *school)
{
	struct list *rows = view_list(v, "recommendations");
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].school == school)
			content_document(r, list_view(rows), all->items[i].document);
	view_flag(v, "has_recommendations", rows->count > 0);
}

/* -- measures that name it --------------------------------------------------------------- */

static bool is_word_at(const char *p)
{
	size_t len;
	return *p && utf8_is_word(utf8_decode(p, strlen(p), &len));
}

/* "№ 1" is not in "№ 10". */
static bool holds(const char *text, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = n ? strstr(text, name) : NULL; p; p = strstr(p + 1, name))
		if (!is_word_at(p + n))
			return true;
	return false;
}

static bool names_school(const char *text, const struct school *school)
{
	char name[256];
	struct str rest = str_of(school->aliases), part;
	if (!text)
		return false;
	if (holds(text, school->name) || (school->short_name && holds(text, school->short_name)))
		return true;
	while (str_next(&rest, '|', &part)) {
		part = str_trim(part);
		if (!part.n || part.n >= sizeof(name))
			continue;
		memcpy(name, part.p, part.n);
		name[part.n] = '\0';
		if (holds(text, name))
			return true;
	}
	return false;
}

void school_measures(struct renderer *r, struct view *v, const struct school *school)
{
	struct list *rows = view_list(v, "measures");
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		if (!names_school(item->activity, school) &&
		    !names_school(item->responsible, school))
			continue;
		struct view *row = list_view(rows);
		view_text(row, "title", item->activity);
		view_text(
		    row, "href", page_href(r, arena_printf(r->arena, "roadmap/#%s", item->id)));
		view_text(row, "when", item->when);
		roadmap_mark(r, row, item);
	}
	view_flag(v, "has_measures", rows->count > 0);
}

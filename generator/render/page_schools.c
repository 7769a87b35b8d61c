/*
 * All schools by name, with the support they get: no ranking. Columns that no
 * school has anything in are left out, and said to be missing.
 */
#include "render/content_view.h"
#include "render/pages.h"
#include "render/school_view.h"
#include "render/support_view.h"

struct known {
	size_t localities, sites;
};

static const char *year_text(const struct renderer *r, int year)
{
	return arena_printf(r->arena, "%d", year);
}

/* "открыта с 2021 года", for a school that was not there all the time. */
static const char *years_text(const struct renderer *r, const struct school *s)
{
	const struct words *w = r->words;
	const char *from = year_text(r, s->from_year), *to = year_text(r, s->to_year);
	if (s->from_year && s->to_year)
		return phrase(w, r->arena, "school_years", "from", from, "to", to, NULL);
	if (s->from_year)
		return phrase(w, r->arena, "school_from_year", "from", from, NULL);
	return s->to_year ? phrase(w, r->arena, "school_to_year", "to", to, NULL) : NULL;
}

/* One sentence for each list, and where they are explained. */
static void add_lists(struct renderer *r, struct view *v, const struct supported *s)
{
	struct list *lists = view_list(v, "lists");
	int year = 0;
	for (size_t i = 0; i < s->nlists; i++) {
		view_text(list_view(lists), "text", support_list_text(r, &s->lists[i]));
		year = s->lists[i].year > year ? s->lists[i].year : year;
	}
	view_flag(v, "has_lists", s->nlists > 0);
	view_text(v, "how_href", page_href(r, support_list_path(r, year)));
	view_text(v, "glossary_href",
	    r->dept->glossary && content_published(r, r->dept->glossary)
	        ? page_href(r, page_content_path(r, r->dept->glossary))
	        : NULL);
}

static struct known add_rows(struct renderer *r, struct view *v, const struct supported *supported)
{
	struct list *rows = view_list(v, "schools");
	struct known known = {0, 0};
	for (size_t i = 0; i < r->dept->nschools; i++) {
		const struct school *s = r->dept->by_name[i];
		struct view *row = list_view(rows);
		school_link(r, row, s);
		view_text(row, "kind", school_kind_text(r, s));
		view_text(row, "locality", s->locality);
		view_text(row, "site_href", s->site);
		view_text(row, "years", years_text(r, s));
		view_flag(row, "supported", support_has(supported, s));
		support_tags(r, row, "tags", supported, s, false);
		known.localities += s->locality != NULL;
		known.sites += s->site != NULL;
	}
	return known;
}

int page_schools(struct renderer *r)
{
	struct supported supported;
	struct view *v = page_begin(r, "schools/", "schools", words_get(r->words, "menu_schools"));
	support_read(&supported, r);
	const char *lead = support_lead(r, &supported);
	view_text(v, "lead", lead);
	page_description(r, lead);
	add_lists(r, v, &supported);
	struct known known = add_rows(r, v, &supported);
	view_flag(v, "has_localities", known.localities > 0);
	view_flag(v, "has_sites", known.sites > 0);
	bool any = r->dept->nschools > 0;
	view_flag(v, "has_schools", any);
	const char *missing = !any ? supported.nlists ? "schools_empty" : NULL
	    : known.localities     ? known.sites ? NULL : "schools_no_sites"
	    : known.sites          ? "schools_no_localities"
	                           : "schools_no_places";
	view_text(v, "missing", missing ? words_get(r->words, missing) : NULL);
	view_text(v, "csv", page_href(r, "data/schools.csv"));
	view_text(v, "audit_href", page_href(r, "audit/"));
	return page_end(r, "schools");
}

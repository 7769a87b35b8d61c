/*
 * How the schools of a year were chosen. One section for each category: the
 * rule of the method in steps, the declared list beside the computed one, why
 * they differ, every school by every rule, and how the document was read. A
 * category that is only declared has the names and no more.
 *
 * A year has a page when something was computed for it or declared in it; the
 * address without a year shows the latest.
 */
#include "render/basis_view.h"
#include "render/identification_view.h"
#include "render/method_words.h"
#include "render/pages.h"

/* -- years ------------------------------------------------------------------ */

/* years: {text, href, current}; several */
static void add_years(struct renderer *r, struct view *v, int shown)
{
	struct list *years = view_list(v, "years");
	for (int year = section_next_year(r, 0); year; year = section_next_year(r, year)) {
		struct view *entry = list_view(years);
		view_text(entry, "text",
		    phrase(r->words, r->arena, "identification_year", "year",
		        arena_printf(r->arena, "%d", year), NULL));
		view_text(entry, "href", page_href(r, section_year_path(r, year)));
		view_flag(entry, "current", year == shown);
	}
	view_flag(v, "several", years->count > 1);
}

/* -- a section -------------------------------------------------------------- */

/* method: {title, href, source, steps {title, text}, readings, has_readings,
 * cutoff, basis, matrix, rules {number, title}, has_rules} */
static void add_method(const struct section *s, const char *title)
{
	struct renderer *r = s->r;
	const struct method *m = s->i->method;
	struct view *v = section_method_link(s, m->category);
	view_text(v, "source", m->document);
	method_steps(r, v, "steps", m, s->i->year);
	struct list *readings = view_list(v, "readings");
	for (size_t k = 0; k < m->readings.count; k++)
		list_text(readings, field_text(&m->readings, k));
	view_flag(v, "has_readings", readings->count > 0);
	bool cutoff = m->kind == METHOD_INDEX && frac_is_set(s->i->cutoff) &&
	    disclosure_cutoff(r->disclosure, s->i);
	view_text(v, "cutoff",
	    cutoff ? phrase(r->words, r->arena, "identification_cutoff", "n",
	                 words_number(r->words, r->arena, s->i->cutoff, 2), NULL)
	           : NULL);
	basis_matrix(r, v, "matrix", "rules", s->i, title);
	view_flag(v, "basis", disclosure_shows_basis(r->disclosure));
}

/* sections: {id, title, computed, method, figures, lists, nobody, rest, differences,
 * has_differences, agree, missing, declared_names, unnamed, document} */
static void add_section(struct renderer *r, struct list *sections, int category, int year,
    const struct identification *i)
{
	struct section s = {.r = r, .v = list_view(sections), .i = i};
	official_list(&s.declared, r->arena, r->dept, category, year);
	view_text(s.v, "id", arena_printf(r->arena, "list-%zu", sections->count));
	const char *title = section_title(r, category, year, i);
	view_text(s.v, "title", title);
	section_declared(&s);
	section_document(&s, category);
	view_flag(s.v, "computed", i != NULL);
	if (!i) {
		section_method_link(&s, category);
		return;
	}
	section_figures(&s);
	section_lists(&s);
	section_differences(&s);
	section_missing(&s);
	add_method(&s, title);
}

/* The computed lists of a category, or the declared one alone. */
static void add_category(struct renderer *r, struct list *sections, int category, int year,
    bool *computed, bool *declared, bool *named)
{
	struct official list;
	bool found = false;
	official_list(&list, r->arena, r->dept, category, year);
	for (size_t k = 0; k < r->ids->count; k++) {
		const struct identification *i = &r->ids->items[k];
		if (i->year != year || i->method->category != category)
			continue;
		add_section(r, sections, category, year, i);
		found = true;
	}
	if (!found && list.in_force)
		add_section(r, sections, category, year, NULL);
	*computed |= found;
	*declared |= list.in_force;
	*named |= list.in_force && list.nnamed > 0;
}

/* -- a page ----------------------------------------------------------------- */

/* data: {csv, basis_csv, errata}, or null when nothing is computed */
static void add_data(struct renderer *r, struct view *page, bool computed)
{
	if (!computed) {
		view_null(page, "data");
		return;
	}
	struct view *v = view_view(page, "data");
	bool basis = disclosure_shows_basis(r->disclosure);
	view_text(v, "csv", page_href(r, "data/identification.csv"));
	view_text(v, "basis_csv", basis ? page_href(r, "data/identification-basis.csv") : NULL);
	view_text(v, "errata", r->dept->nerrata ? page_href(r, "data/errata/") : NULL);
}

/* Template identification: years, several, lead, sections, has_sections, data,
 * no_method, reconciliation. */
static int make_page(struct renderer *r, const char *path, int year)
{
	const char *number = arena_printf(r->arena, "%d", year);
	const char *title = year
	    ? phrase(r->words, r->arena, "identification_title_of", "year", number, NULL)
	    : words_get(r->words, "identification_title");
	struct view *v = page_begin(r, path, "schools", title);
	bool computed = false, declared = false, named = false;
	page_crumb(r, words_get(r->words, "menu_schools"), "schools/");
	add_years(r, v, year);
	struct list *sections = view_list(v, "sections");
	for (int category = CATEGORY_NONE + 1; year && category < CATEGORY_END; category++)
		add_category(r, sections, category, year, &computed, &declared, &named);
	view_flag(v, "has_sections", sections->count > 0);
	view_flag(v, "no_method", r->dept->nmethods == 0);
	view_text(v, "reconciliation", page_href(r, RECONCILIATION_PATH));
	add_data(r, v, computed);
	const char *lead = computed && declared ? "identification_lead_both"
	    : computed                          ? "identification_lead_computed"
	    : declared && named                 ? "identification_lead_declared"
	    : declared                          ? "identification_lead_unnamed"
	                                        : NULL;
	view_text(v, "lead", lead ? words_get(r->words, lead) : NULL);
	if (lead)
		page_description(r, words_get(r->words, lead));
	return page_end(r, "identification");
}

int page_identification(struct renderer *r)
{
	int err = 0, latest = 0;
	for (int year = section_next_year(r, 0); year; year = section_next_year(r, year)) {
		err |= make_page(r, section_year_path(r, year), year);
		latest = year;
	}
	return make_page(r, "identification/", latest) | err;
}

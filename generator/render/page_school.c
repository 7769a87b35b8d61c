/*
 * A page for each school: which support and why, how results moved, under
 * which conditions, who helps, what is asked of it.
 *
 * Of each method the latest list that serves the year of the assessment is
 * explained; other years are one link away.
 */
#include "render/basis_view.h"
#include "render/conditions_view.h"
#include "render/content_view.h"
#include "render/method_words.h"
#include "render/pages.h"
#include "render/results_view.h"
#include "render/school_view.h"
#include "render/search.h"
#include "render/support_view.h"
#include "text/typography.h"

#include <string.h>

/* What is the same for all schools of the department. */
struct common {
	struct supported supported;
	struct results_spans spans;
	struct conditions conditions;
	struct addressees addressees;
	struct audits audits;
};

/* -- why -------------------------------------------------------------------------- */

/* other_years: {year, href} */
static void add_other_years(struct renderer *r, struct view *why,
    const struct identification *shown, const struct school *school)
{
	struct list *years = view_list(why, "other_years");
	for (size_t k = 0; k < r->ids->count; k++) {
		const struct identification *i = &r->ids->items[k];
		const struct school_result *s = identification_school(i, school);
		if (i->method != shown->method || i == shown || !s)
			continue;
		struct view *year = list_view(years);
		view_text(year, "year", arena_printf(r->arena, "%d", i->year));
		view_text(year, "outcome", words_of(r->words, "outcome_", outcomes[s->outcome]));
		view_text(year, "href", page_href(r, support_list_path(r, i->year)));
	}
	view_flag(why, "has_other_years", years->count > 0);
}

static void add_why(struct renderer *r, struct list *whys, const struct identification *i,
    const struct school_result *s)
{
	struct view *why = list_view(whys);
	view_text(why, "method", i->method->title);
	view_text(why, "standing", method_standing(r, i, s));
	view_text(why, "rule", method_sentence(r, i->method, i->year));
	view_text(why, "method_href",
	    page_site_href(r, arena_printf(r->arena, "methods/%s/", i->method->id)));
	view_text(why, "list_href", page_href(r, support_list_path(r, i->year)));
	method_explain(r, why, "explain", i, s);
	basis_table(r, why, "basis", i, s);
	/* a long table without a single answer is there for those who ask */
	view_flag(why, "basis_folded", s->nbasis && basis_none_known(r, i, s));
	add_other_years(r, why, i, s->school);
}

/* Is the school on a list that the method does not speak of? */
static bool on_other_list(
    const struct supported *supported, const struct school *school, const struct method *m)
{
	for (size_t i = 0; i < supported->nlists; i++)
		if (supported->lists[i].category != m->category &&
		    supported->lists[i].named[school->row.index])
			return true;
	return false;
}

static bool decides(const struct school_result *s)
{
	return s->outcome == OUTCOME_IDENTIFIED || s->outcome == OUTCOME_NOT_IDENTIFIED;
}

/*
 * whys: one for each method that has a list with the school. The standing
 * that belongs to the lead, when one sentence is clear without the method's
 * name; else NULL, and the whys are titled.
 */
static const char *add_whys(struct renderer *r, struct view *v, const struct supported *supported,
    const struct school *school)
{
	struct list *whys = view_list(v, "whys");
	const char *standing = NULL;
	/* what decides comes before what cannot */
	for (size_t n = 0; n < 2 * r->dept->nmethods; n++) {
		const struct method *m = r->dept->methods[n % r->dept->nmethods];
		const struct identification *i = support_latest(r, m, r->assessment->year);
		const struct school_result *s = i ? identification_school(i, school) : NULL;
		if (!s || decides(s) != (n < r->dept->nmethods))
			continue;
		add_why(r, whys, i, s);
		standing = whys->count == 1 && !on_other_list(supported, school, m)
		    ? method_standing(r, i, s)
		    : NULL;
	}
	view_flag(v, "has_whys", whys->count > 0);
	view_flag(v, "has_methods", r->dept->nmethods > 0);
	view_flag(v, "titled", !standing);
	view_flag(v, "hides_basis", !disclosure_shows_basis(r->disclosure));
	return standing;
}

/* -- who it is -------------------------------------------------------------------- */

/* "Средняя школа, посёлок Невон" */
static const char *kind_text(const struct renderer *r, const struct school *school)
{
	const char *kind = school_kind_text(r, school);
	return school->locality ? arena_printf(r->arena, "%s, %s", kind, school->locality) : kind;
}

/* standing may be NULL */
static const char *lead_text(struct renderer *r, const struct supported *supported,
    const struct school *school, const char *standing)
{
	const struct words *w = r->words;
	const char *year = arena_printf(r->arena, "%d", supported->year);
	if (!supported->nlists)
		return standing ? standing : words_get(w, "school_no_list");
	if (!support_has(supported, school))
		return standing ? standing
		                : phrase(w, r->arena, "school_not_supported", "year", year, NULL);
	const char *lead = phrase(
	    w, r->arena, "school_supported", "labels", support_labels(r, supported, school), NULL);
	return standing ? arena_printf(r->arena, "%s %s", lead, standing) : lead;
}

static void add_identity(
    struct renderer *r, struct view *v, const struct common *c, const struct school *school)
{
	const char *standing = add_whys(r, v, &c->supported, school);
	const char *lead = lead_text(r, &c->supported, school, standing);
	bool renamed = school->short_name && strcmp(school->short_name, school->name) != 0;
	view_text(v, "name", renamed ? typography_signs(r->arena, str_of(school->name)) : NULL);
	view_text(v, "kind", kind_text(r, school));
	view_text(v, "site_href", school->site);
	view_text(v, "lead", lead);
	view_flag(v, "supported", support_has(&c->supported, school));
	support_tags(r, v, "tags", &c->supported, school, true);
	page_description(r, lead);
}

static int add_text(struct renderer *r, struct view *v, const struct school *school)
{
	const char *path = arena_printf(r->arena, "schools/%s.md", school->id);
	const struct content *c = department_find(r->dept, str_of(path));
	view_null(v, "body");
	return c && content_published(r, c) ? page_markdown(r, v, "body", c, 2) : 0;
}

/* What stands below the school's name in the search: people look for "школа"
 * where the name says СОШ, and for the full name. */
static const char *found_below(const struct renderer *r, const struct school *school)
{
	const char *kind = kind_text(r, school);
	return school->short_name ? arena_printf(r->arena, "%s, %s", kind, school->name) : kind;
}

static int school_page(struct renderer *r, const struct common *c, const struct school *school)
{
	struct view *v =
	    page_begin(r, page_school_path(r, school), "schools", page_school_name(r, school));
	page_crumb(r, words_get(r->words, "menu_schools"), "schools/");
	int err = add_text(r, v, school);
	add_identity(r, v, c, school);
	results_view(r, v, &c->spans, school);
	conditions_view(r, v, &c->conditions, school);
	view_flag(v, "hides_values", !disclosure_shows_values(r->disclosure));
	view_text(v, "results_csv",
	    page_table_published(r, TABLE_RESULTS) ? page_href(r, "data/results.csv") : NULL);
	school_supporters(r, v, school);
	school_audit(r, v, &c->audits, school);
	school_recommendations(r, v, &c->addressees, school);
	school_measures(r, v, school);
	search_add(r, SEARCH_SCHOOL, page_school_name(r, school), found_below(r, school), r->path);
	return err | page_end(r, "school");
}

int page_school(struct renderer *r)
{
	struct common common;
	int err = 0;
	support_read(&common.supported, r);
	results_spans(&common.spans, r);
	conditions_read(&common.conditions, r);
	addressees_read(&common.addressees, r);
	audits_read(&common.audits, r);
	for (size_t i = 0; i < r->dept->nschools; i++)
		err |= school_page(r, &common, r->dept->by_name[i]);
	return err;
}

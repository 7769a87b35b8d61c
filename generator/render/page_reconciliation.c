/*
 * Declared against computed in one place: for every year that has a list, and
 * every category in it, who is on both lists, on one of them, and where nothing
 * can be compared. First all of it as numbers, then by year with the names.
 * Below stand the numbers that the texts state, with what the data say.
 *
 * A category that is declared and has no method, or whose list is only a
 * number, is told so; nothing is compared then.
 */
#include "render/claim_view.h"
#include "render/grid.h"
#include "render/identification_view.h"
#include "render/pages.h"

/* How the schools of a list stand, each in exactly one place. */
enum standing {
	ON_BOTH,
	DECLARED_ONLY,
	COMPUTED_ONLY,
	NOT_COMPUTABLE,
	ON_NEITHER,
	STANDINGS,
};

static const char *const standing_keys[STANDINGS] = {"reconciliation_both",
    "reconciliation_declared_only", "reconciliation_computed_only", "identification_not_computable",
    "reconciliation_neither"};

struct standings {
	const struct school **schools[STANDINGS]; /* by name */
	size_t counts[STANDINGS];
};

static enum standing standing_of(const struct school_result *s)
{
	switch (identification_agreement(s)) {
	case AGREEMENT_AGREED:
		return s->declared == YESNO_YES ? ON_BOTH : ON_NEITHER;
	case AGREEMENT_DECLARED_ONLY:
		return DECLARED_ONLY;
	case AGREEMENT_COMPUTED_ONLY:
		return COMPUTED_ONLY;
	default:
		return NOT_COMPUTABLE;
	}
}

static void sort_out(struct standings *out, const struct section *s)
{
	const struct department *d = s->r->dept;
	for (int k = 0; k < STANDINGS; k++) {
		out->counts[k] = 0;
		out->schools[k] =
		    arena_array(s->r->arena, d->nschools + 1, sizeof(*out->schools[k]));
	}
	for (size_t k = 0; k < d->nschools; k++) {
		const struct school_result *result = identification_school(s->i, d->by_name[k]);
		if (!result)
			continue;
		enum standing at = standing_of(result);
		out->schools[at][out->counts[at]++] = d->by_name[k];
	}
}

/* By name; in an array of the arena. */
static const struct school **schools_of(
    const struct section *s, enum outcome outcome, size_t *count)
{
	const struct department *d = s->r->dept;
	const struct school **found = arena_array(s->r->arena, d->nschools + 1, sizeof(*found));
	*count = 0;
	for (size_t k = 0; k < d->nschools; k++) {
		const struct school_result *result = identification_school(s->i, d->by_name[k]);
		if (result && result->outcome == outcome)
			found[(*count)++] = d->by_name[k];
	}
	return found;
}

/* Both lists are there, with names, and the method decides. */
static bool comparable(const struct section *s)
{
	return s->i && s->declared.in_force && s->declared.all_named && !s->i->undetermined;
}

static const char *word(const struct section *s, const char *key)
{
	return words_get(s->r->words, key);
}

/* -- the table of numbers ------------------------------------------------------ */

static void number(struct grid *g, const struct section *s, bool there, size_t n)
{
	grid_number(g, words_int(s->r->words, s->r->arena, (long long)n),
	    there ? GAP_NONE : GAP_NOT_APPLICABLE, NULL);
}

static void add_numbers(struct grid *g, const struct section *s, const char *title)
{
	struct standings all = {0};
	bool both = comparable(s), decided = s->i && !s->i->undetermined;
	bool open = s->i && s->i->undetermined && s->declared.in_force && s->declared.all_named;
	grid_row(g, title, NULL);
	number(g, s, s->declared.in_force, (size_t)s->declared.count);
	number(g, s, decided, s->i ? s->i->identified : 0);
	if (s->i)
		sort_out(&all, s);
	for (int k = ON_BOTH; k <= NOT_COMPUTABLE; k++)
		number(g, s, both || (k == NOT_COMPUTABLE && open), all.counts[k]);
}

static void begin_numbers(struct grid *g, struct renderer *r, struct view *v)
{
	grid_begin(g, r, v, "numbers", words_get(r->words, "reconciliation_numbers"));
	grid_head(g, words_get(r->words, "reconciliation_list"), false);
	grid_head(g, words_get(r->words, "figure_declared"), true);
	grid_head(g, words_get(r->words, "figure_computed"), true);
	for (int k = ON_BOTH; k <= NOT_COMPUTABLE; k++)
		grid_head(g, words_get(r->words, standing_keys[k]), true);
}

/* -- a list with its names -------------------------------------------------------- */

/* Why nothing is compared, or NULL. */
static const char *obstacle(const struct section *s, int category)
{
	if (!s->i)
		return word(s,
		    section_method(s, category) ? "identification_not_computed"
		                                : "reconciliation_no_method");
	if (s->i->undetermined)
		return word(s, "identification_undecided");
	if (!s->declared.in_force)
		return word(s, "reconciliation_not_declared");
	return s->declared.all_named ? NULL : word(s, "reconciliation_unnamed");
}

static void add_group(const struct section *s, struct list *groups, const char *key,
    const struct school *const *schools, size_t n)
{
	struct view *group = list_view(groups);
	struct list *names = view_list(group, "schools");
	view_text(group, "name", word(s, key));
	view_int(group, "count", (long long)n);
	for (size_t i = 0; i < n; i++)
		section_school(s, list_view(names), schools[i]);
}

/* Without a comparison: those that the one list there is names. */
static void add_alone(const struct section *s, struct list *groups)
{
	const struct department *d = s->r->dept;
	const struct school **found = arena_array(s->r->arena, d->nschools + 1, sizeof(*found));
	size_t n = 0;
	for (size_t k = 0; k < d->nschools && s->declared.in_force; k++)
		if (s->declared.named[d->by_name[k]->row.index])
			found[n++] = d->by_name[k];
	if (n)
		add_group(s, groups, "figure_declared", found, n);
	if (!s->i || s->i->undetermined)
		return;
	found = schools_of(s, OUTCOME_IDENTIFIED, &n);
	add_group(s, groups, "figure_computed", found, n);
	found = schools_of(s, OUTCOME_INSUFFICIENT_DATA, &n);
	if (n)
		add_group(s, groups, "figure_no_answer", found, n);
}

/* lists: {title, method {title, href}, document, unnamed, obstacle,
 * groups {name, count, schools {name, href}}, has_groups, agree} */
static void add_list(struct section *s, struct list *lists, int category, const char *title)
{
	struct standings all;
	s->v = list_view(lists);
	struct list *groups = view_list(s->v, "groups");
	view_text(s->v, "title", title);
	view_text(s->v, "obstacle", obstacle(s, category));
	section_document(s, category);
	section_unnamed(s);
	section_method_link(s, category);
	view_flag(s->v, "agree", false);
	if (!comparable(s)) {
		add_alone(s, groups);
		view_flag(s->v, "has_groups", groups->count > 0);
		return;
	}
	view_flag(s->v, "has_groups", true);
	sort_out(&all, s);
	for (int k = 0; k < STANDINGS; k++)
		if (all.counts[k])
			add_group(s, groups, standing_keys[k], all.schools[k], all.counts[k]);
	view_flag(s->v, "agree",
	    !all.counts[DECLARED_ONLY] && !all.counts[COMPUTED_ONLY] &&
	        !all.counts[NOT_COMPUTABLE]);
}

/* -- all years ------------------------------------------------------------------------ */

static void add_section(struct renderer *r, struct list *lists, struct grid *g, int category,
    int year, const struct identification *i)
{
	struct section s = {.r = r, .i = i};
	const char *title = section_title(r, category, year, i);
	official_list(&s.declared, r->arena, r->dept, category, year);
	if (!i && !s.declared.in_force)
		return;
	add_numbers(g, &s, title);
	add_list(&s, lists, category, title);
}

/* years: {id, title, href, lists, computed: one at least} */
static void add_year(struct renderer *r, struct list *years, struct grid *g, int year)
{
	struct view *v = list_view(years);
	const char *number = arena_printf(r->arena, "%d", year);
	const char *title = phrase(r->words, r->arena, "reconciliation_year", "year", number, NULL);
	struct list *lists = view_list(v, "lists");
	view_text(v, "id", arena_printf(r->arena, "year-%d", year));
	view_text(v, "title", title);
	view_text(v, "href", page_href(r, section_year_path(r, year)));
	grid_group(g, title);
	bool any = false;
	for (int category = CATEGORY_NONE + 1; category < CATEGORY_END; category++) {
		bool computed = false;
		for (size_t k = 0; k < r->ids->count; k++) {
			const struct identification *i = &r->ids->items[k];
			if (i->year != year || i->method->category != category)
				continue;
			add_section(r, lists, g, category, year, i);
			computed = true;
		}
		if (!computed)
			add_section(r, lists, g, category, year, NULL);
		any |= computed;
	}
	view_flag(v, "computed", any);
}

/* data: {csv, declared}: either may be null */
static void add_data(struct renderer *r, struct view *v)
{
	bool declared = page_table_published(r, TABLE_DECLARED);
	view_text(v, "csv", r->ids->count ? page_href(r, "data/identification.csv") : NULL);
	view_text(v, "declared_csv", declared ? page_href(r, "data/declared/") : NULL);
}

/* Template reconciliation: lead, numbers (grid) or null, years, has_years,
 * csv, declared_csv, claims (grid) or null, back. */
int page_reconciliation(struct renderer *r)
{
	struct view *v = page_begin(
	    r, RECONCILIATION_PATH, "schools", words_get(r->words, "reconciliation_title"));
	struct grid g;
	const char *lead = words_get(r->words, "reconciliation_lead");
	page_crumb(r, words_get(r->words, "menu_schools"), "schools/");
	page_crumb(r, words_get(r->words, "identification_title"), "identification/");
	page_description(r, lead);
	view_text(v, "lead", lead);
	view_text(v, "back", page_href(r, "identification/"));
	struct list *years = view_list(v, "years");
	begin_numbers(&g, r, v);
	for (int year = section_next_year(r, 0); year; year = section_next_year(r, year))
		add_year(r, years, &g, year);
	view_flag(v, "has_years", years->count > 0);
	if (!years->count)
		view_null(v, "numbers");
	add_data(r, v);
	claim_table(r, v, "claims");
	return page_end(r, "reconciliation");
}

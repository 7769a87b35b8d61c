/*
 * Schools come in the order of their names; each is asked how it stands on
 * the two lists.
 */
#include "render/identification_view.h"

#include "render/basis_view.h"
#include "render/method_words.h"

static const char *word(const struct section *s, const char *key)
{
	return words_get(s->r->words, key);
}

/* -- years and titles ------------------------------------------------------- */

int section_next_year(const struct renderer *r, int after)
{
	int next = 0;
	for (size_t i = 0; i < r->ids->count; i++) {
		int year = r->ids->items[i].year;
		if (year > after && (!next || year < next))
			next = year;
	}
	for (size_t i = 0; i < r->dept->ndeclared; i++) {
		int year = r->dept->declared[i].year;
		if (year > after && (!next || year < next))
			next = year;
	}
	return next;
}

const char *section_year_path(const struct renderer *r, int year)
{
	return arena_printf(r->arena, "identification/%d/", year);
}

static size_t methods_of(const struct renderer *r, int category, int year)
{
	size_t n = 0;
	for (size_t k = 0; k < r->ids->count; k++)
		n += r->ids->items[k].year == year && r->ids->items[k].method->category == category;
	return n;
}

const char *section_title(
    const struct renderer *r, int category, int year, const struct identification *i)
{
	const char *title = words_of(r->words, "method_category_", categories[category - 1]);
	if (i && methods_of(r, category, year) > 1)
		title = i->method->title;
	return words_capital(r->arena, title);
}

/* -- small parts ------------------------------------------------------------ */

static struct view *figure(
    const struct section *s, struct list *figures, const char *key, int64_t n)
{
	struct view *v = list_view(figures);
	view_text(v, "name", word(s, key));
	view_text(v, "n", words_int(s->r->words, s->r->arena, n));
	view_null(v, "of");
	return v;
}

/* figures: {name, n, of}; of is null or "из 10" */
void section_figures(const struct section *s)
{
	const struct identification *i = s->i;
	struct list *figures = view_list(s->v, "figures");
	size_t unsure = i->insufficient + i->undetermined;
	const char *of = phrase(s->r->words, s->r->arena, "figure_of", "n",
	    words_int(s->r->words, s->r->arena, (long long)i->nschools), NULL);
	if (i->has_declared)
		view_text(figure(s, figures, "figure_declared", i->declared_count), "of", of);
	if (i->undetermined < i->nschools)
		view_text(figure(s, figures, "figure_computed", (int64_t)i->identified), "of", of);
	if (s->declared.all_named && i->has_declared && i->undetermined < i->nschools) {
		figure(s, figures, "figure_agreed", (int64_t)i->agreed_listed);
		figure(s, figures, "figure_differ", (int64_t)(i->declared_only + i->computed_only));
	}
	if (unsure)
		figure(s, figures, "figure_no_answer", (int64_t)unsure);
}

void section_school(const struct section *s, struct view *v, const struct school *school)
{
	view_text(v, "name", page_school_name(s->r, school));
	view_text(v, "href", page_href(s->r, page_school_path(s->r, school)));
}

/* unnamed: a sentence or null */
void section_unnamed(const struct section *s)
{
	bool named = s->declared.in_force && s->declared.all_named;
	view_text(s->v, "unnamed",
	    named || !s->declared.in_force
	        ? NULL
	        : phrase_count(
	              s->r->words, s->r->arena, "identification_unnamed", s->declared.count, NULL));
}

/* declared_names: {name, href}; unnamed */
void section_declared(const struct section *s)
{
	const struct department *d = s->r->dept;
	struct list *names = view_list(s->v, "declared_names");
	for (size_t k = 0; s->declared.in_force && k < d->nschools; k++)
		if (s->declared.named[d->by_name[k]->row.index])
			section_school(s, list_view(names), d->by_name[k]);
	section_unnamed(s);
}

const struct method *section_method(const struct section *s, int category)
{
	const struct department *d = s->r->dept;
	if (s->i)
		return s->i->method;
	for (size_t k = 0; k < d->nmethods; k++)
		if (d->methods[k]->category == category)
			return d->methods[k];
	return NULL;
}

struct view *section_method_link(const struct section *s, int category)
{
	const struct method *m = section_method(s, category);
	view_null(s->v, "method");
	if (!m)
		return NULL;
	struct view *v = view_view(s->v, "method");
	view_text(v, "title", m->title);
	view_text(v, "href", page_site_href(s->r, arena_printf(s->r->arena, "methods/%s/", m->id)));
	return v;
}

/* document: {title, href}; the one that declares the list, or null */
void section_document(const struct section *s, int category)
{
	const struct department *d = s->r->dept;
	for (size_t k = 0; s->declared.in_force && k < d->ndeclared; k++) {
		const struct declared *row = &d->declared[k];
		if (row->category != category || row->year != s->declared.year || !row->document)
			continue;
		const struct content *c = department_find(d, str_of(row->document));
		if (!c)
			continue;
		struct view *v = view_view(s->v, "document");
		view_text(v, "title", c->title);
		view_text(v, "href", page_href(s->r, page_content_path(s->r, c)));
		return;
	}
	view_null(s->v, "document");
}

/* "a, b и c": the schools that answer so, in the order of names. */
static const char *schools_with(
    const struct section *s, enum outcome outcome, bool skip_declared, size_t *count)
{
	const struct department *d = s->r->dept;
	const char **names = arena_array(s->r->arena, d->nschools + 1, sizeof(*names));
	*count = 0;
	for (size_t k = 0; k < d->nschools; k++) {
		const struct school_result *result = identification_school(s->i, d->by_name[k]);
		if (result && result->outcome == outcome &&
		    !(skip_declared && result->declared == YESNO_YES))
			names[(*count)++] = page_school_name(s->r, d->by_name[k]);
	}
	return words_joined(s->r->arena, names, *count, word(s, "and"));
}

/* -- two lists -------------------------------------------------------------- */

static void agreement_cell(struct grid *g, const struct section *s, enum agreement agreement)
{
	switch (agreement) {
	case AGREEMENT_AGREED:
		grid_mark(g, MARK_GOOD, word(s, "identification_agreed"));
		break;
	case AGREEMENT_DECLARED_ONLY:
		grid_mark(g, MARK_WAIT, word(s, "identification_declared_only"));
		break;
	case AGREEMENT_COMPUTED_ONLY:
		grid_mark(g, MARK_WAIT, word(s, "identification_computed_only"));
		break;
	case AGREEMENT_NOT_COMPUTABLE:
		grid_mark(g, MARK_NONE, word(s, "identification_not_computable"));
		break;
	case AGREEMENT_NONE:
		grid_text(g, "");
		break;
	}
}

/* Nothing to compare with: the declared names, and that there is no answer. */
static void add_undecided(const struct section *s)
{
	struct renderer *r = s->r;
	const char **names = arena_array(r->arena, r->dept->nschools + 1, sizeof(*names));
	size_t n = 0;
	for (size_t k = 0; s->declared.in_force && k < r->dept->nschools; k++)
		if (s->declared.named[r->dept->by_name[k]->row.index])
			names[n++] = page_school_name(r, r->dept->by_name[k]);
	view_null(s->v, "lists");
	view_flag(s->v, "both", s->declared.in_force);
	view_text(s->v, "nobody", word(s, "identification_undecided"));
	view_text(s->v, "rest",
	    n ? phrase(r->words, r->arena, "identification_declared_schools", "schools",
	            words_joined(r->arena, names, n, word(s, "and")), NULL)
	      : NULL);
}

/* lists: a grid, or null with nobody: a sentence; both: there is a declared one;
 * rest: a sentence or null */
void section_lists(const struct section *s)
{
	struct renderer *r = s->r;
	bool both = s->i->has_declared && s->declared.all_named;
	if (s->i->undetermined == s->i->nschools) {
		add_undecided(s);
		return;
	}
	struct grid g;
	grid_begin(&g, r, s->v, "lists",
	    word(s, both ? "identification_lists_caption" : "identification_list_caption"));
	grid_head(&g, word(s, "identification_school"), false);
	if (both)
		grid_head(&g, word(s, "identification_declared"), false);
	grid_head(&g, word(s, "identification_computed"), false);
	if (both)
		grid_head(&g, word(s, "identification_together"), false);
	for (size_t k = 0; k < r->dept->nschools; k++) {
		const struct school *school = r->dept->by_name[k];
		const struct school_result *result = identification_school(s->i, school);
		if (!result ||
		    (result->declared != YESNO_YES && result->outcome != OUTCOME_IDENTIFIED))
			continue;
		grid_row(
		    &g, page_school_name(r, school), page_href(r, page_school_path(r, school)));
		if (both)
			grid_text(&g, word(s, result->declared == YESNO_YES ? "yes" : "no"));
		grid_text(&g, words_of(r->words, "outcome_", outcomes[result->outcome]));
		if (both)
			agreement_cell(&g, s, identification_agreement(result));
	}
	if (!g.nrows)
		view_null(s->v, "lists");
	const char *nobody = s->i->insufficient ? "identification_nobody_sure"
	    : both                              ? "identification_nobody"
	                                        : "identification_nobody_computed";
	view_text(s->v, "nobody", g.nrows ? NULL : word(s, nobody));
	view_flag(s->v, "both", both);
	size_t n;
	const char *rest = schools_with(s, OUTCOME_NOT_IDENTIFIED, true, &n);
	view_text(s->v, "rest",
	    n ? phrase(r->words, r->arena,
	            both ? "identification_rest" : "identification_rest_computed", "schools", rest,
	            NULL)
	      : NULL);
}

/* differences: {name, href, standing, reasons {text}}; has_differences; agree */
void section_differences(const struct section *s)
{
	struct renderer *r = s->r;
	struct list *rows = view_list(s->v, "differences");
	for (size_t k = 0; k < r->dept->nschools; k++) {
		const struct school_result *result =
		    identification_school(s->i, r->dept->by_name[k]);
		enum agreement agreement =
		    result ? identification_agreement(result) : AGREEMENT_NONE;
		if (agreement != AGREEMENT_DECLARED_ONLY && agreement != AGREEMENT_COMPUTED_ONLY)
			continue;
		struct view *row = list_view(rows);
		section_school(s, row, result->school);
		view_text(row, "standing", method_standing(r, s->i, result));
		method_explain(r, row, "reasons", s->i, result);
	}
	view_flag(s->v, "has_differences", rows->count > 0);
	view_flag(s->v, "agree", rows->count == 0 && s->i->agreed > 0);
}

/* -- what is missing -------------------------------------------------------- */

static bool has_results(const struct renderer *r, const struct method *m, int year)
{
	for (size_t i = 0; i < r->dept->nresults; i++) {
		const struct result *row = &r->dept->results[i];
		if (row->year != year || row->scope != SCOPE_SCHOOL)
			continue;
		for (size_t k = 0; k < m->nprocedures; k++)
			if (row->procedure == m->procedures[k])
				return true;
	}
	return false;
}

/* The years of a list of exams without a single result: "2017 и 2016". */
static const char *years_without(const struct section *s, size_t *count)
{
	const struct method *m = s->i->method;
	const struct criterion *criteria = m->criteria.items;
	int64_t years = 0;
	*count = 0;
	for (size_t k = 0; k < m->criteria.count; k++)
		if (criteria[k].years > years)
			years = criteria[k].years;
	const char **texts = arena_array(s->r->arena, (size_t)years + 1, sizeof(*texts));
	for (int back = 1; m->kind == METHOD_LOW_PROCEDURES && back <= years; back++)
		if (!has_results(s->r, m, s->i->year - back))
			texts[(*count)++] = arena_printf(s->r->arena, "%d", s->i->year - back);
	return words_joined(s->r->arena, texts, *count, word(s, "and"));
}

/* missing: {schools, why} or null */
void section_missing(const struct section *s)
{
	struct renderer *r = s->r;
	size_t n, nyears;
	const char *schools = schools_with(s, OUTCOME_INSUFFICIENT_DATA, false, &n);
	if (!n) {
		view_null(s->v, "missing");
		return;
	}
	struct view *v = view_view(s->v, "missing");
	const char *years = years_without(s, &nyears);
	view_text(v, "schools",
	    phrase_count(r->words, r->arena, "identification_insufficient", (long long)n, "schools",
	        schools, NULL));
	view_text(v, "why",
	    nyears
	        ? phrase(r->words, r->arena, "identification_missing_years", "years", years, NULL)
	        : word(s, "identification_missing_some"));
}

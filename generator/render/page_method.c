/*
 * A method in words, and beside it the parameters that the program computes
 * with, so that a reader can see that they are the same.
 */
#include "render/body.h"
#include "render/datum.h"
#include "render/method_words.h"
#include "render/pages.h"

#include <string.h>

struct method_facts {
	const struct renderer *r;
	const struct method *m;
	struct list *list;
};

/* -- facts ---------------------------------------------------------------- */

static struct view *fact(const struct method_facts *f, const char *key)
{
	struct view *v = list_view(f->list);
	view_text(v, "term", words_get(f->r->words, key));
	view_null(v, "text");
	view_list(v, "items");
	view_flag(v, "has_items", false);
	return v;
}

static void fact_text(const struct method_facts *f, const char *key, const char *text)
{
	if (text && *text)
		view_text(fact(f, key), "text", text);
}

static struct list *fact_items(const struct method_facts *f, const char *key)
{
	struct view *v = fact(f, key);
	view_flag(v, "has_items", true);
	return view_list(v, "items");
}

static const char *number(const struct method_facts *f, struct decimal d)
{
	return words_decimal(f->r->words, f->r->arena, d);
}

static const char *count(const struct method_facts *f, int64_t n)
{
	return words_int(f->r->words, f->r->arena, n);
}

static void add_criteria(const struct method_facts *f)
{
	const struct criterion *criteria = f->m->criteria.items;
	struct list *items = fact_items(f, "method_criteria");
	for (size_t i = 0; i < f->m->criteria.count; i++)
		list_text(items, method_criterion(f->r, &criteria[i], 0));
}

static void add_low_procedures(const struct method_facts *f)
{
	const struct method *m = f->m;
	fact_text(f, "method_predicate", method_low_rule(f->r, m));
	struct list *items = fact_items(f, "method_procedures");
	for (size_t i = 0; i < m->nprocedures; i++)
		list_text(items, m->procedures[i]->title);
	add_criteria(f);
}

static void add_index(const struct method_facts *f)
{
	const struct method *m = f->m;
	const struct term *terms = m->terms.items;
	fact_text(f, "method_intercept", number(f, m->intercept));
	struct list *items = fact_items(f, "method_terms");
	for (size_t i = 0; i < m->terms.count; i++) {
		const char *title = terms[i].metric ? terms[i].metric->title : terms[i].metric_id;
		list_text(
		    items, arena_printf(f->r->arena, "%s × %s", number(f, terms[i].weight), title));
	}
	fact_text(f, "method_quantile", number(f, m->q));
	fact_text(f, "method_minimum_schools", count(f, m->minimum_schools));
}

static void add_cutoff(const struct method_facts *f)
{
	const char *text = method_cutoff(f->r, f->m);
	fact_text(f, "method_cutoff", text ? text : words_get(f->r->words, "method_no_cutoff"));
}

/* facts: {term, text, items, has_items} */
static void add_facts(const struct renderer *r, struct view *v, const struct method *m)
{
	const struct method_facts f = {r, m, view_list(v, "facts")};
	fact_text(&f, "method_kind", words_of(r->words, "method_kind_", method_kinds[m->kind - 1]));
	fact_text(&f, "method_category",
	    words_of(r->words, "method_category_", categories[m->category - 1]));
	fact_text(&f, "method_document", m->document);
	switch (m->kind) {
	case METHOD_LOW_PROCEDURES:
		add_low_procedures(&f);
		break;
	case METHOD_INDEX:
		add_index(&f);
		break;
	default:
		add_cutoff(&f);
		break;
	}
}

/* -- tables --------------------------------------------------------------- */

/* rules: {number, criterion, title, points}; factors: {number, title} */
static void add_rules(const struct renderer *r, struct view *v, const struct method *m)
{
	bool points = false;
	struct list *rules = view_list(v, "rules"), *factors = view_list(v, "factors");
	for (size_t i = 0; m->kind == METHOD_POINTS && i < m->rules.count; i++) {
		const struct method_rule *rule = table_row(&m->rules, i);
		struct view *row = list_view(rules);
		view_int(row, "number", (long long)i + 1);
		view_text(row, "criterion", rule->criterion);
		view_text(row, "title", rule->title);
		view_text(row, "points",
		    rule->points.set ? words_decimal(r->words, r->arena, rule->points) : NULL);
		points |= rule->points.set;
	}
	for (size_t i = 0; m->kind == METHOD_FACTORS && i < m->rules.count; i++) {
		const struct method_factor *factor = table_row(&m->rules, i);
		struct view *row = list_view(factors);
		view_int(row, "number", (long long)i + 1);
		view_text(row, "title", factor->title);
	}
	view_flag(v, "has_rules", rules->count > 0);
	view_flag(v, "has_points", points);
	view_flag(v, "has_factors", factors->count > 0);
}

static void add_readings(struct view *v, const struct method *m)
{
	struct list *readings = view_list(v, "readings");
	for (size_t i = 0; i < m->readings.count; i++)
		list_text(readings, field_text(&m->readings, i));
	view_flag(v, "has_readings", m->readings.count > 0);
}

/* Template method: facts, body, toc, has_toc, readings, rules, factors and
 * their flags, methods_href. */
static int make_method(struct renderer *r, const struct method *m)
{
	struct view *v =
	    page_begin(r, arena_printf(r->arena, "methods/%s/", m->id), NULL, m->title);
	const struct body_text body = {
	    .file = m->file,
	    .path = arena_printf(r->arena, "methods/%s.md", m->id),
	    .text = m->body,
	    .line = m->body_line,
	    .top = 2,
	};
	int err = body_render(r, v, "body", &body);
	view_text(v, "methods_href", page_site_href(r, "methods/"));
	add_facts(r, v, m);
	add_rules(r, v, m);
	add_readings(v, m);
	return page_end(r, "method") | err;
}

/* Template methods: rows {title, href, category, document}, has_rows. */
static int make_list(struct renderer *r)
{
	struct view *v = page_begin(r, "methods/", NULL, words_get(r->words, "methods_title"));
	struct list *rows = view_list(v, "rows");
	page_description(r, words_get(r->words, "methods_lead"));
	for (size_t i = 0; i < r->site->nmethods; i++) {
		const struct method *m = r->site->methods[i];
		if (!m->sound)
			continue;
		struct view *row = list_view(rows);
		view_text(row, "title", m->title);
		view_text(row, "href", page_href(r, arena_printf(r->arena, "methods/%s/", m->id)));
		view_text(row, "category",
		    words_of(r->words, "method_category_", categories[m->category - 1]));
		view_text(row, "document", m->document);
	}
	view_flag(v, "has_rows", rows->count > 0);
	return page_end(r, "methods");
}

int page_methods(struct renderer *r)
{
	int err = make_list(r);
	for (size_t i = 0; i < r->site->nmethods; i++)
		if (r->site->methods[i]->sound)
			err |= make_method(r, r->site->methods[i]);
	return err;
}

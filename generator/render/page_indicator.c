/*
 * One indicator: what it is, the plan against the value, the schools behind
 * the number, and where each figure comes from.
 */
#include "render/contribution_view.h"
#include "render/indicator_chart.h"
#include "render/indicator_words.h"
#include "render/pages.h"
#include "render/search.h"

#include <string.h>

static void add_fact(
    struct list *facts, const struct renderer *r, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	struct view *fact = list_view(facts);
	view_text(fact, "name", words_get(r->words, key));
	view_text(fact, "text", text);
}

static void add_facts(struct renderer *r, struct view *v, const struct indicator *i)
{
	static const char *const units[] = {"", "percent", "yes-no", "level", "count", "number"};
	static const char *const rules[] = {
	    "", "at-least", "at-most", "at-least-reference", "yes", "increase", "none"};
	struct list *facts = view_list(v, "facts");
	add_fact(facts, r, "indicator_unit", words_of(r->words, "unit_", units[i->unit]));
	add_fact(facts, r, "indicator_levels", levels_words(r, i->levels));
	add_fact(facts, r, "indicator_rule", words_of(r->words, "rule_", rules[i->rule]));
	add_fact(facts, r, "indicator_measure", indicator_formula(r, i));
	if (i->cohort)
		add_fact(facts, r, "indicator_cohort",
		    words_capital(r->arena, cohort_words(r, i->cohort)));
	add_fact(facts, r, "indicator_responsible", i->responsible);
	add_fact(facts, r, "indicator_collection", i->collection);
	add_fact(facts, r, "indicator_schedule", i->schedule);
	add_fact(facts, r, "indicator_source", i->source);
}

/* The page of a document named by a path of the content folder, or NULL. */
static const char *document_href(const struct renderer *r, const char *path)
{
	const struct content *c = path ? department_find(r->dept, str_of(path)) : NULL;
	if (!c || c->status == PAGE_DRAFT)
		return NULL;
	if (c->kind == CONTENT_PROGRAMME)
		return page_href(r, "programme/");
	return c->kind == CONTENT_DOCUMENT
	    ? page_href(r, arena_printf(r->arena, "documents/%s/", c->name))
	    : NULL;
}

/* In its unit, as the target that replaced it is said. */
static const char *target_before(const struct renderer *r, const struct indicator_year *y)
{
	struct quantity q = quantity_read(r->arena, y->indicator, y->target_before->target);
	return q.set ? indicator_quantity_text(r, y->indicator, &q) : y->target_before->target;
}

static void add_year(struct renderer *r, struct list *lines, const struct indicator_year *y)
{
	struct view *line = list_view(lines);
	bool aimed = y->target_row || y->target.set || y->status != INDICATOR_NO_TARGET;
	view_int(line, "year", y->year);
	view_flag(line, "baseline", y->baseline);
	view_text(line, "target", aimed ? indicator_target_text(r, y, false) : NULL);
	view_text(
	    line, "target_href", y->target_row ? page_source_href(r, &y->target_row->row) : NULL);
	view_text(
	    line, "document", y->target_row ? document_href(r, y->target_row->document) : NULL);
	view_text(line, "target_before",
	    y->target_before
	        ? phrase(r->words, r->arena, "target_before", "target", target_before(r, y), NULL)
	        : NULL);
	indicator_value(r, line, "value", y);
	view_text(line, "note", y->manual ? y->manual->note : NULL);
	view_text(line, "differs",
	    y->differs && disclosure_indicator(r->disclosure, y)
	        ? phrase(r->words, r->arena, "value_differs", "value",
	              indicator_quantity_text(r, y->indicator, &y->manual_value), NULL)
	        : NULL);
	view_text(line, "unknown",
	    y->schools_unknown > 0
	        ? phrase_count(r->words, r->arena, "schools_unknown", y->schools_unknown, NULL)
	        : NULL);
	indicator_mark(r, line, y);
}

/*
 * Fields: lead, facts [{name, text}], chart, lines [{year, baseline, target,
 * target_href, document, target_before, value, note, differs, unknown,
 * status}], missing, and those of contribution_view.
 */
static int page_one(struct renderer *r, const struct indicator_state *s)
{
	const struct indicator *i = s->indicator;
	struct view *v = page_begin(r, indicator_path(r, i), "indicators", i->title);
	page_crumb(r, words_get(r->words, "indicators_title"), "indicators/");
	view_raw(v, "chart", indicator_chart(r, s));
	indicator_mark_now(r, v, s);
	view_text(v, "target",
	    s->current ? indicator_target_text(r, s->current, true) : indicator_aim_text(r, i));
	indicator_value(r, v, "value", s->current && s->current->baseline ? NULL : s->current);
	add_facts(r, v, i);
	struct list *lines = view_list(v, "lines");
	for (size_t n = 0; n < s->nyears; n++)
		add_year(r, lines, &s->years[n]);
	view_flag(v, "has_lines", s->nyears > 0);
	view_text(v, "missing", indicator_missing(r, s));
	contribution_view(r, v, s);
	search_add(r, SEARCH_INDICATOR, i->title, NULL, r->path);
	return page_end(r, "indicator");
}

int page_indicator(struct renderer *r)
{
	int err = 0;
	for (size_t i = 0; i < r->assessment->count; i++)
		err |= page_one(r, &r->assessment->indicators[i]);
	return err;
}

/*
 * One indicator: what it is, the plan against the value, the schools behind
 * the number, and where each figure comes from.
 */
#include "render/chart_targets.h"
#include "render/indicator_view.h"
#include "render/pages.h"

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

static const char *cohort_text(const struct renderer *r, const struct indicator *i)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct str rest = str_of(i->cohort ? i->cohort : "all"), part;
	while (str_next(&rest, '|', &part)) {
		const char *word = arena_strndup(r->arena, part.p, part.n);
		if (out.len)
			buf_adds(&out, ", ");
		buf_adds(&out, words_of(r->words, "cohort_", word));
	}
	const char *text = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

/* "dynamics:oge-math:pass_rate" is said as the words for "dynamics". */
static const char *measure_text(const struct renderer *r, const struct indicator *i)
{
	const char *measure = i->measure ? i->measure : "manual";
	const char *colon = strchr(measure, ':');
	size_t len = colon ? (size_t)(colon - measure) : strlen(measure);
	const char *form = arena_strndup(r->arena, measure, len);
	return words_of(r->words, "measure_", form);
}

static void add_facts(struct renderer *r, struct view *v, const struct indicator *i)
{
	static const char *const units[] = {"", "percent", "yes-no", "level", "count", "number"};
	static const char *const rules[] = {
	    "", "at-least", "at-most", "at-least-reference", "yes", "increase", "none"};
	struct list *facts = view_list(v, "facts");
	add_fact(facts, r, "indicator_unit", words_of(r->words, "unit_", units[i->unit]));
	add_fact(facts, r, "indicator_rule", words_of(r->words, "rule_", rules[i->rule]));
	add_fact(facts, r, "indicator_measure", measure_text(r, i));
	if (i->cohort)
		add_fact(facts, r, "indicator_cohort", cohort_text(r, i));
	add_fact(facts, r, "indicator_responsible", i->responsible);
	add_fact(facts, r, "indicator_collection", i->collection);
	add_fact(facts, r, "indicator_schedule", i->schedule);
	add_fact(facts, r, "indicator_source", i->source);
}

static const char *chart_words(const struct renderer *r, const struct indicator_state *s)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < s->nyears; i++) {
		const struct indicator_year *y = &s->years[i];
		const char *value = y->value.set && disclosure_indicator(r->disclosure, y)
		    ? indicator_value_text(r, y)
		    : words_get(r->words, "status_no_data");
		buf_addf(&out, "%s%d: %s", out.len ? "; " : "", y->year, value);
		if (y->target.set)
			buf_addf(&out, " (%s)", indicator_target_text(r, y, false));
	}
	const char *text = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

static void add_chart(struct renderer *r, struct view *v, const struct indicator_state *s)
{
	const struct indicator *indicator = s->indicator;
	size_t n = s->nyears;
	if (n == 0 || indicator->unit == UNIT_YESNO || indicator->unit == UNIT_LEVEL)
		return;
	int *years = arena_array(r->arena, n, sizeof(*years));
	struct frac *targets = arena_array(r->arena, n, sizeof(*targets));
	struct chart_value *values = arena_array(r->arena, n, sizeof(*values));
	struct chart_targets spec = {
	    .chart = {.id = arena_printf(r->arena, "chart-%s", indicator->id),
	        .title = indicator->title,
	        .description = chart_words(r, s),
	        .years = years,
	        .nyears = n,
	        .range = CHART_AUTO,
	        .unit = indicator->unit == UNIT_PERCENT ? "%" : NULL,
	        .empty = words_get(r->words, "status_no_data"),
	        .separator = r->words->separator},
	    .targets = targets,
	    .values = values,
	    .target_label = words_get(r->words, "chart_target"),
	    .value_label = words_get(r->words, "chart_value"),
	    .baseline_label = words_get(r->words, "chart_baseline"),
	    .direction = indicator->rule == RULE_AT_MOST ? CHART_AT_MOST
	        : indicator->rule == RULE_AT_LEAST       ? CHART_AT_LEAST
	                                                 : CHART_NO_DIRECTION,
	};
	for (size_t i = 0; i < n; i++) {
		const struct indicator_year *y = &s->years[i];
		bool shown = y->value.set && disclosure_indicator(r->disclosure, y);
		years[i] = y->year;
		targets[i] = y->target.number;
		if (y->baseline && shown) {
			spec.baseline_year = y->year;
			spec.baseline = y->value.number;
		} else if (shown) {
			values[i].number = y->value.number;
		}
	}
	struct buf svg = BUF_INIT(BUF_PAGE);
	chart_targets(&svg, &spec);
	view_raw(v, "chart", (struct str){arena_strndup(r->arena, svg.data, svg.len), svg.len});
	buf_clear(&svg);
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
	    y->target_before ? phrase(r->words, r->arena, "target_before", "target",
	                           y->target_before->target, NULL)
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

static void add_contributions(struct renderer *r, struct view *v, const struct indicator_year *y)
{
	static const char *const counts[] = {"unknown", "no", "yes", "not-applicable"};
	struct list *schools = view_list(v, "schools");
	bool any = false;
	for (size_t i = 0; y && i < y->ncontributions; i++)
		any |= disclosure_contribution(r->disclosure, y, &y->contributions[i]);
	view_flag(v, "has_schools", any);
	for (size_t i = 0; any && i < y->ncontributions; i++) {
		const struct contribution *c = &y->contributions[i];
		bool shown = disclosure_contribution(r->disclosure, y, c);
		struct view *row = list_view(schools);
		view_text(row, "name", page_school_name(r, c->school));
		view_text(row, "href", page_href(r, page_school_path(r, c->school)));
		view_text(row, "counts",
		    shown ? words_of(r->words, "counts_", counts[c->counts])
		          : words_get(r->words, "gap_hidden"));
		if (!frac_is_set(c->value))
			page_number(r, row, "value", NULL, GAP_NOT_SUPPLIED, NULL);
		else
			page_number(r, row, "value", words_number(r->words, r->arena, c->value, 2),
			    shown ? GAP_NONE : GAP_HIDDEN, c->source);
	}
}

/*
 * Fields: lead, facts [{name, text}], chart, lines [{year, baseline, target,
 * target_href, document, target_before, value, note, differs, unknown,
 * status}], schools [{name, href, counts, value}], missing.
 */
static int page_one(struct renderer *r, const struct indicator_state *s)
{
	const struct indicator *i = s->indicator;
	struct view *v = page_begin(r, indicator_path(r, i), "indicators", i->title);
	page_crumb(r, words_get(r->words, "indicators_title"), "indicators/");
	view_null(v, "chart");
	indicator_mark_now(r, v, s);
	view_text(v, "target",
	    s->current ? indicator_target_text(r, s->current, true) : indicator_aim_text(r, i));
	indicator_value(r, v, "value", s->current && s->current->baseline ? NULL : s->current);
	add_facts(r, v, i);
	add_chart(r, v, s);
	struct list *lines = view_list(v, "lines");
	bool valued = false;
	for (size_t n = 0; n < s->nyears; n++) {
		add_year(r, lines, &s->years[n]);
		valued |= s->years[n].value.set && !s->years[n].baseline;
	}
	view_flag(v, "has_lines", s->nyears > 0);
	view_text(v, "missing",
	    valued ? NULL
	           : phrase(r->words, r->arena, "indicator_missing", "who",
	                 i->responsible ? i->responsible : words_get(r->words, "the_department"),
	                 NULL));
	add_contributions(r, v, s->current);
	return page_end(r, "indicator");
}

int page_indicator(struct renderer *r)
{
	int err = 0;
	for (size_t i = 0; i < r->assessment->count; i++)
		err |= page_one(r, &r->assessment->indicators[i]);
	return err;
}

/*
 * Each form of measure has its sentence and its kind of thing that can be
 * missing; both are texts of the theme, whose slots are filled here.
 */
#include "render/indicator_words.h"

#include "render/method_words.h"

#include <string.h>

static const char *word(const struct renderer *r, const char *key)
{
	return words_get(r->words, key);
}

const char *measure_procedures(const struct renderer *r, const struct measure *m)
{
	const char **titles = arena_array(r->arena, m->nprocedures + 1, sizeof(*titles));
	for (size_t i = 0; i < m->nprocedures; i++)
		titles[i] = m->procedures[i]->title;
	return words_joined(r->arena, titles, m->nprocedures, word(r, "and"));
}

const char *cohort_words(const struct renderer *r, const char *cohort)
{
	const char *names[CATEGORY_END + 1];
	struct str rest = str_of(cohort ? cohort : "all"), part;
	size_t n = 0;
	while (n <= CATEGORY_END && str_next(&rest, '|', &part)) {
		part = str_trim(part);
		names[n++] = words_of(r->words, "cohort_", arena_strndup(r->arena, part.p, part.n));
	}
	return words_joined(r->arena, names, n, word(r, "and"));
}

const char *levels_words(const struct renderer *r, const char *levels)
{
	struct str rest = str_of(levels), part;
	const char **names =
	    arena_array(r->arena, rest.n + 1, sizeof(*names)); /* one letter each, at most */
	size_t n = 0;
	while (levels && str_next(&rest, '|', &part))
		names[n++] = words_of(r->words, "level_", arena_strndup(r->arena, part.p, part.n));
	return n ? words_joined(r->arena, names, n, word(r, "and")) : NULL;
}

static const char *document_words(const struct renderer *r, const struct measure *m)
{
	return m->document_kind
	    ? words_of(r->words, "document_kind_", document_kinds[m->document_kind - 1])
	    : words_of(r->words, "cycle_", cycle_positions[m->cycle - 1]);
}

/* Titles of the parts, or NULL: it has none. */
static const char *parts_of(const struct renderer *r, const struct indicator *whole)
{
	const struct department *d = r->dept;
	const char **titles = arena_array(r->arena, d->nindicators + 1, sizeof(*titles));
	size_t n = 0;
	for (size_t i = 0; i < d->nindicators; i++)
		if (d->indicators[i].parent && strcmp(d->indicators[i].parent, whole->id) == 0)
			titles[n++] = phrase(r->words, r->arena, "formula_part", "title",
			    d->indicators[i].title, NULL);
	return n ? words_joined(r->arena, titles, n, word(r, "and")) : NULL;
}

/* -- how it is computed -------------------------------------------------------- */

static const char *context_key(const struct measure *m)
{
	return m->metric->kind == METRIC_YESNO ? "formula_answer"
	    : m->metric->kind == METRIC_COUNT  ? "formula_sum"
	                                       : "formula_mean";
}

const char *indicator_formula(const struct renderer *r, const struct indicator *i)
{
	const struct measure *m = &r->dept->measures[i->row.index];
	const struct words *w = r->words;
	const char *parts;
	switch (m->form) {
	case FORM_AUDIT:
		return phrase(w, r->arena, "formula_audit", "item", m->item->title, NULL);
	case FORM_DYNAMICS:
		return phrase(w, r->arena,
		    m->field == FIELD_BELOW_MINIMUM_SHARE ? "formula_falls" : "formula_rises",
		    "procedure", measure_procedures(r, m), "field", method_field_name(r, m->field),
		    NULL);
	case FORM_CONTEXT:
		return phrase(w, r->arena, context_key(m), "metric", m->metric->title, NULL);
	case FORM_RATIO:
		return phrase(w, r->arena, "formula_ratio", "metric", m->metric->title, "of",
		    m->of->title, NULL);
	case FORM_BELOW_MINIMUM:
		return phrase(w, r->arena, "formula_below_minimum", "procedures",
		    measure_procedures(r, m), NULL);
	case FORM_DOCUMENTS:
		return phrase(w, r->arena, "formula_documents", "what", document_words(r, m), NULL);
	case FORM_SPECIAL_PAGE:
		return word(r, "formula_special_page");
	default:
		parts = parts_of(r, i);
		return parts ? phrase(w, r->arena, "formula_parts", "parts", parts, NULL)
		             : word(r, "formula_manual");
	}
}

/* -- what is missing -------------------------------------------------------------- */

static const char *in_year(const struct renderer *r, const char *key, int year, const char *what)
{
	return phrase(r->words, r->arena, key, "year", arena_printf(r->arena, "%d", year), "before",
	    arena_printf(r->arena, "%d", year - 1), "what", what, NULL);
}

static bool cohort_unknown(const struct renderer *r, const struct indicator *i, int year)
{
	const struct school **schools;
	int64_t count;
	return cohort_schools(r->dept, r->ids, i->cohort, year, r->arena, &schools, &count) < 0;
}

static const char *thing_missing(const struct renderer *r, const struct indicator *i, int year)
{
	const struct measure *m = &r->dept->measures[i->row.index];
	bool of_schools = m->form >= FORM_AUDIT && m->form <= FORM_BELOW_MINIMUM;
	if (of_schools && cohort_unknown(r, i, year))
		return in_year(r, "missing_cohort", year, cohort_words(r, i->cohort));
	switch (m->form) {
	case FORM_AUDIT:
		return in_year(r, "missing_audit", year, m->item->title);
	case FORM_DYNAMICS:
		return in_year(r, "missing_two_years", year, measure_procedures(r, m));
	case FORM_BELOW_MINIMUM:
		return in_year(r, "missing_results", year, measure_procedures(r, m));
	case FORM_CONTEXT:
	case FORM_RATIO:
		return in_year(r, "missing_context", year, m->metric->title);
	case FORM_DOCUMENTS:
		return in_year(r, "missing_document", year, document_words(r, m));
	case FORM_SPECIAL_PAGE:
		return in_year(r, "missing_special_page", year, NULL);
	default:
		return in_year(
		    r, parts_of(r, i) ? "missing_parts" : "missing_value", year, parts_of(r, i));
	}
}

const char *indicator_missing(struct renderer *r, const struct indicator_state *s)
{
	const struct indicator *i = s->indicator;
	const struct indicator_year *y = s->current;
	int year = y ? y->year : r->assessment->year;
	bool valued = y && y->value.set && !y->baseline;
	const char *who = i->responsible ? i->responsible : word(r, "body");
	const char *what = valued ? NULL : thing_missing(r, i, year);
	bool by_hand = s->measure.form == FORM_MANUAL;
	if (i->rule == RULE_AT_LEAST_REFERENCE && y && !y->target.set && (valued || by_hand)) {
		const char *reference = in_year(
		    r, by_hand ? "missing_reference_value" : "missing_reference", year, NULL);
		what = what ? arena_printf(r->arena, "%s; %s", what, reference) : reference;
	}
	return what
	    ? phrase(r->words, r->arena, "indicator_missing", "what", what, "who", who, NULL)
	    : NULL;
}

/* -- a school's part ------------------------------------------------------------------ */

static bool is_percent(const struct measure *m)
{
	bool rate = m->field == FIELD_PASS_RATE || m->field == FIELD_QUALITY_RATE ||
	    m->field == FIELD_BELOW_MINIMUM_SHARE;
	return m->form == FORM_RATIO || m->form == FORM_BELOW_MINIMUM ||
	    (m->form == FORM_DYNAMICS && rate) ||
	    (m->form == FORM_CONTEXT && m->metric->kind == METRIC_SHARE);
}

const char *contribution_text(const struct renderer *r, const struct measure *m,
    const struct contribution *c, struct frac value)
{
	const struct words *w = r->words;
	const char *text = is_percent(m) ? words_percent(w, r->arena, value, 2)
	                                 : words_number(w, r->arena, value, 2);
	if (m->form != FORM_BELOW_MINIMUM || c->n <= 0)
		return text;
	return phrase(w, r->arena, "value_of", "value", text, "n", words_int(w, r->arena, c->k),
	    "total", words_int(w, r->arena, c->n), NULL);
}

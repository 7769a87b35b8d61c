/*
 * Each kind of method has one function that turns its parameters into a few
 * steps, each a title and one or two whole sentences; a page shows them as a
 * list or reads them as one paragraph.
 */
#include "render/method_words.h"

#include "render/place_view.h"

#include <string.h>

enum { STEPS = 4, REFERENCES = 2 };

struct step {
	const char *title, *text;
};

struct steps {
	const struct renderer *r;
	const struct method *m;
	int year;
	struct step items[STEPS];
	size_t count;
};

const char *method_procedure_name(const struct renderer *r, const struct method *m, const char *id)
{
	const struct procedure *named = NULL;
	size_t same = 0;
	(void)r;
	for (size_t i = 0; i < m->nprocedures && !named; i++)
		if (strcmp(m->procedures[i]->id, id) == 0)
			named = m->procedures[i];
	if (!named)
		return id;
	for (size_t i = 0; i < m->nprocedures && named->subject; i++) {
		const char *subject = m->procedures[i]->subject;
		same += subject && strcmp(subject, named->subject) == 0;
	}
	return same == 1 ? named->subject : named->title;
}

const char *method_field_name(const struct renderer *r, int field)
{
	return field == FIELD_NONE ? ""
	                           : words_of(r->words, "chart_measure_", result_fields[field - 1]);
}

static const char *number(const struct renderer *r, struct decimal d)
{
	return words_decimal(r->words, r->arena, d);
}

/* -- low procedures ---------------------------------------------------------- */

const char *method_low_rule(const struct renderer *r, const struct method *m)
{
	const char *places[REFERENCES] = {""};
	size_t n = 0;
	if (m->predicate == PREDICATE_SHARE_BELOW_MINIMUM)
		return phrase(r->words, r->arena, "method_share_below", "percent",
		    number(r, m->percent), NULL);
	for (size_t i = 0; i < m->references.count && n < REFERENCES; i++)
		places[n++] = place_of(r, field_enum(&m->references, i)).of;
	return phrase(r->words, r->arena,
	    n > 1 ? "method_below_references" : "method_below_reference", "measure",
	    method_field_name(r, m->measure), "references",
	    words_joined(r->arena, places, n, words_get(r->words, "and")), NULL);
}

/* "2019 и 2018": the school years behind a list, the last one first. */
static const char *years_before(const struct renderer *r, int year, int64_t count)
{
	const char **years = arena_array(r->arena, (size_t)count + 1, sizeof(*years));
	for (int back = 1; back <= count; back++)
		years[back - 1] = arena_printf(r->arena, "%d", year - back);
	return words_joined(r->arena, years, (size_t)count, words_get(r->words, "and"));
}

const char *method_criterion(const struct renderer *r, const struct criterion *c, int year)
{
	const struct words *w = r->words;
	const char *low = c->at_least == 1
	    ? words_get(w, "method_low_one")
	    : phrase_count(w, r->arena, "method_low_count", c->at_least, NULL);
	const char *years = year ? years_before(r, year, c->years) : "";
	if (c->years == 1)
		return phrase(w, r->arena, year ? "method_in_year" : "method_last_year", "low", low,
		    "years", years, NULL);
	return phrase_count(w, r->arena, year ? "method_in_years" : "method_each_year", c->years,
	    "low", low, "years", years, NULL);
}

static void add_step(struct steps *s, const char *title, const char *text)
{
	if (s->count < STEPS)
		s->items[s->count++] = (struct step){words_get(s->r->words, title), text};
}

/* "В список 2020 года попадает школа, …" */
static const char *whom_listed(const struct steps *s, const char *condition)
{
	const char *year = arena_printf(s->r->arena, "%d", s->year);
	return phrase(s->r->words, s->r->arena, s->year ? "rule_list_of" : "rule_list", "year",
	    year, "condition", condition, NULL);
}

static void low_procedures_steps(struct steps *s)
{
	const struct renderer *r = s->r;
	const struct method *m = s->m;
	const struct criterion *criteria = m->criteria.items;
	const char **names = arena_array(r->arena, m->nprocedures + 1, sizeof(*names));
	const char **texts = arena_array(r->arena, m->criteria.count + 1, sizeof(*texts));
	for (size_t i = 0; i < m->nprocedures; i++)
		names[i] = m->procedures[i]->title;
	for (size_t i = 0; i < m->criteria.count; i++)
		texts[i] = method_criterion(r, &criteria[i], s->year);
	add_step(s, "rule_what",
	    phrase(r->words, r->arena, "rule_exams", "list",
	        words_joined(r->arena, names, m->nprocedures, words_get(r->words, "and")), NULL));
	add_step(s, "rule_low_title",
	    phrase(r->words, r->arena, "rule_low", "rule", method_low_rule(r, m), NULL));
	const char *condition =
	    words_joined(r->arena, texts, m->criteria.count, words_get(r->words, "or"));
	add_step(s, "rule_who",
	    m->criteria.count
	        ? whom_listed(
	              s, phrase(r->words, r->arena, "rule_school_with", "what", condition, NULL))
	        : words_get(r->words, "rule_no_cutoff"));
}

/* -- index ------------------------------------------------------------------- */

/* "85 + 15 × «…» − 20 × «…»" */
static const char *formula(const struct renderer *r, const struct method *m)
{
	const struct term *terms = m->terms.items;
	const char *text = m->intercept.set ? number(r, m->intercept) : "";
	for (size_t i = 0; i < m->terms.count; i++) {
		struct decimal weight = terms[i].weight;
		const char *sign = weight.digits < 0 ? "−" : *text ? "+" : "";
		if (weight.digits < 0)
			weight.digits = -weight.digits;
		text = arena_printf(r->arena, "%s%s%s%s%s × «%s»", text, *text ? " " : "", sign,
		    *sign ? " " : "", number(r, weight),
		    terms[i].metric ? terms[i].metric->title : terms[i].metric_id);
	}
	return text;
}

static void index_steps(struct steps *s)
{
	const struct renderer *r = s->r;
	const struct method *m = s->m;
	add_step(s, "rule_what",
	    phrase(r->words, r->arena, "rule_index", "formula", formula(r, m), NULL));
	if (!m->q.set) {
		add_step(s, "rule_who", words_get(r->words, "rule_no_cutoff"));
		return;
	}
	struct frac percent = frac_mul(decimal_frac(m->q), frac_of(100, 1));
	const char *condition = phrase(r->words, r->arena, "rule_quantile", "percent",
	    words_percent(r->words, r->arena, percent, DECIMAL_SHOWN), NULL);
	add_step(s, "rule_who", whom_listed(s, condition));
	add_step(s, "rule_when",
	    phrase_count(r->words, r->arena, "rule_minimum_schools", m->minimum_schools, NULL));
}

/* -- points and factors ------------------------------------------------------ */

const char *method_cutoff(const struct renderer *r, const struct method *m)
{
	if (m->cutoff_points.set)
		return phrase(r->words, r->arena, "method_cutoff_points", "n",
		    number(r, m->cutoff_points), NULL);
	if (m->cutoff_met > 0)
		return phrase_count(r->words, r->arena, "method_cutoff_met", m->cutoff_met, NULL);
	if (m->kind == METHOD_FACTORS && m->at_least > 0)
		return phrase_count(r->words, r->arena, "method_at_least", m->at_least, NULL);
	return NULL;
}

static void count_steps(struct steps *s)
{
	const struct renderer *r = s->r;
	bool points = s->m->kind == METHOD_POINTS;
	const char *cutoff = method_cutoff(r, s->m);
	add_step(s, "rule_what",
	    phrase_count(r->words, r->arena, points ? "rule_points" : "rule_factors",
	        (long long)s->m->rules.count, NULL));
	add_step(s, "rule_how",
	    words_get(r->words,
	        !points                       ? "rule_count_factors"
	            : s->m->cutoff_points.set ? "rule_sum_points"
	                                      : "rule_count_rules"));
	add_step(s, "rule_who",
	    cutoff ? whom_listed(
	                 s, phrase(r->words, r->arena, "rule_school_with", "what", cutoff, NULL))
	           : words_get(r->words, "rule_no_cutoff"));
}

/* -- the whole --------------------------------------------------------------- */

static void make_steps(struct steps *s, const struct renderer *r, const struct method *m, int year)
{
	*s = (struct steps){.r = r, .m = m, .year = year};
	switch (m->kind) {
	case METHOD_LOW_PROCEDURES:
		low_procedures_steps(s);
		break;
	case METHOD_INDEX:
		index_steps(s);
		break;
	case METHOD_POINTS:
	case METHOD_FACTORS:
		count_steps(s);
		break;
	default:
		break;
	}
}

void method_steps(
    struct renderer *r, struct view *v, const char *name, const struct method *m, int year)
{
	struct list *list = view_list(v, name);
	struct steps s;
	make_steps(&s, r, m, year);
	for (size_t i = 0; i < s.count; i++) {
		struct view *step = list_view(list);
		view_text(step, "title", s.items[i].title);
		view_text(step, "text", s.items[i].text);
	}
}

const char *method_sentence(struct renderer *r, const struct method *m, int year)
{
	const char *text = "";
	struct steps s;
	make_steps(&s, r, m, year);
	for (size_t i = 0; i < s.count; i++)
		text = arena_printf(r->arena, "%s%s%s", text, *text ? " " : "", s.items[i].text);
	return text;
}

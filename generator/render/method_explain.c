/*
 * Why a school is on the computed list, or is not: the verdicts of the basis
 * told one by one. Exams are told by years, and of many exams only those that
 * are low or not known, because they decide; rules and factors are told by
 * those that are met, a long list of them folded. What was needed comes last.
 */
#include "render/basis_view.h"
#include "render/method_words.h"
#include "render/place_view.h"

#include <string.h>

enum { FEW = 3 /* exams of a year that are told all */, REFERENCES = 2 };

struct telling {
	struct renderer *r;
	const struct identification *i;
	const struct school_result *s;
	struct list *out;
	struct verdict *verdicts;
	size_t n;
	bool values; /* numbers may be told */
};

static const char *word(const struct telling *t, const char *key)
{
	return words_get(t->r->words, key);
}

/* Fields: text, items [{text}], has_items. */
static struct list *tell_list(const struct telling *t, const char *text, bool has_items)
{
	struct view *v = list_view(t->out);
	view_text(v, "text", text);
	view_flag(v, "has_items", has_items);
	return view_list(v, "items");
}

static void tell(const struct telling *t, const char *text)
{
	tell_list(t, text, false);
}

static const char *joined(const struct telling *t, const char *text, const char *next)
{
	return *text ? arena_printf(t->r->arena, "%s; %s", text, next) : next;
}

/* -- one exam ---------------------------------------------------------------- */

/* "района (38,17 %) и области (50,86 %)": those references that answer so. */
static const char *references(const struct telling *t, const struct verdict *v, enum met met)
{
	const char *texts[REFERENCES] = {""};
	size_t n = 0;
	for (int scope = SCOPE_MUNICIPALITY; scope <= SCOPE_REGION; scope++) {
		const struct basis *b = verdict_row(v, scope);
		if (!b || b->met != met)
			continue;
		const char *place = place_of(t->r, scope).of;
		bool number = t->values && frac_is_set(b->threshold) &&
		    disclosure_threshold(t->r->disclosure, b);
		texts[n++] = number ? arena_printf(t->r->arena, "%s (%s)", place,
		                          basis_value_text(t->r, b, b->threshold, true))
		                    : place;
	}
	return words_joined(t->r->arena, texts, n, word(t, "and"));
}

static const char *by_references(const struct telling *t, const struct verdict *v, const char *name)
{
	const struct basis *b = v->rows;
	const char *key = v->met == MET_YES ? "explain_below" : "explain_not_below";
	const char *exam = t->values
	    ? arena_printf(t->r->arena, "%s, %s", name, basis_value_text(t->r, b, b->value, true))
	    : name;
	return phrase(t->r->words, t->r->arena, key, "exam", exam, "references",
	    references(t, v, v->met), NULL);
}

static const char *by_share(const struct telling *t, const struct verdict *v, const char *name)
{
	struct renderer *r = t->r;
	const struct basis *b = v->rows;
	bool low = v->met == MET_YES, counts = b->k >= 0 && b->n > 0;
	const char *threshold = basis_value_text(r, b, b->threshold, true);
	if (!t->values)
		return phrase(r->words, r->arena, low ? "explain_low" : "explain_not_low", "exam",
		    name, NULL);
	if (!counts || strcmp(b->measure, "pass_rate") == 0)
		return phrase(r->words, r->arena, low ? "explain_rate_low" : "explain_rate", "exam",
		    name, "value", basis_value_text(r, b, b->value, true), "threshold", threshold,
		    NULL);
	return phrase(r->words, r->arena, low ? "explain_share_low" : "explain_share", "exam", name,
	    "k", words_int(r->words, r->arena, b->k), "n", words_int(r->words, r->arena, b->n),
	    "threshold", threshold, NULL);
}

static const char *exam_text(const struct telling *t, const struct verdict *v)
{
	const struct words *w = t->r->words;
	struct arena *a = t->r->arena;
	const struct method *m = t->i->method;
	const char *name = method_procedure_name(t->r, m, v->rows->rule);
	if (v->hidden)
		return phrase(w, a, "explain_exam_hidden", "exam", name, NULL);
	if (v->met == MET_NOT_APPLICABLE)
		return phrase(w, a, "explain_exam_not_held", "exam", name, NULL);
	if (v->met != MET_YES && v->met != MET_NO)
		return phrase(w, a,
		    frac_is_set(v->rows->value) ? "explain_exam_no_reference"
		                                : "explain_exam_missing",
		    "exam", name, NULL);
	return m->predicate == PREDICATE_BELOW_REFERENCES ? by_references(t, v, name)
	                                                  : by_share(t, v, name);
}

/* -- the exams of a year ------------------------------------------------------ */

struct tally {
	size_t low, unknown, applicable, hidden, exams;
};

static struct tally count_year(const struct verdict *v, size_t n)
{
	struct tally c = {.exams = n};
	for (size_t i = 0; i < n; i++) {
		c.hidden += v[i].hidden;
		c.low += v[i].met == MET_YES;
		c.unknown += v[i].met == MET_UNKNOWN;
		c.applicable += v[i].met != MET_NOT_APPLICABLE;
	}
	return c;
}

static bool is_decisive(const struct verdict *v)
{
	return v->hidden || v->met == MET_YES || v->met == MET_UNKNOWN;
}

static void tell_year(const struct telling *t, const struct verdict *v, const struct tally *c)
{
	struct renderer *r = t->r;
	const char *year = v->rows->period, *parts = "";
	size_t told = 0;
	const char *whole = c->hidden                  ? NULL
	    : c->applicable == 0                       ? "explain_year_not_held"
	    : c->unknown == c->exams                   ? "explain_year_missing"
	    : c->exams > FEW && !c->low && !c->unknown ? "explain_year_none"
	                                               : NULL;
	if (whole) {
		tell(t, phrase(r->words, r->arena, whole, "year", year, NULL));
		return;
	}
	for (size_t i = 0; i < c->exams; i++)
		if (c->exams <= FEW || is_decisive(&v[i])) {
			parts = joined(t, parts, exam_text(t, &v[i]));
			told++;
		}
	if (told)
		tell(t,
		    phrase(r->words, r->arena, "explain_year", "year", year, "exams", parts, NULL));
}

/* "2 в 2019 году, 0 в 2018 году" */
static const char *year_count(const struct telling *t, const char *year, const struct tally *c)
{
	const struct words *w = t->r->words;
	return phrase(w, t->r->arena, c->unknown ? "explain_count_unknown" : "explain_count_year",
	    "year", year, "n", words_int(w, t->r->arena, (long long)c->low), "unknown",
	    words_int(w, t->r->arena, (long long)c->unknown), NULL);
}

static void tell_need(const struct telling *t, const char *counts)
{
	struct renderer *r = t->r;
	const struct method *m = t->i->method;
	const struct criterion *criteria = m->criteria.items;
	const char **needs = arena_array(r->arena, m->criteria.count + 1, sizeof(*needs));
	for (size_t i = 0; i < m->criteria.count; i++)
		needs[i] = method_criterion(r, &criteria[i], t->i->year);
	tell(t,
	    phrase(r->words, r->arena, m->criteria.count ? "explain_counts" : "explain_counts_only",
	        "counts", counts, "need",
	        words_joined(r->arena, needs, m->criteria.count, word(t, "or")), NULL));
}

static void tell_exams(const struct telling *t)
{
	const char *counts = "";
	size_t hidden = 0, applicable = 0;
	for (size_t at = 0, next; at < t->n; at = next) {
		const struct verdict *v = &t->verdicts[at];
		for (next = at + 1; next < t->n; next++)
			if (strcmp(t->verdicts[next].rows->period, v->rows->period) != 0)
				break;
		struct tally c = count_year(v, next - at);
		tell_year(t, v, &c);
		hidden += c.hidden;
		applicable += c.applicable;
		counts = arena_printf(t->r->arena, "%s%s%s", counts, *counts ? ", " : "",
		    year_count(t, v->rows->period, &c));
	}
	if (hidden)
		tell(t, word(t, "explain_counts_hidden"));
	else if (applicable)
		tell_need(t, counts);
}

/* -- the index ---------------------------------------------------------------- */

static void tell_term(const struct telling *t, const struct verdict *v, struct frac step)
{
	struct renderer *r = t->r;
	const struct basis *b = v->rows;
	const char *key = v->hidden        ? "explain_hidden"
	    : v->met == MET_NOT_APPLICABLE ? "explain_not_applicable"
	    : !frac_is_set(b->value)       ? "explain_missing"
	    : frac_is_set(step)            ? "explain_term_pupil"
	                                   : "explain_term";
	tell(t,
	    phrase(r->words, r->arena, key, "title", b->title, "value",
	        basis_value_text(r, b, b->value, true), "points",
	        words_number(r->words, r->arena, b->points, 2), "step",
	        words_number(r->words, r->arena, step, 2), NULL));
}

/* The index with its bound, and what one pupil does to it: the greatest step
 * of a term, when all are known. */
static void tell_value(const struct telling *t, struct frac step)
{
	struct renderer *r = t->r;
	bool cutoff = frac_is_set(t->s->cutoff) && disclosure_cutoff(r->disclosure, t->i);
	const char *text =
	    phrase(r->words, r->arena, cutoff ? "explain_index_cutoff" : "explain_index", "value",
	        words_number(r->words, r->arena, t->s->score, 2), "cutoff",
	        words_number(r->words, r->arena, t->s->cutoff, 2), NULL);
	if (frac_is_set(step))
		text = arena_printf(r->arena, "%s %s", text,
		    phrase(r->words, r->arena, "explain_index_pupil", "step",
		        words_number(r->words, r->arena, step, 2), NULL));
	tell(t, text);
}

static void tell_index(const struct telling *t)
{
	struct frac most = frac_of(0, 1);
	if (!t->values)
		return;
	for (size_t k = 0; k < t->n; k++) {
		struct frac step = basis_one_pupil(t->i->method, &t->verdicts[k]);
		tell_term(t, &t->verdicts[k], step);
		if (frac_is_set(most) && (!frac_is_set(step) || frac_cmp(step, most) > 0))
			most = step;
	}
	if (frac_is_set(t->s->score) && disclosure_school_result(t->r->disclosure, t->i, t->s))
		tell_value(t, most);
}

/* -- rules and factors -------------------------------------------------------- */

/* The groups that rules are told in, and the text of each: key for few, named
 * in the sentence, and key_many for a list behind its number. */
struct rules {
	enum met met;
	bool hidden, withheld;
	const char *key, *key_many;
};

static bool is_of(const struct verdict *v, const struct rules *which)
{
	return !v->part && v->hidden == which->hidden && v->withheld == which->withheld &&
	    (v->hidden || v->met == which->met);
}

static void tell_rules_of(const struct telling *t, const struct rules *which)
{
	const struct words *w = t->r->words;
	const char *titles = "";
	size_t n = 0;
	for (size_t k = 0; k < t->n; k++)
		if (is_of(&t->verdicts[k], which)) {
			titles = joined(t, titles, t->verdicts[k].rows->title);
			n++;
		}
	if (n > 0 && n <= FEW)
		tell(t, phrase(w, t->r->arena, which->key, "titles", titles, NULL));
	if (n <= FEW)
		return;
	struct list *items =
	    tell_list(t, phrase_count(w, t->r->arena, which->key_many, (long long)n, NULL), true);
	for (size_t k = 0; k < t->n; k++)
		if (is_of(&t->verdicts[k], which))
			view_text(list_view(items), "text", t->verdicts[k].rows->title);
}

static void tell_count(const struct telling *t, size_t met, size_t unknown, size_t absent)
{
	struct renderer *r = t->r;
	const struct words *w = r->words;
	const char *cutoff = method_cutoff(r, t->i->method);
	size_t total = met + unknown + absent;
	const char *key = unknown ? "explain_score_unknown" : "explain_score";
	if (total == 0)
		return;
	if (unknown == total) {
		tell(t, phrase_count(w, r->arena, "explain_none_known", (long long)total, NULL));
		return;
	}
	const char *text = phrase(w, r->arena, key, "k", words_int(w, r->arena, (long long)met),
	    "no", words_int(w, r->arena, (long long)absent), "unknown",
	    words_int(w, r->arena, (long long)unknown), "n",
	    words_int(w, r->arena, (long long)total), NULL);
	if (cutoff && !t->i->method->cutoff_points.set)
		text = arena_printf(r->arena, "%s %s", text,
		    phrase(w, r->arena, "explain_need", "need", cutoff, NULL));
	tell(t, text);
}

static size_t count_of(const struct telling *t, const struct rules *which)
{
	size_t n = 0;
	for (size_t k = 0; k < t->n; k++)
		n += is_of(&t->verdicts[k], which);
	return n;
}

static void tell_rules(const struct telling *t)
{
	bool factors = t->i->method->kind == METHOD_FACTORS;
	const struct rules met = {.met = MET_YES,
	    .key = factors ? "explain_present" : "explain_met",
	    .key_many = factors ? "explain_present_many" : "explain_met_many"};
	const struct rules absent = {.met = MET_NO,
	    .key = factors ? "explain_absent" : "explain_not_met",
	    .key_many = factors ? "explain_absent_many" : "explain_not_met_many"};
	const struct rules unknown = {
	    .met = MET_UNKNOWN, .key = "explain_unknown", .key_many = "explain_unknown_many"};
	const struct rules small = {
	    .hidden = true, .key = "explain_rules_hidden", .key_many = "explain_hidden_many"};
	const struct rules sensitive = {.hidden = true,
	    .withheld = true,
	    .key = "explain_rules_withheld",
	    .key_many = "explain_withheld_many"};
	if (!count_of(t, &small) && !count_of(t, &sensitive))
		tell_count(t, count_of(t, &met), count_of(t, &unknown), count_of(t, &absent));
	if (basis_none_known(t->r, t->i, t->s))
		return;
	tell_rules_of(t, &met);
	tell_rules_of(t, &absent);
	tell_rules_of(t, &unknown);
	tell_rules_of(t, &small);
	tell_rules_of(t, &sensitive);
}

/* Points are values; the rules are told at a lower level of disclosure. */
static void tell_points(const struct telling *t)
{
	struct renderer *r = t->r;
	if (!t->i->method->cutoff_points.set || !t->values || !frac_is_set(t->s->score) ||
	    !disclosure_school_result(r->disclosure, t->i, t->s))
		return;
	tell(t,
	    phrase(r->words, r->arena, "explain_points_need", "k",
	        words_number(r->words, r->arena, t->s->score, 2), "n",
	        words_number(r->words, r->arena, t->s->score_possible, 2), "need",
	        method_cutoff(r, t->i->method), NULL));
}

/* -- a school ----------------------------------------------------------------- */

void method_explain(struct renderer *r, struct view *v, const char *name,
    const struct identification *i, const struct school_result *s)
{
	struct telling t = {.r = r, .i = i, .s = s, .out = view_list(v, name)};
	t.values = disclosure_shows_values(r->disclosure);
	if (!disclosure_shows_basis(r->disclosure) || !s->nbasis)
		return;
	t.n = basis_verdicts(r, i, s, &t.verdicts);
	switch (i->method->kind) {
	case METHOD_LOW_PROCEDURES:
		tell_exams(&t);
		break;
	case METHOD_INDEX:
		tell_index(&t);
		break;
	default:
		tell_rules(&t);
		tell_points(&t);
		break;
	}
	if (s->fragile == YESNO_YES && disclosure_school_result(r->disclosure, i, s))
		tell(&t, word(&t, "explain_fragile"));
}

const char *method_standing(
    struct renderer *r, const struct identification *i, const struct school_result *s)
{
	const char *year = arena_printf(r->arena, "%d", i->year), *key = "";
	const char *lists = s->declared == YESNO_YES ? "declared_"
	    : s->declared == YESNO_NO                ? "undeclared_"
	                                             : "";
	switch (s->outcome) {
	case OUTCOME_IDENTIFIED:
		key = "identified";
		break;
	case OUTCOME_NOT_IDENTIFIED:
		key = "not_identified";
		break;
	case OUTCOME_INSUFFICIENT_DATA:
		key = "insufficient_data";
		break;
	case OUTCOME_NOT_APPLICABLE:
		key = "not_applicable";
		break;
	case OUTCOME_UNDETERMINED:
	case OUTCOME_NONE:
		key = "undetermined";
		break;
	}
	return phrase(r->words, r->arena, arena_printf(r->arena, "standing_%s%s", lists, key),
	    "year", year, NULL);
}

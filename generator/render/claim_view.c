/*
 * Claims in blocks of a text are computed when their page is made, those in
 * front matter when the reconciliation page is; both are kept in a list of the
 * renderer, in which the table then looks them up page by page.
 */
#include "render/claim_view.h"

#include "base/intl.h"
#include "render/content_view.h"
#include "render/grid.h"
#include "render/indicator_words.h"
#include "render/method_words.h"
#include "text/typography.h"

#include <string.h>

/* -- in words --------------------------------------------------------------------- */

static const char *word(const struct renderer *r, const char *key)
{
	return words_get(r->words, key);
}

static const char *measure_text(const struct renderer *r, const struct measure *m)
{
	switch (m->form) {
	case FORM_AUDIT:
		return phrase(r->words, r->arena, "claim_of_audit", "item", m->item->title, NULL);
	case FORM_DYNAMICS:
		return phrase(r->words, r->arena, "claim_of_dynamics", "procedure",
		    measure_procedures(r, m), "field", method_field_name(r, m->field), NULL);
	case FORM_CONTEXT:
		return m->metric->title;
	case FORM_RATIO:
		return phrase(r->words, r->arena, "claim_of_ratio", "metric", m->metric->title,
		    "of", m->of->title, NULL);
	case FORM_BELOW_MINIMUM:
		return phrase(r->words, r->arena, "claim_of_below_minimum", "procedures",
		    measure_procedures(r, m), NULL);
	case FORM_DOCUMENTS:
		return word(r, "claim_of_documents");
	default:
		return word(r, "claim_of_special_page");
	}
}

static bool is_computed(const struct claim_meaning *m)
{
	return m->measure.form != FORM_NONE && m->measure.form != FORM_MANUAL;
}

/* "доля …; Тубинская СОШ; 2020 год" */
static const char *subject(const struct renderer *r, const struct claimed *c)
{
	const struct claim_meaning *m = &c->meaning;
	const char *what = measure_text(r, &m->measure);
	const char *who = m->school ? page_school_name(r, m->school)
	    : c->ncontributions     ? cohort_words(r, m->cohort)
	                            : NULL;
	int year = c->year ? c->year : m->year;
	if (who)
		what = arena_printf(r->arena, "%s; %s", what, who);
	return year ? phrase(r->words, r->arena, "claim_in_year", "what", what, "year",
	                  arena_printf(r->arena, "%d", year), NULL)
	            : what;
}

static const char *with_unit(const struct renderer *r, enum claim_unit unit, const char *number)
{
	return unit == CLAIM_PERCENT ? arena_printf(r->arena, "%s\u00a0%%", number) : number;
}

static bool mean_of_shares(const struct claimed *c)
{
	const struct measure *m = &c->meaning.measure;
	return m->form == FORM_CONTEXT && m->metric->kind == METRIC_SHARE;
}

/* Shares of schools and of pupils are said with what they are made of; a mean
 * is made of nothing that could be counted. */
static bool is_share(const struct claimed *c)
{
	const struct measure *m = &c->meaning.measure;
	bool mean = m->form == FORM_CONTEXT && m->metric->kind != METRIC_YESNO;
	return !mean && frac_is_set(c->numerator) && frac_is_set(c->denominator);
}

static const char *bare_value(const struct renderer *r, const struct claimed *c)
{
	if (c->meaning.unit == CLAIM_YESNO)
		return word(r, c->value.yesno == YESNO_YES ? "yes" : "no");
	return with_unit(r, c->meaning.unit, words_number(r->words, r->arena, c->value.number, 2));
}

static const char *value_text(const struct renderer *r, const struct claimed *c)
{
	const struct words *w = r->words;
	const char *text = bare_value(r, c);
	if (!c->meaning.school && mean_of_shares(c))
		return phrase_count(
		    w, r->arena, "value_mean", (long long)c->denominator.num, "value", text, NULL);
	if (!is_share(c))
		return text;
	return phrase(w, r->arena, "value_of", "value", text, "n",
	    words_number(w, r->arena, c->numerator, 2), "total",
	    words_number(w, r->arena, c->denominator, 2), NULL);
}

const char *claim_said(const struct renderer *r, const struct stated *s)
{
	const struct claim_meaning *m = &s->claimed.meaning;
	const char *text = s->claimed.claim->value;
	if (!text || !m->number.set || strchr(text, '%'))
		return text;
	return with_unit(r, is_computed(m) ? m->unit : CLAIM_NUMBER,
	    words_decimal(r->words, r->arena, m->number));
}

const char *claim_how(const struct renderer *r, const struct stated *s)
{
	const struct claimed *c = &s->claimed;
	if (!is_computed(&c->meaning))
		return word(r, "claim_no_measure");
	const char *how = words_capital(r->arena, subject(r, c));
	if (!c->value.set)
		return phrase(r->words, r->arena, "claim_no_data", "what", how, NULL);
	if (!s->shown)
		return phrase(r->words, r->arena, "claim_not_shown", "what", how, NULL);
	if (!c->schools_unknown)
		return arena_printf(r->arena, "%s.", how);
	return arena_printf(r->arena, "%s; %s.", how,
	    phrase_count(r->words, r->arena, "schools_unknown", c->schools_unknown, NULL));
}

const char *claim_value(const struct renderer *r, const struct stated *s, enum gap *gap)
{
	*gap = !s->claimed.value.set ? GAP_NOT_SUPPLIED : s->shown ? GAP_NONE : GAP_HIDDEN;
	return *gap == GAP_NONE ? value_text(r, &s->claimed) : NULL;
}

const char *claim_verdict(const struct renderer *r, const struct stated *s, enum mark *mark)
{
	enum claim_verdict verdict = s->shown ? s->claimed.verdict : CLAIM_UNCHECKED;
	*mark = verdict == CLAIM_AGREES ? MARK_GOOD
	    : verdict == CLAIM_DIFFERS  ? MARK_BAD
	                                : MARK_NONE;
	return word(r,
	    verdict == CLAIM_AGREES        ? "claim_agrees"
	        : verdict == CLAIM_DIFFERS ? "claim_differs"
	        : s->claimed.value.set     ? "claim_hidden"
	                                   : "claim_unchecked");
}

/* -- stating ------------------------------------------------------------------------ */

/* What was computed, for a message, whose language is not the theme's: as the
 * tables write it, and what it is made of. */
static const char *plain_value(const struct renderer *r, const struct claimed *c)
{
	struct buf out = BUF_INIT(BUF_LINE);
	if (c->meaning.unit == CLAIM_YESNO)
		buf_adds(&out, c->value.yesno == YESNO_YES ? "yes" : "no");
	else
		frac_write(&out, c->value.number, 2, '.');
	if (c->meaning.unit == CLAIM_PERCENT)
		buf_adds(&out, " %");
	if (is_share(c)) {
		buf_adds(&out, " (");
		frac_write(&out, c->numerator, 2, '.');
		buf_adds(&out, "/");
		frac_write(&out, c->denominator, 2, '.');
		buf_adds(&out, ")");
	}
	const char *text = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

static void warn(const struct renderer *r, const struct stated *s, struct diag_place at)
{
	const struct claimed *c = &s->claimed;
	if (c->verdict == CLAIM_DIFFERS)
		diag_add(r->diag, DIAG_WARNING, "claim-differs", at, str_of(c->claim->value),
		    _("Correct the number or the tables; until then the reconciliation page shows both."),
		    _("the text states a number that differs from the one computed from the data: %s"),
		    plain_value(r, c));
	else if (c->verdict == CLAIM_AGREES && !s->shown)
		diag_add(r->diag, DIAG_WARNING, "claim-hidden", at, str_of(c->claim->value),
		    _("Take the number out of the text, or publish more in index.md: disclosure."),
		    _("the text states a number that the tables of the site keep hidden"));
}

const struct stated *claim_state(struct renderer *r, const struct claim *c, const char *file,
    const char *path, struct diag_place at)
{
	struct stated *s = arena_alloc(r->kept, sizeof(*s));
	claim_compute(&s->claimed, r->kept, r->dept, r->ids, c);
	s->file = file;
	s->path = arena_strdup(r->kept, path);
	s->shown = disclosure_measured(r->disclosure, &s->claimed.meaning.measure, s->claimed.year,
	    s->claimed.contributions, s->claimed.ncontributions);
	r->claims = arena_grow(r->kept, r->claims, r->nclaims, &r->claims_cap, sizeof(*r->claims));
	r->claims[r->nclaims++] = s;
	warn(r, s, at);
	return s;
}

void claim_fields(struct renderer *r, struct view *v, const struct stated *s, const char *id)
{
	enum mark mark;
	enum gap gap;
	const char *verdict = claim_verdict(r, s, &mark), *value = claim_value(r, s, &gap);
	view_text(v, "id", id);
	view_text(v, "text", typography_signs(r->arena, str_of(s->claimed.claim->text)));
	view_text(v, "said", claim_said(r, s));
	view_text(v, "how", claim_how(r, s));
	view_text(v, "href", page_href(r, "identification/reconciliation/#claims"));
	view_flag(v, "known", gap == GAP_NONE);
	page_number(r, v, "value", value, gap, s->claimed.source);
	page_mark(r, v, "status", mark, verdict);
}

/* -- all of them ------------------------------------------------------------------------ */

static void state_front(struct renderer *r, const struct content *page)
{
	const struct claim *claims = page->claims.items;
	for (size_t i = 0; i < page->claims.count; i++)
		claim_state(r, &claims[i], page->file, page_content_path(r, page),
		    claim_places(page, i).value);
}

static void add_row(struct renderer *r, struct grid *g, const struct stated *s)
{
	enum mark mark;
	enum gap gap;
	const char *said = claim_said(r, s), *verdict = claim_verdict(r, s, &mark);
	const char *value = claim_value(r, s, &gap);
	const char *text = typography_signs(r->arena, str_of(s->claimed.claim->text));
	struct view *row = grid_row(g, text, page_href(r, s->path));
	view_text(row, "note", claim_how(r, s));
	grid_text(g, said ? said : "");
	grid_number(g, value, gap, s->claimed.source);
	grid_mark(g, mark, verdict);
}

void claim_table(struct renderer *r, struct view *v, const char *name)
{
	struct grid g;
	grid_begin(&g, r, v, name, word(r, "claims_caption"));
	grid_head(&g, word(r, "claims_text"), false);
	grid_head(&g, word(r, "claims_said"), false);
	grid_head(&g, word(r, "claims_computed"), false);
	grid_head(&g, word(r, "claims_verdict"), false);
	for (size_t i = 0; i < r->dept->ncontents; i++) {
		const struct content *page = r->dept->contents[i];
		if (!content_published(r, page))
			continue;
		state_front(r, page);
		bool grouped = false;
		for (size_t k = 0; k < r->nclaims; k++) {
			if (strcmp(r->claims[k]->file, page->file) != 0)
				continue;
			if (!grouped)
				grid_group(&g, page->title);
			grouped = true;
			add_row(r, &g, r->claims[k]);
		}
	}
	if (!g.nrows)
		view_null(v, name);
}

/*
 * A form that speaks of schools fills one contribution for each school of the
 * cohort; the sums are taken over these at the end, so that what the page
 * lists and what it adds up are the same numbers.
 */
#include "compute/measures.h"
#include "compute/audit_round.h"
#include "compute/sitting.h"

struct task {
	struct arena *arena;
	const struct department *department;
	const struct measure *measure;
	int year;
	const struct school **schools;
	int64_t count; /* the whole cohort, -1 unknown */
};

struct frac measure_percent(struct frac k, struct frac n)
{
	return frac_div(frac_mul(frac_of(100, 1), k), n);
}

/* -- audit ------------------------------------------------------------------ */

static bool is_later(const struct audit_row *x, const struct audit_row *y)
{
	int order = date_cmp(x->date, y->date);
	return order ? order > 0 : audit_row_outdoes(x, y);
}

static void audit(struct measured *out, const struct task *t)
{
	static const enum met answers[] = {
	    MET_UNKNOWN, MET_YES, MET_NO, MET_NO, MET_UNKNOWN, MET_NOT_APPLICABLE};
	const struct department *d = t->department;
	const struct audit_row **latest = arena_array(t->arena, d->nschools + 1, sizeof(*latest));

	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *row = &d->audit[i];
		if (row->date.year != t->year || row->item != t->measure->item || !row->school)
			continue;
		const struct audit_row **place = &latest[row->school->row.index];
		if (!*place || is_later(row, *place))
			*place = row;
	}
	for (size_t i = 0; i < out->ncontributions; i++) {
		struct contribution *c = &out->contributions[i];
		const struct audit_row *row = latest[c->school->row.index];
		c->counts = row ? answers[row->found] : MET_UNKNOWN;
		c->source = row ? &row->row : NULL;
	}
}

/* -- results ---------------------------------------------------------------- */

static void dynamics(struct measured *out, const struct task *t)
{
	const struct department *d = t->department;
	const struct procedure *p = t->measure->procedures[0];
	const struct result *cover = sitting_cover(d, p, t->year);
	const struct result *cover_before = sitting_cover(d, p, t->year - 1);
	bool falls = t->measure->field == FIELD_BELOW_MINIMUM_SHARE;

	for (size_t i = 0; i < out->ncontributions; i++) {
		struct contribution *c = &out->contributions[i];
		struct sitting now = sitting_of(d, c->school, p, t->year, cover);
		struct sitting before = sitting_of(d, c->school, p, t->year - 1, cover_before);
		c->source = now.source;
		c->source_before = before.source;
		c->result = now.row;
		c->result_before = before.row;
		if (now.state == SITTING_HELD)
			c->value = result_value(now.row, t->measure->field);
		if (before.state == SITTING_HELD)
			c->before = result_value(before.row, t->measure->field);
		if (!frac_is_set(c->value) || !frac_is_set(c->before))
			continue;
		int order = frac_cmp(c->value, c->before);
		c->counts = (falls ? order < 0 : order > 0) ? MET_YES : MET_NO;
	}
}

static void below_minimum(struct measured *out, const struct task *t)
{
	const struct department *d = t->department;
	int64_t all_k = 0, all_n = 0;

	for (size_t i = 0; i < out->ncontributions; i++)
		out->contributions[i].counts = MET_NOT_APPLICABLE;
	for (size_t j = 0; j < t->measure->nprocedures; j++) {
		const struct procedure *p = t->measure->procedures[j];
		const struct result *cover = sitting_cover(d, p, t->year);
		for (size_t i = 0; i < out->ncontributions; i++) {
			struct contribution *c = &out->contributions[i];
			struct sitting cell = sitting_of(d, c->school, p, t->year, cover);
			bool known = cell.state == SITTING_HELD && cell.row->participants > 0 &&
			    cell.row->below_minimum >= 0;
			if (cell.state == SITTING_NOT_APPLICABLE)
				continue;
			c->counts = met_and(c->counts, known ? MET_YES : MET_UNKNOWN);
			if (!known)
				continue;
			c->k += cell.row->below_minimum;
			c->n += cell.row->participants;
			c->result = cell.row;
			c->source = cell.source;
		}
	}
	for (size_t i = 0; i < out->ncontributions; i++) {
		struct contribution *c = &out->contributions[i];
		c->value = measure_percent(frac_of(c->k, 1), frac_of(c->n, 1));
		all_k += c->k;
		all_n += c->n;
	}
	out->exists = all_n > 0;
	if (all_n > 0) {
		out->numerator = frac_of(all_k, 1);
		out->denominator = frac_of(all_n, 1);
	}
}

/* -- context ---------------------------------------------------------------- */

struct frac measure_metric(const struct context *c, const struct metric *m)
{
	return c ? decimal_frac(c->values[m->row.index]) : (struct frac){0, 0};
}

static const struct context *read_context(struct contribution *c, const struct task *t)
{
	const struct metric *m = t->measure->metric, *of = t->measure->of;
	if (!level_applies(m->level, c->school->kind) ||
	    (of && !level_applies(of->level, c->school->kind))) {
		c->counts = MET_NOT_APPLICABLE;
		return NULL;
	}
	c->context = department_context(t->department, SCOPE_SCHOOL, c->school, t->year);
	c->source = c->context ? &c->context->row : NULL;
	return c->context;
}

static void context(struct measured *out, const struct task *t)
{
	const struct metric *m = t->measure->metric;
	bool yes_no = m->kind == METRIC_YESNO;
	struct frac sum = frac_of(0, 1);
	int64_t known = 0;

	for (size_t i = 0; i < out->ncontributions; i++) {
		struct contribution *c = &out->contributions[i];
		struct frac value = measure_metric(read_context(c, t), m);
		if (!frac_is_set(value))
			continue;
		c->value = value;
		c->counts = yes_no && value.num == 0 ? MET_NO : MET_YES;
		sum = frac_add(sum, value);
		known++;
	}
	if (yes_no || known == 0)
		return;
	out->exists = true;
	out->numerator = sum;
	if (m->kind == METRIC_COUNT) {
		out->value = quantity_of(sum);
	} else {
		out->denominator = frac_of(known, 1);
		out->value = quantity_of(frac_div(sum, out->denominator));
	}
}

static void ratio(struct measured *out, const struct task *t)
{
	struct frac k = frac_of(0, 1), n = frac_of(0, 1);
	for (size_t i = 0; i < out->ncontributions; i++) {
		struct contribution *c = &out->contributions[i];
		const struct context *row = read_context(c, t);
		struct frac top = measure_metric(row, t->measure->metric);
		struct frac bottom = measure_metric(row, t->measure->of);
		if (!frac_is_set(top) || !frac_is_set(bottom))
			continue;
		c->counts = bottom.num ? MET_YES : MET_NOT_APPLICABLE;
		c->value = measure_percent(top, bottom);
		k = frac_add(k, top);
		n = frac_add(n, bottom);
	}
	out->exists = frac_is_set(n) && n.num > 0;
	if (out->exists) {
		out->numerator = k;
		out->denominator = n;
	}
}

/* -- documents -------------------------------------------------------------- */

static bool has_cycle(const struct document *doc, int cycle)
{
	for (size_t i = 0; i < doc->cycle.count && cycle; i++)
		if (field_enum(&doc->cycle, i) == cycle)
			return true;
	return false;
}

static void documents(struct measured *out, const struct task *t)
{
	const struct department *d = t->department;
	const struct measure *m = t->measure;
	bool any = false;
	for (size_t i = 0; i < d->ncontents; i++) {
		const struct content *c = d->contents[i];
		if (c->kind != CONTENT_DOCUMENT || c->as.document.date.year != t->year ||
		    !content_is_public(c, d->today))
			continue;
		any |= (m->document_kind && c->as.document.kind == m->document_kind) ||
		    has_cycle(&c->as.document, m->cycle);
	}
	out->value = quantity_yesno(any);
	out->exists = any;
}

/* The four groups of the special page: the programme and the analysis of its
 * implementation; reports with recommendations; acts; events. */
static void special_page(struct measured *out, const struct task *t)
{
	const struct department *d = t->department;
	bool kinds[DOCUMENT_KINDS] = {false}, events = false;

	for (size_t i = 0; i < d->ncontents; i++) {
		const struct content *c = d->contents[i];
		if (!content_is_public(c, d->today))
			continue;
		if (c->kind == CONTENT_PROGRAMME)
			kinds[DOCUMENT_PROGRAMME] = true;
		else if (c->kind == CONTENT_EVENT && c->as.event.date.year <= t->year)
			events = true;
		else if (c->kind == CONTENT_DOCUMENT && c->as.document.date.year <= t->year)
			kinds[c->as.document.kind] = true;
	}
	bool all = kinds[DOCUMENT_PROGRAMME] && kinds[DOCUMENT_ANALYSIS] && kinds[DOCUMENT_ACT] &&
	    (kinds[DOCUMENT_REPORT] || kinds[DOCUMENT_RECOMMENDATION]) && events;
	out->value = quantity_yesno(all);
	out->exists = all;
}

/* -- together --------------------------------------------------------------- */

static void list_contributions(struct measured *out, const struct task *t)
{
	if (!t->schools)
		return;
	out->ncontributions = (size_t)t->count;
	out->contributions =
	    arena_array(t->arena, out->ncontributions + 1, sizeof(*out->contributions));
	for (size_t i = 0; i < out->ncontributions; i++)
		out->contributions[i].school = t->schools[i];
}

/* k schools of n: dynamics speaks of the whole cohort, others of those that
 * answered. */
static void share_of_schools(struct measured *out, const struct task *t)
{
	int64_t yes = 0, answered = 0;
	for (size_t i = 0; i < out->ncontributions; i++) {
		yes += out->contributions[i].counts == MET_YES;
		answered += out->contributions[i].counts == MET_YES ||
		    out->contributions[i].counts == MET_NO;
	}
	int64_t n = t->measure->form == FORM_DYNAMICS ? t->count : answered;
	out->schools_of = answered > 0 ? n : t->count;
	out->exists = answered > 0;
	if (answered > 0) {
		out->numerator = frac_of(yes, 1);
		out->denominator = frac_of(n, 1);
	}
}

static void sum_up(struct measured *out, const struct task *t)
{
	const struct measure *m = t->measure;
	if (m->form == FORM_AUDIT || m->form == FORM_DYNAMICS ||
	    (m->form == FORM_CONTEXT && m->metric->kind == METRIC_YESNO))
		share_of_schools(out, t);
	if (!out->value.set && frac_is_set(out->denominator))
		out->value = quantity_of(measure_percent(out->numerator, out->denominator));
	for (size_t i = 0; i < out->ncontributions; i++) {
		enum met counts = out->contributions[i].counts;
		out->schools_unknown += counts == MET_UNKNOWN;
		out->schools_not_applicable += counts == MET_NOT_APPLICABLE;
	}
}

static void compute(struct measured *out, const struct task *t)
{
	switch (t->measure->form) {
	case FORM_AUDIT:
		audit(out, t);
		break;
	case FORM_DYNAMICS:
		dynamics(out, t);
		break;
	case FORM_CONTEXT:
		context(out, t);
		break;
	case FORM_RATIO:
		ratio(out, t);
		break;
	case FORM_BELOW_MINIMUM:
		below_minimum(out, t);
		break;
	case FORM_DOCUMENTS:
		documents(out, t);
		return;
	case FORM_SPECIAL_PAGE:
		special_page(out, t);
		return;
	default:
		return;
	}
	sum_up(out, t);
}

void measure_compute(struct measured *out, struct arena *a, const struct department *d,
    const struct identifications *all, const struct measure *m, const char *cohort, int year)
{
	struct task t = {a, d, m, year, NULL, -1};
	*out = (struct measured){.schools_of = -1};
	if (m->form == FORM_MANUAL || m->form == FORM_NONE)
		return;
	if (m->form != FORM_DOCUMENTS && m->form != FORM_SPECIAL_PAGE)
		cohort_schools(d, all, cohort, year, a, &t.schools, &t.count);
	list_contributions(out, &t);
	compute(out, &t);
}

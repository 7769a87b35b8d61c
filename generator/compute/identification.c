/*
 * What all kinds of methods share. A kind fills the results of out->schools
 * and adds rows of the basis school by school; here the rows are put into
 * their published order and the declared list is laid beside.
 */
#include "compute/identification.h"
#include "compute/official.h"

#include <stdlib.h>
#include <string.h>

const char *const outcomes[] = {
    "", "identified", "not-identified", "insufficient-data", "not-applicable", "undetermined"};
const char *const met_words[] = {"unknown", "no", "yes", "not-applicable", ""};

static identify_kind *const kinds[] = {
    [METHOD_LOW_PROCEDURES] = identify_low_procedures,
    [METHOD_INDEX] = identify_index,
    [METHOD_POINTS] = identify_points,
    [METHOD_FACTORS] = identify_factors,
};

enum { YEARS = 10000 };

enum met met_and(enum met a, enum met b)
{
	if (a == MET_NOT_APPLICABLE)
		return b;
	if (b == MET_NOT_APPLICABLE)
		return a;
	if (a == MET_NO || b == MET_NO)
		return MET_NO;
	return a == MET_YES && b == MET_YES ? MET_YES : MET_UNKNOWN;
}

enum met met_or(enum met a, enum met b)
{
	if (a == MET_NOT_APPLICABLE)
		return b;
	if (b == MET_NOT_APPLICABLE)
		return a;
	if (a == MET_YES || b == MET_YES)
		return MET_YES;
	return a == MET_NO && b == MET_NO ? MET_NO : MET_UNKNOWN;
}

bool level_applies(int level, int school_kind)
{
	switch (level) {
	case LEVEL_BASIC:
		return school_kind != KIND_PRIMARY;
	case LEVEL_SENIOR:
		return school_kind != KIND_PRIMARY && school_kind != KIND_BASIC;
	default:
		return true;
	}
}

enum outcome outcome_between(bool lower, bool upper)
{
	if (lower == upper)
		return lower ? OUTCOME_IDENTIFIED : OUTCOME_NOT_IDENTIFIED;
	return OUTCOME_INSUFFICIENT_DATA;
}

/* -- the basis -------------------------------------------------------------- */

void identification_expect(struct identification *out, struct arena *a, size_t rows)
{
	if (out->nbasis + rows <= out->basis_cap)
		return;
	size_t cap = out->nbasis + rows;
	struct basis *basis = arena_array(a, cap, sizeof(*basis));
	if (out->nbasis)
		memcpy(basis, out->basis, out->nbasis * sizeof(*basis));
	out->basis = basis;
	out->basis_cap = cap;
}

struct basis *identification_basis(
    struct identification *out, struct arena *a, const struct school *school)
{
	out->basis = arena_grow(a, out->basis, out->nbasis, &out->basis_cap, sizeof(*out->basis));
	struct basis *b = &out->basis[out->nbasis++];
	*b = (struct basis){.school = school, .op = "", .k = -1, .n = -1};
	return b;
}

static int row_order(const struct row *a, const struct row *b)
{
	int order = a->file == b->file ? 0 : strcmp(a->file ? a->file : "", b->file ? b->file : "");
	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order;
}

void sources_add(struct sources *s, struct arena *a, const struct row *row)
{
	size_t at = s->count;
	if (!row)
		return;
	while (at > 0 && row_order(s->rows[at - 1], row) > 0)
		at--;
	if (at > 0 && s->rows[at - 1] == row)
		return;
	if (s->count == s->cap) {
		/* most rows have one or two places: start small */
		s->cap = s->cap ? s->cap * 2 : 2;
		const struct row **rows = arena_array(a, s->cap, sizeof(*rows));
		if (s->count)
			memcpy(rows, s->rows, s->count * sizeof(*rows));
		s->rows = rows;
	}
	memmove(s->rows + at + 1, s->rows + at, (s->count - at) * sizeof(*s->rows));
	s->rows[at] = row;
	s->count++;
}

static int basis_order(const void *x, const void *y)
{
	const struct basis *a = x, *b = y;
	int order = strcmp(a->rule, b->rule);
	if (order == 0)
		order = strcmp(a->period, b->period);
	return order ? order : strcmp(a->measure, b->measure);
}

static void order_basis(struct identification *out)
{
	size_t at = 0;
	for (size_t i = 0; i < out->nschools; i++) {
		struct school_result *r = &out->schools[i];
		r->first_basis = at;
		while (at < out->nbasis && out->basis[at].school == r->school)
			at++;
		r->nbasis = at - r->first_basis;
		bool sorted = true;
		for (size_t j = r->first_basis + 1; j < at && sorted; j++)
			sorted = basis_order(&out->basis[j - 1], &out->basis[j]) <= 0;
		if (!sorted)
			qsort(out->basis + r->first_basis, r->nbasis, sizeof(*out->basis),
			    basis_order);
	}
}

/* -- one list --------------------------------------------------------------- */

static int school_order(const void *x, const void *y)
{
	const struct school_result *a = x, *b = y;
	return strcmp(a->school->id, b->school->id);
}

static void list_schools(struct identification *out, struct arena *a, const struct department *d)
{
	out->schools = arena_array(a, d->nschools + 1, sizeof(*out->schools));
	for (size_t i = 0; i < d->nschools; i++)
		if (school_open(&d->schools[i], out->year))
			out->schools[out->nschools++].school = &d->schools[i];
	qsort(out->schools, out->nschools, sizeof(*out->schools), school_order);
}

enum agreement identification_agreement(const struct school_result *r)
{
	if (r->declared == YESNO_MISSING)
		return AGREEMENT_NONE;
	bool declared = r->declared == YESNO_YES;
	switch (r->outcome) {
	case OUTCOME_IDENTIFIED:
		return declared ? AGREEMENT_AGREED : AGREEMENT_COMPUTED_ONLY;
	case OUTCOME_NOT_IDENTIFIED:
		return declared ? AGREEMENT_DECLARED_ONLY : AGREEMENT_AGREED;
	default:
		return AGREEMENT_NOT_COMPUTABLE;
	}
}

static void compare_lists(struct identification *out, struct arena *a, const struct department *d)
{
	struct official list;
	official_list(&list, a, d, out->method->category, out->year);
	out->has_declared = list.in_force;
	out->declared_count = list.in_force ? list.count : -1;
	for (size_t i = 0; list.in_force && i < out->nschools; i++) {
		struct school_result *r = &out->schools[i];
		if (list.named[r->school->row.index])
			r->declared = YESNO_YES;
		else if (list.all_named)
			r->declared = YESNO_NO;
		enum agreement agreement = identification_agreement(r);
		out->agreed += agreement == AGREEMENT_AGREED;
		out->agreed_listed += agreement == AGREEMENT_AGREED && r->declared == YESNO_YES;
		out->declared_only += agreement == AGREEMENT_DECLARED_ONLY;
		out->computed_only += agreement == AGREEMENT_COMPUTED_ONLY;
		out->not_computable += agreement == AGREEMENT_NOT_COMPUTABLE;
	}
}

static void count_outcomes(struct identification *out)
{
	for (size_t i = 0; i < out->nschools; i++) {
		enum outcome o = out->schools[i].outcome;
		out->identified += o == OUTCOME_IDENTIFIED;
		out->not_identified += o == OUTCOME_NOT_IDENTIFIED;
		out->insufficient += o == OUTCOME_INSUFFICIENT_DATA;
		out->not_applicable += o == OUTCOME_NOT_APPLICABLE;
		out->undetermined += o == OUTCOME_UNDETERMINED;
	}
}

void identify(struct identification *out, struct arena *a, const struct department *d,
    const struct method *m, int year)
{
	*out = (struct identification){.method = m, .year = year, .declared_count = -1};
	list_schools(out, a, d);
	if (m->sound && (size_t)m->kind < sizeof(kinds) / sizeof(*kinds))
		kinds[m->kind](out, a, d);
	for (size_t i = 0; i < out->nschools; i++)
		out->schools[i].cutoff = out->cutoff;
	order_basis(out);
	compare_lists(out, a, d);
	count_outcomes(out);
}

const struct school_result *identification_school(
    const struct identification *i, const struct school *s)
{
	struct school_result key = {.school = s};
	return i->nschools ? bsearch(&key, i->schools, i->nschools, sizeof(key), school_order)
	                   : NULL;
}

/* -- the years that have a list --------------------------------------------- */

static void mark(bool *seen, int year)
{
	if (year > 0 && year < YEARS)
		seen[year] = true;
}

static bool among(const struct procedure *p, const struct procedure *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == p)
			return true;
	return false;
}

static void mark_results(
    bool *seen, const struct department *d, const struct procedure *const *procedures, size_t count)
{
	for (size_t i = 0; i < d->nresults && count; i++) {
		const struct result *r = &d->results[i];
		bool known = r->year + 1 < YEARS && r->year >= 0 && seen[r->year + 1];
		if (!known && r->scope == SCOPE_SCHOOL && among(r->procedure, procedures, count))
			mark(seen, r->year + 1);
	}
}

static void mark_context(bool *seen, const struct department *d)
{
	for (size_t i = 0; i < d->ncontext; i++)
		if (d->context[i].scope == SCOPE_SCHOOL)
			mark(seen, d->context[i].year);
}

static void mark_factors(bool *seen, const struct department *d, const struct method *m)
{
	for (size_t i = 0; i < d->nfactors; i++) {
		const struct factor_row *f = &d->factors[i];
		bool known = f->year > 0 && f->year < YEARS && seen[f->year];
		for (size_t j = 0; j < m->rules.count && !known && f->factor; j++) {
			const struct method_factor *factor = table_row(&m->rules, j);
			if (strcmp(factor->id, f->factor) == 0)
				mark(seen, f->year);
		}
	}
}

static void mark_points(bool *seen, const struct department *d, const struct method *m)
{
	bool context = false;
	for (size_t i = 0; i < m->rules.count; i++) {
		context |= m->measures[i].form == FORM_CONTEXT;
		mark_results(seen, d, m->measures[i].procedures, m->measures[i].nprocedures);
	}
	if (context)
		mark_context(seen, d);
}

size_t identification_years(
    const struct department *d, const struct method *m, struct arena *a, int **years)
{
	bool *seen = arena_array(a, YEARS, sizeof(*seen));
	size_t count = 0;

	if (!m->sound) {
		*years = NULL;
		return 0;
	}
	if (m->kind == METHOD_LOW_PROCEDURES)
		mark_results(seen, d, m->procedures, m->nprocedures);
	else if (m->kind == METHOD_INDEX)
		mark_context(seen, d);
	else if (m->kind == METHOD_POINTS)
		mark_points(seen, d, m);
	else if (m->kind == METHOD_FACTORS)
		mark_factors(seen, d, m);
	for (int y = 0; y < YEARS; y++)
		count += seen[y];
	*years = arena_array(a, count + 1, sizeof(**years));
	size_t at = 0;
	for (int y = 0; y < YEARS; y++)
		if (seen[y])
			(*years)[at++] = y;
	return count;
}

/* -- all lists -------------------------------------------------------------- */

static int list_order(const void *x, const void *y)
{
	const struct identification *a = x, *b = y;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	return strcmp(a->method->id, b->method->id);
}

void identify_all(struct identifications *out, struct arena *a, const struct department *d)
{
	size_t cap = 0;
	*out = (struct identifications){0};
	for (size_t i = 0; i < d->nmethods; i++) {
		int *years;
		size_t count =
		    d->methods[i] ? identification_years(d, d->methods[i], a, &years) : 0;
		for (size_t j = 0; j < count; j++) {
			out->items =
			    arena_grow(a, out->items, out->count, &cap, sizeof(*out->items));
			identify(&out->items[out->count++], a, d, d->methods[i], years[j]);
		}
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), list_order);
}

const struct identification *identifications_find(
    const struct identifications *all, const struct method *m, int year)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].method == m && all->items[i].year == year)
			return &all->items[i];
	return NULL;
}

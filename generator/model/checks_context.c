/*
 * Each metric of each row against the metric it is a part of (its own bounds
 * are the business of model/table), of a municipality also against its schools.
 * The group that a cell describes is the `of` metric, else the participants of
 * a result; groups below the department's minimum are counted here, because
 * what must not be seen must not be committed either.
 */
#include "model/checks.h"

#include "base/intl.h"

static const struct metric *metric_at(const struct checks *c, size_t i)
{
	return c->d->tables[TABLE_CONTEXT].metrics[i];
}

static void wrong(struct checks *c, const struct context *row, const struct metric *m,
    struct decimal value, const char *text)
{
	checks_tell(c, DIAG_ERROR, "context-value", &row->row, m->id,
	    checks_number(c, decimal_frac(value), DECIMAL_SHOWN), _("Correct the number."),
	    arena_printf(c->a, "%s: %s", m->title ? m->title : m->id, text));
}

/* A count is not greater than its whole; a share is a share of it. */
static void check_whole(
    struct checks *c, const struct context *row, const struct metric *m, struct decimal value)
{
	struct decimal whole = m->of ? row->values[m->of->row.index] : (struct decimal){0};
	bool exact, cut;
	if (!whole.set)
		return;
	if (m->kind == METRIC_COUNT && decimal_cmp(value, whole) > 0)
		wrong(c, row, m, value,
		    arena_printf(c->a, _("more than the whole, which is %s (%s)"),
		        checks_number(c, decimal_frac(whole), DECIMAL_SHOWN), m->of->id));
	int64_t n = decimal_int(whole, &exact);
	const char *complaint =
	    m->kind == METRIC_SHARE && exact ? rate_complaint(c, value, n, &cut) : NULL;
	if (complaint)
		checks_tell(c, DIAG_WARNING, cut ? "rate-cut" : "rate-impossible", &row->row, m->id,
		    checks_number(c, decimal_frac(value), DECIMAL_SHOWN),
		    _("Look it up in the source; a misprint of the document belongs into errata.csv."),
		    complaint);
}

/* Of all schools that the metric is about; *whole: none of them is missing. */
static struct decimal range_of_schools(
    const struct checks *c, const struct metric *m, int year, struct decimal *most, bool *whole)
{
	struct decimal least = {0};
	*most = (struct decimal){0};
	*whole = true;
	for (size_t i = 0; i < c->d->nschools; i++) {
		const struct school *s = &c->d->schools[i];
		const struct context *row = department_context(c->d, SCOPE_SCHOOL, s, year);
		struct decimal value = row ? row->values[m->row.index] : (struct decimal){0};
		if (value.set)
			checks_widen(value, &least, most);
		else if (checks_takes_part(s, m->level, year))
			*whole = false;
	}
	return least;
}

static void check_total(
    struct checks *c, const struct context *row, const struct metric *m, struct decimal value)
{
	bool whole;
	struct decimal most, least = range_of_schools(c, m, row->year, &most, &whole);
	if (!least.set)
		return;
	if (m->kind == METRIC_COUNT)
		checks_not_less(c, &row->row, m->id, value, most);
	else if (m->kind == METRIC_SHARE && whole)
		checks_range(c, &row->row, m->id, value, least, most);
}

/* Shares of schools whose whole is not given: told once, as for results. */
static void tell_unknown(
    struct checks *c, const struct context *row, struct decimal rate, size_t count)
{
	if (count == 0)
		return;
	checks_tell(c, DIAG_WARNING, "unknown-group", &row->row, NULL, NULL,
	    _("Add a column with the whole (for example students), so that groups too small to be published can be hidden."),
	    arena_printf(c->a,
	        _("%zu shares of schools come without the number they are a share of, so the size of the group is unknown; here %s fits n = %lld"),
	        count, checks_number(c, decimal_frac(rate), DECIMAL_SHOWN),
	        (long long)rate_least_group(rate)));
}

void checks_context(struct checks *c)
{
	const struct context *first = NULL;
	struct decimal first_rate = {0};
	size_t unknown = 0;
	for (size_t i = 0; i < c->d->ncontext; i++) {
		const struct context *row = &c->d->context[i];
		for (size_t j = 0; j < c->d->tables[TABLE_CONTEXT].nmetrics; j++) {
			const struct metric *m = metric_at(c, j);
			struct decimal value = row->values[m->row.index];
			if (!value.set || m->kind == METRIC_YESNO)
				continue;
			check_whole(c, row, m, value);
			if (row->scope == SCOPE_MUNICIPALITY)
				check_total(c, row, m, value);
			bool whole = m->of && row->values[m->of->row.index].set;
			if (m->kind != METRIC_SHARE || row->scope != SCOPE_SCHOOL || whole)
				continue;
			unknown++;
			if (!first) {
				first = row;
				first_rate = value;
			}
		}
	}
	tell_unknown(c, first, first_rate, unknown);
}

/* -- groups below the minimum -------------------------------------------------- */

static bool is_small(struct decimal n, int64_t minimum)
{
	return n.set && n.digits > 0 && decimal_cmp(n, decimal_of(minimum)) < 0;
}

static bool context_is_small(const struct checks *c, const struct context *row, int64_t minimum)
{
	for (size_t j = 0; j < c->d->tables[TABLE_CONTEXT].nmetrics; j++) {
		const struct metric *m = metric_at(c, j);
		if (!row->values[m->row.index].set ||
		    (m->kind != METRIC_COUNT && m->kind != METRIC_SHARE))
			continue;
		const struct metric *group = m->of ? m->of : m->kind == METRIC_COUNT ? m : NULL;
		if (group && is_small(row->values[group->row.index], minimum))
			return true;
	}
	return false;
}

static void tell_small(struct checks *c, const struct row *first, size_t count, int64_t minimum)
{
	if (count == 0)
		return;
	checks_tell(c, DIAG_WARNING, "small-groups", first, NULL, NULL,
	    _("Whoever reads the repository sees them: keep such tables in a private repository, or give their sums only."),
	    arena_printf(c->a,
	        _("the repository is public (site.yaml) and %zu rows are about groups of fewer than %lld"),
	        count, (long long)minimum));
}

void checks_small_groups(struct checks *c)
{
	int64_t minimum = department_meta(c->d)->disclosure.minimum_group;
	const struct row *first_result = NULL, *first_context = NULL;
	size_t results = 0, contexts = 0;

	if (c->d->site->repository != REPOSITORY_PUBLIC)
		return;
	for (size_t i = 0; i < c->d->nresults; i++) {
		const struct result *r = &c->d->results[i];
		if (r->scope != SCOPE_SCHOOL || r->participants <= 0 || r->participants >= minimum)
			continue;
		if (results++ == 0)
			first_result = &r->row;
	}
	for (size_t i = 0; i < c->d->ncontext; i++) {
		const struct context *row = &c->d->context[i];
		if (row->scope != SCOPE_SCHOOL || !context_is_small(c, row, minimum))
			continue;
		if (contexts++ == 0)
			first_context = &row->row;
	}
	tell_small(c, first_result, results, minimum);
	tell_small(c, first_context, contexts, minimum);
}

/*
 * Context: a cell is one metric of one school. Municipal counts are totals, and
 * so are the two sums of a ratio and the sum behind a mean.
 */
#include "compute/complement_year.h"

static int64_t count_at(const struct context *c, const struct metric *m)
{
	struct decimal value = c->values[m->row.index];
	return value.set ? decimal_int(value, NULL) : -1;
}

static const struct metric *metric_at(const struct year_work *w, size_t i)
{
	return table_row(&w->x->department->site->metrics, i);
}

static bool applies(const struct metric *m, const struct school *s)
{
	return level_applies(m->level, s->kind);
}

/* The cells of the schools in a municipal row. */
static void add_metric(struct year_work *w, const struct context_rows *rows,
    const struct context *whole, const struct metric *m)
{
	uint32_t source = year_publish(w, (struct year_publisher){.context = whole, .metric = m});
	struct sums_total *t = sums_total(&w->sums, 0, source);
	t->published = count_at(whole, m);
	for (size_t i = 0; i < rows->count; i++)
		if (rows->rows[i]->scope == SCOPE_SCHOOL && rows->rows[i]->values[m->row.index].set)
			sums_member(&w->sums, t, i * w->x->nmetrics + m->row.index);
}

/* The cells of a metric that an indicator sums: of the cohort, where the other
 * metric of a ratio is known too. */
static void add_cohort(struct year_work *w, const struct context_rows *rows, uint32_t source,
    const struct metric *m, const struct metric *beside, struct frac published)
{
	struct sums_total *t = sums_total(&w->sums, 0, source);
	if (m->kind == METRIC_COUNT && frac_is_set(published) && published.den == 1)
		t->published = published.num;
	for (size_t i = 0; i < rows->count; i++) {
		const struct context *c = rows->rows[i];
		if (c->scope == SCOPE_SCHOOL && w->cohort[c->school->row.index] &&
		    c->values[m->row.index].set && applies(m, c->school) &&
		    (!beside || (c->values[beside->row.index].set && applies(beside, c->school))))
			sums_member(&w->sums, t, i * w->x->nmetrics + m->row.index);
	}
}

static void add_context_municipality(struct year_work *w, const struct context_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct context *c = rows->rows[i];
		for (size_t j = 0; j < w->x->nmetrics && c->scope == SCOPE_MUNICIPALITY; j++) {
			const struct metric *m = metric_at(w, j);
			if (m->kind == METRIC_COUNT && c->values[j].set &&
			    !w->x->context_hidden[c->row.index * w->x->nmetrics + j])
				add_metric(w, rows, c, m);
		}
	}
}

static void add_context_indicator(
    struct year_work *w, const struct indicator_year *y, const struct measure *m, void *payload)
{
	const struct context_rows *rows = payload;
	bool sum = m->form == FORM_CONTEXT && m->metric->kind != METRIC_YESNO;
	if (m->form != FORM_RATIO && !sum)
		return;
	uint32_t source = year_publish(w, (struct year_publisher){.indicator = y});
	add_cohort(w, rows, source, m->metric, m->of, y->numerator);
	if (m->of)
		add_cohort(w, rows, source, m->of, m->metric, y->denominator);
}

/* Which hidden counts the sums leave few values. A count is a part of its
 * `of`, which bounds it where that one is shown. */
static void note_context(struct year_work *w, const struct context_rows *rows)
{
	size_t nm = w->x->nmetrics, n = w->sums.ncells;
	int64_t *values = arena_array(w->scratch, 2 * n, sizeof(*values)), *most = values + n;
	size_t *whole = arena_array(w->scratch, n, sizeof(*whole));
	bool *narrow = arena_array(w->scratch, n, sizeof(*narrow));
	for (size_t i = 0; i < n; i++) {
		const struct context *c = rows->rows[i / nm];
		const struct metric *m = metric_at(w, i % nm);
		values[i] = m->kind == METRIC_COUNT ? count_at(c, m) : -1;
		whole[i] = m->of ? i / nm * nm + m->of->row.index : n;
		most[i] = INT64_MAX;
		if (m->of && c->values[m->of->row.index].set && !w->sums.cells[whole[i]].hidden)
			most[i] = count_at(c, m->of);
	}
	guess_narrow(&(struct guess){&w->sums, values, most, whole}, w->scratch, narrow);
	for (size_t i = 0; i < n; i++)
		if (narrow[i] && rows->rows[i / nm]->scope == SCOPE_SCHOOL)
			year_guessable(w, &rows->rows[i / nm]->row);
}

static int64_t group_of(const struct context *c, const struct metric *m)
{
	struct decimal group = c->values[m->of ? m->of->row.index : m->row.index];
	return group.set ? decimal_int(group, NULL) : INT64_MAX;
}

void complement_context(struct year_work *w, struct context_rows *rows)
{
	struct disclosure *x = w->x;
	size_t nm = x->nmetrics;
	bool any = false;
	w->sums = (struct sums){.arena = w->scratch, .ncells = rows->count * nm, .layers = 1};
	w->sums.cells = arena_array(w->scratch, w->sums.ncells + 1, sizeof(*w->sums.cells));
	for (size_t i = 0; i < w->sums.ncells; i++) {
		const struct context *c = rows->rows[i / nm];
		w->sums.cells[i].hidden = x->context_hidden[c->row.index * nm + i % nm];
		w->sums.cells[i].group = group_of(c, metric_at(w, i % nm));
		any |= w->sums.cells[i].hidden && c->scope == SCOPE_SCHOOL;
	}
	if (!any)
		return;
	add_context_municipality(w, rows);
	year_indicators(w, add_context_indicator, rows);
	sums_complete(&w->sums);
	for (size_t i = 0; i < w->sums.ncells; i++)
		x->context_hidden[rows->rows[i / nm]->row.index * nm + i % nm] |=
		    w->sums.cells[i].hidden;
	year_hide_publishers(w);
	note_context(w, rows);
}

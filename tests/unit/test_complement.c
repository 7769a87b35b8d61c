/*
 * Sums give no hidden number away: a slow solver of its own tries it on random
 * departments and on random systems, and ranges are checked by hand.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/disclosure.h"
#include "compute/guess.h"
#include "support_random.h"

#include <string.h>

static struct fixture s;
static struct assessment assessment;
static struct disclosure x;

/* -- ranges -------------------------------------------------------------------------- */

static void test_ranges(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct sums_cell cells[3] = {{true, 9}, {true, 9}, {true, 9}};
	struct sums sums = {.arena = &a, .cells = cells, .ncells = 3, .layers = 1};
	int64_t values[3] = {5, 6, 7}, most[3] = {6, 7, INT64_MAX};
	bool narrow[3];
	struct sums_total *t = sums_total(&sums, 0, 0);
	sums_member(&sums, t, 0);
	sums_member(&sums, t, 1);
	t->published = 11; /* 4..6 and 5..7: three values each */
	guess_narrow(&(struct guess){&sums, values, most, NULL}, &a, narrow);
	assert_false(narrow[0] || narrow[1] || narrow[2]);
	values[0] = 6;
	sums.totals[0].published = 12; /* 5, 6 and 6, 7 */
	guess_narrow(&(struct guess){&sums, values, most, NULL}, &a, narrow);
	assert_true(narrow[0] && narrow[1] && !narrow[2]);
	sums.totals[0].published = 13; /* somebody else is in it: no lower bound */
	guess_narrow(&(struct guess){&sums, values, most, NULL}, &a, narrow);
	assert_false(narrow[0] || narrow[1]);
	sums.totals[0].hidden = true;
	sums.totals[0].published = 12;
	guess_narrow(&(struct guess){&sums, values, most, NULL}, &a, narrow);
	assert_false(narrow[0] || narrow[1]);
	arena_clear(&a);
}

/* A part of 11 or more, for the other of its sum is at most 9, and of 12 or
 * fewer, for so much its whole is. */
static void test_ranges_of_parts(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct sums_cell cells[3] = {{true, 9}, {true, 9}, {true, 9}};
	struct sums sums = {.arena = &a, .cells = cells, .ncells = 3, .layers = 1};
	const int64_t values[3] = {11, 9, 12}, most[3] = {INT64_MAX, 9, 12};
	const size_t whole[3] = {2, 3, 3};
	bool narrow[3];
	struct sums_total *t = sums_total(&sums, 0, 0);
	sums_member(&sums, t, 0);
	sums_member(&sums, t, 1);
	t->published = 20;
	guess_narrow(&(struct guess){&sums, values, most, NULL}, &a, narrow);
	assert_false(narrow[0]); /* 11 … 20 */
	guess_narrow(&(struct guess){&sums, values, most, whole}, &a, narrow);
	assert_true(narrow[0]);
	assert_true(narrow[1]); /* 8 or 9 */
	assert_true(narrow[2]); /* 11 or 12 */
	arena_clear(&a);
}

/* -- nothing can be derived ----------------------------------------------------------- */

enum { UNKNOWNS = 2048, EQUATIONS = 512 };
static const uint64_t PRIME = 2147483647;

/* A slow solver of its own: equations over hidden numbers, modulo a prime. */
static struct solver {
	uint64_t rows[EQUATIONS][UNKNOWNS];
	size_t nrows, nunknowns;
} solver;

static uint64_t power(uint64_t base, uint64_t exponent)
{
	uint64_t result = 1;
	for (; exponent; exponent >>= 1, base = base * base % PRIME)
		if (exponent & 1)
			result = result * base % PRIME;
	return result;
}

static void reduce(void)
{
	size_t pivot = 0;
	for (size_t c = 0; c < solver.nunknowns && pivot < solver.nrows; c++) {
		size_t r = pivot;
		while (r < solver.nrows && !solver.rows[r][c])
			r++;
		if (r == solver.nrows)
			continue;
		for (size_t i = 0; i < solver.nunknowns; i++) {
			uint64_t keep = solver.rows[r][i];
			solver.rows[r][i] = solver.rows[pivot][i];
			solver.rows[pivot][i] = keep;
		}
		uint64_t inverse = power(solver.rows[pivot][c], PRIME - 2);
		for (size_t i = 0; i < solver.nunknowns; i++)
			solver.rows[pivot][i] = solver.rows[pivot][i] * inverse % PRIME;
		for (size_t other = 0; other < solver.nrows; other++) {
			uint64_t factor = solver.rows[other][c];
			for (size_t i = 0; other != pivot && factor && i < solver.nunknowns; i++)
				solver.rows[other][i] =
				    (solver.rows[other][i] +
				        (PRIME - factor) * solver.rows[pivot][i]) %
				    PRIME;
		}
		pivot++;
	}
}

/* An equation with one unknown left gives it away. */
static bool gives_away(void)
{
	for (size_t r = 0; r < solver.nrows; r++) {
		size_t entries = 0;
		for (size_t c = 0; c < solver.nunknowns; c++)
			entries += solver.rows[r][c] != 0;
		if (entries == 1)
			return true;
	}
	return false;
}

static void new_equation(void)
{
	assert_true(solver.nrows < EQUATIONS);
	memset(solver.rows[solver.nrows++], 0, sizeof(solver.rows[0]));
}

static void unknown(size_t number)
{
	assert_true(number < UNKNOWNS);
	if (number >= solver.nunknowns)
		solver.nunknowns = number + 1;
	solver.rows[solver.nrows - 1][number]++;
}

/* The number itself, or what gives it: a rate of a known group. */
static bool known(const struct result *r, bool below)
{
	if (below && r->below_minimum < 0)
		return r->participants >= 0 && r->pass_rate.set;
	return below || r->participants >= 0;
}

/* Two unknowns for each row: participants, below minimum. */
static void result_equations(const struct result *whole)
{
	const struct department *d = &s.department;
	for (int below = 0; below < 2; below++) {
		if (!known(whole, below))
			continue;
		new_equation();
		for (size_t i = 0; i < d->nresults; i++) {
			const struct result *r = &d->results[i];
			if (r->scope == SCOPE_SCHOOL && r->procedure == whole->procedure &&
			    r->year == whole->year && r->status == STATUS_HELD && known(r, below) &&
			    !disclosure_result(&x, r))
				unknown(2 * i + (size_t)below);
		}
	}
}

static void below_minimum_equations(const struct indicator_year *y, const struct measure *m)
{
	for (size_t below = 0; below < 2; below++) {
		new_equation();
		for (size_t c = 0; c < y->ncontributions; c++)
			for (size_t p = 0; p < m->nprocedures; p++) {
				const struct result *r =
				    department_result(&s.department, SCOPE_SCHOOL,
				        y->contributions[c].school, m->procedures[p], y->year);
				if (r && r->status == STATUS_HELD && r->participants > 0 &&
				    r->below_minimum >= 0 && !disclosure_result(&x, r))
					unknown(2 * r->row.index + below);
			}
	}
}

/* The metrics that the random departments fill, so that the unknowns are few. */
static const char *const filled[] = {"students", "single_parent", "both_parents_higher",
    "registered", "resettled", "contest_participants", "graduates_9", "continued_to_senior",
    "teachers", "teachers_diagnosed"};
enum { FILLED = sizeof(filled) / sizeof(*filled) };

static void metric_unknown(const struct context *c, size_t number)
{
	const struct metric *m = support_metric(&s, filled[number]);
	if (c->values[m->row.index].set && !disclosure_context(&x, c, m))
		unknown(2 * s.department.nresults + c->row.index * FILLED + number);
}

static void context_equations(const struct context *whole)
{
	for (size_t m = 0; m < FILLED; m++) {
		if (!whole->values[support_metric(&s, filled[m])->row.index].set ||
		    !disclosure_context(&x, whole, support_metric(&s, filled[m])))
			continue;
		new_equation();
		for (size_t i = 0; i < s.department.ncontext; i++) {
			const struct context *c = &s.department.context[i];
			if (c->scope == SCOPE_SCHOOL && c->year == whole->year)
				metric_unknown(c, m);
		}
	}
}

static void ratio_equations(const struct indicator_year *y, const struct measure *m)
{
	for (size_t n = 0; n < FILLED; n++) {
		if (support_metric(&s, filled[n]) != m->metric &&
		    support_metric(&s, filled[n]) != m->of)
			continue;
		new_equation();
		for (size_t c = 0; c < y->ncontributions; c++) {
			const struct context *row = y->contributions[c].context;
			if (row && row->values[m->metric->row.index].set &&
			    row->values[m->of->row.index].set)
				metric_unknown(row, n);
		}
	}
}

static void all_equations(void)
{
	const struct department *d = &s.department;
	solver.nrows = solver.nunknowns = 0;
	for (size_t i = 0; i < d->nresults; i++)
		if (d->results[i].scope == SCOPE_MUNICIPALITY &&
		    d->results[i].status == STATUS_HELD && disclosure_result(&x, &d->results[i]))
			result_equations(&d->results[i]);
	for (size_t i = 0; i < d->ncontext; i++)
		if (d->context[i].scope == SCOPE_MUNICIPALITY)
			context_equations(&d->context[i]);
	for (size_t i = 0; i < assessment.count; i++)
		for (size_t j = 0; j < assessment.indicators[i].nyears; j++) {
			const struct indicator_year *y = &assessment.indicators[i].years[j];
			const struct measure *m = &assessment.indicators[i].measure;
			if (!y->computed || !disclosure_indicator(&x, y))
				continue;
			if (m->form == FORM_BELOW_MINIMUM)
				below_minimum_equations(y, m);
			else if (m->form == FORM_RATIO)
				ratio_equations(y, m);
		}
}

/* Cells that are hidden only because sums would give others away. */
static size_t count_complementary(void)
{
	size_t count = 0;
	for (size_t i = 0; i < s.department.nresults; i++) {
		const struct result *r = &s.department.results[i];
		count += r->scope == SCOPE_SCHOOL && r->participants >= 2 * x.minimum_group &&
		    !disclosure_result(&x, r);
	}
	return count;
}

static void test_nothing_can_be_derived(void **state)
{
	(void)state;
	struct random_rows *rows = test_malloc(sizeof(*rows));
	struct arena a = ARENA_INIT;
	size_t complementary = 0, equations = 0;
	for (unsigned number = 0; number < 400; number++) {
		random_department(rows, &a, 5000 + number);
		support_begin(&s,
		    arena_printf(&a,
		        "period: 2021-2022\ndisclosure: {level: values, "
		        "minimum_group: %u}\n",
		        4 + number % 8));
		random_read(&s, rows, -1);
		struct identifications ids;
		identify_all(&ids, &s.arena, &s.department);
		assess_indicators(&assessment, &s.arena, &s.department, &ids, NULL);
		disclosure_init(&x, &s.arena, &s.department, &ids, &assessment, PROFILE_PUBLIC);
		all_equations();
		equations += solver.nrows;
		reduce();
		if (gives_away())
			fail_msg("department %u: a hidden number can be derived", number);
		complementary += count_complementary();
		support_end(&s);
		arena_clear(&a);
	}
	assert_true(complementary > 100);
	assert_true(equations > 5000);
	test_free(rows);
}

/* Random systems of two layers: what is left is never determined, and cells
 * are not hidden where nothing was. */
static void test_random_systems(void **state)
{
	(void)state;
	uint64_t seed = 7;
	for (int round = 0; round < 500; round++) {
		struct arena a = ARENA_INIT;
		struct sums sums = {
		    .arena = &a, .ncells = 3 + random_number(&seed, 12), .layers = 2};
		bool any = false;
		sums.cells = arena_array(&a, sums.ncells, sizeof(*sums.cells));
		for (size_t i = 0; i < sums.ncells; i++) {
			sums.cells[i] = (struct sums_cell){
			    random_number(&seed, 4) == 0, random_number(&seed, 20)};
			any |= sums.cells[i].hidden;
		}
		unsigned totals = 1 + random_number(&seed, 8);
		for (unsigned t = 0; t < totals; t++) {
			struct sums_total *total = sums_total(
			    &sums, (int)random_number(&seed, 2), random_number(&seed, 5));
			for (size_t i = 0; i < sums.ncells; i++)
				if (random_number(&seed, 2))
					sums_member(&sums, total, i);
		}
		sums_complete(&sums);
		for (int layer = 0; layer < 2; layer++) {
			solver.nrows = 0;
			solver.nunknowns = sums.ncells;
			for (size_t t = 0; t < sums.ntotals; t++) {
				const struct sums_total *total = &sums.totals[t];
				if (total->hidden || total->layer != layer)
					continue;
				new_equation();
				for (size_t i = 0; i < total->count; i++)
					if (sums.cells[total->members[i]].hidden)
						unknown(total->members[i]);
			}
			reduce();
			assert_false(gives_away());
		}
		for (size_t i = 0; i < sums.ncells && !any; i++)
			assert_false(sums.cells[i].hidden);
		arena_clear(&a);
	}
}

static int setup(void **state)
{
	(void)state;
	support_site(&s);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	support_site_end(&s);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ranges),
	    cmocka_unit_test(test_ranges_of_parts),
	    cmocka_unit_test(test_nothing_can_be_derived),
	    cmocka_unit_test(test_random_systems),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/*
 * What must hold for every department, tried on a thousand small ones: the
 * slow second implementation agrees, the order of rows changes nothing, what
 * was missing moves an outcome only within its bounds, more pupils below the
 * minimum never take a school off the list.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/disclosure.h"
#include "support_random.h"
#include "support_slow.h"

#include <stdlib.h>
#include <string.h>

enum { DEPARTMENTS = 1000, LIST_YEAR = 2022 };

static struct fixture s;
static struct random_rows rows;
static struct arena rows_arena = ARENA_INIT;

#define META "period: 2021-2022\ndisclosure: {level: values, minimum_group: 5}\nmethods: ["
static const char *const methods[] = {"fioko-low-results", "ust-ilimsk-low-results",
    "social-wellbeing", "kezhma-low-results", "kezhma-disadvantaged", "kezhma-risk-zone",
    "nazarovo-risks", "x-points", "x-met", "x-references", "x-share", "x-index"};
enum { METHODS = sizeof(methods) / sizeof(*methods) };

static void read_department(unsigned number, long whole)
{
	struct buf front = BUF_INIT(BUF_LINE);
	if (number != UINT32_MAX)
		random_department(&rows, &rows_arena, number);
	buf_adds(&front, META);
	for (size_t i = 0; i < METHODS; i++)
		buf_addf(&front, "%s%s", i ? ", " : "", methods[i]);
	buf_adds(&front, "]\n");
	support_begin(&s, front.data);
	buf_clear(&front);
	random_read(&s, &rows, whole);
}

/* The same rows once more, as they now are. */
static void read_again(long whole)
{
	support_end(&s);
	read_department(UINT32_MAX, whole);
}

static void end(void)
{
	support_end(&s);
	arena_clear(&rows_arena);
}

/* -- the second implementation ------------------------------------------------ */

static bool near(struct frac f, double d)
{
	double difference = (double)f.num / (double)f.den - d;
	return difference < 1e-9 && difference > -1e-9;
}

static void compare_school(
    unsigned number, const struct identification *i, const struct school_result *r)
{
	struct slow slow = slow_identify(&s.department, i->method, r->school, i->year);
	bool same = r->outcome == slow.outcome && r->fragile == slow.fragile &&
	    frac_is_set(r->score) == slow.has_score &&
	    frac_is_set(r->score_possible) == slow.has_possible &&
	    (!slow.has_score || near(r->score, slow.score)) &&
	    (!slow.has_possible || near(r->score_possible, slow.possible));
	if (!same)
		fail_msg(
		    "department %u, %s, %d, %s: %s score %lld/%lld of %lld fragile %d; slow: %s %g of %g fragile %d",
		    number, i->method->id, i->year, r->school->id, outcomes[r->outcome],
		    (long long)r->score.num, (long long)r->score.den,
		    (long long)r->score_possible.num, r->fragile, outcomes[slow.outcome],
		    slow.score, slow.possible, slow.fragile);
}

static void test_agrees_with_the_slow_one(void **state)
{
	(void)state;
	size_t seen[6] = {0}, fragile = 0;
	for (unsigned number = 0; number < DEPARTMENTS; number++) {
		read_department(number, -1);
		for (size_t m = 0; m < METHODS; m++) {
			struct identification *i =
			    support_identify(&s, methods[m], LIST_YEAR - (int)(number % 2));
			for (size_t j = 0; j < i->nschools; j++) {
				compare_school(number, i, &i->schools[j]);
				seen[i->schools[j].outcome]++;
				fragile += i->schools[j].fragile == YESNO_YES;
			}
		}
		end();
	}
	/* The departments are worth something: every answer came up often. */
	for (size_t o = OUTCOME_IDENTIFIED; o <= OUTCOME_UNDETERMINED; o++)
		assert_true(seen[o] > 500);
	assert_true(fragile > 300);
}

/* -- the order of rows --------------------------------------------------------- */

static void write_frac(struct buf *out, struct frac f)
{
	buf_addf(out, " %lld/%lld", (long long)f.num, (long long)f.den);
}

static void write_identification(
    struct buf *out, const struct identification *i, const struct disclosure *x)
{
	buf_addf(out, "\n%d %s", i->year, i->method->id);
	for (size_t j = 0; j < i->nschools; j++) {
		const struct school_result *r = &i->schools[j];
		buf_addf(out, "\n%s %s %d %d %d", r->school->id, outcomes[r->outcome], r->fragile,
		    r->declared, disclosure_school_result(x, i, r));
		write_frac(out, r->score);
		write_frac(out, r->score_possible);
		write_frac(out, r->cutoff);
		for (size_t k = 0; k < r->nbasis; k++) {
			const struct basis *b = &i->basis[r->first_basis + k];
			buf_addf(out, "\n %s %s %s %s %d %d %zu %lld %lld", b->rule, b->period,
			    b->measure, b->op, b->met, disclosure_basis(x, b), b->sources.count,
			    (long long)b->k, (long long)b->n);
			write_frac(out, b->value);
			write_frac(out, b->threshold);
			write_frac(out, b->points);
		}
	}
}

static void write_indicator(
    struct buf *out, const struct indicator_state *state, const struct disclosure *x)
{
	for (size_t j = 0; j < state->nyears; j++) {
		const struct indicator_year *y = &state->years[j];
		buf_addf(out, "\n%s %d %s %d %lld %lld %lld", state->indicator->id, y->year,
		    statuses[y->status], disclosure_indicator(x, y), (long long)y->schools_of,
		    (long long)y->schools_needed, (long long)y->schools_unknown);
		write_frac(out, y->value.number);
		write_frac(out, y->numerator);
		write_frac(out, y->denominator);
		write_frac(out, y->target.number);
		for (size_t k = 0; k < y->ncontributions; k++) {
			const struct contribution *c = &y->contributions[k];
			buf_addf(out, " %s:%d%d", c->school->id, c->counts,
			    disclosure_contribution(x, y, c));
		}
	}
}

static int by_id(const void *x, const void *y)
{
	const struct indicator_state *const *a = x, *const *b = y;
	return strcmp((*a)->indicator->id, (*b)->indicator->id);
}

/* Everything that is computed, as text; places of rows aside. */
static char *everything(void)
{
	struct buf out = BUF_INIT(BUF_FILE);
	struct identifications ids;
	struct assessment assessment;
	struct disclosure x;
	identify_all(&ids, &s.arena, &s.department);
	assess_indicators(&assessment, &s.arena, &s.department, &ids, NULL);
	disclosure_init(&x, &s.arena, &s.department, &ids, &assessment, PROFILE_PUBLIC);
	for (size_t i = 0; i < ids.count; i++)
		write_identification(&out, &ids.items[i], &x);
	const struct indicator_state **states =
	    arena_array(&s.arena, assessment.count + 1, sizeof(*states));
	for (size_t i = 0; i < assessment.count; i++)
		states[i] = &assessment.indicators[i];
	qsort(states, assessment.count, sizeof(*states), by_id);
	for (size_t i = 0; i < assessment.count; i++)
		write_indicator(&out, states[i], &x);
	assert_int_equal(buf_err(&out), 0);
	char *text = xstrdup(out.data);
	buf_clear(&out);
	return text;
}

static void test_order_of_rows_changes_nothing(void **state)
{
	(void)state;
	for (unsigned number = 0; number < DEPARTMENTS / 5; number++) {
		read_department(number, -1);
		char *before = everything();
		random_shuffle(&rows);
		read_again(-1);
		char *after = everything();
		assert_string_equal(before, after);
		free(before);
		free(after);
		end();
	}
}

/* -- missing values -------------------------------------------------------------- */

static bool is_bounded(const struct identification *i)
{
	return i->method->kind != METHOD_INDEX;
}

static void test_missing_values_move_within_bounds(void **state)
{
	(void)state;
	size_t decided = 0;
	for (unsigned number = 0; number < DEPARTMENTS / 2; number++) {
		enum outcome before[METHODS][8];
		read_department(number, -1);
		for (size_t m = 0; m < METHODS; m++) {
			struct identification *i = support_identify(&s, methods[m], LIST_YEAR);
			for (size_t j = 0; j < i->nschools; j++)
				before[m][j] = i->schools[j].outcome;
		}
		/* A row that was not given whole, from a place by chance. */
		size_t from = random_number(&rows.seed, (unsigned)rows.count), hole = rows.count;
		for (size_t k = 0; k < rows.count && hole == rows.count; k++) {
			const struct random_row *row = &rows.rows[(from + k) % rows.count];
			if (!row->given || strcmp(row->given, row->whole) != 0)
				hole = (from + k) % rows.count;
		}
		read_again((long)hole);
		for (size_t m = 0; m < METHODS; m++) {
			struct identification *i = support_identify(&s, methods[m], LIST_YEAR);
			for (size_t j = 0; j < i->nschools && is_bounded(i); j++) {
				enum outcome now = i->schools[j].outcome;
				decided += before[m][j] == OUTCOME_INSUFFICIENT_DATA &&
				    now != before[m][j];
				if ((before[m][j] == OUTCOME_IDENTIFIED && now != before[m][j]) ||
				    (before[m][j] == OUTCOME_NOT_IDENTIFIED &&
				        now == OUTCOME_IDENTIFIED))
					fail_msg(
					    "department %u, row %zu (%s), %s, %s: %s became %s",
					    number, hole, rows.rows[hole].whole, methods[m],
					    i->schools[j].school->id, outcomes[before[m][j]],
					    outcomes[now]);
			}
		}
		end();
	}
	assert_true(decided > 10);
}

/* -- more pupils below the minimum ------------------------------------------------ */

static bool counts_below_minimum(const struct method *m)
{
	return m->predicate == PREDICATE_SHARE_BELOW_MINIMUM;
}

static bool identified(const char *method, const char *school)
{
	struct identification *i = support_identify(&s, method, LIST_YEAR);
	const struct school_result *r = identification_school(i, support_school(&s, school));
	return r && r->outcome == OUTCOME_IDENTIFIED;
}

static void add_pupils(const char *method, struct result *r)
{
	if (r->scope != SCOPE_SCHOOL || r->below_minimum < 0 || r->participants <= r->below_minimum)
		return;
	int64_t k = r->below_minimum;
	bool was = identified(method, r->school->id);
	while (r->below_minimum < r->participants) {
		r->below_minimum++;
		bool is = identified(method, r->school->id);
		assert_true(is || !was);
		was = is;
	}
	r->below_minimum = k;
}

static void test_more_below_the_minimum_never_helps(void **state)
{
	(void)state;
	for (unsigned number = 0; number < DEPARTMENTS / 10; number++) {
		read_department(number, -1);
		struct result *results = s.department.tables[TABLE_RESULTS].rows;
		for (size_t m = 0; m < METHODS; m++)
			for (size_t i = 0; i < s.department.nresults; i++)
				if (counts_below_minimum(site_method(&s.site, methods[m])))
					add_pupils(methods[m], &results[i]);
		end();
	}
}

/* -- the methods -------------------------------------------------------------------- */

#define POINTS "---\ntitle: X\nkind: points\ncategory: low-results\ntable: x.csv\n"
#define RULES  "rule,criterion,title,measure,match,over,years,operator,threshold,reference,points\n"
#define SOME_RULES(p1, p2, p3, p4, p5, p6, p7) \
	RULES \
	"a,,A,result:mean_mark:oge-rus|oge-math|vpr-rus-6,any,each,2,<,,region," p1 "\n" \
	"b,,B,result:below_minimum_share:oge-rus|ege-rus,all,sum,3,>=,20,none," p2 "\n" \
	"c,,C,context:single_parent/students,,each,2,>,10,none," p3 "\n" \
	"d,,D,context:continued_to_senior/graduates_9,,sum,3,<,,municipality," p4 "\n" \
	"e,,E,result:mean_score:vpr-rus-4|vpr-math-4|vpr-world-4,all,last,1,>,3,gap-region," p5 \
	"\n" \
	"f,,F,context:small_school,,last,1,present,,none," p6 "\n" \
	"g,,G,result:quality_rate:vpr-rus-6|oge-math,all,last,1,<=,50,none," p7 "\n"

static int setup(void **state)
{
	(void)state;
	support_site(&s);
	support_method(&s, "x-points", POINTS "cutoff_points: 3.5\n---\nx\n",
	    SOME_RULES("1", "2", "0.5", "1", "1.5", "1", "2"));
	support_method(
	    &s, "x-met", POINTS "cutoff_met: 3\n---\nx\n", SOME_RULES("", "", "", "", "", "", ""));
	support_method(&s, "x-references",
	    "---\ntitle: X\nkind: low-procedures\ncategory: low-results\n"
	    "predicate: below-references\nmeasure: pass_rate\nreferences: [municipality]\n"
	    "procedures: [oge-math, vpr-rus-6, ege-rus, vpr-rus-4]\n"
	    "criteria: [{at_least: 2, years: 1}, {at_least: 1, years: 3}]\n---\nx\n",
	    NULL);
	support_method(&s, "x-share",
	    "---\ntitle: X\nkind: low-procedures\ncategory: low-results\n"
	    "predicate: share-below-minimum\npercent: 12.5\n"
	    "procedures: [oge-math, oge-rus, vpr-rus-6, vpr-math-5, ege-rus]\n"
	    "criteria: [{at_least: 3, years: 1}, {at_least: 2, years: 2}]\n---\nx\n",
	    NULL);
	support_method(&s, "x-index",
	    "---\ntitle: X\nkind: index\ncategory: disadvantaged\nintercept: 50\nq: 0.4\n"
	    "minimum_schools: 2\nterms: [{metric: single_parent, weight: -12.5}, "
	    "{metric: continued_to_senior, weight: 3}]\n---\nx\n",
	    NULL);
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
	    cmocka_unit_test(test_agrees_with_the_slow_one),
	    cmocka_unit_test(test_order_of_rows_changes_nothing),
	    cmocka_unit_test(test_missing_values_move_within_bounds),
	    cmocka_unit_test(test_more_below_the_minimum_never_helps),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* The kind index: values, the quantile, what is left out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_department.h"

static struct fixture s;

#define SCHOOLS \
	"school,name,kind\na,School A,secondary\nb,School B,basic\nc,School C,primary\n" \
	"d,School D,other\ne,School E,secondary\n"
#define CONTEXT "year,school,students,both_parents_higher,single_parent,registered\n"

static struct identification *index_of(const char *context)
{
	support_begin(&s, "methods: [social-wellbeing]\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_CONTEXT, context);
	support_finish(&s);
	return support_identify(&s, "social-wellbeing", 2022);
}

static void test_worked_example(void **state)
{
	(void)state;
	struct identification *i = index_of(CONTEXT "2022,a,200,60,50,4\n");
	const struct school_result *a = support_result(&s, i, "a");
	assert_frac(a->score, 832, 10);
	assert_unset(a->score_possible);
	/* One value is less than four: the list decides nothing, the value stays. */
	assert_outcome(a, OUTCOME_INSUFFICIENT_DATA);
	assert_unset(a->cutoff);
	assert_int_equal(i->insufficient, 5);
	const struct basis *b = support_basis(i, "a", "single_parent", "2022", "share");
	assert_frac(b->value, 1, 4);
	assert_frac(b->points, -5, 1);
	assert_int_equal(b->met, MET_NONE);
	assert_int_equal(b->k, 50);
	assert_int_equal(b->n, 200);
	assert_int_equal(b->sources.rows[0]->line, 2);
	assert_string_equal(b->op, "");
	assert_frac(support_basis(i, "a", "registered", "2022", "share")->points, -13, 10);
	assert_frac(support_basis(i, "a", "both_parents_higher", "2022", "share")->points, 45, 10);
	support_end(&s);
}

/* Values 85, 84, 83, 82: the quartile lies at 0.75 of the way from 82 to 83. */
static void test_quartile(void **state)
{
	(void)state;
	struct identification *i = index_of(CONTEXT "2022,a,20,0,0,0\n"
	                                            "2022,b,20,0,1,0\n"
	                                            "2022,c,20,0,2,0\n"
	                                            "2022,d,20,0,3,0\n");
	assert_frac(i->cutoff, 8275, 100);
	assert_outcome(support_result(&s, i, "d"), OUTCOME_IDENTIFIED);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_NOT_IDENTIFIED);
	assert_outcome(support_result(&s, i, "e"), OUTCOME_INSUFFICIENT_DATA); /* no row */
	assert_unset(support_result(&s, i, "e")->score);
	assert_frac(support_result(&s, i, "a")->cutoff, 8275, 100);
	support_end(&s);
}

/* Five values: (5-1)·0.25 is the second; ties with it are included. */
static void test_ties_are_included(void **state)
{
	(void)state;
	struct identification *i = index_of(CONTEXT "2022,a,20,0,0,0\n"
	                                            "2022,b,40,0,4,0\n" /* 83, as c */
	                                            "2022,c,20,0,2,0\n"
	                                            "2022,d,20,0,3,0\n"
	                                            "2022,e,20,1,0,0\n");
	assert_frac(i->cutoff, 83, 1);
	assert_int_equal(i->identified, 3);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_IDENTIFIED);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_IDENTIFIED);
	support_end(&s);

	/* The last of the sorted values, when q is 1. */
	support_method(&s, "all-of-them",
	    "---\ntitle: X\nkind: index\ncategory: disadvantaged\nintercept: 1\nq: 1\n"
	    "minimum_schools: 2\nterms: [{metric: single_parent, weight: 1}]\n---\nx\n",
	    NULL);
	index_of(CONTEXT "2022,a,20,0,0,0\n2022,b,20,0,4,0\n");
	i = support_identify(&s, "all-of-them", 2022);
	assert_frac(i->cutoff, 12, 10);
	assert_int_equal(i->identified, 2);
	assert_frac(support_result(&s, i, "a")->score, 1, 1);
	support_end(&s);
}

static void test_no_term_may_be_missing(void **state)
{
	(void)state;
	struct identification *i = index_of(CONTEXT "2022,a,20,0,0,0\n"
	                                            "2022,b,20,0,1,\n"
	                                            "2022,c,,0,2,0\n"
	                                            "2022,d,0,0,0,0\n"
	                                            "2021,e,20,0,0,0\n");
	assert_outcome(support_result(&s, i, "b"), OUTCOME_INSUFFICIENT_DATA);
	assert_unset(support_result(&s, i, "b")->score);
	assert_int_equal(support_basis(i, "b", "registered", "2022", NULL)->met, MET_UNKNOWN);
	assert_frac(support_basis(i, "b", "single_parent", "2022", NULL)->value, 1, 20);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_INSUFFICIENT_DATA);
	/* Nobody there: no share applies. */
	assert_outcome(support_result(&s, i, "d"), OUTCOME_NOT_APPLICABLE);
	assert_int_equal(
	    support_basis(i, "d", "single_parent", "2022", NULL)->met, MET_NOT_APPLICABLE);
	assert_outcome(support_result(&s, i, "e"), OUTCOME_INSUFFICIENT_DATA); /* another year */
	support_end(&s);
}

/* Percents are divided by 100; a metric of a level that the school lacks. */
static void test_shares_and_levels(void **state)
{
	(void)state;
	support_method(&s, "of-shares",
	    "---\ntitle: X\nkind: index\ncategory: disadvantaged\nq: 0.5\nminimum_schools: 2\n"
	    "terms: [{metric: low_income_or_single_parent_share, weight: 10}]\n---\nx\n",
	    NULL);
	support_method(&s, "of-graduates",
	    "---\ntitle: X\nkind: index\ncategory: disadvantaged\nq: 0.5\nminimum_schools: 2\n"
	    "terms: [{metric: continued_to_senior, weight: 10}]\n---\nx\n",
	    NULL);
	support_begin(&s, "");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_CONTEXT,
	    "year,school,low_income_or_single_parent_share,continued_to_senior,graduates_9\n"
	    "2022,a,12.5,3,10\n2022,b,40,5,10\n2022,c,100,,\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "of-shares", 2022);
	assert_frac(support_result(&s, i, "a")->score, 125, 100);
	assert_frac(support_result(&s, i, "c")->score, 10, 1);
	assert_frac(i->cutoff, 4, 1);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_IDENTIFIED);
	i = support_identify(&s, "of-graduates", 2022);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_NOT_APPLICABLE);
	assert_frac(i->cutoff, 4, 1);
	support_end(&s);
}

/* Denominators without a common factor soon leave 63 bits: the value is kept
 * to 10^-12, far below the tolerance, and equal schools stay equal. */
static void test_many_different_denominators(void **state)
{
	(void)state;
	struct identification *i = index_of(CONTEXT "2022,a,999983,500000,333333,250001\n"
	                                            "2022,b,999979,500000,333333,250001\n"
	                                            "2022,c,999961,500000,333333,250001\n"
	                                            "2022,d,999959,500000,333333,250001\n"
	                                            "2022,e,999983,500000,333333,250001\n");
	assert_true(frac_is_set(i->cutoff));
	assert_true(i->identified >= 2);
	assert_int_equal(support_result(&s, i, "a")->outcome, support_result(&s, i, "e")->outcome);
	support_end(&s);
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
	    cmocka_unit_test(test_worked_example),
	    cmocka_unit_test(test_quartile),
	    cmocka_unit_test(test_ties_are_included),
	    cmocka_unit_test(test_no_term_may_be_missing),
	    cmocka_unit_test(test_shares_and_levels),
	    cmocka_unit_test(test_many_different_denominators),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

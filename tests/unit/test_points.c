/* The kind points: measures, years, references, three-valued joins, scores. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_department.h"

#include <string.h>

static struct fixture s;

#define SCHOOLS \
	"school,name,kind\na,School A,secondary\nb,School B,basic\nc,School C,primary\n" \
	"d,School D,other\n"
#define RESULTS \
	"year,procedure,scope,school,participants,below_minimum,mean_mark,mean_score,status\n"
#define RULES "rule,criterion,title,measure,match,over,years,operator,threshold,reference,points\n"

static void method_with(const char *front, const char *rules)
{
	char text[512];
	strcpy(text, "---\ntitle: X\nkind: points\ncategory: low-results\ntable: x.csv\n");
	strcat(text, front);
	strcat(text, "---\nx\n");
	support_method(&s, "x", text, rules);
}

static struct identification *identify_x(const char *results, const char *context)
{
	support_begin(&s, "");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	if (results)
		support_table(&s, TABLE_RESULTS, results);
	if (context)
		support_table(&s, TABLE_CONTEXT, context);
	support_finish(&s);
	return support_identify(&s, "x", 2022);
}

static enum met met_of(
    const struct identification *i, const char *school, const char *rule, const char *period)
{
	return support_basis(i, school, rule, period, NULL)->met;
}

/* -- years -------------------------------------------------------------------- */

static void test_last_year(void **state)
{
	(void)state;
	method_with("",
	    RULES "r,,R,result:mean_mark:oge-rus,,last,1,<,3.5,none,\n"
	          "s,,S,context:single_parent/students,,last,1,>,30,none,\n");
	struct identification *i = identify_x(RESULTS "2021,oge-rus,school,a,,,3.4,,\n"
	                                              "2021,oge-rus,school,b,,,3.5,,\n"
	                                              "2020,oge-rus,school,d,,,3.4,,\n",
	    "year,school,students,single_parent\n"
	    "2022,a,100,30\n2022,b,99,30\n2022,c,0,0\n2021,d,10,10\n");
	assert_int_equal(met_of(i, "a", "r", "2021"), MET_YES);
	assert_int_equal(met_of(i, "b", "r", "2021"), MET_NO);
	assert_int_equal(met_of(i, "c", "r", "2021"), MET_NOT_APPLICABLE);
	assert_int_equal(met_of(i, "d", "r", "2021"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "a", "s", "2022"), MET_NO); /* exactly 30 % */
	assert_int_equal(met_of(i, "b", "s", "2022"), MET_YES);
	assert_int_equal(met_of(i, "c", "s", "2022"), MET_NOT_APPLICABLE); /* of 0 */
	assert_int_equal(met_of(i, "d", "s", "2022"), MET_UNKNOWN);
	const struct basis *b = support_basis(i, "b", "s", "2022", "single_parent/students");
	assert_frac(b->value, 3000, 99);
	assert_frac(b->threshold, 30, 1);
	assert_string_equal(b->op, ">");
	assert_int_equal(b->k, 30);
	assert_int_equal(b->n, 99);
	/* Without points the score is the number of rules met; no cutoff: undetermined. */
	assert_outcome(support_result(&s, i, "a"), OUTCOME_UNDETERMINED);
	assert_frac(support_result(&s, i, "a")->score, 1, 1);
	assert_frac(support_result(&s, i, "a")->score_possible, 2, 1);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_NOT_APPLICABLE);
	assert_unset(support_result(&s, i, "c")->score);
	assert_outcome(support_result(&s, i, "d"), OUTCOME_UNDETERMINED); /* whatever is missing */
	support_end(&s);
}

static void test_each_of_three_years(void **state)
{
	(void)state;
	method_with("", RULES "r,,R,result:mean_mark:oge-rus,,each,3,<,,region,\n");
	struct identification *i = identify_x(RESULTS
	    "2021,oge-rus,region,,,,4,,\n2020,oge-rus,region,,,,4,,\n"
	    "2019,oge-rus,region,,,,4,,\n"
	    "2021,oge-rus,school,a,,,3,,\n2020,oge-rus,school,a,,,3.99,,\n"
	    "2019,oge-rus,school,a,,,3.9,,\n"
	    "2021,oge-rus,school,b,,,3,,\n2020,oge-rus,school,b,,,4,,\n"
	    "2021,oge-rus,school,d,,,3,,\n2020,oge-rus,school,d,,,,,no-participants\n",
	    NULL);
	assert_int_equal(met_of(i, "a", "r", "2019-2021"), MET_YES);
	assert_int_equal(met_of(i, "a", "r/oge-rus", "2020"), MET_YES);
	/* A missing year: no, when a known year already fails, else unknown. */
	assert_int_equal(met_of(i, "b", "r", "2019-2021"), MET_NO);
	assert_int_equal(met_of(i, "b", "r/oge-rus", "2019"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "d", "r", "2019-2021"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "d", "r/oge-rus", "2020"), MET_NOT_APPLICABLE);
	const struct basis *b = support_basis(i, "a", "r/oge-rus", "2021", "mean_mark/region");
	assert_frac(b->threshold, 4, 1);
	assert_int_equal(b->sources.count, 2);
	assert_non_null(b->reference);
	b = support_basis(i, "a", "r", "2019-2021", "mean_mark/region");
	assert_unset(b->value);
	assert_unset(b->threshold);
	assert_int_equal(b->sources.count, 6);
	support_end(&s);

	/* What did not take place is skipped; when nothing did, nothing applies. */
	i = identify_x(RESULTS
	    "2021,oge-rus,region,,,,4,,\n"
	    "2020,oge-rus,region,,,,,,cancelled\n"
	    "2019,oge-rus,region,,,,4,,\n"
	    "2021,oge-rus,school,a,,,3,,\n2019,oge-rus,school,a,,,3,,\n"
	    "2021,oge-rus,school,b,,,,,no-level\n2019,oge-rus,school,b,,,,,no-level\n",
	    NULL);
	assert_int_equal(met_of(i, "a", "r", "2019-2021"), MET_YES);
	assert_int_equal(met_of(i, "b", "r", "2019-2021"), MET_NOT_APPLICABLE);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_APPLICABLE);
	support_end(&s);
}

static void test_sum_over_years(void **state)
{
	(void)state;
	method_with("",
	    RULES "k,,K,context:continued_to_senior/graduates_9,,sum,3,<,60,none,\n"
	          "b,,B,result:below_minimum_share:oge-rus,,sum,2,>=,30,none,\n");
	struct identification *i = identify_x(RESULTS
	    "2021,oge-rus,school,a,10,2,,,\n2020,oge-rus,school,a,10,4,,,\n"
	    "2021,oge-rus,school,b,10,5,,,\n"
	    "2021,oge-rus,school,d,10,5,,,\n2020,oge-rus,school,d,,,,,no-participants\n",
	    "year,school,continued_to_senior,graduates_9\n"
	    "2022,a,1,10\n2021,a,9,10\n2020,a,8,10\n"  /* 18 of 30 is 60 %, not less */
	    "2022,b,1,10\n2021,b,9,10\n2020,b,16,21\n" /* 26 of 41 */
	    "2022,d,1,10\n2021,d,0,0\n"
	    "2022,c,5,10\n");
	assert_int_equal(met_of(i, "a", "k", "2020-2022"), MET_NO);
	const struct basis *k = support_basis(i, "b", "k", "2020-2022", NULL);
	assert_frac(k->value, 2600, 41);
	assert_int_equal(k->sources.count, 3);
	assert_int_equal(met_of(i, "d", "k", "2020-2022"), MET_UNKNOWN); /* 2020 is missing */
	assert_int_equal(met_of(i, "c", "k", "2020-2022"), MET_NOT_APPLICABLE); /* the level */
	assert_int_equal(met_of(i, "a", "b", "2020-2021"), MET_YES); /* 6 of 20, exactly 30 % */
	assert_int_equal(met_of(i, "b", "b", "2020-2021"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "d", "b", "2020-2021"), MET_YES); /* 5 of 10 */
	support_end(&s);
}

/* -- several procedures ------------------------------------------------------- */

#define THREE "vpr-rus-4|vpr-math-4|vpr-world-4"

static void test_all_and_any(void **state)
{
	(void)state;
	method_with("",
	    RULES "all,,A,result:mean_mark:" THREE ",all,last,1,<,,region,\n"
	          "any,,B,result:mean_mark:" THREE ",any,last,1,<,,region,\n");
	struct identification *i = identify_x(RESULTS
	    "2021,vpr-rus-4,region,,,,4,,\n2021,vpr-math-4,region,,,,4,,\n"
	    "2021,vpr-world-4,region,,,,4,,\n"
	    "2021,vpr-rus-4,school,a,,,3,,\n2021,vpr-math-4,school,a,,,3,,\n"
	    "2021,vpr-world-4,school,a,,,3,,\n"
	    "2021,vpr-rus-4,school,b,,,3,,\n2021,vpr-math-4,school,b,,,5,,\n"
	    "2021,vpr-rus-4,school,c,,,3,,\n2021,vpr-math-4,school,c,,,,,no-participants\n"
	    "2021,vpr-world-4,school,c,,,,,not-supplied\n"
	    "2021,vpr-rus-4,school,d,,,3,,\n2021,vpr-math-4,school,d,,,,,no-participants\n"
	    "2021,vpr-world-4,school,d,,,3.5,,\n",
	    NULL);
	static const struct {
		const char *school;
		enum met all, any;
	} expected[] = {
	    {"a", MET_YES, MET_YES}, {"b", MET_NO, MET_YES}, /* the third is missing */
	    {"c", MET_UNKNOWN, MET_YES},
	    {"d", MET_YES, MET_YES}, /* what does not apply drops out */
	};
	for (size_t j = 0; j < 4; j++) {
		assert_int_equal(met_of(i, expected[j].school, "all", "2021"), expected[j].all);
		assert_int_equal(met_of(i, expected[j].school, "any", "2021"), expected[j].any);
	}
	assert_int_equal(met_of(i, "b", "all/vpr-math-4", "2021"), MET_NO);
	assert_int_equal(met_of(i, "b", "all/vpr-world-4", "2021"), MET_UNKNOWN);
	support_end(&s);
}

static void test_gap_of_a_sum(void **state)
{
	(void)state;
	method_with("",
	    RULES "gap,,G,result:mean_score:" THREE ",all,last,1,>,20,gap-region,\n"
	          "one,,O,result:mean_score:ege-rus,all,last,1,>,20,gap-region,\n");
	struct identification *i = identify_x(RESULTS
	    "2021,vpr-rus-4,region,,,,,20,\n2021,vpr-math-4,region,,,,,20,\n"
	    "2021,vpr-world-4,region,,,,,20,\n2021,ege-rus,region,,,,,70,\n"
	    /* 10 + 10 + 19.9 lies 20.1 below 60 */
	    "2021,vpr-rus-4,school,a,,,,10,\n2021,vpr-math-4,school,a,,,,10,\n"
	    "2021,vpr-world-4,school,a,,,,19.9,\n2021,ege-rus,school,a,,,,50,\n"
	    /* exactly 20 below; above in one subject */
	    "2021,vpr-rus-4,school,b,,,,5,\n2021,vpr-math-4,school,b,,,,10,\n"
	    "2021,vpr-world-4,school,b,,,,25,\n"
	    /* a sum that misses one is unknown */
	    "2021,vpr-rus-4,school,c,,,,0,\n2021,vpr-math-4,school,c,,,,0,\n"
	    "2021,vpr-world-4,school,c,,,,,no-participants\n"
	    "2021,vpr-rus-4,school,d,,,,,no-level\n2021,vpr-math-4,school,d,,,,,no-level\n"
	    "2021,vpr-world-4,school,d,,,,,no-level\n2021,ege-rus,school,d,,,,49.99,\n",
	    NULL);
	const struct basis *b = support_basis(i, "a", "gap", "2021", "mean_score/gap-region");
	assert_int_equal(b->met, MET_YES);
	assert_frac(b->value, 201, 10);
	assert_frac(b->threshold, 20, 1);
	assert_int_equal(b->sources.count, 6);
	assert_int_equal(met_of(i, "b", "gap", "2021"), MET_NO);
	assert_int_equal(met_of(i, "c", "gap", "2021"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "d", "gap", "2021"), MET_NOT_APPLICABLE);
	assert_int_equal(met_of(i, "a", "one", "2021"), MET_NO); /* exactly 20 */
	assert_int_equal(met_of(i, "d", "one", "2021"), MET_YES);
	assert_int_equal(met_of(i, "b", "one", "2021"), MET_NOT_APPLICABLE);
	support_end(&s);
}

static void test_references(void **state)
{
	(void)state;
	method_with("",
	    RULES "m,,M,result:mean_mark:oge-rus,,last,1,<,,municipality,\n"
	          "c,,C,context:single_parent/students,,last,1,>,,region,\n");
	struct identification *i = identify_x(RESULTS "2021,oge-rus,municipality,,,,4,,\n"
	                                              "2021,oge-rus,school,a,,,3.9,,\n"
	                                              "2021,oge-rus,school,b,,,4,,\n",
	    "year,scope,school,students,single_parent\n2022,region,,1000,200\n"
	    "2022,school,a,10,3\n2022,school,b,10,2\n2022,school,c,10,\n");
	assert_int_equal(met_of(i, "a", "m", "2021"), MET_YES);
	assert_int_equal(met_of(i, "b", "m", "2021"), MET_NO);
	assert_int_equal(met_of(i, "a", "c", "2022"), MET_YES);
	assert_int_equal(met_of(i, "b", "c", "2022"), MET_NO);
	assert_int_equal(met_of(i, "c", "c", "2022"), MET_UNKNOWN);
	support_end(&s);

	/* A reference that is missing. */
	i = identify_x(RESULTS "2021,oge-rus,school,a,,,2,,\n", NULL);
	assert_int_equal(met_of(i, "a", "m", "2021"), MET_UNKNOWN);
	support_end(&s);
}

static void test_present(void **state)
{
	(void)state;
	method_with("",
	    RULES "p,,P,context:resettled,,last,1,present,,none,\n"
	          "q,,Q,context:small_school,,last,1,present,,none,\n");
	struct identification *i = identify_x(NULL,
	    "year,school,resettled,small_school,students\n2022,a,1,yes,50\n2022,b,0,no,50\n2022,c,,,50\n");
	assert_int_equal(met_of(i, "a", "p", "2022"), MET_YES);
	assert_int_equal(met_of(i, "b", "p", "2022"), MET_NO);
	assert_int_equal(met_of(i, "c", "p", "2022"), MET_UNKNOWN);
	assert_int_equal(met_of(i, "a", "q", "2022"), MET_YES);
	assert_int_equal(met_of(i, "b", "q", "2022"), MET_NO);
	assert_int_equal(met_of(i, "c", "q", "2022"), MET_UNKNOWN);
	const struct basis *b = support_basis(i, "b", "q", "2022", "small_school");
	assert_int_equal(b->present, YESNO_NO);
	assert_unset(b->value);
	assert_string_equal(b->op, "present");
	support_end(&s);
}

/* -- the decision ------------------------------------------------------------- */

#define FOUR(p1, p2, p3, p4) \
	RULES "r1,,R,context:resettled,,last,1,present,,none," p1 "\n" \
	      "r2,,R,context:small_school,,last,1,present,,none," p2 "\n" \
	      "r3,,R,context:offences,,last,1,present,,none," p3 "\n" \
	      "r4,,R,result:mean_mark:oge-rus,,last,1,<,3.5,none," p4 "\n"
#define CONTEXT "year,school,resettled,small_school,offences\n"

static void test_cutoff_points(void **state)
{
	(void)state;
	method_with("cutoff_points: 3\n", FOUR("1", "2", "0.5", "1.5"));
	struct identification *i = identify_x(RESULTS "2021,oge-rus,school,a,,,5,,\n"
	                                              "2021,oge-rus,school,b,,,5,,\n",
	    CONTEXT "2022,a,1,yes,0\n"  /* 3 of 5 */
	            "2022,b,1,,1\n"     /* 1.5, at most 3.5 */
	            "2022,c,1,no,1\n"   /* 1.5 of 3.5: no such examination there */
	            "2022,d,0,yes,\n"); /* 2, at most 4 */
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_frac(support_result(&s, i, "a")->score, 3, 1);
	assert_frac(support_result(&s, i, "a")->score_possible, 5, 1);
	assert_frac(support_result(&s, i, "a")->cutoff, 3, 1);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_INSUFFICIENT_DATA);
	assert_frac(support_result(&s, i, "b")->score, 3, 2);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_NOT_IDENTIFIED);
	assert_frac(support_result(&s, i, "c")->score_possible, 7, 2);
	assert_outcome(support_result(&s, i, "d"), OUTCOME_INSUFFICIENT_DATA);
	assert_int_equal(support_result(&s, i, "a")->fragile, YESNO_MISSING);
	assert_frac(support_basis(i, "a", "r2", "2022", NULL)->points, 2, 1);
	assert_frac(support_basis(i, "a", "r3", "2022", NULL)->points, 0, 1);
	assert_unset(support_basis(i, "b", "r2", "2022", NULL)->points);
	support_end(&s);
}

static void test_cutoff_met(void **state)
{
	(void)state;
	method_with("cutoff_met: 2\n", FOUR("", "", "", ""));
	struct identification *i = identify_x(RESULTS "2021,oge-rus,school,a,,,3,,\n"
	                                              "2021,oge-rus,school,b,,,4,,\n"
	                                              "2021,oge-rus,school,d,,,,,moved\n",
	    CONTEXT "2022,a,1,no,0\n2022,b,0,yes,0\n2022,c,1,,0\n2022,d,0,no,1\n");
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_frac(support_result(&s, i, "a")->cutoff, 2, 1);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_IDENTIFIED);
	assert_outcome(support_result(&s, i, "c"), OUTCOME_INSUFFICIENT_DATA);
	assert_frac(support_result(&s, i, "c")->score_possible, 3, 1);
	assert_outcome(support_result(&s, i, "d"), OUTCOME_INSUFFICIENT_DATA);
	assert_unset(support_basis(i, "a", "r1", "2022", NULL)->points);
	support_end(&s);
}

/* Points without any cutoff decide nothing either. */
static void test_points_without_cutoff(void **state)
{
	(void)state;
	method_with("", FOUR("1", "2", "0.5", "1.5"));
	struct identification *i = identify_x(NULL, CONTEXT "2022,a,1,yes,0\n");
	assert_outcome(support_result(&s, i, "a"), OUTCOME_UNDETERMINED);
	assert_frac(support_result(&s, i, "a")->score, 3, 1);
	assert_unset(i->cutoff);
	support_end(&s);
}

/* -- the methods that are shipped --------------------------------------------- */

static void test_kezhma(void **state)
{
	(void)state;
	support_begin(&s, "methods: [kezhma-low-results, kezhma-disadvantaged]\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS,
	    RESULTS
	    "2021,oge-rus,region,,,,4,,\n2020,oge-rus,region,,,,4,,\n2019,oge-rus,region,,,,4,,\n"
	    "2021,oge-rus,school,a,,,3.4,,\n2020,oge-rus,school,a,,,3.9,,\n"
	    "2019,oge-rus,school,a,,,3.9,,\n2021,oge-math,school,a,,,3.2,,\n"
	    "2021,ege-math-prof,region,,,,,60,\n2021,ege-math-prof,school,a,,,,39.9,\n");
	support_table(&s, TABLE_CONTEXT,
	    "year,school,students,contest_participants,continued_to_senior,graduates_9,single_parent,"
	    "both_unemployed,parent_without_higher,poor_housing,non_native_russian,resettled,"
	    "extracurricular,offences,prevention_registered,small_school\n"
	    "2022,a,200,0,5,10,61,20,141,40,1,0,139,0,2,yes\n"
	    "2021,a,200,1,5,10,,,,,,,,,,\n2020,a,201,2,7,10,,,,,,,,,,\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "kezhma-low-results", 2022);
	const struct school_result *a = support_result(&s, i, "a");
	assert_outcome(a, OUTCOME_UNDETERMINED);
	assert_int_equal(met_of(i, "a", "contests", "2020-2022"), MET_YES);  /* 3 of 601 */
	assert_int_equal(met_of(i, "a", "continued", "2020-2022"), MET_YES); /* 17 of 30 */
	assert_int_equal(met_of(i, "a", "oge-rus-below-region", "2019-2021"), MET_YES);
	assert_int_equal(met_of(i, "a", "oge-rus-mean", "2021"), MET_YES);
	assert_int_equal(met_of(i, "a", "oge-math-mean", "2021"), MET_NO); /* 3.2 is not < 3.2 */
	assert_int_equal(met_of(i, "a", "ege-math-gap", "2021"), MET_YES);
	assert_int_equal(met_of(i, "a", "vpr-sum-gap", "2021"), MET_UNKNOWN);
	assert_frac(a->score, 5, 1);
	assert_frac(a->score_possible, 12, 1);
	/* A basic school has no senior level: the four rules of EGE do not apply. */
	assert_frac(support_result(&s, i, "b")->score_possible, 8, 1);

	i = support_identify(&s, "kezhma-disadvantaged", 2022);
	a = support_result(&s, i, "a");
	assert_outcome(a, OUTCOME_UNDETERMINED);
	/* 30.5 % and 70.5 % and 69.5 %; exactly 10 and 20 % do not count */
	assert_frac(a->score, 6, 1);
	assert_frac(a->score_possible, 10, 1);
	assert_int_equal(met_of(i, "a", "both-unemployed", "2022"), MET_NO);
	assert_int_equal(met_of(i, "a", "poor-housing", "2022"), MET_NO);
	assert_int_equal(met_of(i, "a", "offences", "2022"), MET_NO);
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
	    cmocka_unit_test(test_last_year),
	    cmocka_unit_test(test_each_of_three_years),
	    cmocka_unit_test(test_sum_over_years),
	    cmocka_unit_test(test_all_and_any),
	    cmocka_unit_test(test_gap_of_a_sum),
	    cmocka_unit_test(test_references),
	    cmocka_unit_test(test_present),
	    cmocka_unit_test(test_cutoff_points),
	    cmocka_unit_test(test_cutoff_met),
	    cmocka_unit_test(test_points_without_cutoff),
	    cmocka_unit_test(test_kezhma),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

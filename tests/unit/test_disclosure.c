/* What the public may see: single cells, levels, and what sums give away. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/disclosure.h"
#include "support_department.h"

#include <stdlib.h>
#include <string.h>

static struct fixture s;
static struct identifications ids;
static struct assessment assessment;
static struct disclosure x;

#define SCHOOLS \
	"school,name,kind\na,School A,secondary\nb,School B,secondary\nc,School C,secondary\n" \
	"d,School D,secondary\n"
#define RESULTS \
	"year,procedure,scope,school,participants,below_minimum,pass_rate,quality_rate,status\n"

static void begin(const char *level, const char *methods)
{
	support_begin(&s,
	    arena_printf(&s.arena, "disclosure: {level: %s, minimum_group: 10}\nmethods: [%s]\n",
	        level, methods));
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
}

static void disclose(enum profile profile)
{
	identify_all(&ids, &s.arena, &s.department);
	assess_indicators(&assessment, &s.arena, &s.department, &ids, NULL);
	disclosure_init(&x, &s.arena, &s.department, &ids, &assessment, profile);
}

static void finish(enum profile profile)
{
	support_finish(&s);
	disclose(profile);
}

/* The row of line 2 is number 0. */
static bool shows_result(size_t line)
{
	return disclosure_result(&x, &s.department.results[line - 2]);
}

static bool shows_context(size_t line, const char *id)
{
	return disclosure_context(&x, &s.department.context[line - 2], support_metric(&s, id));
}

static const struct indicator_year *indicator(const char *id, int year)
{
	for (size_t i = 0; i < assessment.count; i++)
		for (size_t j = 0; j < assessment.indicators[i].nyears; j++) {
			const struct indicator_year *y = &assessment.indicators[i].years[j];
			if (strcmp(y->indicator->id, id) == 0 && y->year == year)
				return y;
		}
	fail_msg("no row for %s in %d", id, year);
	return NULL;
}

/* -- cells by themselves ---------------------------------------------------------- */

static void test_small_groups_of_results(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2018,oge-rus,school,a,9,3,,,\n"
	            "2018,oge-math,school,a,10,3,,,\n"
	            "2019,oge-rus,school,a,19,0,,,\n" /* nobody below in under 20 */
	            "2019,oge-math,school,a,20,0,,,\n"
	            "2020,oge-rus,school,a,19,19,,,\n"
	            "2020,oge-math,school,a,19,5,,100,\n"
	            "2021,oge-rus,school,a,,,\"66,7\",,\n" /* n is not known */
	            "2021,oge-math,school,a,,,100,,\n"
	            "2021,ege-rus,school,a,,,,,no-participants\n"
	            "2021,ege-rus,municipality,,9,3,,,\n"
	            "2021,vpr-rus-5,school,a,19,,,0,\n");
	finish(PROFILE_PUBLIC);
	static const bool shown[] = {
	    false, true, false, true, false, false, true, true, true, false, false};
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		assert_int_equal(shows_result(i + 2), shown[i]);
	disclose(PROFILE_INTERNAL);
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		assert_true(shows_result(i + 2));
	support_end(&s);
}

static void test_small_groups_of_context(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_CONTEXT,
	    "year,scope,school,students,single_parent,resettled,graduates_9,"
	    "low_income_or_single_parent_share,small_school,registered,registered_share\n"
	    "2018,school,a,9,3,,9,50,yes,,\n"
	    "2019,school,a,19,3,0,10,50,no,3,20\n"
	    "2020,school,a,20,3,20,0,0,no,,\n"
	    "2021,school,a,,3,,,100,,,\n"
	    "2022,municipality,,100,30,,,,,30,20\n"
	    "2022,school,a,100,30,,,,,30,20\n"
	    "2022,school,b,10,3,,,0,,,\n");
	finish(PROFILE_PUBLIC);
	assert_false(shows_context(2, "students")); /* the metric itself */
	assert_false(shows_context(2, "single_parent"));
	assert_false(shows_context(2, "low_income_or_single_parent_share"));
	assert_false(shows_context(2, "graduates_9"));
	assert_true(shows_context(2, "small_school")); /* of no group */
	/* 0 of 19 goes with its 19; the others of that row stay. */
	assert_false(shows_context(3, "resettled"));
	assert_false(shows_context(3, "students"));
	assert_true(shows_context(3, "single_parent"));
	assert_true(shows_context(3, "graduates_9"));
	assert_false(shows_context(3, "registered")); /* sensitive, however many */
	assert_false(shows_context(3, "registered_share"));
	assert_true(shows_context(4, "resettled")); /* 20 of 20 */
	assert_false(shows_context(4, "graduates_9"));
	assert_true(shows_context(4, "low_income_or_single_parent_share"));
	assert_true(shows_context(5, "single_parent")); /* of a group not known */
	assert_true(shows_context(5, "low_income_or_single_parent_share"));
	/* A municipal row with a single school is hidden with it. */
	assert_false(shows_context(6, "registered"));
	assert_false(shows_context(6, "registered_share"));
	assert_true(shows_context(6, "students") || !shows_context(7, "students"));
	assert_false(shows_context(8, "low_income_or_single_parent_share"));
	assert_false(shows_context(8, "students"));
	disclose(PROFILE_INTERNAL);
	assert_true(shows_context(3, "registered"));
	assert_true(shows_context(2, "students"));
	support_end(&s);
}

static void test_municipal_row_of_one_school(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,9,3,,50,\n2021,oge-rus,municipality,,,,,50,\n"
	            "2021,oge-math,school,a,9,3,,50,\n2021,oge-math,school,b,30,3,,60,\n"
	            "2021,oge-math,municipality,,,,,57,\n"
	            "2021,ege-rus,school,a,9,3,,50,\n2021,ege-rus,school,b,,,,,no-level\n"
	            "2021,ege-rus,municipality,,,,,50,\n"
	            "2021,ege-rus,region,,1000,50,,50,\n");
	finish(PROFILE_PUBLIC);
	assert_false(shows_result(3));
	assert_true(shows_result(6));
	assert_false(shows_result(9));
	assert_true(shows_result(10));
	support_end(&s);
}

/* -- levels ------------------------------------------------------------------------ */

static void test_levels(void **state)
{
	(void)state;
	static const char *const levels[] = {"status", "basis", "values", "status"};
	for (int i = 0; i < 4; i++) {
		bool internal = i == 3, basis = i >= 1, values = i >= 2;
		begin(levels[i], "fioko-low-results");
		support_table(&s, TABLE_INDICATORS,
		    "indicator,group,title,unit,rule,measure,cohort\n"
		    "order,g,T,percent,none,audit:order,all\n"
		    "rise,g,T,percent,none,dynamics:oge-rus:pass_rate,all\n");
		support_table(&s, TABLE_RESULTS,
		    RESULTS "2021,oge-rus,school,a,30,3,,,\n2021,oge-rus,municipality,,300,30,,,\n"
		            "2020,oge-rus,school,a,,,60,,\n2022,oge-rus,school,a,,,60,,\n"
		            "2021,oge-rus,school,b,,,60,,\n2022,oge-rus,school,b,,,61,,\n");
		support_audit(&s, "2021-09-10", "school,item,found\na,order,yes\nb,order,no\n");
		finish(internal ? PROFILE_INTERNAL : PROFILE_PUBLIC);
		const struct identification *list = &ids.items[1];
		assert_int_equal(list->year, 2022);
		const struct basis *b = support_basis(list, "a", "oge-rus", "2021", NULL);
		assert_int_equal(disclosure_shows_basis(&x), basis);
		assert_int_equal(disclosure_shows_values(&x), values);
		assert_int_equal(disclosure_basis(&x, b), basis);
		assert_int_equal(disclosure_threshold(&x, b), basis);
		assert_int_equal(disclosure_basis_value(&x, b), values);
		assert_int_equal(
		    disclosure_school_result(&x, list, support_result(&s, list, "a")), values);
		assert_int_equal(disclosure_score_possible(&x), basis);
		assert_int_equal(disclosure_cutoff(&x, list), values);
		assert_int_equal(shows_result(2), values);
		assert_int_equal(shows_result(3), basis);
		const struct indicator_year *y = indicator("order", 2021);
		assert_true(disclosure_indicator(&x, y));
		assert_int_equal(disclosure_contribution(&x, y, &y->contributions[0]), basis);
		y = indicator("rise", 2022);
		assert_true(disclosure_indicator(&x, y));
		assert_int_equal(disclosure_contribution(&x, y, &y->contributions[1]), values);
		support_end(&s);
	}
}

/* Nothing said: the least is shown, groups of ten. */
static void test_defaults(void **state)
{
	(void)state;
	support_begin(&s, "");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	finish(PROFILE_PUBLIC);
	assert_false(disclosure_shows_basis(&x));
	assert_int_equal(x.minimum_group, 10);
	support_end(&s);
}

/* -- what is computed from hidden cells --------------------------------------------- */

static void test_computed_from_hidden(void **state)
{
	(void)state;
	begin("values", "fioko-low-results, ust-ilimsk-low-results");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,9,3,,50,\n"
	            "2021,oge-rus,school,b,30,3,,50,\n2021,oge-rus,school,c,30,3,,50,\n"
	            "2021,oge-rus,municipality,,8,1,,60,\n2021,oge-rus,region,,1000,60,,60,\n");
	finish(PROFILE_PUBLIC);
	const struct identification *fioko = &ids.items[0], *reference = &ids.items[1];
	const struct basis *b = support_basis(fioko, "a", "oge-rus", "2021", NULL);
	assert_false(disclosure_basis(&x, b));
	assert_false(disclosure_basis_value(&x, b));
	assert_true(disclosure_threshold(&x, b)); /* the method's own number */
	assert_true(disclosure_basis(&x, support_basis(fioko, "a", "oge-math", "2021", NULL)));
	assert_false(disclosure_school_result(&x, fioko, support_result(&s, fioko, "a")));
	assert_true(disclosure_school_result(&x, fioko, support_result(&s, fioko, "b")));
	assert_true(disclosure_cutoff(&x, fioko));
	/* The municipal row is about eight pupils: no comparison with it either. */
	b = support_basis(reference, "b", "oge-rus", "2021", "quality_rate/municipality");
	assert_false(disclosure_basis(&x, b));
	assert_false(disclosure_threshold(&x, b));
	b = support_basis(reference, "b", "oge-rus", "2021", "quality_rate/region");
	assert_true(disclosure_basis(&x, b));
	assert_true(disclosure_threshold(&x, b));
	support_end(&s);
}

/* The shares of the index are about registers, so that the quantile is too. */
static void test_index_rests_on_sensitive_metrics(void **state)
{
	(void)state;
	begin("values", "social-wellbeing");
	support_table(&s, TABLE_CONTEXT,
	    "year,school,students,both_parents_higher,single_parent,registered\n"
	    "2022,a,200,60,50,40\n2022,b,200,60,50,30\n2022,c,200,60,50,20\n2022,d,200,60,50,50\n");
	finish(PROFILE_PUBLIC);
	const struct identification *list = &ids.items[0];
	assert_true(frac_is_set(list->cutoff));
	assert_false(disclosure_cutoff(&x, list));
	assert_false(disclosure_school_result(&x, list, support_result(&s, list, "a")));
	assert_true(
	    disclosure_basis_value(&x, support_basis(list, "a", "single_parent", "2022", NULL)));
	assert_false(
	    disclosure_basis_value(&x, support_basis(list, "a", "registered", "2022", NULL)));
	disclose(PROFILE_INTERNAL);
	assert_true(disclosure_cutoff(&x, &ids.items[0]));
	support_end(&s);
}

static void test_indicators(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "few,g,T,percent,none,ratio:teachers_diagnosed/teachers,low-results\n"
	    "none,g,T,percent,none,ratio:teachers_diagnosed/teachers,all\n"
	    "one,g,T,percent,none,below-minimum:oge-rus,disadvantaged\n"
	    "hand,g,T,percent,none,manual,all\n");
	support_table(&s, TABLE_RESULTS, RESULTS "2021,oge-rus,school,a,8,3,,,\n");
	support_table(&s, TABLE_CONTEXT,
	    "year,school,teachers,teachers_diagnosed\n"
	    "2021,a,5,2\n2021,b,4,2\n2021,c,12,0\n2022,a,9,0\n2022,b,9,0\n2020,a,10,0\n2020,c,10,0\n");
	support_table(&s, TABLE_DECLARED,
	    "year,category,school\n2020,low-results,a\n2020,low-results,b\n2020,disadvantaged,a\n");
	support_table(
	    &s, TABLE_VALUES, "indicator,year,value,numerator,denominator\nhand,2021,50,1,2\n");
	finish(PROFILE_PUBLIC);
	assert_false(disclosure_indicator(&x, indicator("few", 2021)));  /* 4 of 9 */
	assert_true(disclosure_indicator(&x, indicator("none", 2021)));  /* 4 of 21 */
	assert_false(disclosure_indicator(&x, indicator("none", 2022))); /* 0 of 18 */
	assert_true(disclosure_indicator(&x, indicator("none", 2020)));  /* 0 of 20 */
	assert_false(disclosure_indicator(&x, indicator("one", 2021)));
	assert_true(disclosure_indicator(&x, indicator("hand", 2021)));
	const struct indicator_year *y = indicator("none", 2021);
	assert_false(disclosure_contribution(&x, y, &y->contributions[0]));
	disclose(PROFILE_INTERNAL);
	assert_true(disclosure_indicator(&x, indicator("one", 2021)));
	support_end(&s);
}

/* -- sums --------------------------------------------------------------------------- */

static void test_smallest_group_first(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,d,40,9,,,\n2021,oge-rus,school,c,30,7,,,\n"
	            "2021,oge-rus,school,b,30,6,,,\n2021,oge-rus,school,a,9,3,,,\n"
	            "2021,oge-rus,municipality,,109,25,,,\n"
	            /* two are hidden already: nothing more */
	            "2021,oge-math,school,a,9,3,,,\n2021,oge-math,school,b,8,3,,,\n"
	            "2021,oge-math,school,c,30,6,,,\n2021,oge-math,municipality,,47,12,,,\n"
	            /* no sum is published */
	            "2020,oge-math,school,a,9,3,,,\n2020,oge-math,school,c,30,6,,,\n");
	finish(PROFILE_PUBLIC);
	static const bool shown[] = {
	    true, true, false, false, true, false, false, true, true, false, true};
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		assert_int_equal(shows_result(i + 2), shown[i]);
	support_end(&s);
}

/* The sum of an indicator and that of the municipality part the schools in two. */
static void test_indicator_less_municipality(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "low,g,T,percent,none,below-minimum:oge-rus,low-results\n");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,9,3,,,\n2021,oge-rus,school,b,40,6,,,\n"
	            "2021,oge-rus,school,c,30,7,,,\n2021,oge-rus,school,d,50,9,,,\n"
	            "2021,oge-rus,municipality,,129,25,,,\n");
	support_table(
	    &s, TABLE_DECLARED, "year,category,school\n2021,low-results,a\n2021,low-results,b\n");
	finish(PROFILE_PUBLIC);
	/* a and c would do for the municipality, not for the 9 + 40 of the indicator. */
	assert_false(shows_result(2));
	assert_false(shows_result(3));
	assert_true(shows_result(4));
	assert_true(shows_result(5));
	assert_true(shows_result(6));
	assert_true(disclosure_indicator(&x, indicator("low", 2021)));
	support_end(&s);
}

/* A rate of a known group is a count: the whole row is hidden, or what it sums. */
static void test_rate_of_a_known_group(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,9,3,,,\n2021,oge-rus,school,b,8,,,,\n"
	            "2021,oge-rus,school,c,30,6,,,\n2021,oge-rus,municipality,,47,,80.9,,\n");
	finish(PROFILE_PUBLIC);
	assert_false(shows_result(2));
	assert_false(shows_result(3));
	assert_false(shows_result(4)); /* else 9 of 47 less 6 of 30 leave 3 */
	support_end(&s);
}

static void test_sums_of_context(void **state)
{
	(void)state;
	begin("values", "");
	support_table(&s, TABLE_CONTEXT,
	    "year,scope,school,students,single_parent,registered\n"
	    "2021,school,a,9,3,3\n2021,school,b,100,30,3\n2021,school,c,50,20,4\n"
	    "2021,municipality,,159,53,10\n");
	finish(PROFILE_PUBLIC);
	assert_false(shows_context(2, "students"));
	assert_false(shows_context(4, "students")); /* the smaller one of the others */
	assert_true(shows_context(3, "students"));
	assert_false(shows_context(2, "single_parent"));
	assert_false(shows_context(4, "single_parent"));
	assert_true(shows_context(3, "single_parent"));
	assert_true(shows_context(5, "registered")); /* three are hidden: the sum says little */
	assert_true(shows_context(5, "students"));
	support_end(&s);
}

/* -- what can be guessed ------------------------------------------------------------- */

/* How many rows the one warning counts. */
static size_t warned(struct diag *diag)
{
	if (diag->count == 0)
		return 0;
	assert_int_equal(diag->count, 1);
	assert_string_equal(diag->items[0].rule, "hidden-guessable");
	const char *count = strrchr(diag->items[0].text, ' ');
	assert_non_null(count);
	return strtoul(count, NULL, 10);
}

static void test_fewer_than_three_values(void **state)
{
	(void)state;
	static const struct {
		const char *rows;
		size_t warnings;
	} cases[] = {
	    /* nobody below in either: 0 and 0 */
	    {"2021,oge-rus,school,a,9,0,,,\n2021,oge-rus,school,b,8,0,,,\n"
	     "2021,oge-rus,school,c,30,4,,,\n2021,oge-rus,municipality,,47,4,,,\n",
	        2},
	    /* one: 0 or 1 */
	    {"2021,oge-rus,school,a,9,1,,,\n2021,oge-rus,school,b,8,0,,,\n"
	     "2021,oge-rus,school,c,30,4,,,\n2021,oge-rus,municipality,,47,5,,,\n",
	        2},
	    /* two: 0, 1 or 2 */
	    {"2021,oge-rus,school,a,9,1,,,\n2021,oge-rus,school,b,8,1,,,\n"
	     "2021,oge-rus,school,c,30,4,,,\n2021,oge-rus,municipality,,47,6,,,\n",
	        0},
	    /* no sum; and a group that is not known, which is shown */
	    {"2021,oge-rus,school,a,9,0,,,\n2021,oge-rus,school,b,,,\"66,7\",,\n", 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin("values", "");
		support_table(
		    &s, TABLE_RESULTS, arena_printf(&s.arena, "%s%s", RESULTS, cases[i].rows));
		finish(PROFILE_PUBLIC);
		struct diag diag = DIAG_INIT;
		disclosure_warn(&x, &diag);
		assert_int_equal(warned(&diag), cases[i].warnings);
		if (cases[i].warnings) {
			assert_string_equal(diag.items[0].file, "data/test/results.csv");
			assert_int_equal(diag.items[0].line, 2);
			assert_non_null(diag.items[0].remedy);
		}
		diag_clear(&diag);
		support_end(&s);
	}
}

/* Two hidden parts of shown wholes, 12 and 11, with a sum of 22: 11 or 12, 10 or 11. */
static void test_wholes_bound_parts(void **state)
{
	(void)state;
	static const struct {
		int a, b;
		size_t warnings;
	} cases[] = {{11, 11, 2}, {10, 10, 0}, {0, 1, 2}};
	for (size_t i = 0; i < 3; i++) {
		int a = cases[i].a, b = cases[i].b;
		begin("values", "");
		support_table(&s, TABLE_CONTEXT,
		    arena_printf(&s.arena,
		        "year,scope,school,students,registered\n2021,school,a,12,%d\n"
		        "2021,school,b,%d,%d\n2021,municipality,,,%d\n",
		        a, 11 + (b == 10), b, a + b));
		finish(PROFILE_PUBLIC);
		/* All or none of a group under 20 hides the group, which then bounds no more. */
		bool extreme = !shows_context(2, "students") || !shows_context(3, "students");
		struct diag diag = DIAG_INIT;
		disclosure_warn(&x, &diag);
		if (!extreme || a + b < 2)
			assert_int_equal(warned(&diag), cases[i].warnings);
		diag_clear(&diag);
		support_end(&s);
	}
}

/* The real department: no group is known, so nothing but the sensitive is hidden. */
static void test_ust_ilimsk(void **state)
{
	(void)state;
	support_begin(&s,
	    "methods: [ust-ilimsk-low-results]\n"
	    "disclosure: {level: values, minimum_group: 10}\n");
	support_file(&s, TABLE_SCHOOLS, "data/ust-ilimsk/schools.csv");
	support_file(&s, TABLE_RESULTS, "data/ust-ilimsk/results.csv");
	support_file(&s, TABLE_CONTEXT, "data/ust-ilimsk/context.csv");
	finish(PROFILE_PUBLIC);
	for (size_t i = 0; i < s.department.nresults; i++)
		assert_true(shows_result(i + 2));
	assert_true(shows_context(2, "low_income_or_single_parent_share"));
	assert_false(shows_context(2, "intellectual_disability_share"));
	assert_false(shows_context(6, "registered_share"));
	struct diag diag = DIAG_INIT;
	disclosure_warn(&x, &diag);
	assert_int_equal(diag.count, 0);
	diag_clear(&diag);
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
	    cmocka_unit_test(test_small_groups_of_results),
	    cmocka_unit_test(test_small_groups_of_context),
	    cmocka_unit_test(test_municipal_row_of_one_school),
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_defaults),
	    cmocka_unit_test(test_computed_from_hidden),
	    cmocka_unit_test(test_index_rests_on_sensitive_metrics),
	    cmocka_unit_test(test_indicators),
	    cmocka_unit_test(test_smallest_group_first),
	    cmocka_unit_test(test_indicator_less_municipality),
	    cmocka_unit_test(test_rate_of_a_known_group),
	    cmocka_unit_test(test_sums_of_context),
	    cmocka_unit_test(test_fewer_than_three_values),
	    cmocka_unit_test(test_wholes_bound_parts),
	    cmocka_unit_test(test_ust_ilimsk),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

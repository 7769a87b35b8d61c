/* The kind low-procedures: its predicate, its criteria, fragile, references. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/low_procedures.h"
#include "support_department.h"

#include <string.h>

static struct fixture s;

#define SCHOOLS \
	"school,name,kind,from_year,to_year\n" \
	"a,School A,secondary,,\n" \
	"b,School B,basic,,\n" \
	"p,School P,primary,,\n" \
	"gone,School G,secondary,,2020\n"
#define RESULTS \
	"year,procedure,scope,school,participants,below_minimum,pass_rate,quality_rate,status\n"

static void begin(const char *results)
{
	support_begin(&s, "methods: [fioko-low-results]\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS, results);
	support_finish(&s);
}

static struct decimal dec(const char *text)
{
	struct decimal d;
	assert_int_equal(decimal_parse(&d, str_of(text), false), 0);
	return d;
}

/* -- the predicate ---------------------------------------------------------- */

static void test_counts_in_integers(void **state)
{
	(void)state;
	assert_false(share_reaches(8, 27, dec("30"))); /* 29.6 rounds to 30 */
	assert_true(share_reaches(3, 10, dec("30")));
	assert_false(share_reaches(0, 1, dec("30")));
	assert_true(share_reaches(333, 1000, dec("33.3")));
	assert_false(share_reaches(3329999, 10000000, dec("33.3")));
	assert_true(share_reaches(INT64_MAX / 2, INT64_MAX, dec("30")));
}

static void test_printed_rate_is_an_interval(void **state)
{
	(void)state;
	struct decimal s30 = dec("30");
	assert_int_equal(share_low_by_rate(dec("69"), -1, s30), MET_YES);
	assert_int_equal(share_low_by_rate(dec("69.5"), -1, s30), MET_YES);
	assert_int_equal(share_low_by_rate(dec("70"), -1, s30), MET_UNKNOWN); /* 69.5-70.5 */
	assert_int_equal(share_low_by_rate(dec("70.0"), -1, s30), MET_UNKNOWN);
	assert_int_equal(share_low_by_rate(dec("70.1"), -1, s30), MET_NO); /* from 70.05 */
	assert_int_equal(share_low_by_rate(dec("71"), -1, s30), MET_NO);
	assert_int_equal(share_low_by_rate(dec("100"), -1, s30), MET_NO);
	assert_int_equal(share_low_by_rate(dec("0"), -1, s30), MET_YES);
	/* The ends: "69.5" with S = 30 reaches down to exactly 30 only from above. */
	assert_int_equal(share_low_by_rate(dec("69.9"), -1, s30), MET_YES); /* 30.05 at least */
	assert_int_equal(share_low_by_rate(dec("69.95"), -1, dec("30.045")), MET_YES);
	assert_int_equal(share_low_by_rate(dec("69.95"), -1, dec("30.046")), MET_UNKNOWN);
}

static void test_known_group_sharpens_the_rate(void **state)
{
	(void)state;
	struct decimal s30 = dec("30");
	assert_int_equal(share_low_by_rate(dec("70"), 10, s30), MET_YES); /* k = 3 */
	assert_int_equal(share_low_by_rate(dec("70"), 27, s30), MET_NO);  /* k = 8 */
	assert_int_equal(share_low_by_rate(dec("70"), 1000, s30), MET_UNKNOWN);
	assert_int_equal(share_low_by_rate(dec("66.7"), 3, s30), MET_YES);
	/* No k of 9 gives 46 %: the interval answers. */
	assert_int_equal(share_low_by_rate(dec("46"), 9, s30), MET_YES);
	/* No k of 3 gives 70 %, and the interval does not answer. */
	assert_int_equal(share_low_by_rate(dec("70"), 3, s30), MET_UNKNOWN);
	assert_int_equal(share_low_by_rate(dec("0"), 5, s30), MET_YES);
	assert_int_equal(share_low_by_rate(dec("100"), 5, s30), MET_NO);
}

/* -- the worked examples ---------------------------------------------------- */

/* Everything of 2021 and 2020 that is not named is cancelled for all. */
static const char *with_rest(const char *rows)
{
	static const char *const nine[] = {"vpr-math-5", "vpr-math-6", "vpr-rus-5", "vpr-rus-6",
	    "oge-math", "oge-rus", "ege-math-base", "ege-math-prof", "ege-rus"};
	struct buf b = BUF_INIT(BUF_PAGE);
	buf_adds(&b, RESULTS);
	buf_adds(&b, rows);
	for (int year = 2020; year <= 2021; year++)
		for (size_t i = 0; i < 9; i++)
			buf_addf(&b, "%d,%s,municipality,,,,,,cancelled\n", year, nine[i]);
	const char *text = arena_strdup(&s.arena, b.data);
	buf_clear(&b);
	return text;
}

static void test_low_in_each_of_two_years(void **state)
{
	(void)state;
	begin(with_rest("2021,oge-rus,school,a,10,3,,,\n"
	                "2020,oge-math,school,a,10,4,,,\n"
	                "2021,oge-rus,school,b,10,3,,,\n"
	                "2020,oge-math,school,b,10,2,,,\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	const struct school_result *a = support_result(&s, i, "a");
	assert_outcome(a, OUTCOME_IDENTIFIED);
	assert_int_equal(a->fragile, YESNO_YES); /* 3 of 10 less one */
	assert_frac(a->score, 1, 1);
	assert_frac(a->score_possible, 1, 1);
	assert_unset(a->cutoff);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_IDENTIFIED);
	assert_int_equal(support_result(&s, i, "b")->fragile, YESNO_YES); /* 2 and one more */
	assert_outcome(support_result(&s, i, "p"), OUTCOME_NOT_APPLICABLE);
	assert_unset(support_result(&s, i, "p")->score);
	assert_int_equal(support_result(&s, i, "p")->fragile, YESNO_MISSING);
	assert_null(identification_school(i, support_school(&s, "gone")));
	assert_int_equal(i->identified, 1);
	assert_int_equal(i->not_identified, 1);
	assert_int_equal(i->not_applicable, 1);
	support_end(&s);
}

static void test_one_pupil_makes_two(void **state)
{
	(void)state;
	/* A year in which nothing else took place is there, and not low. */
	begin(with_rest("2021,oge-rus,school,a,27,8,,,\n"
	                "2021,oge-math,school,a,20,15,,,\n"
	                "2020,oge-math,school,a,100,0,,,\n"
	                "2021,oge-rus,school,b,27,6,,,\n"
	                "2021,oge-math,school,b,20,15,,,\n"
	                "2020,oge-math,school,b,100,0,,,\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_outcome(support_result(&s, i, "a"), OUTCOME_NOT_IDENTIFIED);
	assert_int_equal(support_result(&s, i, "a")->fragile, YESNO_YES);
	assert_int_equal(support_result(&s, i, "b")->fragile, YESNO_NO);
	const struct basis *b = support_basis(i, "a", "oge-rus", "2021", "below_minimum_share");
	assert_int_equal(b->met, MET_NO);
	assert_frac(b->value, 800, 27);
	assert_frac(b->threshold, 30, 1);
	assert_string_equal(b->op, ">=");
	assert_int_equal(b->sources.count, 1);
	assert_string_equal(b->sources.rows[0]->file, "data/test/results.csv");
	assert_int_equal(b->sources.rows[0]->line, 2);
	support_end(&s);
}

static void test_skipped_year_leaves_the_other(void **state)
{
	(void)state;
	/* 2021 did not take place: 2020 alone decides the second criterion. */
	begin(with_rest("2020,oge-rus,school,a,10,3,,,\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_frac(support_result(&s, i, "a")->score, 0, 1);
	assert_frac(support_result(&s, i, "a")->score_possible, 0, 1);
	/* Nothing at all: no rule applies. */
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_APPLICABLE);
	support_end(&s);
}

static void test_missing_is_bounds(void **state)
{
	(void)state;
	begin(with_rest("2021,oge-rus,school,a,10,5,,,\n"
	                "2021,oge-math,school,a,,,,,not-supplied\n"
	                "2021,oge-rus,school,b,10,5,,,\n"
	                "2021,oge-math,school,b,10,3,,,\n"
	                "2021,vpr-rus-5,school,b,,,,,moved\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	/* a: one low in 2021; 2020 is skipped: already low in each year that remains. */
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_IDENTIFIED);
	assert_frac(support_result(&s, i, "b")->score, 2, 1);
	assert_frac(support_result(&s, i, "b")->score_possible, 3, 1);
	support_end(&s);

	begin(RESULTS "2021,oge-rus,school,a,10,5,,,\n");
	i = support_identify(&s, "fioko-low-results", 2022);
	const struct school_result *a = support_result(&s, i, "a");
	assert_outcome(a, OUTCOME_INSUFFICIENT_DATA);
	assert_false(a->lower);
	assert_true(a->upper);
	assert_int_equal(support_basis(i, "a", "oge-math", "2020", NULL)->met, MET_UNKNOWN);
	support_end(&s);
}

static void test_rates_without_counts(void **state)
{
	(void)state;
	begin(with_rest("2021,oge-rus,school,a,,,65,,\n"
	                "2021,oge-math,school,a,,,\"66,7\",,\n"
	                "2020,oge-rus,school,a,,,99,,\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_int_equal(support_result(&s, i, "a")->fragile, YESNO_MISSING);
	const struct basis *b = support_basis(i, "a", "oge-math", "2021", "pass_rate");
	assert_frac(b->value, 667, 10);
	assert_string_equal(b->op, "<=");
	assert_frac(b->threshold, 70, 1);
	assert_int_equal(b->met, MET_YES);
	support_end(&s);
}

static void test_nobody_took_part(void **state)
{
	(void)state;
	begin(with_rest("2021,oge-rus,school,a,0,0,,,\n"
	                "2021,oge-math,school,a,,,,,no-participants\n"
	                "2021,ege-rus,school,b,20,20,,,\n" /* a basic school has no such level */
	                "2020,oge-rus,school,a,10,1,,,\n"
	                "2020,oge-rus,school,b,10,1,,,\n"));
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_int_equal(support_basis(i, "a", "oge-rus", "2021", NULL)->met, MET_NOT_APPLICABLE);
	assert_int_equal(support_basis(i, "b", "ege-rus", "2021", NULL)->met, MET_NOT_APPLICABLE);
	assert_outcome(support_result(&s, i, "a"), OUTCOME_NOT_IDENTIFIED);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_IDENTIFIED);
	support_end(&s);
}

/* -- references ------------------------------------------------------------- */

static void test_below_references(void **state)
{
	(void)state;
	begin(RESULTS "2019,oge-rus,school,a,,,,30,\n"
	              "2018,oge-rus,school,a,,,,30,\n"
	              "2019,oge-rus,school,b,,,,45,\n"
	              "2019,oge-rus,municipality,,,,,40,\n"
	              "2019,oge-rus,region,,,,,50,\n"
	              "2018,oge-rus,municipality,,,,,30,\n"
	              "2018,oge-rus,region,,,,,50,\n"
	              "2018,oge-math,school,a,,,,10,\n"
	              "2018,oge-math,municipality,,,,,20,\n");
	struct identification *i = support_identify(&s, "ust-ilimsk-low-results", 2020);
	const struct school_result *a = support_result(&s, i, "a");
	/* 2018: equal to the municipality is not below; maths lacks the region. */
	assert_outcome(a, OUTCOME_INSUFFICIENT_DATA);
	assert_int_equal(a->fragile, YESNO_MISSING);
	assert_frac(a->score, 1, 1);
	assert_frac(a->score_possible, 2, 1);
	const struct basis *b =
	    support_basis(i, "a", "oge-rus", "2018", "quality_rate/municipality");
	assert_int_equal(b->met, MET_NO);
	assert_frac(b->threshold, 30, 1);
	assert_int_equal(b->sources.count, 2);
	assert_true(b->sources.rows[0]->line < b->sources.rows[1]->line);
	b = support_basis(i, "a", "oge-math", "2018", "quality_rate/region");
	assert_int_equal(b->met, MET_UNKNOWN);
	assert_unset(b->threshold);
	/* Above the municipality in 2019: not low there whatever the region. */
	assert_outcome(support_result(&s, i, "b"), OUTCOME_INSUFFICIENT_DATA);
	support_end(&s);
}

static void test_order_of_the_basis(void **state)
{
	(void)state;
	begin(RESULTS "2021,oge-rus,school,b,10,5,,,\n"
	              "2020,oge-rus,school,a,10,5,,,\n");
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_int_equal(i->nbasis, 3 * 9 * 2);
	for (size_t j = 1; j < i->nbasis; j++) {
		const struct basis *x = &i->basis[j - 1], *y = &i->basis[j];
		int order = strcmp(x->school->id, y->school->id);
		if (order == 0)
			order = strcmp(x->rule, y->rule);
		if (order == 0)
			order = strcmp(x->period, y->period);
		assert_true(order < 0);
	}
	int *years;
	assert_int_equal(identification_years(&s.department, i->method, &s.arena, &years), 2);
	assert_int_equal(years[0], 2021);
	assert_int_equal(years[1], 2022);
	support_end(&s);
}

/* -- declared beside computed ------------------------------------------------ */

static void test_declared_list(void **state)
{
	(void)state;
	support_begin(&s, "methods: [fioko-low-results]\nperiod: 2020-2022\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS,
	    with_rest("2021,oge-rus,school,a,10,5,,,\n"
	              "2021,oge-rus,school,b,10,0,,,\n"));
	support_table(&s, TABLE_DECLARED,
	    "year,until,category,school,count\n"
	    "2021,,low-results,b,\n"
	    "2021,,low-results,p,\n"
	    "2022,,disadvantaged,,3\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_true(i->has_declared);
	assert_int_equal(i->declared_count, 2);
	assert_int_equal(i->computed_only, 1);
	assert_int_equal(i->declared_only, 1);
	assert_int_equal(i->not_computable, 1);
	assert_int_equal(i->agreed, 0);
	assert_int_equal(support_result(&s, i, "a")->declared, YESNO_NO);
	/* Only the number is known. */
	i = support_identify(&s, "social-wellbeing", 2022);
	assert_true(i->has_declared);
	assert_int_equal(i->declared_count, 3);
	assert_int_equal(support_result(&s, i, "a")->declared, YESNO_MISSING);
	/* The programme is over. */
	i = support_identify(&s, "fioko-low-results", 2023);
	assert_false(i->has_declared);
	assert_int_equal(i->declared_count, -1);
	support_end(&s);
}

/* The document of Усть-Илимский район: three schools in common, one each way. */
static void test_ust_ilimsk(void **state)
{
	(void)state;
	support_begin(&s, "methods: [ust-ilimsk-low-results]\nperiod: 2020-2022\n");
	support_file(&s, TABLE_SCHOOLS, "data/ust-ilimsk/schools.csv");
	support_file(&s, TABLE_RESULTS, "data/ust-ilimsk/results.csv");
	support_file(&s, TABLE_DECLARED, "data/ust-ilimsk/declared.csv");
	support_content(&s, "documents/analysis.md", "---\ntitle: A\nkind: analysis\n---\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "ust-ilimsk-low-results", 2020);
	assert_int_equal(i->nschools, 10);
	assert_int_equal(i->declared_count, 4);
	assert_int_equal(i->agreed_listed, 3);
	assert_int_equal(i->declared_only, 1);
	assert_int_equal(i->computed_only, 1);
	static const struct {
		const char *school;
		bool computed, declared;
	} expected[] = {
	    {"badarminskaya", false, false},
	    {"educhanskaya", false, false},
	    {"ershovskaya", false, false},
	    {"nevonskaya-1", true, true},
	    {"nevonskaya-2", true, true},
	    {"podelanskaya", true, false},
	    {"sedanovskaya", false, true},
	    {"tubinskaya", false, false},
	    {"zheleznodorozhnaya-1", false, false},
	    {"zheleznodorozhnaya-2", true, true},
	};
	for (size_t j = 0; j < 10; j++) {
		const struct school_result *r = &i->schools[j];
		assert_string_equal(r->school->id, expected[j].school);
		assert_outcome(
		    r, expected[j].computed ? OUTCOME_IDENTIFIED : OUTCOME_NOT_IDENTIFIED);
		assert_int_equal(r->declared, expected[j].declared ? YESNO_YES : YESNO_NO);
		assert_int_equal(r->fragile, YESNO_MISSING);
	}
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
	    cmocka_unit_test(test_counts_in_integers),
	    cmocka_unit_test(test_printed_rate_is_an_interval),
	    cmocka_unit_test(test_known_group_sharpens_the_rate),
	    cmocka_unit_test(test_low_in_each_of_two_years),
	    cmocka_unit_test(test_one_pupil_makes_two),
	    cmocka_unit_test(test_skipped_year_leaves_the_other),
	    cmocka_unit_test(test_missing_is_bounds),
	    cmocka_unit_test(test_rates_without_counts),
	    cmocka_unit_test(test_nobody_took_part),
	    cmocka_unit_test(test_below_references),
	    cmocka_unit_test(test_order_of_the_basis),
	    cmocka_unit_test(test_declared_list),
	    cmocka_unit_test(test_ust_ilimsk),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

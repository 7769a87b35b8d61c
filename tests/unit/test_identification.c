/* What all kinds of methods share: logic, years, schools, the two lists. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/official.h"
#include "compute/sitting.h"
#include "support_department.h"

#include <string.h>

static struct fixture s;

#define SCHOOLS \
	"school,name,kind,from_year,to_year\n" \
	"c,School C,secondary,,\n" \
	"a,School A,basic,,\n" \
	"b,School B,primary,,\n" \
	"old,School Old,secondary,,2020\n" \
	"new,School New,secondary,2023,\n"
#define RESULTS "year,procedure,scope,school,participants,below_minimum,status\n"

/* -- logic ------------------------------------------------------------------ */

static void test_three_valued_logic(void **state)
{
	(void)state;
	static const enum met all[] = {MET_UNKNOWN, MET_NO, MET_YES, MET_NOT_APPLICABLE};
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++) {
			assert_int_equal(met_and(all[i], all[j]), met_and(all[j], all[i]));
			assert_int_equal(met_or(all[i], all[j]), met_or(all[j], all[i]));
		}
	assert_int_equal(met_and(MET_NO, MET_UNKNOWN), MET_NO);
	assert_int_equal(met_and(MET_YES, MET_UNKNOWN), MET_UNKNOWN);
	assert_int_equal(met_and(MET_YES, MET_YES), MET_YES);
	assert_int_equal(met_and(MET_YES, MET_NO), MET_NO);
	assert_int_equal(met_or(MET_YES, MET_UNKNOWN), MET_YES);
	assert_int_equal(met_or(MET_NO, MET_UNKNOWN), MET_UNKNOWN);
	assert_int_equal(met_or(MET_NO, MET_NO), MET_NO);
	/* What does not apply drops out. */
	assert_int_equal(met_and(MET_NOT_APPLICABLE, MET_YES), MET_YES);
	assert_int_equal(met_or(MET_NOT_APPLICABLE, MET_NO), MET_NO);
	assert_int_equal(met_and(MET_NOT_APPLICABLE, MET_NOT_APPLICABLE), MET_NOT_APPLICABLE);
}

static void test_equal_bounds_decide(void **state)
{
	(void)state;
	assert_int_equal(outcome_between(false, false), OUTCOME_NOT_IDENTIFIED);
	assert_int_equal(outcome_between(true, true), OUTCOME_IDENTIFIED);
	assert_int_equal(outcome_between(false, true), OUTCOME_INSUFFICIENT_DATA);
}

static void test_levels_of_schools(void **state)
{
	(void)state;
	static const int kinds[] = {KIND_PRIMARY, KIND_BASIC, KIND_SECONDARY, KIND_OTHER};
	static const bool basic[] = {false, true, true, true},
	                  senior[] = {false, false, true, true};
	for (size_t i = 0; i < 4; i++) {
		assert_true(level_applies(LEVEL_PRIMARY, kinds[i]));
		assert_true(level_applies(LEVEL_ANY, kinds[i]));
		assert_int_equal(level_applies(LEVEL_BASIC, kinds[i]), basic[i]);
		assert_int_equal(level_applies(LEVEL_SENIOR, kinds[i]), senior[i]);
	}
}

/* -- sittings ---------------------------------------------------------------- */

static enum sitting_state state_of(const char *school, const char *procedure, int year)
{
	const struct procedure *p = NULL;
	for (size_t i = 0; i < s.site.procedures.count; i++) {
		const struct procedure *x = table_row(&s.site.procedures, i);
		if (strcmp(x->id, procedure) == 0)
			p = x;
	}
	assert_non_null(p);
	return sitting_of(&s.department, support_school(&s, school), p, year,
	    sitting_cover(&s.department, p, year))
	    .state;
}

static void test_what_took_place(void **state)
{
	(void)state;
	support_begin(&s, "");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,10,1,\n"
	            "2021,oge-math,school,a,0,0,held\n"
	            "2021,vpr-rus-5,school,a,,,no-level\n"
	            "2021,vpr-rus-6,school,a,,,no-participants\n"
	            "2021,vpr-math-5,school,a,,,cancelled\n"
	            "2021,vpr-math-6,school,a,,,moved\n"
	            "2020,vpr-math-6,school,a,,,not-supplied\n"
	            "2021,ege-rus,school,a,10,1,\n"
	            "2020,oge-rus,municipality,,,,cancelled\n"
	            "2020,oge-math,region,,,,cancelled\n"
	            "2020,oge-math,school,c,10,1,\n"
	            "2020,oge-rus,school,c,,,not-supplied\n"
	            "2019,oge-rus,municipality,,50,1,\n");
	support_finish(&s);
	assert_int_equal(state_of("a", "oge-rus", 2021), SITTING_HELD);
	assert_int_equal(state_of("a", "oge-math", 2021), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("a", "vpr-rus-5", 2021), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("a", "vpr-rus-6", 2021), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("a", "vpr-math-5", 2021), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("a", "vpr-math-6", 2021), SITTING_UNKNOWN);
	assert_int_equal(state_of("a", "vpr-math-6", 2020), SITTING_UNKNOWN);
	assert_int_equal(state_of("a", "ege-rus", 2021), SITTING_NOT_APPLICABLE); /* the level */
	/* The municipality's row covers who has no row of its own. */
	assert_int_equal(state_of("a", "oge-rus", 2020), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("a", "oge-math", 2020), SITTING_NOT_APPLICABLE);
	assert_int_equal(state_of("c", "oge-math", 2020), SITTING_HELD);
	assert_int_equal(state_of("c", "oge-rus", 2020), SITTING_UNKNOWN);
	assert_int_equal(state_of("a", "oge-rus", 2019), SITTING_UNKNOWN); /* held, no row */
	assert_int_equal(state_of("b", "oge-rus", 2021), SITTING_NOT_APPLICABLE);
	support_end(&s);
}

/* -- years and schools ------------------------------------------------------- */

static void assert_years(const char *method, size_t count, const int *expected)
{
	int *years;
	const struct method *m = site_method(&s.site, method);
	assert_non_null(m);
	assert_int_equal(identification_years(&s.department, m, &s.arena, &years), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(years[i], expected[i]);
}

static void test_years_that_have_a_list(void **state)
{
	(void)state;
	support_begin(&s, "");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2018,oge-rus,school,a,,,not-supplied\n" /* whatever its status */
	            "2019,oge-rus,municipality,,50,1,\n"     /* not of a school */
	            "2020,vpr-world-4,school,a,10,1,\n"      /* no procedure of fioko */
	            "2021,kdr-reading-4,school,a,10,1,\n");  /* of no method */
	support_table(&s, TABLE_CONTEXT,
	    "year,scope,school,students,single_parent\n"
	    "2023,school,a,100,\n"
	    "2024,municipality,,100,10\n");
	support_table(&s, TABLE_FACTORS,
	    "year,school,factor,present\n"
	    "2022,a,remoteness,yes\n"
	    "2020,a,near-threshold,no\n");
	support_finish(&s);
	assert_years("fioko-low-results", 1, (int[]){2019});
	assert_years("ust-ilimsk-low-results", 1, (int[]){2019});
	assert_years("social-wellbeing", 1, (int[]){2023});
	assert_years("kezhma-disadvantaged", 1, (int[]){2023});
	assert_years("kezhma-low-results", 3, (int[]){2019, 2021, 2023});
	assert_years("kezhma-risk-zone", 2, (int[]){2020, 2022});
	assert_years("nazarovo-risks", 1, (int[]){2022}); /* knows no near-threshold */
	support_end(&s);
}

static void test_open_schools_in_order(void **state)
{
	(void)state;
	support_begin(&s, "methods: [fioko-low-results, kezhma-risk-zone]\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,10,1,\n"
	            "2019,oge-rus,school,a,10,1,\n");
	support_table(&s, TABLE_FACTORS, "year,school,factor,present\n2022,a,remoteness,yes\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "fioko-low-results", 2022);
	assert_int_equal(i->nschools, 3);
	assert_string_equal(i->schools[0].school->id, "a");
	assert_string_equal(i->schools[1].school->id, "b");
	assert_string_equal(i->schools[2].school->id, "c");
	i = support_identify(&s, "fioko-low-results", 2020); /* its last year */
	assert_int_equal(i->nschools, 4);
	assert_string_equal(i->schools[3].school->id, "old");
	i = support_identify(&s, "fioko-low-results", 2023);
	assert_string_equal(i->schools[3].school->id, "new");

	struct identifications all;
	identify_all(&all, &s.arena, &s.department);
	assert_int_equal(all.count, 3);
	assert_int_equal(all.items[0].year, 2020);
	assert_int_equal(all.items[1].year, 2022);
	assert_string_equal(all.items[1].method->id, "fioko-low-results");
	assert_string_equal(all.items[2].method->id, "kezhma-risk-zone");
	assert_ptr_equal(identifications_find(&all, site_method(&s.site, "kezhma-risk-zone"), 2022),
	    &all.items[2]);
	assert_null(identifications_find(&all, site_method(&s.site, "kezhma-risk-zone"), 2020));
	support_end(&s);
}

static void test_sources_in_order_once(void **state)
{
	(void)state;
	struct row rows[] = {{"b.csv", 2, 0}, {"a.csv", 10, 0}, {"a.csv", 9, 0}};
	struct sources places = {0};
	struct arena a = ARENA_INIT;
	sources_add(&places, &a, NULL);
	for (int twice = 0; twice < 2; twice++)
		for (size_t i = 0; i < 3; i++)
			sources_add(&places, &a, &rows[i]);
	assert_int_equal(places.count, 3);
	assert_ptr_equal(places.rows[0], &rows[2]);
	assert_ptr_equal(places.rows[1], &rows[1]);
	assert_ptr_equal(places.rows[2], &rows[0]);
	arena_clear(&a);
}

/* -- the two lists ----------------------------------------------------------- */

static struct official list_of(int category, int year)
{
	struct official list;
	official_list(&list, &s.arena, &s.department, category, year);
	return list;
}

static bool names(const struct official *list, const char *school)
{
	return list->named && list->named[support_school(&s, school)->row.index];
}

static void test_how_long_a_list_holds(void **state)
{
	(void)state;
	support_begin(&s, "period: 2019-2024\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_DECLARED,
	    "year,until,category,school,count\n"
	    "2019,,low-results,a,\n"
	    "2019,,low-results,c,\n"
	    "2021,2022,low-results,c,\n"
	    "2020,,disadvantaged,,5\n"
	    "2021,,risk-zone,a,\n"
	    "2021,,risk-zone,,3\n"
	    "2022,,500-plus,a,\n"
	    "2022,,500-plus,,1\n");
	support_finish(&s);
	assert_false(list_of(CATEGORY_LOW_RESULTS, 2018).in_force);
	struct official list = list_of(CATEGORY_LOW_RESULTS, 2020);
	assert_true(list.in_force && list.all_named);
	assert_int_equal(list.count, 2);
	assert_true(names(&list, "a") && names(&list, "c"));
	list = list_of(CATEGORY_LOW_RESULTS, 2022); /* the next list replaced it */
	assert_int_equal(list.count, 1);
	assert_false(names(&list, "a"));
	assert_false(list_of(CATEGORY_LOW_RESULTS, 2023).in_force); /* until */
	/* Only the number is known; some of the names are. */
	list = list_of(CATEGORY_DISADVANTAGED, 2024);
	assert_true(list.in_force);
	assert_false(list.all_named);
	assert_int_equal(list.count, 5);
	list = list_of(CATEGORY_RISK_ZONE, 2022);
	assert_false(list.all_named);
	assert_int_equal(list.count, 3);
	assert_true(names(&list, "a"));
	list = list_of(CATEGORY_500_PLUS, 2022);
	assert_true(list.all_named);
	assert_false(list_of(CATEGORY_DISADVANTAGED, 2025).in_force); /* the programme is over */
	support_end(&s);
}

static void test_agreement(void **state)
{
	(void)state;
	struct school_result r = {.outcome = OUTCOME_IDENTIFIED, .declared = YESNO_YES};
	assert_int_equal(identification_agreement(&r), AGREEMENT_AGREED);
	r.declared = YESNO_NO;
	assert_int_equal(identification_agreement(&r), AGREEMENT_COMPUTED_ONLY);
	r.declared = YESNO_MISSING;
	assert_int_equal(identification_agreement(&r), AGREEMENT_NONE);
	r = (struct school_result){.outcome = OUTCOME_NOT_IDENTIFIED, .declared = YESNO_YES};
	assert_int_equal(identification_agreement(&r), AGREEMENT_DECLARED_ONLY);
	r.declared = YESNO_NO;
	assert_int_equal(identification_agreement(&r), AGREEMENT_AGREED);
	static const enum outcome open[] = {
	    OUTCOME_INSUFFICIENT_DATA, OUTCOME_NOT_APPLICABLE, OUTCOME_UNDETERMINED};
	for (size_t i = 0; i < 3; i++) {
		r = (struct school_result){.outcome = open[i], .declared = YESNO_YES};
		assert_int_equal(identification_agreement(&r), AGREEMENT_NOT_COMPUTABLE);
	}
}

/* Every name of a partly named list is declared; of the others nothing is known. */
static void test_partly_named_list(void **state)
{
	(void)state;
	support_begin(&s, "period: 2021-2022\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_FACTORS, "year,school,factor,present\n2022,a,remoteness,yes\n");
	support_table(&s, TABLE_DECLARED,
	    "year,category,school,count\n2022,risk-zone,a,\n2022,risk-zone,,2\n");
	support_finish(&s);
	struct identification *i = support_identify(&s, "kezhma-risk-zone", 2022);
	assert_int_equal(support_result(&s, i, "a")->declared, YESNO_YES);
	assert_int_equal(support_result(&s, i, "c")->declared, YESNO_MISSING);
	assert_int_equal(i->not_computable, 1); /* a: one of ten factors, nine unknown */
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
	    cmocka_unit_test(test_three_valued_logic),
	    cmocka_unit_test(test_equal_bounds_decide),
	    cmocka_unit_test(test_levels_of_schools),
	    cmocka_unit_test(test_what_took_place),
	    cmocka_unit_test(test_years_that_have_a_list),
	    cmocka_unit_test(test_open_schools_in_order),
	    cmocka_unit_test(test_sources_in_order_once),
	    cmocka_unit_test(test_how_long_a_list_holds),
	    cmocka_unit_test(test_agreement),
	    cmocka_unit_test(test_partly_named_list),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

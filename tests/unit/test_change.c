/* What differs between two versions, and what must not be told of it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_facts.h"

#include <string.h>

#define FRONT(level, minimum) \
	"disclosure: {level: " level ", minimum_group: " minimum "}\nmethods: [fioko-low-results]\n"
#define VALUES FRONT("values", "10")
#define SCHOOLS \
	"school,name,kind\na,School A,secondary\nb,School B,secondary\nc,School C,secondary\n" \
	"d,School D,secondary\ne,School E,secondary\n"
#define RESULTS "year,procedure,scope,school,participants,below_minimum\n"

/* A version with these rows of results. */
static struct facts results(struct versions *v, const char *front, const char *rows)
{
	version_begin(v, front);
	support_table(&v->f, TABLE_SCHOOLS, SCHOOLS);
	support_table(&v->f, TABLE_RESULTS, arena_printf(&v->arena, RESULTS "%s", rows));
	return version_end(v);
}

static struct facts values(struct versions *v, const char *share)
{
	version_begin(v, VALUES);
	support_table(&v->f, TABLE_SCHOOLS, SCHOOLS);
	support_table(&v->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\ni,G,Share,percent,at-least,manual,all\n");
	support_table(&v->f, TABLE_TARGETS, "indicator,year,target\ni,2021,60\n");
	support_table(&v->f, TABLE_VALUES,
	    arena_printf(
	        &v->arena, "indicator,year,value,numerator,denominator\ni,2021,%s\n", share));
	return version_end(v);
}

static void test_indicator(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = values(&v, "\"66,7\",4,6"), old = values(&v, "50,3,6");
	assert_string_equal(versions_differ(&v, &old, &new),
	    "edited indicator 2021  i: value 50 (3/6) -> 66.67 (4/6), "
	    "status not-achieved -> achieved\n");
	assert_string_equal(versions_differ(&v, &new, &new), "");
	assert_string_equal(changes_text(&v, &(struct changes){0}), "");
	versions_end(&v);
}

static void test_rows(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = results(&v, VALUES, "2021,oge-rus,school,a,40,9\n");
	struct facts old =
	    results(&v, VALUES, "2021,oge-rus,school,a,40,8\n2020,oge-rus,school,b,40,8\n");
	const char *text = versions_differ(&v, &old, &new);
	assert_non_null(
	    strstr(text, "edited result 2021 oge-rus/school a: below_minimum 8 -> 9\n"));
	assert_non_null(strstr(text,
	    "removed result 2020 oge-rus/school b: participants 40 -> none, "
	    "below_minimum 8 -> none\n"));
	versions_end(&v);
}

/* -- disclosure ------------------------------------------------------------- */

static void assert_tells(
    struct versions *v, const struct facts *old, const struct facts *new, const char *line)
{
	const char *text = versions_differ(v, old, new);
	if (!strstr(text, line))
		fail_msg("no %s in:\n%s", line, text);
}

static void test_hidden_in_one(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts now = results(&v, VALUES, "2021,oge-rus,school,a,40,9\n");
	struct facts small = results(&v, VALUES, "2021,oge-rus,school,a,7,3\n");
	struct facts smaller = results(&v, VALUES, "2021,oge-rus,school,a,6,3\n");
	assert_tells(&v, &small, &now,
	    "edited result 2021 oge-rus/school a: participants hidden -> hidden, "
	    "below_minimum hidden -> hidden\n");
	assert_tells(&v, &now, &small,
	    "edited result 2021 oge-rus/school a: participants hidden -> hidden, "
	    "below_minimum hidden -> hidden\n");
	/* two hidden values are not compared */
	assert_null(strstr(versions_differ(&v, &smaller, &small), "edited result"));
	versions_end(&v);
}

/* What is hidden today is hidden in every version. */
static void test_hidden_in_present(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	results(&v, VALUES, "2021,oge-rus,school,a,7,3\n");
	struct facts new = results(&v, VALUES, "2021,oge-rus,school,a,47,13\n");
	struct facts old = results(&v, VALUES, "2021,oge-rus,school,a,46,13\n");
	assert_tells(
	    &v, &old, &new, "edited result 2021 oge-rus/school a: participants hidden -> hidden\n");
	versions_end(&v);
}

/* Older versions obey the settings of today where these are stricter. */
static void test_stricter_today(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts now = results(&v, FRONT("values", "20"), "2021,oge-rus,school,a,40,9\n");
	struct facts old = results(&v, FRONT("values", "5"), "2021,oge-rus,school,a,15,9\n");
	assert_tells(&v, &old, &now, "school a: participants hidden -> hidden");
	versions_end(&v);

	versions_begin(&v, PROFILE_PUBLIC);
	results(&v, FRONT("status", "10"), "");
	struct facts shown = results(&v, VALUES, "2021,oge-rus,school,a,40,9\n");
	assert_null(find_fact(&shown, FACT_RESULT, 2021, "oge-rus/school", "a"));
	versions_end(&v);

	/* and their own where those are */
	versions_begin(&v, PROFILE_PUBLIC);
	results(&v, FRONT("values", "5"), "2021,oge-rus,school,a,16,9\n");
	old = results(&v, FRONT("values", "20"), "2021,oge-rus,school,a,15,9\n");
	assert_true(
	    fact_field(find_fact(&old, FACT_RESULT, 2021, "oge-rus/school", "a"), "participants")
	        ->hidden);
	versions_end(&v);
}

#define SUMS(total) "2021,oge-rus,municipality,," total "\n2021,oge-rus,school,a,40,9\n"

/* Only the hidden school came: the difference of the sums would be it. */
static void test_difference_of_sums(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = results(&v, VALUES,
	    SUMS("93,22") "2021,oge-rus,school,b,40,9\n2021,oge-rus,school,c,7,2\n"
	                  "2021,oge-rus,school,d,6,2\n");
	struct facts old = results(
	    &v, VALUES, SUMS("86,20") "2021,oge-rus,school,b,40,9\n2021,oge-rus,school,d,6,2\n");
	assert_tells(&v, &old, &new,
	    "edited result 2021 oge-rus/municipality : participants hidden -> hidden, "
	    "below_minimum hidden -> hidden\n");
	versions_end(&v);
}

/* The hidden ones are as they were, so a sum may be told. */
static void test_sums_told(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = results(&v, VALUES,
	    SUMS("94,22") "2021,oge-rus,school,b,41,9\n2021,oge-rus,school,c,7,2\n"
	                  "2021,oge-rus,school,d,6,2\n");
	struct facts old = results(&v, VALUES,
	    SUMS("93,22") "2021,oge-rus,school,b,40,9\n2021,oge-rus,school,c,7,2\n"
	                  "2021,oge-rus,school,d,6,2\n");
	assert_tells(
	    &v, &old, &new, "edited result 2021 oge-rus/municipality : participants 93 -> 94\n");
	/* gone from the present version: nothing hidden may be in it */
	versions_end(&v);
	versions_begin(&v, PROFILE_PUBLIC);
	new = results(&v, VALUES, "2021,oge-rus,school,c,7,2\n");
	old = results(&v, VALUES,
	    SUMS("93,22") "2021,oge-rus,school,b,40,9\n2021,oge-rus,school,c,7,2\n"
	                  "2021,oge-rus,school,d,6,2\n");
	assert_tells(&v, &old, &new,
	    "removed result 2021 oge-rus/municipality : participants hidden -> none");
	versions_end(&v);
}

/* An indicator that is computed from results is such a sum, too. */
static struct facts computed(struct versions *v, const char *rows)
{
	version_begin(v, VALUES);
	support_table(&v->f, TABLE_SCHOOLS, SCHOOLS);
	support_table(&v->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "i,G,Share,percent,at-most,below-minimum:oge-rus,all\n");
	support_table(&v->f, TABLE_RESULTS, arena_printf(&v->arena, RESULTS "%s", rows));
	support_table(&v->f, TABLE_TARGETS, "indicator,year,target\ni,2021,20\n");
	return version_end(v);
}

static void test_indicator_of_hidden(void **state)
{
	static const char more[] = "2021,oge-rus,school,a,40,9\n2021,oge-rus,school,b,50,8\n"
	                           "2021,oge-rus,school,c,6,2\n2021,oge-rus,school,d,7,3\n";
	static const char less[] = "2021,oge-rus,school,a,40,9\n2021,oge-rus,school,b,50,8\n"
	                           "2021,oge-rus,school,c,6,2\n";
	static const char other[] = "2021,oge-rus,school,a,40,7\n2021,oge-rus,school,b,50,8\n"
	                            "2021,oge-rus,school,c,6,2\n2021,oge-rus,school,d,7,3\n";
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = computed(&v, more), old = computed(&v, less);
	const char *text = versions_differ(&v, &old, &new);
	assert_null(strstr(text, "(22/103)"));
	assert_null(strstr(text, "(19/96)"));
	assert_tells(&v, &old, &new, "edited indicator 2021  i: value hidden -> hidden");
	struct facts before = computed(&v, other);
	assert_tells(&v, &before, &new, "value 19.42 (20/103) -> 21.36 (22/103)");
	versions_end(&v);
}

/* -- groups ----------------------------------------------------------------- */

static const char *grouped(struct versions *v, const struct facts *old, const struct facts *new)
{
	struct changes c;
	changes_compare(&c, &v->arena, old, new);
	changes_settle(&c, &v->arena, &v->present);
	changes_group(&c, &v->arena);
	return changes_text(v, &c);
}

static void test_groups(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts new = results(&v, VALUES,
	    "2021,oge-rus,school,a,40,20\n2021,oge-rus,school,b,40,9\n"
	    "2021,oge-rus,school,c,40,9\n2021,oge-math,school,a,40,20\n"
	    "2020,oge-math,school,a,40,9\n2020,oge-rus,school,a,40,9\n");
	struct facts old = results(&v, VALUES, "");
	assert_string_equal(grouped(&v, &old, &new),
	    "added identification 2022 fioko-low-results a: result none -> identified, "
	    "score none -> 2 (/9), fragile none -> 0, rules none -> 2 (/4), "
	    "verdicts none -> body\n"
	    "added identification 2022 fioko-low-results: 4 parts, 16 cells, 4 subjects\n"
	    "added identification 2021 fioko-low-results: 5 parts, 17 cells, 5 subjects\n"
	    "added result 2021 oge-math/school: 4 parts, 8 cells, 3 subjects\n"
	    "added result 2020 oge-math/school a: participants none -> 40, "
	    "below_minimum none -> 9\n"
	    "added result 2020 oge-rus/school a: participants none -> 40, "
	    "below_minimum none -> 9\n");
	versions_end(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_indicator),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_hidden_in_one),
	    cmocka_unit_test(test_hidden_in_present),
	    cmocka_unit_test(test_stricter_today),
	    cmocka_unit_test(test_difference_of_sums),
	    cmocka_unit_test(test_sums_told),
	    cmocka_unit_test(test_indicator_of_hidden),
	    cmocka_unit_test(test_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

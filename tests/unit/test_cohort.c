/* Which schools an indicator is about: declared, else computed, or not known. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/indicator.h"
#include "support_department.h"

#include <string.h>

static struct fixture s;
static struct identifications ids;

#define SCHOOLS \
	"school,name,kind,to_year\n" \
	"a,School A,secondary,\nb,School B,secondary,\nc,School C,basic,\nd,School D,primary,\n" \
	"e,School E,secondary,\nf,School F,secondary,\ngone,School G,secondary,2019\n"

static int cohort(const char *words, int year, const char *expected)
{
	const struct school **schools;
	int64_t count;
	char joined[64] = "";
	int err = cohort_schools(&s.department, &ids, words, year, &s.arena, &schools, &count);
	for (int64_t i = 0; !err && i < count; i++)
		strcat(joined, schools[i]->id);
	assert_string_equal(joined, expected);
	return err ? (int)count : 100;
}

static void test_cohorts(void **state)
{
	(void)state;
	support_begin(&s,
	    "period: 2020-2023\nmethods: [kezhma-risk-zone, nazarovo-risks, social-wellbeing]\n");
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_CONTEXT,
	    "year,school,students,both_parents_higher,single_parent,registered\n2021,a,10,1,1,1\n");
	support_table(&s, TABLE_FACTORS,
	    "year,school,factor,present\n2021,e,near-threshold,yes\n2021,e,remoteness,yes\n"
	    "2021,e,complex-intake,yes\n2022,e,school-climate,yes\n");
	support_table(&s, TABLE_DECLARED,
	    "year,until,category,school,count\n2021,2021,low-results,b,\n2021,2021,low-results,a,\n"
	    "2021,,500-plus,,3\n");
	support_finish(&s);
	identify_all(&ids, &s.arena, &s.department);
	assert_int_equal(cohort("all", 2021, "abcdef"), 100);
	assert_int_equal(cohort("", 2019, "abcdefgone"), 100);
	assert_int_equal(cohort("low-results", 2021, "ab"), 100);
	assert_int_equal(cohort("low-results", 2022, ""), -1); /* the list has ended */
	/* No list is declared: what the methods of the category found; a method
	 * that sets no number decides nothing. */
	assert_int_equal(cohort("risk-zone", 2021, "e"), 100);
	assert_int_equal(cohort("low-results | risk-zone", 2021, "abe"), 100);
	assert_int_equal(cohort("risk-zone", 2023, ""), -1);
	/* Only the number is known, and only by itself. */
	assert_int_equal(cohort("500-plus", 2021, ""), 3);
	assert_int_equal(cohort("500-plus|low-results", 2021, ""), -1);
	/* One index value is too few: nobody knows who is disadvantaged. */
	assert_int_equal(cohort("disadvantaged", 2021, ""), -1);
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
	    cmocka_unit_test(test_cohorts),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

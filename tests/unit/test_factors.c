/* The kind factors: how many are present, and the bounds of what is missing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_department.h"

static struct fixture s;

#define TEN(school, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10) \
	"2022," school ",near-threshold," n1 "\n" \
	"2022," school ",staff-shortage," n2 "\n" \
	"2022," school ",low-professional-activity," n3 "\n" \
	"2022," school ",material-shortage," n4 "\n" \
	"2022," school ",no-stable-internet," n5 "\n" \
	"2022," school ",computer-shortage," n6 "\n" \
	"2022," school ",remoteness," n7 "\n" \
	"2022," school ",poor-settlement," n8 "\n" \
	"2022," school ",scarce-culture," n9 "\n" \
	"2022," school ",complex-intake," n10 "\n"

static void begin(void)
{
	support_begin(&s, "methods: [kezhma-risk-zone, nazarovo-risks]\n");
	support_table(&s, TABLE_SCHOOLS,
	    "school,name,kind\n"
	    "a,School A,primary\nb,School B,basic\nc,School C,secondary\nd,School D,other\n"
	    "e,School E,secondary\n");
	support_table(&s, TABLE_FACTORS,
	    "year,school,factor,present\n" TEN(
	        "a", "yes", "yes", "yes", "no", "no", "no", "no", "no", "no", "no") TEN("b", "yes",
	        "no", "no", "no", "no", "no", "no", "no", "no", "yes") "2022,c,near-threshold,yes\n"
	                                                               "2022,c,remoteness,yes\n"
	                                                               "2022,d,near-threshold,yes\n"
	                                                               "2022,d,remoteness,yes\n"
	                                                               "2022,d,complex-intake,yes\n"
	                                                               "2021,e,remoteness,yes\n");
	support_finish(&s);
}

static void test_three_of_ten(void **state)
{
	(void)state;
	begin();
	struct identification *i = support_identify(&s, "kezhma-risk-zone", 2022);
	assert_outcome(support_result(&s, i, "a"), OUTCOME_IDENTIFIED);
	assert_frac(support_result(&s, i, "a")->score, 3, 1);
	assert_frac(support_result(&s, i, "a")->score_possible, 10, 1);
	assert_frac(support_result(&s, i, "a")->cutoff, 3, 1);
	assert_int_equal(support_result(&s, i, "a")->fragile, YESNO_MISSING);
	assert_outcome(support_result(&s, i, "b"), OUTCOME_NOT_IDENTIFIED);
	/* Two are known; eight missing rows are unknown. */
	assert_outcome(support_result(&s, i, "c"), OUTCOME_INSUFFICIENT_DATA);
	assert_frac(support_result(&s, i, "c")->score, 2, 1);
	/* Three are enough whatever is missing. */
	assert_outcome(support_result(&s, i, "d"), OUTCOME_IDENTIFIED);
	/* A row of another year is of another list. */
	assert_outcome(support_result(&s, i, "e"), OUTCOME_INSUFFICIENT_DATA);
	assert_frac(support_result(&s, i, "e")->score, 0, 1);
	support_end(&s);
}

static void test_no_number_is_set(void **state)
{
	(void)state;
	begin();
	struct identification *i = support_identify(&s, "nazarovo-risks", 2022);
	assert_int_equal(i->undetermined, 5);
	assert_frac(support_result(&s, i, "d")->score, 2, 1);
	assert_frac(support_result(&s, i, "d")->score_possible, 8, 1);
	assert_unset(i->cutoff);
	support_end(&s);
}

static void test_basis(void **state)
{
	(void)state;
	begin();
	struct identification *i = support_identify(&s, "kezhma-risk-zone", 2022);
	const struct basis *b = support_basis(i, "c", "remoteness", "2022", NULL);
	assert_int_equal(b->met, MET_YES);
	assert_int_equal(b->present, YESNO_YES);
	assert_string_equal(b->op, "present");
	assert_int_equal(b->sources.count, 1);
	assert_string_equal(b->sources.rows[0]->file, "data/test/factors.csv");
	assert_int_equal(b->sources.rows[0]->line, 23);
	b = support_basis(i, "c", "staff-shortage", "2022", NULL);
	assert_int_equal(b->met, MET_UNKNOWN);
	assert_int_equal(b->sources.count, 0);
	assert_int_equal(support_basis(i, "a", "remoteness", "2022", NULL)->met, MET_NO);
	assert_int_equal(i->nbasis, 5 * 10);
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
	    cmocka_unit_test(test_three_of_ten),
	    cmocka_unit_test(test_no_number_is_set),
	    cmocka_unit_test(test_basis),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

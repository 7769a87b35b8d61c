/*
 * The line of a few values: gaps, one value alone, hostile numbers and texts;
 * and whole ones compared with the files of tests/unit/charts.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/chart_spark.h"
#include "support_chart.h"

enum { YEARS = 6 };
static const int since_2018[] = {2018, 2019, 2020, 2021, 2022, 2023};

struct spark_case {
	struct frac values[YEARS], targets[YEARS];
	struct chart_spark spec;
};

/* Whole numbers; below zero a gap. */
static void begin(struct spark_case *c, const int *values, const int *targets)
{
	*c = (struct spark_case){0};
	for (size_t i = 0; i < YEARS; i++) {
		c->values[i] = values[i] < 0 ? (struct frac){0, 0} : frac_of(values[i], 1);
		c->targets[i] = targets[i] < 0 ? (struct frac){0, 0} : frac_of(targets[i], 1);
	}
	c->spec = (struct chart_spark){
	    .text = "Числа \"и\" <слова>",
	    .years = since_2018,
	    .nyears = YEARS,
	    .values = c->values,
	    .targets = c->targets,
	};
}

static void check(const char *name, const int values[static YEARS], const int targets[static YEARS])
{
	struct spark_case c;
	struct buf out = BUF_INIT(BUF_PAGE);
	begin(&c, values, targets);
	assert_true(chart_spark(&out, &c.spec));
	check_golden(name, &out);
}

static void test_pictures(void **state)
{
	(void)state;
	check("spark", (int[]){7, 6, 6, 5, 3, 4}, (int[]){-1, 6, 5, 5, 4, 4});
	check("spark-gaps", (int[]){40, -1, 55, -1, 70, 80}, (int[]){-1, -1, 60, 60, -1, -1});
	check("spark-ahead", (int[]){10, 20, -1, -1, -1, -1}, (int[]){-1, -1, 30, 40, 50, 60});
	check("spark-level", (int[]){5, 5, 5, 5, 5, 5}, (int[]){-1, -1, -1, -1, -1, -1});
}

/* A plan alone, or one value, is no line. */
static void test_too_few(void **state)
{
	struct spark_case c;
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	begin(&c, (int[]){-1, -1, 5, -1, -1, -1}, (int[]){1, 2, 3, 4, 5, 6});
	assert_false(chart_spark(&out, &c.spec));
	c.spec.nyears = 0;
	assert_false(chart_spark(&out, &c.spec));
	assert_int_equal(out.len, 0);
	buf_clear(&out);
}

/* Numbers past all bounds are gaps, years of no order do not leave the picture. */
static void test_hostile(void **state)
{
	static const int years[] = {INT32_MAX, INT32_MIN, 0, 0, 5, INT32_MAX};
	struct spark_case c;
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	begin(&c, (int[]){1, 2, 3, 4, 5, 6}, (int[]){1, 2, 3, 4, 5, 6});
	c.values[0] = (struct frac){INT64_MAX, 1};
	c.values[1] = (struct frac){INT64_MIN, 1};
	c.targets[2] = (struct frac){INT64_MIN, INT64_MAX};
	c.spec.years = years;
	assert_true(chart_spark(&out, &c.spec));
	assert_int_equal(buf_err(&out), 0);
	assert_null(strstr(out.data, "<слова>"));
	assert_null(strstr(out.data, "style="));
	assert_non_null(strstr(out.data, "&quot;"));
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pictures),
	    cmocka_unit_test(test_too_few),
	    cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests_name("chart_spark", tests, NULL, NULL);
}

/* date: what reads as a date, leap years, and days counted over 10,000 years. */
#include "base/date.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <limits.h>
#include <string.h>

static const long FIRST_DAY = -719162, LAST_DAY = 2932896; /* 0001-01-01, 9999-12-31 */

/* The text read and written again; "" for what is no date. */
static struct date_text again(struct str text)
{
	struct date d = {1, 1, 1};
	int status = date_parse(&d, text);
	assert_int_equal(status, date_is_set(d) ? 0 : -1);
	return date_iso(d);
}

static void test_reads(void **state)
{
	static const char *const dates[][2] = {{"2026-01-31", "2026-01-31"},
	    {"31.01.2026", "2026-01-31"}, {"2024-02-29", "2024-02-29"},
	    {"29.02.2000", "2000-02-29"}, {"1000-01-01", "1000-01-01"},
	    {"31.12.9999", "9999-12-31"}, {"2021-04-30", "2021-04-30"},
	    {"01.12.2021", "2021-12-01"}};
	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
		assert_string_equal(again(str_of(dates[i][0])).s, dates[i][1]);
}

static void test_refuses(void **state)
{
	static const char *const texts[] = {"", "2026", "2026-1-31", "1.1.2026", "31.01.26",
	    "2026-01-31 ", " 2026-01-31", "2026-01-31T", "2026/01/31", "2026.01.31", "31-01-2026",
	    "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-04-31", "2026-06-31",
	    "2026-09-31", "2026-11-31", "2023-02-29", "29.02.1900", "29.02.2100", "30.02.2024",
	    "0999-12-31", "0000-01-01", "-026-01-31", "+026-01-31", "2026--1-31", "2026-01--1",
	    "2026-01.31", "31.01-2026", "31,01,2026", "2O26-01-31", "2026-0:-31", "2026-01-3/",
	    "          ", "----------", "..........", "202\xD0\xB0-1-31", "99999-01-1"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (*again(str_of(texts[i])).s)
			fail_msg("read as a date: \"%s\"", texts[i]);
	assert_string_equal(again((struct str){NULL, 0}).s, "");
	assert_string_equal(again((struct str){"2026\0001\00031", 10}).s, "");
}

/* A view may end where its memory ends, or go on behind. */
static void test_reads_only_the_view(void **state)
{
	(void)state;
	assert_string_equal(again((struct str){"2026-01-3199", 10}).s, "2026-01-31");
	assert_string_equal(again((struct str){"2026-01-31", 9}).s, "");
}

static void test_known_days(void **state)
{
	(void)state;
	assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
	assert_int_equal(date_days((struct date){1969, 12, 31}), -1);
	assert_int_equal(date_days((struct date){2000, 3, 1}), 11017);
	assert_int_equal(date_days((struct date){2026, 11, 22}), 20779);
	assert_int_equal(date_days((struct date){1, 1, 1}), FIRST_DAY);
	assert_int_equal(date_days((struct date){9999, 12, 31}), LAST_DAY);
}

/* Day by day by the rules of the calendar, beside the formula. */
static void test_every_day(void **state)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	long day = FIRST_DAY;
	struct date before = {0};
	(void)state;
	for (int y = 1; y <= 9999; y++)
		for (int m = 1; m <= 12; m++) {
			bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);
			for (int d = 1; d <= lengths[m - 1] + (m == 2 && leap); d++, day++) {
				struct date at = {(int16_t)y, (int8_t)m, (int8_t)d};
				struct date back = date_from_days(day);
				if (date_days(at) != day || date_cmp(back, at) != 0 ||
				    date_cmp(before, at) != -1 || date_cmp(at, before) != 1)
					fail_msg("wrong at %04d-%02d-%02d", y, m, d);
				before = at;
			}
		}
	assert_int_equal(day, LAST_DAY + 1);
}

static void test_order(void **state)
{
	struct date none = {0}, first = {1, 1, 1}, later = {2024, 1, 2};
	(void)state;
	assert_int_equal(date_cmp(none, none), 0);
	assert_int_equal(date_cmp(none, first), -1);
	assert_int_equal(date_cmp(first, none), 1);
	assert_int_equal(date_cmp((struct date){2023, 12, 31}, later), -1);
	assert_int_equal(date_cmp((struct date){2024, 2, 1}, later), 1);
	assert_int_equal(date_cmp(later, later), 0);
	assert_false(date_is_set(none));
	assert_true(date_is_set(first));
	assert_string_equal(date_iso(none).s, "");
	assert_string_equal(date_iso(first).s, "0001-01-01");
}

static void test_seconds(void **state)
{
	static const struct {
		int64_t seconds;
		const char *iso;
	} days[] = {{0, "1970-01-01"}, {86399, "1970-01-01"}, {86400, "1970-01-02"},
	    {-1, "1969-12-31"}, {-86400, "1969-12-31"}, {-86401, "1969-12-30"},
	    {1709164800, "2024-02-29"}, {253402300799, "9999-12-31"}, {-62135596800, "0001-01-01"}};
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		assert_string_equal(date_iso(date_from_unix(days[i].seconds)).s, days[i].iso);
}

/* The time of a commit may be any number: outside of the years 1 to 9999
 * there is no date. */
static void test_days_out_of_bounds(void **state)
{
	static const int64_t seconds[] = {
	    253402300800, -62135596801, INT64_MAX, INT64_MIN, INT64_MIN + 1, INT64_MAX - 86400};
	static const long days[] = {
	    -719163, 2932897, 12687428, INT32_MAX, INT32_MIN, LONG_MAX, LONG_MIN};
	(void)state;
	for (size_t i = 0; i < sizeof(seconds) / sizeof(*seconds); i++)
		assert_string_equal(date_iso(date_from_unix(seconds[i])).s, "");
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		assert_string_equal(date_iso(date_from_days(days[i])).s, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_reads_only_the_view),
	    cmocka_unit_test(test_known_days),
	    cmocka_unit_test(test_every_day),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_seconds),
	    cmocka_unit_test(test_days_out_of_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

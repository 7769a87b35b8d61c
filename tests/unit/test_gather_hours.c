/* Nights, zones, and days on which nobody is visited. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "job/gather_hours.h"

/* A moment of UTC. */
static int64_t at(int year, int month, int day, int hour, int minute)
{
	struct date d = {(int16_t)year, (int8_t)month, (int8_t)day};
	return (int64_t)date_days(d) * 86400 + hour * 3600 + minute * 60;
}

static void nights(void **state)
{
	(void)state;
	struct gather_hours h = GATHER_HOURS;
	int moscow = gather_zone("Europe/Moscow"), irkutsk = gather_zone("Asia/Irkutsk");
	assert_int_equal(moscow, 180);
	assert_int_equal(irkutsk, 480);
	assert_int_equal(gather_zone(""), 180);
	assert_int_equal(gather_zone("Mars/Olympus"), -1);
	assert_int_equal(gather_when(&h, at(2022, 9, 15, 12, 0), moscow), GATHER_DAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 15, 19, 0), moscow), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 15, 18, 59), moscow), GATHER_DAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 16, 2, 59), moscow), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 16, 3, 0), moscow), GATHER_DAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 15, 14, 0), irkutsk), GATHER_MAY);
	assert_int_equal(gather_hours_wait(&h, at(2022, 9, 15, 14, 0), irkutsk), 0);
	assert_int_equal(gather_hours_wait(&h, at(2022, 9, 15, 14, 0), moscow), 5 * 3600);
	assert_int_equal(gather_hours_wait(&h, at(2022, 9, 15, 14, 20), moscow), 5 * 3600 - 1200);
}

static void days(void **state)
{
	(void)state;
	struct gather_hours h = GATHER_HOURS;
	/* The day begins earlier in the east: at 17:00 UTC it is 1 September there. */
	assert_int_equal(gather_when(&h, at(2022, 8, 31, 17, 0), 480), GATHER_FIRST_SEPTEMBER);
	assert_int_equal(gather_when(&h, at(2022, 8, 31, 20, 0), 180), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2022, 9, 1, 20, 0), 180), GATHER_FIRST_SEPTEMBER);
	assert_int_equal(gather_hours_wait(&h, at(2022, 9, 1, 20, 0), 180), 3600);
	/* Without a list the season, with one its days. */
	assert_int_equal(gather_when(&h, at(2022, 6, 10, 20, 0), 180), GATHER_EXAM);
	assert_int_equal(gather_when(&h, at(2022, 5, 19, 20, 0), 180), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2022, 7, 6, 20, 0), 180), GATHER_MAY);
	assert_null(gather_hours_exam(&h, at(2022, 6, 10, 20, 0), 180));
	static const struct exam_day exams[] = {
	    {.from = {2022, 5, 30}, .what = "ЕГЭ"},
	    {.from = {2022, 6, 2}, .to = {2022, 6, 4}, .what = "ОГЭ"},
	};
	h.exams = exams;
	h.nexams = 2;
	assert_int_equal(gather_when(&h, at(2022, 6, 10, 20, 0), 180), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2022, 6, 2, 20, 0), 180), GATHER_EXAM);
	assert_ptr_equal(gather_hours_exam(&h, at(2022, 5, 30, 20, 0), 180), &exams[0]);
	assert_null(gather_hours_exam(&h, at(2022, 5, 30, 21, 0), 180));
	/* Three days one after the other, each from midnight to midnight there. */
	assert_int_equal(gather_hours_wait(&h, at(2022, 6, 1, 21, 0), 180), 3 * 86400);
	assert_int_equal(gather_when(&h, at(2022, 6, 4, 21, 0), 180), GATHER_MAY);
	assert_int_equal(gather_when(&h, at(2023, 6, 10, 20, 0), 180), GATHER_EXAM);
	assert_in_range(gather_hours_wait(&h, at(2023, 5, 20, 20, 0), 180), 86400, 50 * 86400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nights), cmocka_unit_test(days)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

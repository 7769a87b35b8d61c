/* What is said of schools that wait. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "job/audit_waiting.h"

static const struct school moscow = {.id = "a", .timezone = "Europe/Moscow"};
static const struct school unset = {.id = "b"};
static const struct school east = {.id = "c", .timezone = "Asia/Irkutsk"};
static const struct school *const schools[] = {&moscow, &unset, &east};

/* A moment of UTC. */
static int64_t at(int month, int day, int hour)
{
	struct date d = {2026, (int8_t)month, (int8_t)day};
	return (int64_t)date_days(d) * 86400 + (int64_t)hour * 3600 + 1800;
}

static void expect(const struct gather_hours *h, int64_t now, const char *wanted)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	audit_waiting(&out, h, schools, 3, now);
	assert_string_equal(out.len ? out.data : "", wanted);
	buf_clear(&out);
}

#define FIRST "Sites are visited at night, and not on days of exams. At any time: --any-hour\n"

static void reasons(void **state)
{
	(void)state;
	static const struct exam_day exams[] = {{.row = {.file = EXAM_DAYS_FILE, .line = 7},
	    .from = {2026, 6, 4},
	    .to = {2026, 6, 5},
	    .what = "ЕГЭ: русский язык"}};
	struct gather_hours h = GATHER_HOURS;
	expect(&h, at(10, 1, 20), "");
	expect(&h, at(10, 1, 15),
	    FIRST
	    "  2 of 3 schools wait until 2026-10-01 22:00 (Europe/Moscow): it is day there\n");
	expect(&h, at(8, 31, 20),
	    FIRST
	    "  1 of 3 schools wait until 2026-09-02 00:00 (Asia/Irkutsk): today is 1 September\n");
	expect(&h, at(7, 5, 17),
	    FIRST
	    "  2 of 3 schools wait until 2026-07-06 00:00 (Europe/Moscow): today may be a day of exams: "
	    "data/exam-days.csv has none of this year, so 20 May to 5 July are left out\n");
	h.exams = exams;
	h.nexams = 1;
	expect(&h, at(7, 5, 20), "");
	expect(&h, at(6, 4, 8),
	    FIRST
	    "  2 of 3 schools wait until 2026-06-06 00:00 (Europe/Moscow): today is a day of exams: "
	    "ЕГЭ: русский язык (data/exam-days.csv, line 7)\n"
	    "  1 of 3 schools wait until 2026-06-06 00:00 (Asia/Irkutsk): today is a day of exams: "
	    "ЕГЭ: русский язык (data/exam-days.csv, line 7)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(reasons)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Time goes forward, in the right units. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/clock.h"

#include <time.h>

static void tells_the_time(void **state)
{
	(void)state;
	int64_t before = (int64_t)time(NULL);
	int64_t now = clock_unix();
	assert_true(now >= before - 1 && now <= (int64_t)time(NULL) + 1);
	assert_true(now > 1700000000);
}

static void goes_forward(void **state)
{
	(void)state;
	int64_t last = clock_monotonic_us();
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_monotonic_us();
		assert_true(now >= last);
		last = now;
	}
}

static void units_agree(void **state)
{
	(void)state;
	int64_t us = clock_monotonic_us(), ms = clock_monotonic_ms();
	const struct timespec pause = {0, 30 * 1000 * 1000};
	assert_true(ms >= us / 1000);
	nanosleep(&pause, NULL);
	us = clock_monotonic_us() - us;
	ms = clock_monotonic_ms() - ms;
	assert_true(us >= 30000 && ms >= 29);
	assert_true(ms - us / 1000 < 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_the_time),
	    cmocka_unit_test(goes_forward),
	    cmocka_unit_test(units_agree),
	};
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

/* ask: the answer of another process, and none. */
#include "sys/ask.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int answer_long(void *payload, struct buf *out)
{
	for (int i = 0; i < 100000; i++)
		buf_adds(out, payload);
	return 0;
}

static int answer_none(void *payload, struct buf *out)
{
	(void)payload;
	buf_adds(out, "half");
	return -1;
}

static int answer_late(void *payload, struct buf *out)
{
	(void)payload;
	usleep(2000);
	buf_adds(out, "late");
	return 0;
}

static char word[] = "word";

static void test_answer(void **state)
{
	struct arena a = ARENA_INIT;
	struct ask ask;
	struct str out;
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(ask_begin(&ask, answer_long, word));
		assert_int_equal(ask_end(&ask, &a, &out), 0);
		assert_int_equal(out.n, 400000);
		assert_memory_equal(out.p + 399992, "wordword", 8);
		assert_int_equal(ask.process, 0);
	}
	assert_true(ask_begin(&ask, answer_none, NULL));
	assert_int_equal(ask_end(&ask, &a, &out), -1);
	arena_clear(&a);
}

/* Whatever becomes of the other process, nothing half is believed. */
static void test_killed(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	for (int i = 0; i < 20; i++) {
		struct ask ask;
		struct str out;
		assert_true(ask_begin(&ask, answer_late, NULL));
		usleep((unsigned)i * 200);
		kill(ask.process, SIGKILL);
		if (ask_end(&ask, &a, &out) == 0)
			assert_true(str_is(out, "late"));
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_answer),
	    cmocka_unit_test(test_killed),
	};
	return cmocka_run_group_tests_name("ask", tests, NULL, NULL);
}

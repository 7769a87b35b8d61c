/* buf: growth, the ceiling, and that an error sticks. */
#include "base/arena.h"
#include "base/buf.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

static void test_empty_reads_as_text(void **state)
{
	struct buf b = BUF_INIT(BUF_LINE);
	(void)state;
	assert_string_equal(b.data, "");
	buf_add(&b, "", 0);
	assert_ptr_equal(b.data, buf_empty);
	buf_clear(&b);
}

static void test_every_way_to_add(void **state)
{
	struct buf b = BUF_INIT(BUF_LINE);
	(void)state;
	buf_addc(&b, 'a');
	buf_adds(&b, "bc");
	buf_addf(&b, "%d-%s", 7, "x");
	buf_addint(&b, INT64_MIN);
	assert_string_equal(b.data, "abc7-x-9223372036854775808");
	assert_int_equal(b.len, strlen(b.data));
	assert_true(str_eq(buf_str(&b), STR("abc7-x-9223372036854775808")));
	buf_clear(&b);
}

/* Exactly the limit fits; one byte more fails, and so does all that follows. */
static void test_ceiling(void **state)
{
	static const char too_long[300];
	(void)state;
	for (size_t limit = 1; limit < 300; limit++) {
		struct buf b = BUF_INIT(limit);
		for (size_t i = 0; i < limit; i++)
			buf_addc(&b, 'x');
		assert_int_equal(buf_err(&b), 0);
		assert_int_equal(b.len, limit);
		buf_addc(&b, 'y');
		assert_int_equal(buf_err(&b), -1);
		buf_reset(&b);
		buf_add(&b, too_long, limit + 1);
		buf_addc(&b, 'z');
		assert_int_equal(buf_err(&b), -1);
		assert_int_equal(b.len, 0);
		buf_clear(&b);
	}
}

static void test_long_format(void **state)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	static char long_text[5000];
	(void)state;
	memset(long_text, 'q', sizeof(long_text) - 1);
	buf_addf(&b, "<%s>", long_text);
	assert_int_equal(b.len, sizeof(long_text) + 1);
	assert_int_equal(b.data[b.len - 1], '>');
	buf_clear(&b);
}

static void test_keep(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT(BUF_LINE);
	(void)state;
	assert_string_equal(buf_keep(&a, &b).p, "");
	buf_adds(&b, "one");
	struct str kept = buf_keep(&a, &b);
	buf_adds(&b, "two");
	assert_string_equal(kept.p, "one");
	assert_int_equal(kept.n, 3);
	assert_string_equal(b.data, "two");
	buf_clear(&b);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty_reads_as_text),
	    cmocka_unit_test(test_every_way_to_add),
	    cmocka_unit_test(test_ceiling),
	    cmocka_unit_test(test_long_format),
	    cmocka_unit_test(test_keep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

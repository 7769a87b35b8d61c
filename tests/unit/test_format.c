/* format: the same text and length as vsnprintf(), whatever fits. */
#include "base/format.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 80 };

__attribute__((format(printf, 2, 0))) static void compare(
    size_t size, const char *format, va_list args)
{
	char ours[ROOM], theirs[ROOM];
	va_list again;
	memset(ours, 'x', sizeof(ours));
	memset(theirs, 'x', sizeof(theirs));
	va_copy(again, args);
	int n = format_text(ours, size, format, args);
	assert_int_equal(n, vsnprintf(theirs, size, format, again));
	va_end(again);
	if (size)
		assert_string_equal(ours, theirs);
	/* and nothing behind it */
	assert_true(ours[size] == 'x');
}

__attribute__((format(printf, 1, 2))) static void same(const char *format, ...)
{
	for (size_t size = 0; size < ROOM; size++) {
		va_list args;
		va_start(args, format);
		compare(size, format, args);
		va_end(args);
	}
}

static void our_conversions(void **state)
{
	(void)state;
	same("%s", "");
	same("nothing at all");
	same("%s/%s, %s", "schools", "s000001", "строка");
	same("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
	same("%u|%u", 0u, UINT_MAX);
	same("%zu%%%zu", (size_t)0, SIZE_MAX);
	same("%lld %lld", LLONG_MAX, LLONG_MIN);
	same("[%.*s]", 3, "abcdef");
	same("[%.*s][%.*s]", 0, "abc", 9, "abc");
	same("[%.*s]", -1, "abcdef");
}

/* With one of them in it, the C library writes all. */
static void other_conversions(void **state)
{
	(void)state;
	same("%s-%04d-%02d", "on", 7, 8);
	same("%d %% %5s|%-5s|%x", 1, "ab", "cd", 255u);
	same("%.3f %c %ld", 1.5, 'c', -3L);
}

static void bytes_without_an_end(void **state)
{
	(void)state;
	const char bytes[3] = {'a', 'b', 'c'};
	same("%.*s.", 3, bytes);
	same("%.*s.", 2, bytes);
}

static void digits(void **state)
{
	(void)state;
	char place[FORMAT_DIGITS];
	const char *p = format_digits(place, ULLONG_MAX);
	assert_true(p == place);
	assert_memory_equal(p, "18446744073709551615", FORMAT_DIGITS);
	p = format_digits(place, 0);
	assert_true(p == place + FORMAT_DIGITS - 1 && *p == '0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(our_conversions),
	    cmocka_unit_test(other_conversions),
	    cmocka_unit_test(bytes_without_an_end),
	    cmocka_unit_test(digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* relay: order, copies, the ceiling, and the same without a thread. */
#include "sys/relay.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct seen {
	struct buf text;
	size_t bytes, calls;
	unsigned pause; /* microseconds for each file */
	pthread_t thread;
};

static void take(void *payload, const char *path, struct str bytes)
{
	struct seen *s = payload;
	s->calls++;
	s->bytes += bytes.n;
	s->thread = pthread_self();
	buf_adds(&s->text, path);
	buf_add(&s->text, bytes.p, bytes.n < 8 ? bytes.n : 8);
	if (s->pause)
		usleep(s->pause);
}

static void order(bool threaded)
{
	struct seen s = {.text = BUF_INIT(BUF_PAGE)};
	struct buf expected = BUF_INIT(BUF_PAGE);
	struct relay r;
	char path[16], bytes[16];
	relay_begin(&r, take, &s, threaded);
	for (int i = 0; i < 5000; i++) {
		snprintf(path, sizeof(path), "/%d:", i);
		snprintf(bytes, sizeof(bytes), "%d", i * 7);
		buf_adds(&expected, path);
		buf_adds(&expected, bytes);
		relay_file(&r, path, str_of(bytes)); /* both are written over next */
	}
	relay_end(&r);
	assert_int_equal(s.calls, 5000);
	assert_string_equal(s.text.data, expected.data);
	assert_int_equal(pthread_equal(s.thread, pthread_self()) != 0, !threaded);
	relay_end(&r); /* a second end does no harm */
	buf_clear(&expected);
	buf_clear(&s.text);
}

static void test_order_with_a_thread(void **state)
{
	(void)state;
	order(true);
}

static void test_order_without(void **state)
{
	(void)state;
	order(false);
}

/* A slow taker holds the maker back, and a file above the ceiling passes. */
static void test_ceiling(void **state)
{
	struct seen s = {.text = BUF_INIT(BUF_PAGE), .pause = 200};
	size_t big = RELAY_BYTES / 3, count = 20;
	char *bytes = calloc(1, (size_t)RELAY_BYTES + 5);
	struct relay r;
	(void)state;
	relay_begin(&r, take, &s, true);
	for (size_t i = 0; i < count; i++)
		relay_file(&r, "x", (struct str){bytes, big});
	relay_file(&r, "y", (struct str){bytes, (size_t)RELAY_BYTES + 5});
	relay_file(&r, "z", (struct str){NULL, 0});
	relay_end(&r);
	assert_int_equal(s.calls, count + 2);
	assert_int_equal(s.bytes, count * big + RELAY_BYTES + 5);
	free(bytes);
	buf_clear(&s.text);
}

static void test_nothing_to_do(void **state)
{
	struct seen s = {.text = BUF_INIT(BUF_LINE)};
	struct relay r;
	(void)state;
	relay_begin(&r, take, &s, true);
	relay_end(&r);
	assert_int_equal(s.calls, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order_with_a_thread),
	    cmocka_unit_test(test_order_without),
	    cmocka_unit_test(test_ceiling),
	    cmocka_unit_test(test_nothing_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Work in processes of its own: results, order, and all ways to fail. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "sys/child.h"

enum { GOOD, EMPTY, REFUSES, CRASHES, SLEEPS, TOO_MUCH, HUNGRY };

static int work(void *payload, size_t piece, struct buf *out)
{
	const char *text = payload;
	switch (piece) {
	case EMPTY:
		return 0;
	case REFUSES:
		buf_adds(out, "half");
		return -1;
	case CRASHES:
		raise(SIGKILL);
		return 0;
	case SLEEPS:
		sleep(60);
		return 0;
	case TOO_MUCH:
		for (int i = 0; i < 100000; i++)
			buf_adds(out, text);
		return 0;
	case HUNGRY:
		for (size_t i = 0; i < 64; i++)
			memset(xmalloc((size_t)8 << 20), 1, (size_t)8 << 20);
		return 0;
	default:
		buf_addf(out, "%s %zu %d", text, piece, close(99) == 0);
		return 0;
	}
}

static struct children begin(void)
{
	struct children c = CHILDREN_INIT;
	c.work = work;
	c.payload = (void *)(uintptr_t) "text";
	c.most = 2;
	c.seconds = 1;
	c.memory = (size_t)256 << 20;
	c.longest = 100000;
	return c;
}

static enum child_end end_of(size_t piece)
{
	struct children c = begin();
	struct child_result r;
	children_add(&c, piece);
	while (!children_take(&c, 100, &r))
		assert_true(children_left(&c));
	assert_int_equal(r.piece, piece);
	if (r.end != CHILD_DONE)
		assert_int_equal(r.bytes.n, 0);
	enum child_end end = r.end;
	assert_false(children_left(&c));
	children_end(&c);
	return end;
}

static void gives_results(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	bool seen[20] = {false};
	size_t count = 0;
	for (size_t i = 10; i < 20; i++)
		children_add(&c, i);
	while (children_left(&c)) {
		if (!children_take(&c, 1000, &r))
			continue;
		char wanted[40];
		assert_int_equal(r.end, CHILD_DONE);
		snprintf(wanted, sizeof(wanted), "text %zu 0", r.piece);
		assert_int_equal(r.bytes.n, strlen(wanted));
		assert_memory_equal(r.bytes.p, wanted, r.bytes.n);
		assert_false(seen[r.piece]);
		seen[r.piece] = true;
		count++;
	}
	assert_int_equal(count, 10);
	assert_false(children_take(&c, 1000, &r)); /* at once */
	children_end(&c);
}

static void fails_alone(void **state)
{
	(void)state;
	assert_int_equal(end_of(EMPTY), CHILD_DONE);
	assert_int_equal(end_of(REFUSES), CHILD_FAILED);
	assert_int_equal(end_of(CRASHES), CHILD_FAILED);
	assert_int_equal(end_of(SLEEPS), CHILD_TIME);
	assert_int_not_equal(end_of(TOO_MUCH), CHILD_DONE);
}

static void has_its_memory(void **state)
{
	(void)state;
#ifdef VIDNO_ARENA_MALLOC
	skip(); /* sanitizers need more than any limit */
#endif
	assert_int_equal(end_of(HUNGRY), CHILD_FAILED);
}

static void ends_what_works(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	children_add(&c, SLEEPS);
	children_add(&c, SLEEPS);
	children_add(&c, SLEEPS);
	assert_false(children_take(&c, 10, &r));
	children_end(&c);
	assert_false(children_left(&c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_results),
	    cmocka_unit_test(fails_alone),
	    cmocka_unit_test(has_its_memory),
	    cmocka_unit_test(ends_what_works),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

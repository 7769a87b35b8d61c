/* Work in processes of its own: results, order, and all ways to fail. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "sys/child.h"

enum { GOOD, EMPTY, REFUSES, CRASHES, KILLED, SLEEPS, WAITS, SPINS, WORKS, TOO_MUCH, HUNGRY, MORE };

/* Which calls of fork() fail. */
static enum { NONE, SOME, ALL } fails;
static unsigned forks;

static bool has_child(void)
{
	siginfo_t about;
	return waitid(P_ALL, 0, &about, WEXITED | WNOHANG | WNOWAIT) == 0;
}

pid_t fork(void)
{
	void *symbol = dlsym(RTLD_NEXT, "fork");
	pid_t (*real)(void);
	memcpy(&real, &symbol, sizeof(symbol));
	forks++;
	/* Some: every second, where there is another child to wait for. */
	if (fails == ALL || (fails == SOME && forks % 2 == 0 && has_child())) {
		errno = EAGAIN;
		return -1;
	}
	return real();
}

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
		abort();
	case KILLED:
		raise(SIGKILL);
		return 0;
	case SLEEPS:
		sleep(60);
		return 0;
	case WAITS:
		sleep(2);
		return 0;
	case SPINS:
		for (volatile size_t i = 0;; i++)
			;
	case WORKS:
		for (clock_t begun = clock(); clock() - begun < CLOCKS_PER_SEC * 6 / 10;)
			;
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
	c.patience = 600;
	c.memory = (size_t)256 << 20;
	c.longest = 100000;
	return c;
}

static enum child_end end_within(size_t piece, int patience)
{
	struct children c = begin();
	struct child_result r;
	c.patience = patience;
	children_add(&c, piece, 1);
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

static enum child_end end_of(size_t piece)
{
	return end_within(piece, 600);
}

static void gives_results(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	bool seen[MORE + 10] = {false};
	size_t count = 0;
	for (size_t i = MORE; i < MORE + 10; i++)
		children_add(&c, i, 1);
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

/* Each of the pieces comes to the end it comes to alone, once. */
static void check_ends(struct children *c, const size_t *pieces, size_t count)
{
	static const enum child_end alone[MORE] = {[REFUSES] = CHILD_FAILED,
	    [CRASHES] = CHILD_FAILED,
	    [KILLED] = CHILD_LOST,
	    [SPINS] = CHILD_TIME,
	    [TOO_MUCH] = CHILD_FAILED};
	struct child_result r;
	size_t wanted[MORE] = {0}, came[MORE] = {0};
	for (size_t i = 0; i < count; i++) {
		children_add(c, pieces[i], 1);
		wanted[pieces[i]]++;
	}
	while (children_left(c)) {
		if (!children_take(c, 1000, &r))
			continue;
		assert_in_range(r.piece, 0, MORE - 1);
		assert_int_equal(r.end, alone[r.piece]);
		assert_int_equal(r.bytes.n, r.piece == GOOD ? strlen("text 0 0") : 0);
		came[r.piece]++;
	}
	assert_memory_equal(wanted, came, sizeof(wanted));
}

static void does_several(void **state)
{
	(void)state;
	enum { COUNT = 200 };
	struct children c = begin();
	size_t pieces[COUNT] = {GOOD};
	unsigned before = forks;
	c.together = CHILD_PIECES;
	check_ends(&c, pieces, COUNT);
	assert_in_range(forks - before, COUNT / CHILD_PIECES, COUNT / CHILD_PIECES + 16);
	children_end(&c);
}

/* Much work is not put together, and none waits behind it. */
static void does_much_alone(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	unsigned before = forks;
	c.together = 10;
	for (size_t i = 0; i < 40; i++)
		children_add(&c, MORE + i, i < 20 ? 11 : 1);
	while (children_left(&c))
		if (children_take(&c, 1000, &r))
			assert_int_equal(r.end, CHILD_DONE);
	assert_in_range(forks - before, 20 + 2, 20 + 10);
	children_end(&c);
}

/* Whatever stands beside it. */
static void fails_for_itself(void **state)
{
	(void)state;
	static const size_t bad[] = {REFUSES, CRASHES, KILLED, SPINS, TOO_MUCH};
	enum { COUNT = 60 };
	for (size_t first = 0; first < COUNT / 2; first += 14) {
		struct children c = begin();
		size_t pieces[COUNT] = {GOOD};
		c.together = CHILD_PIECES;
		for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
			pieces[first + i * (first % 3 + 1)] = bad[i];
		pieces[COUNT - 1] = EMPTY;
		check_ends(&c, pieces, COUNT);
		children_end(&c);
	}
}

/* The time is of each piece, and not of a child. */
static void has_time_for_each(void **state)
{
	(void)state;
	struct children c = begin();
	size_t pieces[12] = {WORKS, WORKS, WORKS, WORKS};
	unsigned before = forks;
	c.most = 1;
	c.together = CHILD_PIECES;
	check_ends(&c, pieces, 12);
	assert_in_range(forks - before, 1, 3);
	children_end(&c);
}

static void fails_alone(void **state)
{
	(void)state;
	assert_int_equal(end_of(EMPTY), CHILD_DONE);
	assert_int_equal(end_of(REFUSES), CHILD_FAILED);
	assert_int_equal(end_of(CRASHES), CHILD_FAILED);
	assert_int_equal(end_of(TOO_MUCH), CHILD_FAILED);
}

/* Its own time: however long the others take. */
static void has_its_time(void **state)
{
	(void)state;
	assert_int_equal(end_of(WAITS), CHILD_DONE);
	assert_int_equal(end_of(SPINS), CHILD_TIME);
}

/* Who only waits uses none of it, and is ended by the clock. */
static void is_lost_by_the_machine(void **state)
{
	(void)state;
	assert_int_equal(end_within(SLEEPS, 2), CHILD_LOST);
	assert_int_equal(end_of(KILLED), CHILD_LOST);
}

/* Where a process cannot be made, those that there are come to their end first. */
static void waits_for_a_process(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	size_t ends[CHILD_LOST + 1] = {0};
	c.most = 3;
	fails = SOME;
	for (size_t i = MORE; i < MORE + 10; i++)
		children_add(&c, i, 1);
	while (children_left(&c))
		if (children_take(&c, 1000, &r))
			ends[r.end]++;
	assert_int_equal(ends[CHILD_DONE], 10);
	fails = ALL;
	children_add(&c, GOOD, 1);
	assert_true(children_take(&c, 1000, &r));
	assert_int_equal(r.end, CHILD_LOST);
	fails = NONE;
	children_end(&c);
}

static void has_its_memory(void **state)
{
	(void)state;
#if defined(VIDNO_ARENA_MALLOC) || defined(__SANITIZE_THREAD__)
	skip(); /* sanitizers need more than any limit */
#endif
	assert_int_equal(end_of(HUNGRY), CHILD_FAILED);
}

static void ends_what_works(void **state)
{
	(void)state;
	struct children c = begin();
	struct child_result r;
	children_add(&c, SLEEPS, 1);
	children_add(&c, SLEEPS, 1);
	children_add(&c, SLEEPS, 1);
	assert_false(children_take(&c, 10, &r));
	children_end(&c);
	assert_false(children_left(&c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_results),
	    cmocka_unit_test(does_several),
	    cmocka_unit_test(does_much_alone),
	    cmocka_unit_test(fails_alone),
	    cmocka_unit_test(fails_for_itself),
	    cmocka_unit_test(has_its_memory),
	    cmocka_unit_test(has_its_time),
	    cmocka_unit_test(has_time_for_each),
	    cmocka_unit_test(is_lost_by_the_machine),
	    cmocka_unit_test(waits_for_a_process),
	    cmocka_unit_test(ends_what_works),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

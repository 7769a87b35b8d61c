/* Every task once, by the right number of threads. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/pool.h"

#include <pthread.h>
#include <string.h>

enum { TASKS = 20000 };

struct tally {
	unsigned char *done;           /* by task; plain memory, so that races show */
	unsigned long sums[POOL_JOBS]; /* by worker */
	unsigned jobs;
	pthread_t caller;
	int strangers;
	size_t order;
};

static void count(void *payload, size_t task, unsigned worker)
{
	struct tally *t = payload;
	t->done[task]++;
	t->sums[worker] += task;
}

static void every_task_once(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 8; jobs++) {
		struct tally t = {.done = test_calloc(TASKS, 1)};
		pool_run(jobs, TASKS, count, &t);
		unsigned long sum = 0;
		for (size_t i = 0; i < TASKS; i++)
			assert_int_equal(t.done[i], 1);
		for (unsigned i = 0; i < POOL_JOBS; i++) {
			sum += t.sums[i];
			if (i >= jobs)
				assert_int_equal(t.sums[i], 0);
		}
		assert_int_equal(sum, (unsigned long)TASKS * (TASKS - 1) / 2);
		test_free(t.done);
	}
}

static void look(void *payload, size_t task, unsigned worker)
{
	struct tally *t = payload;
	t->strangers += !pthread_equal(pthread_self(), t->caller);
	t->strangers += worker != 0;
	t->strangers += t->order++ != task;
}

static void one_job_makes_no_thread(void **state)
{
	(void)state;
	struct tally t = {.caller = pthread_self()};
	pool_run(1, 100, look, &t);
	assert_int_equal(t.strangers, 0);
	assert_int_equal(t.order, 100);
	t.order = 0;
	pool_run(8, 1, look, &t);
	assert_int_equal(t.strangers, 0);
	pool_run(8, 0, look, &t);
	assert_int_equal(t.order, 1);
}

/* Four tasks that wait for each other end only when four threads run. */
static void meet(void *payload, size_t task, unsigned worker)
{
	(void)task, (void)worker;
	pthread_barrier_wait(payload);
}

static void jobs_run_at_once(void **state)
{
	(void)state;
	pthread_barrier_t barrier;
	pthread_barrier_init(&barrier, NULL, 4);
	pool_run(4, 4, meet, &barrier);
	pthread_barrier_destroy(&barrier);
}

static void bounds(void **state)
{
	(void)state;
	struct tally t = {.done = test_calloc(TASKS, 1)};
	pool_run(1000000, TASKS, count, &t);
	for (size_t i = 0; i < TASKS; i++)
		assert_int_equal(t.done[i], 1);
	memset(t.done, 0, TASKS);
	pool_run(0, 10, count, &t);
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(t.done[i], 1);
	test_free(t.done);
	assert_true(pool_cpus() >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_task_once),
	    cmocka_unit_test(one_job_makes_no_thread),
	    cmocka_unit_test(jobs_run_at_once),
	    cmocka_unit_test(bounds),
	};
	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}

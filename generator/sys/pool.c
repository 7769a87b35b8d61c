/*
 * Workers take the next task from one atomic counter until there is none.
 * Threads live for one run: making one costs some 20 microseconds, less than
 * any department.
 */
#include "sys/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

struct pool {
	atomic_size_t next;
	size_t count;
	pool_task *run;
	void *payload;
};

struct worker {
	struct pool *pool;
	pthread_t thread;
	unsigned number;
};

static void work(struct pool *p, unsigned number)
{
	for (size_t task; (task = atomic_fetch_add(&p->next, 1)) < p->count;)
		p->run(p->payload, task, number);
}

static void *start(void *argument)
{
	struct worker *w = argument;
	work(w->pool, w->number);
	return NULL;
}

void pool_run(unsigned jobs, size_t count, pool_task *run, void *payload)
{
	struct pool pool = {.count = count, .run = run, .payload = payload};
	struct worker workers[POOL_JOBS];
	unsigned started = 1;
	if (jobs == 0)
		jobs = pool_cpus();
	if (jobs > POOL_JOBS)
		jobs = POOL_JOBS;
	if (jobs > count)
		jobs = (unsigned)count;

	for (; started < jobs; started++) {
		struct worker *w = &workers[started];
		w->pool = &pool;
		w->number = started;
		if (pthread_create(&w->thread, NULL, start, w))
			break;
	}
	work(&pool, 0);
	for (unsigned i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
}

unsigned pool_cpus(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof(set), &set))
		return 1;
	int n = CPU_COUNT(&set);
	return n < 1 ? 1 : (unsigned)n;
}

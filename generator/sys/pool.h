/*
 * pool - one function over many tasks, in several threads.
 *
 * pool_run() calls run(payload, task, worker) once for each task 0…count-1
 * and comes back when all are done. Tasks are taken in order from one
 * counter, so a slow one delays nobody. The calling thread works too, as
 * worker 0; with jobs 1, or one task, no thread is made. When the system
 * refuses threads the rest do the work. worker is below jobs: an index for
 * scratch memory. What a task did is seen by the caller afterwards.
 */
#ifndef SYS_POOL_H
#define SYS_POOL_H

#include <stddef.h>

enum { POOL_JOBS = 256 };

typedef void pool_task(void *payload, size_t task, unsigned worker);

/* jobs 0 means pool_cpus(); more than POOL_JOBS is POOL_JOBS. */
void pool_run(unsigned jobs, size_t count, pool_task *run, void *payload);

/* The processors this process may use, at least 1. */
unsigned pool_cpus(void);

#endif

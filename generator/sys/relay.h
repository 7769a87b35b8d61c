/*
 * relay - files handed from the thread that makes them to one that writes.
 *
 * Making a page and writing one take about as long, so a department that is
 * alone on the machine is done in half the time. Order of calls: relay_begin,
 * relay_file as often as wanted, relay_end; all from one thread. The files
 * arrive at the taker one at a time, in the order in which they were given.
 *
 * The bytes are copied, up to RELAY_BYTES wait; then relay_file() waits too.
 * The taker is woken for RELAY_BATCH or for the end: waking it for each page
 * would cost the maker as much as writing.
 * Without threads to be had, the taker is called at once.
 */
#ifndef SYS_RELAY_H
#define SYS_RELAY_H

#include "base/str.h"

#include <pthread.h>
#include <stdbool.h>

enum { RELAY_BYTES = 8 * 1024 * 1024, RELAY_BATCH = 128 * 1024 };

/* Keeps its own account of failures. */
typedef void relay_taker(void *payload, const char *path, struct str bytes);

struct relay {
	relay_taker *take;
	void *payload;
	pthread_t thread;
	bool running; /* there is a thread */
	pthread_mutex_t lock;
	pthread_cond_t more, less;
	struct relay_file *first, **last;
	size_t waiting; /* bytes not yet taken */
	size_t listed;  /* of them, those in the list */
	bool hurry;     /* the maker waits */
	bool ended;
};

/* threaded: false for one that calls the taker at once. */
void relay_begin(struct relay *r, relay_taker *take, void *payload, bool threaded);
void relay_file(struct relay *r, const char *path, struct str bytes);
/* Waits until the taker has had everything. */
void relay_end(struct relay *r);

#endif

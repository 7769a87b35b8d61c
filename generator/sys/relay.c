/*
 * A list under one lock. The taker's thread takes all that waits at once, so
 * that it seldom needs the lock; a file is one block of memory.
 */
#include "sys/relay.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct relay_file {
	struct relay_file *next;
	size_t size;
	char *path; /* behind the bytes */
	char bytes[];
};

static void take_all(struct relay *r, struct relay_file *file)
{
	while (file) {
		struct relay_file *next = file->next;
		size_t size = file->size;
		r->take(r->payload, file->path, (struct str){file->bytes, size});
		free(file);
		pthread_mutex_lock(&r->lock);
		r->waiting -= size;
		pthread_cond_signal(&r->less);
		pthread_mutex_unlock(&r->lock);
		file = next;
	}
}

static bool worth_waking(const struct relay *r)
{
	return r->ended || (r->first && (r->hurry || r->listed >= RELAY_BATCH));
}

static void *run(void *argument)
{
	struct relay *r = argument;
	for (;;) {
		pthread_mutex_lock(&r->lock);
		while (!worth_waking(r))
			pthread_cond_wait(&r->more, &r->lock);
		struct relay_file *files = r->first;
		r->first = NULL;
		r->last = &r->first;
		r->listed = 0;
		pthread_mutex_unlock(&r->lock);
		if (!files)
			return NULL;
		take_all(r, files);
	}
}

static void destroy(struct relay *r)
{
	pthread_cond_destroy(&r->less);
	pthread_cond_destroy(&r->more);
	pthread_mutex_destroy(&r->lock);
}

void relay_begin(struct relay *r, relay_taker *take, void *payload, bool threaded)
{
	*r = (struct relay){.take = take, .payload = payload};
	r->last = &r->first;
	if (!threaded)
		return;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->more, NULL);
	pthread_cond_init(&r->less, NULL);
	r->running = pthread_create(&r->thread, NULL, run, r) == 0;
	if (!r->running)
		destroy(r);
}

void relay_file(struct relay *r, const char *path, struct str bytes)
{
	if (!r->running) {
		r->take(r->payload, path, bytes);
		return;
	}
	size_t length = strlen(path) + 1;
	struct relay_file *file = xmalloc(sizeof(*file) + bytes.n + length);
	file->next = NULL;
	file->size = bytes.n;
	file->path = file->bytes + bytes.n;
	if (bytes.n)
		memcpy(file->bytes, bytes.p, bytes.n);
	memcpy(file->path, path, length);

	pthread_mutex_lock(&r->lock);
	while ((r->hurry = r->waiting && r->waiting + bytes.n > RELAY_BYTES)) {
		pthread_cond_signal(&r->more);
		pthread_cond_wait(&r->less, &r->lock);
	}
	r->waiting += bytes.n;
	r->listed += bytes.n;
	*r->last = file;
	r->last = &file->next;
	if (r->listed >= RELAY_BATCH)
		pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
}

void relay_end(struct relay *r)
{
	if (!r->running)
		return;
	pthread_mutex_lock(&r->lock);
	r->ended = true;
	pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	destroy(r);
	r->running = false;
}

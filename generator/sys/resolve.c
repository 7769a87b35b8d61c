/*
 * One lock over two lists: questions to ask and answers to take. A thread is
 * made when a question comes and none is idle, up to a bound; it stays until
 * the resolver is closed. The resolver is freed by whoever leaves last, since
 * a thread inside the C library cannot be called back.
 */
#include "sys/resolve.h"

#include "base/arena.h"
#include "sys/fd.h"

#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { STACK = 256 * 1024 };

struct resolve_question {
	struct resolve_question *next;
	char *name;
	bool abandoned;
	struct resolved answer;
};

struct list {
	struct resolve_question *first, **last;
};

struct resolver {
	pthread_mutex_t lock;
	pthread_cond_t asked;
	struct list questions, answers;
	int event;
	int threads, idle;
	bool closing;
};

/* ---- lists ---- */

static void list_init(struct list *l)
{
	l->first = NULL;
	l->last = &l->first;
}

static void append(struct list *l, struct resolve_question *q)
{
	q->next = NULL;
	*l->last = q;
	l->last = &q->next;
}

static struct resolve_question *take(struct list *l)
{
	struct resolve_question *q = l->first;
	if (q) {
		l->first = q->next;
		if (!l->first)
			l->last = &l->first;
	}
	return q;
}

static void free_question(struct resolve_question *q)
{
	free(q->name);
	free(q);
}

static void free_resolver(struct resolver *r)
{
	struct resolve_question *q;
	while ((q = take(&r->questions)) || (q = take(&r->answers)))
		free_question(q);
	pthread_cond_destroy(&r->asked);
	pthread_mutex_destroy(&r->lock);
	fd_close(r->event);
	free(r);
}

/* ---- the threads ---- */

static enum resolve_status status_of(int code)
{
	switch (code) {
	case 0:
		return RESOLVE_OK;
	case EAI_NONAME:
	case EAI_NODATA:
	case EAI_ADDRFAMILY:
		return RESOLVE_NO_NAME;
	default:
		return RESOLVE_FAILED;
	}
}

static void look_up(struct resolve_question *q)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
	struct addrinfo *list = NULL;
	q->answer.status = status_of(getaddrinfo(q->name, NULL, &hints, &list));
	for (const struct addrinfo *i = q->answer.status ? NULL : list;
	     i && q->answer.count < RESOLVE_ADDRESSES; i = i->ai_next) {
		char *to = q->answer.addresses[q->answer.count];
		if (getnameinfo(i->ai_addr, i->ai_addrlen, to, sizeof(q->answer.addresses[0]), NULL,
		        0, NI_NUMERICHOST) == 0)
			q->answer.count++;
	}
	if (list)
		freeaddrinfo(list);
	if (q->answer.status == RESOLVE_OK && q->answer.count == 0)
		q->answer.status = RESOLVE_NO_NAME;
}

/* With the lock held. */
static void deliver(struct resolver *r, struct resolve_question *q)
{
	if (q->abandoned) {
		free_question(q);
		return;
	}
	append(&r->answers, q);
	/* An eventfd takes any number of these. */
	if (eventfd_write(r->event, 1))
		return;
}

static void *work(void *payload)
{
	struct resolver *r = payload;
	pthread_mutex_lock(&r->lock);
	while (!r->closing) {
		struct resolve_question *q = take(&r->questions);
		if (!q) {
			r->idle++;
			pthread_cond_wait(&r->asked, &r->lock);
			r->idle--;
			continue;
		}
		if (!q->abandoned) {
			pthread_mutex_unlock(&r->lock);
			look_up(q);
			pthread_mutex_lock(&r->lock);
		}
		deliver(r, q);
	}
	bool last = --r->threads == 0;
	pthread_mutex_unlock(&r->lock);
	if (last)
		free_resolver(r);
	return NULL;
}

/* With the lock held. Where the system gives no thread, those that are there
 * do the work; where there is none, the caller does. */
static void add_thread(struct resolver *r)
{
	pthread_attr_t attributes;
	pthread_t thread;
	if (r->idle > 0 || r->threads >= RESOLVE_THREADS || pthread_attr_init(&attributes))
		return;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, STACK);
	if (pthread_create(&thread, &attributes, work, r) == 0)
		r->threads++;
	pthread_attr_destroy(&attributes);
}

/* ---- the caller's side ---- */

int resolver_open(struct resolver **out)
{
	int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (event < 0)
		return -1;
	struct resolver *r = xmalloc(sizeof(*r));
	memset(r, 0, sizeof(*r));
	r->event = event;
	list_init(&r->questions);
	list_init(&r->answers);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->asked, NULL);
	*out = r;
	return 0;
}

struct resolve_question *resolver_ask(struct resolver *r, const char *name, void *tag)
{
	struct resolve_question *q = xmalloc(sizeof(*q));
	memset(q, 0, sizeof(*q));
	q->name = xstrdup(name);
	q->answer.tag = tag;
	pthread_mutex_lock(&r->lock);
	add_thread(r);
	if (r->threads > 0) {
		append(&r->questions, q);
		pthread_cond_signal(&r->asked);
	} else {
		look_up(q);
		deliver(r, q);
	}
	pthread_mutex_unlock(&r->lock);
	return q;
}

void resolver_abandon(struct resolver *r, struct resolve_question *q)
{
	pthread_mutex_lock(&r->lock);
	q->abandoned = true;
	pthread_mutex_unlock(&r->lock);
}

bool resolver_next(struct resolver *r, struct resolved *out)
{
	eventfd_t count;
	struct resolve_question *q;
	bool found = false;
	pthread_mutex_lock(&r->lock);
	while (!found && (q = take(&r->answers))) {
		found = !q->abandoned;
		*out = q->answer;
		free_question(q);
	}
	/* Nothing there: nothing to wake up for. */
	if (!found && eventfd_read(r->event, &count))
		count = 0;
	pthread_mutex_unlock(&r->lock);
	return found;
}

int resolver_fd(const struct resolver *r)
{
	return r->event;
}

void resolver_close(struct resolver *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->closing = true;
	bool last = r->threads == 0;
	pthread_cond_broadcast(&r->asked);
	pthread_mutex_unlock(&r->lock);
	if (last)
		free_resolver(r);
}

/*
 * Questions and answers are packets of a socket pair, and each thread of the
 * other process takes the next question from the same socket; when the last
 * that was free takes one, it makes another thread first. So neither side has
 * a lock.
 *
 * A question that was sent has a seat, whose number comes back with the answer.
 * There are as many seats as threads: so the socket never fills up, and what
 * waits can be abandoned at no cost.
 */
#include "sys/resolve.h"

#include "base/arena.h"
#include "sys/apart.h"
#include "sys/fd.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK = 256 * 1024, NAME = 256 }; /* a name of DNS has 253 at most */

struct question_packet {
	int seat;
	char name[NAME];
};

struct answer_packet {
	int seat;
	struct resolved found;
};

/* ---- the other process ---- */

static atomic_int threads = 1, idle;

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

static void look_up(const char *name, struct resolved *out)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
	struct addrinfo *list = NULL;
	out->status = status_of(getaddrinfo(name, NULL, &hints, &list));
	for (const struct addrinfo *i = out->status ? NULL : list;
	     i && out->count < RESOLVE_ADDRESSES; i = i->ai_next) {
		char *to = out->addresses[out->count];
		if (getnameinfo(i->ai_addr, i->ai_addrlen, to, sizeof(out->addresses[0]), NULL, 0,
		        NI_NUMERICHOST) == 0)
			out->count++;
	}
	if (list)
		freeaddrinfo(list);
	if (out->status == RESOLVE_OK && out->count == 0)
		out->status = RESOLVE_NO_NAME;
}

static void *serve(void *payload);

/* Where the system gives no thread, those that are there do the work. */
static void add_thread(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	if (atomic_load(&threads) >= RESOLVE_THREADS || pthread_attr_init(&attributes))
		return;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, STACK);
	atomic_fetch_add(&threads, 1);
	if (pthread_create(&thread, &attributes, serve, NULL))
		atomic_fetch_sub(&threads, 1);
	pthread_attr_destroy(&attributes);
}

static void *serve(void *payload)
{
	(void)payload;
	for (;;) {
		struct question_packet q;
		atomic_fetch_add(&idle, 1);
		ssize_t n = recv(APART_FD, &q, sizeof(q), 0);
		bool was_last = atomic_fetch_sub(&idle, 1) == 1;
		if (n < 0 && errno == EINTR)
			continue;
		if (n != sizeof(q))
			_exit(EXIT_SUCCESS);
		if (was_last)
			add_thread();
		struct answer_packet a = {.seat = q.seat};
		look_up(q.name, &a.found);
		if (send(APART_FD, &a, sizeof(a), MSG_NOSIGNAL) < 0)
			_exit(EXIT_FAILURE);
	}
}

/* Whoever stops the program by a key stops the visit in order, and names are
 * still wanted for that. */
_Noreturn static void be_the_other(void)
{
	static const int deaf_to[] = {SIGINT, SIGTERM, SIGHUP};
	for (size_t i = 0; i < sizeof(deaf_to) / sizeof(*deaf_to); i++)
		signal(deaf_to[i], SIG_IGN);
	serve(NULL);
	_exit(EXIT_FAILURE);
}

/* ---- ours ---- */

struct resolve_question {
	struct resolve_question *next;
	void *tag;
	bool abandoned;
	char name[NAME];
};

struct resolver {
	pid_t process; /* 0: none */
	int socket;
	int epoll; /* of the socket, which changes when the process does */
	struct resolve_question *first, **last; /* not sent yet */
	struct resolve_question *seats[RESOLVE_THREADS];
};

static int begin(struct resolver *r)
{
	struct epoll_event event = {.events = EPOLLIN};
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	pid_t process = -1;
	if (epoll_ctl(r->epoll, EPOLL_CTL_ADD, ends[0], &event) == 0)
		process = apart_fork(ends[1]);
	if (process == 0)
		be_the_other();
	fd_close(ends[1]);
	if (process < 0) {
		fd_close(ends[0]);
		return -1;
	}
	r->process = process;
	r->socket = ends[0];
	return 0;
}

static void end(struct resolver *r)
{
	if (!r->process)
		return;
	epoll_ctl(r->epoll, EPOLL_CTL_DEL, r->socket, NULL);
	fd_close(r->socket);
	kill(r->process, SIGKILL);
	while (waitpid(r->process, NULL, 0) < 0 && errno == EINTR)
		;
	r->process = 0;
}

/* Takes the first that waits. */
static struct resolve_question *next_waiting(struct resolver *r)
{
	struct resolve_question *q = r->first;
	r->first = q->next;
	if (!r->first)
		r->last = &r->first;
	return q;
}

/* Sends what waits as long as there are seats. */
static void send_waiting(struct resolver *r)
{
	for (int seat = 0; r->first && seat < RESOLVE_THREADS; seat++) {
		struct question_packet packet = {.seat = seat};
		while (r->first && r->first->abandoned)
			free(next_waiting(r));
		if (r->seats[seat] || !r->first)
			continue;
		memcpy(packet.name, r->first->name, NAME);
		if (send(r->socket, &packet, sizeof(packet), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			return; /* its end is seen when answers are taken */
		r->seats[seat] = next_waiting(r);
	}
}

int resolver_open(struct resolver **out)
{
	struct resolver *r = xmalloc(sizeof(*r));
	*r = (struct resolver){.epoll = epoll_create1(EPOLL_CLOEXEC), .last = &r->first};
	if (r->epoll < 0) {
		free(r);
		return -1;
	}
	*out = r;
	return 0;
}

struct resolve_question *resolver_ask(struct resolver *r, const char *name, void *tag)
{
	struct resolve_question *q = xmalloc(sizeof(*q));
	*q = (struct resolve_question){.tag = tag};
	/* One that is too long is cut, and is too long as well then. */
	snprintf(q->name, NAME, "%s", name);
	*r->last = q;
	r->last = &q->next;
	if (r->process || begin(r) == 0)
		send_waiting(r);
	return q;
}

void resolver_abandon(struct resolver *r, struct resolve_question *q)
{
	(void)r;
	q->abandoned = true;
}

/* The question of a seat is over; false when nobody wants its answer. */
static bool leave(struct resolver *r, int seat, struct resolved *out)
{
	struct resolve_question *q = r->seats[seat];
	bool wanted = !q->abandoned;
	out->tag = q->tag;
	r->seats[seat] = NULL;
	free(q);
	return wanted;
}

/* The other process is gone, and so are the answers. */
static bool next_lost(struct resolver *r, struct resolved *out)
{
	end(r);
	for (int seat = 0; seat < RESOLVE_THREADS; seat++) {
		*out = (struct resolved){.status = RESOLVE_FAILED};
		if (r->seats[seat] && leave(r, seat, out))
			return true;
	}
	return false;
}

bool resolver_next(struct resolver *r, struct resolved *out)
{
	while (r->process) {
		struct answer_packet a;
		ssize_t n = recv(r->socket, &a, sizeof(a), MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return false;
		if (n != sizeof(a) || a.seat < 0 || a.seat >= RESOLVE_THREADS || !r->seats[a.seat])
			break;
		*out = a.found;
		bool wanted = leave(r, a.seat, out);
		send_waiting(r);
		if (wanted)
			return true;
	}
	return next_lost(r, out);
}

int resolver_fd(const struct resolver *r)
{
	return r->epoll;
}

void resolver_close(struct resolver *r)
{
	if (!r)
		return;
	end(r);
	while (r->first)
		free(next_waiting(r));
	for (int seat = 0; seat < RESOLVE_THREADS; seat++)
		free(r->seats[seat]);
	fd_close(r->epoll);
	free(r);
}

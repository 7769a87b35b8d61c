/*
 * A child (sys/apart) gives back through a pipe. A result is whole when the
 * pipe has ended and the child has left with status 0.
 *
 * Past its time the system sends SIGXCPU, and a second later SIGKILL, which
 * others may send too (the kernel when memory is short): then the time that was
 * used tells them apart.
 */
#include "sys/child.h"

#include "base/arena.h"
#include "sys/apart.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Never above what we have ourselves. */
static void limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	struct rlimit l;
	if (getrlimit(what, &l) < 0)
		return;
	if (l.rlim_max == RLIM_INFINITY || l.rlim_max > hard)
		l.rlim_max = hard;
	l.rlim_cur = l.rlim_max < soft ? l.rlim_max : soft;
	setrlimit(what, &l);
}

static void limit_memory(size_t most)
{
/* A sanitizer's own tables count as heap, and are larger. */
#if defined(VIDNO_ARENA_MALLOC) || defined(__SANITIZE_THREAD__)
	(void)most;
#else
	limit(RLIMIT_DATA, most, most);
#endif
}

_Noreturn static void be_child(const struct children *c, size_t piece)
{
	struct buf out = BUF_INIT(c->longest);
	limit(RLIMIT_CORE, 0, 0);
	limit(RLIMIT_CPU, (rlim_t)c->seconds, (rlim_t)c->seconds + 1);
	limit_memory(c->memory);
	int failed = c->work(c->payload, piece, &out);
	if (failed || buf_err(&out) || fd_write(APART_FD, out.data, out.len) < 0)
		_exit(EXIT_FAILURE);
	_exit(EXIT_SUCCESS);
}

static int start(struct children *c, struct child *place, size_t piece)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid_t id = apart_fork(fds[1]);
	if (id == 0)
		be_child(c, piece);
	fd_close(fds[1]);
	if (id < 0) {
		fd_close(fds[0]);
		return -1;
	}
	buf_clear(&place->out);
	*place = (struct child){.id = id,
	    .fd = fds[0],
	    .piece = piece,
	    .until = clock_monotonic_ms() + (int64_t)c->patience * 1000,
	    .out = BUF_INIT(c->longest)};
	return 0;
}

void children_add(struct children *c, size_t piece)
{
	if (c->count == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 16;
		c->waiting = xrealloc(c->waiting, c->cap * sizeof(*c->waiting));
	}
	c->waiting[c->count++] = piece;
}

static enum child_end end_of(const struct children *c, int status, const struct rusage *used)
{
	int64_t seconds = (int64_t)(used->ru_utime.tv_sec + used->ru_stime.tv_sec);
	if (WIFEXITED(status))
		return WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_FAILED;
	switch (WTERMSIG(status)) {
	case SIGXCPU:
		return CHILD_TIME;
	case SIGKILL:
		return seconds >= c->seconds ? CHILD_TIME : CHILD_LOST;
	case SIGTERM:
		return CHILD_LOST;
	default:
		return CHILD_FAILED;
	}
}

/* The result of one that has closed its pipe; of one that has not, by force:
 * forced is then why. */
static bool end(const struct children *c, struct child *place, enum child_end forced,
    struct child_result *result)
{
	int status = 0;
	struct rusage used = {0};
	if (forced != CHILD_DONE)
		kill(place->id, SIGKILL);
	while (wait4(place->id, &status, 0, &used) < 0 && errno == EINTR)
		;
	fd_close(place->fd);
	place->id = 0;
	enum child_end how = forced != CHILD_DONE ? forced : end_of(c, status, &used);
	*result = (struct child_result){.piece = place->piece,
	    .end = how,
	    .bytes = how == CHILD_DONE ? buf_str(&place->out) : STR("")};
	return true;
}

static bool is_any(const struct children *c)
{
	for (size_t i = 0; i < CHILDREN; i++)
		if (c->places[i].id)
			return true;
	return false;
}

/* Gives the queue's next pieces to free places. Where no process can be made,
 * the piece waits for the end of another; true, with its result, where there is
 * none to wait for. */
static bool begin_waiting(struct children *c, struct child_result *lost)
{
	size_t most = c->most < CHILDREN ? c->most : CHILDREN;
	for (size_t i = 0; i < most && c->first < c->count; i++) {
		struct child *place = &c->places[i];
		if (place->id)
			continue;
		if (start(c, place, c->waiting[c->first]) == 0) {
			c->first++;
			continue;
		}
		if (is_any(c))
			return false;
		*lost = (struct child_result){
		    .piece = c->waiting[c->first++], .end = CHILD_LOST, .bytes = STR("")};
		return true;
	}
	return false;
}

/* False when the child has closed its pipe, or says too much. */
static bool hear(struct child *place)
{
	char some[16384];
	ssize_t n = read(place->fd, some, sizeof(some));
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	buf_add(&place->out, some, (size_t)n);
	return n > 0 && !buf_err(&place->out);
}

/* Only those that are there: poll() refuses more places than the process may
 * have open files. */
static bool listen_once(struct children *c, int ms, struct child_result *out)
{
	struct pollfd fds[CHILDREN];
	struct child *heard[CHILDREN];
	nfds_t count = 0;
	int64_t now = clock_monotonic_ms();
	for (size_t i = 0; i < CHILDREN; i++) {
		struct child *place = &c->places[i];
		if (!place->id)
			continue;
		if (place->until <= now)
			return end(c, place, CHILD_LOST, out);
		if (place->until - now < ms)
			ms = (int)(place->until - now);
		heard[count] = place;
		fds[count++] = (struct pollfd){.fd = place->fd, .events = POLLIN};
	}
	if (poll(fds, count, ms) <= 0)
		return false;
	for (nfds_t i = 0; i < count; i++)
		if (fds[i].revents && !hear(heard[i]))
			return end(
			    c, heard[i], buf_err(&heard[i]->out) ? CHILD_FAILED : CHILD_DONE, out);
	return false;
}

bool children_left(const struct children *c)
{
	return is_any(c) || c->first < c->count;
}

bool children_take(struct children *c, int ms, struct child_result *out)
{
	int64_t until = clock_monotonic_ms() + ms;
	do {
		if (begin_waiting(c, out))
			return true;
		if (!children_left(c))
			return false;
		int64_t left = until - clock_monotonic_ms();
		if (listen_once(c, left > 0 ? (int)left : 0, out))
			return true;
	} while (clock_monotonic_ms() < until);
	return false;
}

void children_end(struct children *c)
{
	struct child_result lost;
	for (size_t i = 0; i < CHILDREN; i++) {
		if (c->places[i].id)
			end(c, &c->places[i], CHILD_LOST, &lost);
		buf_clear(&c->places[i].out);
	}
	free(c->waiting);
	c->waiting = NULL;
	c->first = c->count = c->cap = 0;
}

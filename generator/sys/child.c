/*
 * A child (sys/apart) gives back through a pipe: before each result stands its
 * length. A result is there when all of it is; who has none of a piece when the
 * pipe ends asks how the child ended.
 *
 * Past its time the system sends SIGXCPU. SIGKILL comes from others, such as
 * the kernel when memory is short.
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

enum { READ = 16 * 1024 };

/* ---- the child ---- */

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

/* From now on, for the next piece; whole seconds, so up to one more for it. */
static void limit_time(int seconds)
{
	struct rusage r = {0};
	getrusage(RUSAGE_SELF, &r);
	int64_t us = r.ru_utime.tv_usec + r.ru_stime.tv_usec;
	int64_t used = r.ru_utime.tv_sec + r.ru_stime.tv_sec + (us + 999999) / 1000000;
	limit(RLIMIT_CPU, (rlim_t)(used + seconds), RLIM_INFINITY);
}

static int give(const struct buf *out)
{
	return buf_err(out) || fd_write(APART_FD, &out->len, sizeof(out->len)) ||
	    fd_write(APART_FD, out->data, out->len);
}

_Noreturn static void be_child(const struct children *c, const struct child *place)
{
	struct buf out = BUF_INIT(c->longest);
	signal(SIGXCPU, SIG_DFL); /* whoever began us may have it ignored */
	limit(RLIMIT_CORE, 0, 0);
	limit_memory(c->memory);
	for (size_t i = 0; i < place->count; i++) {
		limit_time(c->seconds);
		buf_reset(&out);
		if (c->work(c->payload, place->pieces[i].number, &out) || give(&out))
			_exit(EXIT_FAILURE);
	}
	_exit(EXIT_SUCCESS);
}

/* ---- the queue ---- */

void children_add(struct children *c, size_t piece, size_t cost)
{
	if (c->count == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 16;
		c->waiting = xrealloc(c->waiting, c->cap * sizeof(*c->waiting));
	}
	c->waiting[c->count++] = (struct child_piece){piece, cost};
}

static unsigned places(const struct children *c)
{
	return c->most < CHILDREN ? c->most : CHILDREN;
}

/* The first that waits, and others that are not too much work with it, but no
 * more than would be each child's share. */
static void take_share(struct children *c, struct child *place)
{
	size_t waiting = c->count - c->first, share = (waiting + places(c) - 1) / places(c);
	size_t most = share < CHILD_PIECES ? share : CHILD_PIECES;
	uint64_t cost = 0;
	place->answered = place->count = 0;
	do {
		const struct child_piece *next = &c->waiting[c->first + place->count];
		cost += next->cost;
		if (place->count && cost > c->together)
			break;
		place->pieces[place->count++] = *next;
	} while (place->count < most);
	c->first += place->count;
}

/* Back to the front: the places they were taken from are free. */
static void give_back(struct children *c, const struct child *place, size_t from)
{
	size_t left = place->count - from;
	c->first -= left;
	memcpy(c->waiting + c->first, place->pieces + from, left * sizeof(*place->pieces));
}

/* ---- beginning ---- */

static void be_patient(const struct children *c, struct child *place)
{
	place->until = clock_monotonic_ms() + (int64_t)c->patience * 1000;
}

static int start(struct children *c, struct child *place)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid_t id = apart_fork(fds[1]);
	if (id == 0)
		be_child(c, place);
	fd_close(fds[1]);
	if (id < 0) {
		fd_close(fds[0]);
		return -1;
	}
	buf_clear(&place->out);
	place->out = (struct buf)BUF_INIT(c->longest + sizeof(place->out.len) + READ);
	place->taken = 0;
	place->fd = fds[0];
	place->id = id;
	be_patient(c, place);
	return 0;
}

static bool is_any(const struct children *c)
{
	for (size_t i = 0; i < CHILDREN; i++)
		if (c->places[i].id)
			return true;
	return false;
}

/* Gives the queue's next pieces to free places. Where no process can be made,
 * they wait for the end of another; true, with a result for the first, where
 * there is none to wait for. */
static bool begin_waiting(struct children *c, struct child_result *lost)
{
	for (unsigned i = 0; i < places(c) && c->first < c->count; i++) {
		struct child *place = &c->places[i];
		if (place->id)
			continue;
		take_share(c, place);
		if (start(c, place) == 0)
			continue;
		bool wait = is_any(c);
		give_back(c, place, wait ? 0 : 1);
		*lost = (struct child_result){
		    .piece = place->pieces[0].number, .end = CHILD_LOST, .bytes = STR("")};
		return !wait;
	}
	return false;
}

/* ---- ending ---- */

static enum child_end end_of(int status)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	return number == SIGXCPU                     ? CHILD_TIME
	    : number == SIGKILL || number == SIGTERM ? CHILD_LOST
	                                             : CHILD_FAILED;
}

/* Of one that has closed its pipe; of one that has not, by force: forced is then
 * why. True: the first piece came to nothing. */
static bool end(
    struct children *c, struct child *place, enum child_end forced, struct child_result *result)
{
	int status = 0;
	if (forced != CHILD_DONE)
		kill(place->id, SIGKILL);
	while (waitpid(place->id, &status, 0) < 0 && errno == EINTR)
		;
	fd_close(place->fd);
	place->id = 0;
	if (place->answered) {
		give_back(c, place, place->answered);
		return false;
	}
	give_back(c, place, 1);
	*result = (struct child_result){.piece = place->pieces[0].number,
	    .end = forced != CHILD_DONE ? forced : end_of(status),
	    .bytes = STR("")};
	return true;
}

/* The next result that has come whole. */
static bool take_result(struct children *c, struct child *place, struct child_result *result)
{
	size_t length, begin = place->taken + sizeof(length);
	if (place->answered == place->count || place->out.len < begin)
		return false;
	memcpy(&length, place->out.data + place->taken, sizeof(length));
	if (length > place->out.len - begin)
		return false;
	*result = (struct child_result){.piece = place->pieces[place->answered++].number,
	    .end = CHILD_DONE,
	    .bytes = {place->out.data + begin, length}};
	place->taken = begin + length;
	be_patient(c, place);
	return true;
}

/* False when the child has closed its pipe, or says too much. */
static bool hear(struct child *place)
{
	char some[READ];
	ssize_t n = read(place->fd, some, sizeof(some));
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	size_t left = place->out.len - place->taken;
	memmove(place->out.data, place->out.data + place->taken, left);
	place->out.len = left;
	place->taken = 0;
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
		if (take_result(c, place, out))
			return true;
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
		if (fds[i].revents && !hear(heard[i]) &&
		    end(c, heard[i], buf_err(&heard[i]->out) ? CHILD_FAILED : CHILD_DONE, out))
			return true;
	return false;
}

bool children_left(const struct children *c)
{
	for (size_t i = 0; i < CHILDREN; i++)
		if (c->places[i].id && c->places[i].answered < c->places[i].count)
			return true;
	return c->first < c->count;
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

/*
 * posix_spawn() with a session of its own, so that there is no terminal and the
 * whole group can be ended. Both pipes are read by one poll(), in small steps,
 * between which it is seen whether the program has ended.
 */
#include "sys/program.h"

#include "base/arena.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { TICK_MS = 20, GRACE_MS = 2000 };

struct pipes {
	int out[2], err[2];
};

static bool is_changed(const char *variable, const char *const *changes)
{
	size_t n = strcspn(variable, "=");
	for (; changes && *changes; changes++)
		if (strcspn(*changes, "=") == n && strncmp(variable, *changes, n) == 0)
			return true;
	return false;
}

/* Our environment with the changes. */
static char **environment_of(struct arena *a, const char *const *changes)
{
	size_t n = 0, count = 0;
	for (char **e = environ; e && *e; e++)
		n++;
	for (const char *const *e = changes; e && *e; e++)
		n++;
	char **all = arena_array(a, n + 1, sizeof(*all));
	for (char **e = environ; e && *e; e++)
		if (!is_changed(*e, changes))
			all[count++] = *e;
	for (const char *const *e = changes; e && *e; e++)
		if (strchr(*e, '='))
			all[count++] = arena_strdup(a, *e);
	return all;
}

static int prepare(
    posix_spawn_file_actions_t *actions, const struct program *p, struct pipes *pipes)
{
	int code =
	    posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!code)
		code = posix_spawn_file_actions_adddup2(actions, pipes->out[1], STDOUT_FILENO);
	if (!code)
		code = posix_spawn_file_actions_adddup2(actions, pipes->err[1], STDERR_FILENO);
	if (!code && p->folder)
		code = posix_spawn_file_actions_addchdir_np(actions, p->folder);
	return code;
}

/* 0, or an error number. */
static int start(const struct program *p, struct pipes *pipes, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, usual;
	struct arena a = ARENA_INIT;
	sigemptyset(&none);
	sigfillset(&usual);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	int code = prepare(&actions, p, pipes);
	if (!code)
		code = posix_spawnp(child, p->arguments[0], &actions, &attributes,
		    (char *const *)p->arguments, environment_of(&a, p->environment));
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	arena_clear(&a);
	return code;
}

/* False at its end. */
static bool take(int fd, struct buf *to)
{
	char some[4096];
	ssize_t n = read(fd, some, sizeof(some));
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	/* Past its bound a buf is empty-handed for good: keep what fits. */
	size_t room = to->max > to->len + 1 ? to->max - to->len - 1 : 0;
	buf_add(to, some, (size_t)n < room ? (size_t)n : room);
	return n > 0;
}

static bool has_ended(pid_t child, int *status)
{
	pid_t ended = waitpid(child, status, WNOHANG);
	return ended == child || (ended < 0 && errno != EINTR);
}

/* False when the time was over first. Once the program has ended and nothing is
 * left to read, another that it started may keep the pipes open. */
static bool listen_to(const struct program *p, const struct pipes *pipes, pid_t child, int *status)
{
	int64_t until = clock_monotonic_ms() + (int64_t)p->seconds * 1000;
	struct pollfd fds[2] = {
	    {.fd = pipes->out[0], .events = POLLIN}, {.fd = pipes->err[0], .events = POLLIN}};
	while (clock_monotonic_ms() < until) {
		int ready = poll(fds, 2, TICK_MS);
		if (fds[0].revents && !take(fds[0].fd, p->out))
			fds[0].fd = -1;
		if (fds[1].revents && !take(fds[1].fd, p->err))
			fds[1].fd = -1;
		bool quiet = ready <= 0 || (fds[0].fd < 0 && fds[1].fd < 0);
		if (quiet && has_ended(child, status))
			return true;
	}
	return false;
}

static bool ends_within(pid_t child, int *status, int milliseconds)
{
	for (; milliseconds > 0; milliseconds -= TICK_MS) {
		if (has_ended(child, status))
			return true;
		poll(NULL, 0, TICK_MS);
	}
	return false;
}

static void end_group(pid_t child, int *status)
{
	kill(-child, SIGTERM);
	if (ends_within(child, status, GRACE_MS))
		return;
	kill(-child, SIGKILL);
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		;
}

static void close_pair(int fds[2])
{
	fd_close(fds[0]);
	fd_close(fds[1]);
}

static enum program_status run(const struct program *p, struct pipes *pipes)
{
	pid_t child;
	int status = -1;
	int code = start(p, pipes, &child);
	if (code) {
		errno = code;
		return code == ENOENT ? PROGRAM_MISSING : PROGRAM_SYSTEM;
	}
	fd_close(pipes->out[1]);
	fd_close(pipes->err[1]);
	pipes->out[1] = pipes->err[1] = -1;
	if (!listen_to(p, pipes, child, &status)) {
		end_group(child, &status);
		return PROGRAM_TIMEOUT;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return PROGRAM_MISSING;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? PROGRAM_OK : PROGRAM_FAILED;
}

enum program_status program_run(const struct program *p)
{
	struct pipes pipes = {{-1, -1}, {-1, -1}};
	enum program_status status = PROGRAM_SYSTEM;
	if (pipe2(pipes.out, O_CLOEXEC) == 0 && pipe2(pipes.err, O_CLOEXEC) == 0)
		status = run(p, &pipes);
	close_pair(pipes.out);
	close_pair(pipes.err);
	return status;
}

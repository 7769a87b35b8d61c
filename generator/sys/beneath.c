/*
 * openat2() with RESOLVE_BENEATH where the kernel has it. Elsewhere the path
 * is walked part by part: a stack of open folders stands for where we are, so
 * that ".." pops the stack instead of asking the file system, and a symbolic
 * link is read and put before what is left of the path. No part is opened
 * through a link, so nothing that changes meanwhile can lead us out.
 */
#include "sys/beneath.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LINKS = 40, LEVELS = 64, TRIES = 32 };

int beneath_open(int dir, const char *path, int flags)
{
	struct open_how how = {
	    .flags = (unsigned)(flags | O_CLOEXEC),
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	/* EAGAIN: something was renamed while the kernel looked at a "..". */
	for (int i = 0; i < TRIES; i++) {
		long fd = syscall(SYS_openat2, dir, *path ? path : ".", &how, sizeof(how));
		if (fd >= 0)
			return (int)fd;
		if (errno != EAGAIN && errno != EINTR)
			break;
	}
	/* Old sandboxes answer EPERM to calls they do not know. */
	if (errno == ENOSYS || errno == EPERM)
		return beneath_walk(dir, path, flags);
	return -1;
}

struct walk {
	char left[PATH_MAX]; /* of the path */
	int stack[LEVELS];   /* open folders; [0] is the caller's */
	int depth;
	int links;
};

static int fail(int code)
{
	errno = code;
	return -1;
}

/* Puts a link's target before what is left, which begins with its slash. */
static int take_link(struct walk *w, const char *target, size_t len, const char *rest)
{
	char joined[sizeof(w->left)];
	if (len == 0)
		return fail(ENOENT);
	if (target[0] == '/')
		return fail(EXDEV);
	if (++w->links > LINKS)
		return fail(ELOOP);
	int n = snprintf(joined, sizeof(joined), "%.*s%s", (int)len, target, rest);
	if (n < 0 || (size_t)n >= sizeof(joined))
		return fail(ENAMETOOLONG);
	memcpy(w->left, joined, (size_t)n + 1);
	return 0;
}

static int enter(struct walk *w, const char *name)
{
	if (w->depth + 1 >= LEVELS)
		return fail(ELOOP);
	int fd = openat(w->stack[w->depth], name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	w->stack[++w->depth] = fd;
	return 0;
}

/* One part of the path. *fd is set when it was the last one. */
static int step(struct walk *w, int flags, int *fd)
{
	char name[NAME_MAX + 1], target[PATH_MAX];
	size_t len = strcspn(w->left, "/");
	const char *after = w->left + len;
	const char *rest = after + strspn(after, "/");
	bool folder = *after == '/';
	if (len > NAME_MAX)
		return fail(ENAMETOOLONG);
	memcpy(name, w->left, len);
	name[len] = '\0';

	if (strcmp(name, "..") == 0) {
		if (w->depth == 0)
			return fail(EXDEV);
		fd_close(w->stack[w->depth--]);
	} else if (len && strcmp(name, ".") != 0) {
		int here = w->stack[w->depth];
		ssize_t n = readlinkat(here, name, target, sizeof(target));
		if (n >= 0)
			return take_link(w, target, (size_t)n, after);
		if (errno != EINVAL)
			return -1;
		if (!*rest && !folder) {
			*fd = openat(here, name, flags | O_NOFOLLOW | O_CLOEXEC, 0);
			return *fd < 0 ? -1 : 0;
		}
		if (enter(w, name))
			return -1;
	}
	memmove(w->left, rest, strlen(rest) + 1);
	return 0;
}

int beneath_walk(int dir, const char *path, int flags)
{
	struct walk w = {.stack = {dir}};
	int fd = -1;
	size_t len = strlen(path);
	if (path[0] == '/')
		return fail(EXDEV);
	if (len >= sizeof(w.left))
		return fail(ENAMETOOLONG);
	memcpy(w.left, path, len + 1);

	int status = 0;
	while (!status && fd < 0 && *w.left)
		status = step(&w, flags, &fd);
	if (!status && fd < 0)
		fd = openat(w.stack[w.depth], ".", flags | O_CLOEXEC, 0);
	while (w.depth > 0)
		fd_close(w.stack[w.depth--]);
	return fd;
}

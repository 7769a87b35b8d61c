/*
 * inotify watches single folders, so one watch is set on each, and on each
 * that appears. The kernel names a watch by a number; folders[number] knows
 * its path. Of the folder that holds a watched one only that name counts
 * (`only`): so a folder that is made, or removed and made again by a git
 * checkout, is noticed. When so much happens that the kernel drops events, we
 * may have missed new folders, and all are set anew.
 */
#include "sys/watch.h"

#include "base/intl.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR };

struct folder {
	char *path;
	char *only; /* names that count, each between two slashes; or NULL: all */
};

struct watch {
	int inotify, stop;
	struct folder *folders; /* by watch number */
	size_t size, count;
	char **added; /* as watch_add() was given them */
	size_t nadded;
	char *ignored;
	bool lost; /* events */
};

int watch_begin(struct watch **out, struct diag *diag)
{
	struct watch *w = xmalloc(sizeof(*w));
	*w = (struct watch){
	    .inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC),
	    .stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC),
	};
	*out = w;
	if (w->inotify >= 0 && w->stop >= 0)
		return 0;
	char reason[128];
	diag_add(diag, DIAG_ERROR, "watch-failed", DIAG_NOWHERE, STR_NONE,
	    _("Close other programs that watch files, or run it without watching."),
	    _("the system does not let us watch files: %s"),
	    strerror_r(errno, reason, sizeof(reason)));
	watch_end(w);
	*out = NULL;
	return -1;
}

static void forget_all(struct watch *w)
{
	for (size_t i = 0; i < w->size; i++) {
		free(w->folders[i].path);
		free(w->folders[i].only);
	}
	free(w->folders);
	w->folders = NULL;
	w->size = w->count = 0;
}

void watch_end(struct watch *w)
{
	if (!w)
		return;
	forget_all(w);
	for (size_t i = 0; i < w->nadded; i++)
		free(w->added[i]);
	free(w->added);
	free(w->ignored);
	fd_close(w->inotify);
	fd_close(w->stop);
	free(w);
}

void watch_ignore(struct watch *w, const char *folder)
{
	free(w->ignored);
	w->ignored = xstrdup(folder);
}

void watch_stop(struct watch *w)
{
	uint64_t one = 1;
	int saved = errno; /* we may be in a signal handler */
	if (w && write(w->stop, &one, sizeof(one)) < 0)
		errno = saved; /* full: it is stopped already */
	errno = saved;
}

/* -- folders -------------------------------------------------------------------- */

static bool same_folder(const char *a, const char *b)
{
	struct stat x, y;
	return a && b && stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

static bool left_out(const char *name)
{
	size_t len = strlen(name);
	return len == 0 || name[0] == '.' || name[0] == '~' || name[len - 1] == '~';
}

/* The folder's entry, NULL with errno. *known: it was watched before. */
static struct folder *set_watch(struct watch *w, const char *path, bool *known)
{
	if (w->count >= WATCH_FOLDERS) {
		errno = ENOSPC;
		return NULL;
	}
	int number = inotify_add_watch(w->inotify, path, EVENTS);
	if (number < 0)
		return NULL;
	if ((size_t)number >= w->size) {
		size_t size = (size_t)number * 2 + 16;
		w->folders = xrealloc(w->folders, size * sizeof(*w->folders));
		memset(w->folders + w->size, 0, (size - w->size) * sizeof(*w->folders));
		w->size = size;
	}
	struct folder *f = &w->folders[number];
	*known = f->path;
	if (!f->path) {
		f->path = xstrdup(path);
		w->count++;
	}
	return f;
}

static bool is_folder(const char *path, const struct dirent *e)
{
	struct stat st;
	if (e->d_type == DT_DIR || e->d_type == DT_REG)
		return e->d_type == DT_DIR;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A folder that is watched already is not entered again: links may lead in circles. */
static int add_tree(struct watch *w, const char *path)
{
	bool known;
	int status = 0;
	if (same_folder(path, w->ignored))
		return 0;
	struct folder *f = set_watch(w, path, &known);
	/* It may be gone again, or be none of our business. */
	if (!f)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
	if (known && !f->only)
		return 0;
	free(f->only);
	f->only = NULL;
	DIR *d = opendir(path);
	if (!d)
		return 0;
	for (struct dirent *e; !status && (e = readdir(d));) {
		if (left_out(e->d_name))
			continue;
		struct buf child = BUF_INIT(BUF_LINE);
		buf_addf(&child, "%s/%s", path, e->d_name);
		if (is_folder(child.data, e))
			status = add_tree(w, child.data);
		buf_clear(&child);
	}
	closedir(d);
	return status;
}

/* Wait for one name in the folder that holds it. */
static int add_name(struct watch *w, const char *folder, const char *name)
{
	bool known;
	struct folder *f = set_watch(w, folder, &known);
	if (!f)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
	if (known && !f->only)
		return 0;
	struct buf names = BUF_INIT(BUF_LINE);
	buf_addf(&names, "%s%s/", f->only ? f->only : "/", name);
	free(f->only);
	f->only = buf_take(&names, NULL);
	return 0;
}

/* The folder with all beneath it, and its name in the folder above. */
static int add_whole(struct watch *w, const char *folder)
{
	char *path = xstrdup(folder);
	size_t len = strlen(path);
	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	int status = add_tree(w, path);
	if (!status && slash && slash != path) {
		*slash = '\0';
		status = add_name(w, path, name);
	} else if (!status) {
		status = add_name(w, slash ? "/" : ".", name);
	}
	free(path);
	return status;
}

int watch_add(struct watch *w, const char *folder, struct diag *diag)
{
	w->added = xrealloc(w->added, (w->nadded + 1) * sizeof(*w->added));
	w->added[w->nadded++] = xstrdup(folder);
	if (add_whole(w, folder) == 0)
		return 0;
	diag_add(diag, DIAG_ERROR, "watch-failed", DIAG_AT(folder, 0, 0), STR_NONE,
	    _("Ask the administrator to raise fs.inotify.max_user_watches, or run it without watching."),
	    _("there are more folders here than the system lets us watch"));
	return -1;
}

static int set_anew(struct watch *w)
{
	fd_close(w->inotify);
	forget_all(w);
	w->lost = false;
	w->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	int status = w->inotify < 0 ? -1 : 0;
	for (size_t i = 0; !status && i < w->nadded; i++)
		status = add_whole(w, w->added[i]);
	return status;
}

/* A folder that went away takes its watches with it. */
static void forget_tree(struct watch *w, const char *path)
{
	size_t len = strlen(path);
	for (size_t i = 0; i < w->size; i++) {
		const char *p = w->folders[i].path;
		if (p && !w->folders[i].only && strncmp(p, path, len) == 0 &&
		    (p[len] == '\0' || p[len] == '/'))
			inotify_rm_watch(w->inotify, (int)i);
	}
}

/* -- events --------------------------------------------------------------------- */

static bool counts(const struct folder *f, const char *name)
{
	if (left_out(name))
		return false;
	if (!f->only)
		return true;
	struct buf key = BUF_INIT(BUF_LINE);
	buf_addf(&key, "/%s/", name);
	bool found = strstr(f->only, key.data);
	buf_clear(&key);
	return found;
}

/* Whether the event is a change; folders that appear are watched on the way. */
static bool take_event(struct watch *w, const struct inotify_event *e)
{
	if (e->mask & IN_Q_OVERFLOW) {
		w->lost = true;
		return true;
	}
	if (e->wd < 0 || (size_t)e->wd >= w->size || !w->folders[e->wd].path)
		return false;
	struct folder *f = &w->folders[e->wd];
	if (e->mask & IN_IGNORED) {
		free(f->path);
		free(f->only);
		*f = (struct folder){NULL, NULL};
		w->count--;
		return false;
	}
	if (!e->len || !counts(f, e->name))
		return false;
	if (e->mask & (IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM)) {
		struct buf child = BUF_INIT(BUF_LINE);
		buf_addf(&child, "%s/%s", f->path, e->name);
		/* f may move when folders are added. */
		if (e->mask & IN_MOVED_FROM)
			forget_tree(w, child.data);
		else
			add_tree(w, child.data);
		buf_clear(&child);
	}
	return true;
}

/* Everything that is there now. 1: something changed, 0: nothing, -1: failed. */
static int take_events(struct watch *w)
{
	_Alignas(struct inotify_event) char bytes[16 * 1024];
	int changed = 0;
	for (;;) {
		ssize_t got = read(w->inotify, bytes, sizeof(bytes));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 && (got == 0 || errno != EAGAIN))
			return -1;
		if (got < 0)
			return w->lost && set_anew(w) ? -1 : changed;
		for (size_t at = 0; at < (size_t)got;) {
			const struct inotify_event *e = (const void *)(bytes + at);
			changed |= take_event(w, e);
			at += sizeof(*e) + e->len;
		}
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

enum watch_event watch_wait(struct watch *w, int timeout_ms)
{
	int64_t now = clock_monotonic_ms();
	int64_t until = timeout_ms < 0 ? INT64_MAX : now + timeout_ms;
	int64_t latest = 0; /* set by the first change */
	for (;;) {
		struct pollfd fds[] = {
		    {.fd = w->stop, .events = POLLIN}, {.fd = w->inotify, .events = POLLIN}};
		int64_t left = until - now;
		int n = poll(fds, 2, until == INT64_MAX ? -1 : left > 0 ? (int)left : 0);
		if (n < 0 && errno != EINTR)
			return WATCH_FAILED;
		if (n > 0 && (fds[0].revents & POLLIN))
			return WATCH_STOPPED;
		int changed = n > 0 ? take_events(w) : 0;
		if (changed < 0)
			return WATCH_FAILED;
		now = clock_monotonic_ms();
		if (changed && !latest)
			latest = now + WATCH_LONGEST_MS;
		if (changed)
			until = earlier(now + WATCH_QUIET_MS, latest);
		if (n == 0 || now >= until)
			return latest ? WATCH_CHANGED : WATCH_TIMEOUT;
	}
}

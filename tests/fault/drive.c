/*
 * Builds a site again and again, each time with another call failing or with
 * the program killed at another call (faults.c), and looks at what is left.
 *
 *   drive VIDNO FAULTS.SO FOLDER OLD NEW
 *
 * With FAULT_EVERY set each call has its turn, else every n-th of them. OLD and
 * NEW are two states of a site; all work is done in FOLDER. A build of OLD is
 * the published site, a build of NEW replaces it, or makes a first one. After
 * each try:
 *
 *   - a build that says it went well has made exactly the new site
 *   - one that failed (status 3) has left exactly the old one, or none
 *   - one that was killed has left every department whole, old or new, no page
 *     is missing that both have, and the next build makes exactly the new site
 *   - nothing but `.vidno-staging` is ever left beside the site, and that only
 *     where removing was what failed, or after a kill
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATHS = 4096, WORKERS = 2, CRASHED = 200, NO_FAULT = 0 };

static const char *vidno, *faults, *old_site, *new_site;

__attribute__((format(printf, 1, 2))) static _Noreturn void die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
	_exit(1);
}

/* -- pictures of folders -------------------------------------------------------------- */

struct entry {
	char path[200];
	uint64_t hash;
};

struct picture {
	struct entry entries[PATHS];
	size_t count;
	bool staging; /* .vidno-staging is there; left out */
	bool there;
};

static uint64_t hash_file(const char *path)
{
	char bytes[65536];
	uint64_t hash = 14695981039346656037U;
	int fd = open(path, O_RDONLY);
	ssize_t got;
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	while ((got = read(fd, bytes, sizeof(bytes))) > 0)
		for (ssize_t i = 0; i < got; i++)
			hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211U;
	close(fd);
	return hash;
}

static void look(struct picture *p, const char *top, const char *inside)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", top, inside);
	DIR *d = opendir(path);
	if (!d)
		die("%s: %s", path, strerror(errno));
	for (struct dirent *e; (e = readdir(d));) {
		char child[200];
		struct stat st;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		int n =
		    snprintf(child, sizeof(child), "%s%s%s", inside, *inside ? "/" : "", e->d_name);
		if (n < 0 || (size_t)n >= sizeof(child))
			die("%s: too long", e->d_name);
		snprintf(path, sizeof(path), "%s/%s", top, child);
		if (strcmp(child, ".vidno-staging") == 0) {
			p->staging = true;
			continue;
		}
		if (lstat(path, &st))
			die("%s: %s", path, strerror(errno));
		if (p->count == PATHS)
			die("%s: too many files", top);
		struct entry *entry = &p->entries[p->count++];
		strcpy(entry->path, child);
		entry->hash = S_ISDIR(st.st_mode) ? 1 : hash_file(path);
		if (S_ISDIR(st.st_mode))
			look(p, top, child);
	}
	closedir(d);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

static void take(struct picture *p, const char *top)
{
	struct stat st;
	p->count = 0;
	p->staging = false;
	p->there = lstat(top, &st) == 0;
	if (p->there)
		look(p, top, "");
	qsort(p->entries, p->count, sizeof(*p->entries), by_path);
}

static const struct entry *find(const struct picture *p, const char *path)
{
	struct entry key;
	snprintf(key.path, sizeof(key.path), "%s", path);
	return bsearch(&key, p->entries, p->count, sizeof(key), by_path);
}

/* The first path of a that b has not, or not so; NULL: there is none. */
static const char *lacks(const struct picture *b, const struct picture *a, const char *below)
{
	size_t len = strlen(below);
	for (size_t i = 0; i < a->count; i++) {
		const struct entry *e = &a->entries[i], *other = find(b, e->path);
		if (strncmp(e->path, below, len) == 0 && (!other || other->hash != e->hash))
			return e->path;
	}
	return NULL;
}

static const char *differ(const struct picture *a, const struct picture *b, const char *below)
{
	const char *path = lacks(b, a, below);
	return path ? path : lacks(a, b, below);
}

/* -- running -------------------------------------------------------------------------- */

struct run {
	int status; /* of the exit; -1: killed */
	bool struck;
	long calls;
	char said[2000]; /* on the error output */
};

static void read_all(int fd, char *text, size_t size)
{
	size_t len = 0;
	ssize_t got;
	lseek(fd, 0, SEEK_SET);
	while (len + 1 < size && (got = read(fd, text + len, size - 1 - len)) > 0)
		len += (size_t)got;
	text[len] = '\0';
	close(fd);
}

static int scratch(void)
{
	char name[] = "fault.XXXXXX";
	int fd = mkstemp(name);
	if (fd < 0)
		die("mkstemp: %s", strerror(errno));
	unlink(name);
	return fd;
}

/* fault NULL: without. */
static void build(struct run *r, const char *site, const char *out, const char *fault)
{
	char told[64], fd[16];
	int tell = scratch(), say = scratch();
	snprintf(fd, sizeof(fd), "%d", tell);
	pid_t child = fork();
	if (child == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 0);
		dup2(null, 1);
		dup2(say, 2);
		if (fault) {
			setenv("FAULT", fault, 1);
			setenv("FAULT_FD", fd, 1);
			setenv("LD_PRELOAD", faults, 1);
		}
		execl(vidno, vidno, "build", "--site", site, "--out", out, "--date", "2026-01-15",
		    "--jobs", "1", (char *)NULL);
		_exit(127);
	}
	int status;
	waitpid(child, &status, 0);
	read_all(tell, told, sizeof(told));
	read_all(say, r->said, sizeof(r->said));
	r->struck = told[0] == '!';
	r->calls = strtol(told + r->struck, NULL, 10);
	r->status = WIFEXITED(status)     ? WEXITSTATUS(status)
	    : WTERMSIG(status) == SIGKILL ? -1
	                                  : CRASHED + WTERMSIG(status);
}

static void command(const char *program, const char *option, const char *a, const char *b)
{
	int status = -1;
	pid_t child = fork();
	if (child == 0) {
		execlp(program, program, option, "--", a, b, (char *)NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	if (status)
		die("%s %s: failed", program, a);
}

static void drop(const char *path)
{
	command("rm", "-rf", path, NULL);
}

static void copy(const char *from, const char *to)
{
	command("cp", "-al", from, to); /* nothing is ever written in place */
}

/* -- what may be ------------------------------------------------------------------------ */

struct scene {
	const char *name;
	char kind;   /* as faults.c knows it */
	int code;    /* 0: killed */
	bool on;     /* from then on */
	bool update; /* else there is no site yet */
	int most;    /* tries at most: every n-th call when there are more */
	bool no_exchange;
	bool leftover; /* staging may be left */
};

static struct picture old_picture, new_picture, now;
static const char *const units[] = {"department/", "second/", "third/"};

/* Of the site only whole departments, and of its pages none is missing. */
static void check_mixed(const struct scene *s, const char *fault)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		const char *a = differ(&now, &old_picture, units[i]);
		const char *b = differ(&now, &new_picture, units[i]);
		char name[32];
		snprintf(name, sizeof(name), "%.*s", (int)strlen(units[i]) - 1, units[i]);
		/* Two renames leave a moment without the folder. */
		if (a && b && !(s->no_exchange && !find(&now, name)))
			die("%s: killed at %s: %s is neither old nor new: %s, %s", s->name, fault,
			    units[i], a, b);
	}
	for (size_t i = 0; i < now.count; i++) {
		const struct entry *e = &now.entries[i];
		const struct entry *a = find(&old_picture, e->path);
		const struct entry *b = find(&new_picture, e->path);
		if (strcmp(e->path, ".vidno-manifest") == 0)
			continue;
		if (!(a && a->hash == e->hash) && !(b && b->hash == e->hash))
			die("%s: killed at %s: %s is neither old nor new", s->name, fault, e->path);
	}
	for (size_t i = 0; s->update && i < old_picture.count; i++) {
		const char *path = old_picture.entries[i].path;
		bool ours = strchr(path, '/') || strchr(path, '.');
		if (find(&new_picture, path) && !find(&now, path) && ours && !s->no_exchange)
			die("%s: killed at %s: %s is gone", s->name, fault, path);
	}
}

static void check_exact(const struct scene *s, const char *fault, const struct run *r)
{
	const struct picture *wanted = r->status == 0 ? &new_picture : &old_picture;
	if (!s->update && r->status && now.there)
		die("%s: %s: failed and left a folder\n%s", s->name, fault, r->said);
	const char *path = !s->update && r->status ? NULL : differ(&now, wanted, "");
	if (path)
		die("%s: %s: status %d, but %s differs\n%s", s->name, fault, r->status, path,
		    r->said);
	if (now.staging && !s->leftover)
		die("%s: %s: staging is left\n%s", s->name, fault, r->said);
	if (r->status && !*r->said)
		die("%s: %s: failed without a word", s->name, fault);
}

static void start_again(const struct scene *s)
{
	drop("out");
	if (s->update)
		copy("old", "out");
}

static void try_once(const struct scene *s, long number, bool *struck)
{
	char fault[64];
	struct run r;
	snprintf(fault, sizeof(fault), "%c %ld %d %d", s->kind, number, s->code, s->on);
	build(&r, new_site, "out", fault);
	*struck = r.struck;
	take(&now, "out");
	/* The Markdown library ends a program that has no memory. */
	bool ended = s->kind == 'm' && r.status == CRASHED + SIGABRT;
	if (r.status != 0 && r.status != 3 && !ended && !(r.status == -1 && s->code == 0))
		die("%s: %s: status %d\n%s", s->name, fault, r.status, r.said);
	if (r.status == -1)
		check_mixed(s, fault);
	else
		check_exact(s, fault, &r);
	/* Nothing has changed: nothing is to be mended. */
	if (r.status == 3 && !now.staging && s->code != 0)
		return;
	build(&r, new_site, "out", NULL);
	take(&now, "out");
	if (r.status != 0 || now.staging)
		die("%s: %s: the next build: status %d%s\n%s", s->name, fault, r.status,
		    now.staging ? ", staging is left" : "", r.said);
	/* An asset that a killed build brought in lives one build longer. */
	const char *path = lacks(&now, &new_picture, "");
	if (path && strcmp(path, ".vidno-manifest") != 0)
		die("%s: %s: the next build: %s differs", s->name, fault, path);
	start_again(s);
}

/* Every WORKERS-th point from the worker's own on. */
static int work(const struct scene *s, int worker, long calls, long step)
{
	char folder[16];
	int tried = 0;
	snprintf(folder, sizeof(folder), "%d", worker);
	if (chdir(folder))
		die("%s: %s", folder, strerror(errno));
	start_again(s);
	for (long n = 1 + worker * step; n <= calls; n += step * WORKERS) {
		bool struck;
		try_once(s, n, &struck);
		tried += struck;
	}
	drop("out");
	return tried;
}

static bool play(const struct scene *s)
{
	char fault[64];
	struct run r;
	if (s->no_exchange)
		setenv("FAULT_NO_EXCHANGE", "1", 1);
	else
		unsetenv("FAULT_NO_EXCHANGE");
	/* How many calls there are. */
	drop("0/out");
	if (s->update)
		copy("old", "0/out");
	snprintf(fault, sizeof(fault), "%c 0 0 0", s->kind);
	build(&r, new_site, "0/out", fault);
	long step = getenv("FAULT_EVERY") ? 1 : (r.calls + s->most - 1) / s->most;
	if (r.status || r.calls < 10) {
		printf("not ok - %s: without a fault: status %d, %ld calls\n%s", s->name, r.status,
		    r.calls, r.said);
		return false;
	}
	bool good = true;
	fflush(stdout);
	for (int i = 0; i < WORKERS; i++)
		if (fork() == 0)
			_exit(work(s, i, r.calls, step) > 0 ? 0 : 2);
	for (int i = 0; i < WORKERS; i++) {
		int status = -1;
		wait(&status);
		good = good && status == 0;
	}
	if (good)
		printf("ok - %s (%ld calls, each %ld.)\n", s->name, r.calls, step);
	else
		printf("not ok - %s: see above\n", s->name);
	return good;
}

static const struct scene scenes[] = {
    {.name = "a first build, killed before a change", .kind = 'c', .most = 24},
    {.name = "a first build on a disk that becomes full",
        .kind = 'c',
        .code = ENOSPC,
        .on = true,
        .most = 24},
    {.name = "a first build that fails once to read or look",
        .kind = 'l',
        .code = EIO,
        .leftover = true,
        .most = 24},
    {.name = "an update, killed before a change", .kind = 'c', .update = true, .most = 80},
    {.name = "an update, killed, without exchanging renames",
        .kind = 'c',
        .update = true,
        .no_exchange = true,
        .most = 24},
    {.name = "an update on a disk that becomes full",
        .kind = 'c',
        .code = ENOSPC,
        .on = true,
        .update = true,
        .most = 36},
    {.name = "an update on a disk that fails once",
        .kind = 'c',
        .code = EIO,
        .update = true,
        .leftover = true,
        .most = 60},
    {.name = "an update on a disk that fails once, without exchanging renames",
        .kind = 'c',
        .code = EIO,
        .update = true,
        .no_exchange = true,
        .leftover = true,
        .most = 24},
    {.name = "an update for which no more files can be opened",
        .kind = 'l',
        .code = EMFILE,
        .on = true,
        .update = true,
        .leftover = true,
        .most = 20},
    {.name = "an update that fails once to read or look",
        .kind = 'l',
        .code = EIO,
        .update = true,
        .leftover = true,
        .most = 40},
    {.name = "an update that fails once to close",
        .kind = 'x',
        .code = EIO,
        .update = true,
        .most = 16},
    {.name = "an update that runs out of memory",
        .kind = 'm',
        .code = ENOMEM,
        .on = true,
        .update = true,
        .leftover = true,
        .most = 20},
    {.name = "an update that once gets no memory",
        .kind = 'm',
        .code = ENOMEM,
        .update = true,
        .leftover = true,
        .most = 24},
};

int main(int argc, char **argv)
{
	struct run r;
	bool good = true;
	if (argc != 6)
		return 2;
	vidno = argv[1];
	faults = argv[2];
	old_site = argv[4];
	new_site = argv[5];
	if (chdir(argv[3]))
		die("%s: %s", argv[3], strerror(errno));
	if (mkdir("0", 0755) || mkdir("1", 0755))
		die("mkdir: %s", strerror(errno));

	build(&r, old_site, "old", NULL);
	if (r.status)
		die("not ok - the old site: %s", r.said);
	copy("old", "0/old");
	copy("old", "1/old");
	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++) {
		/* What a build without a fault makes of it. */
		drop("new");
		if (scenes[i].update)
			copy("old", "new");
		build(&r, new_site, "new", NULL);
		if (r.status)
			die("not ok - the new site: %s", r.said);
		take(&new_picture, "new");
		take(&old_picture, scenes[i].update ? "old" : "nothing");
		good = play(&scenes[i]) && good;
	}
	return good ? 0 : 1;
}

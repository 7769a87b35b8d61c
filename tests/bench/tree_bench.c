/*
 * How long a department's folder takes to write: 60 pages of 8 kB, a folder
 * for each, first into nothing, then unchanged, then with one page changed,
 * then with all. Medians of many runs, in microseconds, beside what mkdir,
 * open, write and close alone cost for the same pages.
 *
 *   tree_bench [folder]     works in a new folder beneath it
 */
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES = 60, SIZE = 8000, RUNS = 31 };

static char page[SIZE];

static void build(const char *out, int changed, int stamp)
{
	struct diag diag = DIAG_INIT;
	struct tree *t;
	if (tree_begin(&t, out, 0, &diag)) {
		diag_print(&diag, stderr, false);
		exit(1);
	}
	struct tree_unit *u = tree_unit_begin(t, "unit", &diag);
	for (int i = 0; i < PAGES; i++) {
		char path[64];
		snprintf(path, sizeof(path), "schools/s%d/index.html", i);
		memset(page, 'a', 16);
		if (i < changed)
			snprintf(page, 16, "%d", stamp);
		tree_unit_file(u, path, (struct str){page, SIZE});
	}
	tree_unit_commit(u, NULL);
	if (tree_end(t, TREE_ALL, NULL))
		exit(1);
	diag_clear(&diag);
}

static void plain(int dir)
{
	for (int i = 0; i < PAGES; i++) {
		char path[64];
		snprintf(path, sizeof(path), "plain/s%d/index.html", i);
		fd_make_parents(dir, path);
		fd_create(dir, path, 0666, page, SIZE);
	}
}

/* Out of the way and not removed: making files soon after many were removed is
 * two to five times slower on ext4. */
static void put_away(int dir, const char *name, int number)
{
	char away[64];
	snprintf(away, sizeof(away), "%s.%d", name, number);
	renameat(dir, name, dir, away);
}

static int by_value(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void report(const char *name, int64_t times[RUNS])
{
	qsort(times, RUNS, sizeof(*times), by_value);
	printf("  %-36s %7.2f ms\n", name, (double)times[RUNS / 2] / 1000.0);
}

static void measure(int dir, const char *name, const char *out, int changed, bool fresh)
{
	int64_t times[RUNS];
	for (int i = 0; i < RUNS; i++) {
		if (fresh)
			put_away(dir, "out", i);
		int64_t begin = clock_monotonic_us();
		build(out, changed, i);
		times[i] = clock_monotonic_us() - begin;
	}
	report(name, times);
}

int main(int argc, char **argv)
{
	char folder[4096], out[4200];
	int64_t times[RUNS];
	const char *base = getenv("TMPDIR");
	snprintf(folder, sizeof(folder), "%s/tree_bench.XXXXXX",
	    argc > 1   ? argv[1]
	        : base ? base
	               : "/tmp");
	if (!mkdtemp(folder))
		return 1;
	snprintf(out, sizeof(out), "%s/out", folder);
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	memset(page, 'a', sizeof(page));

	printf("tree: %d pages of %d bytes, a folder for each\n", PAGES, SIZE);
	for (int i = 0; i < RUNS; i++) {
		put_away(dir, "plain", i);
		int64_t begin = clock_monotonic_us();
		plain(dir);
		times[i] = clock_monotonic_us() - begin;
	}
	report("mkdir, open, write, close alone", times);
	measure(dir, "into nothing", out, 0, true);
	measure(dir, "nothing changed", out, 0, false);
	measure(dir, "one page changed", out, 1, false);
	measure(dir, "all pages changed", out, PAGES, false);
	close(dir);
	return fd_remove(AT_FDCWD, folder) ? 1 : 0;
}

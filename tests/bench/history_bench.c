/*
 * Reads the history of a repository as a build does: cold, from nothing; more,
 * with what is known of HEAD~1; warm, when nothing is new. What `more` and
 * `warm` begin with is kept in the git directory by the first run of each.
 */
#include "job/history_cache.h"
#include "sys/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
	fprintf(stderr, "history_bench: %s\n", what);
	exit(1);
}

static void keep(struct repo *repo, struct arena *a, const char *name, const struct scan *scan)
{
	struct buf out = BUF_INIT(BUF_FILE);
	(void)a;
	history_encode(&out, scan);
	keep_write(repo_git_dir(repo), name, buf_str(&out));
	buf_clear(&out);
}

/* What was known at a commit; made and kept when it is asked for first. */
static struct scan known(struct repo *repo, struct arena *a, const char *commit)
{
	char name[80], oid[REPO_OID + 1];
	struct str bytes;
	struct scan scan;
	if (repo_resolve(repo, commit, oid))
		fail("no such commit");
	snprintf(name, sizeof(name), "bench-%s", oid);
	if (keep_read(&bytes, a, repo_git_dir(repo), name, BUF_FILE) < 0 ||
	    history_decode(&scan, a, bytes) < 0) {
		if (history_scan(&scan, a, repo, commit, NULL))
			fail("cannot be read");
		keep(repo, a, name, &scan);
	}
	return scan;
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	struct repo *repo;
	struct repo_head why;
	struct scan before, scan;
	if (argc != 3 || repo_open(&repo, argv[1], &why))
		fail("FOLDER cold|more|warm");
	if (strcmp(argv[2], "warm") == 0) {
		scan = known(repo, &a, "HEAD");
	} else {
		bool more = strcmp(argv[2], "more") == 0;
		if (more)
			before = known(repo, &a, "HEAD~1");
		if (history_scan(&scan, &a, repo, "HEAD", more ? &before : NULL))
			fail("cannot be read");
		keep(repo, &a, "bench-last", &scan);
	}
	size_t rows = 0;
	for (size_t i = 0; i < scan.npaths; i++)
		rows += scan.paths[i].rows.count;
	printf("%zu files, %zu rows, %zu commits\n", scan.npaths, rows, scan.ncommits);
	repo_close(repo);
	arena_clear(&a);
	return 0;
}

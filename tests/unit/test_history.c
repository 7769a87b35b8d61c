/*
 * Real repositories with histories by chance: the commit of each row, found in
 * one pass and in two, beside the rule applied to what `git show` gives of
 * every commit.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_random.h"
#include "support_repo.h"

#include "base/buf.h"
#include "job/history_cache.h"
#include "job/history_scan.h"

#include <stdlib.h>
#include <string.h>

enum { HISTORIES = 6, STEPS = 12, ROWS = 9 };

static const char *const TABLE = "data/x/schools.csv";

/* The table as it is on one branch. */
struct sheet {
	unsigned rows[ROWS]; /* key * 4 + value */
	size_t count;
	unsigned form; /* how it is written */
	bool gone;
};

static void change(uint64_t *r, struct sheet *s)
{
	size_t i = s->count ? random_number(r, (unsigned)s->count) : 0;
	unsigned row = random_number(r, 24);
	s->gone = random_number(r, 14) == 0;
	switch (random_number(r, 6)) {
	case 0:
		s->form = random_number(r, 4);
		break;
	case 1:
		if (s->count > 1)
			s->rows[i] = s->rows[--s->count];
		break;
	case 2: /* another order */
		if (s->count > 1) {
			unsigned first = s->rows[0];
			s->rows[0] = s->rows[i];
			s->rows[i] = first;
		}
		break;
	case 3:
		if (s->count)
			s->rows[i] = s->rows[i] / 4 * 4 + row % 4;
		break;
	default:
		if (s->count < ROWS)
			s->rows[s->count++] = row;
		break;
	}
}

static void write_sheet(struct repo_place *p, const struct sheet *s)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	const char *separator = s->form == 1 ? ";" : ",", *end = s->form == 2 ? "\r\n" : "\n";
	buf_addf(&text, s->form == 3 ? "name%sschool%s" : "school%sname%s", separator, end);
	for (size_t i = 0; i < s->count; i++) {
		char key[16], name[32];
		snprintf(key, sizeof(key), "s%u", s->rows[i] / 4);
		snprintf(name, sizeof(name), "\"Школа%s %u\"", separator, s->rows[i] % 4);
		buf_addf(&text, "%s%s%s%s", s->form == 3 ? name : key, separator,
		    s->form == 3 ? key : name, end);
	}
	FILE *to = fopen(repo_path(p, "r/data/x/schools.csv"), "w");
	assert_non_null(to);
	fwrite(text.data, 1, text.len, to);
	fclose(to);
	if (s->gone)
		remove(repo_path(p, "r/data/x/schools.csv"));
	buf_clear(&text);
}

static void commit(struct repo_place *p, const struct sheet *s, unsigned step)
{
	repo_shell(p, "cd r; mkdir -p data/x");
	write_sheet(p, s);
	repo_shell(p,
	    "cd r; echo %u >data/x/note; git add -A;"
	    "GIT_COMMITTER_DATE='@%u +0000' git commit -q --allow-empty -m 'step %u'",
	    step / 3, 1700000000 + step * 60, step);
}

/* Two branches, a and b, that change and merge into each other. */
static void tell(struct repo_place *p, uint64_t *r, struct sheet sheets[2], unsigned from)
{
	for (unsigned step = from; step < from + STEPS; step++) {
		unsigned side = random_number(r, 2);
		if (random_number(r, 4) == 0) {
			/* The tree of the merge is ours to choose. */
			if (random_number(r, 2))
				sheets[side] = sheets[!side];
			change(r, &sheets[side]);
			repo_shell(p,
			    "cd r; git checkout -q -f %c; git merge -q -s ours --no-commit %c || true",
			    "ab"[side], "ab"[!side]);
		} else {
			repo_shell(p, "cd r; git checkout -q -f %c", "ab"[side]);
			change(r, &sheets[side]);
		}
		commit(p, &sheets[side], step);
	}
	repo_shell(p, "cd r; git checkout -q -f a; git merge -q -s ours -m end b");
}

/* -- the slow way ------------------------------------------------------------------- */

struct slow {
	struct repo_place *place;
	char *ids[128], *parents[128];
	struct row_digests rows[128];
	size_t count;
};

static size_t slow_number(const struct slow *s, const char *id)
{
	for (size_t i = 0; i < s->count; i++)
		if (strncmp(s->ids[i], id, REPO_OID) == 0)
			return i;
	fail();
	return 0;
}

static void slow_read(struct slow *s, struct repo_place *p)
{
	*s = (struct slow){.place = p};
	char *list = repo_says(p, "git -C r log --format='%%H %%P'");
	for (char *line = strtok(list, "\n"); line; line = strtok(NULL, "\n")) {
		assert_true(s->count < 128);
		s->ids[s->count] = line;
		s->parents[s->count++] = line + REPO_OID;
	}
	for (size_t i = 0; i < s->count; i++) {
		const char *text =
		    repo_says(p, "git -C r show %.40s:%s 2>/dev/null || true", s->ids[i], TABLE);
		s->rows[i] = (struct row_digests)ROW_DIGESTS_INIT(&p->arena);
		row_digests(&s->rows[i], TABLE_SCHOOLS, str_of(text));
	}
}

static bool slow_has(const struct slow *s, size_t commit, uint64_t digest)
{
	for (size_t i = 0; i < s->rows[commit].count; i++)
		if (s->rows[commit].items[i].digest == digest)
			return true;
	return false;
}

static size_t slow_origin(const struct slow *s, size_t commit, uint64_t digest)
{
	for (const char *parent = s->parents[commit]; parent[0] == ' ' && parent[1];
	     parent += REPO_OID + 1) {
		size_t number = slow_number(s, parent + 1);
		if (slow_has(s, number, digest))
			return slow_origin(s, number, digest);
	}
	return commit;
}

/* -- comparing ------------------------------------------------------------------------ */

static void check_scan(const struct slow *s, const struct scan *scan)
{
	const struct scan_path *p = history_path(scan, TABLE);
	size_t rows = 0;
	if (!p) {
		assert_int_equal(s->rows[0].count, 0);
		return;
	}
	for (size_t i = 0; i < p->rows.count; i++) {
		const struct origin *o = &p->rows.items[i];
		rows += o->count;
		assert_memory_equal(
		    scan->commits[o->commit].id, s->ids[slow_origin(s, 0, o->digest)], REPO_OID);
	}
	assert_int_equal(rows, s->rows[0].count);
}

/* Versions: the commits in which the file differs from that of every parent. */
static void check_versions(struct repo_place *p, const struct slow *s, const struct scan *scan)
{
#define NOTE_OF "git -C r rev-parse -q --verify %.40s:data/x/note || true"
	const struct scan_path *path = history_path(scan, "data/x/note");
	size_t n = 0;
	for (size_t i = 0; i < s->count; i++) {
		char *here = repo_says(p, NOTE_OF, s->ids[i]);
		bool changed = *here || s->parents[i][1];
		for (const char *parent = s->parents[i]; parent[0] == ' ' && parent[1];
		     parent += REPO_OID + 1)
			changed &= strcmp(here, repo_says(p, NOTE_OF, parent + 1)) != 0;
		if (!changed)
			continue;
		bool found = false;
		for (size_t k = 0; k < path->nversions; k++)
			found |= strncmp(scan->commits[path->versions[k].commit].id, s->ids[i],
			             REPO_OID) == 0;
		assert_true(found);
		n++;
	}
	assert_int_equal(n, path->nversions);
}

static struct scan scan_of(struct repo_place *p, const struct scan *before)
{
	struct scan scan;
	struct repo *repo = repo_of(p, "r");
	assert_int_equal(history_scan(&scan, &p->arena, repo, "HEAD", before), REPO_OK);
	repo_close(repo);
	return scan;
}

/* As it comes back from its bytes; damaged ones are refused. */
static struct scan kept(struct repo_place *p, const struct scan *scan)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct scan back;
	history_encode(&out, scan);
	struct str bytes = buf_keep(&p->arena, &out);
	assert_int_equal(history_decode(&back, &p->arena, bytes), 0);
	for (size_t n = 0; n < bytes.n; n += 1 + bytes.n / 50) {
		struct scan damaged;
		assert_int_equal(history_decode(&damaged, &p->arena, (struct str){bytes.p, n}), -1);
	}
	return back;
}

static void test_rows(void **state)
{
	struct repo_place *p = *state;
	uint64_t r = 3;
	for (unsigned i = 0; i < HISTORIES; i++) {
		struct sheet sheets[2] = {{.count = 0}};
		struct slow slow;
		repo_shell(p,
		    "rm -rf r; git init -q -b a r; cd r; mkdir -p content/x data/x;"
		    "git config core.autocrlf false; echo >content/x/index.md; git add -A;"
		    "GIT_COMMITTER_DATE='@1690000000 +0000' git commit -qm begin; git branch b");
		tell(p, &r, sheets, 1);
		slow_read(&slow, p);
		struct scan first = scan_of(p, NULL);
		check_scan(&slow, &first);
		check_versions(p, &slow, &first);
		first = kept(p, &first);
		/* And on: straight, or with a branch that began before. */
		if (i % 2)
			repo_shell(p, "cd r; git branch -q -f b");
		tell(p, &r, sheets, STEPS + 1);
		slow_read(&slow, p);
		struct scan second = scan_of(p, &first);
		check_scan(&slow, &second);
		check_versions(p, &slow, &second);
		struct scan same = kept(p, &second);
		check_scan(&slow, &same);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	};
	return cmocka_run_group_tests(tests, repo_place_setup, repo_place_teardown);
}

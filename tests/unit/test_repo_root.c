/* repo_root and repo_tree: a commit answers as its folder on the disk does. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_repo.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/repo_log.h"
#include "sys/repo_root.h"
#include "sys/repo_tree.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#define SITE "district/наш сайт"

/* The folder and the commit, of one content. */
struct pair {
	struct repo *repo;
	struct root folder, commit;
	char oid[REPO_OID + 1];
};

static int setup(void **state)
{
	repo_place_setup(state);
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q module; git -C module commit -q --allow-empty -m one\n"
	    "git init -q top; cd top; mkdir -p '" SITE "'; echo secret >secret\n"
	    "echo x >district/beside; cd '" SITE "'\n"
	    "mkdir -p data/one data/one-more content/schools deep\n"
	    "printf 'a;b\\n1;2\\n' >data/one/a.csv; : >index.md; echo x >content/schools/x; echo 2 >data/one.csv\n"
	    "echo hidden >.hidden; echo я >data/я.csv; echo b >data/B.csv\n"
	    "echo x >data/one-more/x; chmod +x index.md\n"
	    "ln -s one/a.csv data/inside; ln -s ../index.md data/up\n"
	    "ln -s ../../secret data/out; ln -s /etc/passwd data/absolute\n"
	    "ln -s ../../beside data/beside; ln -s ../.. data/folder; ln -s loop loop\n"
	    "ln -s gone dangling; ln -s data/../.. winding; ln -s data/one short\n"
	    "ln -s ../data content/data; ln -s .. data/one/circle; ln -s short/ shorter\n"
	    "ln -s index.md/ no-folder; ln -s . here\n"
	    "d=deep; for i in $(seq 20); do d=$d/$i; mkdir -p $d; echo $i >$d/file; done\n"
	    "git add -A ../..; git commit -qm one\n");
	return 0;
}

static void open_pair(struct repo_place *p, struct pair *both)
{
	both->repo = repo_of(p, "top/" SITE);
	assert_string_equal(repo_prefix(both->repo), SITE);
	assert_int_equal(repo_resolve(both->repo, "HEAD", both->oid), REPO_OK);
	assert_int_equal(root_open(&both->folder, repo_path(p, "top/" SITE)), FILE_OK);
	assert_int_equal(repo_root(&both->commit, both->repo, both->oid), REPO_OK);
}

static void close_pair(struct pair *both)
{
	root_close(&both->folder);
	root_close(&both->commit);
	repo_close(both->repo);
}

static const char *const paths[] = {"", ".", "index.md", "index.md/", "index.md/x", "index.md/.",
    "index.md/..", "data", "data/", "data/.", "data/..", "data/one/a.csv", "data//one/./a.csv",
    "./data/../index.md", "data/one.csv", "data/я.csv", "data/no", "no/no", "data/inside",
    "data/up", "data/out", "data/absolute", "data/beside", "data/folder", "data/folder/secret",
    "loop", "loop/x", "dangling", "winding", "winding/secret", "short", "short/a.csv",
    "short/../one.csv", "shorter/a.csv", "no-folder", "no-folder/x", "here", "here/index.md", "..",
    "../secret", "../beside", "data/../../secret", "../наш сайт/index.md", "/etc/passwd", "/",
    ".hidden", "content/data", "content/data/one/a.csv", "content/data/one/circle/one",
    "data/one/circle", "data/one/circle/one/circle/one/a.csv"};

static void reads_alike(void **state)
{
	struct repo_place *p = *state;
	struct pair both;
	open_pair(p, &both);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		for (size_t max = 1024; max; max /= 1024) {
			struct str one, two;
			int x = file_read(&one, &p->arena, &both.folder, paths[i], max);
			int y = file_read(&two, &p->arena, &both.commit, paths[i], max);
			if (x != y || !str_eq(one, two))
				fail_msg("%s: %d %s, %d %s", paths[i], x, one.p, y, two.p);
			assert_int_equal(two.p[two.n], 0);
		}
	close_pair(&both);
}

static void looks_alike(void **state)
{
	struct repo_place *p = *state;
	struct pair both;
	open_pair(p, &both);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct file_info one, two;
		int x = file_look(&one, &both.folder, paths[i]);
		int y = file_look(&two, &both.commit, paths[i]);
		if (x != y || one.kind != two.kind)
			fail_msg("%s: %d %d", paths[i], x, y);
		if (!x && one.kind == FILE_REGULAR)
			assert_int_equal(one.size, two.size);
		if (!x)
			assert_int_equal(two.mtime, (int64_t)1700000000 * 1000000000);
	}
	close_pair(&both);
}

static int note(void *payload, const char *path, const struct file_entry *entry)
{
	buf_addf(payload, "%s %d %d\n", path, (int)entry->kind, (int)entry->status);
	return 0;
}

static void lists_alike(void **state)
{
	struct repo_place *p = *state;
	struct pair both;
	open_pair(p, &both);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct file_entries one, two;
		struct buf seen[2] = {BUF_INIT(BUF_PAGE), BUF_INIT(BUF_PAGE)};
		int x = file_list(&one, &p->arena, &both.folder, paths[i]);
		int y = file_list(&two, &p->arena, &both.commit, paths[i]);
		if (x != y)
			fail_msg("%s: %d %d", paths[i], x, y);
		assert_int_equal(one.count, two.count);
		for (size_t k = 0; k < one.count; k++) {
			assert_string_equal(one.items[k].name, two.items[k].name);
			assert_int_equal(one.items[k].kind, two.items[k].kind);
			assert_int_equal(one.items[k].status, two.items[k].status);
		}
		x = file_walk(&both.folder, paths[i], note, &seen[0]);
		y = file_walk(&both.commit, paths[i], note, &seen[1]);
		assert_int_equal(x, y);
		assert_string_equal(seen[0].data, seen[1].data);
		buf_clear(&seen[0]);
		buf_clear(&seen[1]);
	}
	close_pair(&both);
}

static void keeps_what_was(void **state)
{
	struct repo_place *p = *state;
	struct repo_entry entry;
	struct root root;
	struct str text;
	repo_shell(p,
	    "cp -r top later; top=$PWD; cd later/'" SITE "'\n"
	    "git submodule --quiet add \"$top/module\" module\n"
	    "echo new >index.md; rm data/one.csv; git add -A .; git commit -qm two\n");
	struct repo *r = repo_of(p, "later/" SITE);
	char now[REPO_OID + 1], before[REPO_OID + 1];
	assert_int_equal(repo_resolve(r, "HEAD", now), REPO_OK);
	assert_int_equal(repo_resolve(r, "HEAD~1", before), REPO_OK);
	assert_int_equal(repo_root(&root, r, before), REPO_OK);
	assert_int_equal(file_read(&text, &p->arena, &root, "data/one.csv", 10), FILE_OK);
	assert_string_equal(text.p, "2\n");
	assert_int_equal(file_create(&root, "new", STR("x")), FILE_DENIED);
	root_close(&root);
	assert_int_equal(repo_root(&root, r, now), REPO_OK);
	assert_int_equal(file_read(&text, &p->arena, &root, "data/one.csv", 10), FILE_MISSING);
	assert_int_equal(file_read(&text, &p->arena, &root, "module", 10), FILE_MISSING);
	struct file_entries entries;
	assert_int_equal(file_list(&entries, &p->arena, &root, ""), FILE_OK);
	for (size_t i = 0; i < entries.count; i++)
		assert_string_not_equal(entries.items[i].name, "module");
	root_close(&root);
	assert_int_equal(repo_entry(r, now, "module", &entry), REPO_OK);
	assert_int_equal(entry.kind, REPO_MODULE);
	repo_close(r);
	/* The submodule as a site, and a commit in which the site was not yet. */
	r = repo_of(p, "later/" SITE "/module");
	assert_string_equal(repo_prefix(r), "");
	assert_int_equal(repo_resolve(r, "HEAD", now), REPO_OK);
	assert_int_equal(repo_root(&root, r, now), REPO_OK);
	root_close(&root);
	repo_close(r);
	repo_shell(p, "cd later; mkdir other; echo x >other/x; git add .; git commit -qm three\n");
	r = repo_of(p, "later/other");
	assert_int_equal(repo_resolve(r, "HEAD", now), REPO_OK);
	assert_int_equal(repo_entry(r, now, "x", &entry), REPO_OK);
	assert_int_equal(repo_root(&root, r, before), REPO_MISSING);
	assert_int_equal(repo_root(&root, r, "0123"), REPO_MISSING);
	root_close(&root);
	repo_close(r);
}

static void knows_entries(void **state)
{
	struct repo_place *p = *state;
	struct pair both;
	open_pair(p, &both);
	static const struct {
		const char *path;
		enum repo_kind kind;
	} there[] = {{"index.md", REPO_FILE}, {"data", REPO_FOLDER}, {"data/one/a.csv", REPO_FILE},
	    {"data/out", REPO_LINK}, {"data/я.csv", REPO_FILE}, {".hidden", REPO_FILE}};
	static const char *const not_there[] = {
	    "no", "data/no", "index.md/x", "data/inside/x", "/data", "..", "data//one"};
	struct repo_entry entry;
	struct str text;
	for (size_t i = 0; i < sizeof(there) / sizeof(*there); i++) {
		assert_int_equal(repo_entry(both.repo, both.oid, there[i].path, &entry), REPO_OK);
		assert_int_equal(entry.kind, there[i].kind);
		assert_string_equal(entry.oid,
		    repo_says(p, "git -C top rev-parse 'HEAD:" SITE "/%s'", there[i].path));
		int status = repo_blob(both.repo, entry.oid, &p->arena, 1024, &text);
		if (entry.kind == REPO_FOLDER) {
			assert_int_equal(status, REPO_MISSING);
			continue;
		}
		assert_int_equal(status, REPO_OK);
		/* Line ends at the very end are not compared. */
		char *said = repo_says(p, "git -C top cat-file blob %s", entry.oid);
		assert_int_equal(strncmp(said, text.p, strlen(said)), 0);
		if (text.n)
			assert_int_equal(
			    repo_blob(both.repo, entry.oid, &p->arena, text.n - 1, &text),
			    REPO_TOO_LARGE);
	}
	assert_int_equal(repo_entry(both.repo, both.oid, "", &entry), REPO_OK);
	assert_string_equal(entry.oid, repo_says(p, "git -C top rev-parse 'HEAD:" SITE "'"));
	for (size_t i = 0; i < sizeof(not_there) / sizeof(*not_there); i++) {
		int status = repo_entry(both.repo, both.oid, not_there[i], &entry);
		if (status != REPO_MISSING)
			fail_msg("%s: %d", not_there[i], status);
	}
	assert_int_equal(
	    repo_blob(both.repo, "0123456789012345678901234567890123456789", &p->arena, 9, &text),
	    REPO_MISSING);
	close_pair(&both);
}

static void finds_every_kind(void **state)
{
	struct repo_place *p = *state;
	static const char *const names[] = {"bare.git", "tree", "top", "packed/" SITE "/data"};
	static const char *const prefixes[] = {"", "", "", SITE "/data"};
	repo_shell(p,
	    "git clone -q --bare top bare.git\n"
	    "git -C top worktree add -q ../tree\n"
	    "cp -r top packed; git -C packed gc -q\n"
	    "git clone -q --depth 1 file://$PWD/top shallow\n");
	struct repo_entry entry;
	char oid[REPO_OID + 1];
	for (size_t i = 0; i < 4; i++) {
		struct repo *r = repo_of(p, names[i]);
		assert_string_equal(repo_prefix(r), prefixes[i]);
		assert_int_equal(repo_is_bare(r), i == 0);
		assert_int_equal(repo_resolve(r, "HEAD", oid), REPO_OK);
		const char *path = i == 3 ? "one/a.csv" : SITE "/data/one/a.csv";
		assert_int_equal(repo_entry(r, oid, path, &entry), REPO_OK);
		repo_close(r);
	}
	struct repo *r = repo_of(p, "tree");
	assert_string_equal(repo_git_dir(r), repo_path(p, "top/.git"));
	repo_close(r);
	r = repo_of(p, "shallow");
	char missing[REPO_OID + 1] = "0123456789012345678901234567890123456789";
	assert_int_equal(repo_entry(r, missing, "secret", &entry), REPO_SHALLOW);
	repo_close(r);
}

/* What a tree names and is not there is damage: never a missing file. */
static void tells_of_damage(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "cp -r top damaged; cd damaged\n"
	    "o=$(git rev-parse 'HEAD:" SITE "/data/one/a.csv')\n"
	    "rm -f .git/objects/$(echo $o | cut -c1-2)/$(echo $o | cut -c3-)\n");
	struct repo *r = repo_of(p, "damaged/" SITE);
	char oid[REPO_OID + 1];
	struct root root;
	struct str text;
	struct file_info info;
	assert_int_equal(repo_resolve(r, "HEAD", oid), REPO_OK);
	assert_int_equal(repo_root(&root, r, oid), REPO_OK);
	assert_int_equal(file_read(&text, &p->arena, &root, "data/one/a.csv", 99), FILE_FAILED);
	assert_int_equal(errno, EIO);
	assert_int_equal(file_look(&info, &root, "data/one/a.csv"), FILE_FAILED);
	root_close(&root);
	repo_close(r);
}

struct reader {
	const struct root *root;
	struct repo *repo;
	const char *oid;
	const char *expected;
	pthread_t thread;
	bool failed;
};

static void *read_often(void *payload)
{
	struct reader *reader = payload;
	for (int i = 0; i < 50 && !reader->failed; i++) {
		struct arena a = ARENA_INIT;
		struct buf seen = BUF_INIT(BUF_PAGE);
		struct str text;
		struct repo_entry entry;
		struct repo_log log;
		reader->failed =
		    file_read(&text, &a, reader->root, "short/a.csv", 100) != FILE_OK ||
		    text.n != 8 || file_walk(reader->root, "", note, &seen) != FILE_OK ||
		    strcmp(seen.data, reader->expected) != 0 ||
		    repo_entry(reader->repo, reader->oid, "data/one", &entry) != REPO_OK ||
		    repo_log(&log, &a, reader->repo, "HEAD") != REPO_OK || log.count != 1;
		buf_clear(&seen);
		arena_clear(&a);
	}
	return NULL;
}

static void serves_many_threads(void **state)
{
	struct repo_place *p = *state;
	struct pair both;
	struct buf seen = BUF_INIT(BUF_PAGE);
	struct reader readers[6];
	open_pair(p, &both);
	assert_int_equal(file_walk(&both.folder, "", note, &seen), FILE_OK);
	for (size_t i = 0; i < 6; i++) {
		readers[i] =
		    (struct reader){&both.commit, both.repo, both.oid, seen.data, 0, false};
		assert_int_equal(
		    pthread_create(&readers[i].thread, NULL, read_often, &readers[i]), 0);
	}
	for (size_t i = 0; i < 6; i++) {
		pthread_join(readers[i].thread, NULL);
		assert_false(readers[i].failed);
	}
	buf_clear(&seen);
	close_pair(&both);
}

/* 20 paths in 500 commits; the time is only printed. */
static void is_fast(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q many; cd many\n"
	    "awk 'BEGIN { for (i = 1; i <= 500; i++) {\n"
	    "printf \"commit refs/heads/main\\nmark :%%d\\n\", i\n"
	    "printf \"committer C <c@example.org> %%d +0300\\n\", 1700000000 + i * 60\n"
	    "print \"data 1\\nx\"\n"
	    "for (k = 0; k < (i == 1 ? 1000 : 1); k++)\n"
	    "printf \"M 644 inline data/x/t%%d.csv\\ndata <<.\\n%%d\\n.\\n\", (i + k) %% 1000, i } }' |\n"
	    "git fast-import --quiet\n");
	struct repo *r = repo_of(p, "many");
	struct repo_log log;
	struct repo_entry entry;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	int64_t begin = clock_monotonic_us();
	for (size_t i = 0; i < log.count; i++)
		for (int k = 0; k < 20; k++) {
			char path[40];
			snprintf(path, sizeof(path), "data/x/t%d.csv", k);
			assert_int_equal(repo_entry(r, log.commits[i].oid, path, &entry), REPO_OK);
		}
	print_message("# repo_entry: 20 paths in 500 commits in %ld us\n",
	    (long)(clock_monotonic_us() - begin));
	repo_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_alike),
	    cmocka_unit_test(looks_alike),
	    cmocka_unit_test(lists_alike),
	    cmocka_unit_test(knows_entries),
	    cmocka_unit_test(serves_many_threads),
	    cmocka_unit_test(finds_every_kind),
	    cmocka_unit_test(keeps_what_was),
	    cmocka_unit_test(tells_of_damage),
	    cmocka_unit_test(is_fast),
	};
	return cmocka_run_group_tests_name("repo_root", tests, setup, repo_place_teardown);
}

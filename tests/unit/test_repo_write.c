/* repo_prepare, repo_move, repo_tag: read again by git, and by git fsck. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_random.h"
#include "support_repo.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/repo_log.h"
#include "sys/repo_status.h"
#include "sys/repo_tag.h"
#include "sys/repo_tree.h"
#include "sys/repo_write.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct repo_person author = {"Иванова Мария", "ivanova@example.org", 1750000000, 180};
static const struct repo_person writer = {"vidno", "vidno@example.org", 1750000060, 0};

static const char *const killed_paths[] = {"f", "g", NULL};

struct made {
	char parent[REPO_OID + 1], commit[REPO_OID + 1];
};

static enum repo_status prepare(
    struct repo *r, const char *const *paths, const char *message, struct made *made)
{
	struct repo_draft draft = {paths, 0, author, writer, message};
	while (paths[draft.npaths])
		draft.npaths++;
	return repo_prepare(r, &draft, made->parent, made->commit);
}

/* Both steps of a commit that must go well. */
static struct made commit(struct repo_place *p, const char *site, const char *const *paths)
{
	struct made made;
	struct repo *r = repo_of(p, site);
	int status = prepare(r, paths, "Причина", &made);
	if (!status)
		status = repo_move(r, made.parent, made.commit, &writer, "vidno publish");
	if (status) {
		struct repo_head why;
		repo_why(r, &why);
		fail_msg("%d %s", status, why.message);
	}
	repo_close(r);
	return made;
}

static void sound(struct repo_place *p, const char *name)
{
	char *said = repo_says(p, "git -C '%s' fsck --strict --no-dangling 2>&1", name);
	assert_string_equal(said, "");
}

static void commits_what_is_named(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q -b main usual; cd usual; mkdir -p 'наш сайт/data' other\n"
	    "cd 'наш сайт'; for f in a b c d e; do echo $f >data/$f; done; echo x >../other/x\n"
	    "git add ..; git commit -qm one; git tag before\n"
	    "echo new >data/a; echo staged >data/b; git add data/b; rm data/c\n"
	    "echo mine >data/d; echo added >data/new; chmod +x data/new; ln -s a data/link\n"
	    "echo half >../other/x; git add ../other/x; echo whole >../other/x\n"
	    "mkdir data/deep; echo x >data/deep/file; echo staged >data/s; git add data/s\n");
	static const char *const paths[] = {
	    "data/a", "data/c", "data/new", "data/link", "data/deep/file", "data/never", NULL};
	struct made made = commit(p, "usual/наш сайт", paths);
	assert_string_equal(made.parent, repo_says(p, "git -C usual rev-parse before"));
	assert_string_equal(made.commit, repo_says(p, "git -C usual rev-parse main"));
	assert_string_equal(
	    repo_says(p,
	        "git -C usual -c core.quotePath=false show --format= --raw --abbrev=4 "
	        "--no-renames main | cut -d' ' -f1,2,5-"),
	    ":100644 100644 M\tнаш сайт/data/a\n:100644 000000 D\tнаш сайт/data/c\n"
	    ":000000 100644 A\tнаш сайт/data/deep/file\n:000000 120000 A\tнаш сайт/data/link\n"
	    ":000000 100755 A\tнаш сайт/data/new");
	/* What was not named is as it was: staged, not staged, both. */
	assert_string_equal(
	    repo_says(p, "cd usual; git -c core.quotePath=false status --porcelain"),
	    "MM other/x\nM  \"наш сайт/data/b\"\n M \"наш сайт/data/d\"\nA  \"наш сайт/data/s\"");
	assert_string_equal(repo_says(p, "git -C usual cat-file commit main | tail -n +3"),
	    "author Иванова Мария <ivanova@example.org> 1750000000 +0300\n"
	    "committer vidno <vidno@example.org> 1750000060 +0000\n\nПричина");
	assert_string_equal(repo_says(p, "git -C usual log -g -1 --format='%%gs %%gn %%ge' main"),
	    "vidno publish vidno vidno@example.org");
	assert_string_equal(
	    repo_says(p, "git -C usual log -g -1 --format='%%gs' HEAD"), "vidno publish");
	/* The times in the index are right: nothing is read again. */
	assert_string_equal(
	    repo_says(p, "cd usual; git diff-files --name-only -- '*/a' '*/new'"), "");
	sound(p, "usual");
}

static void moves_nothing_by_itself(void **state)
{
	struct repo_place *p = *state;
	struct made made;
	static const char *const paths[] = {"data/d", NULL};
	char *before =
	    repo_says(p, "cd usual; git rev-parse HEAD; sha1sum .git/index; git status -s");
	struct repo *r = repo_of(p, "usual/наш сайт");
	assert_int_equal(prepare(r, paths, "x", &made), REPO_OK);
	assert_string_equal(
	    repo_says(p, "cd usual; git rev-parse HEAD; sha1sum .git/index; git status -s"),
	    before);
	struct repo_entry entry;
	assert_int_equal(repo_entry(r, made.commit, "data/d", &entry), REPO_OK);
	assert_string_equal(entry.oid, repo_says(p, "git -C usual hash-object 'наш сайт/data/d'"));
	repo_close(r);
	sound(p, "usual");
}

static void refuses(void **state)
{
	struct repo_place *p = *state;
	struct made made;
	static const struct {
		const char *path;
		enum repo_status status;
	} cases[] = {
	    {"../other/x", REPO_OUTSIDE},
	    {"/etc/passwd", REPO_OUTSIDE},
	    {"data/../data/d", REPO_OUTSIDE},
	    {"", REPO_OUTSIDE},
	    {"data//d", REPO_OUTSIDE},
	    {"far/x", REPO_OUTSIDE},
	    {"pipe", REPO_OUTSIDE},
	    {".git/x", REPO_OUTSIDE},
	    {"big.lfs", REPO_FILTER},
	    {"wide.txt", REPO_FILTER},
	    {"data/a", REPO_EMPTY},
	    {"no", REPO_EMPTY},
	    {"data", REPO_EMPTY},
	};
	repo_shell(p,
	    "cd 'usual/наш сайт'; ln -s ../other far; mkfifo pipe; mkdir .git; echo x >.git/x\n"
	    "printf '*.lfs filter=lfs\\n*.txt working-tree-encoding=UTF-16\\n' >.gitattributes\n"
	    "echo x >big.lfs; echo x >wide.txt\n");
	/* A folder .git would be a repository, were it one. */
	struct repo *r = repo_of(p, "usual/наш сайт");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *paths[] = {cases[i].path, NULL};
		int status = prepare(r, paths, "x", &made);
		if (status != cases[i].status)
			fail_msg("%s: %d", cases[i].path, status);
		assert_string_equal(made.commit, "");
	}
	static const char *const paths[] = {"data/d", NULL};
	assert_int_equal(prepare(r, paths, " \n", &made), REPO_NAME);
	assert_int_equal(prepare(r, paths, "\xff", &made), REPO_NAME);
	static const char *const names[] = {"", " ", "a\nb", "a<b", "a>b", "\xff"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct repo_draft draft = {paths, 1, author, writer, "x"};
		draft.author.name = names[i];
		assert_int_equal(repo_prepare(r, &draft, made.parent, made.commit), REPO_NAME);
		draft.author.name = "x";
		draft.committer.mail = names[i];
		assert_int_equal(repo_prepare(r, &draft, made.parent, made.commit), REPO_NAME);
	}
	repo_close(r);
	repo_shell(
	    p, "cd 'usual/наш сайт'; rm -rf .git pipe far .gitattributes big.lfs wide.txt\n");
	sound(p, "usual");
}

static void knows_every_state(void **state)
{
	struct repo_place *p = *state;
	struct made made;
	static const char *const paths[] = {"f", NULL};
	repo_shell(p,
	    "git init -q -b start unborn; echo 1 >unborn/f; echo 2 >unborn/g\n"
	    "git -C unborn add g\n"
	    "git init -q one; cd one; echo 1 >f; git add f; git commit -qm 1; cd ..\n"
	    "git clone -q --bare one bare.git; git clone -q one detached\n"
	    "git -C detached checkout -q --detach; echo 2 >detached/f\n"
	    "git -C one worktree add -q -b other ../tree; echo 2 >tree/f\n"
	    "git clone -q --depth 1 file://$PWD/one shallow; echo 2 >shallow/f\n"
	    "git clone -q one busy; git -C busy rev-parse HEAD >busy/.git/MERGE_HEAD\n");
	made = commit(p, "unborn", paths);
	assert_string_equal(made.parent, "");
	assert_string_equal(repo_says(p, "git -C unborn log --format='%%P%%s' start"), "Причина");
	assert_string_equal(repo_says(p, "git -C unborn status --porcelain"), "A  g");
	sound(p, "unborn");
	commit(p, "tree", paths);
	assert_string_equal(repo_says(p, "git -C one show other:f"), "2");
	assert_string_equal(repo_says(p, "git -C tree status --porcelain"), "");
	assert_string_equal(repo_says(p, "git -C one status --porcelain"), "");
	commit(p, "shallow", paths);
	sound(p, "shallow");
	sound(p, "one");
	static const struct {
		const char *name;
		enum repo_status status;
	} cases[] = {{"bare.git", REPO_BARE}, {"detached", REPO_DETACHED}, {"busy", REPO_BUSY}};
	for (size_t i = 0; i < 3; i++) {
		struct repo *r = repo_of(p, cases[i].name);
		assert_int_equal(prepare(r, paths, "x", &made), cases[i].status);
		repo_close(r);
	}
	struct repo *r = repo_of(p, "detached");
	char oid[REPO_OID + 1];
	assert_int_equal(repo_resolve(r, "HEAD", oid), REPO_OK);
	assert_int_equal(repo_move(r, oid, oid, &writer, "x"), REPO_DETACHED);
	repo_close(r);
}

static void stores_as_git_does(void **state)
{
	struct repo_place *p = *state;
	static const char *const paths[] = {"lf", "crlf", "t.csv", "ident", "x", "bin", NULL};
	repo_shell(p,
	    "git init -q ends; cd ends; printf '*.csv text\\nident ident\\nbin -text\\n' >.gitattributes\n"
	    "git config core.autocrlf true; git config core.safecrlf false\n"
	    "git add .; git commit -qm 1\n"
	    "printf 'a\\nb\\n' >lf; printf 'a\\r\\nb\\r\\n' >crlf; printf 'я\\r\\n' >t.csv\n"
	    "printf '$Id: 0 $\\n' >ident; printf 'a\\r\\n\\000' >bin; printf 'x\\r\\n' >x; chmod +x x\n"
	    "cp -r ../ends ../ends2; git -C ../ends2 add -A\n");
	commit(p, "ends", paths);
	assert_string_equal(repo_says(p, "git -C ends rev-parse HEAD^{tree}"),
	    repo_says(p, "git -C ends2 write-tree"));
	assert_string_equal(repo_says(p, "git -C ends status --porcelain"), "");
}

static void sees_that_it_moved(void **state)
{
	struct repo_place *p = *state;
	struct made made, other;
	static const char *const paths[] = {"f", NULL};
	repo_shell(p, "git clone -q one moved; echo 3 >moved/f\n");
	struct repo *r = repo_of(p, "moved");
	assert_int_equal(prepare(r, paths, "x", &made), REPO_OK);
	repo_shell(p, "cd moved; echo y >y; git add y; git commit -qm y\n");
	char *before = repo_says(p, "cd moved; git rev-parse HEAD; git status --porcelain");
	assert_int_equal(repo_move(r, made.parent, made.commit, &writer, "x"), REPO_MOVED);
	assert_int_equal(repo_move(r, "", made.commit, &writer, "x"), REPO_MOVED);
	assert_string_equal(
	    repo_says(p, "cd moved; git rev-parse HEAD; git status --porcelain"), before);
	/* Prepared anew it goes well; a second time it is old. */
	assert_int_equal(prepare(r, paths, "x", &other), REPO_OK);
	assert_int_equal(repo_move(r, other.parent, other.commit, &writer, "x"), REPO_OK);
	assert_int_equal(repo_move(r, other.parent, other.commit, &writer, "x"), REPO_MOVED);
	assert_int_equal(prepare(r, paths, "x", &made), REPO_EMPTY);
	assert_int_equal(
	    repo_move(r, other.commit, "0123456789012345678901234567890123456789", &writer, "x"),
	    REPO_MISSING);
	const char *branch;
	assert_int_equal(repo_branch(r, &p->arena, &branch), REPO_OK);
	assert_string_equal(branch, "refs/heads/main");
	repo_close(r);
	sound(p, "moved");
}

static void names_what_is_locked(void **state)
{
	struct repo_place *p = *state;
	struct made made;
	struct repo_head why;
	static const char *const paths[] = {"f", NULL};
	static const char *const locks[] = {"index.lock", "refs/heads/main.lock"};
	for (size_t i = 0; i < 2; i++) {
		repo_shell(p,
		    "rm -rf locked; git clone -q one locked; echo 4 >locked/f\n"
		    "touch locked/.git/%s\n",
		    locks[i]);
		struct repo *r = repo_of(p, "locked");
		assert_int_equal(prepare(r, paths, "x", &made), REPO_OK);
		assert_int_equal(repo_move(r, made.parent, made.commit, &writer, "x"), REPO_LOCKED);
		repo_why(r, &why);
		if (!strstr(why.message, locks[i]))
			fail_msg("%s", why.message);
		assert_string_equal(repo_says(p, "git -C locked rev-parse HEAD"), made.parent);
		repo_shell(p, "rm locked/.git/%s", locks[i]);
		assert_int_equal(repo_move(r, made.parent, made.commit, &writer, "x"), REPO_OK);
		assert_string_equal(repo_says(p, "git -C locked status --porcelain"), "");
		repo_close(r);
	}
}

static void tags(void **state)
{
	struct repo_place *p = *state;
	struct repo_tags tags;
	char oid[REPO_OID + 1];
	struct repo *r = repo_of(p, "usual");
	assert_int_equal(repo_resolve(r, "HEAD~1", oid), REPO_OK);
	assert_int_equal(repo_tag(r, "release/2026-01", oid, &author, "Выпуск\n\nпервый"), REPO_OK);
	assert_int_equal(repo_tag(r, "release/2025", oid, &author, "x"), REPO_OK);
	assert_int_equal(repo_tag(r, "release/2025", oid, &author, "y"), REPO_EXISTS);
	static const char *const bad[] = {
	    "", "-x", "a b", "a..b", "a~", "a.lock", "/a", "a/", "a\nb", "\xff", "a\\b", "@{"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int status = repo_tag(r, bad[i], oid, &author, "x");
		if (status != REPO_NAME)
			fail_msg("%s: %d", bad[i], status);
	}
	repo_shell(p, "cd usual; git tag release/light; git tag release/blob HEAD:other/x\n");
	assert_int_equal(repo_tags(&tags, &p->arena, r, "release/"), REPO_OK);
	assert_int_equal(tags.count, 3);
	assert_string_equal(tags.items[0].name, "release/2025");
	assert_string_equal(tags.items[1].name, "release/2026-01");
	assert_string_equal(tags.items[1].oid, oid);
	assert_string_equal(tags.items[1].message, "Выпуск\n\nпервый");
	assert_int_equal(tags.items[1].time, 1750000000);
	assert_string_equal(tags.items[2].message, "");
	assert_int_equal(tags.items[2].time, 1750000060);
	assert_int_equal(repo_tags(&tags, &p->arena, r, ""), REPO_OK);
	assert_int_equal(tags.count, 4);
	repo_close(r);
	assert_string_equal(repo_says(p, "git -C usual cat-file tag release/2026-01 | tail -n +4"),
	    "tagger Иванова Мария <ivanova@example.org> 1750000000 +0300\n\nВыпуск\n\nпервый");
	sound(p, "usual");
}

/* The same content as git would commit, whatever was done before. */
static void agrees_at_random(void **state)
{
	struct repo_place *p = *state;
	uint64_t seed = 11;
	repo_shell(p,
	    "git init -q random; cd random; mkdir site; cd site\n"
	    "for i in 0 1 2 3 4 5; do echo $i >f$i; done; git add .; git commit -qm one\n");
	static const char *const acts[] = {"echo %d%d >f%d", "rm -rf f%d", "chmod +x f%d",
	    "git add f%d", "git rm -q --cached f%d", "rm -rf f%d; mkdir f%d; echo x >f%d/x",
	    "rm -rf f%d; ln -s f1 f%d"};
	for (int i = 0; i < 25; i++) {
		for (int k = 0; k < 4; k++) {
			int n = (int)random_number(&seed, 7);
			char *line = arena_strdup(&p->arena, acts[random_number(&seed, 7)]);
			for (char *d; (d = strstr(line, "%d"));) {
				d[0] = (char)('0' + n);
				memmove(d + 1, d + 2, strlen(d + 2) + 1);
			}
			repo_shell(p, "cd random/site; { %s; } 2>/dev/null || :", line);
		}
		struct repo *r = repo_of(p, "random/site");
		struct repo_changes changes;
		assert_int_equal(repo_changed(&changes, &p->arena, r), REPO_OK);
		repo_close(r);
		const char *paths[64] = {NULL};
		for (size_t k = 0; k < changes.count; k++)
			paths[k] = changes.items[k].path;
		char *tree = repo_says(p,
		    "cd random/site; cp ../.git/index ../.git/truth\n"
		    "export GIT_INDEX_FILE=$PWD/../.git/truth\n"
		    "git add -A . 2>/dev/null; git write-tree; rm -f $GIT_INDEX_FILE\n");
		if (changes.count)
			commit(p, "random/site", paths);
		assert_string_equal(repo_says(p, "git -C random rev-parse HEAD^{tree}"), tree);
		r = repo_of(p, "random/site");
		assert_int_equal(repo_changed(&changes, &p->arena, r), REPO_OK);
		assert_int_equal(changes.count, 0);
		repo_close(r);
	}
	sound(p, "random");
}

/* Another program, since a forked one would draw the same names for the temporary
 * files of libgit2 as the one killed before. */
static int publish(const char *site)
{
	struct repo *r;
	struct repo_head why;
	struct made made;
	int failed = repo_open(&r, site, &why) || prepare(r, killed_paths, "x", &made) ||
	    repo_move(r, made.parent, made.commit, &writer, "x");
	repo_close(r);
	return failed;
}

/* Killed after so many microseconds; -1: not at all. */
static int run_publish(const char *site, long after)
{
	int status = -1;
	pid_t child = fork();
	if (child == 0) {
		execl("/proc/self/exe", "test_repo_write", site, (char *)NULL);
		_exit(127);
	}
	if (after >= 0) {
		usleep((unsigned)after);
		kill(child, SIGKILL);
	}
	waitpid(child, &status, 0);
	return status;
}

/* Killed anywhere: the branch is old or new, and the repository whole. */
static void survives_being_killed(void **state)
{
	struct repo_place *p = *state;
	uint64_t seed = 5;
	int old = 0;
	repo_shell(p,
	    "git init -q killed; cd killed; echo 0 >f; echo 0 >g\n"
	    "git add .; git commit -qm 0; echo 1 >g\n");
	const char *site = repo_path(p, "killed");
	int64_t begin = clock_monotonic_us();
	assert_int_equal(run_publish(site, -1), 0);
	long whole = (long)(clock_monotonic_us() - begin);
	for (int i = 0; i < 60; i++) {
		/* Never what HEAD has already: a file that is changed back stays staged. */
		repo_shell(p, "cd killed; echo %d >f; echo %d >g", i + 2, i + 2);
		char *before = repo_says(p, "git -C killed rev-parse HEAD");
		run_publish(site, whole / 3 + (long)random_number(&seed, (unsigned)whole));
		repo_shell(p, "cd killed/.git; rm -f index.lock HEAD.lock refs/heads/main.lock");
		char *after = repo_says(p, "git -C killed rev-parse HEAD");
		if (strcmp(before, after) == 0) {
			old++;
		} else {
			assert_string_equal(repo_says(p, "git -C killed status --porcelain"), "");
			assert_string_equal(repo_says(p, "git -C killed rev-parse HEAD~1"), before);
		}
		if (i % 10 == 9)
			sound(p, "killed");
	}
	print_message("# killed 60 times within %ld us: %d times old\n", whole, old);
	repo_shell(p, "cd killed; echo last >f");
	commit(p, "killed", killed_paths);
	sound(p, "killed");
}

int main(int argc, char **argv)
{
	if (argc == 2)
		return publish(argv[1]);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commits_what_is_named),
	    cmocka_unit_test(moves_nothing_by_itself),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(knows_every_state),
	    cmocka_unit_test(stores_as_git_does),
	    cmocka_unit_test(sees_that_it_moved),
	    cmocka_unit_test(names_what_is_locked),
	    cmocka_unit_test(tags),
	    cmocka_unit_test(agrees_at_random),
	    cmocka_unit_test(survives_being_killed),
	};
	return cmocka_run_group_tests_name(
	    "repo_write", tests, repo_place_setup, repo_place_teardown);
}

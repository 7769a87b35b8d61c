/* HEAD of repositories made with git: of the usual kind and of all the others. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_repo.h"

#include "sys/clock.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WHEN = 1700000000 };

/* For the leak sanitizer: libgit2 1.5 does not free what PCRE2 needs to match
 * the lines of a configuration. This program matches nothing itself. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2\n";
}

static int setup(void **state)
{
	repo_place_setup(state);
	repo_shell(*state,
	    "mkdir plain\n"
	    "git init -q -b main unborn\n"
	    "git init -q -b main usual\n"
	    "cd usual\n"
	    "mkdir data\n"
	    "echo 1 >data/a.csv\n"
	    "git add .\n"
	    "git commit -q -m one\n"
	    "echo 2 >data/a.csv\n"
	    "git commit -q -a -m two\n"
	    "cd ..\n"
	    "git clone -q --depth 1 file://$PWD/usual shallow\n"
	    "cp -r usual detached\n"
	    "git -C detached checkout -q --detach\n"
	    "cp -r usual packed\n"
	    "git -C packed gc -q\n"
	    "cp -r usual damaged\n"
	    "rm -rf damaged/.git/objects\n"
	    "mkdir damaged/.git/objects\n"
	    "git -C usual worktree add -q ../worktree\n");
	return 0;
}

static enum repo_status head_of(struct repo_place *p, const char *name, struct repo_head *head)
{
	return repo_head(head, repo_path(p, name));
}

static void gives_the_commit(void **state)
{
	struct repo_place *p = *state;
	static const char *const names[] = {
	    "usual", "usual/data", "shallow", "detached", "packed", "worktree"};
	const char *oid = repo_says(p, "git -C usual rev-parse HEAD");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct repo_head head;
		enum repo_status status = head_of(p, names[i], &head);
		if (status)
			fail_msg("%s: %d %s", names[i], (int)status, head.message);
		assert_string_equal(head.oid, oid);
		assert_int_equal(head.time, WHEN);
	}
}

static void tells_the_others_apart(void **state)
{
	struct repo_place *p = *state;
	struct repo_head head;
	assert_int_equal(head_of(p, "plain", &head), REPO_NONE);
	assert_int_equal(head_of(p, "no-such-folder", &head), REPO_NONE);
	assert_int_equal(head_of(p, "unborn", &head), REPO_UNBORN);
	assert_int_equal(head_of(p, "damaged", &head), REPO_FAILED);
	assert_true(head.message[0]);
	assert_string_equal(head.oid, "");
}

/* What the repository says it needs, and libgit2 has not: said, not guessed. */
static void refuses_unknown_kinds(void **state)
{
	struct repo_place *p = *state;
	struct repo_head head;
	struct repo *r;
	repo_shell(p,
	    "cp -r usual strange; cd strange; git config core.repositoryFormatVersion 1\n"
	    "git config extensions.strange true; cp -r ../usual ../away; cd ../away\n"
	    "git config core.worktree \"$PWD/../plain\"\n");
	assert_int_equal(head_of(p, "strange", &head), REPO_FAILED);
	assert_non_null(strstr(head.message, "strange"));
	assert_int_equal(repo_open(&r, repo_path(p, "strange"), &head), REPO_FAILED);
	assert_non_null(strstr(head.message, "strange"));
	/* Its working tree is not where the folder is. */
	assert_int_equal(repo_open(&r, repo_path(p, "away"), &head), REPO_NONE);
	assert_int_equal(repo_open(&r, repo_path(p, "plain"), &head), REPO_NONE);
}

static void knows_foreign_owners(void **state)
{
	struct repo_place *p = *state;
	struct repo_head head;
	if (geteuid() != 0)
		skip();
	repo_shell(p, "rm .gitconfig; cp -r usual foreign; chown -R 12345 foreign");
	/* Without any configuration, and with one that trusts another folder: for
	 * libgit2 1.5 these are two kinds of failure. */
	assert_int_equal(head_of(p, "foreign", &head), REPO_OWNER);
	assert_int_equal(head_of(p, "foreign/data", &head), REPO_OWNER);
	struct repo *r;
	assert_int_equal(repo_open(&r, repo_path(p, "foreign"), &head), REPO_OWNER);
	assert_null(r);
	repo_shell(p, "git config --global safe.directory /elsewhere");
	assert_int_equal(head_of(p, "foreign", &head), REPO_OWNER);
	repo_shell(p, "git config --global --add safe.directory $PWD/foreign");
	assert_int_equal(head_of(p, "foreign", &head), REPO_OK);
	repo_shell(p, "rm .gitconfig; git config --global safe.directory '*'");
	assert_int_equal(head_of(p, "foreign", &head), REPO_OK);
	repo_shell(p, "rm .gitconfig");
}

static void finds_words(void **state)
{
	(void)state;
	static const enum repo_status telling[] = {
	    REPO_FAILED, REPO_LOCKED, REPO_OUTSIDE, REPO_DIRTY, REPO_REMOTE};
	struct repo_head head = {.message = "object not found"};
	struct diag diag = DIAG_INIT;
	repo_complain(&diag, REPO_OK, &head, "site");
	assert_int_equal(diag.count, 0);
	for (int status = REPO_NONE; status >= REPO_REMOTE; status--) {
		repo_complain(&diag, (enum repo_status)status, &head, "site");
		assert_int_equal(diag.count, -status);
		assert_true(diag.items[-status - 1].text[0]);
		assert_true(diag.items[-status - 1].remedy[0]);
	}
	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		assert_non_null(strstr(diag.items[-telling[i] - 1].text, ": object not found"));
	assert_null(strstr(diag.items[-REPO_NONE - 1].text, "object"));
	diag_clear(&diag);
}

/* Only printed: what the first call costs and what the next ones do. */
static void says_what_loading_costs(void **state)
{
	struct repo_place *p = *state;
	pid_t child = fork();
	if (child == 0) {
		const char *folder = repo_path(p, "usual");
		struct repo_head head;
		long times[2];
		for (int i = 0; i < 2; i++) {
			int64_t begin = clock_monotonic_us();
			enum repo_status status = repo_head(&head, folder);
			times[i] = (long)(clock_monotonic_us() - begin);
			if (status)
				_exit(1);
		}
		printf("# repo_head: first %ld us, then %ld us\n", times[0], times[1]);
		fflush(stdout);
		_exit(0);
	}
	int status = -1;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_what_loading_costs), /* first: nothing is loaded yet */
	    cmocka_unit_test(gives_the_commit),
	    cmocka_unit_test(tells_the_others_apart),
	    cmocka_unit_test(refuses_unknown_kinds),
	    cmocka_unit_test(knows_foreign_owners),
	    cmocka_unit_test(finds_words),
	};
	return cmocka_run_group_tests_name("repo", tests, setup, repo_place_teardown);
}

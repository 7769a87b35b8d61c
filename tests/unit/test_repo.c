/* HEAD of repositories made with git: of the usual kind and of all the others. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/repo.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WHEN = 1700000000 };

struct place {
	char top[80];
	int fd;
};

/* A line for the shell, run in the place. */
static int shell(const struct place *p, const char *line)
{
	pid_t child = fork();
	if (child == 0) {
		if (chdir(p->top) == 0)
			execlp("sh", "sh", "-ec", line, (char *)NULL);
		_exit(127);
	}
	int status = -1;
	waitpid(child, &status, 0);
	return status;
}

/* HOME is empty: a safe.directory of the machine must not decide. */
static int setup(void **state)
{
	static struct place p;
	const char *base = getenv("TMPDIR");
	snprintf(p.top, sizeof(p.top), "%s/test_repo.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p.top));
	p.fd = open(p.top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	setenv("HOME", p.top, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Vidno Test", 1);
	setenv("GIT_AUTHOR_EMAIL", "test@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "Vidno Test", 1);
	setenv("GIT_COMMITTER_EMAIL", "test@example.org", 1);
	setenv("GIT_AUTHOR_DATE", "1600000000 +0300", 1);
	setenv("GIT_COMMITTER_DATE", "1700000000 +0300", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("SUDO_UID");
	*state = &p;
	return shell(&p,
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
	    "git rev-parse HEAD >../oid\n"
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
}

static int teardown(void **state)
{
	struct place *p = *state;
	close(p->fd);
	return fd_remove(AT_FDCWD, p->top);
}

static enum repo_status head_of(struct place *p, const char *name, struct repo_head *head)
{
	char folder[160];
	snprintf(folder, sizeof(folder), "%s/%s", p->top, name);
	return repo_head(head, folder);
}

static void gives_the_commit(void **state)
{
	struct place *p = *state;
	static const char *const names[] = {
	    "usual", "usual/data", "shallow", "detached", "packed", "worktree"};
	char oid[REPO_OID + 1] = "";
	int fd = openat(p->fd, "oid", O_RDONLY);
	assert_int_equal(fd_read(fd, oid, REPO_OID), REPO_OID);
	close(fd);
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
	struct place *p = *state;
	struct repo_head head;
	assert_int_equal(head_of(p, "plain", &head), REPO_NONE);
	assert_int_equal(head_of(p, "no-such-folder", &head), REPO_NONE);
	assert_int_equal(head_of(p, "unborn", &head), REPO_UNBORN);
	assert_int_equal(head_of(p, "damaged", &head), REPO_FAILED);
	assert_true(head.message[0]);
	assert_string_equal(head.oid, "");
}

static void knows_foreign_owners(void **state)
{
	struct place *p = *state;
	struct repo_head head;
	if (geteuid() != 0)
		skip();
	assert_int_equal(shell(p, "cp -r usual foreign; chown -R 12345 foreign"), 0);
	/* Without any configuration, and with one that trusts another folder: for
	 * libgit2 1.5 these are two kinds of failure. */
	assert_int_equal(head_of(p, "foreign", &head), REPO_OWNER);
	assert_int_equal(head_of(p, "foreign/data", &head), REPO_OWNER);
	assert_int_equal(shell(p, "git config --global safe.directory /elsewhere"), 0);
	assert_int_equal(head_of(p, "foreign", &head), REPO_OWNER);
	assert_int_equal(shell(p, "git config --global --add safe.directory $PWD/foreign"), 0);
	assert_int_equal(head_of(p, "foreign", &head), REPO_OK);
	assert_int_equal(shell(p, "rm .gitconfig; git config --global safe.directory '*'"), 0);
	assert_int_equal(head_of(p, "foreign", &head), REPO_OK);
	assert_int_equal(shell(p, "rm .gitconfig"), 0);
}

static void finds_words(void **state)
{
	(void)state;
	static const enum repo_status all[] = {
	    REPO_NONE, REPO_UNBORN, REPO_OWNER, REPO_LIBRARY, REPO_FAILED};
	struct repo_head head = {.message = "object not found"};
	struct diag diag = DIAG_INIT;
	repo_complain(&diag, REPO_OK, &head, "site");
	assert_int_equal(diag.count, 0);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		repo_complain(&diag, all[i], &head, "site");
		assert_int_equal(diag.count, i + 1);
		assert_true(diag.items[i].remedy[0]);
	}
	assert_int_equal(diag.errors, 0);
	assert_non_null(strstr(diag.items[4].text, "object not found"));
	diag_clear(&diag);
}

/* Only printed: what the first call costs and what the next ones do. */
static void says_what_loading_costs(void **state)
{
	struct place *p = *state;
	pid_t child = fork();
	if (child == 0) {
		char folder[160];
		struct repo_head head;
		long times[2];
		snprintf(folder, sizeof(folder), "%s/usual", p->top);
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
	    cmocka_unit_test(knows_foreign_owners),
	    cmocka_unit_test(finds_words),
	};
	return cmocka_run_group_tests_name("repo", tests, setup, teardown);
}

/* repo_ask: the answer of another process, and none. */
#include "sys/repo_ask.h"

#include "sys/repo.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/vidno-ask-XXXXXX";

static int in_folder(const char *commands)
{
	char line[512];
	strcpy(line, "cd ");
	strcat(line, folder);
	strcat(line, " && (");
	strncat(line, commands, 400);
	strcat(line, ") >/dev/null 2>&1");
	return system(line); /* NOLINT: the words are ours */
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return in_folder("rm -rf .git x") || rmdir(folder);
}

static void test_date_of_head(void **state)
{
	struct repo_ask a;
	struct repo_head head;
	(void)state;
	assert_int_equal(
	    in_folder(
	        "git init -q . && git config user.name x && git config user.email x@example.org && "
	        "echo 1 >x && git add x && "
	        "GIT_COMMITTER_DATE=@1600000000 git commit -qm x"),
	    0);
	for (int i = 0; i < 3; i++) {
		assert_true(repo_ask_begin(&a, folder));
		assert_int_equal(repo_ask_end(&a, &head), REPO_OK);
		assert_int_equal(head.time, 1600000000);
		assert_int_equal(a.process, 0);
	}
}

static void test_no_repository(void **state)
{
	struct repo_ask a;
	struct repo_head head;
	(void)state;
	assert_true(repo_ask_begin(&a, "/proc"));
	assert_int_equal(repo_ask_end(&a, &head), REPO_NONE);
}

/* Whatever becomes of the other process, there is an answer. */
static void test_killed(void **state)
{
	struct repo_ask a;
	struct repo_head head;
	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_true(repo_ask_begin(&a, folder));
		usleep((unsigned)i * 500);
		kill(a.process, SIGKILL);
		assert_int_equal(repo_ask_end(&a, &head), REPO_OK);
		assert_int_equal(head.time, 1600000000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_date_of_head),
	    cmocka_unit_test(test_no_repository),
	    cmocka_unit_test(test_killed),
	};
	return cmocka_run_group_tests_name("repo_ask", tests, make_folder, remove_folder);
}

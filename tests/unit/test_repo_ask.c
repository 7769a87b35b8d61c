/* repo_ask: the answer of another process, and none. */
#include "sys/repo_ask.h"

#include "sys/repo.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
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
	int64_t time = 0;
	(void)state;
	assert_int_equal(
	    in_folder(
	        "git init -q . && git config user.name x && git config user.email x@example.org && "
	        "echo 1 >x && git add x && "
	        "GIT_COMMITTER_DATE=@1600000000 git commit -qm x"),
	    0);
	for (int i = 0; i < 3; i++) {
		assert_true(repo_ask_begin(&a, folder));
		assert_true(repo_ask_end(&a, &time));
		assert_int_equal(time, 1600000000);
		assert_int_equal(a.process, 0);
	}
}

static void test_no_repository(void **state)
{
	struct repo_ask a;
	int64_t time = 7;
	(void)state;
	assert_true(repo_ask_begin(&a, "/proc"));
	assert_false(repo_ask_end(&a, &time));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_date_of_head),
	    cmocka_unit_test(test_no_repository),
	};
	return cmocka_run_group_tests_name("repo_ask", tests, make_folder, remove_folder);
}

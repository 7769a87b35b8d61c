/* Paths that must not leave a folder, by openat2() and by our own walk. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/beneath.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* top/ holds the site in top/site and a secret beside it. */
struct place {
	char top[80];
	int up, fd;
};

static void put(int dir, const char *path, const char *text)
{
	assert_int_equal(fd_make_parents(dir, path), 0);
	assert_int_equal(fd_create(dir, path, 0644, text, strlen(text)), 0);
}

static int setup(void **state)
{
	struct place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_beneath.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	p->up = open(p->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	put(p->up, "secret", "secret");
	put(p->up, "site/index.md", "index");
	put(p->up, "site/data/one/a.csv", "a;b\n1;2\n");
	p->fd = openat(p->up, "site", O_PATH | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	close(p->fd);
	close(p->up);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

static int outcome(int fd)
{
	int code = fd < 0 ? errno : 0;
	fd_close(fd);
	return code;
}

static void both_ways_agree(void **state)
{
	struct place *p = *state;
	assert_int_equal(symlinkat("one/a.csv", p->fd, "data/inside"), 0);
	assert_int_equal(symlinkat("../index.md", p->fd, "data/up"), 0);
	assert_int_equal(symlinkat("../../secret", p->fd, "data/out"), 0);
	assert_int_equal(symlinkat("/etc/passwd", p->fd, "data/absolute"), 0);
	assert_int_equal(symlinkat("../..", p->fd, "data/folder"), 0);
	assert_int_equal(symlinkat("loop", p->fd, "loop"), 0);
	assert_int_equal(symlinkat("gone", p->fd, "dangling"), 0);
	assert_int_equal(symlinkat("data/../..", p->fd, "winding"), 0);
	static const struct {
		const char *path;
		int code;
	} cases[] = {
	    {"index.md", 0},
	    {"data/one/a.csv", 0},
	    {"./data//one/../one/./a.csv", 0},
	    {"data/inside", 0},
	    {"data/up", 0},
	    {"data/out", EXDEV},
	    {"data/absolute", EXDEV},
	    {"data/folder/secret", EXDEV},
	    {"winding/secret", EXDEV},
	    {"..", EXDEV},
	    {"../secret", EXDEV},
	    {"data/../../secret", EXDEV},
	    {"../site/index.md", EXDEV},
	    {"/etc/passwd", EXDEV},
	    {"/", EXDEV},
	    {"loop", ELOOP},
	    {"loop/x", ELOOP},
	    {"dangling", ENOENT},
	    {"no", ENOENT},
	    {"no/x", ENOENT},
	    {"index.md/x", ENOTDIR},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int one = outcome(beneath_open(p->fd, cases[i].path, O_RDONLY));
		int two = outcome(beneath_walk(p->fd, cases[i].path, O_RDONLY));
		if (one != cases[i].code || two != cases[i].code)
			fail_msg("%s: %d, %d", cases[i].path, one, two);
	}
}

static void closes_on_exec(void **state)
{
	struct place *p = *state;
	int one = beneath_open(p->fd, "index.md", O_RDONLY);
	int two = beneath_walk(p->fd, "index.md", O_RDONLY);
	assert_true(fcntl(one, F_GETFD) & FD_CLOEXEC);
	assert_true(fcntl(two, F_GETFD) & FD_CLOEXEC);
	close(one);
	close(two);
}

static void walks_without_openat2(void **state)
{
	struct place *p = *state;
	char bytes[16] = "";
	assert_int_equal(symlinkat("data/one", p->fd, "short"), 0);
	int fd = beneath_walk(p->fd, "./data/..//short/../one/a.csv", O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, sizeof(bytes)), 8);
	close(fd);
	struct stat st;
	fd = beneath_walk(p->fd, "short", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode));
	close(fd);
	fd = beneath_walk(p->fd, "", O_PATH);
	assert_true(fd >= 0);
	close(fd);
	assert_true(beneath_walk(p->fd, "index.md/", O_RDONLY) < 0);
	assert_int_equal(errno, ENOTDIR);
	assert_true(beneath_walk(p->fd, "index.md/..", O_RDONLY) < 0);

	/* A long way down and back: the stack has a bound, and nothing leaks. */
	char deep[1024] = "";
	for (int i = 0; i < 80; i++) {
		size_t n = strlen(deep);
		snprintf(deep + n, sizeof(deep) - n, "%sd", n ? "/" : "");
		mkdirat(p->fd, deep, 0755);
	}
	int before = dup(0);
	close(before);
	assert_true(beneath_walk(p->fd, deep, O_PATH) < 0);
	assert_int_equal(errno, ELOOP);
	int after = dup(0);
	close(after);
	assert_int_equal(before, after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(both_ways_agree, setup, teardown),
	    cmocka_unit_test_setup_teardown(closes_on_exec, setup, teardown),
	    cmocka_unit_test_setup_teardown(walks_without_openat2, setup, teardown),
	};
	return cmocka_run_group_tests_name("beneath", tests, NULL, NULL);
}

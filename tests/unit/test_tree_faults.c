/*
 * The output folder: what fails, or is killed, leaves no trace. System calls
 * that change the disk go through stand-ins here, so that each can be made to
 * fail.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_tree.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	bool on, kill, full; /* full: of the calls that need space all later ones fail too */
	atomic_int calls;
	int fail; /* the number of the call that fails, from 1; 0: none */
	int code;
	bool no_exchange, no_link;
	char order[64]; /* a letter for each call */
} faults;

static bool faulty(bool space)
{
	if (!faults.on || (faults.full && !space))
		return false;
	int call = atomic_fetch_add(&faults.calls, 1) + 1;
	if (faults.full ? call < faults.fail : call != faults.fail)
		return false;
	if (faults.kill)
		_exit(9);
	errno = faults.code;
	return true;
}

static void note(char call)
{
	size_t len = strlen(faults.order);
	if (faults.on && len + 1 < sizeof(faults.order)) {
		faults.order[len] = call;
		faults.order[len + 1] = '\0';
	}
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	note('w');
	return faulty(true) ? -1 : syscall(SYS_write, fd, bytes, len);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return faulty(true) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int linkat(int a, const char *from, int b, const char *to, int flags)
{
	if (faults.no_link) {
		errno = EPERM;
		return -1;
	}
	return faulty(true) ? -1 : (int)syscall(SYS_linkat, a, from, b, to, flags);
}

int renameat(int a, const char *from, int b, const char *to)
{
	note('r');
	return faulty(false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, 0);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (faults.no_exchange && flags) {
		errno = EINVAL;
		return -1;
	}
	note('r');
	return faulty(false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, flags);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if ((flags & O_CREAT) && faulty(true))
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

int fsync(int fd)
{
	note('f');
	return faulty(true) ? -1 : (int)syscall(SYS_fsync, fd);
}

int syncfs(int fd)
{
	note('s');
	return faulty(true) ? -1 : (int)syscall(SYS_syncfs, fd);
}

static int setup(void **state)
{
	memset(&faults, 0, sizeof(faults));
	return tree_setup(state);
}

static int teardown(void **state)
{
	memset(&faults, 0, sizeof(faults));
	return tree_teardown(state);
}

static void touches_nothing_that_is_the_same(void **state)
{
	struct tree_place *p = *state;
	struct tree_report r;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	struct stat a, b;
	fstatat(p->fd, "public", &a, 0);
	char *before = tree_picture(p, true);
	faults.on = true;
	faults.fail = 1;
	faults.code = EIO; /* the first change of the disk would fail */
	assert_int_equal(tree_build(p, tree_first, &r), TREE_OK);
	faults.on = false;
	fstatat(p->fd, "public", &b, 0);
	assert_int_equal(a.st_mtim.tv_nsec, b.st_mtim.tv_nsec);
	assert_int_equal(r.written, 0);
	assert_int_equal(r.unchanged, 7);
	assert_int_equal(r.switched, 0);
	tree_same_picture(p, true, before);
}

/* Every change of the disk fails once; the old site is whole, or the new one is. */
static void fail_everywhere(struct tree_place *p, int code)
{
	int failed = 0;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	char *old = tree_picture(p, true), *old_names = tree_picture(p, false);
	for (int n = 1;; n++) {
		faults.on = true;
		faults.fail = n;
		faults.code = code;
		faults.calls = 0;
		enum tree_status status = tree_build(p, tree_second, NULL);
		bool reached = faults.calls >= n;
		faults.on = false;
		char *now = tree_picture(p, false);
		if (status == TREE_OK) {
			/* A failure that does not matter gives the same as none. */
			assert_null(strstr(now, "staging"));
			assert_non_null(strstr(now, "kezhma 2"));
			assert_non_null(strstr(now, "top 2"));
			assert_int_equal(fd_remove(p->fd, "public"), 0);
			assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
			free(old);
			old = tree_picture(p, true);
		} else {
			failed++;
			assert_string_equal(now, old_names);
			char *exact = tree_picture(p, true);
			assert_string_equal(exact, old);
			free(exact);
			assert_true(p->diag.errors > 0);
		}
		free(now);
		diag_clear(&p->diag);
		if (!reached)
			break;
	}
	assert_true(failed > 20);
	free(old);
	free(old_names);
}

static void survives_a_full_disk(void **state)
{
	faults.full = true;
	fail_everywhere(*state, ENOSPC);
}

static void survives_a_bad_disk(void **state)
{
	fail_everywhere(*state, EIO);
}

static void works_without_exchange(void **state)
{
	struct tree_place *p = *state;
	faults.no_exchange = true;
	fail_everywhere(p, EIO);
	assert_int_equal(fd_remove(p->fd, "public"), 0);
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_OK);
	assert_true(tree_has(p, "public/kezhma/index.html", "kezhma 2"));
	assert_true(tree_has(p, "public/kezhma/schools/b/index.html", NULL));
	assert_true(tree_has(p, "public/index.html", "top 2"));
}

static void works_without_links(void **state)
{
	struct tree_place *p = *state;
	faults.no_exchange = faults.no_link = true;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_OK);
	assert_true(tree_has(p, "public/kezhma/schools/a/index.html", "school a"));
	assert_true(tree_has(p, "public/kezhma/index.html", "kezhma 2"));
	assert_true(tree_has(p, "public/index.html", "top 2"));
	assert_true(tree_has(p, "public/nazarovo/index.html", NULL));
}

static void nothing_is_left_of_a_first_build_that_fails(void **state)
{
	struct tree_place *p = *state;
	snprintf(p->out, sizeof(p->out), "%s/a/b/public/", p->top);
	for (int n = 1; n < 30; n++) {
		faults.on = true;
		faults.fail = n;
		faults.code = ENOSPC;
		faults.calls = 0;
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_FAILED);
		faults.on = false;
		char *now = tree_picture(p, false);
		assert_string_equal(now, "");
		free(now);
	}
	assert_non_null(strstr(p->diag.items[0].text, "No space left"));
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
}

/* Killed at every change: the next build makes a clean site. */
static void kill_everywhere(struct tree_place *p, bool no_exchange)
{
	bool reached = true;
	for (int n = 1; reached; n++) {
		assert_int_equal(fd_remove(p->fd, "public"), 0);
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		pid_t child = fork();
		if (child == 0) {
			faults.on = faults.kill = true;
			faults.no_exchange = no_exchange;
			faults.fail = n;
			_exit(tree_build(p, tree_second, NULL) ? 1 : 0);
		}
		int status;
		waitpid(child, &status, 0);
		reached = WEXITSTATUS(status) == 9;
		/* Whole departments, old or new; in between only without exchange. */
		bool old = tree_has(p, "public/kezhma/index.html", "kezhma 1");
		bool new = tree_has(p, "public/kezhma/index.html", "kezhma 2");
		assert_true(old || new || no_exchange);
		if (new)
			assert_true(tree_has(p, "public/kezhma/schools/c/index.html", "school c"));
		assert_true(tree_has(p, "public/index.html", "top 1") ||
		    tree_has(p, "public/index.html", "top 2"));

		struct tree *t;
		assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
		tree_abandon(t);
		assert_true(tree_has(p, "public/kezhma/index.html", new ? "kezhma 2" : "kezhma 1"));
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		char *now = tree_picture(p, false);
		assert_int_equal(fd_remove(p->fd, "public"), 0);
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		tree_same_picture(p, false, now);
	}
	assert_int_equal(p->diag.count, 0);
}

static void recovers_when_killed(void **state)
{
	kill_everywhere(*state, false);
}

static void recovers_when_killed_without_exchange(void **state)
{
	kill_everywhere(*state, true);
}

/* -- what is synced ---------------------------------------------------------------------- */

static void syncs_before_the_switch(void **state)
{
	struct tree_place *p = *state;
	struct tree *t;
	for (unsigned flags = 0; flags <= TREE_SYNC; flags++) {
		assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
		faults.order[0] = '\0';
		faults.on = true;
		assert_int_equal(tree_begin(&t, p->out, flags, &p->diag), TREE_OK);
		struct tree_unit *u = tree_unit_begin(t, "kezhma", &p->diag);
		assert_int_equal(tree_unit_file(u, "index.html", STR("new")), 0);
		assert_int_equal(tree_unit_commit(u, NULL), 0);
		assert_int_equal(tree_end(t, TREE_SOME, NULL), TREE_OK);
		faults.on = false;
		/* w: a page, s: syncfs, r: a rename, f: fsync. */
		if (flags)
			assert_string_equal(faults.order, "wswrrwrf");
		else
			assert_null(strpbrk(faults.order, "sf"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(touches_nothing_that_is_the_same, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_a_full_disk, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_a_bad_disk, setup, teardown),
	    cmocka_unit_test_setup_teardown(works_without_exchange, setup, teardown),
	    cmocka_unit_test_setup_teardown(works_without_links, setup, teardown),
	    cmocka_unit_test_setup_teardown(
	        nothing_is_left_of_a_first_build_that_fails, setup, teardown),
	    cmocka_unit_test_setup_teardown(recovers_when_killed, setup, teardown),
	    cmocka_unit_test_setup_teardown(recovers_when_killed_without_exchange, setup, teardown),
	    cmocka_unit_test_setup_teardown(syncs_before_the_switch, setup, teardown),
	};
	return cmocka_run_group_tests_name("tree_faults", tests, NULL, NULL);
}

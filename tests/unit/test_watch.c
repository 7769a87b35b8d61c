/* Changes are seen, once each, and what is nobody's business is not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/watch.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

/* SOON: a change must be seen within; NEVER: long enough to be sure of none. */
enum { SOON = 10000, NEVER = 80 };

struct place {
	char top[80], data[96], content[96], public[96];
	int fd; /* top */
	struct watch *watch;
	struct diag diag;
};

static void put(struct place *p, const char *path, const char *text)
{
	assert_int_equal(fd_make_parents(p->fd, path), 0);
	int fd = openat(p->fd, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(fd_write(fd, text, strlen(text)), 0);
	close(fd);
}

static int setup(void **state)
{
	struct place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_watch.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	p->fd = open(p->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(p->data, sizeof(p->data), "%s/data/", p->top);
	snprintf(p->content, sizeof(p->content), "%s/content", p->top);
	snprintf(p->public, sizeof(p->public), "%s/data/public", p->top);
	put(p, "data/kezhma/schools.csv", "school\n");
	put(p, "data/public/index.html", "x");
	assert_int_equal(watch_begin(&p->watch, &p->diag), 0);
	watch_ignore(p->watch, p->public);
	assert_int_equal(watch_add(p->watch, p->data, &p->diag), 0);
	assert_int_equal(watch_add(p->watch, p->content, &p->diag), 0); /* not there yet */
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	watch_end(p->watch);
	assert_int_equal(p->diag.count, 0);
	diag_clear(&p->diag);
	close(p->fd);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

static void seen(struct place *p)
{
	assert_int_equal(watch_wait(p->watch, SOON), WATCH_CHANGED);
	assert_int_equal(watch_wait(p->watch, NEVER), WATCH_TIMEOUT);
}

static void not_seen(struct place *p)
{
	assert_int_equal(watch_wait(p->watch, NEVER), WATCH_TIMEOUT);
}

static void sees_changes(void **state)
{
	struct place *p = *state;
	not_seen(p);
	put(p, "data/kezhma/schools.csv", "school,name\n");
	seen(p);
	put(p, "data/kezhma/results.csv", "year\n");
	seen(p);
	assert_int_equal(renameat(p->fd, "data/kezhma/results.csv", p->fd, "data/kezhma/a.csv"), 0);
	seen(p);
	assert_int_equal(fd_remove(p->fd, "data/kezhma/a.csv"), 0);
	seen(p);
	assert_int_equal(watch_wait(p->watch, 0), WATCH_TIMEOUT);
}

/* As editors and spreadsheets save: a lock, a new file, two renames. */
static void takes_a_save_for_one_change(void **state)
{
	struct place *p = *state;
	put(p, "data/kezhma/.~lock.schools.csv#", "me");
	put(p, "data/kezhma/schools.csv.new", "school,name\n");
	renameat(p->fd, "data/kezhma/schools.csv", p->fd, "data/kezhma/schools.csv~");
	renameat(p->fd, "data/kezhma/schools.csv.new", p->fd, "data/kezhma/schools.csv");
	fd_remove(p->fd, "data/kezhma/schools.csv~");
	fd_remove(p->fd, "data/kezhma/.~lock.schools.csv#");
	seen(p);
}

static void leaves_out(void **state)
{
	struct place *p = *state;
	put(p, "data/kezhma/.schools.csv.swp", "x");
	put(p, "data/kezhma/schools.csv~", "x");
	put(p, "data/kezhma/~$schools.xlsx", "x");
	put(p, "data/public/index.html", "y");
	put(p, "data/public/new.html", "y");
	put(p, "beside.txt", "x");
	put(p, "other/deep.txt", "x");
	not_seen(p);
	/* Reading is no change. */
	char byte;
	int fd = openat(p->fd, "data/kezhma/schools.csv", O_RDONLY);
	assert_int_equal(read(fd, &byte, 1), 1);
	close(fd);
	not_seen(p);
}

static void follows_new_folders(void **state)
{
	struct place *p = *state;
	put(p, "data/nazarovo/audit/2022-09-15.csv", "x");
	seen(p);
	put(p, "data/nazarovo/audit/2022-09-15.csv", "y");
	seen(p);
	assert_int_equal(renameat(p->fd, "data/nazarovo", p->fd, "data/renamed"), 0);
	seen(p);
	put(p, "data/renamed/audit/2022-09-15.csv", "z");
	seen(p);
	/* Out of sight, out of mind. */
	assert_int_equal(renameat(p->fd, "data/renamed", p->fd, "elsewhere"), 0);
	seen(p);
	put(p, "elsewhere/audit/2022-09-15.csv", "again");
	not_seen(p);
	assert_int_equal(renameat(p->fd, "elsewhere", p->fd, "data/back"), 0);
	seen(p);
	put(p, "data/back/audit/2022-09-15.csv", "back");
	seen(p);
}

static void waits_for_a_folder(void **state)
{
	struct place *p = *state;
	put(p, "content/kezhma/index.md", "# x\n");
	seen(p);
	put(p, "content/kezhma/index.md", "# y\n");
	seen(p);
	/* Removed and made again, as git does. */
	assert_int_equal(fd_remove(p->fd, "data"), 0);
	assert_int_equal(fd_remove(p->fd, "content"), 0);
	seen(p);
	put(p, "content/kezhma/index.md", "# z\n");
	seen(p);
	put(p, "content/kezhma/index.md", "# zz\n");
	seen(p);
}

static void goes_in_no_circles(void **state)
{
	struct place *p = *state;
	assert_int_equal(symlinkat("..", p->fd, "data/kezhma/up"), 0);
	assert_int_equal(symlinkat("up", p->fd, "data/kezhma/again"), 0);
	assert_int_equal(symlinkat("self", p->fd, "data/kezhma/self"), 0);
	seen(p);
	put(p, "data/kezhma/schools.csv", "x");
	seen(p);
}

/* -- timing ------------------------------------------------------------------------ */

struct writer {
	struct place *place;
	int pauses;
};

static void *write_slowly(void *payload)
{
	const struct writer *w = payload;
	const struct timespec pause = {0, (WATCH_QUIET_MS - 15) * 1000 * 1000};
	for (int i = 0; i < w->pauses; i++) {
		int fd = openat(w->place->fd, "data/kezhma/slow.csv", O_WRONLY | O_CREAT, 0644);
		close(fd);
		nanosleep(&pause, NULL);
	}
	return NULL;
}

/* Who writes without a pause is not waited for longer than the bound. */
static void waits_no_longer_than_promised(void **state)
{
	struct place *p = *state;
	struct writer w = {p, 400};
	pthread_t thread;
	pthread_create(&thread, NULL, write_slowly, &w);
	int64_t began = clock_monotonic_ms();
	assert_int_equal(watch_wait(p->watch, SOON), WATCH_CHANGED);
	int64_t took = clock_monotonic_ms() - began;
	assert_true(took < 4 * WATCH_LONGEST_MS);
	pthread_join(thread, NULL);
}

static void *stop_later(void *payload)
{
	struct place *p = payload;
	const struct timespec pause = {0, 30 * 1000 * 1000};
	nanosleep(&pause, NULL);
	watch_stop(p->watch);
	return NULL;
}

static void stops(void **state)
{
	struct place *p = *state;
	pthread_t thread;
	pthread_create(&thread, NULL, stop_later, p);
	assert_int_equal(watch_wait(p->watch, -1), WATCH_STOPPED);
	pthread_join(thread, NULL);
	put(p, "data/kezhma/schools.csv", "x");
	assert_int_equal(watch_wait(p->watch, -1), WATCH_STOPPED);
	watch_stop(NULL);
	watch_end(NULL);
}

static struct watch *stopped_by_signal;

static void on_alarm(int number)
{
	(void)number;
	watch_stop(stopped_by_signal);
}

static void on_nothing(int number)
{
	(void)number;
}

static void stops_from_a_signal(void **state)
{
	struct place *p = *state;
	const struct sigaction action = {.sa_handler = on_alarm};
	const struct itimerval soon = {.it_value = {0, 20 * 1000}};
	stopped_by_signal = p->watch;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	assert_int_equal(watch_wait(p->watch, -1), WATCH_STOPPED);
}

static void is_not_woken_by_other_signals(void **state)
{
	struct place *p = *state;
	const struct sigaction action = {.sa_handler = on_nothing};
	const struct itimerval often = {{0, 10 * 1000}, {0, 10 * 1000}}, never = {{0, 0}, {0, 0}};
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	int64_t began = clock_monotonic_ms();
	assert_int_equal(watch_wait(p->watch, NEVER), WATCH_TIMEOUT);
	setitimer(ITIMER_REAL, &never, NULL);
	assert_true(clock_monotonic_ms() - began >= NEVER - 1);
}

/* -- too much at once ----------------------------------------------------------------- */

static long queue_length(void)
{
	char text[32] = "";
	int fd = open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY);
	if (fd < 0)
		return 0;
	ssize_t got = read(fd, text, sizeof(text) - 1);
	close(fd);
	return got > 0 ? atol(text) : 0;
}

/* More than the kernel keeps: what was made after that is watched all the same. */
static void survives_a_flood(void **state)
{
	struct place *p = *state;
	long length = queue_length();
	if (length < 1 || length > 65536)
		skip();
	for (long i = 0; i < length / 2 + 100; i++) {
		char path[64];
		snprintf(path, sizeof(path), "data/kezhma/%ld", i % 64);
		put(p, path, "x");
		fd_remove(p->fd, path);
	}
	put(p, "data/late/schools.csv", "x");
	assert_int_equal(watch_wait(p->watch, SOON), WATCH_CHANGED);
	while (watch_wait(p->watch, NEVER) == WATCH_CHANGED)
		continue;
	put(p, "data/late/schools.csv", "y");
	seen(p);
	put(p, "content/index.md", "z");
	seen(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(sees_changes, setup, teardown),
	    cmocka_unit_test_setup_teardown(takes_a_save_for_one_change, setup, teardown),
	    cmocka_unit_test_setup_teardown(leaves_out, setup, teardown),
	    cmocka_unit_test_setup_teardown(follows_new_folders, setup, teardown),
	    cmocka_unit_test_setup_teardown(waits_for_a_folder, setup, teardown),
	    cmocka_unit_test_setup_teardown(goes_in_no_circles, setup, teardown),
	    cmocka_unit_test_setup_teardown(waits_no_longer_than_promised, setup, teardown),
	    cmocka_unit_test_setup_teardown(stops, setup, teardown),
	    cmocka_unit_test_setup_teardown(stops_from_a_signal, setup, teardown),
	    cmocka_unit_test_setup_teardown(is_not_woken_by_other_signals, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_a_flood, setup, teardown),
	};
	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}

/* Schools come to the disk several at once: each is told of when its files have
 * their names, soon, and whatever ends the run. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job/gather_run.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include "support_disk.h"
#include "support_server.h"

enum { MOST = 40, PAGES = 3 };

static char folder[] = "/tmp/vidno-group-XXXXXX";
/* One more takes connections, and never says a word. */
static int port, silent, silent_port, first_byte_ms = 60000;

static int begin(void **state)
{
	(void)state;
	port = server_begin();
	silent_port = server_listen(&silent, INADDR_LOOPBACK);
	return mkdtemp(folder) && port > 0 && silent_port > 0 ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	server_end();
	close(silent);
	return fd_remove(AT_FDCWD, folder);
}

/* ---- a visit ---- */

static char ids[MOST][20], sites[MOST][60];
static struct gather_school schools[MOST];

static struct {
	const char *sub;
	size_t pages, ended;
	int64_t when[MOST]; /* ms, by the order of the schools; 0: not told of */
	void (*at_page)(size_t number);
} seen;

static volatile sig_atomic_t stop;

static bool has(size_t school, const char *ending)
{
	char path[1000];
	snprintf(path, sizeof(path), "%s/%s/%s%s", folder, seen.sub, ids[school], ending);
	return access(path, F_OK) == 0;
}

static bool is_done(size_t school)
{
	return has(school, ".warc.gz") && has(school, ".log.csv");
}

static void read_page(void *payload, const struct gather_page *page, struct gather_links *l)
{
	(void)payload;
	server_links(page, l);
	if (seen.at_page)
		seen.at_page(++seen.pages);
}

static void note_end(void *payload, size_t school)
{
	(void)payload;
	assert_true(is_done(school));
	assert_false(has(school, ".warc.gz.open") || has(school, ".log.csv.open"));
	assert_int_equal(seen.when[school], 0);
	seen.when[school] = clock_monotonic_ms();
	seen.ended++;
}

static enum gather_end visit(const char *sub, size_t count, bool one_by_one, bool resume)
{
	char path[200];
	struct gather_run run = GATHER_RUN;
	struct diag diag = DIAG_INIT;
	snprintf(path, sizeof(path), "%s/%s", folder, sub);
	for (size_t i = 0; i < count; i++) {
		snprintf(ids[i], sizeof(ids[i]), "school-%zu", i);
		if (!sites[i][0])
			snprintf(sites[i], sizeof(sites[i]), "http://127.0.3.%zu:%d/", i + 1, port);
		schools[i] = (struct gather_school){.id = ids[i], .site = sites[i]};
	}
	stop = 0;
	seen.sub = sub;
	seen.pages = seen.ended = 0;
	memset(seen.when, 0, sizeof(seen.when));
	run.schools = schools;
	run.count = count;
	run.folder = path;
	run.resume = resume;
	run.stop = &stop;
	run.snapshot = 20 * 1024;
	run.settings.delay_ms = run.settings.delay_times = run.settings.platform_interval_ms = 0;
	run.settings.retry_ms[0] = run.settings.retry_ms[1] = 1;
	run.settings.schools = one_by_one ? 1 : MOST;
	run.fetch.user_agent = "Vidno/test (+https://example.org/; audit@example.org)";
	run.fetch.allow_private = true;
	run.fetch.first_byte_ms = first_byte_ms;
	run.read = read_page;
	run.ended = note_end;
	enum gather_end how = gather_run(&run, &diag);
	assert_int_equal(diag.errors, how == GATHER_FAILED);
	diag_clear(&diag);
	return how;
}

static size_t count_done(void)
{
	size_t n = 0;
	for (size_t i = 0; i < MOST; i++)
		n += is_done(i);
	return n;
}

static void many(void **state)
{
	(void)state;
	seen.at_page = NULL;
	assert_int_equal(visit("many", MOST, false, false), GATHER_DONE);
	assert_int_equal(seen.ended, MOST);
	assert_int_equal(count_done(), MOST);
}

/* What is over does not wait for what goes on. */
static void soon(void **state)
{
	(void)state;
	seen.at_page = NULL;
	snprintf(sites[1], sizeof(sites[1]), "http://127.0.0.1:%d/", silent_port);
	first_byte_ms = 1000;
	assert_int_equal(visit("soon", 2, false, false), GATHER_DONE);
	first_byte_ms = 60000;
	sites[1][0] = '\0';
	assert_int_equal(seen.ended, 2);
	assert_true(seen.when[0] + 500 < seen.when[1]);
}

/* ---- what ends a run early: the second school has begun, the first is over ---- */

static void stop_it(size_t page)
{
	stop = page > PAGES;
}

static void stopped(void **state)
{
	(void)state;
	seen.at_page = stop_it;
	assert_int_equal(visit("stopped", 5, true, false), GATHER_STOPPED);
	assert_int_equal(seen.ended, 1);
	assert_true(is_done(0));
	assert_int_equal(count_done(), 1);
	assert_true(has(1, ".warc.gz.open"));
	seen.at_page = NULL;
	assert_int_equal(visit("stopped", 5, true, true), GATHER_DONE);
	assert_int_equal(seen.ended, 4);
	assert_int_equal(count_done(), 5);
}

static void fill_disk(size_t page)
{
	if (page > PAGES)
		disk_fills(6000);
}

static void full(void **state)
{
	(void)state;
	seen.at_page = fill_disk;
	assert_int_equal(visit("full", 5, true, false), GATHER_FAILED);
	disk_has_room();
	assert_int_equal(seen.ended, 1);
	assert_int_equal(count_done(), 1);
	seen.at_page = NULL;
	assert_int_equal(visit("full", 5, true, true), GATHER_DONE);
	assert_int_equal(seen.ended, 4);
	assert_int_equal(count_done(), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(many),
	    cmocka_unit_test(soon),
	    cmocka_unit_test(stopped),
	    cmocka_unit_test(full),
	};
	return cmocka_run_group_tests(tests, begin, end);
}

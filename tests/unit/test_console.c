/* A progress line on a terminal and nowhere else; colours where they are wanted. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/clock.h"
#include "sys/console.h"
#include "sys/pool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void step(void *payload, size_t task, unsigned worker)
{
	(void)task, (void)worker;
	progress_step(payload);
}

/* Into a file nothing is drawn; without a stream either. */
static void progress_is_silent(void **state)
{
	(void)state;
	struct progress p;
	FILE *file = tmpfile();
	assert_non_null(file);
	progress_begin(&p, file, "Building", 1000);
	p.next = 0;
	pool_run(4, 1000, step, &p);
	progress_end(&p);
	assert_int_equal(ftell(file), 0);
	fclose(file);
	progress_begin(&p, NULL, "Building", 10);
	pool_run(2, 10, step, &p);
	progress_end(&p);
}

static size_t drawn(int terminal, char *text, size_t size)
{
	ssize_t got = read(terminal, text, size - 1);
	text[got > 0 ? got : 0] = '\0';
	return got > 0 ? (size_t)got : 0;
}

static void progress_on_a_terminal(void **state)
{
	(void)state;
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
	if (master < 0 || grantpt(master) || unlockpt(master))
		skip();
	char name[64], text[4096];
	assert_int_equal(ptsname_r(master, name, sizeof(name)), 0);
	FILE *to = fopen(name, "w");
	assert_non_null(to);
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	assert_true(console_colour(to));
	struct progress p;
	progress_begin(&p, to, "Building", 1000);
	pool_run(4, 10, step, &p);
	assert_int_equal(drawn(master, text, sizeof(text)), 0);
	p.next = 0; /* as if a second had passed */
	pool_run(4, 500, step, &p);
	assert_true(drawn(master, text, sizeof(text)) > 0);
	assert_non_null(strstr(text, "Building 11/1000"));
	assert_null(strstr(text, "12/1000"));
	progress_end(&p);
	drawn(master, text, sizeof(text));
	assert_string_equal(text, "\r\033[K");

	setenv("NO_COLOR", "1", 1);
	assert_false(console_colour(to));
	assert_true(console_terminal(to));
	setenv("NO_COLOR", "", 1);
	assert_true(console_colour(to));
	setenv("TERM", "dumb", 1);
	assert_false(console_colour(to));
	assert_false(console_terminal(to));
	fclose(to);
	close(master);
}

/* What is drawn fast is drawn ten times a second at most. */
static void progress_is_calm(void **state)
{
	(void)state;
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
	if (master < 0 || grantpt(master) || unlockpt(master))
		skip();
	char name[64], text[4096];
	assert_int_equal(ptsname_r(master, name, sizeof(name)), 0);
	FILE *to = fopen(name, "w");
	assert_non_null(to);
	setenv("TERM", "xterm", 1);
	struct progress p;
	progress_begin(&p, to, "Counting", 0);
	p.next = clock_monotonic_ms();
	for (int i = 0; i < 1000; i++)
		progress_step(&p);
	assert_true(p.next > clock_monotonic_ms());
	drawn(master, text, sizeof(text));
	assert_string_equal(text, "\r\033[KCounting 1");
	progress_end(&p);
	fclose(to);
	close(master);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(progress_is_silent),
	    cmocka_unit_test(progress_on_a_terminal),
	    cmocka_unit_test(progress_is_calm),
	};
	return cmocka_run_group_tests_name("console", tests, NULL, NULL);
}

/* The line of an audit's progress fits its terminal, and says the most useful first. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "job/audit_progress.h"

static void says(const struct audit_progress *p, size_t width, const char *text)
{
	struct buf out = BUF_INIT(BUF_LINE);
	audit_progress_write(&out, p, width);
	assert_string_equal(out.data, text);
	assert_true(utf8_length(buf_str(&out)) <= width);
	buf_clear(&out);
}

static void widths(void **state)
{
	(void)state;
	const struct audit_progress p = {.done = 3,
	    .schools = 12,
	    .done_now = 3,
	    .requests = 250,
	    .seconds = 100,
	    .school = "school-no-5"};
	says(&p, 80, "schools 3 of 12, about 6 min left, school-no-5, 2.5 requests a second");
	says(&p, 69, "schools 3 of 12, about 6 min left, school-no-5, 2.5 requests a second");
	says(&p, 68, "schools 3 of 12, about 6 min left, school-no-5");
	says(&p, 45, "schools 3 of 12, about 6 min left");
	says(&p, 20, "schools 3 of 12");
	says(&p, 9, "schools 3");
}

static void moments(void **state)
{
	(void)state;
	/* Nothing is done yet: nobody knows how long it takes. */
	struct audit_progress p = {.schools = 12};
	says(&p, 80, "schools 0 of 12");
	p.seconds = 2;
	p.requests = 1;
	says(&p, 80, "schools 0 of 12, 0.5 requests a second");
	/* Six were done by an earlier run. */
	p = (struct audit_progress){.done = 7, .schools = 12, .done_now = 1, .seconds = 60};
	says(&p, 30, "schools 7 of 12");
	says(&p, 80, "schools 7 of 12, about 6 min left, 0.0 requests a second");
	p = (struct audit_progress){.done = 1, .schools = 1001, .done_now = 1, .seconds = 60};
	says(&p, 40, "schools 1 of 1001, about 17 h left");
	p = (struct audit_progress){.done = 12, .schools = 12, .done_now = 12, .seconds = 60};
	says(&p, 80, "schools 12 of 12, 0.0 requests a second");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(widths),
	    cmocka_unit_test(moments),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

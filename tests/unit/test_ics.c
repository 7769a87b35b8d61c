/*
 * The iCalendar writer: lines, folding, escaping, and texts that would like to
 * be properties.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "text/ics.h"

#include <string.h>

static void begin(struct ics *c)
{
	ics_begin(c, "VCALENDAR");
}

static void test_form(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct ics c = ICS_INIT(&out);
	(void)state;
	begin(&c);
	ics_raw(&c, "VERSION", "2.0");
	ics_begin(&c, "VEVENT");
	ics_date(&c, "DTSTART", (struct date){2024, 2, 29});
	ics_text(&c, "SUMMARY", STR("Семинар"));
	ics_uri(&c, "URL", STR("https://a/б c,d;e"));
	ics_end(&c);
	ics_end(&c);
	assert_int_equal(ics_done(&c), 0);
	assert_string_equal(out.data,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240229\r\n"
	    "SUMMARY:Семинар\r\nURL:https://a/%D0%B1%20c,d;e\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	buf_clear(&out);
}

static void assert_line(struct str text, const char *value)
{
	struct buf out = BUF_INIT(BUF_LINE), whole = BUF_INIT(BUF_LINE);
	struct ics c = ICS_INIT(&out);
	begin(&c);
	ics_text(&c, "X", text);
	ics_end(&c);
	assert_int_equal(ics_done(&c), 0);
	buf_addf(&whole, "BEGIN:VCALENDAR\r\nX:%s\r\nEND:VCALENDAR\r\n", value);
	assert_string_equal(out.data, whole.data);
	buf_clear(&out);
	buf_clear(&whole);
}

static void test_escapes(void **state)
{
	(void)state;
	assert_line(STR("a,b;c\\d:e\"f\""), "a\\,b\\;c\\\\d:e\"f\"");
	assert_line(STR("a\nb\r\nc\rd\te"), "a\\nb\\nc\\nd\te");
	assert_line(STR(""), "");
}

/* No text ends its line, however it tries. */
static void test_hostile(void **state)
{
	(void)state;
	assert_line(STR("x\r\nEND:VCALENDAR\r\nBEGIN:VEVENT"), "x\\nEND:VCALENDAR\\nBEGIN:VEVENT");
	assert_line(STR("a\0b\x1b\x7f"), "a�b��");
	assert_line(STR("\xc2\x85\xff\xd0"), "���");
}

/* Every line has 75 octets at most and is UTF-8 by itself; unfolded, the text
 * is what it was. */
static void test_folding(void **state)
{
	struct buf text = BUF_INIT(BUF_LINE), out = BUF_INIT(BUF_LINE), back = BUF_INIT(BUF_LINE);
	(void)state;
	for (int shift = 0; shift < 8; shift++) {
		struct ics c = ICS_INIT(&out);
		buf_reset(&text);
		buf_reset(&out);
		buf_reset(&back);
		for (int i = 0; i < shift; i++)
			buf_addc(&text, 'x');
		for (int i = 0; i < 60; i++)
			buf_adds(&text, "щ,🏫");
		begin(&c);
		ics_text(&c, "SUMMARY", (struct str){text.data, text.len});
		ics_end(&c);
		assert_int_equal(ics_done(&c), 0);
		for (const char *line = out.data, *end; *line; line = end + 2) {
			end = strstr(line, "\r\n");
			assert_non_null(end);
			assert_in_range(end - line, 1, ICS_OCTETS);
			assert_true(utf8_valid((struct str){line, (size_t)(end - line)}));
			if (strncmp(line, "SUMMARY:", 8) == 0)
				buf_add(&back, line + 8, (size_t)(end - line) - 8);
			else if (*line == ' ')
				buf_add(&back, line + 1, (size_t)(end - line) - 1);
		}
		size_t kept = 0;
		for (size_t i = 0; i < back.len; i++)
			if (back.data[i] != '\\')
				back.data[kept++] = back.data[i];
		assert_int_equal(kept, text.len);
		assert_memory_equal(back.data, text.data, kept);
	}
	buf_clear(&text);
	buf_clear(&out);
	buf_clear(&back);
}

static void test_refuses(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct ics nothing = ICS_INIT(&out), outside = ICS_INIT(&out), no_day = ICS_INIT(&out);
	(void)state;
	assert_int_equal(ics_done(&nothing), -1);
	ics_text(&outside, "X", STR("y"));
	assert_int_equal(ics_done(&outside), -1);
	begin(&no_day);
	ics_date(&no_day, "DTSTART", (struct date){0});
	ics_end(&no_day);
	assert_int_equal(ics_done(&no_day), -1);
	buf_reset(&out);
	struct ics open = ICS_INIT(&out);
	begin(&open);
	assert_int_equal(ics_done(&open), -1);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_form),
	    cmocka_unit_test(test_escapes),
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_folding),
	    cmocka_unit_test(test_refuses),
	};
	return cmocka_run_group_tests_name("ics", tests, NULL, NULL);
}

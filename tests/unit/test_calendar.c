/*
 * The road map as calendars: which there are, what days and rules their
 * events have, and that no cell of the table becomes a property.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/calendar.h"
#include "render/deadline.h"
#include "render/pages.h"
#include "render/roadmap_term.h"
#include "support_render.h"

#include <string.h>

static void begin(struct rendering *t, const char *period, const char *rows)
{
	rendering_begin(t, period);
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t->f, TABLE_ROADMAP, rows);
	rendering_finish(t, PROFILE_PUBLIC);
}

static const char *all(struct rendering *t)
{
	assert_int_equal(calendars(&t->r), 0);
	return rendering_file(t, "roadmap/all.ics");
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;
	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static void assert_has(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("no %s in:\n%s", what, text);
}

static void test_event(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t, "",
	    "item,section,activity,when,from,to,responsible,result\n"
	    "m-1,\"Нормы, акты\",Принять акт,Февраль,2022-02-01,2022-02-28,Отдел,Приказ\n"
	    "m-2,S,Без даты,весной,,,Отдел,\n");
	const char *ics = all(&t);
	assert_int_equal(times(ics, "BEGIN:VEVENT\r\n"), 1);
	assert_has(ics, "UID:m-1@test.example.org\r\n");
	assert_has(ics, "DTSTAMP:20220630T000000Z\r\n");
	assert_has(ics, "DTSTART;VALUE=DATE:20220201\r\nDTEND;VALUE=DATE:20220301\r\n");
	assert_has(ics, "SUMMARY:Принять акт\r\n");
	assert_has(ics, "DESCRIPTION:Срок: Февраль\\nКто отвечает: Отде");
	assert_has(ics, "CATEGORIES:Нормы\\, акты\r\n");
	assert_has(ics, "URL:https://example.org/test/roadmap/#m-1\r\n");
	assert_null(strstr(ics, "RRULE"));
	rendering_end(&t);
}

/* The last day of each month named, within the dates or the programme. */
static void test_rules(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t, "period: 2021-2023\n",
	    "item,section,activity,from,to,every,months\n"
	    "a,S,A,2021-01-11,2023-01-31,year,1\n"
	    "b,S,B,,,year,2|10\n"
	    "c,S,C,2021-03-01,2023-12-31,quarter,\n"
	    "d,S,D,2021-02-01,2023-12-31,two-years,3\n"
	    "e,S,E,,,half-year,\n");
	const char *ics = all(&t);
	assert_has(ics,
	    "DTSTART;VALUE=DATE:20210131\r\nDTEND;VALUE=DATE:20210201\r\n"
	    "RRULE:FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=-1;UNTIL=20230131\r\n");
	assert_has(ics,
	    "DTSTART;VALUE=DATE:20210228\r\nDTEND;VALUE=DATE:20210301\r\n"
	    "RRULE:FREQ=MONTHLY;BYMONTH=2,10;BYMONTHDAY=-1;UNTIL=20231231\r\n");
	assert_has(ics,
	    "DTSTART;VALUE=DATE:20210331\r\nDTEND;VALUE=DATE:20210401\r\n"
	    "RRULE:FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;UNTIL=20231231\r\n");
	assert_has(ics, "RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=-1;UNTIL=20231231\r\n");
	assert_int_equal(times(ics, "BEGIN:VEVENT\r\n"), 4);
	rendering_end(&t);
}

/* What repeats every two years is not due in the year between. */
static void test_next(void **state)
{
	struct rendering t;
	struct deadline ahead[4];
	(void)state;
	begin(&t, "period: 2021-2025\n",
	    "item,section,activity,from,to,every,months,done\n"
	    "a,S,A,2021-02-01,2025-12-31,two-years,9,\n"
	    "b,S,B,2021-02-01,2025-12-31,year,9,\n"
	    "c,S,C,2022-06-30,2022-06-30,,,\n"
	    "d,S,D,2022-07-01,2022-07-02,,,2022-06-01\n"
	    "e,S,E,2022-07-01,,,,\n");
	assert_int_equal(deadlines_ahead(&t.r, ahead, 4), 3);
	assert_string_equal(ahead[0].item->id, "c");
	assert_string_equal(ahead[1].item->id, "b");
	assert_string_equal(date_iso(ahead[1].date).s, "2022-09-30");
	assert_string_equal(ahead[2].item->id, "a");
	assert_string_equal(date_iso(ahead[2].date).s, "2023-09-30");
	rendering_end(&t);
}

/* Two of one spelling are one; a slug that is taken gets a number. */
static void test_responsible(void **state)
{
	struct rendering t;
	struct calendars found;
	(void)state;
	begin(&t, "",
	    "item,section,activity,to,responsible\n"
	    "a,S,A,2022-03-01,Школы; отдел\n"
	    "b,S,B,2022-03-02,Отдел;отдел;\n"
	    "c,S,C,2022-03-03,all\n"
	    "d,S,D,2022-03-04,от-дел\n"
	    "e,S,E,2022-03-05,от дел\n"
	    "f,S,F,2022-03-06,«»\n"
	    "g,S,G,,Никто\n");
	assert_int_equal(calendars(&t.r), 0);
	calendars_find(&found, &t.r);
	assert_int_equal(found.count, 7);
	assert_null(found.items[0].title);
	assert_int_equal(found.items[0].count, 6);
	const char *otdel = rendering_file(&t, "roadmap/otdel.ics");
	assert_int_equal(times(otdel, "BEGIN:VEVENT\r\n"), 2);
	assert_has(otdel, "UID:a@");
	assert_has(otdel, "UID:b@");
	assert_non_null(rendering_file(&t, "roadmap/shkoly.ics"));
	assert_non_null(rendering_file(&t, "roadmap/all-2.ics"));
	assert_non_null(rendering_file(&t, "roadmap/ot-del.ics"));
	assert_non_null(rendering_file(&t, "roadmap/ot-del-2.ics"));
	assert_non_null(rendering_file(&t, "roadmap/responsible.ics"));
	assert_null(rendering_file(&t, "roadmap/nikto.ics"));
	rendering_end(&t);
}

static void test_hostile(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t, "",
	    "item,section,activity,to,responsible,result\n"
	    "a,S,\"A\r\nEND:VEVENT\r\nBEGIN:VALARM\",9999-12-31,../../etc,\"b\nRRULE:X\"\n");
	const char *ics = all(&t);
	assert_int_equal(times(ics, "\nBEGIN:"), 1);
	assert_null(strstr(ics, "\nRRULE"));
	assert_has(ics, "DTSTART;VALUE=DATE:99991231\r\nSUMMARY:");
	assert_non_null(rendering_file(&t, "roadmap/etc.ics"));
	rendering_end(&t);
}

/* A calendar without an event is against the standard. */
static void test_none(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t, "", "item,section,activity,responsible\na,S,A,Отдел\n");
	assert_null(all(&t));
	assert_int_equal(t.files.count, 0);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_event),
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_next),
	    cmocka_unit_test(test_responsible),
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_none),
	};
	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}

/*
 * The time line of the road map: how fine its columns are, where marks stand,
 * its table, and the lists of what is late and what comes next.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/chart_timeline.h"
#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static void assert_has(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("no %s in:\n%s", what, text);
}

static void test_columns(void **state)
{
	struct chart_timeline t;
	(void)state;
	assert_true(chart_timeline_fit(&t, 2020, 2023));
	assert_int_equal(t.parts, 4);
	assert_int_equal(chart_timeline_columns(&t), 16);
	assert_int_equal(chart_timeline_column(&t, (struct date){2020, 1, 1}), 0);
	assert_int_equal(chart_timeline_column(&t, (struct date){2020, 3, 31}), 0);
	assert_int_equal(chart_timeline_column(&t, (struct date){2020, 4, 1}), 1);
	assert_int_equal(chart_timeline_column(&t, (struct date){2023, 12, 31}), 15);
	assert_int_equal(chart_timeline_column(&t, (struct date){2024, 1, 1}), -1);
	assert_int_equal(chart_timeline_column(&t, (struct date){2019, 12, 31}), -1);
	assert_int_equal(chart_timeline_column(&t, (struct date){0}), -1);
	assert_true(chart_timeline_fit(&t, 2020, 2027));
	assert_int_equal(t.parts, 2);
	assert_true(chart_timeline_fit(&t, 2015, 2030));
	assert_int_equal(t.parts, 1);
	assert_false(chart_timeline_fit(&t, 2015, 2031));
	assert_false(chart_timeline_fit(&t, 2021, 2020));
}

static void test_strip(void **state)
{
	struct chart_timeline t;
	struct buf out = BUF_INIT(BUF_PAGE);
	size_t counts[TIMELINE_COLUMNS][TIMELINE_KINDS] = {{0}};
	(void)state;
	assert_true(chart_timeline_fit(&t, 2020, 2020));
	counts[1][TIMELINE_DONE] = 2;
	counts[3][TIMELINE_NO_MARK] = 11;
	t.today = (struct date){2020, 7, 2};
	chart_timeline_strip(&out, &t, counts, "Раздел \"<1>\"");
	assert_string_equal(out.data,
	    "<svg class=\"timeline\" width=\"100%\" height=\"54\" role=\"img\" "
	    "aria-label=\"Раздел &quot;&lt;1&gt;&quot;\">"
	    "<line class=\"year\" y2=\"100%\" x1=\"0%\" x2=\"0%\"/>"
	    "<line class=\"part\" y2=\"100%\" x1=\"25%\" x2=\"25%\"/>"
	    "<line class=\"part\" y2=\"100%\" x1=\"50%\" x2=\"50%\"/>"
	    "<line class=\"part\" y2=\"100%\" x1=\"75%\" x2=\"75%\"/>"
	    "<line class=\"year\" y2=\"100%\" x1=\"100%\" x2=\"100%\"/>"
	    "<line class=\"now\" y2=\"100%\" x1=\"50%\" x2=\"50%\"/>"
	    "<svg x=\"37.5%\" y=\"15\" aria-hidden=\"true\"><circle class=\"done\" r=\"10\"/>"
	    "<text class=\"done\" y=\"5\">2</text></svg>"
	    "<svg x=\"87.5%\" y=\"39\" aria-hidden=\"true\"><circle class=\"unmarked\" r=\"10\"/>"
	    "<text class=\"unmarked\" y=\"5\">11</text></svg></svg>");
	buf_clear(&out);
}

static void test_axis(void **state)
{
	struct chart_timeline t;
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	assert_true(chart_timeline_fit(&t, 2020, 2021));
	chart_timeline_axis(&out, &t, "сегодня");
	assert_string_equal(out.data,
	    "<svg class=\"timeline\" width=\"100%\" height=\"24\" aria-hidden=\"true\">"
	    "<text x=\"25%\" y=\"17\">2020</text><text x=\"75%\" y=\"17\">2021</text></svg>");
	buf_reset(&out);
	assert_true(chart_timeline_fit(&t, 2020, 2029));
	t.today = (struct date){2029, 12, 31};
	chart_timeline_axis(&out, &t, "сегодня");
	assert_null(strstr(out.data, ">2021<"));
	assert_has(out.data, ">2022<");
	assert_has(out.data, "<text class=\"now right\" x=\"99.9%\" y=\"41\">сегодня</text>");
	buf_clear(&out);
}

static const char *make(struct rendering *t, const char *rows)
{
	rendering_begin(t, "period: 2021-2023\n");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t->f, TABLE_ROADMAP, rows);
	rendering_finish(t, PROFILE_PUBLIC);
	assert_int_equal(page_roadmap(&t->r), 0);
	assert_int_equal(t->diag.errors, 0);
	return rendering_file(t, "roadmap/index.html");
}

static void test_page(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t,
	    "item,part,section,activity,from,to,responsible,done\n"
	    "a,меры,1,Сделано,2021-01-01,2021-03-31,Отдел,2021-03-01\n"
	    "b,меры,1,Прошло,2021-01-01,2021-03-30,Отдел,\n"
	    "c,план,1,Впереди,2022-07-01,2022-09-30,Школы,\n"
	    "d,план,1,Без даты,,,Школы,\n");
	assert_has(html, "aria-label=\"Меры: 1: 1-й квартал 2021 — сделано 1, отметки нет 1\"");
	assert_has(html, "aria-label=\"План: 1: 3-й квартал 2022 — срок не прошёл 1\"");
	assert_has(html, "href=\"../roadmap/index.html#part-2-1\"");
	assert_has(html, "<h3 id=\"part-2-1\">");
	assert_has(html, "<th scope=\"row\">Меры: 1</th><td data-h=\"Срок\">1-й квартал 2021</td>");
	assert_has(html, "У 1 меры даты нет");
	assert_has(html,
	    "<time datetime=\"2021-03-30\">30\u00a0марта 2021</time><span class=\"grow\">"
	    "<a href=\"../roadmap/index.html#b\">Прошло</a>");
	assert_has(html, "<time datetime=\"2022-09-30\">");
	assert_has(html, "href=\"../roadmap/all.ics\"");
	assert_has(
	    html, "href=\"../roadmap/otdel.ics\">Отдел</a><span class=\"src\">2 меры</span>");
	rendering_end(&t);
}

/* Nothing has a date: no time line, no calendar, and the lists say so. */
static void test_no_dates(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t, "item,section,activity\na,1,A\n");
	assert_has(html, "Таких мер нет.");
	assert_has(html, "Впереди сроков нет.");
	assert_null(strstr(html, "svg class=\"timeline"));
	assert_null(strstr(html, ".ics"));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_strip),
	    cmocka_unit_test(test_axis),
	    cmocka_unit_test(test_page),
	    cmocka_unit_test(test_no_dates),
	};
	return cmocka_run_group_tests_name("chart_timeline", tests, NULL, NULL);
}

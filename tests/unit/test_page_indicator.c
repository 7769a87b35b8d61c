/*
 * The pages of the indicators: formula, schools and their parts, what is
 * missing, the history of the summary, and that nothing hidden is told by a
 * status, a count or a target.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/indicator_view.h"
#include "render/indicator_words.h"
#include "render/pages.h"
#include "support_render.h"

#include <string.h>

#define NB "\u00a0"

static const char front[] = "period: 2021-2022\nkind_of_body: Комитет\n"
                            "disclosure: {level: values, minimum_group: 10}\n";
static const char schools[] = "school,name,kind\na,Альфа,secondary\nb,Бета,secondary\n"
                              "c,Гамма,secondary\nd,Дельта,primary\n";
static const char declared[] = "year,category,school,count\n2021,low-results,a,\n"
                               "2021,low-results,b,\n2021,low-results,c,\n2021,risk-zone,,4\n";

static void assert_has(const char *html, const char *part)
{
	if (!html || !strstr(html, part))
		fail_msg("no %s in:\n%s", part, html ? html : "nothing");
}

static void assert_lacks(const char *html, const char *part)
{
	assert_non_null(html);
	if (strstr(html, part))
		fail_msg("%s in:\n%s", part, html);
}

static void begin(struct rendering *t)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_DECLARED, declared);
}

static void finish(struct rendering *t, enum profile profile)
{
	rendering_finish(t, profile);
	assert_int_equal(page_indicators(&t->r), 0);
	assert_int_equal(page_indicator(&t->r), 0);
	assert_int_equal(t->diag.errors, 0);
}

/* -- how it is computed, and of what ---------------------------------------------- */

static void test_dynamics(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "dyn,G,Dyn,percent,at-least,dynamics:oge-math:pass_rate,low-results\n");
	support_table(&t.f, TABLE_TARGETS, "indicator,year,target\ndyn,2022,60\n");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,school,participants,pass_rate\n"
	    "2021,oge-math,a,20,70\n2022,oge-math,a,20,80\n"
	    "2021,oge-math,b,20,70\n2022,oge-math,b,20,65\n2022,oge-math,c,20,95\n");
	finish(&t, PROFILE_PUBLIC);
	const char *html = rendering_file(&t, "indicators/dyn/index.html");
	assert_has(html, "Школы, где выросло по сравнению с прошлым годом: ОГЭ по математике, ");
	assert_has(html, "Школы с низкими результатами");
	assert_has(html, "33,33" NB "% (1 из 3)");
	assert_has(html, "о 1 школе данных нет");
	/* each school with both years and their rows */
	assert_has(html, "Вклад каждой школы, 2022 год");
	assert_has(html, "results/index.html#L2\" title=\"results.csv, строка 2\">70" NB "%");
	assert_has(html, "results/index.html#L3\" title=\"results.csv, строка 3\">80" NB "%");
	assert_has(html, "нет данных");
	assert_lacks(html, "Не хватает");
	rendering_end(&t);
}

/* An audit has answers and no values: the answer leads to its row. */
static void test_audit(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "site,G,Site,percent,at-least,audit:programme,low-results\n");
	support_table(&t.f, TABLE_TARGETS,
	    "indicator,year,as_of,target\nsite,2022,,100\nsite,2022,2022-01-10,60\n");
	support_audit(&t.f, "2022-05-20",
	    "school,item,found\na,programme,yes\nb,programme,no\nc,programme,not-checked\n");
	finish(&t, PROFILE_PUBLIC);
	const char *html = rendering_file(&t, "indicators/site/index.html");
	assert_has(html, "50" NB "% (1 из 2)");
	assert_has(html, "раньше было: 100" NB "%");
	assert_has(html, "строка 2\">да</a>");
	assert_has(html, "строка 3\">нет</a>");
	assert_lacks(html, "title=\"не предоставлено\"");
	rendering_end(&t);
}

static void test_names_alone(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort,responsible\n"
	    "hand,G,Hand,percent,at-least,manual,low-results,Методист\n"
	    "counted,G,Counted,percent,at-least,manual,risk-zone,\n"
	    "other,G,Other,percent,at-least,manual,disadvantaged,\n");
	support_table(&t.f, TABLE_TARGETS,
	    "indicator,year,target\nhand,2022,60\ncounted,2022,70\nother,2022,70\n");
	finish(&t, PROFILE_PUBLIC);
	const char *html = rendering_file(&t, "indicators/hand/index.html");
	assert_has(html, "О каких школах показатель, 2022 год");
	assert_has(html, ">Альфа</a></li>");
	assert_has(html, ">Гамма</a></li>");
	assert_lacks(html, "Дельта");
	assert_has(
	    html, "Не хватает: значение за 2022 год (таблица values.csv). Кто даёт: Методист.");
	assert_has(rendering_file(&t, "indicators/counted/index.html"),
	    "4 школы; названия в документе не приведены.");
	assert_has(
	    rendering_file(&t, "indicators/other/index.html"), "Списка этих школ на этот год нет.");
	/* the dashboard says each thing once */
	html = rendering_file(&t, "indicators/index.html");
	assert_has(html, "Чего не хватает");
	assert_has(html, "Кто даёт: Методист.");
	const char *first = strstr(html, "Кто даёт: отдел образования.");
	assert_non_null(first);
	assert_null(strstr(first + 1, "Кто даёт: отдел образования."));
	rendering_end(&t);
}

/* -- the history ---------------------------------------------------------------------- */

static void test_history(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_today(&t.f, 2022, 6, 1);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\n"
	    "x,G,X,percent,at-least,manual\ny,G,Y,percent,at-most,manual\n");
	support_table(&t.f, TABLE_TARGETS,
	    "indicator,year,kind,target\nx,2020,baseline,5\nx,2021,,50\nx,2022,,60\ny,2021,,10\n");
	support_table(&t.f, TABLE_VALUES, "indicator,year,value\nx,2021,55\ny,2021,20\n");
	finish(&t, PROFILE_PUBLIC);
	const char *html = rendering_file(&t, "indicators/index.html");
	const char *history = strstr(html, "Сколько показателей с целью на этот год");
	assert_non_null(history);
	assert_lacks(history, "2020</th>\n<td class=\"num\" data-h=\"Достигнуто\"");
	struct indicator_tally then = indicator_tally(&t.r, 2021),
	                       now = indicator_tally(&t.r, 2022);
	assert_int_equal(then.of[INDICATOR_ACHIEVED], 1);
	assert_int_equal(then.of[INDICATOR_NOT_ACHIEVED], 1);
	assert_int_equal(now.of[INDICATOR_IN_PROGRESS], 1);
	assert_int_equal(now.of[INDICATOR_NOT_ACHIEVED], 0);
	assert_int_equal(then.hidden + now.hidden, 0);
	rendering_end(&t);
}

/* -- compared with the municipality ---------------------------------------------------- */

static void test_reference_by_hand(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\n"
	    "x,G,X,percent,at-least-reference,manual\ny,G,Y,percent,at-least-reference,manual\n");
	support_table(
	    &t.f, TABLE_TARGETS, "indicator,year,target\nx,2022,45.5\ny,2022,municipality\n");
	support_table(&t.f, TABLE_VALUES, "indicator,year,value\nx,2022,46\ny,2022,46\n");
	finish(&t, PROFILE_PUBLIC);
	const char *html = rendering_file(&t, "indicators/x/index.html");
	assert_has(html, "не хуже района (45,5" NB "%)");
	assert_has(html, "Достигнуто");
	html = rendering_file(&t, "indicators/y/index.html");
	assert_has(html, "Не хватает: значение по району за 2022 год (числом в столбце target");
	/* its value is a number to draw; nothing at all is not */
	assert_has(html, "<svg class=\"chart");
	rendering_end(&t);
}

static void test_no_empty_chart(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\ny,G,Y,percent,increase,manual\n");
	support_table(&t.f, TABLE_TARGETS, "indicator,year,target\ny,2022,increase\n");
	finish(&t, PROFILE_PUBLIC);
	assert_lacks(rendering_file(&t, "indicators/y/index.html"), "<svg class=\"chart");
	assert_lacks(rendering_file(&t, "indicators/index.html"), "<svg class=\"chart");
	rendering_end(&t);
}

/* -- nothing hidden is told -------------------------------------------------------------- */

/* 3 of 7 pupils: the value is hidden, and so are its status, the counts in
 * which it would be, and what its parent says. */
static void make_hidden(struct rendering *t, enum profile profile)
{
	begin(t);
	support_table(&t->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort,parent\n"
	    "low,G,Low,percent,at-most,below-minimum:oge-math,all,whole\n"
	    "whole,G,Whole,yes-no,yes,manual,,\n");
	support_table(&t->f, TABLE_TARGETS, "indicator,year,target\nlow,2021,90\nwhole,2021,yes\n");
	support_table(&t->f, TABLE_RESULTS,
	    "year,procedure,school,participants,below_minimum\n2021,oge-math,a,7,3\n");
	finish(t, profile);
}

static void test_hidden_status(void **state)
{
	struct rendering t;
	(void)state;
	make_hidden(&t, PROFILE_PUBLIC);
	assert_int_equal(t.assessment.indicators[0].current->status, INDICATOR_ACHIEVED);
	const char *html = rendering_file(&t, "indicators/low/index.html");
	assert_has(html, "Скрыто");
	assert_lacks(html, "Достигнуто");
	html = rendering_file(&t, "indicators/whole/index.html");
	assert_has(html, "Скрыто");
	assert_lacks(html, "1 из 1");
	struct indicator_tally tally = indicator_tally(&t.r, 0);
	assert_int_equal(tally.hidden, 2);
	assert_int_equal(tally.of[INDICATOR_ACHIEVED], 0);
	tally = indicator_tally(&t.r, 2021);
	assert_int_equal(tally.hidden, 2);
	rendering_end(&t);
	make_hidden(&t, PROFILE_INTERNAL);
	assert_has(rendering_file(&t, "indicators/low/index.html"), "Достигнуто");
	assert_int_equal(indicator_tally(&t.r, 0).of[INDICATOR_ACHIEVED], 2);
	rendering_end(&t);
}

/* The municipal row is hidden with its single school: no target either. */
static void test_hidden_reference(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort\n"
	    "ref,G,Ref,percent,at-least-reference,below-minimum:oge-math,all\n"
	    "open,G,Open,percent,at-least-reference,below-minimum:oge-rus,all\n");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,scope,school,participants,below_minimum\n"
	    "2021,oge-math,school,a,7,3\n2021,oge-math,municipality,,7,3\n"
	    "2021,oge-rus,school,a,40,10\n2021,oge-rus,school,b,60,10\n"
	    "2021,oge-rus,municipality,,100,20\n");
	finish(&t, PROFILE_PUBLIC);
	const struct indicator_year *y = t.assessment.indicators[0].current;
	assert_true(y->target.set);
	assert_false(disclosure_target(&t.disclosure, y));
	assert_false(disclosure_status(&t.disclosure, y));
	assert_lacks(rendering_file(&t, "indicators/ref/index.html"), "42,86");
	assert_true(disclosure_target(&t.disclosure, t.assessment.indicators[1].current));
	assert_has(rendering_file(&t, "indicators/open/index.html"), "не хуже района (20" NB "%)");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_dynamics),
	    cmocka_unit_test(test_audit),
	    cmocka_unit_test(test_names_alone),
	    cmocka_unit_test(test_history),
	    cmocka_unit_test(test_reference_by_hand),
	    cmocka_unit_test(test_no_empty_chart),
	    cmocka_unit_test(test_hidden_status),
	    cmocka_unit_test(test_hidden_reference),
	};
	return cmocka_run_group_tests_name("page_indicator", tests, NULL, NULL);
}

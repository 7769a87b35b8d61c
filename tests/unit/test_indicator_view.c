/*
 * Targets in words, and indicators without any year.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/status.h"
#include "render/indicator_chart.h"
#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static void make(struct rendering *t, const char *period)
{
	rendering_begin(t, period);
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,levels\n"
	    "least,G,Least,level,at-least,manual,absent|forming|present\n"
	    "most,G,Most,level,at-most,manual,absent|forming|present\n"
	    "share,G,Share,percent,at-least,manual,\n"
	    "yes,G,Yes,yes-no,yes,manual,\n"
	    "more,G,More,percent,increase,manual,\n"
	    "none,G,None,percent,none,manual,\n"
	    "aimless,G,Aimless,percent,at-least,manual,\n");
	support_table(&t->f, TABLE_TARGETS,
	    "indicator,year,target\nleast,2022,present\nmost,2022,forming\nshare,2022,70\n");
	rendering_finish(t, PROFILE_PUBLIC);
}

static const struct indicator_state *state_of(const struct rendering *t, const char *id)
{
	for (size_t i = 0; i < t->assessment.count; i++)
		if (strcmp(t->assessment.indicators[i].indicator->id, id) == 0)
			return &t->assessment.indicators[i];
	fail_msg("no indicator %s", id);
	return NULL;
}

static void test_targets(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "period: 2022-2024\n");
	assert_string_equal(indicator_target_text(&t.r, state_of(&t, "least")->current, false),
	    "не ниже уровня «есть»");
	assert_string_equal(indicator_target_text(&t.r, state_of(&t, "most")->current, false),
	    "не выше уровня «формируется»");
	assert_string_equal(indicator_target_text(&t.r, state_of(&t, "share")->current, false),
	    "не меньше 70\u00a0%");
	rendering_end(&t);
}

/* No row needed: something is to be reached, and it is open or without data. */
static void test_without_rows(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "period: 2022-2024\n");
	assert_null(state_of(&t, "yes")->current);
	assert_string_equal(
	    indicator_aim_text(&t.r, state_of(&t, "yes")->indicator), "должно быть выполнено");
	assert_string_equal(
	    indicator_aim_text(&t.r, state_of(&t, "more")->indicator), "больше, чем годом раньше");
	assert_string_equal(
	    indicator_aim_text(&t.r, state_of(&t, "none")->indicator), "цель не задана");
	assert_string_equal(
	    indicator_aim_text(&t.r, state_of(&t, "aimless")->indicator), "цель не задана");
	assert_int_equal(t.assessment.no_target, 2);
	assert_int_equal(t.assessment.in_progress, 5);
	assert_int_equal(page_indicator(&t.r), 0);
	const char *html = rendering_file(&t, "indicators/yes/index.html");
	assert_non_null(strstr(html, "должно быть выполнено"));
	assert_non_null(strstr(html, "В работе"));
	assert_null(strstr(html, "цель не задана"));
	rendering_end(&t);
	make(&t, "period: 2020-2021\n");
	assert_int_equal(t.assessment.no_data, 2);
	assert_int_equal(
	    indicator_status_now(state_of(&t, "more"), 2021, (struct date){2022, 1, 1}),
	    INDICATOR_NO_DATA);
	rendering_end(&t);
}

/* Two values are a line, one or an answer in words is none. */
static void test_trends(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "period: 2020-2022\n");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\n"
	    "share,G,Share,percent,at-least,manual\n"
	    "single,G,Single,percent,at-least,manual\n"
	    "yes,H,Yes,yes-no,yes,manual\n");
	support_table(&t.f, TABLE_TARGETS, "indicator,year,target\nshare,2022,70\n");
	support_table(&t.f, TABLE_VALUES,
	    "indicator,year,value\nshare,2020,40\nshare,2022,\"62,5\"\nsingle,2022,10\n"
	    "yes,2021,no\nyes,2022,yes\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(indicator_points(&t.r, state_of(&t, "share")), 2);
	assert_int_equal(indicator_points(&t.r, state_of(&t, "yes")), 0);
	assert_int_equal(indicator_chart(&t.r, state_of(&t, "yes")).n, 0);
	assert_int_equal(page_indicators(&t.r), 0);
	const char *html = rendering_file(&t, "indicators/index.html");
	assert_non_null(strstr(html, "40\u00a0% → 62,5\u00a0%, 2020–2022"));
	assert_non_null(strstr(html, "1 график по годам"));
	const char *spark = strstr(html, "class=\"spark\"");
	assert_non_null(spark);
	assert_null(strstr(spark + 1, "class=\"spark\""));
	assert_non_null(strstr(html, "id=\"chart-share-title\""));
	assert_null(strstr(html, "chart-single-title"));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_without_rows),
	    cmocka_unit_test(test_trends),
	};
	return cmocka_run_group_tests_name("indicator_view", tests, NULL, NULL);
}

/*
 * The road map: what is planned beside what comes of it, the level of a
 * measure and the way to its pair.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static const char *make(struct rendering *t, const char *rows)
{
	rendering_begin(t, "");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t->f, TABLE_ROADMAP, rows);
	rendering_finish(t, PROFILE_PUBLIC);
	assert_int_equal(page_roadmap(&t->r), 0);
	assert_int_equal(t->diag.errors, 0);
	return rendering_file(t, "roadmap/index.html");
}

static void test_target(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t,
	    "item,section,activity,result,target\na,S,A,Список,не менее 10 %\nb,S,B,,100 %\nc,S,C,Приказ,\n");
	assert_non_null(
	    strstr(html, "Список <span class=\"src plan\">план: не менее 10 %</span></td>"));
	assert_non_null(strstr(html, "> <span class=\"src plan\">план: 100 %</span></td>"));
	assert_non_null(strstr(html, ">Приказ</td>"));
	rendering_end(&t);
}

/* A tag on every measure would say nothing where all are of one level. */
static void test_level(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t, "item,section,activity,level\na,S,A,municipality\nb,S,B,\n");
	assert_null(strstr(html, "class=\"tag"));
	rendering_end(&t);
	html = make(&t, "item,section,activity,level\na,S,A,municipality\nb,S,B,school\nc,S,C,\n");
	assert_non_null(
	    strstr(html, "A <span class=\"tag src\" data-facet=\"Уровень\">муниципалитет</span>"));
	assert_non_null(
	    strstr(html, "B <span class=\"tag src\" data-facet=\"Уровень\">школа</span>"));
	assert_non_null(strstr(html, "<th scope=\"row\">C</th>"));
	rendering_end(&t);
}

static void test_pair(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t,
	    "item,section,activity,level,pair\na,S,A,municipality,b\nb,S,B,school,a\nc,S,C,,\n");
	assert_non_null(strstr(
	    html, "<a class=\"src\" href=\"../roadmap/index.html#b\">то же на уровне школы</a>"));
	assert_non_null(strstr(html,
	    "<a class=\"src\" href=\"../roadmap/index.html#a\">то же на уровне муниципалитета</a>"));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_target),
	    cmocka_unit_test(test_level),
	    cmocka_unit_test(test_pair),
	};
	return cmocka_run_group_tests_name("page_roadmap", tests, NULL, NULL);
}

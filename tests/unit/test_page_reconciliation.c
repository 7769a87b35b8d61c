/*
 * The reconciliation page: every year and category, with the schools in the
 * place where they belong; lists of numbers only, and lists without a method.
 * Also what is said of a department that names no schools.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static const char path[] = "identification/reconciliation/index.html";

/* By the method: a and b; e has no data. */
static const char schools[] = "school,name,kind\na,Яблоня,secondary\nb,Берёза,secondary\n"
                              "c,Клён,secondary\nd,Дуб,secondary\ne,Ель,secondary\n";
static const char results[] = "year,procedure,school,participants,below_minimum\n"
                              "2021,oge-math,a,20,8\n2021,oge-rus,a,20,8\n"
                              "2021,oge-math,b,20,8\n2021,oge-rus,b,20,8\n"
                              "2021,oge-math,c,20,1\n2021,oge-rus,c,20,1\n"
                              "2021,oge-math,d,20,1\n2021,oge-rus,d,20,1\n"
                              "2020,oge-math,c,20,1\n2020,oge-math,d,20,1\n";
static const char others[] =
    "vpr-math-5,vpr-math-6,vpr-rus-5,vpr-rus-6,ege-math-base,ege-math-prof,ege-rus";

/* Nothing else took place, so that c and d are known not to be listed. */
static const char *all_results(struct rendering *t)
{
	struct str rest = str_of(others), procedure;
	const char *csv = "year,scope,procedure,school,participants,below_minimum,status\n";
	struct str rows = str_of(results), line;
	str_next(&rows, '\n', &line);
	while (str_next(&rows, '\n', &line))
		csv = arena_printf(&t->arena, "%s%.4s,school%.*s,held\n", csv, line.p,
		    (int)line.n - 4, line.p + 4);
	while (str_next(&rest, ',', &procedure))
		for (int year = 2020; year <= 2021; year++)
			csv = arena_printf(&t->arena, "%s%d,municipality,%.*s,,,,cancelled\n", csv,
			    year, (int)procedure.n, procedure.p);
	return arena_printf(&t->arena, "%s2020,municipality,oge-rus,,,,cancelled\n", csv);
}

static const char *make(struct rendering *t, const char *front, const char *declared)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_RESULTS, all_results(t));
	if (declared)
		support_table(&t->f, TABLE_DECLARED, declared);
	rendering_finish(t, PROFILE_PUBLIC);
	assert_int_equal(page_reconciliation(&t->r), 0);
	assert_int_equal(t->diag.errors, 0);
	return rendering_file(t, path);
}

static const char methods[] = "methods: [fioko-low-results]\nperiod: 2022-2024\n";

/* The schools of a standing, as they stand in the page. */
static const char *standing(struct rendering *t, const char *html, const char *name)
{
	const char *year = strstr(html, "id=\"year-2022\"");
	const char *begin = strstr(year, arena_printf(&t->arena, "<dt>%s:", name));
	if (!begin)
		fail_msg("no %s in:\n%s", name, html);
	const char *end = strstr(begin, "</dd>");
	return arena_strndup(&t->arena, begin, (size_t)(end - begin));
}

static void test_standings(void **state)
{
	struct rendering t;
	const char *html, *part;
	(void)state;
	html = make(&t, methods,
	    "year,category,school\n2022,low-results,a\n2022,low-results,c\n"
	    "2022,disadvantaged,d\n2022,disadvantaged,b\n");
	part = standing(&t, html, "В обоих списках");
	assert_shows(part, ": 1</dt>");
	assert_shows(part, "../../schools/a/index.html\">Яблоня</a>");
	part = standing(&t, html, "Только объявлены");
	assert_shows(part, ">Клён<");
	part = standing(&t, html, "Только по методике");
	assert_shows(part, ">Берёза<");
	part = standing(&t, html, "Сверить нельзя");
	assert_shows(part, ">Ель<");
	part = standing(&t, html, "Ни в одном списке");
	assert_shows(part, ": 1</dt>");
	assert_shows(part, ">Дуб<");
	/* no method: the names alone, by the alphabet */
	part = standing(&t, html, "Объявлено");
	assert_true(strstr(part, "Берёза") < strstr(part, "Дуб"));
	assert_shows(html, "Методики для такого списка нет");
	assert_shows(html, "data/identification.csv");
	assert_shows(html, "identification/2022/index.html");
	assert_shows_no(html, "Списки сходятся по всем школам");
	rendering_end(&t);
}

static void test_only_computed(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t, methods, NULL);
	assert_shows(html, "Объявленного списка на этот год нет.");
	const char *part = standing(&t, html, "По методике");
	assert_true(strstr(part, "Берёза") < strstr(part, "Яблоня"));
	assert_shows(standing(&t, html, "Ответа нет"), ">Ель<");
	assert_shows_no(html, "<dt>Ни в одном списке");
	rendering_end(&t);
}

/* A number cannot be compared school by school, but both lengths are told. */
static void test_unnamed(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t, methods, "year,category,school,count\n2022,low-results,,3\n");
	assert_shows(html, "В документе дано только число: 3 школы.");
	assert_shows(html, "можно сравнить только их длину");
	assert_shows(standing(&t, html, "По методике"), ": 2</dt>");
	assert_shows_no(html, "<dt>Только объявлены");
	rendering_end(&t);
}

/* Each year stands for itself, the earliest first; a method without numbers. */
static void test_years(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = make(&t, methods,
	    "year,category,school,count\n2018,low-results,,3\n2022,low-results,a,\n2022,low-results,b,\n");
	const char *first = strstr(html, "id=\"year-2018\""),
	           *last = strstr(html, "id=\"year-2022\"");
	assert_true(first && last && first < last);
	assert_shows(html, "Методика для такого списка есть, но чисел для расчёта");
	assert_shows(html, "../../../methods/fioko-low-results/index.html");
	rendering_end(&t);
}

static void test_agree(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, methods);
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,school,participants,below_minimum\n2021,oge-math,a,20,8\n2021,oge-rus,a,20,8\n");
	support_table(&t.f, TABLE_DECLARED, "year,category,school\n2022,low-results,a\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	page_reconciliation(&t.r);
	assert_shows(rendering_file(&t, path), "Списки сходятся по всем школам");
	rendering_end(&t);
}

static void test_nothing(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_reconciliation(&t.r), 0);
	const char *html = rendering_file(&t, path);
	assert_shows(html, "Ни объявленного списка, ни чисел для расчёта ещё нет");
	assert_shows(html, "В документах нет чисел, отмеченных для сверки");
	assert_shows_no(html, "<table");
	rendering_end(&t);
}

/* The identification pages lead here, and this page to them. */
static void test_links(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, methods, NULL);
	page_identification(&t.r);
	assert_shows(rendering_file(&t, "identification/index.html"),
	    "../identification/reconciliation/index.html");
	assert_shows(rendering_file(&t, "identification/2022/index.html"),
	    "../../identification/reconciliation/index.html");
	rendering_end(&t);
}

/* A document that counts schools and names none. */
static void test_no_schools(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, methods);
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\n");
	support_table(&t.f, TABLE_DECLARED, "year,category,school,count\n2022,low-results,,6\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	page_overview(&t.r);
	page_schools(&t.r);
	page_identification(&t.r);
	assert_shows(rendering_file(&t, "index.html"), "школ; названия в документе не приведены");
	assert_shows_no(rendering_file(&t, "index.html"), "из 0 школ");
	const char *html = rendering_file(&t, "schools/index.html");
	assert_shows(html, "Поддержку получают 6 школ; названия в документе не приведены.");
	assert_shows(html, "Названий школ на этом сайте нет");
	assert_shows_no(html, "<table");
	html = rendering_file(&t, "identification/index.html");
	assert_shows(html, "Методика для такого списка есть, но чисел для расчёта");
	assert_shows(html, "methods/fioko-low-results/index.html");
	assert_shows(html, "Известно только, сколько школ в списке");
	assert_shows_no(html, "не описывает");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_standings),
	    cmocka_unit_test(test_only_computed),
	    cmocka_unit_test(test_unnamed),
	    cmocka_unit_test(test_years),
	    cmocka_unit_test(test_agree),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_no_schools),
	};
	return cmocka_run_group_tests_name("page_reconciliation", tests, NULL, NULL);
}

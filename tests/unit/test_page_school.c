/*
 * Pages of schools: what stands where, what is hidden, what is said to be
 * missing; the list of schools; the numbers behind the charts.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "render/results_chart.h"
#include "support_render.h"

#include <string.h>

static const char open_front[] = "methods: [fioko-low-results]\n"
                                 "period: 2022-2024\n"
                                 "labels: {low-results: ШНОР}\n"
                                 "disclosure: {level: values, minimum_group: 5}\n";

static const char schools[] = "school,name,short_name,kind,locality,aliases\n"
                              "one,МОУ «Школа № 1»,Школа № 1,secondary,,Первая\n"
                              "ten,Школа № 10,,secondary,,\n"
                              "little,Начальная,,primary,Село,\n";

static const char results[] =
    "year,procedure,scope,school,participants,below_minimum,pass_rate,quality_rate,status,note\n"
    "2020,oge-math,school,one,20,8,60,30,held,\n"
    "2021,oge-math,school,one,20,7,65,41.67,held,Исправлено\n"
    "2020,oge-rus,school,one,20,1,95,50,held,\n"
    "2021,oge-math,school,ten,3,1,66.7,33.3,held,Тайна\n"
    "2021,oge-rus,school,ten,,,,,not-supplied,\n"
    "2020,oge-math,municipality,,,,68.2,20.9,held,\n"
    "2021,oge-math,municipality,,,,95.7,24.29,held,\n";

static void fill(struct rendering *t, const char *front)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_BODIES, "body,title\ncentre,Ресурсный центр\n");
	support_table(&t->f, TABLE_RESULTS, results);
	support_table(&t->f, TABLE_CONTEXT,
	    "year,school,students,single_parent,registered,small_school\n"
	    "2022,one,200,50,17,нет\n"
	    "2022,ten,300,,,да\n");
	support_table(&t->f, TABLE_DECLARED,
	    "year,category,school\n2022,low-results,one\n2022,disadvantaged,little\n");
	support_table(&t->f, TABLE_ROADMAP,
	    "item,section,activity,when,to\n"
	    "m-1,S,Помочь школе Первая с математикой,весной,2022-05-31\n"
	    "m-2,S,Выезд в Школа № 10,,2022-12-31\n");
	support_table(&t->f, TABLE_SUPPORT,
	    "school,supporter,kind,from,to,document\n"
	    "one,Школа № 10,mentor,2022-01-10,2022-12-31,documents/r.md\n"
	    "one,centre,tutor,,,\n");
	support_audit(&t->f, "2022-01-15", "school,item,found,visit\none,order,yes,1\n");
	support_audit(&t->f, "2022-02-01",
	    "school,item,found,url,visit\n"
	    "one,programme,no,,1\n"
	    "one,programme,yes,https://one.example/x,2\n");
	support_content(&t->f, "documents/r.md",
	    "---\ntitle: Советы школе\nkind: recommendation\ndate: 2022-03-01\n"
	    "schools: [Первая]\n---\nText.\n");
	support_content(&t->f, "schools/one.md", "---\nstatus: published\n---\nСлова о школе.\n");
	support_content(&t->f, "schools/ten.md", "---\nstatus: draft\n---\nЧерновик.\n");
}

static void make(struct rendering *t, const char *front, enum profile profile)
{
	fill(t, front);
	rendering_finish(t, profile);
	assert_int_equal(page_schools(&t->r), 0);
	assert_int_equal(page_school(&t->r), 0);
	if (t->diag.count)
		fail_msg("%s: %s", t->diag.items[0].rule, t->diag.items[0].text);
}

/* -- one school ---------------------------------------------------------------- */

static void test_school_tells_all(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, open_front, PROFILE_PUBLIC);
	const char *page = rendering_file(&t, "schools/one/index.html");
	assert_non_null(page);
	assert_shows(page, "<h1>Школа\u00a0№\u00a01</h1>");
	assert_shows(page, "МОУ «Школа\u00a0№\u00a01»");
	assert_shows(page, "<span class=\"tag\">ШНОР, список 2022 года</span>");
	assert_shows(page, "Слова о\u00a0школе.");
	assert_shows(page, "41,67");
	assert_shows(page, "2021: Исправлено");
	assert_shows(page, "<svg");
	assert_shows(page, "50 из 200");
	assert_shows_no(page, "17 из 200"); /* a register: never public by school */
	assert_shows(page, "По школам не публикуется");
	assert_shows(page, "Советы школе");
	assert_shows(page, "../../schools/ten/index.html\">Школа\u00a0№\u00a010</a>");
	assert_shows(page, "с 10\u00a0января 2022 до 31\u00a0декабря 2022");
	assert_shows(page, "Ресурсный центр");
	assert_shows(page, "roadmap/index.html#m-1");
	assert_shows_no(page, "roadmap/index.html#m-2"); /* № 1 is not in № 10 */
	assert_shows(page, "https://one.example/x");     /* the last visit of the last audit */
	assert_shows_no(page, "Не найдено");
	assert_shows(page, "1\u00a0февраля 2022");
	rendering_end(&t);
}

static void test_small_group_is_hidden(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, open_front, PROFILE_PUBLIC);
	const char *page = rendering_file(&t, "schools/ten/index.html");
	assert_shows(page, "<abbr title=\"скрыто: малая группа или защита малой группы\">x</abbr>");
	assert_shows(page, "<abbr title=\"не предоставлено\">:</abbr>");
	assert_shows_no(page, "66,7");
	assert_shows_no(page, "33,3");
	assert_shows_no(page, "Тайна");
	assert_shows_no(page, "Черновик");
	assert_shows(page, "ещё не проверяли");
	assert_shows(page, "не названы");
	rendering_end(&t);
	make(&t, open_front, PROFILE_INTERNAL);
	page = rendering_file(&t, "schools/ten/index.html");
	assert_shows(page, "66,7");
	assert_shows(page, "Тайна");
	assert_shows(rendering_file(&t, "schools/one/index.html"), "17 из 200");
	rendering_end(&t);
}

static void test_primary_school_has_no_exams(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, open_front, PROFILE_PUBLIC);
	const char *page = rendering_file(&t, "schools/little/index.html");
	assert_shows(page, "Результатов этой школы ещё нет");
	assert_shows_no(page, "ОГЭ по математике: доля");
	assert_shows(page, "начальная школа, Село");
	rendering_end(&t);
}

static void test_status_level_shows_no_numbers(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "methods: [fioko-low-results]\ndisclosure: {level: status, minimum_group: 5}\n",
	    PROFILE_PUBLIC);
	const char *page = rendering_file(&t, "schools/one/index.html");
	assert_shows_no(page, "41,67");
	assert_shows_no(page, "50 из 200");
	assert_shows_no(page, "Исправлено");
	assert_shows_no(page, "<figure>");
	assert_shows(page, "Здесь только решение");
	rendering_end(&t);
}

static void test_no_method(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "period: 2022-2024\n", PROFILE_PUBLIC);
	assert_shows(rendering_file(&t, "schools/one/index.html"), "Методики, по которой");
	rendering_end(&t);
}

/* Methods of all four kinds on one page, each under its own title. */
static void test_every_kind_of_method(void **state)
{
	static const char front[] =
	    "methods: [fioko-low-results, social-wellbeing, kezhma-low-results, "
	    "kezhma-risk-zone]\n"
	    "disclosure: {level: values, minimum_group: 5}\n";
	struct rendering t;
	(void)state;
	rendering_begin(&t, front);
	support_table(&t.f, TABLE_SCHOOLS, schools);
	support_table(&t.f, TABLE_RESULTS, results);
	support_table(&t.f, TABLE_CONTEXT,
	    "year,school,students,both_parents_higher,single_parent,registered\n"
	    "2022,one,200,60,50,4\n2022,ten,300,90,60,20\n");
	support_table(&t.f, TABLE_FACTORS,
	    "year,school,factor,present\n2022,one,near-threshold,yes\n2022,one,staff-shortage,no\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_school(&t.r), 0);
	assert_int_equal(page_overview(&t.r), 0);
	if (t.diag.count)
		fail_msg("%s: %s", t.diag.items[0].rule, t.diag.items[0].text);
	const char *page = rendering_file(&t, "schools/one/index.html");
	for (size_t i = 0; i < t.f.department.nmethods; i++)
		assert_shows(page, t.f.department.methods[i]->title);
	rendering_end(&t);
}

/* -- the list --------------------------------------------------------------------- */

static void test_list_is_alphabetical(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, open_front, PROFILE_PUBLIC);
	const char *page = rendering_file(&t, "schools/index.html");
	const char *one = strstr(page, "schools/one/"), *ten = strstr(page, "schools/ten/");
	const char *little = strstr(page, "schools/little/");
	assert_true(little && one && ten && little < one && one < ten);
	assert_shows(page, "3 школы, в списках на поддержку\u00a0— 2");
	assert_shows(page, "ШНОР (низкие результаты обучения): 1");
	assert_shows(page, "Село");
	assert_shows(page, "Адресов сайтов");
	rendering_end(&t);
}

/* Names of schools and notes come from outside. */
static void test_markup_in_data_is_text(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, open_front);
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\nx,\"<b>\"\"&'\",secondary\n");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,school,participants,quality_rate,note\n"
	    "2020,oge-math,x,20,10,<i>\n2021,oge-math,x,20,20,</script>\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_school(&t.r), 0);
	const char *page = rendering_file(&t, "schools/x/index.html");
	assert_shows_no(page, "<b>\"&'");
	assert_shows_no(page, "<i>");
	assert_shows_no(page, "</script>;");
	assert_shows(page, "&lt;b&gt;");
	rendering_end(&t);
}

/* -- numbers by year ----------------------------------------------------------------- */

static void test_spans(void **state)
{
	struct rendering t;
	struct results_spans spans;
	(void)state;
	fill(&t, open_front);
	rendering_finish(&t, PROFILE_PUBLIC);
	results_spans(&spans, &t.r);
	assert_int_equal(spans.count, 2);
	const struct results_span *math = &spans.items[0];
	assert_string_equal(math->procedure->id, "oge-math"); /* as the method names them */
	assert_int_equal(math->nyears, 2);
	assert_int_equal(math->years[0], 2020);
	assert_int_equal(math->years[1], 2021);
	assert_true(math->of_municipality);
	assert_false(math->of_region);
	assert_true(results_has_field(math, FIELD_PASS_RATE));
	assert_false(results_has_field(math, FIELD_BELOW_MINIMUM_SHARE)); /* said already */
	assert_false(results_has_field(math, FIELD_MEAN_MARK));
	rendering_end(&t);
}

static void assert_figure(
    const struct rendering *t, const char *school, int year, const char *gap, int64_t n, int64_t d)
{
	static const char *const gaps[] = {
	    "", "hidden", "withheld", "not supplied", "not applicable"};
	struct results_spans spans;
	results_spans(&spans, &t->r);
	struct results_place place = results_place(
	    &t->r, &spans.items[0], SCOPE_SCHOOL, support_school(&t->f, school), year);
	struct results_figure f = results_figure(&t->r, &place, FIELD_QUALITY_RATE);
	assert_string_equal(gaps[f.gap], gap);
	if (!*gap)
		assert_frac(f.number, n, d);
	else
		assert_unset(f.number);
}

static void test_figures(void **state)
{
	struct rendering t;
	(void)state;
	fill(&t, open_front);
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_figure(&t, "one", 2021, "", 4167, 100);
	assert_figure(&t, "ten", 2021, "hidden", 0, 0);
	assert_figure(&t, "ten", 2020, "not supplied", 0, 0);
	assert_figure(&t, "little", 2021, "not applicable", 0, 0);
	assert_figure(&t, "one", 1999, "not supplied", 0, 0);
	rendering_end(&t);
}

static void test_chart_needs_points(void **state)
{
	struct rendering t;
	struct results_spans spans;
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	fill(&t, open_front);
	rendering_finish(&t, PROFILE_PUBLIC);
	results_spans(&spans, &t.r);
	struct results_chart chart = {&spans.items[0], FIELD_QUALITY_RATE,
	    support_school(&t.f, "one"), "c", "Подпись", 3, NULL};
	assert_false(results_chart(&t.r, &out, &chart));
	assert_int_equal(out.len, 0);
	chart.least = 2;
	assert_true(results_chart(&t.r, &out, &chart));
	assert_shows(out.data, "Подпись");
	assert_shows(out.data, "2020 — 30; 2021 — 41,67.");
	buf_reset(&out);
	chart.school = support_school(&t.f, "ten"); /* its only point is hidden */
	chart.least = 1;
	assert_false(results_chart(&t.r, &out, &chart));
	chart.school = NULL; /* the municipality alone */
	chart.caption = NULL;
	assert_true(results_chart(&t.r, &out, &chart));
	assert_shows(out.data, "ОГЭ по математике: доля отметок");
	buf_clear(&out);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_school_tells_all),
	    cmocka_unit_test(test_small_group_is_hidden),
	    cmocka_unit_test(test_primary_school_has_no_exams),
	    cmocka_unit_test(test_status_level_shows_no_numbers),
	    cmocka_unit_test(test_no_method),
	    cmocka_unit_test(test_every_kind_of_method),
	    cmocka_unit_test(test_list_is_alphabetical),
	    cmocka_unit_test(test_markup_in_data_is_text),
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_figures),
	    cmocka_unit_test(test_chart_needs_points),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

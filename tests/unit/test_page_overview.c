/*
 * The overview: key figures, who is helped and what the method says to it,
 * what comes next; the deadlines behind it, and the words for places.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/deadline.h"
#include "render/indicator_view.h"
#include "render/pages.h"
#include "render/place_view.h"
#include "render/support_view.h"
#include "support_render.h"

#include <string.h>

static const char front[] = "short: Тестовый район\n"
                            "region: Иркутская область\n"
                            "methods: [fioko-low-results]\n"
                            "period: 2022-2024\n"
                            "labels: {low-results: ШНОР}\n"
                            "disclosure: {level: values, minimum_group: 5}\n"
                            "contacts:\n"
                            "  - {role: Начальник, phone: \"8 (39535) 1-23-45, доб. 6\"}\n"
                            "  - {role: Отдел, phone: \"+7 (3953) 51-23-45 доб. 6\"}\n"
                            "  - {role: Служба, phone: \"1-23\"}\n"
                            "  - {role: Архив, phone: \"уточняется\"}\n";

static const char schools[] = "school,name,kind,to_year\n"
                              "a,Альфа,secondary,\n"
                              "b,Бета,secondary,\n"
                              "c,Гамма,secondary,\n"
                              "old,Старая,secondary,2010\n";

/* a: two low procedures of the last year; b: none. */
static const char results[] = "year,procedure,school,participants,below_minimum\n"
                              "2021,oge-math,a,20,8\n2021,oge-rus,a,20,8\n"
                              "2020,oge-math,a,20,8\n2020,oge-rus,a,20,8\n"
                              "2021,oge-math,b,20,1\n2021,oge-rus,b,20,1\n"
                              "2020,oge-math,b,20,1\n2020,oge-rus,b,20,1\n";

static const char roadmap[] = "item,section,activity,from,to,every,months,done\n"
                              "past,S,Прошло,2022-01-01,2022-02-01,,,\n"
                              "done,S,Сделано,2022-01-01,2022-07-01,,,2022-05-01\n"
                              "late,S,Позже,2022-07-01,2022-12-31,,,\n"
                              "soon,S,Скоро,2022-06-01,2022-07-10,,,\n"
                              "today,S,Сегодня,2022-06-01,2022-06-30,,,\n"
                              "year,S,Каждый июль,2022-01-01,2024-12-31,year,1|7,\n"
                              "open,S,Когда-нибудь,,,,,\n";

static const char *overview(struct rendering *t)
{
	assert_int_equal(page_overview(&t->r), 0);
	if (t->diag.count)
		fail_msg("%s: %s", t->diag.items[0].rule, t->diag.items[0].text);
	const char *page = rendering_file(t, "index.html");
	assert_non_null(page);
	return page;
}

/* -- the page ---------------------------------------------------------------------- */

static void test_everything_is_there(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, front);
	support_table(&t.f, TABLE_SCHOOLS, schools);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\n"
	    "i,g,Доля сдавших,percent,at-least,manual\n"
	    "k,g,Другая доля,percent,at-least,manual\n");
	support_table(&t.f, TABLE_RESULTS, results);
	support_table(&t.f, TABLE_DECLARED, "year,category,school\n2022,low-results,b\n");
	support_table(&t.f, TABLE_TARGETS, "indicator,year,target\ni,2022,50\nk,2022,50\n");
	support_table(&t.f, TABLE_VALUES, "indicator,year,value\ni,2022,60\n");
	support_table(&t.f, TABLE_ROADMAP, roadmap);
	support_content(&t.f, "documents/d.md", "---\ntitle: Приказ\nkind: act\n---\nText.\n");
	support_content(&t.f, "events/e.md", "---\ntitle: Семинар\ndate: 2022-04-05\n---\nText.\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	const char *page = overview(&t);
	assert_shows(page, "Кому и как район помогает учить лучше");
	assert_shows(page, "из 3 школ"); /* the closed one is not counted */
	assert_shows(page, "из 2 достигнуто, 2022");
	assert_shows(page, "из 7 мер");
	assert_shows(page, "30\u00a0июня");
	assert_shows(page, "сегодня");
	assert_shows(page, "через 10 дней");
	assert_shows(page, "методика выделяет 1 школу");
	assert_shows(page, "Только по методике: Альфа.");
	assert_shows(page, "данных недостаточно"); /* of Бета seven procedures are missing */
	assert_shows_no(page, "Только в списке отдела");
	assert_shows(page, "Приказ");
	assert_shows(page, "Семинар");
	/* A telephone number is shown as written, and dialled as telephones want it. */
	assert_shows(page, "<a href=\"tel:+73953512345\">8 (39535) 1-23-45, доб. 6</a>");
	assert_shows(page, "<a href=\"tel:+73953512345\">+7 (3953) 51-23-45 доб. 6</a>");
	assert_shows(page, "<a href=\"tel:123\">1-23</a>");
	assert_shows(page, "Архив</span>уточняется");
	rendering_end(&t);
}

/* A department that has just begun: every section says what is missing. */
static void test_nothing_is_there(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "short: Тест\n");
	support_table(&t.f, TABLE_SCHOOLS, schools);
	rendering_finish(&t, PROFILE_PUBLIC);
	const char *page = overview(&t);
	assert_shows(page, "муниципалитет");
	assert_shows(page, "indicators.csv");
	assert_shows(page, "declared.csv");
	assert_shows(page, "roadmap.csv");
	assert_shows(page, "не публикует. Поэтому список нельзя пересчитать");
	assert_shows(page, "Контактов ещё нет");
	assert_shows(page, "Документов ещё нет");
	rendering_end(&t);
}

/* -- what changed -------------------------------------------------------------------- */

static const char *page_of(struct rendering *t, bool events)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t->f, TABLE_DECLARED, "year,category,school\n2022,low-results,a\n");
	support_content(&t->f, "documents/old.md",
	    "---\ntitle: Старый анализ\nkind: act\nyear: 2020\n---\nText.\n");
	support_content(&t->f, "documents/new.md",
	    "---\ntitle: Новый приказ\nkind: act\ndate: 2022-04-01\n---\nText.\n");
	support_content(&t->f, "documents/none.md", "---\ntitle: Без дня\nkind: act\n---\nText.\n");
	if (events)
		support_content(
		    &t->f, "events/e.md", "---\ntitle: Семинар\ndate: 2021-04-05\n---\nText.\n");
	rendering_finish(t, PROFILE_PUBLIC);
	const char *from = strstr(overview(t), "section-changed\">");
	assert_non_null(from);
	return from;
}

static void test_changes_are_newest_first(void **state)
{
	struct rendering t;
	(void)state;
	const char *order = page_of(&t, true);
	static const char *const titles[] = {"Новый приказ", "Семинар", "Старый анализ"};
	for (size_t i = 0; i < 3; i++) {
		order = strstr(order, titles[i]);
		assert_non_null(order);
	}
	/* of a year nothing more exact is said */
	rendering_end(&t);
	assert_shows(page_of(&t, true), "<time datetime=\"2020\">2020</time>");
	rendering_end(&t);
}

static void test_documents_alone_are_no_news(void **state)
{
	struct rendering t;
	(void)state;
	const char *page = page_of(&t, false);
	assert_shows(page, "в папку events");
	assert_shows(page, "Последний документ");
	assert_true(strstr(page, "Новый приказ") < strstr(page, "Старый анализ"));
	/* all that are known get support: "1 of 1" would say that there are no others */
	assert_shows(rendering_file(&t, "index.html"), "школа; другие здесь не названы");
	assert_shows_no(rendering_file(&t, "index.html"), "из 1 школы");
	rendering_end(&t);
}

/* -- deadlines ---------------------------------------------------------------------- */

static size_t find_deadlines(
    struct rendering *t, int year, int month, int day, struct deadline *out, size_t max)
{
	rendering_begin(t, front);
	support_today(&t->f, year, month, day);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_ROADMAP, roadmap);
	rendering_finish(t, PROFILE_PUBLIC);
	return deadlines_ahead(&t->r, out, max);
}

static void test_nearest_deadline_first(void **state)
{
	struct rendering t;
	struct deadline ahead[8];
	(void)state;
	assert_int_equal(find_deadlines(&t, 2022, 6, 30, ahead, 8), 4);
	assert_string_equal(ahead[0].item->id, "today");
	assert_int_equal(ahead[0].days, 0);
	assert_string_equal(ahead[1].item->id, "soon");
	assert_int_equal(ahead[1].days, 10);
	assert_string_equal(ahead[2].item->id, "year"); /* the end of July */
	assert_int_equal(ahead[2].days, 31);
	assert_string_equal(ahead[3].item->id, "late");
	rendering_end(&t);
}

static void test_only_the_nearest_are_kept(void **state)
{
	struct rendering t;
	struct deadline ahead[2];
	(void)state;
	assert_int_equal(find_deadlines(&t, 2022, 6, 30, ahead, 2), 2);
	assert_string_equal(ahead[0].item->id, "today");
	assert_string_equal(ahead[1].item->id, "soon");
	rendering_end(&t);
}

static void test_repeated_measure_ends(void **state)
{
	struct rendering t;
	struct deadline ahead[8];
	(void)state;
	assert_int_equal(find_deadlines(&t, 2024, 7, 31, ahead, 8), 1);
	assert_int_equal(ahead[0].days, 0);
	rendering_end(&t);
	assert_int_equal(find_deadlines(&t, 2024, 8, 1, ahead, 8), 0);
	rendering_end(&t);
}

/* -- words and lists -------------------------------------------------------------------- */

static void assert_places(const char *front_matter, const char *around, const char *region)
{
	struct rendering t;
	rendering_begin(&t, front_matter);
	support_table(&t.f, TABLE_SCHOOLS, schools);
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_string_equal(place_of(&t.r, SCOPE_MUNICIPALITY).name, around);
	assert_string_equal(place_of(&t.r, SCOPE_REGION).name, region);
	assert_string_equal(place_of(&t.r, SCOPE_SCHOOL).of, "школы");
	rendering_end(&t);
}

static void test_places_have_their_words(void **state)
{
	(void)state;
	assert_places("short: Пригородный район\nregion: Республика Тыва\n", "район", "республика");
	assert_places("short: ГОРОД Назарово\nregion: Красноярский край\n", "город", "край");
	assert_places("short: Назарово\n", "муниципалитет", "регион");
}

static void read_support(struct rendering *t, const char *declared, struct supported *out)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_RESULTS, results);
	if (declared)
		support_table(&t->f, TABLE_DECLARED, declared);
	rendering_finish(t, PROFILE_PUBLIC);
	support_read(out, &t->r);
}

static void test_computed_list_where_none_is_declared(void **state)
{
	struct rendering t;
	struct supported s;
	(void)state;
	read_support(&t, NULL, &s);
	assert_int_equal(s.nlists, 1);
	assert_false(s.lists[0].declared);
	assert_int_equal(s.schools, 1);
	assert_int_equal(s.open, 3);
	assert_true(support_has(&s, support_school(&t.f, "a")));
	assert_false(support_has(&s, support_school(&t.f, "b")));
	rendering_end(&t);
}

static void test_declared_list_wins(void **state)
{
	struct rendering t;
	struct supported s;
	(void)state;
	read_support(&t, "year,category,school\n2022,low-results,b\n2022,disadvantaged,b\n", &s);
	assert_int_equal(s.nlists, 2);
	assert_int_equal(s.schools, 1); /* one school on two lists */
	assert_false(support_has(&s, support_school(&t.f, "a")));
	assert_string_equal(support_labels(&t.r, &s, support_school(&t.f, "b")),
	    "ШНОР, школа в неблагоприятных социальных условиях");
	rendering_end(&t);
}

static void test_only_the_number_is_known(void **state)
{
	struct rendering t;
	struct supported s;
	(void)state;
	read_support(
	    &t, "year,category,school,count\n2022,low-results,,2\n2022,disadvantaged,b,\n", &s);
	assert_false(s.all_named);
	struct view *v = view_new(&t.arena);
	support_count(&t.r, v, &s);
	const struct value *n = view_get(v, "n", 1, view_hash("n", 1));
	assert_true(n && str_starts(n->as.text, "не меньше 2"));
	rendering_end(&t);
}

/* Targets end before the programme does: no year is spoken of that has none. */
static void test_year_of_the_last_target(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "period: 2019-2021\n");
	support_table(&t.f, TABLE_SCHOOLS, schools);
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\ni,g,Доля,percent,at-least,manual\n");
	support_table(&t.f, TABLE_TARGETS, "indicator,year,target\ni,2019,50\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(t.r.assessment->year, 2021);
	assert_string_equal(indicators_year_text(&t.r), "2019");
	assert_shows(overview(&t), "Значений за 2019");
	rendering_end(&t);
}

/* index.md counts schools that schools.csv cannot name. */
static void test_counted_schools(void **state)
{
	struct rendering t;
	struct supported s;
	(void)state;
	rendering_begin(&t, "schools: 9\n");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_table(&t.f, TABLE_DECLARED, "year,category,school,count\n2022,low-results,,6\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_shows(overview(&t), "из 9 школ");
	support_read(&s, &t.r);
	assert_shows(support_lead(&t.r, &s), "Число школ");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_everything_is_there),
	    cmocka_unit_test(test_nothing_is_there),
	    cmocka_unit_test(test_changes_are_newest_first),
	    cmocka_unit_test(test_documents_alone_are_no_news),
	    cmocka_unit_test(test_nearest_deadline_first),
	    cmocka_unit_test(test_only_the_nearest_are_kept),
	    cmocka_unit_test(test_repeated_measure_ends),
	    cmocka_unit_test(test_places_have_their_words),
	    cmocka_unit_test(test_computed_list_where_none_is_declared),
	    cmocka_unit_test(test_declared_list_wins),
	    cmocka_unit_test(test_only_the_number_is_known),
	    cmocka_unit_test(test_year_of_the_last_target),
	    cmocka_unit_test(test_counted_schools),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What is said of a method and of its answers, in the words of the shipped
 * theme; the verdicts of the basis; and the page of a list. The real tables
 * of Усть-Илимский район stand beside small made ones for the other kinds.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/basis_view.h"
#include "render/method_words.h"
#include "render/pages.h"
#include "support_render.h"

#include <stdio.h>
#include <string.h>

static struct rendering t;

#define UST_FRONT \
	"short: Усть-Илимский район\nregion: Иркутская область\n" \
	"methods: [ust-ilimsk-low-results]\ndisclosure: {level: %s, minimum_group: 10}\n"
#define UST "data/ust-ilimsk/"

/* -- making and asking -------------------------------------------------------- */

static void begin_ust(const char *level)
{
	rendering_begin(&t, "");
	support_end(&t.f);
	support_begin(&t.f, arena_printf(&t.arena, UST_FRONT, level));
	support_file(&t.f, TABLE_SCHOOLS, UST "schools.csv");
	support_file(&t.f, TABLE_RESULTS, UST "results.csv");
	support_table(&t.f, TABLE_DECLARED,
	    "year,category,school\n2020,low-results,nevonskaya-1\n2020,low-results,nevonskaya-2\n"
	    "2020,low-results,sedanovskaya\n2020,low-results,zheleznodorozhnaya-2\n"
	    "2020,disadvantaged,tubinskaya\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
}

static void begin_made(const char *method, const char *level)
{
	char front[256];
	snprintf(front, sizeof(front),
	    "methods: [%s]\ndisclosure: {level: %s, minimum_group: 10}\n", method, level);
	rendering_begin(&t, front);
	support_table(&t.f, TABLE_SCHOOLS,
	    "school,name,kind\na,Alpha,secondary\nb,Beta,secondary\nc,Gamma,secondary\n"
	    "d,Delta,secondary\ne,Epsilon,primary\n");
}

static const struct identification *list_of(const char *method, int year)
{
	const struct identification *i =
	    identifications_find(&t.ids, site_method(&t.f.site, method), year);
	assert_non_null(i);
	return i;
}

static const struct school_result *result_of(const struct identification *i, const char *school)
{
	return support_result(&t.f, i, school);
}

static const struct list *list_field(const struct view *v, const char *name)
{
	const struct value *value = view_get(v, name, strlen(name), view_hash(name, strlen(name)));
	assert_non_null(value);
	assert_int_equal(value->kind, VALUE_LIST);
	return value->as.list;
}

/* A text field of each view of a list, one to a line. */
static const char *lines(const struct list *list, const char *name)
{
	const char *out = "";
	for (size_t i = 0; i < list->count; i++) {
		const struct value *value = view_get(
		    list->items[i].as.view, name, strlen(name), view_hash(name, strlen(name)));
		assert_non_null(value);
		out = arena_printf(
		    &t.arena, "%s%.*s\n", out, (int)value->as.text.n, value->as.text.p);
	}
	return out;
}

static const char *explained(const struct identification *i, const char *school)
{
	struct view *v = view_new(&t.arena);
	method_explain(&t.r, v, "reasons", i, result_of(i, school));
	return lines(list_field(v, "reasons"), "text");
}

static const char *sentence(const char *method, int year)
{
	return method_sentence(&t.r, site_method(&t.f.site, method), year);
}

#define NB "\u00a0"

/* -- words -------------------------------------------------------------------- */

static void test_joined(void **state)
{
	(void)state;
	const char *const plain[] = {"a", "b", "c"}, *const commas[] = {"a, x", "b (1,5)", "c"};
	begin_ust("values");
	assert_string_equal(words_joined(&t.arena, plain, 0, "и"), "");
	assert_string_equal(words_joined(&t.arena, plain, 1, "и"), "a");
	assert_string_equal(words_joined(&t.arena, plain, 2, "и"), "a и b");
	assert_string_equal(words_joined(&t.arena, plain, 3, "и"), "a, b и c");
	assert_string_equal(words_joined(&t.arena, commas, 3, "и"), "a, x; b (1,5); и c");
	assert_string_equal(words_joined(&t.arena, commas + 1, 2, "или"), "b (1,5) или c");
	assert_string_equal(words_capital(&t.arena, "русский язык"), "Русский язык");
	assert_string_equal(words_capital(&t.arena, "ёж"), "Ёж");
	assert_string_equal(words_capital(&t.arena, ""), "");
	assert_string_equal(words_capital(&t.arena, "\xff"), "\xff");
	rendering_end(&t);
}

static void test_procedure_names(void **state)
{
	(void)state;
	begin_ust("values");
	const struct method *one = site_method(&t.f.site, "ust-ilimsk-low-results");
	const struct method *many = site_method(&t.f.site, "fioko-low-results");
	assert_string_equal(method_procedure_name(&t.r, one, "oge-rus"), "русский язык");
	assert_string_equal(method_procedure_name(&t.r, many, "oge-rus"), "ОГЭ по русскому языку");
	assert_string_equal(method_procedure_name(&t.r, one, "ege-rus"), "ege-rus");
	assert_string_equal(method_field_name(&t.r, FIELD_QUALITY_RATE), "доля отметок «4» и «5»");
	assert_string_equal(method_field_name(&t.r, FIELD_NONE), "");
	rendering_end(&t);
}

static void test_sentences(void **state)
{
	(void)state;
	begin_ust("values");
	assert_string_equal(sentence("ust-ilimsk-low-results", 2020),
	    "Учитываются ОГЭ по русскому языку и ОГЭ по математике. Результат низкий, если доля "
	    "отметок «4» и «5» меньше показателей района и области. В список 2020 года попадает "
	    "школа, у которой в каждом из 2 лет (2019 и 2018) низким был хотя бы один результат.");
	assert_non_null(strstr(sentence("fioko-low-results", 2022),
	    "Результат низкий, если минимума не набрали 30" NB "% участников или больше. В список "
	    "2022 года попадает школа, у которой в 2021 году низкими были не меньше 2 результатов "
	    "или в каждом из 2 лет (2021 и 2020) низким был хотя бы один результат."));
	assert_non_null(strstr(sentence("fioko-low-results", 0),
	    "В список попадает школа, у которой в предыдущем учебном году низкими были не меньше 2 "
	    "результатов или в каждом из 2 предыдущих учебных годов низким был хотя бы один "
	    "результат."));
	assert_non_null(strstr(sentence("social-wellbeing", 2022), "Индекс = 85 + 15 × «"));
	assert_non_null(strstr(sentence("social-wellbeing", 2022), "» − 65 × «"));
	assert_non_null(strstr(sentence("social-wellbeing", 2022),
	    "индекс которой не выше границы нижних 25" NB "% школ."));
	assert_non_null(strstr(sentence("kezhma-low-results", 2022),
	    "В методике 12 правил, и ответ на каждое" NB "— «да» или «нет»."));
	assert_non_null(
	    strstr(sentence("kezhma-low-results", 2022), "Порога документ не называет"));
	assert_non_null(strstr(
	    sentence("kezhma-risk-zone", 2022), "попадает школа, у которой не меньше 3 факторов."));
	rendering_end(&t);
}

/* The page of a method belongs to no department. */
static void test_site_page(void **state)
{
	(void)state;
	rendering_begin(&t, "");
	rendering_top(&t, PROFILE_PUBLIC);
	assert_string_equal(method_low_rule(&t.r, site_method(&t.f.site, "ust-ilimsk-low-results")),
	    "доля отметок «4» и «5» меньше показателей муниципалитета и региона");
	assert_int_equal(page_methods(&t.r), 0);
	assert_int_equal(t.diag.count, 0);
	assert_non_null(rendering_file(&t, "methods/kezhma-risk-zone/index.html"));
	rendering_end(&t);
}

/* -- exams -------------------------------------------------------------------- */

static void test_verdicts(void **state)
{
	(void)state;
	static const enum met met[] = {MET_YES, MET_YES, MET_NO, MET_NO};
	static const char *const rules[] = {"oge-rus", "oge-math", "oge-rus", "oge-math"};
	struct verdict *v;
	begin_ust("values");
	const struct identification *i = list_of("ust-ilimsk-low-results", 2020);
	size_t n = basis_verdicts(&t.r, i, result_of(i, "sedanovskaya"), &v);
	assert_int_equal(n, 4);
	for (size_t k = 0; k < n; k++) {
		assert_string_equal(v[k].rows->rule, rules[k]);
		assert_string_equal(v[k].rows->period, k < 2 ? "2019" : "2018");
		assert_int_equal(v[k].count, 2);
		assert_int_equal(v[k].met, met[k]);
		assert_false(v[k].hidden);
	}
	const struct basis *region = verdict_row(&v[2], SCOPE_REGION);
	assert_non_null(region);
	assert_int_equal(region->met, MET_YES); /* below the region, not the municipality */
	assert_string_equal(basis_norm_text(&t.r, region), "меньше 50,13" NB "% (область)");
	assert_string_equal(verdict_title(&t.r, i, &v[3]), "ОГЭ по математике, 2018");
	rendering_end(&t);
}

static const struct view *view_field(const struct view *v, const char *name)
{
	const struct value *value = view_get(v, name, strlen(name), view_hash(name, strlen(name)));
	assert_non_null(value);
	assert_int_equal(value->kind, VALUE_VIEW);
	return value->as.view;
}

/* The texts of the numbers of a row, each followed by a blank. */
static const char *numbers(const struct view *row)
{
	const struct list *cells = list_field(row, "cells");
	const char *out = "";
	for (size_t i = 0; i < cells->count; i++) {
		const struct view *cell = cells->items[i].as.view;
		const struct value *number = view_get(cell, "number", 6, view_hash("number", 6));
		const struct value *num = view_get(cell, "num", 3, view_hash("num", 3));
		struct list one = {
		    .items = (struct value *)(uintptr_t)&cells->items[i], .count = 1};
		if (number->kind == VALUE_VIEW)
			one.items = (struct value *)(uintptr_t)number;
		else if (num->kind != VALUE_TRUE) /* no number */
			continue;
		out = arena_printf(&t.arena, "%s%s", out, lines(&one, "text"));
	}
	return out;
}

static void test_table(void **state)
{
	(void)state;
	begin_ust("values");
	const struct identification *i = list_of("ust-ilimsk-low-results", 2020);
	struct view *v = view_new(&t.arena);
	basis_table(&t.r, v, "table", i, result_of(i, "nevonskaya-2"));
	const struct view *table = view_field(v, "table");
	const struct list alone = {
	    .items = &(struct value){VALUE_VIEW, {.view = table}}, .count = 1};
	assert_string_equal(lines(&alone, "caption"), "Доля отметок «4» и «5», %\n");
	assert_string_equal(lines(list_field(table, "heads"), "text"),
	    "Экзамен, год\nШкола\nРайон\nОбласть\nНиже обоих\n");
	const struct list *groups = list_field(table, "groups");
	assert_int_equal(groups->count, 1);
	const struct list *rows = list_field(groups->items[0].as.view, "rows");
	assert_string_equal(lines(rows, "row"),
	    "ОГЭ по русскому языку, 2019\nОГЭ по математике, 2019\n"
	    "ОГЭ по русскому языку, 2018\nОГЭ по математике, 2018\n");
	assert_string_equal(numbers(rows->items[0].as.view), "41,67\n38,17\n50,86\n");
	assert_string_equal(numbers(rows->items[3].as.view), "0\n20,9\n43,6\n");
	rendering_end(&t);
}

/* A hidden cell hides the answer too; the symbol says so. */
static void test_table_hidden(void **state)
{
	(void)state;
	begin_made("fioko-low-results", "values");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,scope,school,participants,below_minimum,status\n"
	    "2021,oge-math,school,a,9,7,held\n2021,oge-rus,school,a,20,5,held\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const struct identification *i = list_of("fioko-low-results", 2022);
	struct view *v = view_new(&t.arena);
	basis_table(&t.r, v, "table", i, result_of(i, "a"));
	const struct list *groups = list_field(view_field(v, "table"), "groups");
	const struct list *rows = list_field(groups->items[0].as.view, "rows");
	assert_string_equal(
	    numbers(rows->items[4].as.view), "x\nx\nx\n"); /* counts, value, answer */
	assert_string_equal(numbers(rows->items[5].as.view), "5 из 20\n25" NB "%\n");
	rendering_end(&t);
}

static void test_declared_only(void **state)
{
	(void)state;
	begin_ust("values");
	const struct identification *i = list_of("ust-ilimsk-low-results", 2020);
	assert_string_equal(explained(i, "sedanovskaya"),
	    "2019 год: русский язык, 28,57" NB "%" NB "— ниже района (38,17" NB
	    "%) и области (50,86" NB "%); математика, 21,43" NB "%" NB "— ниже района (24,29" NB
	    "%) и области (48,24" NB "%).\n"
	    "2018 год: русский язык, 42,9" NB "%" NB "— не ниже района (38,8" NB
	    "%); математика, 26,7" NB "%" NB "— не ниже района (20,9" NB "%).\n"
	    "Низких результатов в 2019 году" NB "— 2, в 2018 году" NB
	    "— 0. Для списка нужно: в каждом из 2 "
	    "лет (2019 и 2018) низким был хотя бы один результат.\n");
	assert_string_equal(method_standing(&t.r, i, result_of(i, "sedanovskaya")),
	    "Школа есть в объявленном списке 2020 года, но по методике в него не входит.");
	assert_string_equal(method_standing(&t.r, i, result_of(i, "podelanskaya")),
	    "По методике школа входит в список 2020 года, но в объявленном списке её нет.");
	assert_string_equal(method_standing(&t.r, i, result_of(i, "nevonskaya-2")),
	    "Школа есть и в объявленном списке 2020 года, и в списке по методике.");
	assert_string_equal(method_standing(&t.r, i, result_of(i, "ershovskaya")),
	    "Школы нет ни в объявленном списке 2020 года, ни в списке по методике.");
	rendering_end(&t);
}

static void test_missing_year(void **state)
{
	(void)state;
	begin_ust("values");
	const struct identification *i = list_of("ust-ilimsk-low-results", 2019);
	const char *text = explained(i, "nevonskaya-2");
	assert_non_null(strstr(text, "\n2017 год: результатов нет в таблицах.\n"));
	assert_non_null(strstr(text,
	    "Низких результатов в 2018 году" NB "— 2, в 2017 году" NB "— 0 и ещё 2 неизвестно."));
	assert_string_equal(method_standing(&t.r, i, result_of(i, "nevonskaya-2")),
	    "Входит ли школа в список 2019 года, по методике сказать нельзя: данных недостаточно.");
	rendering_end(&t);
}

/* Without the values no number is told, without the basis nothing. */
static void test_levels(void **state)
{
	(void)state;
	begin_ust("basis");
	const char *text = explained(list_of("ust-ilimsk-low-results", 2020), "sedanovskaya");
	assert_non_null(strstr(text,
	    "2019 год: русский язык" NB "— ниже района и области; математика" NB
	    "— ниже района и области."));
	assert_non_null(strstr(text, "2018 год: русский язык" NB "— не ниже района; "));
	assert_null(strstr(text, "%"));
	rendering_end(&t);

	begin_ust("status");
	const struct identification *i = list_of("ust-ilimsk-low-results", 2020);
	struct view *v = view_new(&t.arena);
	assert_string_equal(explained(i, "sedanovskaya"), "");
	basis_table(&t.r, v, "table", i, result_of(i, "sedanovskaya"));
	assert_int_equal(view_get(v, "table", 5, view_hash("table", 5))->kind, VALUE_NULL);
	rendering_end(&t);
}

static void test_shares(void **state)
{
	(void)state;
	begin_made("fioko-low-results", "values");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,scope,school,participants,below_minimum,pass_rate,status\n"
	    "2021,oge-math,school,a,27,8,,held\n2021,oge-rus,school,a,10,3,,held\n"
	    "2021,ege-rus,school,a,9,9,,held\n2021,ege-rus,school,b,30,0,,held\n"
	    "2021,oge-rus,school,b,,,60,held\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const struct identification *i = list_of("fioko-low-results", 2022);
	const char *a = explained(i, "a"), *b = explained(i, "b");
	/* many exams: only those that decide */
	assert_null(strstr(a, "8 из 27"));
	assert_non_null(strstr(a,
	    "ОГЭ по русскому языку" NB "— 3 из 10 не набрали минимума, порог 30" NB "% достигнут"));
	assert_non_null(
	    strstr(a, "ЕГЭ по русскому языку" NB "— число скрыто: малая группа или её защита"));
	assert_null(strstr(a, "9 из 9"));
	assert_non_null(strstr(a, "Часть чисел скрыта"));
	assert_null(strstr(a, "Низких результатов"));
	assert_non_null(strstr(b, "ОГЭ по русскому языку" NB "— 60" NB "%, результат низкий"));
	assert_string_equal(explained(i, "e"),
	    "2021 год: к школе не относится, ничего не проводилось.\n"
	    "2020 год: к школе не относится, ничего не проводилось.\n");
	assert_string_equal(method_standing(&t.r, i, result_of(i, "e")),
	    "Методика списка 2022 года к этой школе не относится.");
	rendering_end(&t);
}

/* -- the other kinds ---------------------------------------------------------- */

static const char *const index_method =
    "---\ntitle: Index\nkind: index\ncategory: disadvantaged\nintercept: 85\nterms:\n"
    "  - {metric: both_parents_higher, weight: 15}\n  - {metric: single_parent, weight: -20}\n"
    "q: 0.25\nminimum_schools: 4\n---\n\nText.\n";

static void test_index(void **state)
{
	(void)state;
	rendering_begin(&t, "");
	support_end(&t.f);
	support_method(&t.f, "plain-index", index_method, NULL);
	support_begin(
	    &t.f, "methods: [plain-index]\ndisclosure: {level: values, minimum_group: 10}\n");
	support_table(&t.f, TABLE_SCHOOLS,
	    "school,name,kind\na,Alpha,other\nb,Beta,other\nc,Gamma,other\nd,Delta,other\n"
	    "f,Phi,other\n");
	support_table(&t.f, TABLE_CONTEXT,
	    "year,scope,school,students,both_parents_higher,single_parent\n"
	    "2022,school,a,200,60,50\n2022,school,b,200,100,50\n2022,school,c,100,50,20\n"
	    "2022,school,d,100,60,20\n2022,school,f,100,,20\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const struct identification *i = list_of("plain-index", 2022);
	const char *text = explained(i, "a");
	assert_non_null(
	    strstr(text, ": 30" NB "%, вклад в индекс 4,5. Один учащийся меняет его на 0,08.\n"));
	assert_non_null(
	    strstr(text, ": 25" NB "%, вклад в индекс −5. Один учащийся меняет его на 0,1.\n"));
	assert_non_null(strstr(text, "Индекс 84,5, граница списка "));
	assert_non_null(
	    strstr(text, "Один учащийся в одной доле меняет его не больше чем на 0,1.\n"));
	assert_non_null(strstr(explained(i, "f"), ": данных нет.\n"));
	assert_null(strstr(explained(i, "f"), "Индекс "));
	rendering_end(&t);
}

static void test_factors(void **state)
{
	(void)state;
	begin_made("kezhma-risk-zone", "basis");
	const struct method *m = site_method(&t.f.site, "kezhma-risk-zone");
	const struct method_factor *first = table_row(&m->rules, 0),
	                           *second = table_row(&m->rules, 1);
	support_table(&t.f, TABLE_FACTORS,
	    arena_printf(&t.arena, "year,school,factor,present\n2022,a,%s,yes\n2022,a,%s,no\n",
	        first->id, second->id));
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const char *text = explained(list_of("kezhma-risk-zone", 2022), "a");
	assert_non_null(strstr(text, arena_printf(&t.arena, "Есть: %s.\n", first->title)));
	assert_non_null(strstr(text, arena_printf(&t.arena, "Нет: %s.\n", second->title)));
	assert_non_null(strstr(text, "Неизвестно: 8\n"));
	assert_non_null(strstr(text,
	    "Да" NB "— 1, нет" NB "— 1, неизвестно" NB "— 8; всего 10. "
	    "Для списка нужно: не меньше 3 факторов.\n"));
	rendering_end(&t);
}

/* What is sensitive is not hidden for being small, and is not said to be. */
static void test_sensitive(void **state)
{
	(void)state;
	begin_made("kezhma-disadvantaged", "values");
	support_table(&t.f, TABLE_CONTEXT,
	    "year,school,students,single_parent,offences\n2022,a,200,80,25\n2022,b,8,3,0\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const struct identification *i = list_of("kezhma-disadvantaged", 2022);
	const char *a = explained(i, "a"), *b = explained(i, "b");
	assert_non_null(strstr(a, "Не публикуется по школам: "));
	assert_null(strstr(a, "Скрыто"));
	assert_non_null(strstr(b, "Скрыто (малая группа или её защита): "));
	struct view *v = view_new(&t.arena);
	basis_table(&t.r, v, "basis", i, result_of(i, "a"));
	const struct value *basis = view_get(v, "basis", 5, view_hash("basis", 5));
	assert_int_equal(basis->kind, VALUE_VIEW);
	rendering_end(&t);
}

/* Without a single answer there is one sentence, and it is no "0 of 10". */
static void test_none_known(void **state)
{
	(void)state;
	begin_made("kezhma-disadvantaged", "values");
	support_table(&t.f, TABLE_CONTEXT, "year,school,students\n2022,a,200\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.path = "x/";
	const struct identification *i = list_of("kezhma-disadvantaged", 2022);
	assert_true(basis_none_known(&t.r, i, result_of(i, "a")));
	const char *text = explained(i, "a");
	assert_non_null(strstr(text, "Ни по одному из 10 пунктов ответа пока нет"));
	assert_null(strstr(text, "Всего"));
	assert_null(strstr(text, "Неизвестно"));
	rendering_end(&t);
}

/* -- the page ----------------------------------------------------------------- */

static void assert_order(const char *text, const char *first, const char *second)
{
	const char *a = strstr(text, first), *b = strstr(text, second);
	if (!a || !b || a > b)
		fail_msg("«%s» should stand before «%s»", first, second);
}

static void test_page(void **state)
{
	(void)state;
	begin_ust("values");
	assert_int_equal(page_identification(&t.r), 0);
	assert_int_equal(t.diag.count, 0);
	const char *page = rendering_file(&t, "identification/2020/index.html");
	assert_non_null(page);
	assert_non_null(strstr(page, "Только по методике"));
	assert_non_null(strstr(page, "Только объявлена"));
	assert_non_null(strstr(page, "Школы в сложных социальных условиях"));
	assert_order(page, "Почему ответы расходятся", "28,57" NB "%" NB "— ниже района");
	assert_non_null(rendering_file(&t, "identification/index.html"));
	const char *before = rendering_file(&t, "identification/2019/index.html");
	assert_non_null(before);
	assert_non_null(strstr(before, "Объявленного списка на этот год нет."));
	assert_non_null(strstr(before, "Результатов за 2017 год нет ни по одной школе."));
	rendering_end(&t);
}

static void test_page_levels(void **state)
{
	(void)state;
	begin_ust("status");
	assert_int_equal(page_identification(&t.r), 0);
	assert_int_equal(t.diag.count, 0);
	const char *page = rendering_file(&t, "identification/2020/index.html");
	assert_non_null(strstr(page, "Только объявлена"));
	assert_null(strstr(page, "28,57"));
	assert_null(strstr(page, "identification-basis.csv"));
	assert_null(strstr(page, "Математика, 2019"));
	rendering_end(&t);
}

static void test_page_empty(void **state)
{
	(void)state;
	rendering_begin(&t, "");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Alpha,secondary\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_identification(&t.r), 0);
	assert_int_equal(t.diag.count, 0);
	const char *page = rendering_file(&t, "identification/index.html");
	assert_non_null(strstr(page, "не описывает методики отбора"));
	assert_non_null(strstr(page, "Ни объявленного списка, ни чисел"));
	rendering_end(&t);
}

/* Only the number of schools is known: nothing is compared by school. */
static void test_page_count(void **state)
{
	(void)state;
	begin_made("fioko-low-results", "values");
	support_table(&t.f, TABLE_RESULTS,
	    "year,procedure,scope,school,participants,below_minimum,status\n"
	    "2021,oge-math,school,a,20,10,held\n2021,oge-rus,school,a,20,10,held\n");
	support_table(&t.f, TABLE_DECLARED, "year,category,school,count\n2022,low-results,,3\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_identification(&t.r), 0);
	assert_int_equal(t.diag.count, 0);
	const char *page = rendering_file(&t, "identification/2022/index.html");
	assert_non_null(strstr(page, "В документе дано только число: 3 школы."));
	assert_null(strstr(page, "Ответы расходятся"));
	assert_null(strstr(page, "Кто в каком списке"));
	assert_non_null(strstr(page, "Alpha"));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_joined),
	    cmocka_unit_test(test_procedure_names),
	    cmocka_unit_test(test_sentences),
	    cmocka_unit_test(test_site_page),
	    cmocka_unit_test(test_verdicts),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_table_hidden),
	    cmocka_unit_test(test_declared_only),
	    cmocka_unit_test(test_missing_year),
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_shares),
	    cmocka_unit_test(test_index),
	    cmocka_unit_test(test_factors),
	    cmocka_unit_test(test_sensitive),
	    cmocka_unit_test(test_none_known),
	    cmocka_unit_test(test_page),
	    cmocka_unit_test(test_page_levels),
	    cmocka_unit_test(test_page_empty),
	    cmocka_unit_test(test_page_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

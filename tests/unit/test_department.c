/* Indexes, order, lists in force, labels, attachments, methods of a department. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "support_model.h"

static void order_of_schools(void **state)
{
	struct model *t = *state;
	static const char *const order[] = {"bad", "elk", "yol", "n1", "n2", "n10", "n10b", "tub"};
	model_content(t, "index.md", "---\ntitle: x\n---\n");
	model_table(t, TABLE_SCHOOLS,
	    "school,name,short_name,kind\n"
	    "tub,МБОУ «Тубинская СОШ»,,secondary\n"
	    "n10,МОУ «Невонская СОШ № 10»,Невонская СОШ № 10,secondary\n"
	    "n2,МКОУ «Невонская СОШ № 2»,Невонская СОШ №2,secondary\n"
	    "n10b,МОУ «Невонская СОШ № 10 б»,,secondary\n"
	    "n1,МОУ «Невонская СОШ N 1»,,secondary\n"
	    "yol,МОУ «Ёлочная СОШ»,,secondary\n"
	    "elk,МОУ «Елинская СОШ»,,secondary\n"
	    "bad,МОУ «бадарминская СОШ»,,secondary\n");
	model_finish(t);
	assert_no_errors(&t->diag);
	assert_int_equal(t->d.nschools, 8);
	for (size_t i = 0; i < 8; i++)
		assert_string_equal(t->d.by_name[i]->id, order[i]);
}

static void rows_by_their_place(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,scope,school,mean_mark,attempt\n"
	    "2021,oge-rus,school,a,3.5,final\n2020,oge-rus,school,a,3.1,first\n"
	    "2021,oge-math,school,a,3.2,first\n2021,oge-rus,municipality,,4,first\n"
	    "2021,oge-rus,school,b,4.5,first\n");
	model_table(t, TABLE_CONTEXT, "year,school,students\n2022,a,200\n2021,a,190\n2022,b,\n");
	model_method(t, "f",
	    "---\ntitle: x\nkind: factors\ncategory: risk-zone\ntable: f.csv\n---\n",
	    "factor,title\nremote,А\n");
	model_table(t, TABLE_FACTORS, "year,school,factor,present\n2022,a,remote,yes\n");
	model_finish(t);
	assert_no_errors(&t->diag);
	const struct school *a = &t->d.schools[0], *b = &t->d.schools[1], *c = &t->d.schools[2];
	const struct procedure *rus = site_procedure(&t->site, "oge-rus");
	const struct procedure *math = site_procedure(&t->site, "oge-math");
	assert_int_equal(department_result(&t->d, SCOPE_SCHOOL, a, rus, 2021)->row.line, 2);
	assert_int_equal(department_result(&t->d, SCOPE_SCHOOL, a, rus, 2020)->row.line, 3);
	assert_int_equal(department_result(&t->d, SCOPE_SCHOOL, a, math, 2021)->row.line, 4);
	assert_int_equal(
	    department_result(&t->d, SCOPE_MUNICIPALITY, NULL, rus, 2021)->row.line, 5);
	assert_null(department_result(&t->d, SCOPE_REGION, NULL, rus, 2021));
	assert_null(department_result(&t->d, SCOPE_SCHOOL, b, math, 2021));
	const struct metric *students = table_find(&t->site.metrics, STR("students"));
	const struct context *row = department_context(&t->d, SCOPE_SCHOOL, a, 2022);
	assert_int_equal(row->values[students->row.index].digits, 200);
	/* A row without any value can be asked all the same. */
	row = department_context(&t->d, SCOPE_SCHOOL, b, 2022);
	assert_false(row->values[students->row.index].set);
	assert_null(department_context(&t->d, SCOPE_SCHOOL, c, 2022));
	assert_int_equal(department_factor(&t->d, a, "remote", 2022)->present, YESNO_YES);
	assert_null(department_factor(&t->d, a, "remote", 2021));
	assert_null(department_factor(&t->d, b, "remote", 2022));
}

static void pages_by_path(void **state)
{
	struct model *t = *state;
	model_content(t, "schools/a.md", "Текст.\n");
	model_content(t, "programme.md", "");
	model_content(t, "documents/b.md", "---\ntitle: Б\n---\n");
	model_content(t, "glossary.md", "");
	model_content(
	    t, "documents/a.md", "---\ntitle: А\nfile: a.pdf\nsignature: files/a.sig\n---\n");
	model_plain(t, "");
	department_file(&t->d, "files/a.pdf");
	department_file(&t->d, "a.sig");
	model_finish(t);
	assert_no_errors(&t->diag);
	assert_int_equal(t->d.ncontents, 6);
	for (size_t i = 1; i < t->d.ncontents; i++)
		assert_true(strcmp(t->d.contents[i - 1]->path, t->d.contents[i]->path) < 0);
	assert_string_equal(department_find(&t->d, STR("documents/b.md"))->title, "Б");
	assert_null(department_find(&t->d, STR("documents/c.md")));
	assert_null(department_find(&t->d, STR("")));
	assert_ptr_equal(t->d.programme, department_find(&t->d, STR("programme.md")));
	assert_non_null(t->d.glossary);
	assert_true(department_has_file(&t->d, STR("a.pdf")));
	assert_true(department_has_file(&t->d, STR("files/a.sig")));
	assert_false(department_has_file(&t->d, STR("b.pdf")));
	/* A school's page is named after the school. */
	assert_string_equal(department_find(&t->d, STR("schools/a.md"))->title, "Школа А");
}

static void lists_in_force(void **state)
{
	struct model *t = *state;
	model_plain(t, "period: 2020–2023\n");
	model_table(t, TABLE_DECLARED,
	    "year,until,category,school\n2020,,low-results,a\n2020,2020,low-results,b\n"
	    "2022,,low-results,c\n2021,,risk-zone,d\n2025,,disadvantaged,e\n");
	model_finish(t);
	assert_no_errors(&t->diag);
	static const struct {
		int year;
		bool holds[5];
	} cases[] = {
	    {2019, {false, false, false, false, false}},
	    {2020, {true, true, false, false, false}},
	    {2021, {true, false, false, true, false}},
	    {2022, {false, false, true, true, false}},
	    {2023, {false, false, true, true, false}},
	    {2024, {false, false, false, false, false}},
	    /* Made after the end of the programme: for its own year. */
	    {2025, {false, false, false, false, true}},
	    {2026, {false, false, false, false, false}},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t j = 0; j < 5; j++)
			assert_int_equal(declared_in_force(&t->d, &t->d.declared[j], cases[i].year),
			    cases[i].holds[j]);
	assert_int_equal(declared_year(&t->d, CATEGORY_LOW_RESULTS, 2021), 2020);
	assert_int_equal(declared_year(&t->d, CATEGORY_500_PLUS, 2021), 0);
}

static void words_for_categories(void **state)
{
	struct model *t = *state;
	model_plain(t, "labels: {low-results: школа с НРО}\n");
	assert_string_equal(department_label(&t->d, CATEGORY_LOW_RESULTS), "школа с НРО");
	assert_string_equal(department_label(&t->d, CATEGORY_RISK_ZONE), "школа в зоне риска");
	assert_string_equal(department_label(&t->d, CATEGORY_NONE), "");
	assert_string_equal(department_label(&t->d, CATEGORY_END), "");
	t->site.language = LANGUAGE_EN;
	assert_string_equal(department_label(&t->d, CATEGORY_RISK_ZONE), "school in the risk zone");
	assert_null(categories[CATEGORY_END - 1]);
}

static void methods_of_the_department(void **state)
{
	struct model *t = *state;
	model_method(t, "risks",
	    "---\ntitle: x\nkind: factors\ncategory: risk-zone\ntable: f.csv\n---\n",
	    "factor,title\na,А\n");
	model_plain(t, "methods: [risks, riskz, risks]\n");
	assert_int_equal(model_finish(t), -1);
	assert_int_equal(t->d.nmethods, 1);
	assert_int_equal(said(&t->diag, "unknown-method"), 2);
	const struct diag_item *item = first_said(&t->diag, "unknown-method");
	assert_int_equal(item->line, 3);
	assert_int_equal(item->column, 18);
	assert_mentions(item, "“risks”");
	assert_mentions(item + 1, "twice");
}

static void years_of_schools(void **state)
{
	struct school s = {.from_year = 2019, .to_year = 2021};
	(void)state;
	assert_false(school_open(&s, 2018));
	assert_true(school_open(&s, 2019));
	assert_true(school_open(&s, 2021));
	assert_false(school_open(&s, 2022));
	s = (struct school){0};
	assert_true(school_open(&s, 1900));
}

static void measures_of_indicators(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\n"
	    "a,G,A,percent,at-least,audit:programme\n"
	    "b,G,B,percent,at-least,dynamics:oge-rus:mean_mark\n"
	    "c,G,C,percent,at-most,below-minimum:oge-rus|oge-math\n"
	    "d,G,D,percent,at-least,ratio:teachers_diagnosed/teachers\n"
	    "e,G,E,yes-no,yes,documents:analysis\n"
	    "f,G,F,yes-no,yes,special-page\n"
	    "g,G,G,percent,at-least,context:small_school\n"
	    "h,G,H,level,at-least,manual\n");
	model_finish(t);
	const struct measure *m = t->d.measures;
	assert_int_equal(t->diag.errors, 1); /* h has no levels */
	assert_string_equal(m[0].item->id, "programme");
	assert_int_equal(m[1].field, FIELD_MEAN_MARK);
	assert_string_equal(m[1].procedures[0]->id, "oge-rus");
	assert_int_equal(m[2].nprocedures, 2);
	assert_string_equal(m[3].of->id, "teachers");
	/* The word is a kind of document and a position of the cycle at once. */
	assert_int_equal(m[4].document_kind, DOCUMENT_ANALYSIS);
	assert_int_equal(m[4].cycle, CYCLE_ANALYSIS);
	assert_int_equal(m[5].form, FORM_SPECIAL_PAGE);
	assert_int_equal(m[6].form, FORM_CONTEXT);
	assert_int_equal(m[7].form, FORM_MANUAL);
}

static void nothing_at_all(void **state)
{
	struct model *t = *state;
	assert_int_equal(model_finish(t), -1);
	assert_int_equal(t->diag.errors, 2);
	assert_int_equal(said(&t->diag, "no-schools"), 1);
	assert_int_equal(said(&t->diag, "no-index"), 1);
	assert_int_equal(department_meta(&t->d)->disclosure.level, DISCLOSURE_STATUS);
	assert_int_equal(department_meta(&t->d)->disclosure.minimum_group, 10);
	assert_null(department_find(&t->d, STR("index.md")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(order_of_schools, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(rows_by_their_place, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(pages_by_path, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(lists_in_force, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(words_for_categories, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(methods_of_the_department, model_setup, model_teardown),
	    cmocka_unit_test(years_of_schools),
	    cmocka_unit_test_setup_teardown(measures_of_indicators, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(nothing_at_all, model_setup, model_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Checks of indicators, targets, values, the road map, lists and what pages
 * point at: one small department per case, what must be said and where, and
 * that what is right stays silent. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "model/checks.h"
#include "support_model.h"

/* -- the plan -------------------------------------------------------------------- */

static void indicators(void **state)
{
	static const struct row_case cases[] = {
	    {"i,G,T,percent,at-least,audit:programme,low-results|risk-zone,,", NULL, 0, 0, NULL},
	    {"i,G,T,percent,at-least,audit:programm,,,", "measure", DIAG_ERROR, 24, "“programme”"},
	    {"i,G,T,percent,at-least,adit:programme,,,", "measure", DIAG_ERROR, 24, "“audit”"},
	    {"i,G,T,percent,at-least,dynamics:oge-rus:pass,,,", "measure", DIAG_ERROR, 24,
	        "pass_rate"},
	    {"i,G,T,percent,at-least,dynamics:oge-rus,,,", "measure", DIAG_ERROR, 24, "pass_rate"},
	    {"i,G,T,percent,at-least,dynamics:oge-rus|oge-math:pass_rate,,,", "measure", DIAG_ERROR,
	        24, "one procedure"},
	    {"i,G,T,percent,at-least,ratio:teachers,,,", "measure", DIAG_ERROR, 24, "two metrics"},
	    {"i,G,T,percent,at-least,context:students/teachers,,,", "measure", DIAG_ERROR, 24,
	        "ratio:"},
	    {"i,G,T,percent,at-least,context:students,,,", "indicator-value", DIAG_ERROR, 24,
	        "yes-no"},
	    {"i,G,T,percent,at-least,ratio:poor_share/students,,,", "indicator-value", DIAG_ERROR,
	        24, "counts"},
	    {"i,G,T,percent,at-least,below-minimum:,,,", "measure", DIAG_ERROR, 24, "no procedure"},
	    {"i,G,T,percent,at-least,below-minimum:oge-rus|oge-rus,,,", "measure", DIAG_ERROR, 24,
	        "twice"},
	    {"i,G,T,yes-no,yes,documents:reprot,,,", "measure", DIAG_ERROR, 18, "“report”"},
	    {"i,G,T,yes-no,yes,documents:monitoring,,,", NULL, 0, 0, NULL},
	    {"i,G,T,yes-no,yes,special-page:all,,,", "measure", DIAG_ERROR, 18, "colon"},
	    {"i,G,T,percent,at-least,special-page,,,", "indicator-value", DIAG_ERROR, 24, "yes-no"},
	    {"i,G,T,yes-no,yes,audit:order,,,", "indicator-value", DIAG_ERROR, 18, "percent"},
	    {"i,G,T,yes-no,at-least,manual,,,", "indicator-value", DIAG_ERROR, 14, "Write yes"},
	    {"i,G,T,percent,yes,manual,,,", "indicator-value", DIAG_ERROR, 15, "at-least"},
	    {"i,G,T,percent,at-least,manual,low-result,,", "indicator-value", DIAG_ERROR, 31,
	        "“low-results”"},
	    {"i,G,T,percent,at-least,manual,all|risk-zone,,", "indicator-value", DIAG_ERROR, 31,
	        "only the categories"},
	    {"i,G,T,level,at-least,manual,,absent|forming|present,", NULL, 0, 0, NULL},
	    {"i,G,T,level,at-least,manual,,,", "indicator-value", DIAG_ERROR, 30, "at least two"},
	    {"i,G,T,percent,at-least,manual,,a|b,", "indicator-levels", DIAG_WARNING, 32,
	        "not used"},
	    {"i,G,T,percent,at-least,manual,,,i", "indicator-value", DIAG_ERROR, 33,
	        "part of itself"},
	    {"i,G,T,percent,at-least,manual,,,j", "indicator-value", DIAG_ERROR, 33,
	        "no such indicator"},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort,levels,parent", cases);
}

static const char plan[] = "indicator,group,title,unit,rule,measure,cohort,levels,parent\n"
                           "pct,G,T,percent,at-least,manual,,,\n"
                           "yn,G,T,yes-no,yes,manual,,,\n"
                           "lev,G,T,level,at-least,manual,,absent|forming|present,\n"
                           "cnt,G,T,count,at-least,manual,,,\n"
                           "num,G,T,number,increase,manual,,,\n"
                           "dyn,G,T,percent,at-least,dynamics:oge-rus:mean_mark,low-results,,\n"
                           "ref,G,T,percent,at-least-reference,manual,,,\n"
                           "two,G,T,percent,at-most,audit:programme,low-results|disadvantaged,,\n"
                           "all,G,T,percent,at-least,audit:order,all,,\n";

static void texts_of_targets(void **state)
{
	static const struct row_case cases[] = {
	    {"pct,2022,\"12,5 %\",", NULL, 0, 0, NULL},
	    {"pct,2022,1100,", "value-unit", DIAG_ERROR, 10, "0 and 100"},
	    {"pct,2022,-5,", "value-unit", DIAG_ERROR, 10, "0 and 100"},
	    {"pct,2022,много,", "value-unit", DIAG_ERROR, 10, "number"},
	    {"yn,2022,да,", NULL, 0, 0, NULL},
	    {"yn,2022,50,", "value-unit", DIAG_ERROR, 9, "yes or no"},
	    {"lev,2022,Forming,", NULL, 0, 0, NULL},
	    {"lev,2022,good,", "value-unit", DIAG_ERROR, 10, "absent|forming|present"},
	    {"cnt,2022,4,", NULL, 0, 0, NULL},
	    {"cnt,2022,4.5,", "value-unit", DIAG_ERROR, 10, "whole number"},
	    {"cnt,2022,-1,", "value-unit", DIAG_ERROR, 10, "whole number"},
	    {"num,2022,-1.5,", NULL, 0, 0, NULL},
	    {"num,2022,5 школ,", "value-unit", DIAG_ERROR, 10, "number"},
	    {"pct,2022,5,documents/no.md", "missing-path", DIAG_ERROR, 12, "documents/order.md"},
	    {0},
	};
	(void)state;
	for (const struct row_case *c = cases; c->row; c++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		model_table(&t, TABLE_INDICATORS, plan);
		model_table(&t, TABLE_TARGETS,
		    arena_printf(&t.d.arena, "indicator,year,target,document\n%s\n", c->row));
		model_finish(&t);
		assert_int_equal(t.diag.count, c->rule != NULL);
		if (c->rule)
			assert_mentions(
			    assert_said(&t.diag, c->rule, c->level, 2, c->column), c->words);
		model_end(&t);
	}
}

static void values(void **state)
{
	static const struct row_case cases[] = {
	    {"pct,2021,\"33,3\",2,6,", NULL, 0, 0, NULL},
	    {"pct,2021,33,2,6,https://example.org/a", NULL, 0, 0, NULL},
	    {"pct,2021,34,2,6,", "value-fraction", DIAG_ERROR, 10, "33.3 %"},
	    {"pct,2021,50,7,6,", "value-fraction", DIAG_ERROR, 13, "7 of 6"},
	    {"pct,2021,0,0,0,", "value-fraction", DIAG_ERROR, 12, "leave both empty"},
	    {"pct,2021,101,,,", "value-unit", DIAG_ERROR, 10, "100"},
	    {"pct,2021,5,,,files/a.pdf", NULL, 0, 0, NULL},
	    {"pct,2021,5,,,index.md#part", NULL, 0, 0, NULL},
	    {"pct,2021,5,,,files/b.pdf", "missing-path", DIAG_ERROR, 14, "attachment"},
	    {"pct,2021,5,,,indx.md", "missing-path", DIAG_ERROR, 14, "index.md"},
	    {"ref,2021,45,,,", NULL, 0, 0, NULL},
	    {"ref,2022,45,,,", "target-reference", DIAG_WARNING, 10, "ref, year 2022"},
	    {"ref,2023,45,,,", "target-reference", DIAG_WARNING, 10, "municipality"},
	    {0},
	};
	(void)state;
	for (const struct row_case *c = cases; c->row; c++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		department_file(&t.d, "files/a.pdf");
		model_table(&t, TABLE_INDICATORS, plan);
		model_table(&t, TABLE_TARGETS,
		    "indicator,year,target\nref,2021,40.5\nref,2022,municipality\n");
		model_table(&t, TABLE_VALUES,
		    arena_printf(&t.d.arena,
		        "indicator,year,value,numerator,denominator,evidence\n%s\n", c->row));
		model_finish(&t);
		if (t.diag.count != (c->rule != NULL))
			print_error("%s\n", c->row);
		assert_int_equal(t.diag.count, c->rule != NULL);
		if (c->rule)
			assert_mentions(
			    assert_said(&t.diag, c->rule, c->level, 2, c->column), c->words);
		model_end(&t);
	}
}

static void targets_in_schools(void **state)
{
	struct model *t = *state;
	model_plain(t, "period: 2020–2022\n");
	model_table(t, TABLE_INDICATORS, plan);
	model_table(t, TABLE_DECLARED,
	    "year,category,school,count\n2020,low-results,a,\n2020,low-results,b,\n"
	    "2020,low-results,c,\n2020,disadvantaged,c,\n2020,disadvantaged,d,\n2022,low-results,,6\n");
	model_table(t, TABLE_TARGETS,
	    "indicator,year,date,kind,target\n"
	    "dyn,2020,,target,20\n"         /* of 3: 1 is 33.3 */
	    "dyn,,31.12.2021,target,20\n"   /* the same pair */
	    "dyn,,2022-01-01,baseline,20\n" /* not a target */
	    "dyn,2022,,target,20\n"         /* of 6, whose names are not known */
	    "two,2021,,target,30\n"         /* at most; a, b, c, d: 4 */
	    "two,2022,,target,30\n"         /* names of some are not known: N is not */
	    "all,,,target,50\n"             /* 3 of 6, every year */
	    "pct,2021,,target,33\n");       /* not about schools */
	assert_int_equal(model_finish(t), 0);
	assert_int_equal(said(&t->diag, "target-schools"), 3);
	const struct diag_item *item = first_said(&t->diag, "target-schools");
	assert_int_equal(item->line, 2);
	assert_int_equal(item->column, 18);
	assert_string_equal(
	    item->text, "20 % of 3 schools: 0 is 0 %, 1 is 33.3 %; so at least 1 (2 such targets)");
	assert_string_equal(
	    item[1].text, "20 % of 6 schools: 1 is 16.7 %, 2 is 33.3 %; so at least 2");
	assert_int_equal(item[1].line, 5);
	assert_string_equal(item[2].text, "30 % of 4 schools: 1 is 25 %, 2 is 50 %; so at most 1");
	assert_int_equal(t->diag.count, 3);
}

/* -- road map, lists, factors, support --------------------------------------------- */

static void road_map(void **state)
{
	static const struct row_case cases[] = {
	    {"m1,S,A,2022-01-01,2022-01-01,1|6,2022-06-15,,,", NULL, 0, 0, NULL},
	    {"m1,S,A,2022-02-01,31.01.2022,,,,,", "roadmap-dates", DIAG_ERROR, 19, "2022-02-01"},
	    {"m1,S,A,,,,2022-06-16,,,", "roadmap-done", DIAG_WARNING, 11, "2022-06-15"},
	    {"m1,S,A,,,13,,,,", "roadmap-months", DIAG_ERROR, 10, "1|6"},
	    {"m1,S,A,,,июнь,,,,", "roadmap-months", DIAG_ERROR, 10, "1|6"},
	    {"m1,S,A,,,,,files/no.pdf,,", "missing-path", DIAG_ERROR, 12, "attachment"},
	    {"m1,S,A,,,,,,m2,", "roadmap-pair", DIAG_ERROR, 13, "“m1”"},
	    {"m1,S,A,,,,,,m1,", "roadmap-pair", DIAG_ERROR, 13, "itself"},
	    {"m1,S,A,,,,,,m2,school\nm2,S,A,,,,,,,school", "roadmap-pair-level", DIAG_WARNING, 13,
	        "same level"},
	    {"m1,S,A,,,,,,m2,school\nm2,S,A,,,,,,m1,municipality", NULL, 0, 0, NULL},
	    {"m1,S,A,,,,,,m2,\nm2,S,A,,,,,,m1,", NULL, 0, 0, NULL},
	    {0},
	};
	(void)state;
	model_try_rows(
	    TABLE_ROADMAP, "item,section,activity,from,to,months,done,evidence,pair,level", cases);
}

static void declared_lists(void **state)
{
	static const struct row_case cases[] = {
	    {"2022,2022,low-results,a,,", NULL, 0, 0, NULL},
	    {"2022,2021,low-results,a,,", "declared-years", DIAG_ERROR, 6, "2022"},
	    {"2022,,low-results,,4,", NULL, 0, 0, NULL},
	    {"2022,,low-results,,,", "declared-empty", DIAG_ERROR, 19, "number of schools"},
	    {"2022,,low-results,a,,documents/no.md", "missing-path", DIAG_ERROR, 22, "documents/"},
	    {"2022,,low-results,,1,\n2022,,low-results,a,,\n2022,,low-results,b,,",
	        "declared-count", DIAG_WARNING, 20, "(2)"},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_DECLARED, "year,until,category,school,count,document", cases);
}

static void other_tables(void **state)
{
	static const struct row_case supports[] = {
	    {"a,b,tutor,2022-01-01,2022-12-31,", NULL, 0, 0, NULL},
	    {"a,Школа Б,tutor,,,", NULL, 0, 0, NULL},
	    {"a,Школа Ж,tutor,,,", "unknown-supporter", DIAG_ERROR, 3, "Школа"},
	    {"a,b,tutor,2022-01-02,2022-01-01,", "support-dates", DIAG_ERROR, 22, "2022-01-02"},
	    {0},
	};
	static const struct row_case bodies[] = {
	    {"w,Группа,documents/no.md", "missing-path", DIAG_ERROR, 10, "page"}, {0}};
	(void)state;
	model_try_rows(TABLE_SUPPORT, "school,supporter,kind,from,to,document", supports);
	model_try_rows(TABLE_BODIES, "body,title,document", bodies);
}

static void years_of_a_school(void **state)
{
	struct model *t = *state;
	model_content(t, "index.md", "---\ntitle: x\n---\n");
	model_table(t, TABLE_SCHOOLS,
	    "school,name,kind,from_year,to_year\na,Школа А,basic,2021,2021\nb,Школа Б,basic,2021,2020\n");
	assert_int_equal(model_finish(t), -1);
	assert_mentions(assert_said(&t->diag, "school-years", DIAG_ERROR, 3, 22), "2021");
}

static void factors(void **state)
{
	struct model *t = *state;
	static const char text[] =
	    "---\ntitle: x\nkind: factors\ncategory: risk-zone\ntable: f.csv\n---\n";
	model_method(t, "mine", text, "factor,title\nremoteness,А\n");
	model_method(t, "theirs", text, "factor,title\ninternet,А\n");
	model_plain(t, "methods: [mine]\n");
	model_table(t, TABLE_FACTORS,
	    "year,school,factor,present\n2022,a,remoteness,yes\n2022,a,remotenes,yes\n"
	    "2022,b,remotenes,yes\n2022,a,internet,no\n");
	assert_int_equal(model_finish(t), -1);
	assert_int_equal(said(&t->diag, "unknown-factor"), 2);
	const struct diag_item *item = first_said(&t->diag, "unknown-factor");
	assert_int_equal(item->line, 3);
	assert_int_equal(item->column, 8);
	assert_mentions(item, "“remoteness”");
	assert_int_equal(item[1].line, 5);
}

/* -- pages ----------------------------------------------------------------------- */

static void references_of_pages(void **state)
{
	struct model *t = *state;
	site_settings(&t->site, "content/site.yaml",
	    STR("title: x\nbase_url: https://example.org\nstaff: [{login: anna, roles: [publisher]}, {login: boris}]\n"),
	    &t->diag);
	model_plain(t, "");
	department_file(&t->d, "order.pdf");
	model_table(t, TABLE_ROADMAP, "item,section,activity\nseminar-1,S,A\n");
	model_content(t, "documents/a.md",
	    "---\ntitle: А\ndate: 2020-01-15\nfile: ordr.pdf\nsignature: order.pdf\n"
	    "follows: [documents/b.md, documents/bb.md, documents/a.md]\n"
	    "schools: [Школа А, Школа Ы, c]\napproved_by: ana\n---\n");
	model_content(t, "documents/b.md", "---\ntitle: Б\ndate: 2021-01-15\n---\n");
	model_content(t, "events/e.md", "---\ntitle: Е\nroadmap: seminar-2\n---\n");
	model_content(t, "schools/aa.md", "");
	model_content(t, "schools/b.md", "");
	assert_int_equal(model_finish(t), -1);
	assert_mentions(
	    assert_said(&t->diag, "missing-attachment", DIAG_ERROR, 4, 7), "“order.pdf”");
	assert_int_equal(said(&t->diag, "missing-document"), 2);
	const struct diag_item *item = first_said(&t->diag, "missing-document");
	assert_int_equal(item->line, 6);
	assert_int_equal(item->column, 27);
	assert_mentions(item, "documents/b.md");
	assert_mentions(item + 1, "itself");
	assert_mentions(assert_said(&t->diag, "document-order", DIAG_WARNING, 6, 11), "2021-01-15");
	assert_int_equal(said(&t->diag, "unknown-school"), 2);
	item = first_said(&t->diag, "unknown-school");
	assert_int_equal(item->line, 7);
	assert_int_equal(item->column, 20);
	assert_mentions(assert_said(&t->diag, "unknown-measure", DIAG_ERROR, 3, 10), "“seminar-1”");
	assert_mentions(assert_said(&t->diag, "unknown-staff", DIAG_ERROR, 8, 14), "“anna”");
	assert_int_equal(t->diag.count, 8);
}

/* Closed schools are not counted. */
static void number_of_schools(void **state)
{
	static const struct {
		const char *schools;
		bool warns;
	} cases[] = {{"1", true}, {"2", false}, {"3", false}, {"0", false}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		model_begin(&t);
		model_content(&t, "index.md",
		    arena_printf(
		        &t.d.arena, "---\ntitle: x\nschools: %s\n---\n", cases[i].schools));
		model_table(&t, TABLE_SCHOOLS,
		    "school,name,kind,to_year\na,А,basic,\nb,Б,basic,\nold,В,basic,2010\n");
		assert_int_equal(model_finish(&t), 0);
		assert_int_equal(t.diag.count, cases[i].warns);
		if (cases[i].warns)
			assert_mentions(
			    assert_said(&t.diag, "number-of-schools", DIAG_WARNING, 3, 10), ": 2");
		model_end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(indicators),
	    cmocka_unit_test(texts_of_targets),
	    cmocka_unit_test(values),
	    cmocka_unit_test_setup_teardown(targets_in_schools, model_setup, model_teardown),
	    cmocka_unit_test(road_map),
	    cmocka_unit_test(declared_lists),
	    cmocka_unit_test(other_tables),
	    cmocka_unit_test_setup_teardown(years_of_a_school, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(factors, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(references_of_pages, model_setup, model_teardown),
	    cmocka_unit_test(number_of_schools),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

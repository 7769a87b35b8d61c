/*
 * Claims: what their words mean, what the data say to them, what may be told
 * of it, and how they look in a text and on the reconciliation page.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/claim.h"
#include "render/pages.h"
#include "support_model.h"
#include "support_render.h"

#include <stdio.h>
#include <string.h>

static const char values[] = "disclosure: {level: values, minimum_group: 10}\n";

/* Rose in a, fell in b, unknown in c; c's students are a small group. */
static void make(struct rendering *t, const char *front, const char *programme)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS,
	    "school,name,kind\na,Альфа,secondary\nb,Бета,secondary\nc,Гамма,secondary\n");
	support_table(&t->f, TABLE_RESULTS,
	    "year,procedure,school,participants,below_minimum,pass_rate\n"
	    "2020,oge-math,a,30,6,80\n2021,oge-math,a,30,3,90\n"
	    "2020,oge-math,b,30,3,90\n2021,oge-math,b,30,6,80\n"
	    "2021,oge-rus,a,30,3,90\n2021,oge-rus,c,4,2,50\n");
	support_table(&t->f, TABLE_CONTEXT,
	    "year,school,students,single_parent,low_income_or_single_parent_share,registered_share,small_school\n"
	    "2021,a,100,25,20.5,4,yes\n2021,b,50,20,30,5,no\n2021,c,8,2,,,no\n"
	    "2020,a,100,10,,,\n");
	support_table(&t->f, TABLE_DECLARED, "year,category,school\n2021,low-results,a\n");
	if (programme)
		support_content(&t->f, "programme.md", programme);
	rendering_finish(t, PROFILE_PUBLIC);
}

/* -- what the data say ---------------------------------------------------------- */

struct says {
	const char *value, *measure, *school, *cohort;
	int64_t year;
	enum claim_verdict verdict;
	int found_year;
	bool shown;
};

static void test_verdicts(void **state)
{
	static const char income[] = "context:low_income_or_single_parent_share";
	static const struct says cases[] = {
	    {"20,5", income, "a", NULL, 2021, CLAIM_AGREES, 2021, true},
	    {"20.5 %", income, "Альфа", NULL, 2021, CLAIM_AGREES, 2021, true},
	    {"20.4", income, "a", NULL, 2021, CLAIM_DIFFERS, 2021, true},
	    {"21", income, "a", NULL, 2021, CLAIM_AGREES, 2021, true}, /* rounded */
	    {"20.5", income, "c", NULL, 2021, CLAIM_UNCHECKED, 2021, true},
	    {"20.5", income, "a", NULL, 1990, CLAIM_UNCHECKED, 1990, true},
	    /* the mean of 20.5 and 30; the latest year is found */
	    {"25.25", income, NULL, NULL, FIELD_NO_INT, CLAIM_AGREES, 2021, true},
	    {"20.5", income, NULL, "low-results", FIELD_NO_INT, CLAIM_AGREES, 2021, true},
	    {"33,3 %", "dynamics:oge-math:pass_rate", NULL, "all", 2021, CLAIM_AGREES, 2021, true},
	    {"yes", "dynamics:oge-math:pass_rate", "a", NULL, 2021, CLAIM_AGREES, 2021, true},
	    {"да", "dynamics:oge-math:pass_rate", "b", NULL, 2021, CLAIM_DIFFERS, 2021, true},
	    {"15", "below-minimum:oge-math", NULL, NULL, 2021, CLAIM_AGREES, 2021, true},
	    {"no", "special-page", NULL, NULL, 2021, CLAIM_AGREES, 2021, true},
	    {"50", "ratio:single_parent/students", NULL, "disadvantaged", 2021, CLAIM_UNCHECKED,
	        2021, true},
	    {"7", NULL, NULL, NULL, 2021, CLAIM_UNCHECKED, 0, true},
	    {"7", "manual", NULL, NULL, 2021, CLAIM_UNCHECKED, 0, true},
	    /* small groups and sensitive numbers are computed, and not told */
	    {"47", "context:single_parent", NULL, NULL, 2021, CLAIM_AGREES, 2021, false},
	    {"10,9", "below-minimum:oge-math|oge-rus", NULL, NULL, 2021, CLAIM_DIFFERS, 2021,
	        false},
	    {"4", "context:registered_share", "a", NULL, 2021, CLAIM_AGREES, 2021, false},
	    {"4.5", "context:registered_share", NULL, NULL, 2021, CLAIM_AGREES, 2021, false},
	};
	struct rendering t;
	(void)state;
	make(&t, values, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct says *s = &cases[i];
		const struct claim claim = {.text = "T",
		    .value = s->value,
		    .measure = s->measure,
		    .cohort = s->cohort,
		    .school = s->school,
		    .year = s->year};
		struct claimed c;
		claim_compute(&c, &t.arena, t.r.dept, &t.ids, &claim);
		bool shown = disclosure_measured(
		    &t.disclosure, &c.meaning.measure, c.year, c.contributions, c.ncontributions);
		if (c.verdict != s->verdict || c.year != s->found_year || shown != s->shown)
			fail_msg("case %zu, %s: verdict %d, year %d, shown %d", i,
			    s->measure ? s->measure : "none", c.verdict, c.year, shown);
	}
	rendering_end(&t);
}

/* One school is told only where its values are; a cohort also below that. */
static void test_levels(void **state)
{
	static const char *const levels[] = {"status", "basis", "values"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char front[80];
		struct rendering u;
		struct claimed c;
		struct claim claim = {
		    .text = "T", .value = "15", .measure = "below-minimum:oge-math", .year = 2021};
		snprintf(front, sizeof(front), "disclosure: {level: %s, minimum_group: 10}\n",
		    levels[i]);
		make(&u, front, NULL);
		claim_compute(&c, &u.arena, u.r.dept, &u.ids, &claim);
		assert_true(disclosure_measured(
		    &u.disclosure, &c.meaning.measure, c.year, c.contributions, c.ncontributions));
		claim.school = "a";
		claim_compute(&c, &u.arena, u.r.dept, &u.ids, &claim);
		assert_int_equal(disclosure_measured(&u.disclosure, &c.meaning.measure, c.year,
		                     c.contributions, c.ncontributions),
		    i == 2);
		/* a cohort of one is that school */
		claim.school = NULL;
		claim.cohort = "low-results";
		claim_compute(&c, &u.arena, u.r.dept, &u.ids, &claim);
		assert_int_equal(c.ncontributions, 1);
		assert_int_equal(disclosure_measured(&u.disclosure, &c.meaning.measure, c.year,
		                     c.contributions, c.ncontributions),
		    i == 2);
		rendering_end(&u);
	}
}

/* -- what is wrong ----------------------------------------------------------------- */

static void assert_front_wrong(
    const char *lines, const char *rule, unsigned line, unsigned column, const char *words)
{
	struct model m;
	model_begin(&m);
	model_plain(&m, "");
	model_content(&m, "programme.md",
	    arena_printf(&m.d.arena, "---\ntitle: P\nclaims:\n  - text: T\n%s---\nX\n", lines));
	model_finish(&m);
	assert_mentions(assert_said(&m.diag, rule, DIAG_ERROR, line, column), words);
	model_end(&m);
}

static void test_wrong_front_matter(void **state)
{
	(void)state;
	assert_front_wrong(
	    "    value: 7\n    measure: special-pge\n", "measure", 6, 14, "special-page");
	assert_front_wrong(
	    "    value: 7\n    measure: below-minimum:oge-mth\n", "measure", 6, 14, "oge-math");
	assert_front_wrong("    measure: below-minimum:oge-math\n", "claim-value", 4, 5, "value:");
	assert_front_wrong(
	    "    value: семь\n    measure: below-minimum:oge-math\n", "claim-value", 5, 12, "7 %");
	assert_front_wrong(
	    "    value: 7\n    measure: special-page\n", "claim-value", 5, 12, "yes or no");
	assert_front_wrong("    value: 7\n    year: 21\n    measure: below-minimum:oge-math\n",
	    "claim-year", 6, 11, "2022");
	assert_front_wrong("    value: 7\n    measure: below-minimum:oge-math\n    school: x9\n",
	    "unknown-school", 7, 13, "schools.csv");
	assert_front_wrong(
	    "    value: 7\n    measure: below-minimum:oge-math\n    cohort: low-result\n",
	    "claim-cohort", 7, 13, "low-results");
	assert_front_wrong(
	    "    value: 7\n    measure: below-minimum:oge-math\n    cohort: all\n    school: a\n",
	    "claim-school", 8, 13, "one of the two");
	assert_front_wrong("    value: yes\n    measure: special-page\n    school: a\n",
	    "claim-school", 7, 13, "Leave the school out");
}

/* A single map is a list of one; the second of two has places of its own. */
static void test_places(void **state)
{
	struct model m;
	(void)state;
	model_begin(&m);
	model_plain(&m, "");
	model_content(&m, "other.md", "---\nclaims: {text: T, value: 1, measure: nothing}\n---\n");
	model_content(&m, "programme.md",
	    "---\ntitle: P\nclaims:\n  - text: A\n    value: 1\n  - {text: B, value: 2, measure: x}\n---\n");
	model_finish(&m);
	assert_int_equal(said(&m.diag, "measure"), 2);
	const struct diag_item *first = first_said(&m.diag, "measure");
	assert_string_equal(first->file, "content/x/other.md");
	assert_int_equal(first->line, 2);
	assert_int_equal(first->column, 38);
	model_end(&m);
}

/* -- in a text ------------------------------------------------------------------------ */

static void test_fence(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, values,
	    "---\ntitle: P\n---\n"
	    "```claim value=\"20,5 %\" measure=context:low_income_or_single_parent_share school=a\n"
	    "В школе № 1 таких\n20,5 % <b>детей</b>\n```\n\n"
	    "```claim value=16 measure=below-minimum:oge-math year=2021\nШестнадцать\n```\n\n"
	    "```claim value=4 measure=context:registered_share school=a\nНа учёте\n```\n\n"
	    "```claim value=\"половина\"\nПсихологи\n```\n");
	assert_int_equal(page_programme(&t.r), 0);
	const char *html = rendering_file(&t, "programme/index.html");
	assert_shows(html, "20,5 % &lt;b&gt;детей&lt;/b&gt;</blockquote>");
	assert_shows(html, "id=\"fence-1\"");
	assert_shows(
	    html, "data/context/index.html#L2\" title=\"context.csv, строка 2\">20,5\u00a0%</a>");
	assert_shows(html, "Сходится");
	assert_shows(html, "15\u00a0% (9 из 60)");
	assert_shows(html, "Расходится");
	assert_shows(html, "Не публикуется");
	assert_shows_no(html, "registered_share");
	assert_shows(html, "Нечем проверить");
	assert_shows(html, "../identification/reconciliation/index.html#claims");
	assert_shows_no(html, "половина %");
	const struct diag_item *differs = rendering_said(&t, "claim-differs");
	assert_non_null(differs);
	assert_int_equal(differs->level, DIAG_WARNING);
	assert_int_equal(differs->line, 9);
	assert_int_equal(differs->column, 16);
	assert_string_equal(differs->cell, "16");
	assert_shows(differs->text, "15");
	assert_int_equal(rendering_said(&t, "claim-hidden")->line, 13);
	assert_int_equal(t.diag.errors, 0);
	assert_int_equal(t.diag.warnings, 2);
	rendering_end(&t);
}

static void test_wrong_fences(void **state)
{
	static const struct {
		const char *info, *body, *rule;
		unsigned column;
	} cases[] = {
	    {"claim value=7 measure=below-mnimum:oge-math", "T", "measure", 26},
	    {"claim valu=7", "T", "fence-words", 10},
	    {"claim 7", "T", "fence-words", 10},
	    {"claim value=7 year=двадцать", "T", "claim-year", 23},
	    {"claim value=7 year=2021.5", "T", "claim-year", 23},
	    {"claim value=7 school=x9", "T", "unknown-school", 25},
	    {"claim value=\"7", "T", "fence-words", 10},
	    {"claim value=7", "", "claim-text", 1},
	    {"claim measure=below-minimum:oge-math", "T", "claim-value", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct rendering t;
		char body[256];
		snprintf(body, sizeof(body), "---\ntitle: P\n---\n```%s\n%s\n```\n", cases[i].info,
		    cases[i].body);
		make(&t, values, body);
		page_programme(&t.r);
		const struct diag_item *item = rendering_said(&t, cases[i].rule);
		if (!item)
			fail_msg("%s: %s was not said, but %s", cases[i].info, cases[i].rule,
			    t.diag.count ? t.diag.items[0].text : "nothing");
		assert_int_equal(item->line, 4);
		assert_int_equal(item->column, cases[i].column);
		assert_int_equal(t.diag.errors, 1);
		rendering_end(&t);
	}
}

/* -- on the reconciliation page ---------------------------------------------------------- */

static void test_table(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, values,
	    "---\ntitle: Programme\nclaims:\n"
	    "  - {text: Front, value: 25.25, measure: context:low_income_or_single_parent_share}\n"
	    "  - {text: Wrong, value: 12 %, measure: below-minimum:oge-math, year: 2021}\n"
	    "---\n```claim value=15 measure=below-minimum:oge-math year=2021\nBlock\n```\n");
	assert_int_equal(page_programme(&t.r), 0);
	assert_int_equal(page_reconciliation(&t.r), 0);
	const char *html = rendering_file(&t, "identification/reconciliation/index.html");
	assert_shows(html, ">Programme</th>");
	assert_shows(html, "<a href=\"../../programme/index.html#fence-1\">Block</a>");
	assert_shows(html, "<a href=\"../../programme/index.html\">Front</a>");
	assert_shows(html, "25,25\u00a0% (в среднем по 2 школам)");
	assert_shows(html, "о 1 школе данных нет");
	const struct diag_item *differs = rendering_said(&t, "claim-differs");
	assert_int_equal(differs->line, 5);
	assert_int_equal(differs->column, 26);
	assert_int_equal(t.diag.warnings, 1);
	rendering_end(&t);
}

/* Nothing of a page that is not published. */
static void test_draft(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, values,
	    "---\ntitle: P\nstatus: draft\nclaims: {text: Secret, value: 12, measure: below-minimum:oge-math}\n---\n");
	assert_int_equal(page_reconciliation(&t.r), 0);
	assert_shows_no(rendering_file(&t, "identification/reconciliation/index.html"), "Secret");
	assert_int_equal(t.diag.warnings, 0);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_verdicts),
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_wrong_front_matter),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_fence),
	    cmocka_unit_test(test_wrong_fences),
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_draft),
	};
	return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}

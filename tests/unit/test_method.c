/* The seven published methods are sound; everything that would make a method
 * decide wrongly is told at its place. Site settings are tried here too. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "support_model.h"

static const char rules_header[] =
    "rule,criterion,title,measure,match,over,years,operator,threshold,reference,points\n";

static struct str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *bytes = arena_alloc(a, 256 * 1024);
	size_t n = fread(bytes, 1, 256 * 1024, f);
	fclose(f);
	return (struct str){bytes, n};
}

/* With the real shared tables. */
static void published_methods(void **state)
{
	static const struct {
		const char *id;
		int kind, category;
		size_t rows;
	} methods[] = {
	    {"fioko-low-results", METHOD_LOW_PROCEDURES, CATEGORY_LOW_RESULTS, 0},
	    {"ust-ilimsk-low-results", METHOD_LOW_PROCEDURES, CATEGORY_LOW_RESULTS, 0},
	    {"social-wellbeing", METHOD_INDEX, CATEGORY_DISADVANTAGED, 0},
	    {"kezhma-low-results", METHOD_POINTS, CATEGORY_LOW_RESULTS, 12},
	    {"kezhma-disadvantaged", METHOD_POINTS, CATEGORY_DISADVANTAGED, 10},
	    {"kezhma-risk-zone", METHOD_FACTORS, CATEGORY_RISK_ZONE, 10},
	    {"nazarovo-risks", METHOD_FACTORS, CATEGORY_RISK_ZONE, 8},
	};
	struct site s = SITE_INIT;
	struct diag diag = DIAG_INIT;
	(void)state;
	site_table(&s, TABLE_PROCEDURES, "data/procedures.csv",
	    read_file(&s.arena, "data/procedures.csv"), &diag);
	site_table(
	    &s, TABLE_METRICS, "data/metrics.csv", read_file(&s.arena, "data/metrics.csv"), &diag);
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct method m;
		const char *path = arena_printf(&s.arena, "content/methods/%s.md", methods[i].id);
		method_read(&m, &s.arena, methods[i].id, read_file(&s.arena, path), &diag);
		if (m.table) {
			path = arena_printf(&s.arena, "data/methods/%s", m.table);
			method_table(&m, &s.arena, path, read_file(&s.arena, path), &diag);
		}
		assert_int_equal(method_check(&m, &s.arena, &s.procedures, &s.metrics, &diag), 0);
		assert_no_errors(&diag);
		assert_true(m.sound);
		assert_int_equal(m.kind, methods[i].kind);
		assert_int_equal(m.category, methods[i].category);
		assert_int_equal(m.rules.count, methods[i].rows);
		assert_true(m.readings.count > 0);
	}
	assert_int_equal(diag.warnings, 0);
	site_clear(&s);
	diag_clear(&diag);
}

static void parameters(void **state)
{
	struct model t;
	(void)state;
	model_begin(&t);
	const struct method *m = model_method(&t, "low",
	    "---\ntitle: x\nkind: low-procedures\ncategory: low-results\npredicate: below-references\n"
	    "measure: quality_rate\nreferences: [municipality, region]\nprocedures: [oge-rus, oge-math]\n"
	    "criteria:\n  - {at_least: 1, years: 2}\n---\nСлова.\n",
	    NULL);
	assert_no_errors(&t.diag);
	assert_true(m->sound);
	assert_int_equal(m->measure, FIELD_QUALITY_RATE);
	assert_int_equal(field_enum(&m->references, 0), SCOPE_MUNICIPALITY);
	assert_int_equal(field_enum(&m->references, 1), SCOPE_REGION);
	assert_int_equal(m->nprocedures, 2);
	assert_string_equal(m->procedures[1]->id, "oge-math");
	assert_int_equal(((const struct criterion *)m->criteria.items)[0].years, 2);
	assert_int_equal(m->at_least, FIELD_NO_INT);
	assert_string_equal(m->body.p, "Слова.\n");

	m = model_method(&t, "index",
	    "---\ntitle: x\nkind: index\ncategory: disadvantaged\nintercept: 85\nterms:\n"
	    "  - {metric: single_parent, weight: -20,5}\nq: 0,25\n---\n",
	    NULL);
	/* In braces a comma ends the value, so "5" is a key without one. */
	assert_int_equal(t.diag.errors, 0);
	assert_int_equal(said(&t.diag, "frontmatter-unknown-key"), 1);
	assert_int_equal(m->minimum_schools, 4);
	assert_int_equal(m->q.digits, 25);
	assert_string_equal(((const struct term *)m->terms.items)[0].metric->id, "single_parent");
	model_end(&t);
}

/* One wrong line in an otherwise right method. */
struct wrong_case {
	const char *front, *rule;
	unsigned line;
	const char *words;
};

static void try_cases(const char *head, const struct wrong_case *cases, const char *table)
{
	for (; cases->front; cases++) {
		struct model t;
		char text[1024];
		model_begin(&t);
		snprintf(text, sizeof(text), "---\ntitle: x\n%s%s---\n", head, cases->front);
		const struct method *m = model_method(&t, "m", text, table);
		const struct diag_item *item = first_said(&t.diag, cases->rule);
		if (!item || t.diag.errors != 1)
			print_error("%s: %zu errors\n", cases->front, t.diag.errors);
		assert_non_null(item);
		assert_int_equal(t.diag.errors, 1);
		assert_int_equal(item->line, cases->line);
		assert_mentions(item, cases->words);
		assert_false(m->sound);
		model_end(&t);
	}
}

static void wrong_low_procedures(void **state)
{
	static const char head[] = "kind: low-procedures\ncategory: low-results\n";
#define LOW      "predicate: share-below-minimum\npercent: 30\n"
#define CRITERIA "criteria: [{at_least: 1, years: 1}]\n"
	static const struct wrong_case cases[] = {
	    {LOW "procedures: [oge-rus, oge-mat]\n" CRITERIA, "method-value", 7, "oge-math"},
	    {LOW "procedures: [oge-rus, oge-rus]\n" CRITERIA, "method-value", 7, "twice"},
	    {LOW "procedures: [oge-rus]\ncriteria: [{at_least: 2, years: 1}]\n", "method-value", 8,
	        "more procedures"},
	    {LOW "procedures: [oge-rus]\ncriteria: [{at_least: 0, years: 1}]\n", "method-value", 8,
	        "at least one"},
	    {LOW "procedures: [oge-rus]\ncriteria: [{at_least: 1, years: 0}]\n", "method-value", 8,
	        "1 to 10 years"},
	    {LOW "procedures: [oge-rus]\ncriteria: [{at_least: 1}]\n", "frontmatter-missing-key", 8,
	        "years"},
	    {LOW "procedures: [oge-rus]\n", "method-missing-key", 2, "criteria"},
	    {LOW CRITERIA "procedures: []\n", "method-value", 7, "more procedures"},
	    {"predicate: share-below-minimum\npercent: 130\nprocedures: [oge-rus]\n" CRITERIA,
	        "method-value", 6, "100 percent"},
	    {"predicate: share-below-minimum\npercent: 0\nprocedures: [oge-rus]\n" CRITERIA,
	        "method-value", 6, "100 percent"},
	    {"predicate: share-below-minimum\nprocedures: [oge-rus]\n" CRITERIA,
	        "method-missing-key", 2, "percent"},
	    {"predicate: below-references\nmeasure: mean_mark\nprocedures: [oge-rus]\n" CRITERIA,
	        "method-missing-key", 2, "references"},
	    {"predicate: below-references\nmeasure: mean_mark\nreferences: region\n"
	     "procedures: [ege-rus]\n" CRITERIA,
	        "method-value", 8, "points and no marks"},
	    {"predicate: below-references\nmeasure: mean_mark\nreferences: [region, school]\n"
	     "procedures: [oge-rus]\n" CRITERIA,
	        "method-value", 7, "itself"},
	    {"predicate: below-references\nmeasure: mean\nreferences: region\n"
	     "procedures: [oge-rus]\n" CRITERIA,
	        "frontmatter-value", 6, "mean_mark"},
	    {0},
	};
	(void)state;
	try_cases(head, cases, NULL);
}

static void wrong_index(void **state)
{
#define TERM "terms: [{metric: single_parent, weight: 1}]\n"
	static const struct wrong_case cases[] = {
	    {TERM "q: 25\n", "method-value", 6, "0.25"},
	    {TERM "q: -0.1\n", "method-value", 6, "0.25"},
	    {TERM, "method-missing-key", 2, "q"},
	    {"q: 0.25\n", "method-missing-key", 2, "terms"},
	    {"q: 0.25\nterms: [{metric: single_parents, weight: 1}]\n", "method-value", 6,
	        "single_parent"},
	    {"q: 0.25\nterms: [{metric: students, weight: 1}]\n", "method-value", 6,
	        "neither a share"},
	    {"q: 0.25\nterms: [{metric: distance, weight: 1}]\n", "method-value", 6,
	        "neither a share"},
	    {"q: 0.25\nterms: [{metric: single_parent, weight: x}]\n", "frontmatter-value", 6,
	        "number"},
	    {"q: 0.25\nterms: [{metric: registered, weight: 1}, {metric: registered, weight: 2}]\n",
	        "method-value", 6, "twice"},
	    {TERM "q: 0.25\nminimum_schools: 0\n", "method-value", 7, "minimum_schools: 4"},
	    {0},
	};
	(void)state;
	try_cases("kind: index\ncategory: disadvantaged\n", cases, NULL);
}

static void wrong_factors(void **state)
{
	static const struct wrong_case cases[] = {
	    {"table: m.csv\nat_least: 3\n", "method-value", 6, "between 1"},
	    {"table: m.csv\nat_least: 0\n", "method-value", 6, "between 1"},
	    {"at_least: 1\n", "method-missing-key", 2, "table"},
	    {0},
	};
	static const struct wrong_case missing[] = {
	    {"table: no.csv\n", "method-missing-table", 5, "data/methods/"}, {0}};
	static const struct wrong_case empty[] = {
	    {"table: m.csv\n", "method-empty-table", 1, "a row for each"}, {0}};
	(void)state;
	try_cases("kind: factors\ncategory: risk-zone\n", cases, "factor,title\na,А\nb,Б\n");
	try_cases("kind: factors\ncategory: risk-zone\n", missing, NULL);
	try_cases("kind: factors\ncategory: risk-zone\n", empty, "factor,title\n");
}

static void unused_keys(void **state)
{
	struct model t;
	(void)state;
	model_begin(&t);
	const struct method *m = model_method(&t, "m",
	    "---\ntitle: x\nkind: factors\ncategory: risk-zone\ntable: m.csv\npercent: 30\n---\n",
	    "factor,title\na,А\n");
	assert_true(m->sound);
	assert_mentions(assert_said(&t.diag, "method-unused-key", DIAG_WARNING, 6, 1), "factors");
	model_end(&t);
	model_begin(&t);
	m = model_method(&t, "m", "---\ntitle: x\nkind: magic\ncategory: 500-plus\n---\n", NULL);
	assert_int_equal(t.diag.errors, 2);
	assert_false(m->sound);
	model_end(&t);
}

static void rules_of_points(void **state)
{
	static const struct {
		const char *rule;
		const char *said, *words;
		enum diag_level level;
	} cases[] = {
	    {"r,,x,result:mean_mark:oge-rus,,last,1,<,3.5,none,", NULL, NULL, 0},
	    {"r,,x,result:mean_mark:oge-rus|oge-math,all,each,3,<,,region,", NULL, NULL, 0},
	    {"r,,x,result:mean_score:vpr-rus-4|vpr-math-4,all,last,1,>,20,gap-region,", NULL, NULL,
	        0},
	    {"r,,x,context:single_parent/students,,sum,3,>,30,none,", NULL, NULL, 0},
	    {"r,,x,context:small_school,,last,1,present,,none,", NULL, NULL, 0},
	    {"r,,x,context:registered,,last,1,present,,none,", NULL, NULL, 0},
	    {"r,,x,result:mean_mark:oge-rus|oge-math,all,last,1,>,20,gap-region,", "method-rule",
	        "never reach", DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,last,1,<,2,none,", "method-rule", "never reach",
	        DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,last,1,>=,5.1,none,", "method-rule", "never reach",
	        DIAG_ERROR},
	    {"r,,x,context:single_parent/students,,last,1,>,100,none,", "method-rule",
	        "never reach", DIAG_ERROR},
	    {"r,,x,result:below_minimum_share:oge-rus,,last,1,>=,0,none,", "method-rule-always", "",
	        DIAG_WARNING},
	    {"r,,x,result:mean_mark:ege-rus,,last,1,<,3,none,", "measure", "mean_score",
	        DIAG_ERROR},
	    {"r,,x,result:mean_marks:oge-rus,,last,1,<,3,none,", "measure", "mean_mark",
	        DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-russ,,last,1,<,3,none,", "measure", "oge-rus", DIAG_ERROR},
	    {"r,,x,result:mean_mark,,last,1,<,3,none,", "measure", "no procedure", DIAG_ERROR},
	    {"r,,x,context:single_parrent,,last,1,>,3,none,", "measure", "single_parent",
	        DIAG_ERROR},
	    {"r,,x,contxt:students,,last,1,>,3,none,", "measure", "context", DIAG_ERROR},
	    {"r,,x,audit:programme,,last,1,>,3,none,", "measure", "no such measure", DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus|oge-math,,last,1,<,3,none,", "method-rule", "any",
	        DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,last,1,<,,none,", "method-rule", "nothing to compare",
	        DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,last,1,<,3,region,", "method-rule", "threshold too",
	        DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,last,1,present,,none,", "method-rule", "present",
	        DIAG_ERROR},
	    {"r,,x,context:small_school,,last,1,>,0,none,", "method-rule", "present", DIAG_ERROR},
	    {"r,,x,result:mean_mark:oge-rus,,sum,3,<,3,none,", "method-rule", "summed", DIAG_ERROR},
	    {"r,,x,context:single_parent/students,,each,0,>,30,none,", "method-rule",
	        "1 to 10 years", DIAG_ERROR},
	    {"r,,x,context:single_parent/students,,last,1,>,30,none,0", "method-rule",
	        "more than 0", DIAG_ERROR},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		char table[512];
		model_begin(&t);
		snprintf(table, sizeof(table), "%s%s\n", rules_header, cases[i].rule);
		const struct method *m = model_method(&t, "m",
		    "---\ntitle: x\nkind: points\ncategory: low-results\ntable: m.csv\n---\n",
		    table);
		if (t.diag.count != (cases[i].said != NULL))
			print_error("%s: %zu messages\n", cases[i].rule, t.diag.count);
		assert_int_equal(t.diag.count, cases[i].said != NULL);
		assert_int_equal(m->sound, !cases[i].said || cases[i].level == DIAG_WARNING);
		if (cases[i].said) {
			assert_string_equal(t.diag.items[0].rule, cases[i].said);
			assert_int_equal(t.diag.items[0].level, cases[i].level);
			assert_int_equal(t.diag.items[0].line, 2);
			assert_string_equal(t.diag.items[0].file, "data/methods/m.csv");
			/* The column is that of the cell shown. */
			const struct diag_item *item = &t.diag.items[0];
			assert_true(item->column >= 1 && item->column <= strlen(cases[i].rule) + 1);
			if (item->cell)
				assert_memory_equal(cases[i].rule + item->column - 1, item->cell,
				    strlen(item->cell));
			if (cases[i].level == DIAG_ERROR)
				assert_mentions(&t.diag.items[0], cases[i].words);
		}
		model_end(&t);
	}
}

static void measures_of_rules(void **state)
{
	struct model t;
	(void)state;
	model_begin(&t);
	const struct method *m = model_method(&t, "m",
	    "---\ntitle: x\nkind: points\ncategory: low-results\ntable: m.csv\n---\n",
	    "rule,title,measure,match,over,years,operator,threshold,reference\n"
	    "a,x,result:mean_mark:vpr-rus-4|vpr-math-4,all,last,1,<,,region\n"
	    "b,x,context:single_parent/students,,last,1,>,30,none\n");
	assert_no_errors(&t.diag);
	assert_int_equal(m->measures[0].form, FORM_RESULT);
	assert_int_equal(m->measures[0].field, FIELD_MEAN_MARK);
	assert_int_equal(m->measures[0].nprocedures, 2);
	assert_string_equal(m->measures[0].procedures[0]->id, "vpr-rus-4");
	assert_int_equal(m->measures[1].form, FORM_CONTEXT);
	assert_string_equal(m->measures[1].metric->id, "single_parent");
	assert_string_equal(m->measures[1].of->id, "students");
	model_end(&t);
}

static void cutoffs(void **state)
{
#define TABLE "rule,title,measure,operator,threshold,points\n"
	static const struct {
		const char *front, *table, *words;
	} cases[] = {
	    {"cutoff_points: 5", TABLE "a,x,context:students,>,1,2\nb,x,context:students,>,2,2\n",
	        "fewer points"},
	    {"cutoff_points: 1", TABLE "a,x,context:students,>,1,\n", "no points"},
	    {"cutoff_points: 0", TABLE "a,x,context:students,>,1,1\n", "over 0"},
	    {"cutoff_met: 2", TABLE "a,x,context:students,>,1,\n", "number of rules"},
	    {"cutoff_met: 1\ncutoff_points: 1", TABLE "a,x,context:students,>,1,1\n",
	        "two cutoffs"},
	    {"cutoff_met: 1", TABLE "a,x,context:students,>,1,1\nb,x,context:students,>,2,\n",
	        "has none"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		char text[256];
		model_begin(&t);
		snprintf(text, sizeof(text),
		    "---\ntitle: x\nkind: points\ncategory: low-results\ntable: m.csv\n%s\n---\n",
		    cases[i].front);
		model_method(&t, "m", text, cases[i].table);
		assert_int_equal(t.diag.errors, 1);
		assert_mentions(&t.diag.items[0], cases[i].words);
		model_end(&t);
	}
}

/* -- content/site.yaml --------------------------------------------------------- */

static void settings(void **state)
{
	struct site s = SITE_INIT;
	struct diag diag = DIAG_INIT;
	(void)state;
	assert_int_equal(
	    site_settings(&s, "content/site.yaml",
	        STR("title: Видно\nbase_url: https://example.org/x\nlanguage: en\n"
	            "repository: public\nstaff:\n  - {login: anna, roles: [editor, publisher]}\n"
	            "departments: [kezhma, ust-ilimsk]\n"),
	        &diag),
	    0);
	assert_no_errors(&diag);
	assert_string_equal(s.base_url, "https://example.org/x/");
	assert_string_equal(s.theme, "default");
	assert_int_equal(s.language, LANGUAGE_EN);
	assert_int_equal(s.repository, REPOSITORY_PUBLIC);
	assert_int_equal(
	    field_enum(&((const struct staff *)s.staff.items)[0].roles, 1), ROLE_PUBLISHER);
	assert_int_equal(s.departments.count, 2);
	site_clear(&s);
	assert_int_equal(site_settings(&s, "content/site.yaml", STR("title: x\n"), &diag), 0);
	assert_string_equal(s.base_url, "/");
	assert_int_equal(s.language, LANGUAGE_RU);
	assert_int_equal(s.repository, REPOSITORY_UNSET);
	site_clear(&s);
	diag_clear(&diag);
}

static void wrong_settings(void **state)
{
	static const struct {
		const char *line, *words;
	} cases[] = {
	    {"base_url: example.org", "https://example.org/"},
	    {"base_url: ftp://example.org/", "https://example.org/"},
	    {"base_url: https://", "https://example.org/"},
	    {"base_url: 'https://example.org/\"><script>'", "https://example.org/"},
	    {"base_url: https://example.org/?a=b", "https://example.org/"},
	    {"departments: [a, a]", "twice"},
	    {"departments: [../x]", "folder"},
	    {"theme: ../x", "Latin letters"},
	    {"language: de", "ru, en"},
	    {"repository: open", "public"},
	    {"staff: [{login: a}, {login: a}]", "same login"},
	    {"staff: [{login: a, roles: [boss]}]", "viewer"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct site s = SITE_INIT;
		struct diag diag = DIAG_INIT;
		char text[128];
		snprintf(text, sizeof(text), "title: x\n%s\n", cases[i].line);
		assert_int_equal(site_settings(&s, "content/site.yaml", str_of(text), &diag), -1);
		assert_int_equal(diag.errors, 1);
		assert_int_equal(diag.items[0].line, 2);
		assert_mentions(&diag.items[0], cases[i].words);
		assert_non_null(s.theme);
		assert_true(str_ends(str_of(s.base_url), "/"));
		site_clear(&s);
		diag_clear(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_methods),
	    cmocka_unit_test(parameters),
	    cmocka_unit_test(wrong_low_procedures),
	    cmocka_unit_test(wrong_index),
	    cmocka_unit_test(wrong_factors),
	    cmocka_unit_test(unused_keys),
	    cmocka_unit_test(rules_of_points),
	    cmocka_unit_test(measures_of_rules),
	    cmocka_unit_test(cutoffs),
	    cmocka_unit_test(settings),
	    cmocka_unit_test(wrong_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

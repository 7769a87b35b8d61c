/*
 * Markdown of content files in pages: where links lead, what fences show, and
 * what is said when they are wrong. Also the pages of tables, which fences
 * share their rows with.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/body.h"
#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static const char values[] = "disclosure: {level: values, minimum_group: 5}\n";

/* A department with a document whose body is the text, as the page documents/x/. */
static void make(struct rendering *t, const char *front, const char *body)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS,
	    "school,name,short_name,kind\n"
	    "a,МОУ «Первая»,Первая,secondary\n"
	    "b,МОУ «Вторая <и>»,Вторая <и>,secondary\n");
	support_table(&t->f, TABLE_RESULTS,
	    "year,procedure,scope,school,participants,pass_rate,quality_rate,status\n"
	    "2020,oge-math,school,a,20,95,41.67,held\n"
	    "2021,oge-math,school,a,20,90,0,held\n"
	    "2021,oge-math,school,b,3,66.7,33.3,held\n"
	    "2021,ege-rus,school,a,20,80,,held\n"
	    "2021,oge-rus,school,b,,,,no-participants\n"
	    "2021,oge-math,municipality,,,85,30,held\n");
	support_table(&t->f, TABLE_CONTEXT,
	    "year,school,students,poor_housing,registered_share,small_school\n"
	    "2021,a,100,20,3,yes\n2021,b,50,3,4,no\n");
	support_table(&t->f, TABLE_ERRATA,
	    "place,printed,reading,note\n\"Таблица 1\",1100,не внесено,\"<b>больше 100 %</b>\"\n");
	support_content(&t->f, "documents/x.md",
	    arena_printf(&t->arena, "---\ntitle: X\nkind: other\n---\n%s", body));
	support_content(&t->f, "documents/other.md", "---\ntitle: Other\nkind: other\n---\nY\n");
	support_content(&t->f, "programme.md", "---\ntitle: P\n---\nP\n");
	department_file(&t->f.department, "files/приказ 7.pdf");
	department_file(&t->f.department, "files/plan.pdf");
	rendering_finish(t, PROFILE_PUBLIC);
	page_begin(&t->r, "documents/x/", "documents", "X");
}

static int render(struct rendering *t, const char **html)
{
	const struct content *c = department_find(&t->f.department, STR("documents/x.md"));
	int err = page_markdown(&t->r, t->r.page, "body", c, 2);
	const struct value *v = view_get(t->r.page, "body", 4, view_hash("body", 4));
	*html = arena_strndup(&t->arena, v->as.text.p, v->as.text.n);
	return err;
}

static void assert_html(const char *body, const char *expected)
{
	struct rendering t;
	const char *html;
	make(&t, values, body);
	if (render(&t, &html) < 0)
		fail_msg("%s: %s", body, t.diag.items[0].text);
	if (!strstr(html, expected))
		fail_msg("%s became %s", body, html);
	rendering_end(&t);
}

/* The rule is reported at line and column, with a remedy that has the words. */
static void assert_wrong(
    const char *body, const char *rule, unsigned line, unsigned column, const char *remedy)
{
	struct rendering t;
	const char *html;
	make(&t, values, body);
	assert_int_equal(render(&t, &html), -1);
	const struct diag_item *item = rendering_said(&t, rule);
	if (!item)
		fail_msg("%s: nothing was said of %s", body, rule);
	assert_int_equal(t.diag.errors, 1);
	assert_string_equal(item->file, "content/test/documents/x.md");
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	if (!item->remedy || !strstr(item->remedy, remedy))
		fail_msg("%s: the remedy is %s", body, item->remedy);
	rendering_end(&t);
}

/* -- links ---------------------------------------------------------------- */

static void test_links(void **state)
{
	(void)state;
	assert_html("[a](other.md)", "<a href=\"../../documents/other/index.html\">");
	assert_html("[a](../programme.md#goal)", "href=\"../../programme/index.html#goal\"");
	assert_html("[a](../index.md)", "href=\"../../index.html\"");
	assert_html("[a](./../documents/./other.md)", "href=\"../../documents/other/index.html\"");
	assert_html("[a](../../methods/fioko-low-results.md)",
	    "href=\"../../../methods/fioko-low-results/index.html\"");
	assert_html("[a](..)", "href=\"../../index.html\"");
	assert_html("[a](../x/..)", "href=\"../../index.html\"");
	assert_html("[a](../roadmap/)", "href=\"../../roadmap/index.html\"");
	assert_html("[a](https://example.com/x.md)", "href=\"https://example.com/x.md\"");
	assert_html("[a](#here)\n\n## Here\n", "href=\"#here\"");
}

/* What a page leads to is published, and nothing else. */
static void test_attachments(void **state)
{
	struct rendering t;
	const char *html;
	(void)state;
	make(&t, values,
	    "[a](<../files/приказ 7.pdf>) [b](../files/%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%207.pdf)");
	assert_int_equal(render(&t, &html), 0);
	assert_int_equal(t.r.attachments.count, 1);
	assert_true(str_is(t.r.attachments.entries[0].key, "files/приказ 7.pdf"));
	assert_non_null(strstr(html, "href=\"../../files/%D0%BF"));
	assert_null(strstr(html, "приказ"));
	rendering_end(&t);
}

static void test_wrong_links(void **state)
{
	(void)state;
	assert_wrong("\nText [a](othre.md).", "broken-link", 6, 6, "documents/other.md");
	assert_wrong("[a](../files/plam.pdf)", "missing-attachment", 5, 1, "files/plan.pdf");
	assert_wrong("[a](../../other/index.md)", "broken-link", 5, 1, "https://");
	assert_wrong("[a](../../../../etc/passwd)", "broken-link", 5, 1, "https://");
	assert_wrong("[a](/programme.md)", "broken-link", 5, 1, "documents/programme.md");
	assert_wrong(
	    "[a](../../methods/fioko-low-result.md)", "broken-link", 5, 1, "fioko-low-results.md");
	assert_wrong("[a](../%2e%2e/%2e%2e/x)", "broken-link", 5, 1, "https://");
}

/* -- table fences ---------------------------------------------------------- */

static void test_table_fence(void **state)
{
	struct rendering t;
	const char *html;
	(void)state;
	make(&t, values, "```table results.csv procedure=oge-math year=2021\n```\n");
	assert_int_equal(render(&t, &html), 0);
	assert_non_null(strstr(
	    html, "<th scope=\"row\"><a href=\"../../schools/a/index.html\">Первая</a></th>"));
	/* The small group is hidden, and its numbers stand nowhere. */
	assert_null(strstr(html, "66,7"));
	assert_null(strstr(html, "33,3"));
	assert_non_null(strstr(html, ">x</abbr>"));
	assert_non_null(strstr(html, "class=\"legend\""));
	assert_non_null(strstr(html, "Вторая &lt;и&gt;"));
	/* The filter left out 2020, whose row is on the table's own page. */
	assert_null(strstr(html, "41,67"));
	assert_non_null(strstr(html, "href=\"../../data/results/index.html\""));
	/* Places of rows are those of the table's own page alone. */
	assert_null(strstr(html, "id=\"L"));
	rendering_end(&t);
}

static void test_table_filters(void **state)
{
	(void)state;
	assert_html("```table results.csv школа=\"Вторая <и>\"\n```", "Вторая &lt;и&gt;");
	assert_html("```table results.csv статус=\"нет участников\"\n```", "Вторая &lt;и&gt;");
	assert_html("```table results.csv quality_rate=41,67\n```", "41,67");
	assert_html("```table errata.csv\n```", "&lt;b&gt;больше 100 %&lt;/b&gt;");
}

static void test_wrong_table_fences(void **state)
{
	(void)state;
	assert_wrong("```table resluts.csv\n```", "fence-table", 5, 10, "results.csv");
	assert_wrong("```table ../results.csv\n```", "fence-table", 5, 10, "results.csv");
	assert_wrong("```table\n```", "fence-table", 5, 1, "table results.csv");
	assert_wrong(
	    "Слова\n\n~~~  table results.csv yaer=2021\n~~~", "fence-column", 7, 24, "year");
	assert_wrong("```table results.csv year=2033\n```", "fence-value", 5, 27, "");
	assert_wrong("```table results.csv school=zz\n```", "fence-value", 5, 29, "schools.csv");
	assert_wrong("```table results.csv year\n```", "fence-words", 5, 22, "year=2019");
	assert_wrong("```table results.csv school=\"Пер\n```", "fence-words", 5, 22, "quotation");
	assert_wrong(
	    "```table results.csv year=2020 school=b\n```", "fence-value", 5, 32, "leave one");
	assert_wrong("```table support.csv\n```", "fence-table", 5, 10, "");
}

static void test_not_published(void **state)
{
	static const char *const bodies[] = {"```table results.csv\n```",
	    "```chart line results.csv procedure=oge-math field=quality_rate\n```"};
	struct rendering t;
	const char *html;
	(void)state;
	for (int i = 0; i < 2; i++) {
		make(&t, "disclosure: {level: status}\n", bodies[i]);
		assert_int_equal(render(&t, &html), 0);
		assert_non_null(strstr(html, words_get(t.r.words, "fence_not_published")));
		assert_null(strstr(html, "<table"));
		assert_null(strstr(html, "<svg"));
		rendering_end(&t);
	}
}

/* -- chart fences ---------------------------------------------------------- */

static void test_chart_fence(void **state)
{
	struct rendering t;
	const char *html;
	(void)state;
	make(&t, values,
	    "```chart line results.csv procedure=oge-math field=quality_rate school=a\n```\n\n"
	    "```chart line results.csv procedure=oge-math field=pass_rate\n```\n");
	assert_int_equal(render(&t, &html), 0);
	assert_non_null(strstr(html, "<svg"));
	assert_non_null(strstr(html, "2020 — 41,67; 2021 — 0"));
	/* b has one point, of a small group: no chart of it. */
	assert_null(strstr(html, "Вторая"));
	assert_null(strstr(html, "66,7"));
	/* Ids are unique although both charts are of the same page. */
	assert_non_null(strstr(html, "fence-1-a"));
	assert_non_null(strstr(html, "fence-2-a"));
	rendering_end(&t);
}

static void test_wrong_chart_fences(void **state)
{
	(void)state;
	assert_wrong("```chart pie results.csv\n```", "fence-words", 5, 10, "chart line");
	assert_wrong("```chart line errata.csv procedure=oge-math field=pass_rate\n```",
	    "fence-table", 5, 15, "results.csv");
	assert_wrong("```chart line results.csv procedure=oge-mat field=pass_rate\n```",
	    "fence-value", 5, 37, "oge-math");
	assert_wrong("```chart line results.csv procedure=oge-math field=pas_rate\n```",
	    "fence-value", 5, 52, "pass_rate");
	assert_wrong(
	    "```chart line results.csv procedure=oge-math\n```", "fence-words", 5, 1, "field=");
	assert_wrong("```chart line results.csv procedur=oge-math field=pass_rate\n```",
	    "fence-column", 5, 27, "procedure");
}

/* -- the pages of tables ---------------------------------------------------- */

static const char *table_page(struct rendering *t, const char *front, const char *name)
{
	make(t, front, "Text.\n");
	assert_int_equal(export_department(&t->r), 0);
	assert_int_equal(page_data(&t->r), 0);
	assert_int_equal(page_table(&t->r), 0);
	if (t->diag.errors)
		fail_msg("%s: %s", t->diag.items[0].file, t->diag.items[0].text);
	return rendering_file(t, arena_printf(&t->arena, "data/%s/index.html", name));
}

/* Provenance links land on rows by their line in the file. */
static void test_table_page(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = table_page(&t, values, "results");
	assert_non_null(html);
	for (int line = 2; line <= 7; line++)
		assert_non_null(strstr(html, arena_printf(&t.arena, "<tr id=\"L%d\">", line)));
	assert_null(strstr(html, "id=\"L8\""));
	assert_null(strstr(html, "66,7"));
	/* No participants: it did not take place. No quality of marks in an exam
	 * that gives points. Neither is the same as "not supplied". */
	const char *ege = strstr(html, "id=\"L5\""), *none = strstr(html, "id=\"L6\"");
	assert_non_null(memmem(ege, (size_t)(none - ege), ">–</abbr>", strlen(">–</abbr>")));
	assert_null(memmem(ege, (size_t)(none - ege), ">:</abbr>", 9));
	assert_null(memmem(none, (size_t)(strstr(html, "id=\"L7\"") - none), ">:</abbr>", 9));
	assert_non_null(strstr(html, "data-h=\"Год\""));
	t.r.path = "schools/a/";
	const struct row row = {.file = "data/test/results.csv", .line = 3};
	assert_string_equal(page_source_href(&t.r, &row), "../../data/results/index.html#L3");
	rendering_end(&t);
}

/* Sensitive metrics are never shown by school; that they exist is said. */
static void test_context_page(void **state)
{
	struct rendering t;
	(void)state;
	const char *html = table_page(&t, values, "context");
	assert_non_null(html);
	const struct metric *m = support_metric(&t.f, "registered_share");
	assert_null(strstr(html, arena_printf(&t.arena, "data-h=\"%s", m->title)));
	assert_non_null(strstr(html, m->title));
	const char *row = strstr(html, "id=\"L3\"");
	assert_non_null(strstr(row, "50"));
	rendering_end(&t);
}

static void test_table_page_levels(void **state)
{
	struct rendering t;
	(void)state;
	assert_null(table_page(&t, "disclosure: {level: status}\n", "results"));
	assert_null(rendering_file(&t, "data/context/index.html"));
	assert_non_null(rendering_file(&t, "data/errata/index.html"));
	assert_false(page_table_published(&t.r, TABLE_RESULTS));
	assert_true(page_table_published(&t.r, TABLE_SCHOOLS));
	assert_false(page_table_published(&t.r, TABLE_SUPPORT));
	const struct row row = {.file = "data/test/results.csv", .line = 3};
	assert_null(page_source_href(&t.r, &row));
	assert_null(strstr(rendering_file(&t, "data/index.html"), "href=\"../data/results.csv"));
	rendering_end(&t);
}

/* Whoever fills in a table finds its columns, published or not; a metric is one. */
static void test_columns_of_what_is_entered(void **state)
{
	static const char *const levels[] = {"status", "values"};
	static const char *const columns[] = {
	    "declared.csv", "<code>until</code>", "results.csv", "<code>below_minimum</code>"};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct rendering t;
		char front[64];
		snprintf(front, sizeof(front), "disclosure: {level: %s}\n", levels[i]);
		table_page(&t, front, "errata");
		const char *page = rendering_file(&t, "data/index.html");
		for (size_t k = 0; k < sizeof(columns) / sizeof(*columns); k++)
			assert_shows(page, columns[k]);
		assert_shows(page, support_metric(&t.f, "registered_share")->title);
		const char *once = strstr(page, "<code>below_minimum</code>");
		assert_null(strstr(once + 1, "<code>below_minimum</code>"));
		rendering_end(&t);
	}
}

/* A target that is no number is said in words. */
static void test_targets_in_words(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, values);
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,А,secondary\n");
	support_table(&t.f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,levels\n"
	    "l,g,L,level,at-least,manual,absent|forming|present\n"
	    "r,g,R,percent,at-least-reference,manual,\ni,g,I,count,increase,manual,\n");
	support_table(&t.f, TABLE_TARGETS,
	    "indicator,year,target\nl,2021,forming\nr,2021,municipality\ni,2021,increase\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_table(&t.r), 0);
	const char *html = rendering_file(&t, "data/targets/index.html");
	assert_shows(html, "формируется");
	assert_shows(html, "не хуже района");
	assert_shows(html, "больше, чем годом раньше");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_attachments),
	    cmocka_unit_test(test_wrong_links),
	    cmocka_unit_test(test_table_fence),
	    cmocka_unit_test(test_table_filters),
	    cmocka_unit_test(test_wrong_table_fences),
	    cmocka_unit_test(test_not_published),
	    cmocka_unit_test(test_chart_fence),
	    cmocka_unit_test(test_wrong_chart_fences),
	    cmocka_unit_test(test_table_page),
	    cmocka_unit_test(test_context_page),
	    cmocka_unit_test(test_table_page_levels),
	    cmocka_unit_test(test_columns_of_what_is_entered),
	    cmocka_unit_test(test_targets_in_words),
	};
	return cmocka_run_group_tests_name("body", tests, NULL, NULL);
}

/*
 * The Atom feed and the JSON-LD of pages: what is in them, in which order,
 * under which addresses, and what is not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static void begin(struct rendering *t)
{
	rendering_begin(t, "short: Отдел <А> & Б\nregion: Край\nperiod: 2021-2023\n");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_content(&t->f, "documents/order.md",
	    "---\ntitle: Приказ </title> & \"о мерах\"\nkind: act\ndate: 2021-05-06\n"
	    "number: 15\nissuer: Отдел\n---\nТайный текст\n");
	support_content(&t->f, "documents/later.md",
	    "---\ntitle: Отчёт\nkind: report\ndate: 2020-01-01\npublish_on: 2022-02-02\n---\n");
	support_content(&t->f, "documents/undated.md", "---\ntitle: Форма\nkind: form\n---\n");
	support_content(&t->f, "documents/draft.md",
	    "---\ntitle: Черновик\nkind: act\ndate: 2022-01-01\nstatus: draft\n---\n");
	support_content(&t->f, "documents/future.md",
	    "---\ntitle: Завтра\nkind: act\ndate: 2022-01-01\npublish_on: 2023-01-01\n---\n");
	support_content(&t->f, "events/meeting.md",
	    "---\ntitle: Совещание\ndate: 2021-09-10\nplace: Гимназия\n---\n");
	rendering_finish(t, PROFILE_PUBLIC);
}

static void assert_has(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("no %s in:\n%s", what, text);
}

static void test_entries(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	assert_int_equal(feed(&t.r), 0);
	const char *atom = rendering_file(&t, "feed.atom");
	const char *later = strstr(atom, "<id>tag:example.org,2026:test/documents/later.md</id>");
	const char *meeting = strstr(atom, "<id>tag:example.org,2026:test/events/meeting.md</id>");
	const char *order = strstr(atom, "<id>tag:example.org,2026:test/documents/order.md</id>");
	assert_true(later && meeting && order && later < meeting && meeting < order);
	assert_has(atom, "<updated>2022-02-02T00:00:00Z</updated>");
	assert_has(order, "<title>Приказ &lt;/title&gt; &amp; \"о мерах\"</title>");
	assert_has(order,
	    "<link rel=\"alternate\" type=\"text/html\" href=\"https://example.org/test/documents/order/\"/>");
	assert_has(order, "<published>2021-05-06T00:00:00Z</published>");
	assert_has(order, "<category term=\"act\" label=\"акт\"/>");
	assert_has(order, "<summary>Отдел, от 6 мая 2021 № 15</summary>");
	assert_has(meeting, "<summary>10 сентября 2021. Гимназия</summary>");
	assert_has(atom, "href=\"https://example.org/test/feed.atom\"");
	assert_null(strstr(atom, "Тайный"));
	assert_null(strstr(atom, "Форма"));
	assert_null(strstr(atom, "Черновик"));
	assert_null(strstr(atom, "Завтра"));
	rendering_end(&t);
}

static void test_no_address(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	t.f.site.base_url = "/";
	assert_int_equal(feed(&t.r), 0);
	assert_null(rendering_file(&t, "feed.atom"));
	assert_int_equal(page_events(&t.r), 0);
	const char *html = rendering_file(&t, "events/index.html");
	assert_null(strstr(html, "feed.atom"));
	assert_null(strstr(html, "og:url"));
	assert_null(strstr(html, "ld+json"));
	rendering_end(&t);
}

static json_t *linked(struct rendering *t, const char *path)
{
	static const char open[] = "<script type=\"application/ld+json\">";
	const char *html = rendering_file(t, path);
	const char *from = strstr(html, open);
	assert_non_null(from);
	from += strlen(open);
	const char *end = strstr(from, "</script>");
	assert_null(memchr(from, '<', (size_t)(end - from)));
	json_t *root = json_loadb(from, (size_t)(end - from), 0, NULL);
	assert_non_null(root);
	assert_string_equal(
	    json_string_value(json_object_get(root, "@context")), "https://schema.org");
	return root;
}

static const char *text(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void test_breadcrumbs(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	assert_int_equal(page_documents(&t.r), 0);
	assert_has(rendering_file(&t, "documents/order/index.html"),
	    "<meta property=\"og:url\" content=\"https://example.org/test/documents/order/\">");
	assert_has(rendering_file(&t, "documents/order/index.html"),
	    "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Отдел &lt;А&gt; &amp; Б: ");
	json_t *root = linked(&t, "documents/order/index.html");
	json_t *list = json_array_get(json_object_get(root, "@graph"), 0);
	assert_string_equal(text(list, "@type"), "BreadcrumbList");
	json_t *steps = json_object_get(list, "itemListElement");
	assert_int_equal(json_array_size(steps), 3);
	assert_string_equal(text(json_array_get(steps, 0), "item"), "https://example.org/test/");
	json_t *last = json_array_get(steps, 2);
	assert_int_equal(json_integer_value(json_object_get(last, "position")), 3);
	assert_string_equal(text(last, "name"), "Приказ </title> & \"о мерах\"");
	json_decref(root);
	rendering_end(&t);
}

static void test_dataset(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	assert_int_equal(export_department(&t.r), 0);
	assert_int_equal(page_data(&t.r), 0);
	json_t *root = linked(&t, "data/index.html");
	json_t *set = json_array_get(json_object_get(root, "@graph"), 1);
	assert_string_equal(text(set, "@type"), "Dataset");
	assert_string_equal(text(set, "temporalCoverage"), "2021/2023");
	assert_string_equal(text(json_object_get(set, "creator"), "name"), "Отдел <А> & Б");
	json_t *first = json_array_get(json_object_get(set, "distribution"), 0);
	assert_non_null(strstr(text(first, "contentUrl"), "https://example.org/test/data/"));
	assert_int_equal(strlen(text(first, "sha256")), 64);
	json_decref(root);
	rendering_end(&t);
}

/* The internal build tells programs nothing. */
static void test_internal(void **state)
{
	struct rendering t;
	(void)state;
	begin(&t);
	t.r.profile = PROFILE_INTERNAL;
	assert_int_equal(page_documents(&t.r), 0);
	const char *html = rendering_file(&t, "documents/order/index.html");
	assert_null(strstr(html, "ld+json"));
	assert_null(strstr(html, "og:url"));
	rendering_end(&t);
}

/* Size, sum and pages of a file that the build has looked at. */
static void test_attachment(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	struct attachment *a = department_file(&t.f.department, "files/order.pdf");
	*a = (struct attachment){3 * 1024 * 1024 / 2, hash_sha256(STR("x")), 21};
	department_file(&t.f.department, "files/other.pdf");
	support_content(&t.f, "documents/order.md",
	    "---\ntitle: Приказ\nkind: act\ndate: 2021-05-06\nfile: order.pdf\n---\n");
	support_content(&t.f, "documents/other.md",
	    "---\ntitle: Иной\nkind: report\ndate: 2020-05-06\nfile: files/other.pdf\n---\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(page_documents(&t.r), 0);
	const char *html = rendering_file(&t, "documents/index.html");
	assert_has(html, "PDF, 1,5\u00a0МБ, 21 страница</a>");
	assert_has(html,
	    "SHA-256 <code>2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881</code>");
	assert_has(html, "other.pdf\">PDF</a>");
	assert_has(html, "<h3 id=\"year-2021\">2021</h3>");
	assert_has(html, "<a href=\"#year-2020\">2020</a>");
	assert_has(html, "<a href=\"#act\">");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_entries),
	    cmocka_unit_test(test_no_address),
	    cmocka_unit_test(test_breadcrumbs),
	    cmocka_unit_test(test_dataset),
	    cmocka_unit_test(test_internal),
	    cmocka_unit_test(test_attachment),
	};
	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}

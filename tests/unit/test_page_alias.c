/*
 * Old addresses: where the small pages lie, what they say, and which paths are
 * refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static struct summary summary;

/* All pages of a department whose document has these aliases. */
static void make(struct rendering *t, const char *aliases)
{
	summary = (struct summary){0};
	rendering_begin(t, "methods: [fioko-low-results]\n");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	support_content(&t->f, "documents/x.md",
	    arena_printf(&t->arena,
	        "---\ntitle: Приказ\nkind: act\naliases: [%s]\n---\n[a](../files/plan.pdf)\n",
	        aliases));
	support_content(&t->f, "other.md", "---\ntitle: Other\naliases: before/other.html\n---\n");
	support_content(
	    &t->f, "draft.md", "---\ntitle: Draft\nstatus: draft\naliases: secret/\n---\n");
	department_file(&t->f.department, "files/plan.pdf");
	rendering_finish(t, PROFILE_PUBLIC);
	t->r.lasting = &t->arena;
	t->r.summary = &summary;
	render_department(&t->r);
}

static void assert_leads(const char *alias, const char *file, const char *href)
{
	struct rendering t;
	make(&t, alias);
	if (t.diag.errors)
		fail_msg("%s: %s", alias, t.diag.items[0].text);
	const char *html = rendering_file(&t, file);
	if (!html)
		fail_msg("%s: there is no %s", alias, file);
	assert_shows(html,
	    arena_printf(&t.arena, "<meta http-equiv=\"refresh\" content=\"0; url=%s\">", href));
	assert_shows(html, arena_printf(&t.arena, "<a href=\"%s\">", href));
	assert_shows(
	    html, "<link rel=\"canonical\" href=\"https://example.org/test/documents/x/\">");
	for (size_t i = 0; i < summary.npaths; i++)
		if (strstr(summary.paths[i], "old"))
			fail_msg("%s is in the sitemap", summary.paths[i]);
	rendering_end(&t);
}

static void test_paths(void **state)
{
	(void)state;
	assert_leads("old/", "old/index.html", "../documents/x/index.html");
	assert_leads("old", "old/index.html", "../documents/x/index.html");
	assert_leads("old/index.html", "old/index.html", "../documents/x/index.html");
	assert_leads("old/page.html", "old/page.html", "../documents/x/index.html");
	assert_leads("old.html", "old.html", "documents/x/index.html");
	assert_leads("old/a/b/", "old/a/b/index.html", "../../../documents/x/index.html");
	assert_leads("/test/old/", "old/index.html", "../documents/x/index.html");
	assert_leads("old/приказ", "old/приказ/index.html", "../../documents/x/index.html");
	assert_leads("documents/old/", "documents/old/index.html", "../../documents/x/index.html");
}

static void test_several(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "one/, two/three.html");
	assert_int_equal(t.diag.errors, 0);
	assert_non_null(rendering_file(&t, "one/index.html"));
	assert_non_null(rendering_file(&t, "two/three.html"));
	assert_non_null(rendering_file(&t, "before/other.html"));
	assert_null(rendering_file(&t, "secret/index.html"));
	rendering_end(&t);
}

static void assert_refused(const char *alias, const char *rule)
{
	struct rendering t;
	make(&t, alias);
	const struct diag_item *item = rendering_said(&t, rule);
	if (!item)
		fail_msg("%s: %s was not said, but %s", alias, rule,
		    t.diag.count ? t.diag.items[0].text : "nothing");
	assert_int_equal(t.diag.errors, 1);
	assert_string_equal(item->file, "content/test/documents/x.md");
	assert_int_equal(item->line, 4);
	assert_int_equal(item->column, 11);
	assert_int_equal(t.r.err, -1);
	rendering_end(&t);
}

static void test_refused(void **state)
{
	static const char *const outside[] = {"../x/", "a/../../x", "..", ".", "/", "/other/x/",
	    "//host/x", "https://example.org/x", "a//b", "a/./b", ".hidden/", "a/.git/x",
	    "\"a\\\\b\"", "\"a?b=1\"", "\"a#b\"", "a%2e%2e/b", "\"a\\tb\"", "\"a:b\"", "index.html",
	    "/test/", "/test/../x"};
	(void)state;
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		assert_refused(outside[i], "alias-path");
}

static void test_long(void **state)
{
	char name[1024];
	(void)state;
	memset(name, 'a', sizeof(name));
	name[200] = '\0';
	assert_refused(name, "alias-path");
	memset(name, 'a', sizeof(name));
	for (size_t i = 50; i < 1000; i += 50)
		name[i] = '/';
	name[1000] = '\0';
	assert_refused(name, "alias-path");
}

/* Pages, files, attachments, other aliases, and folders against files. */
static void test_taken(void **state)
{
	static const char *const taken[] = {"documents/", "schools/a", "documents/x/",
	    "index.html/x", "data/schools.csv", "files/plan.pdf", "data/identification.csv/old",
	    "identification/reconciliation/"};
	(void)state;
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		assert_refused(taken[i], "alias-taken");
}

/* The first page by path keeps the alias, the second is told of it. */
static void test_twice(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "before/other.html");
	const struct diag_item *item = rendering_said(&t, "alias-taken");
	assert_string_equal(item->file, "content/test/other.md");
	assert_int_equal(item->line, 3);
	assert_shows(item->text, "documents/x.md");
	rendering_end(&t);
	make(&t, "twice/, twice");
	assert_int_equal(rendering_said(&t, "alias-taken")->column, 19);
	assert_int_equal(t.diag.errors, 1);
	rendering_end(&t);
}

/* Without aliases nobody keeps names. */
static void test_none(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	page_aliases_watch(&t.r);
	assert_null(t.r.written);
	assert_int_equal(page_aliases(&t.r), 0);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_paths),
	    cmocka_unit_test(test_several),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_long),
	    cmocka_unit_test(test_taken),
	    cmocka_unit_test(test_twice),
	    cmocka_unit_test(test_none),
	};
	return cmocka_run_group_tests_name("page_alias", tests, NULL, NULL);
}

/*
 * The pages above the departments: index, methods, 404, sitemap, robots.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

enum { MOST = 50000 };

static void make(struct rendering *t, enum profile profile,
    const struct summary *const *departments, size_t count)
{
	rendering_begin(t, "");
	rendering_top(t, profile);
	t->r.departments = departments;
	t->r.ndepartments = count;
}

static const char *page(const struct rendering *t, const char *path)
{
	const char *text = rendering_file(t, path);
	if (!text)
		fail_msg("%s was not written", path);
	return text;
}

static void assert_has(const struct rendering *t, const char *path, const char *words)
{
	if (!strstr(page(t, path), words))
		fail_msg("%s has no %s:\n%s", path, words, page(t, path));
}

static void assert_lacks(const struct rendering *t, const char *path, const char *words)
{
	if (strstr(page(t, path), words))
		fail_msg("%s has %s", path, words);
}

/* By hand: under a sanitizer strstr() measures the whole text each time. */
static size_t count_of(const char *text, const char *what)
{
	size_t n = 0, len = strlen(what);
	for (const char *p = text; *p; p++)
		n += *p == *what && strncmp(p, what, len) == 0;
	return n;
}

static const char *own_pages[] = {"", "schools/", "schools/школа/"};
static const struct summary first = {.id = "a",
    .title = "Отдел <А>",
    .short_name = "Район А",
    .region = "Область",
    .period = "2022–2024",
    .schools = 10,
    .supported = 6,
    .indicators = 3,
    .paths = own_pages,
    .npaths = 3};
static const struct summary second = {.id = "b", .title = "Отдел Б", .short_name = "Район Б"};

static void test_index_of_many(void **state)
{
	const struct summary *const both[] = {&first, &second};
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, both, 2);
	assert_int_equal(render_site(&t.r), 0);
	assert_int_equal(t.diag.errors, 0);
	assert_has(&t, "index.html", "<a href=\"a/index.html\">Район А</a>");
	assert_has(&t, "index.html", "10 школ, помощь получают 6");
	assert_has(&t, "index.html", "3 показателя");
	assert_has(&t, "index.html", "списка школ ещё нет");
	assert_has(&t, "index.html", "rel=\"canonical\" href=\"https://example.org/\"");
	assert_lacks(&t, "index.html", "http-equiv=\"refresh\"");
	rendering_end(&t);
}

/* The teaching example is linked, but is no row of the list. */
static void test_example_stands_apart(void **state)
{
	static const struct summary made_up = {
	    .id = "demo", .title = "Пример", .short_name = "Учебный пример", .example = true};
	const struct summary *const all[] = {&made_up, &first};
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, all, 2);
	assert_int_equal(render_site(&t.r), 0);
	assert_has(
	    &t, "index.html", "<p class=\"src\"><a href=\"demo/index.html\">Учебный пример</a>");
	assert_lacks(&t, "index.html", "<span class=\"grow\"><a href=\"demo/index.html\">");
	rendering_end(&t);
}

static void test_index_of_one_leads_on(void **state)
{
	const struct summary *const one[] = {&first};
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, one, 1);
	assert_int_equal(render_site(&t.r), 0);
	assert_has(
	    &t, "index.html", "<meta http-equiv=\"refresh\" content=\"0; url=a/index.html\">");
	assert_has(&t, "index.html", "<a href=\"a/index.html\">Отдел &lt;А&gt;</a>");
	assert_has(&t, "index.html", "rel=\"canonical\" href=\"https://example.org/a/\"");
	assert_lacks(&t, "sitemap.xml", "<loc>https://example.org/</loc>");
	assert_has(&t, "sitemap.xml", "<loc>https://example.org/a/</loc>");
	rendering_end(&t);
}

static void test_index_of_none(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, NULL, 0);
	assert_int_equal(render_site(&t.r), 0);
	assert_has(&t, "index.html", "class=\"empty\"");
	rendering_end(&t);
}

/* Every shipped method has a page; parameters stand beside the words. */
static void test_methods(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, NULL, 0);
	assert_int_equal(render_site(&t.r), 0);
	for (size_t i = 0; i < t.f.site.nmethods; i++) {
		const struct method *m = t.f.site.methods[i];
		const char *path = arena_printf(&t.arena, "methods/%s/index.html", m->id);
		assert_has(&t, path, m->title);
		assert_has(&t, "methods/index.html", m->title);
		for (size_t k = 0; k < m->readings.count; k++)
			assert_has(&t, path, field_text(&m->readings, k));
	}
	assert_true(t.f.site.nmethods >= 7);
	assert_has(&t, "methods/fioko-low-results/index.html", "30");
	assert_has(&t, "methods/kezhma-risk-zone/index.html", "<ol>");
	assert_int_equal(t.diag.errors, 0);
	rendering_end(&t);
}

/* It is served at any depth, so nothing in it is relative. */
static void check_notfound(const char *base, const char *root)
{
	const struct summary *const both[] = {&first, &second};
	struct rendering t;
	make(&t, PROFILE_PUBLIC, both, 2);
	t.f.site.base_url = base;
	assert_int_equal(render_site(&t.r), 0);
	const char *text = page(&t, "404.html");
	size_t links = 0;
	for (const char *p = strstr(text, "href=\""); p; p = strstr(p + 1, "href=\"")) {
		struct str href = {p + 6, strcspn(p + 6, "\"")};
		bool away = memmem(href.p, href.n, "://", 3) || href.p[0] == '#';
		const char *shown = arena_strndup(&t.arena, href.p, href.n);
		if (!away && !str_starts(href, root))
			fail_msg("%s does not begin with %s", shown, root);
		links += !away;
	}
	assert_true(links >= 6);
	assert_has(&t, "404.html", arena_printf(&t.arena, "href=\"%sb/\"", root));
	rendering_end(&t);
}

static void test_notfound(void **state)
{
	(void)state;
	check_notfound("https://example.org/", "/");
	check_notfound("https://example.org/edu/vidno/", "/edu/vidno/");
	check_notfound("/", "/");
}

static void test_sitemap(void **state)
{
	const struct summary *const both[] = {&first, &second};
	struct rendering t;
	(void)state;
	make(&t, PROFILE_PUBLIC, both, 2);
	assert_int_equal(render_site(&t.r), 0);
	const char *map = page(&t, "sitemap.xml");
	assert_int_equal(count_of(map, "<url>"), 3 + 2 + 3 + t.f.site.nmethods);
	assert_has(&t, "sitemap.xml", "<loc>https://example.org/search/a/</loc>");
	assert_has(&t, "sitemap.xml", "<loc>https://example.org/</loc>");
	assert_has(&t, "sitemap.xml", "<loc>https://example.org/methods/</loc>");
	/* Addresses in a sitemap are encoded. */
	assert_has(&t, "sitemap.xml",
	    "<loc>https://example.org/a/schools/%D1%88%D0%BA%D0%BE%D0%BB%D0%B0/</loc>");
	assert_lacks(&t, "sitemap.xml", "404");
	assert_string_equal(page(&t, "robots.txt"),
	    "User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n");
	rendering_end(&t);
}

/* The same address so many times: only the number counts here. */
static void check_split(size_t pages, size_t files, size_t in_last)
{
	struct rendering t;
	struct summary large = second;
	const struct summary *const departments[] = {&large};
	struct summary top = {0};
	make(&t, PROFILE_PUBLIC, departments, 1);
	large.paths = arena_array(&t.arena, pages, sizeof(*large.paths));
	for (size_t i = 0; i < pages; i++)
		large.paths[i] = "x/";
	large.npaths = pages;
	assert_int_equal(site_map(&t.r, &top), 0);
	if (files == 1) {
		assert_int_equal(count_of(page(&t, "sitemap.xml"), "<url>"), in_last);
		assert_null(rendering_file(&t, "sitemap-1.xml"));
		rendering_end(&t);
		return;
	}
	assert_int_equal(count_of(page(&t, "sitemap.xml"), "<sitemap>"), files);
	assert_int_equal(count_of(page(&t, "sitemap.xml"), "<url>"), 0);
	for (size_t i = 1; i <= files; i++) {
		const char *name = arena_printf(&t.arena, "sitemap-%zu.xml", i);
		const char *loc = arena_printf(
		    &t.arena, "<sitemap><loc>https://example.org/%s</loc></sitemap>", name);
		assert_has(&t, "sitemap.xml", loc);
		assert_int_equal(count_of(page(&t, name), "<url>"), i < files ? MOST : in_last);
		assert_int_equal(count_of(page(&t, name), "</urlset>"), 1);
	}
	assert_null(rendering_file(&t, arena_printf(&t.arena, "sitemap-%zu.xml", files + 1)));
	rendering_end(&t);
}

static void test_sitemap_is_split(void **state)
{
	(void)state;
	check_split(1, 1, 1);
	check_split(MOST, 1, MOST);
	check_split(MOST + 1, 2, 1);
	check_split(2 * MOST, 2, MOST);
	check_split(2 * MOST + 7, 3, 7);
}

/* The internal build is for nobody's index; without the address of the site
 * there is nothing to list. */
static void test_no_sitemap(void **state)
{
	const struct summary *const one[] = {&first};
	struct rendering t;
	(void)state;
	make(&t, PROFILE_INTERNAL, one, 1);
	assert_int_equal(render_site(&t.r), 0);
	assert_string_equal(page(&t, "robots.txt"), "User-agent: *\nDisallow: /\n");
	assert_null(rendering_file(&t, "sitemap.xml"));
	assert_has(&t, "index.html", "noindex");
	assert_lacks(&t, "index.html", "canonical");
	rendering_end(&t);

	make(&t, PROFILE_PUBLIC, one, 1);
	t.f.site.base_url = "/";
	assert_int_equal(render_site(&t.r), 0);
	assert_string_equal(page(&t, "robots.txt"), "User-agent: *\nDisallow:\n");
	assert_null(rendering_file(&t, "sitemap.xml"));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_index_of_many),
	    cmocka_unit_test(test_example_stands_apart),
	    cmocka_unit_test(test_index_of_one_leads_on),
	    cmocka_unit_test(test_index_of_none),
	    cmocka_unit_test(test_methods),
	    cmocka_unit_test(test_notfound),
	    cmocka_unit_test(test_sitemap),
	    cmocka_unit_test(test_sitemap_is_split),
	    cmocka_unit_test(test_no_sitemap),
	};
	return cmocka_run_group_tests_name("site pages", tests, NULL, NULL);
}

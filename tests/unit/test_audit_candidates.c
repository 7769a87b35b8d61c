/* Which links are meant, by the shipped checklist, as sites write them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/audit_candidates.h"
#include "support_audit.h"

static struct test_site site;

static int begin(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	struct str list = shipped_file(&a, "data/audit-checklist.csv");
	struct str signs = shipped_file(&a, "data/audit-signatures.csv");
	site_begin(&site, list.p, signs.p);
	arena_clear(&a);
	return 0;
}

static int end(void **state)
{
	(void)state;
	site_end(&site);
	return 0;
}

static struct page_names names;
static size_t count;

static const struct candidate *candidates(const char *html)
{
	struct htmldoc *d = arena_alloc(&site.arena, sizeof(*d));
	assert_int_equal(htmldoc_read(d, &site.arena, str_of(html)), 0);
	page_names(&names, &site.arena, d, STR("https://s.ru/docs/"), NULL);
	return audit_candidates(&count, &site.arena, &names, &site.checklist);
}

/* The rank of the page's link number `link` for an item; 0: no candidate. */
static int rank(const char *html, const char *item, size_t link)
{
	const struct candidate *c = candidates(html);
	for (size_t i = 0; i < count; i++)
		if (c[i].link == link &&
		    strcmp(site.checklist.rules[c[i].rule].item->id, item) == 0)
			return c[i].rank;
	return 0;
}

static void own_words(void **state)
{
	(void)state;
	const char *html = "<a href=/1.pdf>Программа повышения качества образования</a>"
	                   "<a href=/2.pdf>Приказ об утверждении программы повышения качества</a>"
	                   "<a href=/3><img alt='Положение о ВСОКО'></a>"
	                   "<a href=/4 title='Тьюторское сопровождение'>о нас</a>";
	assert_true(rank(html, "programme", 0) >= CANDIDATE_STRONG);
	assert_int_equal(rank(html, "programme", 1), 0);
	assert_true(rank(html, "order", 1) >= CANDIDATE_STRONG);
	assert_true(rank(html, "regulations", 2) >= CANDIDATE_STRONG);
	assert_true(rank(html, "tutoring", 3) >= CANDIDATE_STRONG);
	assert_true(rank(html, "programme", 0) > rank(html, "tutoring", 3)); /* a document */
}

/* "скачать" means what stands around it. */
static void words_around(void **state)
{
	(void)state;
	assert_true(rank("<table><tr><td>Приказ об утверждении программы развития<td>"
	                 "<a href=1>Скачать</a></table>",
	                "order", 0) >= CANDIDATE_STRONG);
	assert_true(rank("<p>Антирисковая программа школы: <a href=1>pdf, 120 Кб</a>", "programme",
	                0) >= CANDIDATE_STRONG);
	assert_true(rank("<h3>Антирисковые программы</h3><a href=1>здесь</a>", "programme", 0) >=
	    CANDIDATE_STRONG);
	assert_true(rank("<h2>Повышение качества образования</h2><a href=1>Программа</a>",
	                "programme", 0) >= CANDIDATE_STRONG);
	/* A link that says something else is only under the heading. */
	int under =
	    rank("<h3>Антирисковые программы</h3><a href=1>Приложение к занятиям кружка</a>",
	        "programme", 0);
	assert_true(under > 0 && under < CANDIDATE_STRONG);
	assert_int_equal(
	    rank("<h3>Антирисковые программы</h3><a href=1>Приказ</a>", "programme", 0), 0);
}

static void the_page_itself(void **state)
{
	(void)state;
	assert_true(rank("<title>Тьюторская поддержка</title><p>x", "tutoring", HTMLDOC_NONE) > 0);
	assert_true(rank("<h2>Тьюторская поддержка</h2><p>x", "tutoring", HTMLDOC_NONE) > 0);
	assert_int_equal(rank("<h2>Новости</h2><p>x", "tutoring", HTMLDOC_NONE), 0);
}

static void order_and_bounds(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	for (int i = 0; i < 300; i++)
		buf_addf(&b, "<a href=/%d>Тьюторы</a>", i);
	const struct candidate *c = candidates(b.data);
	assert_int_equal(count, CANDIDATES_ITEM);
	for (size_t i = 1; i < count; i++)
		assert_true(c[i - 1].rank > c[i].rank || c[i - 1].link < c[i].link);
	buf_clear(&b);
}

static void seen_before(void **state)
{
	(void)state;
	struct map seen = MAP_INIT(&site.arena);
	struct htmldoc d;
	struct page_names one, two;
	htmldoc_read(&d, &site.arena, STR("<a href=/t>Тьюторы</a><a href=t>Тьюторы</a>"));
	page_names(&one, &site.arena, &d, STR("https://s.ru/"), &seen);
	page_names(&two, &site.arena, &d, STR("https://s.ru/2/"), &seen);
	assert_false(one.links[0].skip || one.links[1].skip);
	assert_true(two.links[0].skip);
	assert_false(two.links[1].skip); /* a relative address is another one there */
}

static void the_way(void **state)
{
	(void)state;
	candidates("<a href=1>Качество образования</a><a href=2>Документы</a><a href=3>Спорт</a>"
	           "<a href=4>Проект 500+</a><a href=5></a>");
	assert_true(audit_way(&names, 0) >= WAY_SECTION);
	assert_true(audit_way(&names, 1) >= WAY_SECTION);
	assert_int_equal(audit_way(&names, 2), 0);
	assert_true(audit_way(&names, 3) > audit_way(&names, 1));
	assert_int_equal(audit_way(&names, 4), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(own_words),
	    TEST(words_around),
	    TEST(the_page_itself),
	    TEST(order_and_bounds),
	    TEST(seen_before),
	    TEST(the_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

/* What people read beside, before or above a link that says nothing. */
static void captions(void **state)
{
	(void)state;
	const char *lines =
	    "<p>Устав <a href=/1.pdf>скачать</a><br>"
	    "Программа повышения качества образования <a href=/2.pdf>скачать</a><br>"
	    "Положение о ВСОКО (<a href=/3.pdf>стр. 1</a>, <a href=/4.pdf>2</a>)</p>";
	assert_int_equal(rank(lines, "programme", 0), 0);
	assert_true(rank(lines, "programme", 1) >= CANDIDATE_STRONG);
	assert_int_equal(rank(lines, "programme", 2), 0);
	assert_true(rank(lines, "regulations", 3) >= CANDIDATE_STRONG);
	const char *above =
	    "<p>Программа повышения качества образования</p>"
	    "<p><a href=/1.pdf>scan-0001.pdf</a></p><p><a href=/2.pdf>IMG_2.pdf</a></p>"
	    "<p>Устав</p><p><a href=/3.pdf>Скачать</a></p>";
	assert_true(rank(above, "programme", 0) >= CANDIDATE_STRONG);
	assert_true(rank(above, "programme", 1) >= CANDIDATE_STRONG);
	assert_int_equal(rank(above, "programme", 2), 0);
	const char *cards = "<div class=grid><div><a href=/1.pdf><img src=i></a><div>Программа "
	                    "повышения качества образования</div></div>"
	                    "<div><a href=/2.pdf><img src=i></a><div>Устав</div></div></div>";
	assert_true(rank(cards, "programme", 0) >= CANDIDATE_STRONG);
	assert_int_equal(rank(cards, "programme", 1), 0);
	/* The place of a picture is also where the next heading begins. */
	assert_int_equal(rank("<h3>Приказы</h3><p><a href=/1.jpg><img src=1></a> <a href=/2.jpg>"
	                      "<img src=2></a></p><h3>Положение о ВСОКО</h3><p>x",
	                     "regulations", 1),
	    0);
	assert_true(rank("<table><tr><td>1<td>Программа перехода в эффективный режим работы<td>"
	                 "01.09.2022<td><a href=1>Открыть</a></table>",
	                "programme", 0) >= CANDIDATE_STRONG);
}

static void furniture(void **state)
{
	(void)state;
	const char *html =
	    "<h1>Тьюторская поддержка</h1><a href=/1>Порядок занятий</a>"
	    "<a href=/2.pdf>Политика конфиденциальности</a><a href=/3>Карта сайта</a>"
	    "<a href=/4.pdf>Устав школы</a>";
	assert_true(rank(html, "tutoring", 0) > 0);
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(rank(html, "tutoring", i), 0);
}

/* Editors cut a link where its letters change. */
static void links_in_pieces(void **state)
{
	(void)state;
	const char *html = "<p><a href=/1.pdf>Программа</a><a href=/1.pdf> повышения </a>"
	                   "<a href=/1.pdf>качества образования</a></p>"
	                   "<p><a href=/2.pdf>Программа</a> <a href=/3.pdf>развития</a></p>";
	assert_true(rank(html, "programme", 0) >= CANDIDATE_STRONG);
	assert_int_equal(rank(html, "programme", 3), 0);
}

static void names_of_files(void **state)
{
	(void)state;
	static const struct {
		const char *html, *item;
		bool fits;
	} cases[] = {
	    {"<a href=/1.pdf>Программа_развития_2022-2025.pdf</a>", "programme", true},
	    {"<a href=/1.pdf>Programma-povysheniya-kachestva</a>", "programme", true},
	    {"<a href='/u/Polozhenie_o_VSOKO.pdf'>Скачать</a>", "regulations", true},
	    {"<a href='/u/%D0%9F%D0%BB%D0%B0%D0%BD-%D0%92%D0%A8%D0%9A.pdf?x'><img src=i></a>",
	        "regulations", true},
	    {"<a href='/u/programma_razvitiya.pdf'>Устав</a>", "programme", false},
	    {"<p>Устав: <a href='/u/menu.pdf'>Скачать</a>", "programme", false},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(
		    rank(cases[i].html, cases[i].item, 0) >= CANDIDATE_STRONG, cases[i].fits);
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

/* Names that cost a hundred times what those of real pages do: after some of
 * them nobody knows, and the page is done. All words that a pattern needs are in
 * them, in an order that fits none. */
static void costly_names(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	for (int i = 0; i < 600; i++) {
		buf_addf(&b, "<p><a href=/%d>%d образования качества положения", i, i);
		for (int k = 0; k < 70; k++)
			buf_adds(&b, " планы");
		buf_adds(&b, "</a>");
	}
	bool gave_up = false;
	const struct candidate *c = candidates(b.data);
	for (size_t i = 0; i < count; i++)
		gave_up |= c[i].gave_up;
	assert_true(gave_up);
	buf_clear(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(own_words),
	    TEST(words_around),
	    TEST(captions),
	    TEST(names_of_files),
	    TEST(furniture),
	    TEST(links_in_pieces),
	    TEST(the_page_itself),
	    TEST(order_and_bounds),
	    TEST(seen_before),
	    TEST(the_way),
	    TEST(costly_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

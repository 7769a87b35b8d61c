/* The algorithm of the recommendations, part 5, on its own test set. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/audit_itemprop.h"
#include "support_audit.h"

static const char list[] = "item,title,words,itemprop,parent,page,may_be_absent,types\n"
                           "managers,Руководство,^руководство$,,,managers,,html\n"
                           "managers.rucovodstvo,Р,,rucovodstvo,,managers,,\n"
                           "managers.rucovodstvo.fio,Ф,,fio,rucovodstvo,managers,,\n"
                           "managers.rucovodstvoZam.fio,Ф,,fio,rucovodstvoZam,managers,yes,\n"
                           "managers.telephone,Т,,telephone,,managers,,\n";
static const char signs[] = "signature,kind,where,pattern\nx,placeholder,text,zzz\n";

static struct test_site site;

static int begin(void **state)
{
	(void)state;
	site_begin(&site, list, signs);
	return 0;
}

static int end(void **state)
{
	(void)state;
	site_end(&site);
	return 0;
}

static struct itemprop_answer look(const char *name, const char *parent, const char *html)
{
	struct htmldoc *d = arena_alloc(&site.arena, sizeof(*d));
	assert_int_equal(htmldoc_read(d, &site.arena, str_of(html)), 0);
	const struct htmldoc *pages[] = {d};
	struct itemprop_wanted wanted = {name, parent};
	return itemprop_look(&wanted, pages, 1, &site.checklist);
}

static void the_tree(void **state)
{
	(void)state;
	static const struct {
		const char *html;
		enum itemprop_state state;
		bool sloppy, other_case;
	} cases[] = {
	    /* child within an unmarked div */
	    {"<div itemprop=rucovodstvo><div><b itemprop=fio>А</b></div></div>", ITEMPROP_FOUND, 0,
	        0},
	    /* child after its parent */
	    {"<div itemprop=rucovodstvo></div><b itemprop=fio>А</b>", ITEMPROP_ORPHAN, 0, 0},
	    /* a mark that is no parent of it lies between */
	    {"<p itemprop=rucovodstvo><span itemprop=telephone><b itemprop=fio>А</b></span></p>",
	        ITEMPROP_FOUND, 0, 0},
	    {"<div itemprop=rucovodstvoZam><b itemprop=fio>А</b></div>", ITEMPROP_MISSING, 0, 0},
	    {"<div itemprop='rucovodstvo x'><b itemprop='y fio'>А</b></div>", ITEMPROP_FOUND, 0, 0},
	    {"<div itemprop=”rucovodstvo”><b itemprop=”fio”>А</b></div>", ITEMPROP_FOUND, 1, 0},
	    {"<div itemprop=RUCOVODSTVO><b itemprop=FIO>А</b></div>", ITEMPROP_FOUND, 0, 1},
	    {"<div itemprop=rucovodstvo><b itemprop=fio>отсутствует</b></div>", ITEMPROP_ABSENT, 0,
	        0},
	    {"<div itemprop=rucovodstvo><b itemprop=fio>Нет</b></div>", ITEMPROP_ABSENT, 0, 0},
	    {"<div itemprop=rucovodstvo><b itemprop=fio> </b></div>", ITEMPROP_EMPTY, 0, 0},
	    {"<div itemprop=rucovodstvo><b itemprop=fio></b></div><div itemprop=rucovodstvo>"
	     "<b itemprop=fio>Б</b></div>",
	        ITEMPROP_FOUND, 0, 0},
	    {"<p>fio</p>", ITEMPROP_MISSING, 0, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct itemprop_answer x = look("fio", "rucovodstvo", cases[i].html);
		assert_int_equal(x.state, cases[i].state);
		assert_int_equal(x.sloppy, cases[i].sloppy);
		assert_int_equal(x.case_differs, cases[i].other_case);
	}
}

static void the_root(void **state)
{
	(void)state;
	assert_int_equal(
	    look("rucovodstvo", NULL, "<div itemprop=rucovodstvo>x</div>").state, ITEMPROP_FOUND);
	assert_int_equal(
	    look("telephone", NULL, "<p itemprop=fio><b itemprop=telephone>1</b></p>").state,
	    ITEMPROP_FOUND);
	assert_int_equal(
	    look("telephone", NULL, "<b itemprop=telephone>1</b><b itemprop=telephone>2</b>").count,
	    2);
}

static void expect(const char *item, enum audit_reason reason)
{
	assert_string_equal(
	    audit_reason_id(site_judge(&site, item)->reason), audit_reason_id(reason));
}

static void on_a_site(void **state)
{
	(void)state;
	site_add(&site, "https://s.ru/", "text/html", "<a href=/sveden/managers/>Руководство</a>");
	site_add(&site, "https://s.ru/sveden/managers/", "text/html",
	    "<div itemprop=rucovodstvo>Д</div><a itemprop=addRef href=/m2>ещё</a>");
	site_add(&site, "https://s.ru/m2", "text/html",
	    "<div itemprop=rucovodstvo><i itemprop=“fio”>Д</i></div>");
	expect("managers", REASON_FOUND);
	expect("managers.rucovodstvo", REASON_FOUND_MARKED);
	expect("managers.rucovodstvo.fio", REASON_FOUND_MARKED);
	assert_int_equal(
	    site_judge(&site, "managers.rucovodstvo.fio")->remarks[0], REMARK_SLOPPY_MARK);
	assert_true(
	    str_is(site_judge(&site, "managers.rucovodstvo.fio")->source_page, "https://s.ru/m2"));
	expect("managers.rucovodstvoZam.fio", REASON_NO_MARK);
	expect("managers.telephone", REASON_NO_MARK);
}

/* gosweb has addresses of its own: the section's link leads there. */
static void by_the_section(void **state)
{
	(void)state;
	site_add(&site, "https://s.ru/", "text/html",
	    "<a href=/svedeniya-ob-organizatsii/rukovodstvo/>Руководство</a>");
	site_add(&site, "https://s.ru/svedeniya-ob-organizatsii/rukovodstvo/", "text/html",
	    "<div itemprop=rucovodstvo>Д</div><b itemprop=telephone>нет</b>");
	expect("managers.rucovodstvo", REASON_FOUND_MARKED);
	expect("managers.telephone", REASON_SAYS_ABSENT);
}

static void unreadable(void **state)
{
	(void)state;
	site_add(&site, "https://s.ru/", "text/html", "<a href=/sveden/managers>Руководство</a>");
	site_fails(&site, "https://s.ru/sveden/managers", FETCH_TIME, 0);
	expect("managers.telephone", REASON_TIMEOUT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_tree),
	    TEST(the_root),
	    TEST(on_a_site),
	    TEST(by_the_section),
	    TEST(unreadable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

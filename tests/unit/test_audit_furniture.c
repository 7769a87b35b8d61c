/* What stands on every page of a site, and pages with nothing on them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_audit.h"

static const char list[] = "item,title,words,exclude,types\n"
                           "programme,Программа,программ\\w* повышения,^приказ,pdf|html\n"
                           "order,Приказ,\"приказ.{0,60}программ\",,pdf\n";
static const char signs[] = "signature,kind,where,pattern,longest,reason\n"
                            "yadisk,cloud,host,^disk\\.yandex\\.ru$,,Яндекс Диск\n";

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

static void page(const char *url, const char *html)
{
	site_page(&site, url, html);
}

static const struct finding *expect(const char *item, enum audit_reason reason)
{
	const struct finding *f = site_judge(&site, item);
	assert_string_equal(audit_reason_id(f->reason), audit_reason_id(reason));
	return f;
}

static bool is_doubtful(const char *item)
{
	const struct finding *f = expect(item, REASON_FOUND);
	return f->look && f->remarks[0] == REMARK_BARE_PAGE;
}

/* A banner is no document of the heading above it; nor is the way to nowhere. */
static void banners(void **state)
{
	(void)state;
	page("https://s.ru/",
	    "<h2>Программа повышения качества</h2>"
	    "<p><a href=https://gosuslugi.example/><img src=b.png></a></p>"
	    "<p><a href='#'>Приказ о программе</a>");
	page("https://gosuslugi.example/", "<p>Госуслуги");
	expect("programme", REASON_NO_LINK);
	expect("order", REASON_NOT_CHECKABLE);
}

static void disks(void **state)
{
	(void)state;
	page("https://s.ru/",
	    "<h2>Программа повышения качества</h2>"
	    "<p><a href=https://disk.yandex.ru/d/x><img src=b.png></a></p>");
	expect("programme", REASON_CLOUD);
}

static void nothing_on_it(void **state)
{
	(void)state;
	page("https://s.ru/", "<a href=/o>Программа повышения качества</a>");
	page("https://s.ru/o", "<h1>Программа</h1><p>Нет.</p>");
	expect("programme", REASON_BARE_PAGE);
}

static void a_picture_on_it(void **state)
{
	(void)state;
	page("https://s.ru/", "<a href=/o>Программа повышения качества</a>");
	page("https://s.ru/o", "<h1>Программа</h1><img src=/scan.jpg>");
	assert_true(is_doubtful("programme"));
}

static void a_sentence_on_it(void **state)
{
	(void)state;
	page("https://s.ru/", "<a href=/o>Программа повышения качества</a>");
	page("https://s.ru/o", "<p>Программа улучшает качество образования</p>");
	assert_false(is_doubtful("programme"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(banners),
	    TEST(disks),
	    TEST(nothing_on_it),
	    TEST(a_picture_on_it),
	    TEST(a_sentence_on_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

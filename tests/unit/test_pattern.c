/* Patterns over folded Russian text, and those that would hang. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/pattern.h"

static int finds(const char *source, const char *subject)
{
	struct pattern *p;
	struct pattern_error error;
	assert_int_equal(pattern_compile(&p, str_of(source), &error), 0);
	int found = pattern_find(p, str_of(subject), NULL);
	pattern_free(p);
	return found;
}

static void letters_of_unicode(void **state)
{
	(void)state;
	assert_int_equal(finds("ПРОГРАММ\\w+", "школьная программа"), 1);
	assert_int_equal(finds("\\bплан\\b", "учебный план"), 1);
	assert_int_equal(finds("\\bплан\\b", "планирование"), 0);
	assert_int_equal(finds("отчёт", "отчет о работе"), 1);
	assert_int_equal(finds("^$", ""), 1);
	assert_int_equal(finds("x", ""), 0);
}

static void spans(void **state)
{
	(void)state;
	struct pattern *p;
	struct pattern_error error;
	struct pattern_span where;
	assert_int_equal(pattern_compile(&p, STR("(20\\d\\d)/20\\d\\d|никогда"), &error), 0);
	assert_int_equal(pattern_find(p, STR("в 2022/2023 году"), &where), 1);
	assert_int_equal(where.from, 3);
	assert_int_equal(where.to, 12);
	pattern_free(p);
	pattern_free(NULL);
}

static void refuses(const char *source, size_t offset)
{
	struct pattern *p;
	struct pattern_error error;
	assert_int_equal(pattern_compile(&p, str_of(source), &error), -1);
	assert_null(p);
	assert_int_equal(error.offset, offset);
	assert_true(error.text[0] != '\0');
}

static void wrong_patterns(void **state)
{
	(void)state;
	refuses("приказ(", 7);
	refuses("[а-", 3);
	refuses("a\\C", 3);
	refuses("\xff", 0);
	struct buf deep = BUF_INIT(BUF_LINE);
	for (int i = 0; i < 300; i++)
		buf_adds(&deep, "(");
	for (int i = 0; i < 300; i++)
		buf_adds(&deep, ")");
	struct pattern *p;
	struct pattern_error error;
	assert_int_equal(pattern_compile(&p, buf_str(&deep), &error), -1);
	while (deep.len <= PATTERN_BYTES)
		buf_adds(&deep, "x");
	assert_int_equal(pattern_compile(&p, buf_str(&deep), &error), -1);
	buf_clear(&deep);
}

static void too_many_steps(void **state)
{
	(void)state;
	struct buf text = BUF_INIT(BUF_LINE);
	for (int i = 0; i < 40; i++)
		buf_adds(&text, "а");
	buf_adds(&text, "!");
	assert_int_equal(finds("^(а+)+$", text.data), PATTERN_LIMIT);
	buf_clear(&text);
}

/* What is merely slow stops at its first places; what is sensible is read to
 * the end of the longest text. */
static void long_texts(void **state)
{
	(void)state;
	struct buf text = BUF_INIT(BUF_PAGE);
	buf_adds(&text, "риск: ");
	while (text.len < 2000000)
		buf_adds(&text, "программа повышения ");
	assert_int_equal(finds("программ.*риск", text.data), PATTERN_LIMIT);
	assert_int_equal(finds("программ\\w*\\b.{0,120}(риск|качеств)|шнор", text.data), 0);
	/* What a text lacks altogether is no question of steps. */
	assert_int_equal(finds("программ.*роста", text.data), 0);
	buf_adds(&text, "качества");
	assert_int_equal(finds("программ\\w*\\b.{0,120}(риск|качеств)|шнор", text.data), 1);
	buf_clear(&text);
}

/* Hard names are counted, the same ones each time; after many of them nothing
 * is looked at, and nobody takes that for "not found". */
static void hard_names(void **state)
{
	(void)state;
	const char *source =
	    "план\\w*.{0,160}(риск|рост|режим|реализ|расчет|работн|район|раздел|рынок|ресурс|рейтинг|рекоменд|реестр|регламент|решен|рота)";
	struct pattern *p;
	struct pattern_error error;
	struct buf name = BUF_INIT(BUF_LINE);
	unsigned hard = 0;
	assert_int_equal(pattern_compile(&p, str_of(source), &error), 0);
	buf_adds(&name, "риск ");
	for (int i = 0; i < 60; i++)
		buf_adds(&name, "план работы школы ");
	assert_int_equal(pattern_find_name(p, STR("план работы школы"), &hard), 0);
	assert_int_equal(pattern_find_name(p, STR("план развития района"), &hard), 1);
	assert_int_equal(hard, 0);
	assert_int_equal(pattern_find_name(p, buf_str(&name), &hard), 0);
	struct str recalled = {name.data, strlen("риск ") + 6 * strlen("план работы школы ")};
	assert_int_equal(pattern_find_name(p, recalled, &hard), 0);
	assert_int_equal(hard, 2);
	for (unsigned i = 2; i < PATTERN_HARD; i++)
		assert_int_equal(pattern_find_name(p, recalled, &hard), 0);
	assert_int_equal(hard, PATTERN_HARD);
	assert_int_equal(pattern_find_name(p, STR("качество"), &hard), PATTERN_LIMIT);
	assert_int_equal(pattern_find_name(p, STR("план"), NULL), 0);
	buf_clear(&name);
	pattern_free(p);
}

static void broken_subject(void **state)
{
	(void)state;
	assert_int_equal(finds("a",
	                     "\xff"
	                     "a"),
	    0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(letters_of_unicode),
	    cmocka_unit_test(spans),
	    cmocka_unit_test(wrong_patterns),
	    cmocka_unit_test(too_many_steps),
	    cmocka_unit_test(long_texts),
	    cmocka_unit_test(hard_names),
	    cmocka_unit_test(broken_subject),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

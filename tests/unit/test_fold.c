/* Text as the patterns of a checklist see it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/fold.h"

static void folds(const char *text, const char *expected)
{
	struct arena a = ARENA_INIT;
	struct str out = fold_text(&a, str_of(text));
	assert_string_equal(out.p, expected);
	assert_int_equal(out.n, strlen(expected));
	/* Folded text does not change any more. */
	assert_true(str_eq(fold_text(&a, out), out));
	arena_clear(&a);
}

static void case_and_blanks(void **state)
{
	(void)state;
	folds("", "");
	folds(" \t\n", "");
	folds("  Программа\u00a0 повышения\r\n\tКАЧЕСТВА  ", "программа повышения качества");
	folds("Отчёт ЁЛКА", "отчет елка");
	folds("План – график — 2022−2023", "план - график - 2022-2023");
	folds("«Школа» “x” „y“", "\"школа\" \"x\" \"y\"");
	folds("Приказ № 5", "приказ № 5");
}

static void what_is_not_seen(void **state)
{
	(void)state;
	folds("про\u00adграм\u200bма", "программа");
	folds("\ufeffтекст\u200f", "текст");
	folds("a\u200b b", "a b");
}

static void separate_accents(void **state)
{
	(void)state;
	folds("школьныи\u0306", "школьный");
	folds("отче\u0308т", "отчет");
	folds("за\u0301мок", "замок");
	folds("\u0306x", "x");
}

static void latin_twins(void **state)
{
	(void)state;
	folds("Пp\x6fгp\x61мм\x61", "программа"); /* Latin p, o, a */
	folds("ПРИKAЗ", "приказ");
	folds("CAT and dog", "cat and dog");
	folds("ВПР-2022 pdf", "впр-2022 pdf");
}

static void broken_bytes(void **state)
{
	(void)state;
	folds("a\xff"
	      "b\xd0",
	    "a\ufffd"
	    "b\ufffd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(case_and_blanks),
	    cmocka_unit_test(what_is_not_seen),
	    cmocka_unit_test(separate_accents),
	    cmocka_unit_test(latin_twins),
	    cmocka_unit_test(broken_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

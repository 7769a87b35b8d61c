/*
 * Where a line of Russian text may not be broken: in the table "_" stands for
 * a no-break space.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/markdown.h"
#include "text/typography.h"

#include <string.h>

#define NB TYPOGRAPHY_SPACE

/* The text without the marks, and the text as it should come out. */
static void check(const char *marked)
{
	struct buf plain = BUF_INIT(BUF_PAGE), wanted = BUF_INIT(BUF_PAGE),
	           out = BUF_INIT(BUF_PAGE);
	for (const char *c = marked; *c; c++) {
		buf_addc(&plain, *c == '_' ? ' ' : *c);
		buf_adds(&wanted, *c == '_' ? NB : (char[]){*c, '\0'});
	}
	typography_html(&out, buf_str(&plain));
	assert_string_equal(out.len ? out.data : "", wanted.len ? wanted.data : "");
	buf_clear(&plain);
	buf_clear(&wanted);
	buf_clear(&out);
}

static void test_words(void **state)
{
	static const char *const texts[] = {
	    "", " ", "Школа и_дом", "В_школе, а_не_в_классе", "(в_школе) «о_школе» [к_школе]",
	    "знал_бы, что_же он", "так_же и_так_ли", "около школы, между школами",
	    "Ив школе",          /* no preposition: a word that ends like one */
	    "и", "и_", "и  дом", /* two blanks: the author's own */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check(texts[i]);
}

static void test_numbers_and_signs(void **state)
{
	static const char *const texts[] = {
	    "СОШ_№_1",
	    "№1_—",
	    "5_%_— мало",
	    "30_‰, 12_345 и_1_234_567",
	    "1234 567", /* no thousands */
	    "5 3456",   /* nor these */
	    "20_января 2020_г., 2018 и_2019_годы",
	    "в_2020_г. Школа", /* a sentence ends */
	    "5_лет, 3_тыс., 2_млн рублей",
	    "8 школ из_27",
	    "5 декабристов",
	    "5 лето",
	    "—_— ",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check(texts[i]);
}

static void test_names_and_abbreviations(void **state)
{
	static const char *const texts[] = {
	    "А._С._Пушкин",
	    "А.С._Пушкин",
	    "Пушкин_А._С.",
	    "г._Ангарск, ул._Мира, д._5, им._Гагарина",
	    "ст._28 закона, п._3, гл. закона",
	    "дом с. угол", /* no name follows */
	    "на_стр._5, см._рис._2 и_т._д.",
	    "Smith_A._B.",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check(texts[i]);
}

static void test_html_is_escaped(void **state)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	typography_html(&out, STR("а <b> & в доме"));
	assert_string_equal(out.data, "а" NB "&lt;b&gt; &amp; в" NB "доме");
	buf_clear(&out);
}

/* A rule looks a bounded way: a text of one long word, of blanks, and of
 * broken UTF-8 take no longer than others. */
static void test_odd_texts(void **state)
{
	static char text[200000];
	static const char fillers[] = {'a', ' ', '.', '(', '\xD0', '\xFF', '5'};
	(void)state;
	for (size_t i = 0; i < sizeof(fillers); i++) {
		struct buf out = BUF_INIT(1 << 21);
		memset(text, fillers[i], sizeof(text));
		for (size_t k = 1; k < sizeof(text); k += 2)
			text[k] = i % 2 ? ' ' : text[k];
		typography_html(&out, (struct str){text, sizeof(text)});
		assert_int_equal(buf_err(&out), 0);
		buf_clear(&out);
	}
}

static void test_signs_alone(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	assert_string_equal(
	    typography_signs(&a, STR("СОШ № 1 в § 2")), "СОШ" NB "№" NB "1 в §" NB "2");
	assert_string_equal(typography_signs(&a, STR("5 % — мало")), "5 %" NB "— мало");
	assert_string_equal(typography_signs(&a, STR(" №  — ")), NB "№" NB NB "— ");
	assert_string_equal(typography_signs(&a, STR("")), "");
	arena_clear(&a);
}

/* What a text becomes in a page: not in code, addresses or their titles. */
static void test_markdown(void **state)
{
	static const char text[] =
	    "## Где и что\n\nРабота в\nшколе и `в коде` у [дома № 5](a_b \"в коде\"),\n"
	    "в **5 % школ**\nи https://example.org/v\n\n"
	    "```\nв коде\n```\n\n| в доме |\n|---|\n| в саду |\n";
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct markdown_page page;
	(void)state;
	markdown_init();
	assert_int_equal(markdown_render(&page, &a, "a.md", str_of(text), 1, 2, NULL, &diag), 0);
	static const char *const shown[] = {"Где и" NB "что</h3>",
	    "Работа в" NB "школе и" NB "<code>в коде",
	    "у" NB "<a href=\"a_b\" title=\"в коде\">дома" NB "№" NB "5</a>,\nв" NB "<strong>5" NB
	    "% школ",
	    "</strong>\nи" NB "<a href=\"https://example.org/v", "<code>в коде\n",
	    ">в" NB "доме</th>", ">в" NB "саду</td>"};
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		if (!strstr(page.html.p, shown[i]))
			fail_msg("no %s in %s", shown[i], page.html.p);
	arena_clear(&a);
	diag_clear(&diag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_numbers_and_signs),
	    cmocka_unit_test(test_names_and_abbreviations),
	    cmocka_unit_test(test_html_is_escaped),
	    cmocka_unit_test(test_odd_texts),
	    cmocka_unit_test(test_signs_alone),
	    cmocka_unit_test(test_markdown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Names that are the same school, names that are not, titles, addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "text/normalise.h"

static void is(struct str form, const char *from, const char *wanted)
{
	if (!str_is(form, wanted))
		fail_msg("«%s»: «%.*s» instead of «%s»", from, (int)form.n, form.p, wanted);
}

static void names(void **state)
{
	static const struct {
		const char *name, *form;
	} cases[] = {
	    {"МОУ «Невонская СОШ № 1»", "невонская сош 1"},
	    {"мбоу \"Невонская сош №1\"", "невонская сош 1"},
	    {"МКОУ “Невонская СОШ N1”", "невонская сош 1"},
	    {"МАОУ 'Невонская СОШ No 1'", "невонская сош 1"},
	    {"Невонская СОШ номер 1", "невонская сош 1"},
	    {"Невонская  СОШ\xC2\xA0№\xE2\x80\x89"
	     "01.",
	        "невонская сош 1"},
	    {"Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 2»",
	        "сош 2"},
	    {"муниципальное казённое образовательное учреждение Основная школа села Ёлкино",
	        "ош села елкино"},
	    {"МБОУСОШ № 7", "сош 7"},
	    {"МОУ ИРМО «Хомутовская СОШ»", "ирмо хомутовская сош"},
	    {"Железно-дорожная СОШ", "железно дорожная сош"},
	    {"Железно—дорожная СОШ", "железно дорожная сош"},
	    {"Школа им. Пушкина", "школа имени пушкина"},
	    /* Latin letters that look Cyrillic, in a word that has Cyrillic ones. */
	    {"CОШ № 1", "сош 1"},
	    {"Heвoнскaя СОШ", "невонская сош"},
	    {"School 5", "school 5"},
	    {"ФГКОУ «Лицей»", "лицей"},
	    /* A legal form alone is a name like others. */
	    {"МОУ", "моу"},
	    {"МОУ МОУ", "моу"},
	    {"", ""},
	    {"«»", ""},
	    {"№", ""},
	    {"\xD0\xFF", ""},
	};
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is(normalise_name(&a, str_of(cases[i].name)), cases[i].name, cases[i].form);
	arena_clear(&a);
}

/* Whatever stands around them, different numbers stay different. */
static void numbers_never_meet(void **state)
{
	static const char *const numbers[] = {"1", "2", "11", "12", "21", "1 1", "1а"};
	static const char *const forms[] = {"СОШ № %s", "МБОУ СОШ N%s", "Школа %s", "%s школа"};
	enum { NUMBERS = sizeof(numbers) / sizeof(*numbers) };
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
		struct str made[NUMBERS];
		for (size_t i = 0; i < NUMBERS; i++) {
			const char *mark = strstr(forms[f], "%s");
			const char *name = arena_printf(
			    &a, "%.*s%s%s", (int)(mark - forms[f]), forms[f], numbers[i], mark + 2);
			made[i] = normalise_name(&a, str_of(name));
			for (size_t j = 0; j < i; j++)
				if (str_eq(made[i], made[j]))
					fail_msg("%s: %s is %s", forms[f], numbers[i], numbers[j]);
		}
	}
	arena_clear(&a);
}

/* The form of a form is itself, so that it may be compared again. */
static void forms_are_final(void **state)
{
	static const char *const texts[] = {"МОУ «Невонская СОШ № 1»", "МБОУ МОУ СОШ", "им. им. 5",
	    "детский сад", "№№ 5", "учреждение", "муниципальное учреждение", "сош 001 02"};
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct str once = normalise_name(&a, str_of(texts[i]));
		const char *copy = arena_strndup(&a, once.p, once.n);
		is(normalise_name(&a, once), texts[i], copy);
	}
	arena_clear(&a);
}

static void titles(void **state)
{
	static const struct {
		const char *title, *form;
	} cases[] = {
	    {"  Качество  % ", "качество %"},
	    {"НИЖЕ\xC2\xA0МИНИМУМА", "ниже минимума"},
	    {"Учётный год", "учетный год"},
	    {"below_minimum", "below_minimum"},
	    {"Средний балл (ЕГЭ), №", "средний балл (егэ), №"},
	    {"a\r\n b\tc", "a b c"},
	    {"", ""},
	    {"\xD0", "\xEF\xBF\xBD"},
	};
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is(normalise_title(&a, str_of(cases[i].title)), cases[i].title, cases[i].form);
	arena_clear(&a);
}

static void slugs(void **state)
{
	static const struct {
		const char *text, *slug;
	} cases[] = {
	    {"Дорожная карта", "dorozhnaya-karta"},
	    {"  «Итоги» — 2020/2021 г.  ", "itogi-2020-2021-g"},
	    {"Съезд, подъём и мышь", "sezd-podyom-i-mysh"},
	    {"Щука, цапля, хорёк, эхо, юла, яма, йод", "shhuka-caplya-xoryok-exo-yula-yama-jod"},
	    {"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "abvgdeyozhzijklmnoprstufxcchshshhyeyuya"},
	    {"Әҙерләү", "ezerleu"},
	    {"Hello, World!", "hello-world"},
	    {"ЪЬ", ""},
	    {"—", ""},
	    {"中文", ""},
	    {"a\xFF"
	     "b",
	        "a-b"},
	    {"../../etc/passwd", "etc-passwd"},
	    {"<script>\"'&", "script"},
	};
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is(normalise_slug(&a, str_of(cases[i].text)), cases[i].text, cases[i].slug);
	/* Every code point gives only what an address may hold. */
	for (int32_t code = 1; code < 0x3000; code++) {
		char bytes[4];
		struct str s = {bytes, utf8_encode(code, bytes)}, slug = normalise_slug(&a, s);
		for (size_t i = 0; i < slug.n; i++)
			assert_true((slug.p[i] >= 'a' && slug.p[i] <= 'z') ||
			    (slug.p[i] >= '0' && slug.p[i] <= '9'));
		normalise_name(&a, s);
		normalise_title(&a, s);
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names),
	    cmocka_unit_test(numbers_never_meet),
	    cmocka_unit_test(forms_are_final),
	    cmocka_unit_test(titles),
	    cmocka_unit_test(slugs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

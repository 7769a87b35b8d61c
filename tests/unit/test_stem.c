/*
 * Words as the search finds them: folded, without endings, and always so that
 * the browser's rule meets them again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/stem.h"

#include <string.h>

struct stem_test {
	struct arena a;
	struct stemmer *s;
};

static int setup(void **state)
{
	static struct stem_test t;
	t = (struct stem_test){.s = stemmer_new()};
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	struct stem_test *t = *state;
	stemmer_free(t->s);
	arena_clear(&t->a);
	return 0;
}

static const char *folded(struct stem_test *t, const char *text)
{
	return stem_fold(&t->a, str_of(text)).p;
}

static const char *stem(struct stem_test *t, const char *word)
{
	struct str s = stem_word(t->s, str_of(word));
	return arena_strndup(&t->a, s.p, s.n);
}

static void test_fold(void **state)
{
	struct stem_test *t = *state;
	assert_string_equal(folded(t, "МБОУ «Невонская СОШ № 1»"), "мбоу невонская сош 1");
	assert_string_equal(folded(t, "Берёзовая РОЩА"), "березовая роща");
	assert_string_equal(folded(t, "Бере\xcc\x88зовый кра\xd0\xb8\xcc\x86"), "березовый край");
	assert_string_equal(folded(t, "не\xc2\xa0менее 2022–2024"), "не менее 2022 2024");
	assert_string_equal(folded(t, "School No. 5, Été"), "school no 5 été");
	assert_string_equal(folded(t, " — … !"), "");
	assert_string_equal(folded(t, ""), "");
	assert_string_equal(folded(t, "\xff\xd0х\xcc"), "х");
}

static void test_next(void **state)
{
	struct stem_test *t = *state;
	struct str rest = str_of(" две,три "), word;
	assert_true(stem_next(&rest, &t->a, &word));
	assert_string_equal(word.p, "две");
	assert_true(stem_next(&rest, &t->a, &word));
	assert_string_equal(word.p, "три");
	assert_false(stem_next(&rest, &t->a, &word));
}

/* A word without end fills no memory, and what comes after it is read. */
static void test_long_word(void **state)
{
	struct stem_test *t = *state;
	char text[4096];
	for (size_t i = 0; i < 2000; i++)
		memcpy(text + 2 * i, "ы", 2);
	memcpy(text + 4000, " да", sizeof(" да"));
	struct str rest = str_of(text), word;
	assert_true(stem_next(&rest, &t->a, &word));
	assert_int_equal(utf8_length(word), STEM_MOST);
	assert_true(stem_word(t->s, word).n <= word.n);
	assert_true(stem_next(&rest, &t->a, &word));
	assert_string_equal(word.p, "да");
}

static void test_stems(void **state)
{
	struct stem_test *t = *state;
	static const char *const same[][6] = {
	    {"школ", "школа", "школы", "школе", "школами", "школах"},
	    {"показател", "показатель", "показателя", "показателей", "показателям", "показателями"},
	    {"седановск", "седановская", "седановской", "седановскую", "седановскою",
	        "седановские"},
	    {"приказ", "приказ", "приказа", "приказом", "приказов", "приказах"},
	};
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		for (size_t k = 1; k < 6; k++)
			assert_string_equal(stem(t, same[i][k]), same[i][0]);
}

static void test_whole_words(void **state)
{
	struct stem_test *t = *state;
	static const char *const whole[] = {
	    "оге", "егэ", "впр", "2022", "1а", "ум", "и", "schools"};
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		assert_string_equal(stem(t, whole[i]), whole[i]);
	assert_string_equal(stem(t, "яма"), "яма"); /* two letters would be left */
}

/* The browser's rule: a typed word finds a stem that it begins with when the
 * rest may be an ending, or that begins with it. */
static bool finds(struct str typed, struct str stem)
{
	if (str_eq(typed, stem))
		return true;
	if (stem.n <= typed.n && memcmp(stem.p, typed.p, stem.n) == 0)
		return utf8_length(stem) >= STEM_LEAST &&
		    utf8_length(typed) - utf8_length(stem) <= STEM_ENDING(utf8_length(stem));
	return typed.n < stem.n && memcmp(stem.p, typed.p, typed.n) == 0;
}

static const char *const endings[] = {"", "а", "ы", "и", "у", "ой", "ою", "ей", "ею", "ам", "ами",
    "ах", "ов", "ев", "е", "ем", "ом", "ый", "ий", "ая", "ое", "ее", "ого", "его", "ому", "ему",
    "ым", "ым", "ыми", "ими", "ых", "их", "ую", "юю", "ость", "ости", "остью", "ение", "ениями",
    "ал", "ала", "али", "ать", "аться", "аются", "ающий", "ающимися", "авшимися", "авшись", "ейший",
    "ейшими", "нный", "нными", "ь", "ья", "ьями", "ию", "ией", "иями", "иях", NULL};

/* Whatever is typed: forms that have one stem find each other's entries. */
static void test_forms_find_each_other(void **state)
{
	struct stem_test *t = *state;
	static const char *const roots[] = {"школ", "документ", "учител", "мониторинг", "програм",
	    "район", "сад", "дет", "лес", "пед", "образов", "преподав", "седановск", "результат",
	    "обуча", "рекоменд", "итог", "дн", "ш", NULL};
	size_t shortened = 0;
	for (const char *const *root = roots; *root; root++)
		for (const char *const *end = endings; *end; end++) {
			struct str word = str_of(arena_printf(&t->a, "%s%s", *root, *end));
			struct str stem = stem_word(t->s, word);
			assert_memory_equal(stem.p, word.p, stem.n);
			assert_true(finds(word, stem));
			shortened += stem.n < word.n;
			for (size_t n = 2; n <= word.n; n += 2) /* as it is being typed */
				if (n >= 2 * STEM_LEAST)
					assert_true(finds((struct str){word.p, n}, stem));
		}
	assert_true(shortened > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_fold, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_next, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_long_word, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_stems, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_whole_words, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_forms_find_each_other, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* str: views, UTF-8 in every well and malformed shape, case, and near words. */
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <limits.h>
#include <string.h>

/* -- views ----------------------------------------------------------------------- */

static void test_comparing(void **state)
{
	struct str none = {NULL, 0};
	(void)state;
	assert_true(str_eq(none, STR("")));
	assert_true(str_eq(str_of(NULL), none));
	assert_non_null(str_of(NULL).p);
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_is(STR("школа"), "школа"));
	assert_false(str_is(STR("школа"), "школ"));
	assert_true(str_is(none, NULL));
	assert_int_equal(str_cmp(none, none), 0);
	assert_int_equal(str_cmp(none, STR("a")), -1);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("z"), STR("а")) < 0);
	assert_true(str_cmp(STR("\xF0\x90\x80\x80"), STR("\xEF\xBF\xBD")) > 0);
	assert_true(str_is_slug(STR("nevon-1")));
	assert_false(str_is_slug(STR("")));
	assert_false(str_is_slug(STR("Nevon")));
	assert_false(str_is_slug(STR("a b")));
	assert_false(str_is_slug(STR("невон")));
	assert_true(str_starts(STR("школа"), "шко"));
	assert_true(str_starts(STR("a"), ""));
	assert_false(str_starts(STR("ab"), "abc"));
	assert_true(str_ends(STR("файл.csv"), ".csv"));
	assert_false(str_ends(STR("csv"), ".csv"));
	assert_true(str_ends(STR(""), ""));
}

static void test_trim(void **state)
{
	static const struct str cases[][2] = {{{"", 0}, {"", 0}}, {{" \t\r\n\v\f ", 7}, {"", 0}},
	    {{"  a b  ", 7}, {"a b", 3}}, {{"\xC2\xA0x\xC2\xA0\xC2\xA0", 7}, {"x", 1}},
	    {{"\xEF\xBB\xBFid\xEF\xBB\xBF", 8}, {"id", 2}},
	    {{"\xE2\x80\x89\xD1\x91\xE2\x80\xAF", 8}, {"\xD1\x91", 2}},
	    {{"\xF0\x9F\x98\x80 ", 5}, {"\xF0\x9F\x98\x80", 4}},
	    /* bytes that are no text are no blanks, whatever stands before them */
	    {{"a \x80", 3}, {"a \x80", 3}}, {{"a\xC2\xA0\x80", 4}, {"a\xC2\xA0\x80", 4}},
	    {{"\x80 ", 2}, {"\x80", 1}}, {{" \xC2", 2}, {"\xC2", 1}}, {{"\xA0", 1}, {"\xA0", 1}},
	    {{"\x80\x80\x80\x80\x80", 5}, {"\x80\x80\x80\x80\x80", 5}}, {{"\0 ", 2}, {"\0", 1}}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!str_eq(str_trim(cases[i][0]), cases[i][1]))
			fail_msg("case %zu", i);
	assert_int_equal(str_trim((struct str){NULL, 0}).n, 0);
}

static void test_next(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		const char *parts[3];
	} cases[] = {{"", 0, {0}}, {"a", 1, {"a"}}, {"a|b", 2, {"a", "b"}}, {"|", 1, {""}},
	    {"|а", 2, {"", "а"}}, {"a||b", 3, {"a", "", "b"}}, {"a|", 1, {"a"}}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str rest = str_of(cases[i].text), part;
		size_t count = 0;
		while (str_next(&rest, '|', &part)) {
			assert_true(count < cases[i].count);
			assert_true(str_is(part, cases[i].parts[count++]));
		}
		assert_int_equal(count, cases[i].count);
		assert_false(str_next(&rest, '|', &part));
	}
	struct str none = {NULL, 0}, part;
	assert_false(str_next(&none, '|', &part));
}

/* Only the bytes count, wherever they lie, and each of them does. */
static void test_hash(void **state)
{
	(void)state;
	static const char text[] = "results.csv, line 14 and 15";
	char copy[sizeof(text) + 1];
	for (size_t n = 0; n < sizeof(text); n++) {
		uint64_t hash = str_hash((struct str){text, n});
		memcpy(copy + 1, text, sizeof(text));
		assert_int_equal(str_hash((struct str){copy + 1, n}), hash);
		assert_int_not_equal(str_hash((struct str){text, n + 1}), hash);
		for (size_t i = 1; i <= n; i++) {
			copy[i] ^= 1;
			assert_int_not_equal(str_hash((struct str){copy + 1, n}), hash);
			copy[i] ^= 1;
		}
	}
	assert_int_equal(str_hash((struct str){NULL, 0}), str_hash(STR("")));
	assert_int_not_equal(str_hash(STR("a")), str_hash((struct str){"a\0", 2}));
	assert_int_not_equal(str_hash(STR("ab")), str_hash(STR("ba")));
}

/* -- UTF-8 -------------------------------------------------------------------------- */

/* Every code point there and back; a byte less is malformed. */
static void test_every_code_point(void **state)
{
	(void)state;
	for (int32_t code = 0; code <= 0x10FFFF; code++) {
		char bytes[4];
		size_t len = 9, n = utf8_encode(code, bytes);
		bool surrogate = code >= 0xD800 && code <= 0xDFFF;
		size_t wanted = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		if (n != wanted || utf8_valid((struct str){bytes, n}) == surrogate)
			fail_msg("U+%04X", (unsigned)code);
		if (utf8_decode(bytes, n, &len) != (surrogate ? -1 : code) ||
		    len != (surrogate ? 1 : n))
			fail_msg("U+%04X", (unsigned)code);
		if (utf8_decode(bytes, n - 1, &len) != -1 || len != 1)
			fail_msg("U+%04X cut", (unsigned)code);
	}
}

static void test_malformed(void **state)
{
	static const struct str cases[] = {{"\x80", 1}, {"\xBF", 1}, {"\xC0\x80", 2},
	    {"\xC0\xAF", 2}, {"\xC1\xBF", 2}, {"\xE0\x80\x80", 3}, {"\xE0\x9F\xBF", 3},
	    {"\xF0\x80\x80\x80", 4}, {"\xF0\x8F\xBF\xBF", 4}, {"\xED\xA0\x80", 3},
	    {"\xED\xBF\xBF", 3}, {"\xED\xA0\xBD\xED\xB8\x80", 6}, {"\xF4\x90\x80\x80", 4},
	    {"\xF5\x80\x80\x80", 4}, {"\xF8\x88\x80\x80\x80", 5}, {"\xFE", 1}, {"\xFF", 1},
	    {"\xD0", 1}, {"\xE2\x82", 2}, {"\xF0\x9F\x98", 3}, {"\xD0\x41", 2}, {"\xE2\x82\x41", 3},
	    {"\xE2\x41\x82", 3}, {"\xF0\x9F\x98\xC0", 4}, {"\xD0\xD0\xB0", 3}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char around[40] = "0123456789abcdefghij";
		size_t len = 9;
		if (utf8_decode(cases[i].p, cases[i].n, &len) != -1 || len != 1)
			fail_msg("decoded: case %zu", i);
		for (size_t at = 0; at < 20; at++) {
			memcpy(around + at, cases[i].p, cases[i].n);
			if (utf8_valid((struct str){around, 30}))
				fail_msg("valid: case %zu at %zu", i, at);
			memcpy(around, "0123456789abcdefghij", 20);
		}
	}
	size_t len = 9;
	assert_int_equal(utf8_decode(NULL, 0, &len), -1);
	assert_int_equal(len, 1);
}

static void test_valid_and_length(void **state)
{
	(void)state;
	assert_true(utf8_valid((struct str){NULL, 0}));
	assert_true(utf8_valid(STR("\0")));
	assert_true(utf8_valid(STR("plain text of more than eight bytes")));
	assert_true(utf8_valid(STR("1234567ё 12345678 \U0010FFFF\uFFFF")));
	assert_int_equal(utf8_length((struct str){NULL, 0}), 0);
	assert_int_equal(utf8_length(STR("ёж")), 2);
	assert_int_equal(utf8_length(STR("a\u00e9€😀")), 4);
}

/* -- kinds of characters ------------------------------------------------------------- */

static void test_case(void **state)
{
	static const char *const pairs[][2] = {
	    {"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"},
	    {"ABCXYZ", "abcxyz"}, {"ÀÖØÞ", "àöøþ"}, {"ΑΩΣ", "αωσ"}, {"ІЇЄҐЎЏЂЀЍ", "іїєґўџђѐѝ"},
	    {"ӘҒҚҢӨҮҺӮӸ", "әғқңөүһӯӹ"}, {"ѠҀҊҾӐԮ", "ѡҁҋҿӑԯ"}, {"ӀӁӃӍ", "ӏӂӄӎ"}};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const char *upper = pairs[i][0], *lower = pairs[i][1];
		for (size_t len; *upper; upper += len, lower += len) {
			int32_t u = utf8_decode(upper, strlen(upper), &len);
			int32_t l = utf8_decode(lower, strlen(lower), &len);
			if (utf8_lower(u) != l || utf8_upper(l) != u || utf8_lower(l) != l ||
			    utf8_upper(u) != u)
				fail_msg("U+%04X and U+%04X", (unsigned)u, (unsigned)l);
		}
	}
}

/* What has no case stays; there and back is always the same letter. */
static void test_case_of_the_rest(void **state)
{
	static const int32_t caseless[] = {-1, 0, '@', '[', '`', '{', 0xD7, 0xF7, 0xDF, 0xFF, 0x3C2,
	    0x482, 0x487, 0x489, 0x20AC, 0x1F600, 0x10FFFF, INT32_MAX, INT32_MIN};
	(void)state;
	for (size_t i = 0; i < sizeof(caseless) / sizeof(*caseless); i++) {
		assert_int_equal(utf8_lower(caseless[i]), caseless[i]);
		assert_int_equal(utf8_upper(caseless[i]), caseless[i]);
	}
	for (int32_t c = 0; c < 0x3000; c++) {
		if (c == 0x3A2) /* unassigned, beside the final sigma */
			continue;
		int32_t lower = utf8_lower(c), upper = utf8_upper(c);
		if ((lower != c && (upper != c || utf8_upper(lower) != c)) ||
		    (upper != c && utf8_lower(upper) != c))
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void test_kinds(void **state)
{
	static const int32_t blanks[] = {' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680,
	    0x2000, 0x2009, 0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF};
	static const int32_t others[] = {-1, 0, 8, 0xE, 0x1F, 0x7F, 0xA9, 0x200C, 0x200D, 0x2013,
	    0x2212, '-', '_', '.', 0xD7, 0xF7, 0xAB, 0x482, 0x489, 0x2116, 0x1F600};
	static const int32_t letters[] = {
	    '0', '9', 'a', 'Z', 0xE9, 0x3B1, 0x401, 0x410, 0x44F, 0x451, 0x4E9, 0x52F};
	(void)state;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++)
		assert_true(utf8_is_space(blanks[i]) && !utf8_is_word(blanks[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(utf8_is_space(others[i]) || utf8_is_word(others[i]));
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		assert_true(utf8_is_word(letters[i]) && !utf8_is_space(letters[i]));
}

/* -- near words ---------------------------------------------------------------------- */

static unsigned between(const char *a, const char *b, unsigned limit)
{
	unsigned d = str_distance(str_of(a), str_of(b), limit);
	assert_int_equal(str_distance(str_of(b), str_of(a), limit), d);
	return d;
}

static void test_distance(void **state)
{
	(void)state;
	assert_int_equal(between("", "", 9), 0);
	assert_int_equal(between("", "школа", 9), 5);
	assert_int_equal(between("школа", "школа", 9), 0);
	assert_int_equal(between("школа", "шкла", 9), 1);
	assert_int_equal(between("школа", "шкопа", 9), 1);
	assert_int_equal(between("школа", "шкоал", 9), 1);
	assert_int_equal(between("школа", "школы №", 9), 3);
	assert_int_equal(between("kitten", "sitting", 9), 3);
	assert_int_equal(between("ЁЖИК", "ежик", 9), 0);
	assert_int_equal(between("Ёлка", "ЕЛКА", 0), 0);
	assert_int_equal(between("й", "и", 9), 1);
	assert_int_equal(between("😀", "a", 9), 1);
	assert_int_equal(between("ab", "ba", 1), 1);
	assert_int_equal(between("abcd", "badc", 9), 2);
	assert_int_equal(str_distance(STR("\xFF\xD0"), STR("\xFE\xE2"), 9), 0);
	assert_int_equal(str_distance((struct str){NULL, 0}, STR("a"), 9), 1);
}

static void test_distance_limits(void **state)
{
	(void)state;
	assert_int_equal(between("абв", "где", 0), 1);
	assert_int_equal(between("абв", "где", 1), 2);
	assert_int_equal(between("абв", "где", 2), 3);
	assert_int_equal(between("абв", "где", 3), 3);
	assert_int_equal(between("абв", "абв", 0), 0);
	assert_int_equal(between("абв", "где", UINT_MAX), 3);
	assert_int_equal(between("", "где", UINT_MAX), 3);
}

/* Official names are long and differ at their ends. */
static void test_distance_of_long_texts(void **state)
{
	static const char five[] = "Муниципальное бюджетное общеобразовательное учреждение "
	                           "«Средняя общеобразовательная школа № 5»";
	static const char seven[] = "Муниципальное бюджетное общеобразовательное учреждение "
	                            "«Средняя общеобразовательная школа № 17»";
	static const char garden[] = "Муниципальное бюджетное общеобразовательное учреждение "
	                             "«Детский сад № 5»";
	const char *const names[] = {garden, seven, five, NULL};
	char huge[5000], other[5000];
	(void)state;
	assert_int_equal(between(five, seven, 9), 2);
	assert_int_equal(between(five, five, 0), 0);
	assert_true(between(five, garden, 9) > 9);
	assert_ptr_equal(str_nearest(five, names), five);
	memset(huge, 'x', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	memcpy(other, huge, sizeof(huge));
	other[sizeof(other) - 2] = 'y';
	assert_int_equal(between(huge, other, 3), 4); /* too long: far from all */
	assert_int_equal(between(huge, "x", 3), 4);
	assert_true(between(huge, other, UINT_MAX) > 0);
}

static void test_nearest(void **state)
{
	static const char *const names[] = {
	    "school", "year", "subject", "value", "школа", "год", NULL};
	static const char *const same[] = {"cat", "bat", NULL};
	static const char *const none[] = {NULL};
	(void)state;
	assert_string_equal(str_nearest("scool", names), "school");
	assert_string_equal(str_nearest("SUBJECT", names), "subject");
	assert_string_equal(str_nearest("ШКОЛЫ", names), "школа");
	assert_string_equal(str_nearest("гот", names), "год");
	assert_string_equal(str_nearest("vlaue", names), "value");
	assert_null(str_nearest("teacher", names));
	assert_null(str_nearest("кот", (const char *const[]){"кит лёг", NULL}));
	assert_string_equal(str_nearest("rat", same), "cat"); /* the first of equals */
	assert_null(str_nearest("cat", none));
	assert_null(str_nearest("", (const char *const[]){"a", "б", NULL}));
}

/* At most a third of the characters, rounded up, may be edits. */
static void test_nearest_bound(void **state)
{
	static const char *const words[] = {"абвгдежзик", NULL};
	(void)state;
	assert_non_null(str_nearest("абвгдежзик", words));
	assert_non_null(str_nearest("xxxxдежзик", words));
	assert_null(str_nearest("xxxxxежзик", words));
	assert_non_null(str_nearest("абв", (const char *const[]){"абx", NULL}));
	assert_null(str_nearest("абв", (const char *const[]){"аxx", NULL}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_comparing),
	    cmocka_unit_test(test_trim),
	    cmocka_unit_test(test_next),
	    cmocka_unit_test(test_hash),
	    cmocka_unit_test(test_every_code_point),
	    cmocka_unit_test(test_malformed),
	    cmocka_unit_test(test_valid_and_length),
	    cmocka_unit_test(test_case),
	    cmocka_unit_test(test_case_of_the_rest),
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_distance),
	    cmocka_unit_test(test_distance_limits),
	    cmocka_unit_test(test_distance_of_long_texts),
	    cmocka_unit_test(test_nearest),
	    cmocka_unit_test(test_nearest_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Bytes of the encodings that spreadsheets save, and broken ones. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "text/charset.h"

#define DECODES(bytes, as, text) decodes((struct str){bytes, sizeof(bytes) - 1}, as, text)

static void decodes(struct str bytes, enum charset as, const char *text)
{
	struct arena a = ARENA_INIT;
	enum charset which;
	struct str out = charset_decode(&a, bytes, &which);
	assert_int_equal(which, as);
	assert_int_equal(out.n, strlen(text));
	assert_memory_equal(out.p, text, out.n);
	arena_clear(&a);
}

static void marks_decide(void **state)
{
	(void)state;
	DECODES("", CHARSET_UTF8, "");
	DECODES("школа", CHARSET_UTF8, "школа");
	DECODES("\xEF\xBB\xBFшкола", CHARSET_UTF8_BOM, "школа");
	DECODES("\xFF\xFE\x48\x04\x31\x00", CHARSET_UTF16LE, "ш1");
	DECODES("\xFE\xFF\x04\x48\x00\x31", CHARSET_UTF16BE, "ш1");
	DECODES("\xFF\xFE", CHARSET_UTF16LE, "");
	DECODES("\xFF\xFE\x3D\xD8\x00\xDE", CHARSET_UTF16LE, "😀");
}

static void broken_is_unknown(void **state)
{
	(void)state;
	DECODES("\xF8\xEA\xEE\xEB\xE0", CHARSET_UNKNOWN, "");
	DECODES("\xFF\xFE\x48", CHARSET_UNKNOWN, "");             /* half a unit */
	DECODES("\xFF\xFE\x3D\xD8", CHARSET_UNKNOWN, "");         /* half a pair */
	DECODES("\xFF\xFE\x00\xDE\x31\x00", CHARSET_UNKNOWN, ""); /* the other half */
	DECODES("\xEF\xBB\xBF\xF8", CHARSET_UNKNOWN, "");
	DECODES("\xC0\x80", CHARSET_UNKNOWN, "");
}

static void reads_1251(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	static const char bytes[] = "\xD8\xEA\xEE\xEB\xE0 \xB9 1, \xAB\xB8\xBB \x97 \x88";
	struct str out = charset_1251(&a, (struct str){bytes, sizeof(bytes) - 1});
	assert_true(str_is(out, "Школа № 1, «ё» — €"));
	assert_null(charset_1251(&a, STR("a\x98")).p);
	assert_int_equal(charset_1251(&a, (struct str){"a\0b", 3}).n, 3);
	char all[128];
	for (int i = 0; i < 128; i++)
		all[i] = (char)(unsigned char)(i + 128 == 0x98 ? 'x' : i + 128);
	out = charset_1251(&a, (struct str){all, sizeof(all)});
	assert_true(utf8_valid(out));
	assert_int_equal(utf8_length(out), 128);
	arena_clear(&a);
}

static void tells_damaged_utf8(void **state)
{
	(void)state;
	assert_true(charset_damaged_utf8(STR("школа \xD0 номер")));
	assert_true(charset_damaged_utf8(STR("\xEF\xBB\xBFx\xFF")));
	assert_false(charset_damaged_utf8(STR("\xF8\xEA\xEE\xEB\xE0 \xB9 1")));
	assert_false(charset_damaged_utf8(STR("name,\xFF")));
}

static void finds_places(void **state)
{
	(void)state;
	uint32_t line, column;
	struct str text = STR("a\r\nшк\rb\n\nc");
	static const struct {
		size_t offset;
		uint32_t line, column;
	} cases[] = {{0, 1, 1}, {1, 1, 2}, {3, 2, 1}, {5, 2, 2}, {7, 2, 3}, {8, 3, 1}, {10, 4, 1},
	    {11, 5, 1}, {12, 5, 2}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		charset_place(text, cases[i].offset, &line, &column);
		assert_int_equal(line, cases[i].line);
		assert_int_equal(column, cases[i].column);
	}
	charset_first_bad(STR("год\nшк\xFFx"), &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 3);
	charset_first_bad(STR("\xEF\xBB\xBFx\xFF"), &line, &column);
	assert_int_equal(column, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks_decide),
	    cmocka_unit_test(broken_is_unknown),
	    cmocka_unit_test(reads_1251),
	    cmocka_unit_test(tells_damaged_utf8),
	    cmocka_unit_test(finds_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

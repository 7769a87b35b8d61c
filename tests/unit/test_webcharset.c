/* Pages in the encodings of Russian sites, and what servers say of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/webcharset.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static const char russian[] =
    "<html><body><h1>Программа повышения качества образования</h1><p>Приказ об утверждении "
    "программы, положение о внутренней системе оценки качества, план мероприятий.</p>";

/* UTF-8 text in another encoding. */
static struct str as(const char *name, const char *text)
{
	webcharset_encoder *encode = webcharset_encoder_of(name);
	struct buf out = BUF_INIT(BUF_PAGE);
	struct str rest = str_of(text);
	size_t len;
	if (!encode)
		return rest;
	for (; rest.n; rest.p += len, rest.n -= len) {
		char bytes[4];
		size_t n = encode(utf8_decode(rest.p, rest.n, &len), bytes);
		assert_int_equal(n, 1);
		buf_add(&out, bytes, n);
	}
	return buf_keep(&arena, &out);
}

static void reads(struct str bytes, const char *header, const char *text, const char *name,
    enum webcharset_rule rule, bool conflict)
{
	struct webcharset found;
	struct str out = webcharset_decode(&found, &arena, bytes, str_of(header));
	assert_string_equal(found.name, name);
	assert_string_equal(webcharset_rules[found.rule], webcharset_rules[rule]);
	assert_int_equal(found.conflict, conflict);
	assert_int_equal(out.n, strlen(text));
	assert_memory_equal(out.p, text, out.n);
}

static void all_encodings(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "utf-8", "windows-1251", "koi8-r", "koi8-u", "ibm866", "iso-8859-5", "x-mac-cyrillic"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str bytes = as(names[i], russian);
		const char *header = arena_printf(&arena, "text/html; charset=%s", names[i]);
		reads(bytes, header, russian, names[i], WEBCHARSET_HEADER, false);
	}
}

static void the_order(void **state)
{
	(void)state;
	const char *meta = "<meta charset=\"windows-1251\">";
	const char *page = arena_printf(&arena, "%s%s", meta, russian);
	reads(as("windows-1251", page), "text/html", page, "windows-1251", WEBCHARSET_META, false);
	page = arena_printf(&arena,
	    "<META content='text/html; charset = cp1251' http-equiv=Content-Type>%s", russian);
	reads(as("windows-1251", page), "", page, "windows-1251", WEBCHARSET_META, false);
	page = arena_printf(
	    &arena, "<!--<meta charset=koi8-r>--><meta charset=windows-1251>%s", russian);
	reads(as("windows-1251", page), "", page, "windows-1251", WEBCHARSET_META, false);
	page = arena_printf(&arena, "<title><meta charset=windows-1251></title>%s", russian);
	reads(as("windows-1251", page), "", page, "windows-1251", WEBCHARSET_META, false);
	page = arena_printf(&arena, "<!--%2000s-->%s%s", "", meta, russian);
	reads(as("windows-1251", page), "", page, "windows-1251", WEBCHARSET_META_LATE, false);
	reads(str_of(russian), "", russian, "utf-8", WEBCHARSET_VALID, false);
	reads(STR("<meta charset=utf-16>abc"), "", "<meta charset=utf-16>abc", "utf-8",
	    WEBCHARSET_META, false);
	reads(STR("abc"), "text/html; charset=\"WINDOWS-1251\"", "abc", "windows-1251",
	    WEBCHARSET_HEADER, false);
	reads(STR(""), "", "", "utf-8", WEBCHARSET_VALID, false);
}

static void marks(void **state)
{
	(void)state;
	reads(STR("\xEF\xBB\xBFшкола"), "text/html; charset=windows-1251", "школа", "utf-8",
	    WEBCHARSET_MARK, false);
	reads(
	    STR("\xFF\xFE\x48\x04\x3D\xD8\x00\xDE"), "", "ш😀", "utf-16le", WEBCHARSET_MARK, false);
	reads(STR("\xFE\xFF\x04\x48"), "", "ш", "utf-16be", WEBCHARSET_MARK, false);
	reads(STR("\xFF\xFE\x00\xDE"), "", "\xEF\xBF\xBD", "utf-16le", WEBCHARSET_MARK, false);
}

/* The header is the server's default, the file is otherwise. */
static void wrong_names(void **state)
{
	(void)state;
	const char *page = arena_printf(&arena, "<meta charset=windows-1251>%s", russian);
	reads(as("windows-1251", page), "text/html; charset=utf-8", page, "windows-1251",
	    WEBCHARSET_META, true);
	reads(as("windows-1251", russian), "text/html; charset=utf-8", russian, "windows-1251",
	    WEBCHARSET_GUESS, true);
	reads(as("windows-1251", russian), "text/html; charset=iso-8859-1", russian, "windows-1251",
	    WEBCHARSET_GUESS, true);
	reads(as("koi8-r", russian), "text/html; charset=windows-1251", russian, "koi8-r",
	    WEBCHARSET_GUESS, true);
	reads(as("windows-1251", russian), "text/html; charset=koi8-r", russian, "windows-1251",
	    WEBCHARSET_GUESS, true);
	reads(str_of(russian), "text/html; charset=windows-1251", russian, "utf-8",
	    WEBCHARSET_GUESS, true);
	reads(str_of(page), "text/html; charset=utf-8", page, "utf-8", WEBCHARSET_HEADER, true);
}

static void guesses(void **state)
{
	(void)state;
	static const char *const names[] = {"windows-1251", "koi8-r", "ibm866"};
	for (size_t i = 0; i < 3; i++)
		reads(as(names[i], russian), "", russian, names[i], WEBCHARSET_GUESS, false);
	reads(as("windows-1251", "ПРОГРАММА РАЗВИТИЯ ШКОЛЫ"), "x/y; charset=nonsense",
	    "ПРОГРАММА РАЗВИТИЯ ШКОЛЫ", "windows-1251", WEBCHARSET_GUESS, false);
}

static void damaged(void **state)
{
	(void)state;
	struct webcharset found;
	const char *broken = arena_printf(&arena, "%s\xD0 и дальше", russian);
	struct str out = webcharset_decode(&found, &arena, str_of(broken), STR("charset=utf-8"));
	assert_string_equal(found.name, "utf-8");
	assert_true(found.damaged);
	assert_true(utf8_valid(out));
	/* cut in the middle of a letter */
	struct str cut = {russian, strlen("<html><body><h1>Пр") - 1};
	webcharset_decode(&found, &arena, cut, STR("text/html"));
	assert_string_equal(found.name, "utf-8");
	webcharset_decode(&found, &arena, (struct str){"PK\0\1", 4}, STR("text/html"));
	assert_true(found.binary);
	/* a foreign page stays what it says */
	out =
	    webcharset_decode(&found, &arena, STR("caf\xE9 na\xEFve"), STR("charset=windows-1252"));
	assert_string_equal(found.name, "windows-1252");
	assert_true(str_is(out, "café naïve"));
	out = webcharset_decode(&found, &arena, STR("Мәктәп сайты"), STR("charset=utf-8"));
	assert_string_equal(found.name, "utf-8");
}

static void encoders(void **state)
{
	(void)state;
	char out[4];
	assert_null(webcharset_encoder_of("utf-8"));
	assert_int_equal(webcharset_encoder_of("windows-1251")(0x448, out), 1);
	assert_int_equal((unsigned char)out[0], 0xF8);
	assert_int_equal(webcharset_encoder_of("windows-1251")(0x4E00, out), 0);
	assert_int_equal(webcharset_encoder_of("koi8-r")('a', out), 1);
	assert_null(webcharset_name(STR("gb2312")));
	assert_string_equal(webcharset_name(STR(" Win-1251 ")), "windows-1251");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_encodings),
	    cmocka_unit_test(the_order),
	    cmocka_unit_test(marks),
	    cmocka_unit_test(wrong_names),
	    cmocka_unit_test(guesses),
	    cmocka_unit_test(damaged),
	    cmocka_unit_test(encoders),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}

/* JSON of strangers, token by token; what is none is passed over. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/json_read.h"

static struct arena arena;

/* Brackets as they are, texts in quotes, the rest bare, each behind its key. */
static const char *tokens(const char *json)
{
	static const char *const brackets[] = {[JSON_OPEN_OBJECT] = "{",
	    [JSON_CLOSE_OBJECT] = "}",
	    [JSON_OPEN_ARRAY] = "[",
	    [JSON_CLOSE_ARRAY] = "]"};
	struct buf out = BUF_INIT(BUF_PAGE);
	struct json_reader r = JSON_READER(&arena, str_of(json));
	struct json_token t;
	while (json_next(&r, &t)) {
		buf_addf(&out, "%s%.*s:", out.len ? " " : "", (int)t.key.n, t.key.p);
		if (t.kind == JSON_TEXT)
			buf_addf(&out, "'%.*s'", (int)t.text.n, t.text.p);
		else if (t.kind == JSON_BARE)
			buf_add(&out, t.text.p, t.text.n);
		else
			buf_adds(&out, brackets[t.kind]);
	}
	assert_int_equal(t.kind, JSON_END);
	return buf_keep(&arena, &out).p;
}

static void reads(void **state)
{
	(void)state;
	assert_string_equal(tokens("{\"a\" : \"x\", \"b\":[1, -2.5e3, \"y\", null], \"c\":{}}"),
	    ":{ a:'x' b:[ b:1 b:-2.5e3 b:'y' b:null b:] c:{ c:} c:}");
	assert_string_equal(tokens("[\"\\u0430\\ud83d\\ude00\\n\\\"\\/\"]"), ":[ :'а😀\n\"/' :]");
}

static void passes_over(void **state)
{
	(void)state;
	assert_string_equal(tokens(""), "");
	assert_string_equal(tokens("}]"), ":} :]");
	assert_string_equal(tokens("\"cut"), ":'cut'");
	assert_string_equal(tokens("\"cut\\"), ":'cut\\'");
	assert_string_equal(tokens("\"\\u12\""), ":'12'");
	assert_string_equal(tokens("\"\\ud83d\""), ":'\xEF\xBF\xBD'");
	assert_string_equal(tokens("{\"a\":"), ":{");
	assert_string_equal(tokens("<p>\xFF;"), ":p");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads),
	    cmocka_unit_test(passes_over),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_clear(&arena);
	return failed;
}

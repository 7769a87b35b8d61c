/* Words in braces: what they mean, and where in a pattern something stands. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/audit_words.h"

static struct arena arena;
static struct audit_word rows[] = {{.id = "риск", .pattern = "риск|угроз"},
    {.id = "q", .pattern = "качеств\\w*"}, {.id = "школа 1", .pattern = "сош"}};
static struct table words = {.rows = rows, .count = 3};

static int begin(void **state)
{
	(void)state;
	arena = (struct arena)ARENA_INIT;
	words.schema = schema_of(TABLE_WORDS);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static void means(const char *pattern, const char *full)
{
	struct str unknown;
	assert_string_equal(audit_words_expand(&arena, &words, pattern, &unknown), full);
	assert_int_equal(unknown.n, 0);
}

static void lacks(const struct table *of, const char *pattern, const char *word)
{
	struct str unknown;
	const char *full = audit_words_expand(&arena, of, pattern, &unknown);
	assert_string_equal(full, pattern);
	assert_true(str_is(unknown, word));
}

static void written_out(void **state)
{
	(void)state;
	means("", "");
	means("план", "план");
	means("{риск}", "(?:риск|угроз)");
	means(
	    "план.{0,80}{риск}|{q}{q}", "план.{0,80}(?:риск|угроз)|(?:качеств\\w*)(?:качеств\\w*)");
	means("{школа 1} \\d", "(?:сош) \\d");
	struct str unknown;
	assert_null(audit_words_expand(&arena, &words, NULL, &unknown));
}

static void left_alone(void **state)
{
	(void)state;
	means("а{2}б{0,3}в{,4}", "а{2}б{0,3}в{,4}");
	means("\\p{L}\\x{451}\\k{q}", "\\p{L}\\x{451}\\k{q}");
	means("{ риск}{}{", "{ риск}{}{");
	means("{риск", "{риск");
	means("\\\\n{q}", "\\\\n(?:качеств\\w*)"); /* a backslash itself, then n */
}

static void unknown(void **state)
{
	(void)state;
	lacks(&words, "план {риски} {q2}", "риски");
	lacks(NULL, "план {риск}", "риск");
	assert_string_equal(audit_words_nearest(&arena, &words, STR("риски")), "риск");
	assert_null(audit_words_nearest(&arena, &words, STR("совсем другое")));
	assert_null(audit_words_nearest(&arena, NULL, STR("риск")));
}

static void places(void **state)
{
	(void)state;
	/*                          а б { риск } в   means  а б (?:риск|угроз) в */
	static const size_t at[][2] = {
	    {0, 0}, {1, 1}, {2, 2}, {5, 2}, {15, 2}, {16, 8}, {17, 9}, {99, 9}};
	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++)
		assert_int_equal(audit_words_offset(&words, "аб{риск}в", at[i][0]), at[i][1]);
	assert_int_equal(audit_words_offset(NULL, "план(", 5), 5);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(written_out),
	    TEST(left_alone),
	    TEST(unknown),
	    TEST(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The writer's output, and that misuse never passes for a document. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "text/json.h"

static int setup(void **state)
{
	static struct buf out;
	out = (struct buf)BUF_INIT(BUF_PAGE);
	*state = &out;
	return 0;
}

static int teardown(void **state)
{
	buf_clear(*state);
	return 0;
}

static void write_all(struct json *j)
{
	json_object(j);
	json_key(j, "a\"b");
	json_array(j);
	json_int(j, -5);
	json_frac(j, frac_of(1, 3), 4);
	json_frac(j, (struct frac){0, 0}, 2);
	json_bool(j, true);
	json_bool(j, false);
	json_null(j);
	json_string(j, NULL);
	json_string(j, "x");
	json_object(j);
	json_end(j);
	json_array(j);
	json_end(j);
	json_end(j);
	json_key(j, "школа");
	json_text(j, STR("№ 1"));
	json_end(j);
}

static void compact(void **state)
{
	struct buf *out = *state;
	struct json j = JSON_INIT(out);
	write_all(&j);
	assert_int_equal(json_done(&j), 0);
	assert_string_equal(out->data,
	    "{\"a\\\"b\":[-5,0.3333,null,true,false,null,null,\"x\",{},[]],\"школа\":\"№ 1\"}");
}

static void indented(void **state)
{
	struct buf *out = *state;
	struct json j = {.out = out, .lines = JSON_DEPTH};
	write_all(&j);
	assert_int_equal(json_done(&j), 0);
	assert_string_equal(out->data,
	    "{\n  \"a\\\"b\": [\n    -5,\n    0.3333,\n    null,\n    true,\n    false,\n    null,\n    null,\n"
	    "    \"x\",\n    {},\n    []\n  ],\n  \"школа\": \"№ 1\"\n}");
}

static void one_line_a_row(void **state)
{
	struct buf *out = *state;
	struct json j = {.out = out, .lines = 1};
	json_array(&j);
	for (int i = 1; i < 3; i++) {
		json_object(&j);
		json_key(&j, "n");
		json_int(&j, i);
		json_key(&j, "m");
		json_null(&j);
		json_end(&j);
	}
	json_end(&j);
	assert_int_equal(json_done(&j), 0);
	assert_string_equal(
	    out->data, "[\n  {\"n\": 1, \"m\": null},\n  {\"n\": 2, \"m\": null}\n]");
}

static void texts(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
	    {"", "\"\""},
	    {"</script>", "\"\\u003c/script>\""},
	    {"\"\\/\b\f\n\r\t\x1F\x7F", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u001f\x7F\""},
	    {"a\xE2\x80\xA8z\xE2\x80\xA9", "\"a\\u2028z\\u2029\""},
	    {"\xF0\x9F\x8E\x93 ё", "\"\xF0\x9F\x8E\x93 ё\""},
	    {"\xFFz\xC0\xAF\xED\xA0\x80\xD0",
	        "\"\\ufffdz\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\""},
	};
	struct buf *out = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json j = JSON_INIT(out);
		buf_reset(out);
		json_string(&j, cases[i].text);
		assert_int_equal(json_done(&j), 0);
		assert_string_equal(out->data, cases[i].json);
	}
	struct json j = JSON_INIT(out);
	buf_reset(out);
	json_text(&j, (struct str){"a\0b", 3});
	assert_int_equal(json_done(&j), 0);
	assert_string_equal(out->data, "\"a\\u0000b\"");
}

/* A key quoted once is written as json_key() writes it. */
static void quoted_keys(void **state)
{
	struct buf *out = *state;
	struct buf quoted = BUF_INIT(BUF_LINE);
	struct json j = JSON_INIT(out);
	json_quote(&quoted, STR("a\"b<1234567"));
	json_object(&j);
	json_quoted_key(&j, buf_str(&quoted));
	json_int(&j, 1);
	json_end(&j);
	assert_int_equal(json_done(&j), 0);
	assert_string_equal(out->data, "{\"a\\\"b\\u003c1234567\":1}");
	buf_clear(&quoted);
}

/* Each byte at each place, across the eight that are looked at together. */
static void every_byte(void **state)
{
	(void)state;
	for (int c = 1; c < 0x80; c++)
		for (size_t at = 0; at < 20; at++) {
			struct buf out = BUF_INIT(BUF_LINE);
			char text[21] = "xxxxxxxxxxxxxxxxxxxx";
			text[at] = (char)c;
			json_quote(&out, str_of(text));
			bool plain = c >= 0x20 && c != '"' && c != '\\' && c != '<';
			assert_int_equal(out.len == sizeof(text) + 1, plain);
			if (plain)
				assert_memory_equal(out.data + 1, text, sizeof(text) - 1);
			buf_clear(&out);
		}
}

static void nothing(struct json *j)
{
	(void)j;
}

static void left_open(struct json *j)
{
	json_array(j);
}

static void two_values(struct json *j)
{
	json_int(j, 1);
	json_int(j, 2);
}

static void end_of_nothing(struct json *j)
{
	json_end(j);
}

static void end_too_many(struct json *j)
{
	json_array(j);
	json_end(j);
	json_end(j);
}

static void value_without_key(struct json *j)
{
	json_object(j);
	json_int(j, 1);
	json_end(j);
}

static void key_without_value(struct json *j)
{
	json_object(j);
	json_key(j, "a");
	json_end(j);
}

static void key_after_key(struct json *j)
{
	json_object(j);
	json_key(j, "a");
	json_key(j, "b");
	json_int(j, 1);
	json_end(j);
}

static void key_in_array(struct json *j)
{
	json_array(j);
	json_key(j, "a");
	json_int(j, 1);
	json_end(j);
}

static void key_at_top(struct json *j)
{
	json_key(j, "a");
	json_int(j, 1);
}

static void too_deep(struct json *j)
{
	for (int i = 0; i < JSON_DEPTH + 1; i++)
		json_array(j);
	for (int i = 0; i < JSON_DEPTH + 1; i++)
		json_end(j);
}

static void mistakes(void **state)
{
	static void (*const cases[])(struct json *) = {nothing, left_open, two_values,
	    end_of_nothing, end_too_many, value_without_key, key_without_value, key_after_key,
	    key_in_array, key_at_top, too_deep};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json j = JSON_INIT(*state);
		buf_reset(*state);
		cases[i](&j);
		assert_int_equal(json_done(&j), -1);
	}
}

static void deepest(void **state)
{
	struct json j = JSON_INIT(*state);
	for (int i = 0; i < JSON_DEPTH; i++)
		json_array(&j);
	for (int i = 0; i < JSON_DEPTH; i++)
		json_end(&j);
	assert_int_equal(json_done(&j), 0);
}

static void limit(void **state)
{
	struct buf *out = *state;
	out->max = 4;
	struct json j = JSON_INIT(out);
	json_string(&j, "long text");
	assert_int_equal(json_done(&j), -1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(compact),
	    TEST(indented),
	    TEST(one_line_a_row),
	    TEST(texts),
	    TEST(quoted_keys),
	    TEST(every_byte),
	    TEST(mistakes),
	    TEST(deepest),
	    TEST(limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* manifest.json: what is written is read, and nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "job/manifest_json.h"

#include <string.h>

#define COMMIT "0123456789012345678901234567890123456789"

static void there_and_back(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT(BUF_PAGE), again = BUF_INIT(BUF_PAGE);
	struct manifest_json m = {.program = "0.1.0",
	    .commit = COMMIT,
	    .date = "2026-01-31",
	    .profile = "public",
	    .modified = true,
	    .releases = {.arena = &a},
	    .parts = {.arena = &a},
	    .inputs = {.arena = &a},
	    .files = {.arena = &a}};
	struct manifest_json read;
	(void)state;
	m.theme = arena_strdup(&a, hash_sha256(STR("theme")).s);
	hashed_add(&m.releases, "2025-q4", COMMIT);
	hashed_add(&m.parts, "lug/manifest.json", hash_sha256(STR("p")).s);
	hashed_add(&m.inputs, "content/site.yaml", hash_sha256(STR("i")).s);
	hashed_add(&m.files, "б <\"x\\y\">\n\t\u2028.html", hash_sha256(STR("b")).s);
	hashed_add(&m.files, "a.html", hash_sha256(STR("a")).s);
	manifest_json_write(&out, &m);
	assert_int_equal(manifest_json_read(&read, &a, buf_str(&out)), 0);
	assert_string_equal(read.commit, COMMIT);
	assert_string_equal(read.program, "0.1.0");
	assert_string_equal(read.theme, m.theme);
	assert_true(read.modified);
	assert_int_equal(read.files.count, 2);
	assert_string_equal(read.files.items[0].path, "a.html");
	assert_string_equal(read.files.items[1].path, "б <\"x\\y\">\n\t\u2028.html");
	assert_string_equal(read.files.items[1].hash.s, hash_sha256(STR("b")).s);
	assert_string_equal(read.releases.items[0].path, "2025-q4");
	assert_int_equal(read.parts.count, 1);
	assert_int_equal(read.inputs.count, 1);
	manifest_json_write(&again, &read);
	assert_string_equal(again.data, out.data);
	buf_clear(&out);
	buf_clear(&again);
	arena_clear(&a);
}

static void of_a_department(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct manifest_json m = {.files = {.arena = &a}}, read;
	(void)state;
	hashed_add(&m.files, "index.html", hash_sha256(STR("")).s);
	manifest_json_write(&out, &m);
	assert_null(strstr(out.data, "commit"));
	assert_null(strstr(out.data, "inputs"));
	assert_int_equal(manifest_json_read(&read, &a, buf_str(&out)), 0);
	assert_null(read.commit);
	assert_int_equal(read.files.count, 1);
	buf_clear(&out);
	arena_clear(&a);
}

static void refuses(void **state)
{
	static const char *const texts[] = {
	    "",
	    "{}",
	    "<!doctype html>\n",
	    "{\"manifest\": 2}\n",
	    "{\n\"manifest\": 1,\n\"commit\": \"HEAD\"\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"../x\": \"" COMMIT "\"\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"x\": \"" COMMIT "\"\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"x\": 5\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"x\"\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"never closed\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"files\": {\n\"half \\ud800\": 5\n}\n}\n",
	    "{\n\"manifest\": 1,\n\"program\": \"\xff\"\n}\n",
	};
	struct arena a = ARENA_INIT;
	struct manifest_json read;
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (manifest_json_read(&read, &a, str_of(texts[i])) == 0)
			fail_msg("%s", texts[i]);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(there_and_back),
	    cmocka_unit_test(of_a_department),
	    cmocka_unit_test(refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

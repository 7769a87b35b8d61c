/*
 * Executes the official Mustache specification: every case of every file in
 * tests/spec/mustache is a test of its own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <glob.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "text/template.h"

#define SPEC_FILES "tests/spec/mustache/*.json"

/* What the seven files hold; a lost file must not pass unseen. */
enum { FILES = 7, CASES = 163 };

static struct value value_of(struct arena *a, const json_t *json);

static struct value list_of(struct arena *a, const json_t *json)
{
	struct list *l = list_new(a);
	for (size_t i = 0; i < json_array_size(json); i++)
		list_add(l, value_of(a, json_array_get(json, i)));
	return (struct value){.kind = VALUE_LIST, .as.list = l};
}

static struct value view_of(struct arena *a, json_t *json)
{
	struct view *v = view_new(a);
	const char *key;
	json_t *field;
	json_object_foreach(json, key, field)
	{
		view_set(v, key, value_of(a, field));
	}
	return (struct value){.kind = VALUE_VIEW, .as.view = v};
}

static struct value value_of(struct arena *a, const json_t *json)
{
	const char *text = NULL;
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return view_of(a, (json_t *)(uintptr_t)json);
	case JSON_ARRAY:
		return list_of(a, json);
	case JSON_TRUE:
		return (struct value){.kind = VALUE_TRUE};
	case JSON_FALSE:
		return (struct value){.kind = VALUE_FALSE};
	case JSON_NULL:
		return (struct value){.kind = VALUE_NULL};
	case JSON_STRING:
		text = json_string_value(json);
		break;
	case JSON_INTEGER:
		text = arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
		break;
	case JSON_REAL:
		text = arena_printf(a, "%g", json_real_value(json));
		break;
	}
	return (struct value){.kind = VALUE_TEXT, .as.text = str_of(text)};
}

/* The specification: "If the named partial cannot be found, the empty string
 * SHOULD be used"; that is for the loader to decide. */
static int load(void *payload, const char *name, struct template_source *out)
{
	const json_t *test = payload;
	const char *key = strcmp(name, "main") == 0 ? "template" : NULL;
	const json_t *text = key ? json_object_get(test, key)
	                         : json_object_get(json_object_get(test, "partials"), name);
	out->file = name;
	out->text = str_of(json_string_value(text));
	return 0;
}

static void run_case(void **state)
{
	json_t *test = *state;
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct templates *set = templates_new(&a, load, test, &diag);
	const struct template *t = templates_get(set, "main");
	if (!t)
		diag_print(&diag, stderr, false);
	assert_non_null(t);
	struct value data = value_of(&a, json_object_get(test, "data"));
	assert_int_equal(template_render_value(t, &data, &out, NULL), 0);
	assert_string_equal(out.data, json_string_value(json_object_get(test, "expected")));
	assert_int_equal(diag.count, 0);
	buf_clear(&out);
	diag_clear(&diag);
	arena_clear(&a);
}

struct cases {
	struct arena arena;
	struct CMUnitTest tests[CASES * 2];
	size_t count, files;
};

static void add_file(struct cases *c, const char *path, const json_t *file)
{
	const json_t *tests = json_object_get(file, "tests");
	const char *base = strrchr(path, '/') + 1;
	c->files++;
	for (size_t i = 0; i < json_array_size(tests) && c->count < CASES * 2; i++) {
		json_t *test = json_array_get(tests, i);
		const char *name = json_string_value(json_object_get(test, "name"));
		c->tests[c->count++] = (struct CMUnitTest){
		    .name = arena_printf(&c->arena, "%s %zu: %s", base, i + 1, name),
		    .test_func = run_case,
		    .initial_state = test,
		};
	}
}

static void is_complete(void **state)
{
	const struct cases *c = *state;
	assert_int_equal(c->files, FILES);
	assert_int_equal(c->count, CASES + 1);
}

int main(void)
{
	static struct cases c;
	json_t *files[FILES * 2] = {NULL};
	glob_t found;
	c.tests[c.count++] = (struct CMUnitTest){
	    .name = "all files are there", .test_func = is_complete, .initial_state = &c};
	if (glob(SPEC_FILES, 0, NULL, &found) != 0)
		found.gl_pathc = 0;
	for (size_t i = 0; i < found.gl_pathc && i < FILES * 2; i++) {
		files[i] = json_load_file(found.gl_pathv[i], JSON_ALLOW_NUL, NULL);
		if (files[i])
			add_file(&c, found.gl_pathv[i], files[i]);
	}
	int failed = _cmocka_run_group_tests("mustache", c.tests, c.count, NULL, NULL);
	for (size_t i = 0; i < FILES * 2; i++)
		json_decref(files[i]);
	if (found.gl_pathc)
		globfree(&found);
	arena_clear(&c.arena);
	return failed;
}

/* map: growth, collisions, overwriting, odd keys, and the order of insertion. */
#include "base/map.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static int values[100000];

static struct str key_of(struct arena *a, const char *prefix, size_t i)
{
	return str_of(arena_printf(a, "%s%zu", prefix, i));
}

static void test_empty(void **state)
{
	struct arena a = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	(void)state;
	assert_null(map_get(&m, STR("a")));
	assert_null(map_get(&m, (struct str){NULL, 0}));
	assert_int_equal(m.count, 0);
	arena_clear(&a);
}

static void test_put_and_overwrite(void **state)
{
	struct arena a = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	(void)state;
	assert_null(map_put(&m, STR("имя"), &values[1]));
	assert_ptr_equal(map_get(&m, STR("имя")), &values[1]);
	assert_ptr_equal(map_put(&m, STR("имя"), &values[2]), &values[1]);
	assert_ptr_equal(map_put(&m, STR("имя"), NULL), &values[2]);
	assert_null(map_get(&m, STR("имя")));
	assert_null(map_put(&m, STR("имя"), &values[3]));
	assert_int_equal(m.count, 1);
	arena_clear(&a);
}

/* Keys that look alike; one that is a part of another; bytes of any value. */
static void test_keys_apart(void **state)
{
	static const struct str keys[] = {{"", 0}, {"\0", 1}, {"\0\0", 2}, {"a", 1}, {"a\0", 2},
	    {"a\0b", 3}, {"a\0c", 3}, {"A", 1}, {"\xFF", 1}, {"\xFF\xFE", 2}, {"школа", 10},
	    {"школ", 8}};
	enum { COUNT = sizeof(keys) / sizeof(*keys) };
	struct arena a = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		assert_null(map_put(&m, keys[i], &values[i]));
	for (size_t i = 0; i < COUNT; i++)
		assert_ptr_equal(map_get(&m, keys[i]), &values[i]);
	assert_ptr_equal(map_get(&m, (struct str){NULL, 0}), &values[0]);
	assert_null(map_get(&m, STR("шко")));
	arena_clear(&a);
}

/* The map keeps keys of its own. */
static void test_keys_are_copied(void **state)
{
	struct arena a = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	char key[] = "first";
	(void)state;
	map_put(&m, str_of(key), &values[1]);
	memcpy(key, "other", 5);
	assert_null(map_get(&m, str_of(key)));
	assert_ptr_equal(map_get(&m, STR("first")), &values[1]);
	assert_string_equal(m.entries[0].key.p, "first");
	arena_clear(&a);
}

static void test_entry(void **state)
{
	struct arena a = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	(void)state;
	struct map_entry *e = map_entry(&m, STR("k"));
	assert_null(e->value);
	assert_true(str_is(e->key, "k"));
	assert_int_equal(e->hash, str_hash(STR("k")));
	e->value = &values[7];
	assert_ptr_equal(map_entry(&m, STR("k")), e);
	assert_ptr_equal(map_get(&m, STR("k")), &values[7]);
	assert_int_equal(m.count, 1);
	arena_clear(&a);
}

/* Many keys: all found, none invented, walked in the order they came. */
static void test_growth_and_order(void **state)
{
	enum { MANY = 100000 };
	struct arena a = ARENA_INIT, names = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	(void)state;
	for (size_t i = 0; i < MANY; i++)
		assert_null(map_put(&m, key_of(&names, "ключ-", i), &values[i]));
	for (size_t i = 0; i < MANY; i += 3)
		assert_ptr_equal(
		    map_put(&m, key_of(&names, "ключ-", i), &values[MANY - 1 - i]), &values[i]);
	assert_int_equal(m.count, MANY);
	for (size_t i = 0; i < MANY; i++) {
		struct str key = key_of(&names, "ключ-", i);
		void *value = &values[i % 3 ? i : MANY - 1 - i];
		assert_true(str_eq(m.entries[i].key, key));
		assert_ptr_equal(m.entries[i].value, value);
		assert_ptr_equal(map_get(&m, key), value);
		assert_null(map_get(&m, key_of(&names, "иное-", i)));
	}
	arena_clear(&a);
	arena_clear(&names);
}

/* Keys that all begin at one slot, near the last one, so that the steps go
 * round the end of the table. */
static void test_collisions(void **state)
{
	enum { COUNT = 300, LOW_BITS = 1023 };
	struct arena a = ARENA_INIT, names = ARENA_INIT;
	struct map m = MAP_INIT(&a);
	static struct str keys[COUNT + 1];
	size_t found = 0;
	(void)state;
	for (size_t i = 0; found <= COUNT; i++) {
		char text[24];
		size_t n = (size_t)snprintf(text, sizeof(text), "c%zu", i);
		struct str key = {text, n};
		if ((str_hash(key) & LOW_BITS) == LOW_BITS - 1)
			keys[found++] = (struct str){arena_strndup(&names, text, n), n};
	}
	for (size_t i = 0; i < COUNT; i++)
		assert_null(map_put(&m, keys[i], &values[i]));
	for (size_t i = 0; i < COUNT; i++)
		assert_ptr_equal(map_get(&m, keys[i]), &values[i]);
	assert_null(map_get(&m, keys[COUNT]));
	assert_int_equal(m.count, COUNT);
	arena_clear(&a);
	arena_clear(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_put_and_overwrite),
	    cmocka_unit_test(test_keys_apart),
	    cmocka_unit_test(test_keys_are_copied),
	    cmocka_unit_test(test_entry),
	    cmocka_unit_test(test_growth_and_order),
	    cmocka_unit_test(test_collisions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

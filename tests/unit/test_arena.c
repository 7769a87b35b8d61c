/* arena: alignment, zeroed memory, blocks of every size, and use after a clear. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool all_are(const unsigned char *p, size_t n, unsigned char byte)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != byte)
			return false;
	return true;
}

/* Every size up to some thousands: aligned, zeroed, and apart from the others. */
static void test_every_small_size(void **state)
{
	enum { SIZES = 3000 };
	static unsigned char *blocks[SIZES];
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		blocks[i] = arena_alloc(&a, i);
		assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		assert_true(all_are(blocks[i], i, 0));
		memset(blocks[i], (int)(i & 0xFF), i);
	}
	for (size_t i = 0; i < SIZES; i++)
		assert_true(all_are(blocks[i], i, (unsigned char)(i & 0xFF)));
	assert_true(a.total >= (size_t)SIZES * (SIZES - 1) / 2);
	arena_clear(&a);
}

static void test_zero_size(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	assert_non_null(arena_alloc(&a, 0));
	assert_non_null(arena_array(&a, 0, 64));
	assert_non_null(arena_array(&a, 64, 0));
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	for (int i = 0; i < 100000; i++)
		assert_non_null(arena_alloc(&a, 0));
	unsigned char *p = arena_alloc(&a, 16);
	memset(p, 0xAA, 16);
	assert_non_null(arena_alloc(&a, 0));
	assert_true(all_are(p, 16, 0xAA));
	arena_clear(&a);
}

/* What was there before the mark stays; what comes after it is zeroed again. */
static void test_rewind(void **state)
{
	enum { ROUNDS = 50, PIECES = 400 };
	struct arena a = ARENA_INIT;
	(void)state;
	unsigned char *kept = arena_alloc(&a, 100);
	memset(kept, 0x11, 100);
	size_t total = 0;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena_mark mark = arena_mark(&a);
		for (size_t i = 0; i < PIECES; i++) {
			unsigned char *p = arena_alloc(&a, i * 20);
			assert_true(all_are(p, i * 20, 0));
			memset(p, 0xAA, i * 20);
		}
		arena_rewind(&a, mark);
		assert_true(all_are(kept, 100, 0x11));
#ifndef VIDNO_ARENA_MALLOC
		assert_true(round == 0 || a.total == total); /* the same memory again */
#endif
		total = a.total;
	}
	arena_rewind(&a, ARENA_EMPTY);
	assert_true(all_are(arena_alloc(&a, 5000), 5000, 0));
	arena_clear(&a);
	arena_rewind(&a, arena_mark(&a));
	assert_true(all_are(arena_alloc(&a, 50), 50, 0));
	arena_clear(&a);
}

/* What is larger than any step gets a block of its own; small ones go on. */
static void test_large_blocks(void **state)
{
	static const size_t sizes[] = {16 * 1024, 16 * 1024 + 1, 1 << 20, (1 << 20) + 1, 9 << 20};
	enum { COUNT = sizeof(sizes) / sizeof(*sizes) };
	unsigned char *large[COUNT], *small[COUNT];
	struct arena a = ARENA_INIT;
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		small[i] = arena_alloc(&a, 3);
		large[i] = arena_alloc(&a, sizes[i]);
		assert_true(all_are(large[i], sizes[i], 0));
		memset(large[i], (int)i + 1, sizes[i]);
		memset(small[i], (int)i + 101, 3);
	}
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal((uintptr_t)large[i] % _Alignof(max_align_t), 0);
		assert_true(all_are(large[i], sizes[i], (unsigned char)(i + 1)));
		assert_true(all_are(small[i], 3, (unsigned char)(i + 101)));
	}
	arena_clear(&a);
}

static void test_clear_and_use_again(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	arena_clear(&a); /* an empty one */
	for (int round = 0; round < 5; round++) {
		for (size_t i = 1; i < 200; i++) {
			unsigned char *p = arena_alloc(&a, i * 7);
			assert_true(all_are(p, i * 7, 0));
			memset(p, 0xFF, i * 7);
		}
		assert_true(a.total > 0);
		arena_clear(&a);
		assert_null(a.last);
		assert_int_equal(a.total, 0);
		arena_clear(&a); /* twice does no harm */
	}
}

static void test_texts(void **state)
{
	struct arena a = ARENA_INIT;
	static char long_text[70000];
	const char *source = "школа";
	(void)state;
	char *copy = arena_strdup(&a, source);
	assert_string_equal(copy, source);
	assert_ptr_not_equal(copy, source);
	assert_string_equal(arena_strdup(&a, ""), "");
	assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
	assert_memory_equal(arena_strndup(&a, "a\0b", 3), "a\0b", 4);
	memset(long_text, 'x', sizeof(long_text) - 1);
	assert_string_equal(arena_printf(&a, "%s", ""), "");
	assert_string_equal(arena_printf(&a, "%d %s %%", -5, "лет"), "-5 лет %");
	char *printed = arena_printf(&a, "<%s>", long_text);
	assert_int_equal(strlen(printed), sizeof(long_text) + 1);
	assert_int_equal(printed[sizeof(long_text)], '>');
	arena_clear(&a);
}

static void test_grow(void **state)
{
	struct arena a = ARENA_INIT;
	int *items = NULL;
	size_t count = 0, cap = 0;
	(void)state;
	for (int i = 0; i < 10000; i++) {
		int *before = items;
		size_t room = cap;
		items = arena_grow(&a, items, count, &cap, sizeof(*items));
		if (count < room)
			assert_ptr_equal(items, before);
		assert_true(cap > count);
		items[count++] = i;
	}
	for (int i = 0; i < 10000; i++)
		assert_int_equal(items[i], i);
	assert_true(cap < 20000);
	assert_true(a.total < 10 * 10000 * sizeof(int));
	arena_clear(&a);
}

/* How a process ends that asks for count items of this size. */
static int end_of(size_t count, size_t size)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		struct arena a = ARENA_INIT;
		if (!freopen("/dev/null", "w", stderr))
			_exit(100);
		arena_array(&a, count, size);
		_exit(101);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A product past size_t never becomes a small block. */
static void test_sizes_that_overflow(void **state)
{
	(void)state;
	assert_int_equal(end_of(SIZE_MAX, 2), 3);
	assert_int_equal(end_of(SIZE_MAX / 8 + 2, 8), 3);
	assert_int_equal(end_of(SIZE_MAX, 1), 3);
	assert_int_equal(end_of(SIZE_MAX - 15, 1), 3);
	assert_int_equal(end_of((size_t)1 << 32, (size_t)1 << 32), 3);
}

static void test_plain_memory(void **state)
{
	(void)state;
	char *p = xmalloc(0);
	assert_non_null(p);
	p = xrealloc(p, 6);
	memcpy(p, "abcde", 6);
	p = xrealloc(p, 60000);
	assert_string_equal(p, "abcde");
	char *copy = xstrdup(p);
	assert_string_equal(copy, "abcde");
	p = xrealloc(p, 0);
	assert_non_null(p);
	free(xrealloc(p, 1));
	free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_small_size),
	    cmocka_unit_test(test_zero_size),
	    cmocka_unit_test(test_rewind),
	    cmocka_unit_test(test_large_blocks),
	    cmocka_unit_test(test_clear_and_use_again),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_grow),
	    cmocka_unit_test(test_sizes_that_overflow),
	    cmocka_unit_test(test_plain_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

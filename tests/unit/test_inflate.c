/* gzip members as they are written: packed, in one piece as far as one has room,
 * or stored. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/inflate.h"

#include "support_random.h"

enum { MOST = 300 * 1000, STORED = 2048 };

struct taken {
	struct buf bytes;
	size_t pieces, refused; /* the piece, from 1, that is not taken */
};

static int take(void *payload, struct str bytes)
{
	struct taken *t = payload;
	assert_true(bytes.n > 0);
	if (++t->pieces == t->refused)
		return -1;
	buf_add(&t->bytes, bytes.p, bytes.n);
	return 0;
}

/* The text in three pieces, of which the middle one is empty. */
static int member(struct taken *t, struct gzip *z, struct str text)
{
	size_t half = text.n / 3;
	const struct str pieces[] = {{text.p, half}, {NULL, 0}, {text.p + half, text.n - half}};
	buf_reset(&t->bytes);
	t->pieces = 0;
	return gzip_member(z, pieces, 3, take, t);
}

static void check(struct gzip *z, struct str text, size_t most_pieces)
{
	bool stored = z->stored && text.n <= z->stored;
	struct taken once = {.bytes = BUF_INIT(BUF_PAGE)}, again = {.bytes = BUF_INIT(BUF_PAGE)};
	struct buf back = BUF_INIT(BUF_PAGE);
	struct gzip fresh = {.stored = z->stored};
	size_t used;
	assert_int_equal(member(&once, z, text), 0);
	assert_true(once.pieces <= (stored ? 4 : most_pieces));
	assert_true(!stored || once.bytes.len == text.n + 23);
	/* The same by another packer. */
	assert_int_equal(member(&again, &fresh, text), 0);
	assert_true(str_eq(buf_str(&once.bytes), buf_str(&again.bytes)));
	buf_adds(&once.bytes, "what follows");
	assert_int_equal(inflate_member(&back, buf_str(&once.bytes), BUF_PAGE, &used), INFLATE_OK);
	assert_int_equal(used, again.bytes.len);
	assert_true(str_eq(buf_str(&back), text));
	gzip_end(&fresh);
	buf_clear(&once.bytes);
	buf_clear(&again.bytes);
	buf_clear(&back);
}

static void sizes(void **state)
{
	(void)state;
	static const size_t list[] = {
	    0, 1, 2, 3, 700, 2047, 2048, 2049, 2050, 65534, 65535, 65536, 65537, MOST};
	char *same = malloc(MOST), *random = malloc(MOST);
	struct gzip z = GZIP_INIT, storing = {.stored = STORED}, most = {.stored = SIZE_MAX};
	uint64_t seed = 7;
	memset(same, 'a', MOST);
	for (size_t i = 0; i < MOST; i++)
		random[i] = (char)random_number(&seed, 256);
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		check(&z, (struct str){same, list[i]}, 1);
		check(&z, (struct str){random, list[i]}, 1 + list[i] / 65000);
		check(&storing, (struct str){random, list[i]}, 1 + list[i] / 65000);
		if (list[i] <= 65535)
			check(&most, (struct str){random, list[i]}, 4);
	}
	gzip_end(&z);
	gzip_end(&storing);
	gzip_end(&most);
	free(same);
	free(random);
}

/* Byte for byte: RFC 1952 with a stored block of RFC 1951. */
static void short_one(void **state)
{
	(void)state;
	static const char expected[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff"
	                               "\x01\x05\0\xfa\xff"
	                               "hello"
	                               "\x86\xa6\x10\x36\x05\0\0\0";
	struct taken t = {.bytes = BUF_INIT(BUF_PAGE)};
	struct gzip z = {.stored = STORED};
	assert_int_equal(member(&t, &z, STR("hello")), 0);
	assert_int_equal(t.bytes.len, sizeof(expected) - 1);
	assert_memory_equal(t.bytes.data, expected, sizeof(expected) - 1);
	gzip_end(&z);
	buf_clear(&t.bytes);
}

/* A sink that refuses ends the member, and the next is whole again. */
static void refused(void **state)
{
	(void)state;
	char *text = malloc(MOST);
	struct gzip z = GZIP_INIT;
	uint64_t seed = 8;
	for (size_t i = 0; i < MOST; i++)
		text[i] = (char)random_number(&seed, 256);
	for (size_t piece = 1; piece <= 5; piece++) {
		struct taken t = {.bytes = BUF_INIT(BUF_PAGE), .refused = piece};
		assert_int_equal(member(&t, &z, (struct str){text, MOST}), -1);
		assert_int_equal(t.pieces, piece);
		check(&z, STR("short"), 1);
		check(&z, (struct str){text, 5000}, 1);
		buf_clear(&t.bytes);
	}
	z.stored = STORED;
	for (size_t piece = 1; piece <= 4; piece++) {
		struct taken t = {.bytes = BUF_INIT(BUF_PAGE), .refused = piece};
		assert_int_equal(member(&t, &z, STR("short")), -1);
		buf_clear(&t.bytes);
	}
	gzip_end(&z);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sizes),
	    cmocka_unit_test(short_one),
	    cmocka_unit_test(refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

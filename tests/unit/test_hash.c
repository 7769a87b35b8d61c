/* SHA-256 by the examples of FIPS 180-2 and its appendices. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "text/hash.h"

static const struct {
	const char *text, *digest;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void known_digests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++)
		assert_string_equal(hash_sha256(str_of(vectors[i].text)).s, vectors[i].digest);
	assert_string_equal(hash_sha256((struct str){NULL, 0}).s, vectors[0].digest);
}

static void a_million_letters(void **state)
{
	(void)state;
	struct hash h;
	char piece[1000];
	memset(piece, 'a', sizeof(piece));
	hash_begin(&h);
	for (int i = 0; i < 1000; i++)
		hash_add(&h, (struct str){piece, sizeof(piece)});
	assert_string_equal(
	    hash_end(&h).s, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* However the bytes are cut, the digest is that of the whole. */
static void pieces_make_the_whole(void **state)
{
	(void)state;
	char text[200];
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7);
	struct hash_text whole = hash_sha256((struct str){text, sizeof(text)});
	for (size_t cut = 0; cut <= sizeof(text); cut++) {
		struct hash h;
		hash_begin(&h);
		hash_add(&h, (struct str){text, cut});
		hash_add(&h, STR(""));
		hash_add(&h, (struct str){text + cut, sizeof(text) - cut});
		assert_string_equal(hash_end(&h).s, whole.s);
	}
	/* Two at once do not disturb each other. */
	struct hash a, b;
	hash_begin(&a);
	hash_begin(&b);
	hash_add(&a, STR("a"));
	hash_add(&b, STR(""));
	hash_add(&a, STR("bc"));
	assert_string_equal(hash_end(&a).s, vectors[1].digest);
	assert_string_equal(hash_end(&b).s, vectors[0].digest);
	/* Zero bytes count. */
	assert_string_not_equal(
	    hash_sha256((struct str){"a\0", 2}).s, hash_sha256((struct str){"a", 1}).s);
	assert_int_equal(strlen(whole.s), HASH_HEX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_digests),
	    cmocka_unit_test(a_million_letters),
	    cmocka_unit_test(pieces_make_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

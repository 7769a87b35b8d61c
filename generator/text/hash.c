/*
 * libsodium's SHA-256. It needs no sodium_init(): that seeds the random source
 * and picks implementations of other functions; this one is plain C with no
 * state of its own. The state lies in the caller's struct, which is as large
 * as asserted here.
 */
#include "text/hash.h"

#include <sodium.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct hash *)0)->state),
    "struct hash holds libsodium's state");
_Static_assert(_Alignof(crypto_hash_sha256_state) <= 16, "and aligns it");
_Static_assert(HASH_HEX == 2 * crypto_hash_sha256_BYTES, "two digits a byte");

static struct hash_text to_hex(const unsigned char digest[crypto_hash_sha256_BYTES])
{
	static const char digits[] = "0123456789abcdef";
	struct hash_text text;
	for (size_t i = 0; i < crypto_hash_sha256_BYTES; i++) {
		text.s[2 * i] = digits[digest[i] >> 4];
		text.s[2 * i + 1] = digits[digest[i] & 15];
	}
	text.s[HASH_HEX] = '\0';
	return text;
}

static crypto_hash_sha256_state *state_of(struct hash *h)
{
	return (crypto_hash_sha256_state *)(void *)h->state;
}

void hash_begin(struct hash *h)
{
	crypto_hash_sha256_init(state_of(h));
}

void hash_add(struct hash *h, struct str bytes)
{
	crypto_hash_sha256_update(state_of(h), (const unsigned char *)bytes.p, bytes.n);
}

struct hash_text hash_end(struct hash *h)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(state_of(h), digest);
	return to_hex(digest);
}

struct hash_text hash_sha256(struct str bytes)
{
	struct hash h;
	hash_begin(&h);
	hash_add(&h, bytes);
	return hash_end(&h);
}

/*
 * Nettle's SHA-256: it takes the processor's own instructions where there are
 * some, which is four times as fast as plain C, and exports are hashed whole.
 * The state lies in the caller's struct, which is as large as asserted here.
 */
#include "text/hash.h"

#include <nettle/sha2.h>

_Static_assert(
    sizeof(struct sha256_ctx) <= sizeof(((struct hash *)0)->state), "struct hash holds the state");
_Static_assert(_Alignof(struct sha256_ctx) <= 16, "and aligns it");
_Static_assert(HASH_HEX == 2 * SHA256_DIGEST_SIZE, "two digits a byte");

static struct hash_text to_hex(const uint8_t digest[SHA256_DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	struct hash_text text;
	for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
		text.s[2 * i] = digits[digest[i] >> 4];
		text.s[2 * i + 1] = digits[digest[i] & 15];
	}
	text.s[HASH_HEX] = '\0';
	return text;
}

static struct sha256_ctx *state_of(struct hash *h)
{
	return (struct sha256_ctx *)(void *)h->state;
}

void hash_begin(struct hash *h)
{
	sha256_init(state_of(h));
}

void hash_add(struct hash *h, struct str bytes)
{
	if (bytes.n)
		sha256_update(state_of(h), bytes.n, (const uint8_t *)bytes.p);
}

struct hash_text hash_end(struct hash *h)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_digest(state_of(h), sizeof(digest), digest);
	return to_hex(digest);
}

struct hash_text hash_sha256(struct str bytes)
{
	struct hash h;
	hash_begin(&h);
	hash_add(&h, bytes);
	return hash_end(&h);
}

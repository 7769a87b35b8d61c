/*
 * hash - fingerprints of bytes, as hexadecimal text.
 *
 * SHA-256 (nettle): it stands in published files, so it is one that
 * everybody can check with the tools they have.
 */
#ifndef TEXT_HASH_H
#define TEXT_HASH_H

#include "base/str.h"

enum { HASH_HEX = 64 };

struct hash_text {
	char s[HASH_HEX + 1];
};

struct hash_text hash_sha256(struct str bytes);

/* For several pieces: begin, add each, end. */
struct hash {
	_Alignas(16) unsigned char state[128];
};
void hash_begin(struct hash *h);
void hash_add(struct hash *h, struct str bytes);
struct hash_text hash_end(struct hash *h);

#endif

/*
 * ascii - the letters that protocols are made of: no case of other alphabets,
 * no locale.
 */
#ifndef TEXT_ASCII_H
#define TEXT_ASCII_H

#include "base/arena.h"
#include "base/str.h"

bool ascii_same(struct str s, const char *word); /* but for case */
bool ascii_starts(struct str s, const char *prefix);
bool ascii_ends(struct str s, const char *suffix);
struct str ascii_trim(struct str s);                   /* spaces and tabs, both ends */
struct str ascii_lower(struct arena *a, struct str s); /* a copy */

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int ascii_hex(char c); /* 0 to 15, or -1 */

/* "%D0%A3" as bytes; what is no code of two digits stays. */
struct str ascii_percent_decode(struct arena *a, struct str s);

/* All of s, at most 18 digits' worth of number; more digits give INT64_MAX,
 * anything else -1. */
int64_t ascii_number(struct str s);

#endif

/*
 * decimal - numbers as they were written, and exact fractions.
 *
 * A struct decimal is digits · 10^-places: what a cell said, with its number
 * of decimals, which the rules about printed percents need. A struct frac is
 * a quotient of integers (den > 0): what the computation compares. Both hold
 * "nothing" as their zero value (set = false, den = 0). No floating point.
 *
 * Bounds: 15 digits in all, 6 of them decimals; a frac made of such numbers
 * compares without overflow.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/buf.h"
#include "base/str.h"

enum { DECIMAL_DIGITS = 15, DECIMAL_PLACES = 6, DECIMAL_SHOWN = 4 };

struct decimal {
	int64_t digits;
	int8_t places;
	bool set;
};

struct frac {
	int64_t num, den; /* den 0: no number */
};

/*
 * Reads what Excel and people write: sign, groups of three digits parted by a
 * plain, NBSP or thin space, '.' or ',' before the decimals, a '%' after when
 * percent is allowed. 0, or -1 (not a number, or out of bounds).
 */
int decimal_parse(struct decimal *out, struct str text, bool percent_allowed);
int decimal_cmp(struct decimal a, struct decimal b); /* both set */
struct frac decimal_frac(struct decimal d);
struct decimal decimal_of(int64_t integer);
int64_t decimal_int(struct decimal d, bool *exact); /* towards zero */

struct frac frac_of(int64_t num, int64_t den); /* den < 0 is turned; 0 gives nothing */
bool frac_is_set(struct frac f);
int frac_cmp(struct frac a, struct frac b); /* both set */
/* Exact while the reduced result fits 63 bits; else nothing (den 0). */
struct frac frac_add(struct frac a, struct frac b);
struct frac frac_sub(struct frac a, struct frac b);
struct frac frac_mul(struct frac a, struct frac b);
struct frac frac_div(struct frac a, struct frac b);

/*
 * Text with at most `places` decimals (0 to DECIMAL_PLACES), rounded half away
 * from zero on the exact fraction, no trailing zeros, separator '.' or ','.
 * Nothing for an unset number.
 */
void frac_write(struct buf *out, struct frac f, int places, char separator);
void decimal_write(struct buf *out, struct decimal d, int places, char separator);

#endif

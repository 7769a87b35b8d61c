/*
 * Fractions are kept reduced; products are taken in 128 bits, so comparing
 * two of them is exact whatever they hold.
 */
#include "base/decimal.h"

#include <string.h>

__extension__ typedef __int128 wide;

static const int64_t POWERS[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of a blank that parts thousands: one to three digits before it
 * and exactly three after. Else 0: "12 15" is two numbers. */
static size_t group_blank(struct str s, size_t at)
{
	size_t len, before = 0, after = 0;
	int32_t code = utf8_decode(s.p + at, s.n - at, &len);
	if (code != ' ' && code != 0xA0 && code != 0x202F && !(code >= 0x2000 && code <= 0x200A))
		return 0;
	while (before < 4 && before < at && is_digit(s.p[at - before - 1]))
		before++;
	while (after < 4 && at + len + after < s.n && is_digit(s.p[at + len + after]))
		after++;
	return before >= 1 && before <= 3 && after == 3 ? len : 0;
}

static struct str strip_percent(struct str s)
{
	if (str_ends(s, "%")) {
		s.n--;
		s = str_trim(s);
	}
	return s;
}

int decimal_parse(struct decimal *out, struct str text, bool percent_allowed)
{
	bool negative = false, point = false;
	int digits = 0, places = 0;
	int64_t n = 0;

	*out = (struct decimal){0};
	text = str_trim(text);
	if (percent_allowed)
		text = strip_percent(text);
	size_t at = 0;
	if (text.n && (text.p[0] == '-' || text.p[0] == '+')) {
		negative = text.p[0] == '-';
		at = 1;
	} else if (text.n >= 3 && memcmp(text.p, "\xE2\x88\x92", 3) == 0) { /* U+2212 */
		negative = true;
		at = 3;
	}
	for (; at < text.n; at++) {
		char c = text.p[at];
		size_t blank;
		if (is_digit(c)) {
			n = n * 10 + (c - '0');
			digits += digits > 0 || c != '0' || point;
			places += point;
		} else if ((c == '.' || c == ',') && !point && at + 1 < text.n) {
			point = true;
		} else if (!point && (blank = group_blank(text, at)) > 0) {
			at += blank - 1;
			continue;
		} else {
			return -1;
		}
		if (digits > DECIMAL_DIGITS || places > DECIMAL_PLACES)
			return -1;
	}
	if (text.n == 0 || !is_digit(text.p[text.n - 1]))
		return -1;
	*out = (struct decimal){negative ? -n : n, (int8_t)places, true};
	return 0;
}

int decimal_cmp(struct decimal a, struct decimal b)
{
	wide x = (wide)a.digits * POWERS[b.places], y = (wide)b.digits * POWERS[a.places];
	return (x > y) - (x < y);
}

struct frac decimal_frac(struct decimal d)
{
	return d.set ? frac_of(d.digits, POWERS[d.places]) : (struct frac){0, 0};
}

struct decimal decimal_of(int64_t integer)
{
	return (struct decimal){integer, 0, true};
}

int64_t decimal_int(struct decimal d, bool *exact)
{
	int64_t whole = d.digits / POWERS[d.places];
	if (exact)
		*exact = d.digits % POWERS[d.places] == 0;
	return whole;
}

/* Most numbers are small, and dividing wide ones is slow. */
static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b && (a | b) > UINT32_MAX) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	uint32_t x = (uint32_t)a, y = (uint32_t)b;
	if (!b)
		return a;
	while (y) {
		uint32_t rest = x % y;
		x = y;
		y = rest;
	}
	return x;
}

static struct frac reduce_small(int64_t num, int64_t den)
{
	if (den == 1)
		return (struct frac){num, 1};
	int64_t a = common_divisor(num < 0 ? -num : num, den);
	return a > 1 ? (struct frac){num / a, den / a} : (struct frac){num, den};
}

static struct frac reduce(wide num, wide den)
{
	if (num <= INT64_MAX && num >= -INT64_MAX && den <= INT64_MAX)
		return reduce_small((int64_t)num, (int64_t)den);
	wide a = num < 0 ? -num : num, b = den;
	while (b) {
		wide rest = a % b;
		a = b;
		b = rest;
	}
	if (a > 1) {
		num /= a;
		den /= a;
	}
	if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX)
		return (struct frac){0, 0};
	return (struct frac){(int64_t)num, (int64_t)den};
}

struct frac frac_of(int64_t num, int64_t den)
{
	if (den == 0)
		return (struct frac){0, 0};
	if (den == 1 && num >= -INT64_MAX)
		return (struct frac){num, 1};
	return den < 0 ? reduce(-(wide)num, -(wide)den) : reduce(num, den);
}

bool frac_is_set(struct frac f)
{
	return f.den != 0;
}

int frac_cmp(struct frac a, struct frac b)
{
	wide x = (wide)a.num * b.den, y = (wide)b.num * a.den;
	return (x > y) - (x < y);
}

struct frac frac_add(struct frac a, struct frac b)
{
	if (!a.den || !b.den)
		return (struct frac){0, 0};
	if (a.den == b.den)
		return reduce((wide)a.num + b.num, a.den);
	return reduce((wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den);
}

struct frac frac_sub(struct frac a, struct frac b)
{
	b.num = -b.num;
	return frac_add(a, b);
}

struct frac frac_mul(struct frac a, struct frac b)
{
	if (!a.den || !b.den)
		return (struct frac){0, 0};
	return reduce((wide)a.num * b.num, (wide)a.den * b.den);
}

struct frac frac_div(struct frac a, struct frac b)
{
	if (!b.num || !b.den)
		return (struct frac){0, 0};
	struct frac turned =
	    b.num < 0 ? (struct frac){-b.den, -b.num} : (struct frac){b.den, b.num};
	return frac_mul(a, turned);
}

/* |f| in units of 1/scale. */
static wide rounded_to(struct frac f, int64_t scale)
{
	enum { SMALL = 1 << 30 };
	wide num = f.num < 0 ? -(wide)f.num : f.num;
	if (num < SMALL && f.den < SMALL)
		return ((int64_t)num * scale * 2 + f.den) / (f.den * 2);
	return (num * scale * 2 + f.den) / ((wide)f.den * 2);
}

void frac_write(struct buf *out, struct frac f, int places, char separator)
{
	if (!f.den)
		return;
	int64_t scale = POWERS[places];
	wide rounded = rounded_to(f, scale);
	if (f.num < 0 && rounded)
		buf_addc(out, '-');
	bool small = rounded <= INT64_MAX;
	int64_t whole = small ? (int64_t)rounded / scale : (int64_t)(rounded / scale);
	int64_t part = small ? (int64_t)rounded % scale : (int64_t)(rounded % scale);
	buf_addint(out, whole);
	if (!part)
		return;
	char text[DECIMAL_PLACES + 1];
	int len = places;
	for (int i = places - 1; i >= 0; i--, part /= 10)
		text[i] = (char)('0' + part % 10);
	while (text[len - 1] == '0')
		len--;
	buf_addc(out, separator);
	buf_add(out, text, (size_t)len);
}

void decimal_write(struct buf *out, struct decimal d, int places, char separator)
{
	frac_write(out, decimal_frac(d), places, separator);
}

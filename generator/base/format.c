/*
 * One walk over the format. What does not fit any more is counted, not
 * written, so that the caller learns how much room it takes.
 */
#include "base/format.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct target {
	char *out;
	size_t size, len; /* len may pass size */
};

char *format_digits(char place[FORMAT_DIGITS], unsigned long long n)
{
	size_t at = FORMAT_DIGITS;
	do
		place[--at] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	return &place[at];
}

static void put(struct target *t, const char *p, size_t n)
{
	if (t->len < t->size) {
		size_t room = t->size - t->len;
		memcpy(t->out + t->len, p, n < room ? n : room);
	}
	t->len += n;
}

static void put_number(struct target *t, unsigned long long n, bool negative)
{
	char digits[FORMAT_DIGITS];
	const char *p = format_digits(digits, n);
	if (negative)
		put(t, "-", 1);
	put(t, p, (size_t)(digits + FORMAT_DIGITS - p));
}

static void put_signed(struct target *t, long long n)
{
	put_number(t, n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n, n < 0);
}

static void put_string(struct target *t, const char *s)
{
	put(t, s, strlen(s));
}

/* Put the conversion behind a %: the format behind it, or NULL when it is none
 * of ours. */
static const char *convert(struct target *t, const char *f, va_list *args)
{
	if (*f == 's') {
		put_string(t, va_arg(*args, const char *));
		return f + 1;
	}
	if (*f == 'd') {
		put_signed(t, va_arg(*args, int));
		return f + 1;
	}
	if (*f == 'u') {
		put_number(t, va_arg(*args, unsigned), false);
		return f + 1;
	}
	if (*f == '%') {
		put(t, f, 1);
		return f + 1;
	}
	if (strncmp(f, "zu", 2) == 0) {
		put_number(t, va_arg(*args, size_t), false);
		return f + 2;
	}
	if (strncmp(f, "lld", 3) == 0) {
		put_signed(t, va_arg(*args, long long));
		return f + 3;
	}
	if (strncmp(f, ".*s", 3) == 0) {
		int n = va_arg(*args, int);
		const char *s = va_arg(*args, const char *);
		put(t, s, n < 0 ? strlen(s) : strnlen(s, (size_t)n));
		return f + 3;
	}
	return NULL;
}

static int convert_all(struct target *t, const char *format, va_list *args)
{
	for (;;) {
		const char *percent = strchrnul(format, '%');
		put(t, format, (size_t)(percent - format));
		if (!*percent)
			break;
		format = convert(t, percent + 1, args);
		if (!format)
			return -1;
	}
	if (t->size)
		t->out[t->len < t->size ? t->len : t->size - 1] = '\0';
	return t->len <= INT_MAX ? (int)t->len : -1;
}

int format_text(char *out, size_t size, const char *format, va_list args)
{
	struct target t = {.out = out, .size = size};
	va_list own, others;
	va_copy(own, args);
	va_copy(others, args);
	int len = convert_all(&t, format, &own);
	if (len < 0)
		len = vsnprintf(out, size, format, others);
	va_end(own);
	va_end(others);
	return len;
}

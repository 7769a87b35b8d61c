/*
 * format - printf's work for the texts we make most.
 *
 * format_text() is vsnprintf(): it writes at most size bytes with the zero
 * after them and gives the whole length, or -1. What nearly all our formats
 * hold (%s %.*s %d %u %zu %lld %%) it does itself, several times as fast;
 * any other format goes to vsnprintf() as a whole.
 */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

int format_text(char *out, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* The digits of n from the end of a place of FORMAT_DIGITS bytes: where they
 * begin; they end with the place. */
enum { FORMAT_DIGITS = 20 };
char *format_digits(char place[FORMAT_DIGITS], unsigned long long n);

#endif

/* Plain loops over bytes; see the header. */
#include "text/ascii.h"

#include <strings.h>

bool ascii_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && strncasecmp(s.p, prefix, n) == 0;
}

bool ascii_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);
	return s.n >= n && strncasecmp(s.p + s.n - n, suffix, n) == 0;
}

bool ascii_same(struct str s, const char *word)
{
	return s.n == strlen(word) && ascii_starts(s, word);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct str ascii_trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = (struct str){s.p + 1, s.n - 1};
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str ascii_lower(struct arena *a, struct str s)
{
	char *low = arena_strndup(a, s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] | 0x20);
	return (struct str){low, s.n};
}

int ascii_hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str ascii_percent_decode(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int high = -1, low = -1;
		if (s.p[i] == '%' && s.n - i > 2)
			high = ascii_hex(s.p[i + 1]), low = ascii_hex(s.p[i + 2]);
		bool coded = high >= 0 && low >= 0;
		out[n++] = coded ? (char)(high * 16 + low) : s.p[i];
		i += coded ? 2 : 0;
	}
	return (struct str){out, n};
}

int64_t ascii_number(struct str s)
{
	int64_t n = 0;
	if (s.n == 0)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return -1;
		n = i < 18 ? n * 10 + (s.p[i] - '0') : INT64_MAX;
	}
	return n;
}

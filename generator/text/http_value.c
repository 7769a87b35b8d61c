/*
 * What the values of some fields say: media types, names of files, dates. A
 * value with parameters is walked once; a quoted one ends at its quote or
 * with the text.
 */
#include "text/http.h"

#include "base/date.h"
#include "text/ascii.h"

#include <strings.h>

/* ---- parameters ---- */

/* Up to the next ';' that stands in no quotes. */
static bool next_part(struct str *rest, struct str *part)
{
	bool quoted = false;
	size_t i = 0;
	if (rest->n == 0)
		return false;
	for (; i < rest->n && (quoted || rest->p[i] != ';'); i++) {
		if (quoted && rest->p[i] == '\\' && i + 1 < rest->n)
			i++;
		else if (rest->p[i] == '"')
			quoted = !quoted;
	}
	*part = ascii_trim((struct str){rest->p, i});
	*rest = (struct str){rest->p + i, rest->n - i};
	if (rest->n)
		rest->p++, rest->n--;
	return true;
}

static struct str unquote(struct arena *a, struct str s)
{
	if (s.n == 0 || (s.p[0] != '"' && s.p[0] != '\''))
		return s;
	char *out = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 1; i < s.n && s.p[i] != s.p[0]; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		out[n++] = s.p[i];
	}
	return (struct str){out, n};
}

/* The first parameter of that name; STR_NONE without. */
static struct str parameter(struct arena *a, struct str value, const char *name)
{
	struct str part;
	next_part(&value, &part);
	while (next_part(&value, &part)) {
		const char *is = part.n ? memchr(part.p, '=', part.n) : NULL;
		size_t n = is ? (size_t)(is - part.p) : part.n;
		if (is && ascii_same(ascii_trim((struct str){part.p, n}), name))
			return unquote(a, ascii_trim((struct str){is + 1, part.n - n - 1}));
	}
	return STR_NONE;
}

struct http_type http_content_type(struct arena *a, const struct http_head *h)
{
	struct http_type t = {STR(""), STR("")};
	struct str value = http_field(h, "Content-Type"), rest = value, type;
	if (!next_part(&rest, &type))
		return t;
	const char *slash = type.n ? memchr(type.p, '/', type.n) : NULL;
	if (slash && slash > type.p && slash < type.p + type.n - 1)
		t.type = ascii_lower(a, type);
	struct str charset = parameter(a, value, "charset");
	if (charset.p)
		t.charset = charset;
	return t;
}

/* ---- names of files ---- */

static struct str base_name(struct str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
			return (struct str){s.p + i, s.n - i};
	return s;
}

struct str http_file_name(struct arena *a, const struct http_head *h)
{
	struct str value = http_field(h, "Content-Disposition");
	/* filename*=UTF-8''%D0%A3 … goes before the plain one. */
	struct str coded = parameter(a, value, "filename*");
	const char *language = coded.n ? memchr(coded.p, '\'', coded.n) : NULL;
	const char *end = language
	    ? memchr(language + 1, '\'', coded.n - (size_t)(language + 1 - coded.p))
	    : NULL;
	struct str name = parameter(a, value, "filename");
	if (end)
		name = (struct str){end + 1, coded.n - (size_t)(end + 1 - coded.p)};
	if (!name.p)
		return STR("");
	name = ascii_percent_decode(a, name);
	return utf8_valid(name) ? base_name(name) : STR("");
}

/* ---- dates ---- */

/* Reads digits at *p, at most `most` of them; -1 without. */
static int digits(struct str *s, int most)
{
	int n = -1;
	for (; most > 0 && s->n && ascii_is_digit(s->p[0]); most--) {
		n = (n < 0 ? 0 : n) * 10 + (s->p[0] - '0');
		s->p++, s->n--;
	}
	return n;
}

static void skip(struct str *s, const char *set)
{
	while (s->n && s->p[0] && strchr(set, s->p[0]))
		s->p++, s->n--;
}

static void skip_word(struct str *s)
{
	while (s->n && ascii_is_letter(s->p[0]))
		s->p++, s->n--;
}

static int month(struct str *s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	for (int i = 0; i < 12 && s->n >= 3; i++) {
		if (strncasecmp(s->p, names + 3 * i, 3) == 0) {
			*s = (struct str){s->p + 3, s->n - 3};
			return i + 1;
		}
	}
	return -1;
}

/* Seconds of the day in "hh:mm:ss"; -1. */
static int clock_time(struct str *s)
{
	int parts[3];
	for (int i = 0; i < 3; i++) {
		parts[i] = digits(s, 2);
		if (parts[i] < 0 || parts[i] > (i == 0 ? 23 : i == 1 ? 59 : 60))
			return -1;
		skip(s, ":");
	}
	return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

/*
 * Sun, 06 Nov 1994 08:49:37 GMT, Sunday, 06-Nov-94 08:49:37 GMT and
 * Sun Nov  6 08:49:37 1994. Two digits of a year from 70 on are of the
 * century before.
 */
int64_t http_date(struct str text)
{
	int day, mon, year, seconds;
	struct str s = ascii_trim(text);
	skip_word(&s);
	skip(&s, ", ");
	bool asctime = s.n && !ascii_is_digit(s.p[0]);
	if (asctime) {
		mon = month(&s);
		skip(&s, " ");
		day = digits(&s, 2);
		skip(&s, " ");
		seconds = clock_time(&s);
		skip(&s, " ");
		year = digits(&s, 4);
	} else {
		day = digits(&s, 2);
		skip(&s, " -");
		mon = month(&s);
		skip(&s, " -");
		year = digits(&s, 4);
		skip(&s, " ");
		seconds = clock_time(&s);
	}
	if (year >= 0 && year < 100)
		year += year < 70 ? 2000 : 1900;
	if (day < 1 || mon < 1 || year < 1970 || seconds < 0)
		return -1;
	struct date d = {(int16_t)year, (int8_t)mon, (int8_t)day};
	/* The 31st of April is no day. */
	struct date same = date_from_days(date_days(d));
	return date_cmp(d, same) == 0 ? (int64_t)date_days(d) * 86400 + seconds : -1;
}

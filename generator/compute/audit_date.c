/*
 * Numbers are read one after the other with what stands between them. Two
 * years of four digits with a dash or a slash between are a span; one that is
 * followed by "учебный год" or "год" stands alone.
 */
#include "compute/audit_date.h"

#include "base/buf.h"
#include "text/http.h"

enum {
	EARLIEST = 1990,
	LATEST = 2100,
	CITED_BEFORE = 160, /* bytes in which the words stand that cite something */
	CITED_BEHIND = 60,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct number {
	int value;
	size_t digits, from, to;
};

/* The next run of digits at or after *at. */
static bool next_number(struct str s, size_t *at, struct number *out)
{
	size_t i = *at;
	while (i < s.n && !is_digit(s.p[i]))
		i++;
	*out = (struct number){.from = i};
	for (; i < s.n && is_digit(s.p[i]); i++)
		if (++out->digits <= 4)
			out->value = 10 * out->value + (s.p[i] - '0');
	out->to = *at = i;
	return out->digits > 0;
}

static bool is_year(const struct number *n)
{
	return n->digits == 4 && n->value >= EARLIEST && n->value <= LATEST;
}

static struct str after(struct str s, size_t at)
{
	return (struct str){s.p + at, s.n - at};
}

static struct date made(int year, int month, int day)
{
	struct date d = {0};
	struct buf text = BUF_INIT(BUF_LINE);
	if (month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= EARLIEST &&
	    year <= LATEST) {
		buf_addf(&text, "%04d-%02d-%02d", year, month, day);
		date_parse(&d, buf_str(&text));
	}
	buf_clear(&text);
	return d;
}

static int month_of(struct str s)
{
	static const char *const months[] = {"январ", "феврал", "март", "апрел", "мая", "июн",
	    "июл", "август", "сентябр", "октябр", "ноябр", "декабр"};
	while (s.n && (*s.p == ' ' || *s.p == '"'))
		s.p++, s.n--;
	for (int i = 0; i < 12; i++)
		if (str_starts(s, months[i]))
			return i + 1;
	return 0;
}

static bool joined(struct str s, const struct number *a, const struct number *b, char sign)
{
	return b->from == a->to + 1 && s.p[a->to] == sign;
}

/* "12.09.2022", "12.09.22 г", "2022-09-12", "12 сентября 2022". */
static struct date date_at(struct str s, const struct number n[3])
{
	if (n[1].digits && joined(s, &n[0], &n[1], '.') && n[2].digits &&
	    joined(s, &n[1], &n[2], '.')) {
		int year = n[2].digits == 2 ? 2000 + n[2].value : n[2].value;
		return n[0].digits <= 2 && n[1].digits <= 2 ? made(year, n[1].value, n[0].value)
		                                            : (struct date){0};
	}
	if (is_year(&n[0]) && n[1].digits == 2 && n[2].digits == 2 &&
	    joined(s, &n[0], &n[1], '-') && joined(s, &n[1], &n[2], '-'))
		return made(n[0].value, n[1].value, n[2].value);
	int month = n[0].digits <= 2 ? month_of(after(s, n[0].to)) : 0;
	if (month && is_year(&n[1]) && n[1].from - n[0].to < 32)
		return made(n[1].value, month, n[0].value);
	return (struct date){0};
}

/* Is it the date of what the text only cites? Words of a law or of who gave it
 * stand before, or its number behind. */
static bool is_cited(struct str s, const struct number *n)
{
	static const char *const before[] = {"закон", "министерств", "минобр", "минпросвещ",
	    "рособрнадзор", "правительств", "президент", "санитарн", "санпин", "фгос", NULL};
	static const char *const behind[] = {"-фз", " фз", NULL};
	size_t from = n->from > CITED_BEFORE ? n->from - CITED_BEFORE : 0;
	size_t to = s.n - n->to > CITED_BEHIND ? n->to + CITED_BEHIND : s.n;
	for (const char *const *w = before; *w; w++)
		if (memmem(s.p + from, n->from - from, *w, strlen(*w)))
			return true;
	for (const char *const *w = behind; *w; w++)
		if (memmem(s.p + n->to, to - n->to, *w, strlen(*w)))
			return true;
	return false;
}

struct date audit_date_in(struct str s, struct date day)
{
	struct date latest = {0};
	struct number n[3];
	size_t at = 0;
	while (next_number(s, &at, &n[0])) {
		size_t ahead = at;
		next_number(s, &ahead, &n[1]);
		next_number(s, &ahead, &n[2]);
		struct date d = date_at(s, n);
		if (date_is_set(d) && date_cmp(d, day) <= 0 && date_cmp(d, latest) > 0 &&
		    !is_cited(s, &n[0]))
			latest = d;
	}
	return latest;
}

static bool speaks_of_year(struct str s)
{
	while (s.n && strchr(" .,\")(", *s.p))
		s.p++, s.n--;
	return str_starts(s, "уч") || str_starts(s, "год") || str_starts(s, "г.") ||
	    str_starts(s, "гг") || str_is(s, "г");
}

struct audit_years audit_years_in(struct str s)
{
	struct audit_years found = {0, 0};
	struct number a, b;
	size_t at = 0;
	while (next_number(s, &at, &a)) {
		if (!is_year(&a) || (a.from > 0 && s.p[a.from - 1] == '.'))
			continue; /* of a date, or no year */
		size_t ahead = at;
		struct audit_years years = {0, 0};
		bool near = next_number(s, &ahead, &b) && b.from - a.to <= 3;
		bool dash = near &&
		    (memchr(s.p + a.to, '-', b.from - a.to) ||
		        memchr(s.p + a.to, '/', b.from - a.to));
		int last = b.digits == 2 ? 2000 + b.value : b.value;
		if (dash && (is_year(&b) || b.digits == 2) && last > a.value &&
		    last < a.value + 20) {
			years = (struct audit_years){a.value, last};
			at = b.to;
		} else if (speaks_of_year(after(s, a.to))) {
			years = (struct audit_years){a.value, a.value};
		}
		if (years.first && years.last >= found.last)
			found = years;
	}
	return found;
}

int audit_school_year(struct date day)
{
	return day.month >= 9 ? day.year : day.year - 1;
}

struct date audit_http_date(struct str header)
{
	int64_t seconds = http_date(header);
	struct date none = {0};
	return seconds < 0 ? none : date_from_unix(seconds);
}

/*
 * Days are counted by eras of 400 years with the year beginning in March, so
 * that the leap day is the last of its year.
 */
#include "base/date.h"

#include <stdio.h>

static int digits(struct str s, size_t at, size_t count, int *out)
{
	int n = 0;
	for (size_t i = at; i < at + count; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		n = n * 10 + (s.p[i] - '0');
	}
	*out = n;
	return 0;
}

static int month_days(int year, int month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : days[month - 1];
}

int date_parse(struct date *out, struct str text)
{
	int y = 0, m = 0, d = 0, bad;
	*out = (struct date){0};
	if (text.n != 10)
		return -1;
	if (text.p[4] == '-' && text.p[7] == '-')
		bad = digits(text, 0, 4, &y) | digits(text, 5, 2, &m) | digits(text, 8, 2, &d);
	else if (text.p[2] == '.' && text.p[5] == '.')
		bad = digits(text, 6, 4, &y) | digits(text, 3, 2, &m) | digits(text, 0, 2, &d);
	else
		return -1;
	if (bad || y < 1000 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return -1;
	*out = (struct date){(int16_t)y, (int8_t)m, (int8_t)d};
	return 0;
}

bool date_is_set(struct date d)
{
	return d.year != 0;
}

int date_cmp(struct date a, struct date b)
{
	int x = a.year * 10000 + a.month * 100 + a.day;
	int y = b.year * 10000 + b.month * 100 + b.day;
	return (x > y) - (x < y);
}

long date_days(struct date d)
{
	long y = d.month <= 2 ? d.year - 1 : d.year;
	long era = (y >= 0 ? y : y - 399) / 400;
	long of_era = y - era * 400;
	long of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* 0001-01-01 and 9999-12-31 */
static const long FIRST_DAY = -719162, LAST_DAY = 2932896;

struct date date_from_days(long days)
{
	if (days < FIRST_DAY || days > LAST_DAY)
		return (struct date){0};
	days += 719468;
	long era = days / 146097;
	long of_era = days - era * 146097;
	long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * year + year / 4 - year / 100);
	long month = (5 * of_year + 2) / 153;
	struct date d = {
	    .day = (int8_t)(of_year - (153 * month + 2) / 5 + 1),
	    .month = (int8_t)(month < 10 ? month + 3 : month - 9),
	};
	d.year = (int16_t)(year + era * 400 + (d.month <= 2));
	return d;
}

struct date date_from_unix(int64_t seconds)
{
	return date_from_days((long)(seconds / 86400 - (seconds % 86400 < 0)));
}

struct date_text date_iso(struct date d)
{
	struct date_text text = {""};
	if (date_is_set(d))
		snprintf(text.s, sizeof(text.s), "%04d-%02d-%02d", d.year, d.month, d.day);
	return text;
}

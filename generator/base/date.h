/*
 * date - days of the Gregorian calendar, without a clock.
 *
 * A struct date with year 0 is "no date". Reading accepts YYYY-MM-DD and
 * DD.MM.YYYY. The clock is read above this floor, once per run.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

struct date {
	int16_t year;
	int8_t month, day; /* 1-based */
};

struct date_text {
	char s[24]; /* YYYY-MM-DD, or "" */
};

int date_parse(struct date *out, struct str text); /* 0, or -1 and *out is no date */
bool date_is_set(struct date d);
int date_cmp(struct date a, struct date b); /* no date comes first */
long date_days(struct date d);              /* since 1970-01-01 */
/* No date outside of the years 1 to 9999. */
struct date date_from_days(long days);
struct date date_from_unix(int64_t seconds); /* the day in UTC */
struct date_text date_iso(struct date d);

#endif

/*
 * One pass over the road map keeps the nearest terms in order. A row is its
 * own tie-breaker: the earlier one in the table comes first.
 */
#include "render/deadline.h"

#include <string.h>

/* Months ahead to look in: two years, for what repeats that seldom. */
enum { LOOK_AHEAD = 24 };

static bool names_month(const char *months, int month)
{
	struct str rest = str_of(months), part;
	while (str_next(&rest, '|', &part)) {
		struct decimal number;
		if (decimal_parse(&number, str_trim(part), false) == 0 &&
		    decimal_int(number, NULL) == month)
			return true;
	}
	return false;
}

static struct date last_day(int year, int month)
{
	struct date next = {
	    (int16_t)(month == 12 ? year + 1 : year), (int8_t)(month == 12 ? 1 : month + 1), 1};
	return date_from_days(date_days(next) - 1);
}

static struct date programme_end(const struct department *d)
{
	int year = department_meta(d)->last_year;
	return year ? (struct date){(int16_t)year, 12, 31} : (struct date){0, 0, 0};
}

/* The next of the months named, or no date. */
static struct date next_month(const struct renderer *r, const struct roadmap_item *item)
{
	struct date end = date_is_set(item->to) ? item->to : programme_end(r->dept);
	int year = r->today.year, month = r->today.month;
	for (int i = 0; i < LOOK_AHEAD; i++) {
		struct date day = last_day(year, month);
		if (date_is_set(end) && date_cmp(day, end) > 0)
			break;
		if (names_month(item->months, month) && date_cmp(day, item->from) >= 0)
			return day;
		year += month == 12;
		month = month == 12 ? 1 : month + 1;
	}
	return (struct date){0, 0, 0};
}

static struct date deadline_of(const struct renderer *r, const struct roadmap_item *item)
{
	if (date_is_set(item->done))
		return (struct date){0, 0, 0};
	return item->months ? next_month(r, item) : item->to;
}

size_t deadlines_ahead(const struct renderer *r, struct deadline *out, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		struct date date = deadline_of(r, item);
		if (!date_is_set(date) || date_cmp(date, r->today) < 0)
			continue;
		size_t at = count;
		while (at > 0 && date_cmp(out[at - 1].date, date) > 0)
			at--;
		if (at == max)
			continue;
		size_t moved = (count < max ? count : max - 1) - at;
		memmove(out + at + 1, out + at, moved * sizeof(*out));
		out[at] = (struct deadline){item, date, date_days(date) - date_days(r->today)};
		count += count < max;
	}
	return count;
}

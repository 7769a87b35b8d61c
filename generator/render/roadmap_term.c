/*
 * A set of months is a number with a bit for each. The next day of what
 * repeats is looked for month by month, two periods ahead at most.
 */
#include "render/roadmap_term.h"

#include <string.h>

enum { LOOK_AHEAD = 48 };

#define MONTH(m)   (1u << (m))
#define EACH_MONTH (MONTH(13) - MONTH(1))

static const unsigned period_ends[] = {
    [EVERY_YEAR] = MONTH(12),
    [EVERY_HALF_YEAR] = MONTH(6) | MONTH(12),
    [EVERY_QUARTER] = MONTH(3) | MONTH(6) | MONTH(9) | MONTH(12),
    [EVERY_MONTH] = EACH_MONTH,
};

/* "1|6" */
static unsigned named_months(const char *months)
{
	struct str rest = str_of(months), part;
	unsigned set = 0;
	while (str_next(&rest, '|', &part)) {
		struct decimal number;
		if (decimal_parse(&number, str_trim(part), false) < 0)
			continue;
		int64_t month = decimal_int(number, NULL);
		if (month >= 1 && month <= 12)
			set |= MONTH(month);
	}
	return set;
}

static unsigned months_of(const struct roadmap_item *item)
{
	if (item->months)
		return named_months(item->months);
	return date_is_set(item->from) && date_is_set(item->to) ? period_ends[item->every] : 0;
}

static struct date month_end(int year, int month)
{
	struct date next = {
	    (int16_t)(month == 12 ? year + 1 : year), (int8_t)(month == 12 ? 1 : month + 1), 1};
	return date_from_days(date_days(next) - 1);
}

/* The first month of the set that ends on the day or after it. */
static struct date next_month(const struct roadmap_term *t, struct date day)
{
	int year = day.year, month = day.month;
	for (int i = 0; i < LOOK_AHEAD && year < 9999; i++) {
		bool its_year = !date_is_set(t->first) || (year - t->first.year) % t->years == 0;
		struct date end = month_end(year, month);
		if (date_is_set(t->until) && date_cmp(end, t->until) > 0)
			break;
		if (its_year && t->months & MONTH(month))
			return end;
		year += month == 12;
		month = month == 12 ? 1 : month + 1;
	}
	return (struct date){0};
}

static bool repeats(
    struct roadmap_term *t, const struct renderer *r, const struct roadmap_item *item)
{
	const struct department_meta *meta = department_meta(r->dept);
	struct date from = item->from;
	*t = (struct roadmap_term){.months = months_of(item), .until = item->to};
	t->years = item->every == EVERY_TWO_YEARS ? 2 : 1;
	if (!date_is_set(t->until) && meta->last_year)
		t->until = (struct date){(int16_t)meta->last_year, 12, 31};
	if (!date_is_set(from) && meta->first_year)
		from = (struct date){(int16_t)meta->first_year, 1, 1};
	if (!t->months || !date_is_set(from))
		return false;
	t->first = t->last = next_month(t, from);
	return date_is_set(t->first);
}

bool roadmap_term(
    struct roadmap_term *out, const struct renderer *r, const struct roadmap_item *item)
{
	if (repeats(out, r, item))
		return true;
	*out = (struct roadmap_term){.first = date_is_set(item->from) ? item->from : item->to,
	    .last = date_is_set(item->to) ? item->to : item->from,
	    .years = 1};
	return date_is_set(out->first);
}

struct date roadmap_term_next(const struct roadmap_term *t, struct date day)
{
	if (t->months)
		return next_month(t, date_cmp(day, t->first) < 0 ? t->first : day);
	const struct date none = {0};
	return date_cmp(t->last, day) < 0 ? none : t->last;
}

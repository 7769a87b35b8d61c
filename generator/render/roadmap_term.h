/*
 * roadmap_term - the days of a measure of the road map.
 *
 * A term has the days that the table gives, or it repeats: then its days are
 * the last ones of months, either those that the table names or, where only
 * "every month, quarter, half-year, year" is said and there are dates, the
 * last month of each such period. What repeats without dates of its own does
 * so as long as the programme lasts.
 */
#ifndef RENDER_ROADMAP_TERM_H
#define RENDER_ROADMAP_TERM_H

#include "render/page.h"

struct roadmap_term {
	struct date first, last; /* of one day: the same; of what repeats: the first one */
	unsigned months;         /* it repeats in these: 1 << month; or 0 */
	int years;               /* every so many years: 1 or 2 */
	struct date until;       /* no later; may be unset */
};

/* False: the measure has no date. */
bool roadmap_term(
    struct roadmap_term *out, const struct renderer *r, const struct roadmap_item *item);
/* The last day of the term, or of its next repetition, on the day or after
 * it; or no date. */
struct date roadmap_term_next(const struct roadmap_term *t, struct date day);

#endif

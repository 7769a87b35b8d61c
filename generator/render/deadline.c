/*
 * One pass over the road map keeps the nearest terms in order. A row is its
 * own tie-breaker: the earlier one in the table comes first.
 */
#include "render/deadline.h"

#include "render/roadmap_term.h"

#include <string.h>

static struct date deadline_of(const struct renderer *r, const struct roadmap_item *item)
{
	struct roadmap_term term;
	if (date_is_set(item->done) || !roadmap_term(&term, r, item))
		return (struct date){0};
	if (!term.months && !date_is_set(item->to))
		return (struct date){0};
	return roadmap_term_next(&term, r->today);
}

size_t deadlines_ahead(const struct renderer *r, struct deadline *out, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		struct date date = deadline_of(r, item);
		if (!date_is_set(date))
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

/*
 * deadline - what the road map asks for next.
 *
 * The terms (render/roadmap_term) that lie ahead of the build date, of measures that
 * are not marked as done: the last day of a term, or that of the next
 * repetition. Measures without a date, or with the day of their beginning
 * only, have no deadline.
 */
#ifndef RENDER_DEADLINE_H
#define RENDER_DEADLINE_H

#include "render/page.h"

struct deadline {
	const struct roadmap_item *item;
	struct date date;
	long days; /* from the build date */
};

/* The nearest first, at most max; how many. */
size_t deadlines_ahead(const struct renderer *r, struct deadline *out, size_t max);

#endif

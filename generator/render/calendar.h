/*
 * calendar - the road map for calendar programs (RFC 5545).
 *
 * roadmap/all.ics holds every measure that has a date; each of those who are
 * responsible has a calendar of his own, roadmap/<slug>.ics. Who is
 * responsible is a cell that parts several by semicolons; case and ё make no
 * other one. Measures without a date are in no calendar, and what would hold
 * none is not made.
 */
#ifndef RENDER_CALENDAR_H
#define RENDER_CALENDAR_H

#include "render/page.h"

struct calendar {
	const char *title; /* who is responsible; NULL: everybody */
	const char *path;  /* "roadmap/all.ics" */
	const struct roadmap_item **items;
	size_t count, cap;
};

struct calendars {
	struct calendar *items; /* all.ics, then the others by their title */
	size_t count, cap;
};

void calendars_find(struct calendars *out, const struct renderer *r);

#endif

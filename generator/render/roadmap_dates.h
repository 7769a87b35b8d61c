/*
 * roadmap_dates - the road map by its dates, above its table.
 *
 * What has passed without a mark, what comes next, the time line with its
 * table, and the calendars to take along.
 */
#ifndef RENDER_ROADMAP_DATES_H
#define RENDER_ROADMAP_DATES_H

#include "render/page.h"

/*
 * Fields: has_dates; late and next [{title, href, date, iso, responsible}],
 * has_late, has_next, late_more (words, or null), no_late; timeline, or null:
 * {axis, rows [{part (or null), title, href, chart}], cells [{section, when, done, ahead,
 * unmarked}], keys [{shape, word}], undated}; calendar (href, or null),
 * calendars [{title, href, count}], has_calendars.
 */
void roadmap_dates(struct renderer *r, struct view *v);

#endif

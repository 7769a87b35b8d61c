/*
 * indicator_view - how an indicator is said: in words, a bullet, a mark.
 *
 * Shared by the overview, the dashboard and the page of an indicator. All
 * texts live in the renderer's arena. What disclosure hides is never said.
 */
#ifndef RENDER_INDICATOR_VIEW_H
#define RENDER_INDICATOR_VIEW_H

#include "render/page.h"

/*
 * A row of the partial indicator_row: title, href, target (in words), chart
 * (SVG), status (mark), value (number), trend (null: see indicator_chart).
 */
struct view *indicator_row(struct renderer *r, struct list *rows, const struct indicator_state *s);

/* "не больше 5 % в 2021", "не меньше 7 из 10 школ (70 %) в 2021", or "цель не задана". */
const char *indicator_target_text(
    const struct renderer *r, const struct indicator_year *y, bool with_year);
/* What is to be reached when there is no year to speak of: "должно быть
 * выполнено", or "цель не задана". */
const char *indicator_aim_text(const struct renderer *r, const struct indicator *i);
/* "6,1 %", "7 из 10 школ", "да", a level; "" when there is none. */
const char *indicator_value_text(const struct renderer *r, const struct indicator_year *y);
/* A quantity in the indicator's unit; "" when unset. */
const char *indicator_quantity_text(
    const struct renderer *r, const struct indicator *i, const struct quantity *q);
void indicator_mark(const struct renderer *r, struct view *v, const struct indicator_year *y);
/* The status of the year to speak of, or of an indicator without any year. */
void indicator_mark_now(const struct renderer *r, struct view *v, const struct indicator_state *s);
/* The value with its gap and source, as page_number(). */
void indicator_value(
    struct renderer *r, struct view *v, const char *name, const struct indicator_year *y);
const char *indicator_path(const struct renderer *r, const struct indicator *i);
const struct indicator_year *indicator_year_of(const struct indicator_state *s, int year);
/* The year that summaries name: the latest that an indicator speaks of, which
 * is before the assessment's when no target reaches that far. */
const char *indicators_year_text(const struct renderer *r);
/* How many indicators stand at each status; those whose status may not be told
 * are counted apart. */
struct indicator_tally {
	size_t of[INDICATOR_NOT_ACHIEVED + 1], hidden;
};
/* In the years to speak of; with a year, of those that have a row for it. */
struct indicator_tally indicator_tally(const struct renderer *r, int year);
/* The statuses that a summary has, in its order; INDICATOR_NONE ends them. */
extern const enum status indicator_statuses[];
/* The tally of the years to speak of as rows {count, status(mark)} in list name. */
void indicator_summary(struct renderer *r, struct view *v, const char *name);
/* The mark of a status alone; INDICATOR_NONE: it is hidden. */
void indicator_mark_of(const struct renderer *r, struct view *v, enum status status);

#endif

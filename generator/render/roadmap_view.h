/*
 * roadmap_view - where a measure of the road map stands on the build date.
 *
 * Done is what the table says is done; nothing is guessed from dates. A
 * measure whose term has passed without a mark is "no mark": the page does
 * not know whether it was done, and says so.
 */
#ifndef RENDER_ROADMAP_VIEW_H
#define RENDER_ROADMAP_VIEW_H

#include "render/page.h"

enum due { DUE_DONE, DUE_RUNNING, DUE_AHEAD, DUE_NO_MARK, DUE_OPEN, DUES };

enum due roadmap_due(const struct renderer *r, const struct roadmap_item *item);
/* The last day of a measure: its own, else the programme's; may be unset. */
struct date roadmap_deadline(const struct renderer *r, const struct roadmap_item *item);
/* The term in words: as printed, else "каждый год", "до 31 мая 2021". */
const char *roadmap_when(const struct renderer *r, const struct roadmap_item *item);
/* "Сделано 15 февраля 2021", "Отметки нет" */
const char *roadmap_word(const struct renderer *r, const struct roadmap_item *item);
void roadmap_mark(const struct renderer *r, struct view *v, const struct roadmap_item *item);
/* Are two cells of the document's structure the same? Both may be missing. */
bool roadmap_same(const char *a, const char *b);
/* Counts by term of one part, or of all (NULL). */
void roadmap_count(const struct renderer *r, const char *part, size_t counts[DUES]);

#endif

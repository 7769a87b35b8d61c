/*
 * A measure that recurs, or has no dates of its own, runs until the end of
 * the programme.
 */
#include "render/roadmap_view.h"

#include <string.h>

struct date roadmap_deadline(const struct renderer *r, const struct roadmap_item *item)
{
	if (date_is_set(item->to))
		return item->to;
	int last = department_meta(r->dept)->last_year;
	return last ? (struct date){(int16_t)last, 12, 31} : (struct date){0};
}

enum due roadmap_due(const struct renderer *r, const struct roadmap_item *item)
{
	struct date end = roadmap_deadline(r, item);
	if (date_is_set(item->done))
		return DUE_DONE;
	if (date_is_set(end) && date_cmp(end, r->today) < 0)
		return DUE_NO_MARK;
	if (date_is_set(item->from) && date_cmp(item->from, r->today) > 0)
		return DUE_AHEAD;
	return date_is_set(item->from) || date_is_set(item->to) ? DUE_RUNNING : DUE_OPEN;
}

const char *roadmap_when(const struct renderer *r, const struct roadmap_item *item)
{
	static const char *const every[] = {
	    "", "two-years", "year", "half-year", "quarter", "month"};
	if (item->when)
		return item->when;
	if (item->every)
		return words_of(r->words, "every_", every[item->every]);
	if (date_is_set(item->to))
		return phrase(r->words, r->arena, "term_until", "date",
		    words_date(r->words, r->arena, item->to, true), NULL);
	return words_get(r->words, "term_not_given");
}

const char *roadmap_word(const struct renderer *r, const struct roadmap_item *item)
{
	static const char *const keys[DUES] = {
	    "term_done", "term_running", "term_ahead", "term_no_mark", "term_open"};
	enum due due = roadmap_due(r, item);
	if (due != DUE_DONE)
		return words_get(r->words, keys[due]);
	return phrase(r->words, r->arena, "term_done_on", "date",
	    words_date(r->words, r->arena, item->done, true), NULL);
}

void roadmap_mark(const struct renderer *r, struct view *v, const struct roadmap_item *item)
{
	static const enum mark marks[DUES] = {
	    MARK_GOOD, MARK_WAIT, MARK_WAIT, MARK_NONE, MARK_NONE};
	page_mark(r, v, "status", marks[roadmap_due(r, item)], roadmap_word(r, item));
}

bool roadmap_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

void roadmap_count(const struct renderer *r, const char *part, size_t counts[DUES])
{
	memset(counts, 0, DUES * sizeof(*counts));
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		if (!part || (item->part && strcmp(item->part, part) == 0))
			counts[roadmap_due(r, item)]++;
	}
}

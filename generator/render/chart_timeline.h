/*
 * chart_timeline - how many measures are due when, and what became of them.
 *
 * The columns are parts of years, the same for the axis and for every row, so
 * that rows stand under each other as strips of one chart. A strip is as wide
 * as its place and as high as it has kinds of marks; a mark is a shape with
 * the number of measures in it: done a disc, ahead a ring, without a mark a
 * broken ring. Letters keep their size at any width.
 */
#ifndef RENDER_CHART_TIMELINE_H
#define RENDER_CHART_TIMELINE_H

#include "base/buf.h"
#include "base/date.h"

enum timeline_kind { TIMELINE_DONE, TIMELINE_AHEAD, TIMELINE_NO_MARK, TIMELINE_KINDS };

/* On the narrowest screen more would lie on each other. */
enum { TIMELINE_COLUMNS = 16 };

struct chart_timeline {
	int first, last;   /* years */
	int parts;         /* columns of a year: 4, 2 or 1 */
	struct date today; /* a line, when it is within the years */
};

/* As fine as the columns may be for the years; false: too many years. */
bool chart_timeline_fit(struct chart_timeline *t, int first, int last);
int chart_timeline_columns(const struct chart_timeline *t);
int chart_timeline_column(const struct chart_timeline *t, struct date date); /* or -1 */

/* The years, and the word for today when it is among them. Not for those who
 * do not see: the strips say everything. */
void chart_timeline_axis(struct buf *out, const struct chart_timeline *t, const char *today);
/* counts[column][kind]; text: all of it in words. */
void chart_timeline_strip(struct buf *out, const struct chart_timeline *t,
    const size_t (*counts)[TIMELINE_KINDS], const char *text);
/* One mark without a number, for the legend. */
void chart_timeline_key(struct buf *out, enum timeline_kind kind);

#endif

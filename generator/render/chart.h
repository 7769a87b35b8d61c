/*
 * chart - what the charts by year share: frame, grid, years, points, labels.
 *
 * A chart is inline SVG of CHART_WIDTH units, made to be shown from 280 to
 * 350 pixels wide: its letters are then of 14 to 17 pixels, as those around.
 * Page code fills a spec and calls chart_lines(), chart_targets(),
 * chart_bullet() or chart_spark() (headers of those names); the rest of this
 * header is what they are built from. Colours come from the classes of
 * charts.css; all texts are escaped here; there are no style attributes.
 *
 * Lengths are in tenths of a unit. Nothing is kept: strings and arrays of a
 * spec are borrowed for the call.
 */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include "base/buf.h"
#include "render/scale.h"

/* The ends of the axis. Numbers outside a fixed range make it automatic. */
enum chart_range {
	CHART_AUTO,    /* round ends around the numbers */
	CHART_PERCENT, /* 0 to 100 */
	CHART_SCORES,  /* 0 to 100 */
	CHART_MARKS,   /* 2 to 5 */
};

/* Of every chart by year. */
struct chart {
	const char *id;          /* unique in the page: letters, digits, - */
	const char *title;       /* what it shows: "ОГЭ, русский язык: 4 и 5, %" */
	const char *description; /* the same in words, with numbers; or NULL */
	const int *years;        /* ascending; without repeats */
	size_t nyears;
	enum chart_range range;
	const char *unit;  /* after a number in the name of a point: "%", "баллов"; or NULL */
	const char *empty; /* shown when there is no number at all; or NULL */
	const char *small; /* in the name of a small group's point; or NULL */
	char separator;    /* of decimals: ',' or '.' */
	int places;        /* decimals shown at most; 0 means 2 */
};

struct chart_value {
	struct frac number; /* unset: a gap */
	bool small;         /* of a small group: a hollow point */
};

/* -- what charts are built from -------------------------------------------- */

enum { CHART_SERIES = 8, CHART_WIDTH = 2800, CHART_TEXT = 140, CHART_LINE = 160, CHART_GAP = 40 };

/* Where things stand. Made by chart_layout(). */
struct chart_plot {
	struct buf *out;
	const struct chart *chart;
	int left, right, top, bottom; /* of the grid */
	int height;                   /* of the whole */
	int first, last;              /* places of the first and the last year */
	struct scale y;
};

/* A text at the right end: name and last number. */
struct chart_label {
	const char *class, *name;
	struct frac number;
	int year;  /* of the number, when not the last of the chart; else 0 */
	int want;  /* the middle it would like */
	int at;    /* the middle it gets */
	int lines; /* 1, or 2 when it is too long for one */
	bool bold;
};

/* The fixed range, or a round one when numbers fall outside it. */
void chart_scale(struct scale *s, enum chart_range range, const struct extent *e, bool zero);
/*
 * Margins by the widest texts, the vertical scale placed, labels broken into
 * lines and put where they do not overlap. inset is the room between the
 * edges of the grid and the outer years; 0 parts the width into equal bands
 * with a year in the middle of each. p->y holds the range already.
 */
void chart_layout(struct chart_plot *p, int inset, struct chart_label *labels, size_t n);
/* Move the labels (any order) apart, as near to where they want to be as can
 * be, between top and bottom. True when there is room for all. */
bool chart_spread(struct chart_label *labels, size_t n, int top, int bottom);
int chart_band(const struct chart_plot *p); /* the width of a year */

/*
 * A chart is a picture with words, and after it the points that say their
 * numbers: chart_begin() writes <svg>, names, grid and years, and the words for
 * an empty chart; chart_end() the labels and the end of the picture; then come
 * chart_stop()s and chart_close().
 */
void chart_begin(const struct chart_plot *p, const char *class, bool empty);
void chart_end(const struct chart_plot *p, const struct chart_label *labels, size_t n);
void chart_close(const struct chart_plot *p);

/* A word under a year; p->height must have got a CHART_LINE more for it. */
void chart_under_year(const struct chart_plot *p, size_t year, const char *text);

int chart_x(const struct chart_plot *p, size_t year);
int chart_y(const struct chart_plot *p, struct frac number);

/* Move to, or line to, when drawing; sets drawing. For the d of a path. */
void chart_path(struct buf *out, bool *drawing, int x, int y);
/* A circle. extra is written as it is into the tag. */
void chart_point(const struct chart_plot *p, const char *class, const char *extra, int radius,
    size_t year, struct frac number);
/* A circle that a keyboard reaches and a pointer finds: then its number is
 * shown; it is called "2019, школа: 41,67 % (note)". */
void chart_stop(const struct chart_plot *p, const char *class, int radius, size_t year,
    struct frac number, const char *name, const char *note);
void chart_number(struct buf *out, const struct chart *c, struct frac number);
void chart_length(struct buf *out, int tenths);                 /* "12.5" */
void chart_attr(struct buf *out, const char *name, int tenths); /* ` x="12.5"` */
int chart_text_width(struct str text, bool bold);               /* a good guess, for any font */

#endif

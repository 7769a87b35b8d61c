/*
 * The layout goes from the outside in: the ticks need so much on the left,
 * the labels so much on the right, the years a line below; what is left is
 * the grid. Widths of text can only be guessed, as the reader's font is not
 * known here, so the guess is on the wide side.
 *
 * Labels are spread by clusters: each begins where it wants to be; one that
 * meets its neighbour joins it, and a cluster stands where its members have
 * to move least on the whole.
 */
#include "render/chart.h"

#include "base/format.h"
#include "text/html.h"

enum {
	TOP = 120,
	BOTTOM = 1400,
	YEARS_BELOW = 210, /* from the grid to the foot of the years */
	FOOT = 280,        /* from the grid to the end */
	TEXT_SINK = 48,    /* from the middle of a line to its foot */
	STOP_ABOVE = 90,   /* from a point to the foot of its number, */
	STOP_BELOW = 190,  /* or down to it, */
	STOP_ROOM = 100,   /* when there is less room to the top of the grid */
	TICK_GAP = 60,
	LABEL_GAP = 50,
	LABEL_MAX = 1290,
	YEAR_ROOM = 410,
};

/* -- numbers and text -------------------------------------------------------- */

void chart_length(struct buf *out, int tenths)
{
	unsigned n = tenths < 0 ? 0U - (unsigned)tenths : (unsigned)tenths;
	char text[FORMAT_DIGITS + 2], *end = text + FORMAT_DIGITS, *p = format_digits(text, n / 10);
	if (tenths < 0)
		buf_addc(out, '-');
	if (n % 10) {
		*end++ = '.';
		*end++ = (char)('0' + n % 10);
	}
	buf_add(out, p, (size_t)(end - p));
}

void chart_attr(struct buf *out, const char *name, int tenths)
{
	buf_addc(out, ' ');
	buf_adds(out, name);
	buf_adds(out, "=\"");
	chart_length(out, tenths);
	buf_addc(out, '"');
}

void chart_number(struct buf *out, const struct chart *c, struct frac number)
{
	frac_write(out, number, c->places ? c->places : 2, c->separator ? c->separator : '.');
}

static int char_width(int32_t code)
{
	enum { NARROW = 48, USUAL = 86, CAPITAL = 113, WIDE = 129 };
	switch (code) {
	case '.':
	case ',':
	case ':':
	case ';':
	case '!':
	case '\'':
	case '|':
	case '(':
	case ')':
	case '-':
	case 'i':
	case 'j':
	case 'l':
	case 'f':
	case 't':
	case 'r':
	case 'I':
		return NARROW;
	case L'ш':
	case L'щ':
	case L'ж':
	case L'м':
	case L'ф':
	case L'ы':
	case L'ю':
	case 'm':
	case 'w':
	case '%':
	case L'№':
	case '@':
	case L'—':
		return WIDE;
	default:
		if (utf8_lower(code) != code)
			return utf8_is_word(code) ? CAPITAL : USUAL;
		return utf8_is_space(code) ? NARROW : USUAL;
	}
}

static struct str next_char(struct str *s, int32_t *code)
{
	struct str c = {s->p, 0};
	*code = utf8_decode(s->p, s->n, &c.n);
	s->p += c.n;
	s->n -= c.n;
	return c;
}

int chart_text_width(struct str text, bool bold)
{
	enum { ENOUGH = 100000 };
	int width = 0;
	int32_t code;
	while (text.n && width < ENOUGH) {
		next_char(&text, &code);
		width += char_width(code);
	}
	return bold ? width + width / 8 : width;
}

/* The beginning of the text that fits with the dots after it. */
static struct str cut_to(struct str text, bool bold, int room)
{
	struct str rest = text, head = {text.p, 0};
	int32_t code;
	while (rest.n) {
		size_t len = head.n + next_char(&rest, &code).n;
		if (chart_text_width((struct str){text.p, len}, bold) + 108 > room)
			break;
		head.n = len;
	}
	return head;
}

/* -- labels ------------------------------------------------------------------ */

static void label_number(struct buf *out, const struct chart *c, const struct chart_label *l)
{
	chart_number(out, c, l->number);
	if (l->year) {
		buf_adds(out, " (");
		buf_addint(out, l->year);
		buf_addc(out, ')');
	}
}

/* Break the label into lines; its width. */
static int label_measure(const struct chart *c, struct chart_label *l)
{
	struct buf text = BUF_INIT(BUF_LINE);
	label_number(&text, c, l);
	int number = chart_text_width((struct str){text.data, text.len}, l->bold);
	buf_clear(&text);
	int name = chart_text_width(str_of(l->name), l->bold);
	int both = name + char_width(' ') + number;
	l->lines = both <= LABEL_MAX ? 1 : 2;
	if (l->lines == 1)
		return both;
	int wide = name > number ? name : number;
	return wide < LABEL_MAX ? wide : LABEL_MAX;
}

static int label_height(const struct chart_label *l)
{
	return l->lines * CHART_LINE + (l->lines > 1 ? CHART_GAP : 0);
}

/* Higher on paper first; of equal places the greater number, then the order
 * given. */
static bool label_before(const struct chart_label *a, const struct chart_label *b)
{
	return a->want != b->want ? a->want < b->want : frac_cmp(a->number, b->number) > 0;
}

/* Labels that touch: they want their first edge at sum / count. */
struct cluster {
	size_t from, count;
	int height, sum;
};

static int cluster_edge(const struct cluster *c, int top, int bottom)
{
	int edge = c->sum / (int)c->count;
	if (edge > bottom - c->height)
		edge = bottom - c->height;
	return edge < top ? top : edge;
}

static void cluster_join(struct cluster *into, const struct cluster *next)
{
	into->sum += next->sum - into->height * (int)next->count;
	into->height += next->height;
	into->count += next->count;
}

bool chart_spread(struct chart_label *labels, size_t n, int top, int bottom)
{
	struct chart_label *order[CHART_SERIES];
	struct cluster clusters[CHART_SERIES];
	size_t nclusters = 0;
	int total = 0;

	n = n < CHART_SERIES ? n : CHART_SERIES;
	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		for (; at > 0 && label_before(&labels[i], order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = &labels[i];
		total += label_height(&labels[i]);
	}
	for (size_t i = 0; i < n; i++) {
		int height = label_height(order[i]);
		struct cluster *c = &clusters[nclusters++];
		*c = (struct cluster){i, 1, height, order[i]->want - height / 2};
		while (nclusters > 1 &&
		    cluster_edge(c - 1, top, bottom) + (c - 1)->height >
		        cluster_edge(c, top, bottom)) {
			cluster_join(c - 1, c);
			c--;
			nclusters--;
		}
	}
	for (struct cluster *c = clusters; c < clusters + nclusters; c++) {
		int edge = cluster_edge(c, top, bottom);
		for (size_t i = c->from; i < c->from + c->count; i++) {
			order[i]->at = edge + label_height(order[i]) / 2;
			edge += label_height(order[i]);
		}
	}
	return total <= bottom - top;
}

static void label_open(struct buf *out, const struct chart_label *l, int x, int middle)
{
	buf_adds(out, "<text class=\"");
	html_attr(out, str_of(l->class));
	buf_addc(out, '"');
	chart_attr(out, "x", x);
	chart_attr(out, "y", middle + TEXT_SINK);
	buf_addc(out, '>');
}

static void label_draw(const struct chart_plot *p, const struct chart_label *l)
{
	struct buf *out = p->out;
	struct str name = str_of(l->name), head = name;
	int x = p->right + LABEL_GAP, middle = l->at - (l->lines - 1) * CHART_LINE / 2;

	label_open(out, l, x, middle);
	if (chart_text_width(name, l->bold) > LABEL_MAX) {
		head = cut_to(name, l->bold, LABEL_MAX);
		buf_adds(out, "<title>");
		html_text(out, name);
		buf_adds(out, "</title>");
	}
	html_text(out, head);
	buf_adds(out, head.n < name.n ? "…" : "");
	if (l->lines == 1) {
		buf_adds(out, name.n ? " " : "");
	} else {
		buf_adds(out, "</text>");
		label_open(out, l, x, middle + CHART_LINE);
	}
	label_number(out, p->chart, l);
	buf_adds(out, "</text>");
}

/* -- frame ------------------------------------------------------------------- */

void chart_scale(struct scale *s, enum chart_range range, const struct extent *e, bool zero)
{
	if ((range == CHART_PERCENT || range == CHART_SCORES) && extent_within(e, 0, 100))
		scale_fixed(s, 0, 100, 0, 50);
	else if (range == CHART_MARKS && extent_within(e, 2, 5))
		scale_fixed(s, 2, 5, 3, 1);
	else
		scale_nice(s, e, zero);
}

static int ticks_width(const struct chart *c, const struct scale *s)
{
	struct buf text = BUF_INIT(BUF_LINE);
	int widest = 0;
	for (size_t i = 0; i < scale_ticks(s); i++) {
		buf_reset(&text);
		frac_write(&text, scale_tick(s, i), DECIMAL_PLACES, c->separator);
		int width = chart_text_width((struct str){text.data, text.len}, false);
		widest = width > widest ? width : widest;
	}
	buf_clear(&text);
	return widest;
}

void chart_layout(struct chart_plot *p, int inset, struct chart_label *labels, size_t n)
{
	int widest = YEAR_ROOM / 2 - inset, height = 0;
	for (size_t i = 0; i < n; i++) {
		int width = label_measure(p->chart, &labels[i]);
		widest = width > widest ? width : widest;
		height += label_height(&labels[i]);
	}
	p->left = ticks_width(p->chart, &p->y) + TICK_GAP;
	p->right = CHART_WIDTH - LABEL_GAP - widest;
	p->top = TOP;
	p->bottom = BOTTOM;
	if (height > BOTTOM - TOP + CHART_LINE)
		p->bottom = TOP - CHART_LINE + height;
	p->height = p->bottom + FOOT;
	p->y.from = p->bottom;
	p->y.to = p->top;
	p->first = p->left + inset;
	p->last = p->right - inset;
	if (!inset) {
		int band = chart_band(p);
		p->first += band / 2;
		p->last -= band / 2;
	}
	for (size_t i = 0; i < n; i++)
		labels[i].want = chart_y(p, labels[i].number);
	chart_spread(labels, n, p->top - CHART_LINE / 2, p->bottom + CHART_LINE / 2);
}

static int64_t year_span(const struct chart *c)
{
	return c->nyears ? (int64_t)c->years[c->nyears - 1] - c->years[0] : 0;
}

int chart_band(const struct chart_plot *p)
{
	int64_t span = year_span(p->chart);
	return (int)((p->right - p->left) / ((span > 0 ? span : 0) + 1));
}

int chart_x(const struct chart_plot *p, size_t year)
{
	const struct chart *c = p->chart;
	int64_t span = year_span(c), along = (int64_t)c->years[year] - c->years[0];
	if (span <= 0)
		return p->last; /* beside the labels */
	if (along < 0 || along > span)
		along = along < 0 ? 0 : span;
	return p->first + (int)((along * (p->last - p->first) * 2 + span) / (2 * span));
}

int chart_y(const struct chart_plot *p, struct frac number)
{
	return scale_at(&p->y, number);
}

static void grid_line(const struct chart_plot *p, int y)
{
	bool drawing = false;
	chart_path(p->out, &drawing, p->left, y);
	buf_addc(p->out, 'H');
	chart_length(p->out, p->right);
}

/* The foot of the grid is always there, with a tick or without. */
static void draw_grid(const struct chart_plot *p)
{
	struct buf *out = p->out;
	buf_adds(out, "<path class=\"grid\" fill=\"none\" d=\"");
	for (size_t i = 0; i < scale_ticks(&p->y); i++)
		grid_line(p, chart_y(p, scale_tick(&p->y, i)));
	if (p->y.first != p->y.low)
		grid_line(p, p->bottom);
	buf_adds(out, "\"/>");
	for (size_t i = 0; i < scale_ticks(&p->y); i++) {
		struct frac tick = scale_tick(&p->y, i);
		buf_adds(out, "<text class=\"ax\" text-anchor=\"end\"");
		chart_attr(out, "x", p->left - TICK_GAP);
		chart_attr(out, "y", chart_y(p, tick) + TEXT_SINK);
		buf_addc(out, '>');
		frac_write(out, tick, DECIMAL_PLACES, p->chart->separator);
		buf_adds(out, "</text>");
	}
}

/* A text in grey with its middle at x. */
static void text_open(struct buf *out, int x, int foot)
{
	buf_adds(out, "<text class=\"ax\" text-anchor=\"middle\"");
	chart_attr(out, "x", x);
	chart_attr(out, "y", foot);
	buf_addc(out, '>');
}

static void draw_year(const struct chart_plot *p, size_t i)
{
	text_open(p->out, chart_x(p, i), p->bottom + YEARS_BELOW);
	buf_addint(p->out, p->chart->years[i]);
	buf_adds(p->out, "</text>");
}

void chart_under_year(const struct chart_plot *p, size_t year, const char *text)
{
	struct str s = str_of(text);
	int half = chart_text_width(s, false) / 2, x = chart_x(p, year);
	x = x > CHART_WIDTH - half ? CHART_WIDTH - half : x;
	text_open(p->out, x < half ? half : x, p->bottom + YEARS_BELOW + CHART_LINE);
	html_text(p->out, s);
	buf_adds(p->out, "</text>");
}

/* The last and the first year, and from the right as many others as have
 * room; when some have none, each year gets a mark. */
static void draw_years(const struct chart_plot *p)
{
	size_t n = p->chart->nyears, shown = 0;
	int before = CHART_WIDTH * 2;
	for (size_t i = n; i-- > 0;) {
		int x = chart_x(p, i);
		bool edge = i == n - 1 || i == 0;
		if (before - x < YEAR_ROOM || (!edge && x - chart_x(p, 0) < YEAR_ROOM))
			continue;
		draw_year(p, i);
		before = x;
		shown++;
	}
	if (shown == n)
		return;
	buf_adds(p->out, "<path class=\"grid\" fill=\"none\" d=\"");
	for (size_t i = 0; i < n; i++) {
		bool drawing = false;
		chart_path(p->out, &drawing, chart_x(p, i), p->bottom);
		buf_adds(p->out, "v4");
	}
	buf_adds(p->out, "\"/>");
}

/* <title id="x-title">…</title> */
static void draw_name(struct buf *out, const char *tag, const char *id, const char *text)
{
	buf_addc(out, '<');
	buf_adds(out, tag);
	buf_adds(out, " id=\"");
	html_attr(out, str_of(id));
	buf_addc(out, '-');
	buf_adds(out, tag);
	buf_adds(out, "\">");
	html_text(out, str_of(text));
	buf_adds(out, "</");
	buf_adds(out, tag);
	buf_addc(out, '>');
}

void chart_begin(const struct chart_plot *p, const char *class, bool empty)
{
	const struct chart *c = p->chart;
	struct buf *out = p->out;

	buf_adds(out, "<svg class=\"chart ");
	buf_adds(out, class);
	buf_adds(out, "\" viewBox=\"0 0 ");
	chart_length(out, CHART_WIDTH);
	buf_addc(out, ' ');
	chart_length(out, p->height);
	buf_adds(out, "\"><g role=\"img\" aria-labelledby=\"");
	html_attr(out, str_of(c->id));
	buf_adds(out, "-title");
	if (c->description) {
		buf_addc(out, ' ');
		html_attr(out, str_of(c->id));
		buf_adds(out, "-desc");
	}
	buf_adds(out, "\">");
	draw_name(out, "title", c->id, c->title);
	if (c->description)
		draw_name(out, "desc", c->id, c->description);
	draw_grid(p);
	draw_years(p);
	if (!empty || !c->empty)
		return;
	text_open(out, (p->left + p->right) / 2, (p->top + p->bottom) / 2 - TEXT_SINK);
	html_text(out, str_of(c->empty));
	buf_adds(out, "</text>");
}

void chart_end(const struct chart_plot *p, const struct chart_label *labels, size_t n)
{
	for (size_t i = 0; i < n; i++)
		label_draw(p, &labels[i]);
	buf_adds(p->out, "</g>");
}

void chart_close(const struct chart_plot *p)
{
	buf_adds(p->out, "</svg>");
}

/* -- marks ------------------------------------------------------------------- */

void chart_path(struct buf *out, bool *drawing, int x, int y)
{
	buf_addc(out, *drawing ? 'L' : 'M');
	chart_length(out, x);
	buf_addc(out, ' ');
	chart_length(out, y);
	*drawing = true;
}

void chart_point(const struct chart_plot *p, const char *class, const char *extra, int radius,
    size_t year, struct frac number)
{
	struct buf *out = p->out;
	buf_adds(out, "<circle class=\"");
	buf_adds(out, class);
	buf_addc(out, '"');
	buf_adds(out, extra);
	chart_attr(out, "cx", chart_x(p, year));
	chart_attr(out, "cy", chart_y(p, number));
	chart_attr(out, "r", radius);
	buf_adds(out, "/>");
}

/* What a stop is called. */
static void name_stop(
    const struct chart_plot *p, size_t year, struct frac number, const char *name, const char *note)
{
	const struct chart *c = p->chart;
	struct buf *out = p->out;
	buf_addint(out, c->years[year]);
	buf_adds(out, ", ");
	html_attr(out, str_of(name));
	buf_adds(out, ": ");
	chart_number(out, c, number);
	if (c->unit) {
		buf_adds(out, "\u00A0");
		html_attr(out, str_of(c->unit));
	}
	if (note) {
		buf_adds(out, " (");
		html_attr(out, str_of(note));
		buf_addc(out, ')');
	}
}

/* The number stands above its point, or below where that is outside. */
void chart_stop(const struct chart_plot *p, const char *class, int radius, size_t year,
    struct frac number, const char *name, const char *note)
{
	struct buf *out = p->out;
	int y = chart_y(p, number);
	buf_adds(out, "<g class=\"stop\" tabindex=\"0\" role=\"img\" aria-label=\"");
	name_stop(p, year, number, name, note);
	buf_adds(out, "\">");
	chart_point(p, class, "", radius, year, number);
	buf_adds(out, "<text");
	chart_attr(out, "x", chart_x(p, year));
	chart_attr(out, "y", y - p->top < STOP_ROOM ? y + STOP_BELOW : y - STOP_ABOVE);
	buf_addc(out, '>');
	chart_number(out, p->chart, number);
	buf_adds(out, "</text></g>");
}

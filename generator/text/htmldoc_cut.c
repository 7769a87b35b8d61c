/*
 * The end of a page: its text is whole, so spans become texts. Headings are
 * put in order; those that only look like one, a line that is bold from end to
 * end, are looked at once more. Then links and headings are walked together:
 * the last heading before a link is the nearest, and those above it make its
 * path.
 */
#include "text/htmldoc_build.h"

#include <stdlib.h>

enum { BOLD_LEVEL = 8, LOOKS_BYTES = 300, LEVELS = 9 };

static struct str limited(struct str s, size_t limit)
{
	if (s.n > limit)
		for (s.n = limit; s.n && (s.p[s.n] & 0xC0) == 0x80;)
			s.n--;
	return s;
}

/* A span in one line, without blanks around; borrowed where it is one. */
static struct str cut(struct build *b, struct span span)
{
	struct str s = {b->out->text.p + span.from, 0};
	if (span.to > b->out->text.n)
		span.to = b->out->text.n;
	if (span.to <= span.from)
		return (struct str){"", 0};
	s.n = span.to - span.from;
	s = limited(str_trim(s), HTMLDOC_NAME);
	if (!memchr(s.p, '\n', s.n))
		return s;
	char *copy = arena_strndup(b->a, s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (copy[i] == '\n')
			copy[i] = ' ';
	return (struct str){copy, s.n};
}

static struct str joined(struct build *b, struct str x, struct str y, const char *between)
{
	if (!x.n || !y.n)
		return x.n ? x : y;
	if (x.n + y.n + strlen(between) > HTMLDOC_NAME)
		return y;
	const char *all = arena_printf(b->a, "%.*s%s%.*s", (int)x.n, x.p, between, (int)y.n, y.p);
	return str_of(all);
}

/* -- headings ------------------------------------------------------------------- */

/* Nothing else on its line but a colon? */
static bool fills_line(struct str text, struct span span)
{
	size_t from = span.from, to = span.to;
	while (from > 0 && text.p[from - 1] == ' ')
		from--;
	while (to < text.n && memchr(" :.", text.p[to], 3))
		to++;
	return (from == 0 || text.p[from - 1] == '\n') && (to == text.n || text.p[to] == '\n');
}

static int by_place(const void *x, const void *y)
{
	const struct build_heading *a = x, *b = y;
	if (a->span.from != b->span.from)
		return a->span.from < b->span.from ? -1 : 1;
	return a->level != b->level ? a->level - b->level
	                            : (a->span.to > b->span.to) - (a->span.to < b->span.to);
}

/* Keeps what is a heading; links are in the order of the text. */
static void sift(struct build *b)
{
	size_t kept = 0, link = 0;
	struct str text = b->out->text;
	for (size_t i = 0; i < b->nheadings; i++) {
		struct build_heading h = b->headings[i];
		if (h.span.to > text.n)
			h.span.to = text.n;
		if (h.span.to <= h.span.from)
			continue;
		while (link < b->nlinks && b->links[link].link.at < h.span.from)
			link++;
		bool has_link = link < b->nlinks && b->links[link].link.at < h.span.to;
		const struct build_heading *last = kept ? &b->headings[kept - 1] : NULL;
		bool same = last && last->span.from == h.span.from;
		if (same && last->level == h.level) /* one within the other */
			continue;
		bool looks = h.span.to - h.span.from <= LOOKS_BYTES && !same &&
		    (h.level < BOLD_LEVEL || (!has_link && fills_line(text, h.span)));
		if (h.level < 7 || looks)
			b->headings[kept++] = h;
	}
	b->nheadings = kept;
}

static void make_headings(struct build *b)
{
	struct htmldoc *out = b->out;
	size_t open[LEVELS + 1], depth = 0;
	if (b->nheadings)
		qsort(b->headings, b->nheadings, sizeof(*b->headings), by_place);
	sift(b);
	out->headings = arena_array(b->a, b->nheadings + 1, sizeof(*out->headings));
	out->nheadings = b->nheadings;
	for (size_t i = 0; i < b->nheadings; i++) {
		const struct build_heading *h = &b->headings[i];
		out->headings[i] = (struct htmldoc_heading){
		    cut(b, h->span), h->level, h->span.from, out->text.n, h->hidden};
		while (depth && out->headings[open[depth - 1]].level >= h->level)
			out->headings[open[--depth]].to = h->span.from;
		open[depth++] = i;
	}
}

/* -- links and marks ---------------------------------------------------------------- */

static void name_link(struct build *b, struct htmldoc_link *to, const struct build_link *l)
{
	*to = l->link;
	to->text = cut(b, l->text);
	to->around = cut(b, l->around);
	to->row =
	    joined(b, joined(b, cut(b, l->group), cut(b, l->row), ", "), cut(b, l->column), ", ");
	to->menu = l->menu;
	if (l->link.at > b->out->text.n)
		to->at = b->out->text.n;
}

/* A picture or a frame has no text of its own: then it stands where the heading
 * after it begins, and is over by then. */
static bool is_above(const struct build *b, size_t heading, size_t link)
{
	const struct build_heading *h = &b->headings[heading];
	const struct build_link *l = &b->links[link];
	return h->span.from <= l->link.at && (link >= h->first_link || l->text.to > h->span.from);
}

static void make_links(struct build *b)
{
	struct htmldoc *out = b->out;
	struct str path[LEVELS + 1] = {{"", 0}};
	size_t open[LEVELS + 1], depth = 0, next = 0;
	out->links = arena_array(b->a, 2 * b->nlinks + 1, sizeof(*out->links));
	for (size_t i = 0; i < b->nlinks; i++) {
		struct htmldoc_link *to = &out->links[out->nlinks++];
		name_link(b, to, &b->links[i]);
		for (; next < out->nheadings && is_above(b, next, i); next++) {
			while (depth &&
			    out->headings[open[depth - 1]].level >= out->headings[next].level)
				depth--;
			struct str above = depth ? path[depth - 1] : STR_NONE;
			path[depth] = joined(b, above, out->headings[next].text, " > ");
			open[depth++] = next;
		}
		if (depth) {
			to->heading = out->headings[open[depth - 1]].text;
			to->headings = path[depth - 1];
		}
		struct str file = build_viewed(b, to);
		if (file.n) {
			/* It comes first: of two that are as good, the file is found. */
			out->links[out->nlinks++] = *to;
			to->href = file;
		}
	}
}

static void make_props(struct build *b)
{
	struct htmldoc *out = b->out;
	out->props = arena_array(b->a, b->nprops + 1, sizeof(*out->props));
	out->nprops = b->nprops;
	for (size_t i = 0; i < b->nprops; i++) {
		out->props[i] = b->props[i].prop;
		if (!out->props[i].text.n)
			out->props[i].text = cut(b, b->props[i].text);
	}
}

static size_t count_letters(struct str text)
{
	size_t letters = 0, len;
	for (size_t i = 0; i < text.n; i += len)
		letters += utf8_is_word(utf8_decode(text.p + i, text.n - i, &len));
	return letters;
}

bool build_is_short(const struct build *b)
{
	return count_letters(buf_str(&b->text)) < HTMLDOC_LETTERS;
}

void build_cut(struct build *b)
{
	struct htmldoc *out = b->out;
	while (b->text.len && strchr(" \n", b->text.data[b->text.len - 1]))
		b->text.len--;
	out->text = buf_keep(b->a, &b->text);
	out->letters = count_letters(out->text);
	make_headings(b);
	make_links(b);
	make_props(b);
}

bool htmldoc_needs_scripts(const struct htmldoc *d)
{
	return d->letters < HTMLDOC_LETTERS && (d->scripts > 2 || (d->root && d->scripts > 0));
}

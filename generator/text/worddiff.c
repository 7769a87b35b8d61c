/*
 * Words become numbers, what both texts have at their beginnings and ends is
 * cut off, and the rest is compared with the greedy algorithm. Of each number
 * of edits the furthest places are kept, so that the way can be walked back;
 * WORDDIFF_EDITS bounds that memory.
 */
#include "text/worddiff.h"

#include "base/map.h"

#include <string.h>

/* A text as numbers: of words, or of paragraphs. */
struct side {
	struct str *words;
	size_t count;
	uint32_t *numbers; /* [n] */
	size_t *from;      /* [n + 1]: the word that each begins with */
	size_t n;
};

struct diffing {
	struct worddiff *out;
	struct arena *arena, own;
	struct side old, new;
};

/* -- words --------------------------------------------------------------------------- */

static struct str next_word(struct str *rest)
{
	size_t lines = 0, at = 0, len;
	for (; at < rest->n; at += len) {
		int32_t code = utf8_decode(rest->p + at, rest->n - at, &len);
		if (!utf8_is_space(code))
			break;
		lines += code == '\n';
	}
	struct str word = {rest->p + at, 0};
	if (lines > 1 && at < rest->n) {
		rest->p += at;
		rest->n -= at;
		return word; /* a blank line */
	}
	size_t begin = at;
	for (; at < rest->n; at += len)
		if (utf8_is_space(utf8_decode(rest->p + at, rest->n - at, &len)))
			break;
	word.n = at - begin;
	rest->p += at;
	rest->n -= at;
	return word;
}

static void cut_words(struct side *s, struct arena *a, struct str text)
{
	size_t cap = 0;
	bool first = true;
	while (text.n && s->count < WORDDIFF_WORDS) {
		struct str word = next_word(&text);
		if (!word.n && (!text.n || first))
			continue;
		first = false;
		s->words = arena_grow(a, s->words, s->count, &cap, sizeof(*s->words));
		s->words[s->count++] = word;
	}
}

static uint32_t number_of(struct map *numbers, struct str key)
{
	struct map_entry *e = map_entry(numbers, key);
	if (!e->value)
		e->value = (void *)(uintptr_t)numbers->count;
	return (uint32_t)(uintptr_t)e->value;
}

/* Paragraphs are cut after blank lines; their text goes from first to last. */
static void number_words(struct side *s, struct arena *a, struct map *numbers, bool paragraphs)
{
	s->n = 0;
	s->numbers = arena_array(a, s->count + 1, sizeof(*s->numbers));
	s->from = arena_array(a, s->count + 2, sizeof(*s->from));
	for (size_t i = 0, end; i < s->count; i = end) {
		end = i + 1;
		while (paragraphs && end < s->count && s->words[end - 1].n)
			end++;
		const struct str *last = &s->words[end - 1];
		struct str key = {s->words[i].p, (size_t)(last->p + last->n - s->words[i].p)};
		s->from[s->n] = i;
		s->numbers[s->n++] = number_of(numbers, key);
	}
	s->from[s->n] = s->count;
}

/* -- what is told -------------------------------------------------------------------------- */

static void tell(struct diffing *d, enum worddiff_kind kind, size_t from, size_t to)
{
	struct worddiff *out = d->out;
	const struct side *s = kind == WORDDIFF_REMOVED ? &d->old : &d->new;
	const struct str *words = s->words + s->from[from];
	size_t count = s->from[to] - s->from[from];
	struct worddiff_run *last = out->count ? &out->runs[out->count - 1] : NULL;
	if (!count)
		return;
	out->changed |= kind != WORDDIFF_SAME;
	if (last && last->kind == kind && last->words + last->count == words) {
		last->count += count;
		return;
	}
	out->runs = arena_grow(d->arena, out->runs, out->count, &out->cap, sizeof(*out->runs));
	out->runs[out->count++] = (struct worddiff_run){kind, words, count};
}

/* -- Myers ------------------------------------------------------------------------------------ */

/* A step of the way back: from here on both go on together. */
struct snake {
	size_t x, y, length;
};

struct greedy {
	const uint32_t *a, *b;
	size_t n, m;
	int64_t **reached; /* of each number of edits, by diagonal from -edits on */
};

static int64_t at(const struct greedy *g, int64_t edits, int64_t k)
{
	return k < -edits || k > edits ? -1 : g->reached[edits][k + edits];
}

/* The furthest x on diagonal k that `edits` edits lead to before going together. */
static int64_t step(const struct greedy *g, int64_t edits, int64_t k)
{
	if (edits == 0)
		return 0;
	int64_t down = at(g, edits - 1, k + 1), right = at(g, edits - 1, k - 1);
	return right + 1 > down ? right + 1 : down;
}

/* The number of edits, or -1: more than are looked for. */
static int64_t search(struct greedy *g, struct arena *own)
{
	int64_t n = (int64_t)g->n, m = (int64_t)g->m;
	g->reached = arena_array(own, WORDDIFF_EDITS + 1, sizeof(*g->reached));
	for (int64_t edits = 0; edits <= WORDDIFF_EDITS; edits++) {
		g->reached[edits] = arena_array(own, (size_t)(2 * edits + 1), sizeof(**g->reached));
		for (int64_t k = -edits; k <= edits; k++) {
			int64_t x = -1;
			if ((k + edits) % 2 == 0 && k <= n && -k <= m) {
				x = step(g, edits, k);
				while (x >= 0 && x - k >= 0 && x < n && x - k < m &&
				    g->a[x] == g->b[x - k])
					x++;
			}
			g->reached[edits][k + edits] = x > n || x - k > m ? -1 : x;
			if (x == n && x - k == m)
				return edits;
		}
	}
	return -1;
}

static void walk_back(struct diffing *d, const struct greedy *g, int64_t edits, size_t skip)
{
	int64_t x = (int64_t)g->n, y = (int64_t)g->m;
	struct snake *snakes = arena_array(&d->own, (size_t)edits + 1, sizeof(*snakes));
	for (int64_t e = edits; e >= 0; e--) {
		int64_t k = x - y, begin = step(g, e, k);
		snakes[e] = (struct snake){(size_t)begin, (size_t)(begin - k), (size_t)(x - begin)};
		if (e == 0)
			break;
		bool right = at(g, e - 1, k - 1) + 1 > at(g, e - 1, k + 1);
		x = right ? begin - 1 : begin;
		y = begin - k - !right;
	}
	size_t old = 0, new = 0;
	for (int64_t e = 0; e <= edits; e++) {
		const struct snake *s = &snakes[e];
		if (e < edits && !s->length)
			continue;
		tell(d, WORDDIFF_REMOVED, skip + old, skip + s->x);
		tell(d, WORDDIFF_ADDED, skip + new, skip + s->y);
		tell(d, WORDDIFF_SAME, skip + s->y, skip + s->y + s->length);
		old = s->x + s->length;
		new = s->y + s->length;
	}
}

/* -1 when there is too much to compare. */
static int compare(struct diffing *d, bool paragraphs)
{
	struct map numbers = MAP_INIT(&d->own);
	number_words(&d->old, &d->own, &numbers, paragraphs);
	number_words(&d->new, &d->own, &numbers, paragraphs);
	size_t head = 0, tail = 0, n = d->old.n, m = d->new.n;
	while (head < n && head < m && d->old.numbers[head] == d->new.numbers[head])
		head++;
	while (tail < n - head && tail < m - head &&
	    d->old.numbers[n - tail - 1] == d->new.numbers[m - tail - 1])
		tail++;
	struct greedy g = {
	    d->old.numbers + head, d->new.numbers + head, n - head - tail, m - head - tail, NULL};
	int64_t edits = search(&g, &d->own);
	if (edits < 0 && !paragraphs)
		return -1;
	tell(d, WORDDIFF_SAME, 0, head);
	if (edits < 0) {
		tell(d, WORDDIFF_REMOVED, head, n - tail);
		tell(d, WORDDIFF_ADDED, head, m - tail);
	} else {
		walk_back(d, &g, edits, head);
	}
	tell(d, WORDDIFF_SAME, m - tail, m);
	return 0;
}

void worddiff(struct worddiff *out, struct arena *a, struct str old, struct str new)
{
	struct diffing d = {.out = out, .arena = a, .own = ARENA_INIT};
	*out = (struct worddiff){.runs = NULL};
	cut_words(&d.old, a, old);
	cut_words(&d.new, a, new);
	if (compare(&d, false) < 0)
		compare(&d, true);
	arena_clear(&d.own);
}

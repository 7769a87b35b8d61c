/*
 * Every hidden count has a range. Each total tightens the ranges of its hidden
 * members by those of the others, each part and whole tighten one another,
 * until nothing changes. Ranges only shrink and always hold the true value, so
 * stopping early would find too little and never too much.
 */
#include "compute/guess.h"

#include <string.h>

enum { FEW = 3, ROUNDS = 32 };
static const int64_t COUNT_MOST = 1000000000000; /* sums of these fit */

struct range {
	int64_t low, high; /* INT64_MAX: no bound */
};

struct work {
	const struct guess *g;
	struct range *ranges;
	bool changed;
};

static size_t place(const struct work *w, int layer, size_t cell)
{
	return (size_t)layer * w->g->sums->ncells + cell;
}

static void at_most(struct work *w, size_t at, int64_t high)
{
	if (high < w->ranges[at].high) {
		w->ranges[at].high = high;
		w->changed = true;
	}
}

static void at_least(struct work *w, size_t at, int64_t low)
{
	if (low > w->ranges[at].low) {
		w->ranges[at].low = low;
		w->changed = true;
	}
}

/* What the hidden members of a total have together. */
struct rest {
	int64_t left; /* of the published number */
	int64_t low, high;
	size_t open; /* members without an upper bound */
	bool whole;  /* nothing but the members is in the total */
};

/* False where the total says nothing: not published as a count, or one of its
 * cells is not known, or they do not add up. */
static bool read_rest(const struct work *w, const struct sums_total *t, struct rest *r)
{
	const struct sums *s = w->g->sums;
	int64_t all = 0;

	*r = (struct rest){.left = t->published};
	for (size_t i = 0; i < t->count; i++) {
		size_t at = place(w, t->layer, t->members[i]);
		int64_t value = w->g->values[at];
		if (value < 0 || value > COUNT_MOST)
			return false;
		all += value;
		if (!s->cells[t->members[i]].hidden) {
			r->left -= value;
			continue;
		}
		r->low += w->ranges[at].low;
		if (w->ranges[at].high > COUNT_MOST)
			r->open++;
		else
			r->high += w->ranges[at].high;
	}
	r->whole = all == t->published;
	return t->published >= all;
}

static void use_total(struct work *w, const struct sums_total *t)
{
	struct rest r;
	if (t->hidden || t->published < 0 || !read_rest(w, t, &r))
		return;
	for (size_t i = 0; i < t->count; i++) {
		size_t at = place(w, t->layer, t->members[i]);
		struct range own = w->ranges[at];
		if (!w->g->sums->cells[t->members[i]].hidden)
			continue;
		bool open = own.high > COUNT_MOST;
		at_most(w, at, r.left - (r.low - own.low));
		if (r.whole && r.open == (open ? 1 : 0))
			at_least(w, at, r.left - (r.high - (open ? 0 : own.high)));
	}
}

static void part_of(struct work *w, size_t part, size_t whole)
{
	if (w->g->values[part] < 0 || w->g->values[whole] < w->g->values[part])
		return;
	at_most(w, part, w->ranges[whole].high);
	at_least(w, whole, w->ranges[part].low);
}

static void use_wholes(struct work *w)
{
	const struct sums *s = w->g->sums;
	for (size_t i = 0; i < s->ncells; i++) {
		if (!s->cells[i].hidden)
			continue;
		for (int layer = 1; layer < s->layers; layer++)
			part_of(w, place(w, layer, i), place(w, layer - 1, i));
		size_t whole = w->g->whole ? w->g->whole[i] : s->ncells;
		if (whole < s->ncells && s->cells[whole].hidden)
			part_of(w, i, whole);
	}
}

void guess_narrow(const struct guess *g, struct arena *scratch, bool *narrow)
{
	const struct sums *s = g->sums;
	size_t places = (size_t)s->layers * s->ncells;
	struct work w = {g, arena_array(scratch, places + 1, sizeof(*w.ranges)), true};

	for (size_t i = 0; i < places; i++)
		w.ranges[i].high = g->most ? g->most[i] : INT64_MAX;
	for (int round = 0; round < ROUNDS && w.changed; round++) {
		w.changed = false;
		for (size_t i = 0; i < s->ntotals; i++)
			use_total(&w, &s->totals[i]);
		use_wholes(&w);
	}
	memset(narrow, 0, s->ncells * sizeof(*narrow));
	for (size_t i = 0; i < places; i++) {
		struct range r = w.ranges[i];
		if (s->cells[i % s->ncells].hidden && g->values[i] >= 0 && r.high <= COUNT_MOST &&
		    r.high - r.low + 1 < FEW)
			narrow[i % s->ncells] = true;
	}
}

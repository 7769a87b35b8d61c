/*
 * A state holds the rows of one version with their commits: an open-addressed
 * table by digest. A commit takes over the state of its first parent and
 * enters the differences: a row that comes is looked for among the rows of all
 * parents, then the rows that leave are counted off. Where nobody else waits
 * for that state it is changed in place, else copied, so a straight history
 * needs one. Commits that share a version share its state.
 *
 * Rows that say the same in one version have one origin, because the origin
 * of a row follows from what it says and the commit alone; so equal rows are
 * one entry with a count.
 */
#include "compute/origin.h"

#include <stdlib.h>
#include <string.h>

struct state {
	struct origin *slots; /* [cap], a power of two; count 0: no row, or one that left */
	size_t cap, used;     /* used: slots that are or were taken */
	size_t waiting;       /* steps that will still ask for it */
};

struct walk {
	const struct origin_table *t;
	struct state **states; /* of each commit; NULL: no rows */
	size_t *waiting;       /* children of each commit that are still to come */
	struct arena scratch;  /* of one step */
};

enum { SLOTS_LEAST = 64 };

/* -- states ------------------------------------------------------------------ */

static struct state *state_new(size_t rows)
{
	struct state *s = xmalloc(sizeof(*s));
	*s = (struct state){.cap = SLOTS_LEAST};
	while (s->cap < rows * 2)
		s->cap *= 2;
	s->slots = xmalloc(s->cap * sizeof(*s->slots));
	memset(s->slots, 0, s->cap * sizeof(*s->slots));
	return s;
}

static void state_free(struct state *s)
{
	free(s->slots);
	free(s);
}

/* Digest 0 means an empty slot, so it goes as another one. */
static uint64_t filled(uint64_t digest)
{
	return digest ? digest : 1;
}

/* The slot of a digest, or the empty one where it belongs. */
static struct origin *slot_of(const struct state *s, uint64_t digest)
{
	size_t i = (size_t)digest & (s->cap - 1);
	while (s->slots[i].digest && s->slots[i].digest != digest)
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static const struct origin *find(const struct state *s, uint64_t digest)
{
	const struct origin *o = s ? slot_of(s, filled(digest)) : NULL;
	return o && o->count ? o : NULL;
}

static void put(struct state *s, struct origin o)
{
	struct origin *slot = slot_of(s, o.digest);
	s->used += !slot->digest;
	*slot = o;
}

static void copy_rows(struct state *to, const struct state *from)
{
	for (size_t i = 0; from && i < from->cap; i++)
		if (from->slots[i].count)
			put(to, from->slots[i]);
}

/* Room for some more rows; rows that left are forgotten. */
static void make_room(struct state *s, size_t rows)
{
	if ((s->used + rows) * 4 <= s->cap * 3)
		return;
	struct state *larger = state_new(s->used + rows);
	copy_rows(larger, s);
	free(s->slots);
	s->slots = larger->slots;
	s->cap = larger->cap;
	s->used = larger->used;
	free(larger);
}

/* -- steps ------------------------------------------------------------------- */

static void let_go(struct walk *w, uint32_t commit)
{
	struct state *s = w->states[commit];
	w->waiting[commit]--;
	if (s && --s->waiting == 0)
		state_free(s);
	if (!w->waiting[commit])
		w->states[commit] = NULL;
}

static void attach(struct walk *w, size_t commit, struct state *s)
{
	w->states[commit] = s;
	if (s && (s->waiting += w->waiting[commit]) == 0) {
		state_free(s); /* a commit that nothing leads to */
		w->states[commit] = NULL;
	}
}

/* The state of the first parent, to be changed: it itself, when this is the
 * last step that asks for it. */
static struct state *take_over(struct walk *w, const struct origin_commit *c, size_t rows)
{
	struct state *s = c->nparents ? w->states[c->parents[0]] : NULL;
	if (s && s->waiting == 1) {
		/* let_go() of this parent finds nothing to free */
		w->states[c->parents[0]] = NULL;
		s->waiting = 0;
		make_room(s, rows);
		return s;
	}
	struct state *own = state_new((s ? s->used : 0) + rows);
	copy_rows(own, s);
	return own;
}

/* A row that comes: from the first parent that has it, else from here. */
static void enter(
    struct walk *w, const struct origin_commit *c, struct state *s, size_t commit, uint64_t digest)
{
	struct origin *slot = slot_of(s, filled(digest));
	if (slot->count) {
		slot->count++;
		return;
	}
	struct origin o = {filled(digest), (uint32_t)commit, 1};
	for (size_t i = 1; i < c->nparents; i++) {
		const struct origin *there = find(w->states[c->parents[i]], digest);
		if (there) {
			o.commit = there->commit;
			break;
		}
	}
	put(s, o);
}

static void leave(struct state *s, uint64_t digest)
{
	struct origin *slot = slot_of(s, filled(digest));
	if (slot->count)
		slot->count--;
}

static struct state *step(struct walk *w, size_t commit)
{
	const struct origin_table *t = w->t;
	const struct origin_commit *c = &t->commits[commit];
	uint32_t from = c->nparents ? t->versions[c->parents[0]] : ORIGIN_NONE;
	uint32_t to = t->versions[commit];
	if (from == to)
		return c->nparents ? w->states[c->parents[0]] : NULL;
	if (to == ORIGIN_NONE)
		return NULL;
	struct row_digests removed = ROW_DIGESTS_INIT(&w->scratch), added = removed;
	t->differ(t->payload, from, to, &removed, &added);
	struct state *s = take_over(w, c, added.count);
	for (size_t i = 0; i < added.count; i++)
		enter(w, c, s, commit, added.items[i].digest);
	for (size_t i = 0; i < removed.count; i++)
		leave(s, removed.items[i].digest);
	arena_clear(&w->scratch);
	return s;
}

static struct state *state_of_seed(const struct origins *seed)
{
	struct state *s = state_new(seed->count);
	for (size_t i = 0; i < seed->count; i++)
		put(s, seed->items[i]);
	return s;
}

static struct origins result(struct arena *a, const struct state *s)
{
	struct origins out = {0};
	if (!s)
		return out;
	out.items = arena_array(a, s->used, sizeof(*out.items));
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i].count)
			out.items[out.count++] = s->slots[i];
	return out;
}

struct origins origin_find(struct arena *a, const struct origin_table *t)
{
	struct arena own = ARENA_INIT;
	struct walk w = {.t = t};
	w.states = arena_array(&own, t->count + 1, sizeof(*w.states));
	w.waiting = arena_array(&own, t->count + 1, sizeof(*w.waiting));
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->commits[i].nparents; k++)
			w.waiting[t->commits[i].parents[k]]++;
	if (t->count)
		w.waiting[0]++; /* the result */
	for (size_t i = t->count; i-- > 0;) {
		bool seeded = t->seed && i == t->count - 1;
		struct state *s = seeded ? state_of_seed(t->seed) : step(&w, i);
		attach(&w, i, s);
		for (size_t k = 0; k < t->commits[i].nparents; k++)
			let_go(&w, t->commits[i].parents[k]);
	}
	struct origins out = result(a, t->count ? w.states[0] : NULL);
	if (t->count)
		let_go(&w, 0);
	arena_clear(&own);
	return out;
}

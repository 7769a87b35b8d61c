/*
 * What a municipal row says is what its only school says. The schools that
 * have the number are counted first (for results by procedure and year, for
 * the context by year and metric), then the municipal rows are looked at.
 */
#include "compute/complement.h"
#include "compute/sitting.h"

struct tally {
	uint32_t schools, hidden;
};

static struct tally *tallies_of(
    struct map *all, struct arena *a, const int32_t key[2], size_t count)
{
	struct map_entry *e = map_entry(all, (struct str){(const char *)key, 2 * sizeof(*key)});
	if (!e->value)
		e->value = arena_array(a, count, sizeof(struct tally));
	return e->value;
}

static void count_result(
    struct disclosure *x, const struct result *r, struct map *all, struct arena *scratch)
{
	int32_t key[2] = {(int32_t)r->procedure->row.index, r->year};
	struct tally *t = tallies_of(all, scratch, key, 1);
	if (r->scope == SCOPE_SCHOOL) {
		t->schools++;
		t->hidden += x->result_hidden[r->row.index];
	} else if (t->schools == 1 && t->hidden == 1) {
		x->result_hidden[r->row.index] = true;
	}
}

static void count_context(
    struct disclosure *x, const struct context *c, struct map *all, struct arena *scratch)
{
	int32_t key[2] = {-1, c->year};
	struct tally *t = tallies_of(all, scratch, key, x->nmetrics);
	for (size_t i = 0; i < x->nmetrics; i++) {
		bool *hidden = &x->context_hidden[c->row.index * x->nmetrics + i];
		if (!c->values[i].set)
			continue;
		if (c->scope == SCOPE_SCHOOL) {
			t[i].schools++;
			t[i].hidden += *hidden;
		} else if (t[i].schools == 1 && t[i].hidden == 1) {
			*hidden = true;
		}
	}
}

void complement_single_school(struct disclosure *x)
{
	static const int scopes[] = {SCOPE_SCHOOL, SCOPE_MUNICIPALITY};
	const struct department *d = x->department;
	struct arena scratch = ARENA_INIT;
	struct map all = MAP_INIT(&scratch);

	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < d->nresults; i++)
			if (d->results[i].procedure && d->results[i].scope == scopes[pass] &&
			    sitting_was_held(&d->results[i]))
				count_result(x, &d->results[i], &all, &scratch);
		for (size_t i = 0; i < d->ncontext; i++)
			if (d->context[i].scope == scopes[pass])
				count_context(x, &d->context[i], &all, &scratch);
	}
	arena_clear(&scratch);
}

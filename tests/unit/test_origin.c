/*
 * Random histories: branches, merges, rows changed, renamed, deleted, put back,
 * doubled and sorted. The commit of each row is looked for a second time by the
 * rule as it is written, commit by commit.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "compute/origin.h"
#include "support_random.h"

enum { HISTORIES = 500, COMMITS = 40, ROWS = 14, KEYS = 10, VALUES = 3 };

/* A row is key * VALUES + value; what it says is its digest. */
struct version {
	uint32_t rows[ROWS];
	size_t count;
};

struct story {
	struct origin_commit commits[COMMITS];
	uint32_t parents[COMMITS][3];
	struct version tables[COMMITS]; /* of each commit; versions[] says whether there is one */
	uint32_t versions[COMMITS];
	size_t count;
};

static uint64_t digest_of(uint32_t row)
{
	return row * 0x9e3779b97f4a7c15u + 7;
}

static uint32_t any(uint64_t *r, uint32_t below)
{
	return random_number(r, below);
}

static void change(uint64_t *r, struct version *v)
{
	uint32_t row = any(r, KEYS * VALUES);
	size_t i = v->count ? any(r, (uint32_t)v->count) : 0;
	switch (any(r, 6)) {
	case 0: /* one more, perhaps a second time, perhaps one that was there before */
		if (v->count < ROWS)
			v->rows[v->count++] = row;
		break;
	case 1: /* one less */
		if (v->count)
			v->rows[i] = v->rows[--v->count];
		break;
	case 2: /* another value */
		if (v->count)
			v->rows[i] = v->rows[i] / VALUES * VALUES + row % VALUES;
		break;
	case 3: /* another key */
		if (v->count)
			v->rows[i] = row / VALUES * VALUES + v->rows[i] % VALUES;
		break;
	case 4: /* another order */
		for (size_t k = v->count; k > 1; k--) {
			size_t other = any(r, (uint32_t)k);
			uint32_t swap = v->rows[k - 1];
			v->rows[k - 1] = v->rows[other];
			v->rows[other] = swap;
		}
		break;
	default:
		break;
	}
}

/* A row of one parent or of the other, as a merge gives them. */
static void merge(uint64_t *r, struct version *v, const struct version *other)
{
	for (size_t i = 0; i < other->count && v->count < ROWS; i++)
		if (any(r, 2))
			v->rows[v->count++] = other->rows[i];
}

static void tell(uint64_t *r, struct story *s)
{
	s->count = 2 + any(r, COMMITS - 2);
	for (size_t c = s->count; c-- > 0;) {
		size_t older = s->count - 1 - c, n = 0;
		struct version *v = &s->tables[c];
		*v = (struct version){0};
		if (older > 0)
			n = any(r, 8) == 0 ? 0 : 1u + (any(r, 3) == 0) + (any(r, 12) == 0);
		for (size_t k = 0; k < n; k++)
			s->parents[c][k] =
			    (uint32_t)(c + 1 + any(r, older < 4 ? (uint32_t)older : 4));
		s->commits[c] = (struct origin_commit){s->parents[c], n};
		if (n)
			*v = s->tables[s->parents[c][0]];
		for (size_t k = 1; k < n; k++)
			merge(r, v, &s->tables[s->parents[c][k]]);
		bool same = any(r, 4) == 0;
		for (uint32_t k = any(r, 3); !same && k > 0; k--)
			change(r, v);
		s->versions[c] = (uint32_t)c;
		if (any(r, 12) == 0) { /* the file is deleted */
			*v = (struct version){0};
			s->versions[c] = ORIGIN_NONE;
		} else if (n && memcmp(v, &s->tables[s->parents[c][0]], sizeof(*v)) == 0) {
			s->versions[c] = s->versions[s->parents[c][0]];
		}
	}
}

static void give(struct row_digests *out, const struct version *v)
{
	for (size_t i = 0; i < v->count; i++) {
		out->items =
		    arena_grow(out->arena, out->items, out->count, &out->cap, sizeof(*out->items));
		out->items[out->count++].digest = digest_of(v->rows[i]);
	}
}

static void differ(void *payload, uint32_t from, uint32_t to, struct row_digests *removed,
    struct row_digests *added)
{
	struct story *s = payload;
	if (from != ORIGIN_NONE)
		give(removed, &s->tables[from]);
	if (to != ORIGIN_NONE)
		give(added, &s->tables[to]);
}

static bool has(const struct story *s, uint32_t commit, uint32_t row)
{
	const struct version *v = &s->tables[commit];
	for (size_t i = 0; i < v->count; i++)
		if (v->rows[i] / VALUES == row / VALUES && v->rows[i] % VALUES == row % VALUES)
			return true;
	return false;
}

static uint32_t slow_origin(const struct story *s, uint32_t commit, uint32_t row)
{
	for (size_t k = 0; k < s->commits[commit].nparents; k++)
		if (has(s, s->parents[commit][k], row))
			return slow_origin(s, s->parents[commit][k], row);
	return commit;
}

static const struct origin *find(const struct origins *o, uint64_t digest)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->items[i].digest == digest)
			return &o->items[i];
	return NULL;
}

static void check_story(const struct story *s, const struct origins *found, uint32_t at)
{
	const struct version *v = &s->tables[at];
	size_t rows = 0;
	for (size_t i = 0; i < v->count; i++) {
		const struct origin *o = find(found, digest_of(v->rows[i]));
		assert_non_null(o);
		assert_int_equal(o->commit, slow_origin(s, at, v->rows[i]));
	}
	for (size_t i = 0; i < found->count; i++)
		rows += found->items[i].count;
	assert_int_equal(rows, v->count);
}

static void test_random(void **state)
{
	uint64_t r = 5;
	struct story *s = calloc(1, sizeof(*s));
	(void)state;
	for (int i = 0; i < HISTORIES; i++) {
		struct arena a = ARENA_INIT;
		tell(&r, s);
		const struct origin_table t = {.commits = s->commits,
		    .versions = s->versions,
		    .count = s->count,
		    .payload = s,
		    .differ = differ};
		struct origins found = origin_find(&a, &t);
		check_story(s, &found, 0);
		arena_clear(&a);
	}
	free(s);
}

/* A straight history in two runs, the second beginning where the first ended. */
static void test_seed(void **state)
{
	uint64_t r = 6;
	struct story *s = calloc(1, sizeof(*s));
	(void)state;
	for (int i = 0; i < 100; i++) {
		struct arena a = ARENA_INIT;
		tell(&r, s);
		uint32_t n = (uint32_t)s->count, cut = any(&r, n);
		for (uint32_t c = 0; c < n; c++) {
			s->parents[c][0] = c + 1;
			s->commits[c].nparents = c + 1 < n;
		}
		/* Of the older part commit number c is c - cut. */
		for (uint32_t c = cut; c < n; c++)
			s->parents[c][0] -= cut;
		const struct origin_table old = {.commits = s->commits + cut,
		    .versions = s->versions + cut,
		    .count = n - cut,
		    .payload = s,
		    .differ = differ};
		struct origins first = origin_find(&a, &old);
		for (size_t k = 0; k < first.count; k++)
			first.items[k].commit += cut + 1; /* past those of the newer part */
		s->commits[cut].nparents = 0;
		const struct origin_table new = {.commits = s->commits,
		    .versions = s->versions,
		    .count = cut + 1,
		    .seed = &first,
		    .payload = s,
		    .differ = differ};
		struct origins found = origin_find(&a, &new);
		for (size_t k = 0; k < found.count; k++)
			if (found.items[k].commit > cut)
				found.items[k].commit -= 1;
		for (uint32_t c = 0; c < n; c++) {
			s->parents[c][0] = c + 1;
			s->commits[c].nparents = c + 1 < n;
		}
		check_story(s, &found, 0);
		arena_clear(&a);
	}
	free(s);
}

static void test_nothing(void **state)
{
	struct arena a = ARENA_INIT;
	const struct origin_table t = {.count = 0};
	(void)state;
	assert_int_equal(origin_find(&a, &t).count, 0);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_random),
	    cmocka_unit_test(test_seed),
	    cmocka_unit_test(test_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The rows of both versions are walked over side by side. Bytes that are the
 * same are passed by, at places where a row begins in both; where they differ,
 * the nearest pair of equal rows a few rows on is looked for. Whatever is
 * paired that way, equal bytes under equal headers say the same, so that only
 * the rows in between have to be read, and not even those of them that
 * stand elsewhere among them (rows that were moved).
 *
 * Where the headers differ, all rows are read.
 */
#include "model/row_text.h"
#include "text/csv_cell.h"

#include <string.h>

enum { WINDOW = 6, STEP = 256 };

/* Rows that have no equal yet. */
struct rows {
	struct arena *arena;
	struct str *items;
	size_t count, cap;
};

struct side {
	struct str body;
	size_t at;
	char separator;
	struct rows rows;
};

static struct str row_at(const struct side *s, size_t at)
{
	size_t after = at < s->body.n ? csv_row_after(s->body, at, s->separator) : s->body.n;
	return (struct str){s->body.p + at, after - at};
}

static void take_row(struct side *s)
{
	struct rows *r = &s->rows;
	struct str row = row_at(s, s->at);
	r->items = arena_grow(r->arena, r->items, r->count, &r->cap, sizeof(*r->items));
	r->items[r->count++] = row;
	s->at += row.n;
}

static size_t same_bytes(struct str a, struct str b)
{
	size_t most = a.n < b.n ? a.n : b.n, n = 0;
	while (n + STEP <= most && memcmp(a.p + n, b.p + n, STEP) == 0)
		n += STEP;
	while (n < most && a.p[n] == b.p[n])
		n++;
	return n;
}

static struct str rest_of(const struct side *s)
{
	return (struct str){s->body.p + s->at, s->body.n - s->at};
}

/* A row that ends where the same bytes do may go on in one of the two. */
static void pass_same(struct side *a, struct side *b)
{
	size_t same = same_bytes(rest_of(a), rest_of(b)), passed = 0;
	if (same == a->body.n - a->at && same == b->body.n - b->at) {
		a->at += same;
		b->at += same;
		return;
	}
	for (size_t next = 0; next < same;
	     next = csv_row_after(a->body, a->at + passed, a->separator) - a->at)
		passed = next;
	a->at += passed;
	b->at += passed;
}

/* The rows that follow; of how many there are. */
static size_t look_ahead(const struct side *s, struct str rows[WINDOW + 1])
{
	size_t n = 0, at = s->at;
	for (; n <= WINDOW && at < s->body.n; n++) {
		rows[n] = row_at(s, at);
		at += rows[n].n;
	}
	return n;
}

/* Takes the rows before the nearest equal ones; one of each where none are. */
static void step_over(struct side *a, struct side *b)
{
	struct str x[WINDOW + 1], y[WINDOW + 1];
	size_t n = look_ahead(a, x), m = look_ahead(b, y);
	for (size_t distance = 1; distance <= 2 * WINDOW; distance++)
		for (size_t i = 0; i <= distance && i < n; i++) {
			size_t k = distance - i;
			if (k >= m || !str_eq(x[i], y[k]))
				continue;
			for (; i > 0; i--)
				take_row(a);
			for (; k > 0; k--)
				take_row(b);
			return;
		}
	if (n)
		take_row(a);
	if (m)
		take_row(b);
}

/* Leaves out the rows that both have, and joins the others. */
static struct str left_over(struct arena *a, const struct rows *rows, struct map *counts)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t i = 0; i < rows->count; i++) {
		struct str row = rows->items[i];
		struct map_entry *e = map_entry(counts, row);
		uintptr_t count = (uintptr_t)e->value;
		if (count) {
			e->value = (void *)(count - 1);
			continue;
		}
		buf_add(&out, row.p, row.n);
		if (row.n && row.p[row.n - 1] != '\n' && row.p[row.n - 1] != '\r')
			buf_addc(&out, '\n');
	}
	return buf_keep(a, &out);
}

static void count_rows(struct map *counts, const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct map_entry *e = map_entry(counts, rows->items[i]);
		e->value = (void *)((uintptr_t)e->value + 1);
	}
}

static struct str body_of(const struct row_text *v)
{
	return (struct str){v->text.p + v->body, v->text.n - v->body};
}

static void compare(struct row_digests *removed, struct row_digests *added, struct arena *own,
    const struct row_text *old, const struct row_text *new)
{
	struct side a = {.body = body_of(old), .separator = old->separator, .rows = {.arena = own}};
	struct side b = {.body = body_of(new), .separator = new->separator, .rows = {.arena = own}};
	while (a.at < a.body.n || b.at < b.body.n) {
		pass_same(&a, &b);
		step_over(&a, &b);
	}
	struct map in_old = MAP_INIT(own), in_new = MAP_INIT(own);
	count_rows(&in_old, &a.rows);
	count_rows(&in_new, &b.rows);
	row_text_digest(removed, own, old, left_over(own, &a.rows, &in_new));
	row_text_digest(added, own, new, left_over(own, &b.rows, &in_old));
}

void row_changes(struct row_digests *removed, struct row_digests *added, enum table_id id,
    struct str old, struct str new)
{
	struct arena own = ARENA_INIT;
	struct row_text a, b;
	row_text_open(&a, &own, id, row_text_decode(&own, old));
	row_text_open(&b, &own, id, row_text_decode(&own, new));
	if (a.readable && b.readable && a.separator == b.separator && str_eq(a.header, b.header)) {
		compare(removed, added, &own, &a, &b);
	} else {
		row_text_digest(removed, &own, &a, body_of(&a));
		row_text_digest(added, &own, &b, body_of(&b));
	}
	arena_clear(&own);
}

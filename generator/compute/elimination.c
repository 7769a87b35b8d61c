/*
 * Shown cells are known and fall out of every total, so what remains is a
 * system of 0 and 1 over the hidden cells. Hidden cells that stand in the same
 * totals cannot be told apart: they are one column, and none of them is
 * determined when there are two or more. That keeps the matrix as small as the
 * number of different totals, whatever the number of schools.
 *
 * In the reduced matrix a row with a single entry gives its column away. An
 * entry that no longer fits a fraction makes all single columns count as given
 * away, which hides too much rather than too little.
 */
#include "compute/elimination.h"

#include "base/decimal.h"
#include "base/map.h"

#include <string.h>

struct sums_total *sums_total(struct sums *s, int layer, uint32_t source)
{
	s->totals = arena_grow(s->arena, s->totals, s->ntotals, &s->totals_cap, sizeof(*s->totals));
	struct sums_total *t = &s->totals[s->ntotals++];
	*t = (struct sums_total){.layer = layer, .source = source, .published = -1};
	return t;
}

void sums_member(struct sums *s, struct sums_total *t, size_t cell)
{
	t->members = arena_grow(s->arena, t->members, t->count, &t->cap, sizeof(*t->members));
	t->members[t->count++] = (uint32_t)cell;
}

static bool has_member(const struct sums_total *t, size_t cell)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->members[i] == cell)
			return true;
	return false;
}

/* -- columns ---------------------------------------------------------------- */

struct column {
	uint32_t cell;  /* the first */
	uint32_t cells; /* how many stand in the same totals */
};

struct matrix {
	struct column *columns;
	size_t ncolumns, nrows;
	struct frac *entries; /* [nrows][ncolumns] */
};

/* For each hidden cell the totals it stands in, as a row of bits. */
static unsigned char *signatures(
    const struct sums *s, struct arena *a, int layer, size_t width, const uint32_t *rows)
{
	unsigned char *bits = arena_array(a, s->ncells + 1, width);
	for (size_t i = 0; i < s->ntotals; i++) {
		const struct sums_total *t = &s->totals[i];
		if (t->hidden || t->layer != layer)
			continue;
		for (size_t j = 0; j < t->count; j++)
			if (s->cells[t->members[j]].hidden)
				bits[t->members[j] * width + rows[i] / 8] |=
				    (unsigned char)(1U << rows[i] % 8);
	}
	return bits;
}

static bool no_bits(const unsigned char *bits, size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (bits[i])
			return false;
	return true;
}

static void fill_columns(struct matrix *m, const struct sums *s, struct arena *a,
    const unsigned char *bits, size_t width)
{
	struct map classes = MAP_INIT(a);
	m->columns = arena_array(a, s->ncells + 1, sizeof(*m->columns));
	for (size_t i = 0; i < s->ncells; i++) {
		const unsigned char *own = bits + i * width;
		if (!s->cells[i].hidden || no_bits(own, width))
			continue;
		struct map_entry *e = map_entry(&classes, (struct str){(const char *)own, width});
		if (!e->value) {
			e->value = &m->columns[m->ncolumns++];
			((struct column *)e->value)->cell = (uint32_t)i;
		}
		((struct column *)e->value)->cells++;
	}
}

static struct matrix make_matrix(const struct sums *s, struct arena *a, int layer)
{
	struct matrix m = {NULL, 0, 0, NULL};
	uint32_t *rows = arena_array(a, s->ntotals + 1, sizeof(*rows));
	for (size_t i = 0; i < s->ntotals; i++)
		if (!s->totals[i].hidden && s->totals[i].layer == layer)
			rows[i] = (uint32_t)m.nrows++;
	size_t width = m.nrows / 8 + 1;
	const unsigned char *bits = signatures(s, a, layer, width, rows);
	fill_columns(&m, s, a, bits, width);
	m.entries = arena_array(a, m.nrows * m.ncolumns + 1, sizeof(*m.entries));
	for (size_t row = 0; row < m.nrows; row++)
		for (size_t c = 0; c < m.ncolumns; c++) {
			const unsigned char *own = bits + m.columns[c].cell * width;
			m.entries[row * m.ncolumns + c] =
			    (struct frac){own[row / 8] >> row % 8 & 1, 1};
		}
	return m;
}

/* -- elimination ------------------------------------------------------------ */

static void swap_rows(struct matrix *m, size_t x, size_t y)
{
	for (size_t c = 0; c < m->ncolumns && x != y; c++) {
		struct frac keep = m->entries[x * m->ncolumns + c];
		m->entries[x * m->ncolumns + c] = m->entries[y * m->ncolumns + c];
		m->entries[y * m->ncolumns + c] = keep;
	}
}

/* row -= factor · pivot row; -1 when a number does not fit. */
static int subtract(struct matrix *m, size_t row, size_t pivot, struct frac factor)
{
	for (size_t c = 0; c < m->ncolumns; c++) {
		struct frac *to = &m->entries[row * m->ncolumns + c];
		const struct frac *from = &m->entries[pivot * m->ncolumns + c];
		if (from->num == 0)
			continue;
		struct frac part = from->num == from->den ? factor : frac_mul(factor, *from);
		*to = frac_sub(*to, part);
		if (!frac_is_set(*to))
			return -1;
	}
	return 0;
}

static int clear_column(struct matrix *m, size_t pivot, size_t c)
{
	struct frac head = m->entries[pivot * m->ncolumns + c];
	for (size_t row = 0; row < m->nrows; row++) {
		struct frac entry = m->entries[row * m->ncolumns + c];
		if (row != pivot && entry.num != 0 &&
		    subtract(m, row, pivot, frac_div(entry, head)))
			return -1;
	}
	return 0;
}

static int reduce(struct matrix *m)
{
	size_t pivot = 0;
	for (size_t c = 0; c < m->ncolumns && pivot < m->nrows; c++) {
		size_t row = pivot;
		while (row < m->nrows && m->entries[row * m->ncolumns + c].num == 0)
			row++;
		if (row == m->nrows)
			continue;
		swap_rows(m, row, pivot);
		if (clear_column(m, pivot, c))
			return -1;
		pivot++;
	}
	return 0;
}

/* The only column with an entry, or ncolumns. */
static size_t only_entry(const struct matrix *m, size_t row)
{
	size_t found = m->ncolumns;
	for (size_t c = 0; c < m->ncolumns; c++) {
		if (m->entries[row * m->ncolumns + c].num == 0)
			continue;
		if (found != m->ncolumns)
			return m->ncolumns;
		found = c;
	}
	return found;
}

size_t sums_determined(const struct sums *s, int layer, bool *determined)
{
	struct arena scratch = ARENA_INIT;
	struct matrix m = make_matrix(s, &scratch, layer);
	bool overflow = reduce(&m) != 0;
	size_t count = 0;

	memset(determined, 0, s->ncells * sizeof(*determined));
	for (size_t row = 0; row < m.nrows && !overflow; row++) {
		size_t c = only_entry(&m, row);
		if (c < m.ncolumns && m.columns[c].cells == 1)
			determined[m.columns[c].cell] = true;
	}
	for (size_t c = 0; c < m.ncolumns && overflow; c++)
		determined[m.columns[c].cell] = m.columns[c].cells == 1;
	for (size_t i = 0; i < s->ncells; i++)
		count += determined[i];
	arena_clear(&scratch);
	return count;
}

/* -- hiding more ------------------------------------------------------------ */

/* The next larger shown cell that shares a total with `cell`: by group, then
 * by place; after (group, place). ncells when there is none. */
static size_t next_candidate(const struct sums *s, int layer, size_t cell, size_t after)
{
	size_t best = s->ncells;
	for (size_t i = 0; i < s->ntotals; i++) {
		const struct sums_total *t = &s->totals[i];
		if (t->hidden || t->layer != layer || !has_member(t, cell))
			continue;
		for (size_t j = 0; j < t->count; j++) {
			size_t c = t->members[j];
			int64_t group = s->cells[c].group;
			if (s->cells[c].hidden)
				continue;
			if (after < s->ncells &&
			    (group < s->cells[after].group ||
			        (group == s->cells[after].group && c <= after)))
				continue;
			if (best == s->ncells || group < s->cells[best].group ||
			    (group == s->cells[best].group && c < best))
				best = c;
		}
	}
	return best;
}

/* Hide the smallest cell that frees `cell`. */
static bool hide_cell(struct sums *s, int layer, size_t cell, bool *determined)
{
	size_t candidate = s->ncells;
	while ((candidate = next_candidate(s, layer, cell, candidate)) < s->ncells) {
		s->cells[candidate].hidden = true;
		sums_determined(s, layer, determined);
		if (!determined[cell])
			return true;
		s->cells[candidate].hidden = false;
	}
	return false;
}

static void set_source(struct sums *s, uint32_t source, bool hidden)
{
	for (size_t i = 0; i < s->ntotals; i++)
		if (s->totals[i].source == source)
			s->totals[i].hidden = hidden;
}

/* Hide the total that frees `cell`; where no single one does, all that it
 * stands in. */
static void hide_total(struct sums *s, int layer, size_t cell, bool *determined)
{
	for (size_t i = s->ntotals; i-- > 0;) {
		const struct sums_total *t = &s->totals[i];
		if (t->hidden || t->layer != layer || !has_member(t, cell))
			continue;
		set_source(s, t->source, true);
		sums_determined(s, layer, determined);
		if (!determined[cell])
			return;
		set_source(s, t->source, false);
	}
	for (size_t i = 0; i < s->ntotals; i++)
		if (s->totals[i].layer == layer && has_member(&s->totals[i], cell))
			set_source(s, s->totals[i].source, true);
}

static void hide_totals_of_one(struct sums *s)
{
	for (size_t i = 0; i < s->ntotals; i++) {
		const struct sums_total *t = &s->totals[i];
		if (t->count == 1 && !t->hidden && s->cells[t->members[0]].hidden)
			set_source(s, t->source, true);
	}
}

static bool complete_layer(struct sums *s, int layer, bool *determined, bool *work)
{
	if (!sums_determined(s, layer, determined))
		return false;
	size_t cell = 0;
	while (!determined[cell])
		cell++;
	if (!hide_cell(s, layer, cell, work))
		hide_total(s, layer, cell, work);
	return true;
}

void sums_complete(struct sums *s)
{
	bool *determined = arena_array(s->arena, s->ncells + 1, sizeof(*determined));
	bool *work = arena_array(s->arena, s->ncells + 1, sizeof(*work));
	bool again = true;
	while (again) {
		again = false;
		hide_totals_of_one(s);
		for (int layer = 0; layer < s->layers; layer++)
			again |= complete_layer(s, layer, determined, work);
	}
}

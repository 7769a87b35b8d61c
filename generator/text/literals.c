/*
 * Aho and Corasick's automaton (1975) over bytes, made blind to case: the lead
 * bytes of Russian letters are left out and bit 5 of all others is set, which
 * makes capital and small letters the same, "А" D0 90 and "а" D0 B0 as well as
 * "A" and "a". The automaton is a table: for each state a row with the next one
 * for each class of bytes, and two cells more: the number of the literal that
 * ends there, and the state of the next shorter one that ends there too. A state
 * is the place of its row, twice; odd where something ends.
 */
#include "text/literals.h"

enum { ENDS = 2, SHORTER = 1 /* cells, from the end of a row */ };

/* Of characters whose simple case folding is an ASCII or a Russian letter, the
 * bytes that begin them, with bit 5: long s, Kelvin sign, U+1C80 to U+1C88. */
static const char *const strangers[] = {"\xE5\xBF", "\xE2\xA4\xAA", "\xE1\xB2"};

struct literal {
	struct str symbols;
	size_t number;
};

static bool is_lead(unsigned char c)
{
	return c == 0xD0 || c == 0xD1;
}

static unsigned char symbol(char c)
{
	return (unsigned char)c | 0x20;
}

void literals_begin(struct literals *l, struct arena *a)
{
	*l = (struct literals){.a = a, .added = MAP_INIT(a)};
}

/* U+0410 to U+044F. */
static bool is_russian(const char *p)
{
	unsigned char lead = (unsigned char)p[0], c = (unsigned char)p[1];
	return (lead == 0xD0 && c >= 0x90 && c <= 0xBF) || (lead == 0xD1 && c >= 0x80 && c <= 0x8F);
}

static bool to_symbols(struct str *out, struct arena *a, struct str literal)
{
	char *symbols = arena_alloc(a, literal.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < literal.n; i++) {
		bool ascii = (unsigned char)literal.p[i] < 0x80;
		if (!ascii && (i + 1 == literal.n || !is_russian(literal.p + i)))
			return false;
		i += !ascii;
		symbols[n++] = (char)symbol(literal.p[i]);
	}
	*out = (struct str){symbols, n};
	return n > 1;
}

static size_t add(struct literals *l, struct str symbols)
{
	struct map_entry *e = map_entry(&l->added, symbols);
	struct literal *x = e->value;
	if (x)
		return x->number;
	e->value = x = arena_alloc(l->a, sizeof(*x));
	*x = (struct literal){symbols, l->added.count};
	l->symbols += symbols.n;
	for (size_t i = 0; i < symbols.n; i++)
		l->class[(unsigned char)symbols.p[i]] = 1;
	return x->number;
}

size_t literals_add(struct literals *l, struct str literal)
{
	struct str symbols;
	return to_symbols(&symbols, l->a, literal) ? add(l, symbols) : 0;
}

/* -- the automaton ------------------------------------------------------------------ */

/* Class 0 is of bytes that stand in no literal, 1 of those that are left out. */
static size_t number_classes(struct literals *l)
{
	unsigned char used[256];
	size_t count = 2;
	memcpy(used, l->class, sizeof(used));
	for (int c = 0; c < 256; c++)
		if ((c & 0x20) && used[c])
			l->class[c] = (unsigned char)count++;
	for (int c = 0; c < 256; c++)
		l->class[c] = is_lead((unsigned char)c) ? 1 : l->class[c | 0x20];
	return count;
}

static uint32_t *cell_of(const struct literals *l, size_t state, size_t from_end)
{
	return &l->next[(state + 1) * l->width - from_end];
}

static bool ends_something(const struct literals *l, size_t state)
{
	return *cell_of(l, state, ENDS) || *cell_of(l, state, SHORTER);
}

/* Adds the states of a literal; 0 in a cell: there is none yet. */
static void plant(struct literals *l, size_t *states, const struct literal *x)
{
	size_t state = 0;
	for (size_t i = 0; i < x->symbols.n; i++) {
		uint32_t *cell =
		    &l->next[state * l->width + l->class[(unsigned char)x->symbols.p[i]]];
		if (!*cell)
			*cell = (uint32_t)(*states)++;
		state = *cell;
	}
	*cell_of(l, state, ENDS) = (uint32_t)x->number;
}

/* Fills the rows from the shortest states on: what has no state of its own goes
 * on from the longest end of it that has one. */
static void link_states(struct literals *l, size_t states)
{
	struct arena scratch = ARENA_INIT;
	size_t *ends = arena_array(&scratch, states, sizeof(*ends));
	size_t *order = arena_array(&scratch, states, sizeof(*order)), count = 1;
	for (size_t at = 0; at < count; at++) {
		size_t state = order[at], end = ends[state];
		uint32_t *row = l->next + state * l->width;
		const uint32_t *other = l->next + end * l->width;
		for (size_t c = 0; c < l->width - ENDS; c++) {
			if (row[c]) {
				ends[row[c]] = state ? other[c] : 0;
				order[count++] = row[c];
			} else if (state) {
				row[c] = other[c];
			}
		}
		row[1] = (uint32_t)state;
		*cell_of(l, state, SHORTER) =
		    *cell_of(l, end, ENDS) ? (uint32_t)end : *cell_of(l, end, SHORTER);
	}
	arena_clear(&scratch);
}

static void to_places(struct literals *l, size_t states)
{
	for (size_t state = 0; state < states; state++)
		for (size_t c = 0; c < l->width - ENDS; c++) {
			uint32_t *cell = &l->next[state * l->width + c];
			*cell = (uint32_t)(2 * *cell * l->width + ends_something(l, *cell));
		}
}

void literals_build(struct literals *l)
{
	size_t states = 1;
	l->count = l->added.count;
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
		add(l, str_of(strangers[i]));
	l->width = number_classes(l) + ENDS;
	l->next = arena_array(l->a, (l->symbols + 1) * l->width, sizeof(*l->next));
	for (size_t i = 0; i < l->added.count; i++)
		plant(l, &states, l->added.entries[i].value);
	link_states(l, states);
	to_places(l, states);
}

size_t literals_words(const struct literals *l)
{
	return (l->count + 63) / 64;
}

/* False: it is a stranger that ends there. */
static bool add_found(const struct literals *l, uint32_t place, uint64_t *found)
{
	const uint32_t *row = l->next + place + l->width;
	for (;; row = l->next + (row[-SHORTER] + 1) * l->width) {
		size_t bit = row[-ENDS] - 1;
		if (row[-ENDS] > l->count)
			return false;
		if (row[-ENDS])
			found[bit / 64] |= (uint64_t)1 << bit % 64;
		if (!row[-SHORTER])
			return true;
	}
}

void literals_find(const struct literals *l, struct str text, uint64_t *found)
{
	size_t size = literals_words(l) * sizeof(*found);
	uint32_t state = 0;
	memset(found, 0, size);
	for (size_t i = 0; i < text.n; i++) {
		state = l->next[(state >> 1) + l->class[(unsigned char)text.p[i]]];
		if ((state & 1) && !add_found(l, state >> 1, found)) {
			memset(found, 0xFF, size);
			return;
		}
	}
}

/*
 * Aho and Corasick's automaton (1975) over bytes, made blind to case: the lead
 * bytes of Russian letters are left out and bit 5 of all others is set, which
 * makes capital and small letters the same, "А" D0 90 and "а" D0 B0 as well as
 * "A" and "a". The automaton is a table: for each state a row with the next one
 * for each class of bytes, and in two cells more the bits of the literals that
 * end there. A state is the place of its row, twice; odd where something ends.
 */
#include "text/literals.h"

enum { BITS = 63, OUTPUT = 2 /* cells */ };

/* Of characters whose simple case folding is an ASCII or a Russian letter, the
 * bytes that begin them, with bit 5: long s, Kelvin sign, U+1C80 to U+1C88. */
static const char *const strangers[] = {"\xE5\xBF", "\xE2\xA4\xAA", "\xE1\xB2"};
static const uint64_t STRANGER = (uint64_t)1 << BITS;

struct literal {
	struct str symbols;
	uint64_t bit;
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

static uint64_t add(struct literals *l, struct str symbols, uint64_t bit)
{
	struct map_entry *e = map_entry(&l->added, symbols);
	struct literal *x = e->value;
	if (x)
		return x->bit;
	e->value = x = arena_alloc(l->a, sizeof(*x));
	*x = (struct literal){symbols, bit};
	l->symbols += symbols.n;
	for (size_t i = 0; i < symbols.n; i++)
		l->class[(unsigned char)symbols.p[i]] = 1;
	return bit;
}

uint64_t literals_add(struct literals *l, struct str literal)
{
	struct str symbols;
	if (!to_symbols(&symbols, l->a, literal))
		return 0;
	return add(l, symbols, (uint64_t)1 << l->added.count % BITS);
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

static uint64_t output(const struct literals *l, size_t state)
{
	uint64_t bits;
	memcpy(&bits, l->next + (state + 1) * l->width - OUTPUT, sizeof(bits));
	return bits;
}

static void add_output(struct literals *l, size_t state, uint64_t bits)
{
	bits |= output(l, state);
	memcpy(l->next + (state + 1) * l->width - OUTPUT, &bits, sizeof(bits));
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
	add_output(l, state, x->bit);
}

/* Fills the rows from the shortest states on: what has no state of its own goes
 * on from the longest end of it that has one. */
static void link_states(struct literals *l, size_t states)
{
	struct arena scratch = ARENA_INIT;
	size_t *ends = arena_array(&scratch, states, sizeof(*ends));
	size_t *order = arena_array(&scratch, states, sizeof(*order)), count = 1;
	for (size_t at = 0; at < count; at++) {
		size_t state = order[at];
		uint32_t *row = l->next + state * l->width;
		const uint32_t *other = l->next + ends[state] * l->width;
		for (size_t c = 0; c < l->width - OUTPUT; c++) {
			if (row[c]) {
				ends[row[c]] = state ? other[c] : 0;
				order[count++] = row[c];
			} else if (state) {
				row[c] = other[c];
			}
		}
		row[1] = (uint32_t)state;
		if (state)
			add_output(l, state, output(l, ends[state]));
	}
	arena_clear(&scratch);
}

static void to_places(struct literals *l, size_t states)
{
	for (size_t state = 0; state < states; state++)
		for (size_t c = 0; c < l->width - OUTPUT; c++) {
			uint32_t *cell = &l->next[state * l->width + c];
			*cell = (uint32_t)(2 * *cell * l->width + (output(l, *cell) != 0));
		}
}

void literals_build(struct literals *l)
{
	size_t states = 1;
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
		add(l, str_of(strangers[i]), STRANGER);
	l->width = number_classes(l) + OUTPUT;
	l->next = arena_array(l->a, (l->symbols + 1) * l->width, sizeof(*l->next));
	for (size_t i = 0; i < l->added.count; i++)
		plant(l, &states, l->added.entries[i].value);
	link_states(l, states);
	to_places(l, states);
}

uint64_t literals_find(const struct literals *l, struct str text)
{
	uint64_t found = 0;
	uint32_t state = 0;
	for (size_t i = 0; i < text.n; i++) {
		const uint32_t *row = l->next + (state >> 1);
		state = row[l->class[(unsigned char)text.p[i]]];
		if (state & 1) {
			uint64_t bits;
			memcpy(&bits, l->next + (state >> 1) + l->width - OUTPUT, sizeof(bits));
			found |= bits;
		}
	}
	return found & STRANGER ? UINT64_MAX : found;
}

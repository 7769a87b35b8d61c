/*
 * Aho and Corasick's automaton (1975) over bytes, made blind to case: the lead
 * bytes of Russian letters are left out and bit 5 of all others is set, which
 * makes capital and small letters the same, "А" D0 90 and "а" D0 B0 as well as
 * "A" and "a".
 *
 * A text is nearly always in the states of the first one or two symbols, which
 * have a row each with the next state for every class of bytes. Deeper states
 * have mostly one way on: a list of their own, and where none of it fits, the
 * state of the longest end that another literal begins with. So the automaton
 * stays small enough for the nearest cache.
 */
#include "text/literals.h"

/* Classes of bytes; those of the literals follow. */
enum { CLASS_OTHER = 0, CLASS_LEFT_OUT = 1, CLASSES };

/* Of characters whose simple case folding is an ASCII or a Russian letter, the
 * bytes that begin them, with bit 5: long s, Kelvin sign, U+1C80 to U+1C88. */
static const char *const strangers[] = {"\xE5\xBF", "\xE2\xA4\xAA", "\xE1\xB2"};

struct literal {
	struct str symbols;
	size_t number;
};

struct literal_state {
	uint32_t first, next; /* its first way on, and its neighbour; 0: none */
	uint32_t end;         /* of the longest end of it that is a state */
	uint32_t shorter;     /* of the longest end of it that is a literal, or 0 */
	uint32_t number;      /* of the literal that it is, or 0 */
	unsigned char class;  /* that leads to it */
	bool tells;           /* a literal ends here */
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

static void number_classes(struct literals *l)
{
	unsigned char used[256];
	memcpy(used, l->class, sizeof(used));
	l->classes = CLASSES;
	for (int c = 0; c < 256; c++)
		if ((c & 0x20) && used[c])
			l->class[c] = (unsigned char)l->classes++;
	for (int c = 0; c < 256; c++)
		l->class[c] = is_lead((unsigned char)c) ? CLASS_LEFT_OUT : l->class[c | 0x20];
}

/* States 0 and those that follow from it have rows, the others lists. */
static bool has_row(const struct literals *l, uint32_t state)
{
	return state < l->rows;
}

static uint32_t *cell_of(const struct literals *l, uint32_t state, unsigned char class)
{
	return &l->cells[state * l->classes + class];
}

/* The state that follows within a literal; 0: none. */
static uint32_t follower(const struct literals *l, uint32_t state, unsigned char class)
{
	uint32_t next = l->states[state].first;
	while (next && l->states[next].class != class)
		next = l->states[next].next;
	return next;
}

static uint32_t add_state(struct literals *l, uint32_t before, unsigned char class)
{
	struct literal_state *s = &l->states[l->nstates];
	*s = (struct literal_state){.next = l->states[before].first, .class = class};
	l->states[before].first = (uint32_t)l->nstates++;
	return l->states[before].first;
}

/* The first symbols of all come first, so that their states have the first rows. */
static void plant_first(struct literals *l)
{
	for (size_t i = 0; i < l->added.count; i++) {
		const struct literal *x = l->added.entries[i].value;
		unsigned char class = l->class[(unsigned char)x->symbols.p[0]];
		uint32_t *cell = cell_of(l, 0, class);
		if (!*cell)
			*cell = add_state(l, 0, class);
	}
	l->rows = l->nstates;
}

static void plant(struct literals *l, const struct literal *x)
{
	uint32_t state = *cell_of(l, 0, l->class[(unsigned char)x->symbols.p[0]]);
	for (size_t i = 1; i < x->symbols.n; i++) {
		unsigned char class = l->class[(unsigned char)x->symbols.p[i]];
		uint32_t next = follower(l, state, class);
		state = next ? next : add_state(l, state, class);
	}
	l->states[state].number = (uint32_t)x->number;
}

static uint32_t step(const struct literals *l, uint32_t state, unsigned char class)
{
	while (!has_row(l, state)) {
		uint32_t next = follower(l, state, class);
		if (next)
			return next;
		state = l->states[state].end;
	}
	return *cell_of(l, state, class);
}

static void fill_rows(struct literals *l)
{
	for (uint32_t state = 1; has_row(l, state); state++) {
		memcpy(cell_of(l, state, 0), l->cells, l->classes * sizeof(*l->cells));
		for (uint32_t s = l->states[state].first; s; s = l->states[s].next)
			*cell_of(l, state, l->states[s].class) = s;
	}
}

/* From the shortest states on. */
static void find_ends(struct literals *l)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *order = arena_array(&scratch, l->nstates, sizeof(*order));
	size_t count = 1;
	for (size_t at = 0; at < count; at++) {
		const struct literal_state *before = &l->states[order[at]];
		for (uint32_t i = before->first; i; i = l->states[i].next) {
			struct literal_state *s = &l->states[i];
			if (order[at])
				s->end = step(l, before->end, s->class);
			const struct literal_state *end = &l->states[s->end];
			s->shorter = end->number ? s->end : end->shorter;
			s->tells = s->number || s->shorter;
			order[count++] = i;
		}
	}
	arena_clear(&scratch);
}

void literals_build(struct literals *l)
{
	l->count = l->added.count;
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
		add(l, str_of(strangers[i]));
	number_classes(l);
	l->states = arena_array(l->a, l->symbols + 1, sizeof(*l->states));
	l->cells = arena_array(l->a, l->classes * l->classes, sizeof(*l->cells));
	l->nstates = 1;
	plant_first(l);
	for (size_t i = 0; i < l->added.count; i++)
		plant(l, l->added.entries[i].value);
	fill_rows(l);
	find_ends(l);
}

size_t literals_words(const struct literals *l)
{
	return (l->count + 63) / 64;
}

/* False: it is a stranger that ends there. */
static bool add_found(const struct literals *l, uint32_t state, uint64_t *found)
{
	for (; state; state = l->states[state].shorter) {
		size_t number = l->states[state].number, bit = number - 1;
		if (number > l->count)
			return false;
		if (number)
			found[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	return true;
}

void literals_find(const struct literals *l, struct str text, uint64_t *found)
{
	size_t size = literals_words(l) * sizeof(*found);
	uint32_t state = 0;
	memset(found, 0, size);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char class = l->class[(unsigned char)text.p[i]];
		if (class == CLASS_LEFT_OUT)
			continue;
		state = step(l, state, class);
		if (l->states[state].tells && !add_found(l, state, found)) {
			memset(found, 0xFF, size);
			return;
		}
	}
}

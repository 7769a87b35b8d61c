/*
 * The pattern is read as a tree of sequences and alternatives, of which only
 * runs of plain characters are kept: of a sequence all are needed, of
 * alternatives one, and nothing where one of them needs nothing. What may be
 * repeated zero times is not needed, nor is what must not follow. A pattern with
 * anything rarer than the checklists use needs nothing.
 */
#include "text/pattern_need.h"

enum { DEEPEST = 100, LONGEST = 64 /* bytes of a run; the rest is not needed */ };

struct need {
	enum { NEED_BITS, NEED_ALL, NEED_ONE } kind;
	size_t word;
	uint64_t bits; /* of that word, of NEED_BITS: one of them */
	struct need *parts, *next;
};

struct reader {
	struct arena *a;
	struct literals *literals;
	struct str rest;
	int depth;
	bool strange; /* something is not understood */
};

/* The parts of a sequence, and its run of plain characters so far. */
struct sequence {
	struct need *parts;
	char run[LONGEST];
	size_t n;
};

static struct need *new_need(struct reader *r, struct need need)
{
	struct need *n = arena_alloc(r->a, sizeof(*n));
	*n = need;
	return n;
}

static void skip(struct reader *r, size_t n)
{
	r->strange |= n > r->rest.n;
	n = n < r->rest.n ? n : r->rest.n;
	r->rest.p += n;
	r->rest.n -= n;
}

static bool take(struct reader *r, const char *prefix)
{
	size_t n = 0;
	for (; prefix[n]; n++)
		if (n == r->rest.n || r->rest.p[n] != prefix[n])
			return false;
	skip(r, n);
	return true;
}

static void end_run(struct reader *r, struct sequence *s)
{
	size_t number = literals_add(r->literals, (struct str){s->run, s->n});
	s->n = 0;
	if (number)
		s->parts = new_need(r,
		    (struct need){.kind = NEED_BITS,
		        .word = (number - 1) / 64,
		        .bits = (uint64_t)1 << (number - 1) % 64,
		        .next = s->parts});
}

static bool number(struct reader *r, unsigned *value)
{
	size_t n = 0;
	for (*value = 0; n < r->rest.n && r->rest.p[n] >= '0' && r->rest.p[n] <= '9'; n++)
		*value = *value ? *value : (unsigned)(r->rest.p[n] - '0');
	skip(r, n);
	return n > 0;
}

/* What follows a part: is it repeated at all, and may it be left out? */
static bool repeated(struct reader *r, bool *optional)
{
	unsigned least, most;
	*optional = false;
	if (take(r, "*") || take(r, "?")) {
		*optional = true;
	} else if (take(r, "{")) {
		r->strange |= !number(r, &least);
		if (take(r, ","))
			number(r, &most);
		r->strange |= !take(r, "}");
		*optional = least == 0;
	} else if (!take(r, "+")) {
		return false;
	}
	if (!take(r, "?"))
		take(r, "+");
	return true;
}

static struct need *read_alternatives(struct reader *r);

static void read_group(struct reader *r, struct sequence *s)
{
	bool optional, forbidden = false;
	if (take(r, "?m)")) /* says what ^ and $ are */
		return;
	if (take(r, "?!"))
		forbidden = true;
	else if (!take(r, "?:") && !take(r, "?="))
		r->strange |= r->rest.n > 0 && (*r->rest.p == '?' || *r->rest.p == '*');
	struct need *inside = read_alternatives(r);
	r->strange |= !take(r, ")");
	repeated(r, &optional);
	if (!inside || optional || forbidden)
		return;
	inside->next = s->parts;
	s->parts = inside;
}

/* What stands behind a backslash: a kind of characters or a place, or else a
 * character that stands for itself. */
static bool is_kind(struct reader *r)
{
	char c = r->rest.n ? *r->rest.p : '\0';
	bool kind = c && strchr("wWdDsSbB", c);
	r->strange |= !kind && ((unsigned char)c >= 0x80 || utf8_is_word(c) || c <= ' ');
	return kind;
}

static void skip_class(struct reader *r)
{
	bool optional;
	take(r, "^");
	for (bool first = true; r->rest.n && (first || *r->rest.p != ']'); first = false) {
		r->strange |= *r->rest.p == '[';
		if (take(r, "\\"))
			is_kind(r);
		skip(r, 1);
	}
	r->strange |= !take(r, "]");
	repeated(r, &optional);
}

static void add_plain(struct reader *r, struct sequence *s, struct str character)
{
	bool optional, many = repeated(r, &optional);
	if (many && optional) {
		end_run(r, s);
		return;
	}
	if (s->n + character.n > LONGEST)
		end_run(r, s);
	memcpy(s->run + s->n, character.p, character.n);
	s->n += character.n;
	if (many)
		end_run(r, s);
}

static void read_character(struct reader *r, struct sequence *s)
{
	size_t len;
	bool optional, escaped = take(r, "\\");
	if (escaped ? is_kind(r) : r->rest.n && strchr(".^$", *r->rest.p)) {
		skip(r, 1);
		end_run(r, s);
		repeated(r, &optional);
		return;
	}
	const char *character = r->rest.p;
	utf8_decode(character, r->rest.n, &len);
	skip(r, len);
	if (!r->strange)
		add_plain(r, s, (struct str){character, len});
}

static struct need *read_sequence(struct reader *r)
{
	struct sequence s = {0};
	while (r->rest.n && !r->strange && *r->rest.p != '|' && *r->rest.p != ')') {
		if (take(r, "(")) {
			end_run(r, &s);
			read_group(r, &s);
		} else if (take(r, "[")) {
			end_run(r, &s);
			skip_class(r);
		} else {
			r->strange |= strchr("*+?{", *r->rest.p) != NULL;
			read_character(r, &s);
		}
	}
	end_run(r, &s);
	if (!s.parts || !s.parts->next)
		return s.parts;
	return new_need(r, (struct need){.kind = NEED_ALL, .parts = s.parts});
}

/* Neighbours that are bits of one word are one need. */
static void add_alternative(struct need *all, struct need *one)
{
	struct need *last = all->parts;
	if (last && last->kind == NEED_BITS && one->kind == NEED_BITS && last->word == one->word) {
		last->bits |= one->bits;
		return;
	}
	one->next = last;
	all->parts = one;
}

static struct need *read_alternatives(struct reader *r)
{
	struct need *all = new_need(r, (struct need){.kind = NEED_ONE});
	bool nothing = false;
	r->strange |= ++r->depth > DEEPEST;
	do {
		struct need *one = r->strange ? NULL : read_sequence(r);
		nothing |= !one;
		if (one)
			add_alternative(all, one);
	} while (!r->strange && take(r, "|"));
	r->depth--;
	if (nothing)
		return NULL;
	return all->parts->next ? all : all->parts;
}

const struct need *pattern_need_read(struct arena *a, struct literals *literals, struct str source)
{
	struct reader r = {.a = a, .literals = literals, .rest = source};
	const struct need *root = read_alternatives(&r);
	return r.strange || r.rest.n ? NULL : root;
}

bool pattern_need_met(const struct need *n, const uint64_t *found)
{
	if (n->kind == NEED_BITS)
		return n->bits & found[n->word];
	bool all = n->kind == NEED_ALL;
	for (const struct need *part = n->parts; part; part = part->next)
		if (pattern_need_met(part, found) != all)
			return !all;
	return all;
}

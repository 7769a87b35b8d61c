/*
 * SimHash (Charikar 2002): each pair of neighbouring words votes on each bit.
 * Short texts have too few votes, so of them the whole text decides.
 */
#include "compute/audit_print.h"

#include "base/buf.h"
#include "text/fold.h"

enum {
	FEW_WORDS = 12,  /* shorter texts are compared as they are */
	NEAR_BITS = 6,   /* of 64 */
	SHARED_LEAST = 3 /* pages that a line must stand on to be the template's */
};

void audit_template_begin(struct audit_template *t, struct arena *a)
{
	*t = (struct audit_template){.a = a, .lines = MAP_INIT(a)};
}

static void add_line(struct buf *out, struct str line)
{
	if (out->len && line.n)
		buf_addc(out, '\n');
	buf_add(out, line.p, line.n);
}

struct str audit_lines(struct arena *a, struct str text)
{
	struct arena scratch = ARENA_INIT;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct str line;
	while (str_next(&text, '\n', &line))
		add_line(&out, fold_text(&scratch, line));
	arena_clear(&scratch);
	return buf_keep(a, &out);
}

struct line_count {
	size_t pages, last; /* last: number of the page that counted it */
};

void audit_template_add(struct audit_template *t, struct str lines)
{
	struct str line;
	t->pages++;
	while (str_next(&lines, '\n', &line)) {
		struct map_entry *e = map_entry(&t->lines, line);
		struct line_count *c = e->value;
		if (!c)
			e->value = c = arena_alloc(t->a, sizeof(*c));
		c->pages += c->last != t->pages;
		c->last = t->pages;
	}
}

/* On most pages, and not on one or two alone. */
static bool is_shared(const struct audit_template *t, struct str line)
{
	const struct line_count *c = map_get(&t->lines, line);
	if (!c || t->pages < 2)
		return false;
	return t->pages <= SHARED_LEAST ? c->pages == t->pages
	                                : c->pages >= SHARED_LEAST && 2 * c->pages >= t->pages;
}

struct str audit_own_text(const struct audit_template *t, struct arena *a, struct str lines)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct str line;
	while (str_next(&lines, '\n', &line))
		if (!is_shared(t, line))
			add_line(&out, line);
	return buf_keep(a, &out);
}

/* -- prints ---------------------------------------------------------------------- */

static uint64_t mix(uint64_t x)
{
	/* Finaliser of splitmix64: every bit depends on every other. */
	x ^= x >> 30;
	x *= 0xBF58476D1CE4E5B9U;
	x ^= x >> 27;
	x *= 0x94D049BB133111EBU;
	return x ^ x >> 31;
}

/* FNV-1a: the same on every machine. */
static uint64_t hash_word(struct str s)
{
	uint64_t h = 0xCBF29CE484222325U;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3U;
	return h;
}

static bool next_word(struct str *rest, struct str *word)
{
	size_t len, i = 0;
	while (i < rest->n && !utf8_is_word(utf8_decode(rest->p + i, rest->n - i, &len)))
		i += len;
	size_t from = i;
	while (i < rest->n && utf8_is_word(utf8_decode(rest->p + i, rest->n - i, &len)))
		i += len;
	*word = (struct str){rest->p + from, i - from};
	*rest = (struct str){rest->p + i, rest->n - i};
	return word->n > 0;
}

/* Of each bit how many pairs have it: bytes of eight counters side by side,
 * emptied into `sums` before one of them is full. */
struct votes {
	uint64_t few[8];
	unsigned count;
	size_t sums[64];
};

static void sum_up(struct votes *v)
{
	for (int i = 0; i < 64; i++)
		v->sums[i] += v->few[i % 8] >> (i / 8 * 8) & 0xFF;
	memset(v->few, 0, sizeof(v->few));
	v->count = 0;
}

static void vote(struct votes *v, uint64_t pair)
{
	for (int i = 0; i < 8; i++)
		v->few[i] += pair >> i & 0x0101010101010101U;
	if (++v->count == 0xFF)
		sum_up(v);
}

struct audit_print audit_print_of(struct str text)
{
	struct audit_print p = {0, 0};
	struct votes v = {{0}, 0, {0}};
	uint64_t before = 0, whole = 0;
	struct str word;
	while (next_word(&text, &word)) {
		uint64_t h = hash_word(word);
		whole = mix(whole ^ h);
		vote(&v, mix(h + 31 * before));
		before = h;
		p.words++;
	}
	if (p.words < FEW_WORDS) {
		p.bits = whole;
		return p;
	}
	sum_up(&v);
	for (int i = 0; i < 64; i++)
		p.bits |= (uint64_t)(2 * v.sums[i] > p.words) << i;
	return p;
}

bool audit_print_near(struct audit_print x, struct audit_print y)
{
	if (x.words < FEW_WORDS || y.words < FEW_WORDS)
		return x.words == y.words && x.bits == y.bits;
	size_t more = x.words > y.words ? x.words : y.words;
	size_t less = x.words + y.words - more;
	uint64_t differ = x.bits ^ y.bits;
	int bits = 0;
	for (; differ; differ &= differ - 1)
		bits++;
	return bits <= NEAR_BITS && 10 * (more - less) <= more;
}

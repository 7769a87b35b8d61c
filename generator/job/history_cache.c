/*
 * Numbers as the machine has them, texts with their length before and a zero
 * byte after them, so that they can be used in place. In front stand the name
 * of the format and a checksum of all that follows. The checksum is no defence
 * against intent, so that every number is checked against what it counts.
 *
 * Commits that nothing speaks of any more are left out, and the others
 * numbered anew.
 */
#include "job/history_cache.h"

#include <string.h>

static const char MAGIC[] = "vidno history 2 " VIDNO_VERSION "\n";

/* -- writing ------------------------------------------------------------------------ */

static void put32(struct buf *out, size_t n)
{
	uint32_t word = (uint32_t)n;
	buf_add(out, &word, sizeof(word));
}

static void put64(struct buf *out, uint64_t n)
{
	buf_add(out, &n, sizeof(n));
}

static void put_text(struct buf *out, struct str text)
{
	put32(out, text.n);
	buf_add(out, text.p, text.n);
	buf_add(out, "", 1);
}

/* numbers[commit]: its new number + 1, in the order of the old ones. */
static size_t count_commits(const struct scan *s, uint32_t *numbers)
{
	for (size_t i = 0; i < s->npaths; i++) {
		const struct scan_path *p = &s->paths[i];
		for (size_t k = 0; k < p->nversions; k++)
			numbers[p->versions[k].commit] = 1;
		for (size_t k = 0; k < p->rows.count; k++)
			numbers[p->rows.items[k].commit] = 1;
	}
	for (size_t i = 0; i < s->ndepartments; i++) {
		const struct scan_department *d = &s->departments[i];
		if (d->last != SCAN_NONE)
			numbers[d->last] = 1;
		for (size_t k = 0; k < d->nchanges; k++)
			numbers[d->changes[k].commit] = 1;
	}
	size_t n = 0;
	for (size_t i = 0; i < s->ncommits; i++)
		if (numbers[i])
			numbers[i] = (uint32_t)++n;
	return n;
}

static void put_commit(struct buf *out, const struct scan_commit *c)
{
	buf_add(out, c->id, REPO_OID);
	put64(out, (uint64_t)c->time);
	put_text(out, str_of(c->author));
	put_text(out, str_of(c->mail));
	put_text(out, str_of(c->reason));
}

static void put_path(struct buf *out, const struct scan_path *p, const uint32_t *numbers)
{
	put_text(out, str_of(p->path));
	put64(out, p->said);
	put32(out, p->nversions);
	for (size_t i = 0; i < p->nversions; i++) {
		put32(out, numbers[p->versions[i].commit] - 1);
		put32(out, p->versions[i].text);
		put32(out, p->versions[i].deleted);
	}
	put32(out, p->rows.count);
	for (size_t i = 0; i < p->rows.count; i++) {
		put64(out, p->rows.items[i].digest);
		put32(out, numbers[p->rows.items[i].commit] - 1);
		put32(out, p->rows.items[i].count);
	}
}

static void put_department(
    struct buf *out, const struct scan_department *d, const uint32_t *numbers)
{
	put_text(out, str_of(d->id));
	put_text(out, str_of(d->terms));
	put32(out, d->last == SCAN_NONE ? SCAN_NONE : numbers[d->last] - 1);
	put32(out, d->nchanges);
	for (size_t i = 0; i < d->nchanges; i++) {
		put32(out, numbers[d->changes[i].commit] - 1);
		put32(out, d->changes[i].errors);
		put_text(out, d->changes[i].old);
		put_text(out, d->changes[i].new);
	}
}

void history_encode(struct buf *out, const struct scan *s)
{
	struct arena own = ARENA_INIT;
	uint32_t *numbers = arena_array(&own, s->ncommits + 1, sizeof(*numbers));
	size_t begin = out->len;
	buf_adds(out, MAGIC);
	put64(out, 0);
	buf_add(out, s->head, REPO_OID);
	put32(out, count_commits(s, numbers));
	for (size_t i = 0; i < s->ncommits; i++)
		if (numbers[i])
			put_commit(out, &s->commits[i]);
	put32(out, s->ntexts);
	for (size_t i = 0; i < s->ntexts; i++)
		put_text(out, s->texts[i]);
	put32(out, s->npaths);
	for (size_t i = 0; i < s->npaths; i++)
		put_path(out, &s->paths[i], numbers);
	put32(out, s->ndepartments);
	for (size_t i = 0; i < s->ndepartments; i++)
		put_department(out, &s->departments[i], numbers);
	size_t sum = begin + strlen(MAGIC), after = sum + sizeof(uint64_t);
	if (buf_err(out) == 0) {
		uint64_t hash = str_hash((struct str){out->data + after, out->len - after});
		memcpy(out->data + sum, &hash, sizeof(hash));
	}
	arena_clear(&own);
}

/* -- reading -------------------------------------------------------------------------- */

struct reader {
	struct arena *arena;
	struct str rest;
	bool bad;
};

static void take(struct reader *r, void *to, size_t n)
{
	r->bad |= r->rest.n < n;
	if (r->bad) {
		memset(to, 0, n);
		return;
	}
	memcpy(to, r->rest.p, n);
	r->rest.p += n;
	r->rest.n -= n;
}

static uint32_t take32(struct reader *r)
{
	uint32_t n;
	take(r, &n, sizeof(n));
	return n;
}

static uint64_t take64(struct reader *r)
{
	uint64_t n;
	take(r, &n, sizeof(n));
	return n;
}

/* A number below a count, or, where it is allowed, SCAN_NONE. */
static uint32_t take_number(struct reader *r, size_t below, bool none)
{
	uint32_t n = take32(r);
	if (n == SCAN_NONE && none)
		return n;
	r->bad |= n >= below;
	return r->bad ? 0 : n;
}

/* How many things follow, of at least `least` bytes each. */
static size_t take_count(struct reader *r, size_t least)
{
	size_t n = take32(r);
	r->bad |= n > r->rest.n / least;
	return r->bad ? 0 : n;
}

static struct str take_text(struct reader *r)
{
	size_t n = take_count(r, 1);
	struct str text = {r->rest.p, n};
	if (r->bad || r->rest.n < n + 1 || text.p[n] != '\0') {
		r->bad = true;
		return (struct str){"", 0};
	}
	r->rest.p += n + 1;
	r->rest.n -= n + 1;
	return text;
}

static void take_commits(struct scan *out, struct reader *r)
{
	size_t n = take_count(r, REPO_OID);
	out->commits = arena_array(r->arena, n + 1, sizeof(*out->commits));
	for (; out->ncommits < n && !r->bad; out->ncommits++) {
		struct scan_commit *c = &out->commits[out->ncommits];
		take(r, c->id, REPO_OID);
		c->time = (int64_t)take64(r);
		c->author = take_text(r).p;
		c->mail = take_text(r).p;
		c->reason = take_text(r).p;
	}
	out->commits_cap = n + 1;
}

static void take_path(struct scan *out, struct reader *r)
{
	struct scan_path *p = &out->paths[out->npaths++];
	p->path = take_text(r).p;
	p->said = take64(r);
	size_t n = take_count(r, 12);
	p->versions = arena_array(r->arena, n + 1, sizeof(*p->versions));
	for (; p->nversions < n && !r->bad; p->nversions++) {
		struct scan_version *v = &p->versions[p->nversions];
		v->commit = take_number(r, out->ncommits, false);
		v->text = take_number(r, out->ntexts, true);
		v->deleted = take32(r);
	}
	n = take_count(r, 16);
	p->rows.items = arena_array(r->arena, n + 1, sizeof(*p->rows.items));
	for (; p->rows.count < n && !r->bad; p->rows.count++) {
		struct origin *o = &p->rows.items[p->rows.count];
		o->digest = take64(r);
		o->commit = take_number(r, out->ncommits, false);
		o->count = take32(r);
	}
}

static void take_department(struct scan *out, struct reader *r)
{
	struct scan_department *d = &out->departments[out->ndepartments++];
	d->id = take_text(r).p;
	d->terms = take_text(r).p;
	d->last = take_number(r, out->ncommits, true);
	size_t n = take_count(r, 18);
	d->changes = arena_array(r->arena, n + 1, sizeof(*d->changes));
	for (; d->nchanges < n && !r->bad; d->nchanges++) {
		struct scan_change *c = &d->changes[d->nchanges];
		c->commit = take_number(r, out->ncommits, false);
		c->errors = take32(r);
		c->old = take_text(r);
		c->new = take_text(r);
	}
}

static void take_all(struct scan *out, struct reader *r)
{
	take(r, out->head, REPO_OID);
	take_commits(out, r);
	size_t n = take_count(r, 5);
	out->texts = arena_array(r->arena, n + 1, sizeof(*out->texts));
	for (; out->ntexts < n && !r->bad; out->ntexts++)
		out->texts[out->ntexts] = take_text(r);
	out->texts_cap = n + 1;
	n = take_count(r, 21);
	out->paths = arena_array(r->arena, n + 1, sizeof(*out->paths));
	while (out->npaths < n && !r->bad)
		take_path(out, r);
	n = take_count(r, 14);
	out->departments = arena_array(r->arena, n + 1, sizeof(*out->departments));
	while (out->ndepartments < n && !r->bad)
		take_department(out, r);
}

/* What follows the checksum; p NULL where it does not fit. */
static struct str checked(struct str bytes)
{
	size_t magic = strlen(MAGIC);
	uint64_t sum;
	if (!str_starts(bytes, MAGIC) || bytes.n < magic + sizeof(sum))
		return STR_NONE;
	memcpy(&sum, bytes.p + magic, sizeof(sum));
	struct str rest = {bytes.p + magic + sizeof(sum), bytes.n - magic - sizeof(sum)};
	return sum == str_hash(rest) ? rest : STR_NONE;
}

bool history_is_of(struct str bytes, const char *head)
{
	return str_starts(checked(bytes), head);
}

int history_decode(struct scan *out, struct arena *a, struct str bytes)
{
	struct reader r = {.arena = a, .rest = checked(bytes)};
	*out = (struct scan){.head = ""};
	if (!r.rest.p)
		return -1;
	take_all(out, &r);
	return r.bad || r.rest.n ? -1 : 0;
}

/*
 * Every word of an entry's title, of the line below it and of its
 * department's name leads from its stem to the entry. The stems, sorted, are
 * cut into files: all those with one beginning go into one file, unless it
 * grows too large; then those with one more letter have a file each, and the
 * beginning itself, when it is a stem, has one of its own. So a small site
 * has few files, and of a country's index a reader loads only what the typed
 * words ask for.
 */
#include "render/search.h"
#include "text/json.h"
#include "text/stem.h"

#include <stdlib.h>

struct posting {
	struct str stem;
	uint32_t *entries;
	size_t count, cap;
};

struct index {
	struct renderer *r;
	struct stemmer *stemmer;
	struct map words;       /* folded word → struct posting */
	struct map stems;       /* stem → struct posting */
	struct map empty;       /* words that say nothing, as themselves */
	struct posting **terms; /* sorted */
	struct hash hash;       /* of all that is written */
	struct buf parts;       /* the beginnings, for index.js */
	struct json list;
	int err;
};

/* -- words to stems --------------------------------------------------------- */

static struct posting *posting_of(struct index *x, struct str stem)
{
	struct map_entry *e = map_entry(&x->stems, stem);
	if (!e->value) {
		struct posting *t = arena_alloc(x->r->arena, sizeof(*t));
		t->stem = e->key;
		e->value = t;
	}
	return e->value;
}

/* The stemmer is asked once for each word. */
static void add_word(struct index *x, struct str word, uint32_t entry)
{
	struct map_entry *e = map_entry(&x->words, word);
	if (!e->value) {
		struct str stem = stem_word(x->stemmer, word);
		e->value = posting_of(x, map_get(&x->empty, stem) ? word : stem);
	}
	struct posting *t = e->value;
	if (map_get(&x->empty, word) || (t->count && t->entries[t->count - 1] == entry))
		return;
	t->entries = arena_grow(x->r->arena, t->entries, t->count, &t->cap, sizeof(*t->entries));
	t->entries[t->count++] = entry;
}

static void add_text(struct index *x, const char *text, uint32_t entry, struct arena *scratch)
{
	struct str rest = str_of(text), word;
	while (stem_next(&rest, scratch, &word))
		add_word(x, word, entry);
}

/* Words that stand everywhere and say nothing of what is looked for. They are
 * in the index too, without entries: the browser knows them by that. */
static void add_empty_words(struct index *x)
{
	struct str rest = str_of(words_get(x->r->words, "search_empty_words")), word;
	while (stem_next(&rest, x->r->arena, &word)) {
		struct posting *t = posting_of(x, word);
		map_put(&x->empty, word, t);
		map_put(&x->words, word, t);
	}
}

static int by_stem(const void *x, const void *y)
{
	const struct posting *const *a = x, *const *b = y;
	return str_cmp((*a)->stem, (*b)->stem);
}

static void sort_terms(struct index *x)
{
	x->terms = arena_array(x->r->arena, x->stems.count + 1, sizeof(*x->terms));
	for (size_t i = 0; i < x->stems.count; i++)
		x->terms[i] = x->stems.entries[i].value;
	qsort(x->terms, x->stems.count, sizeof(*x->terms), by_stem);
}

/* -- files ------------------------------------------------------------------ */

/* vidno.found("name",value) */
static void begin(struct buf *out, const char *name)
{
	buf_addf(out, "vidno.found(\"%s\",", name);
}

static void finish(struct index *x, struct buf *out, const char *name, struct json *j)
{
	x->err |= json_done(j);
	buf_adds(out, ");\n");
	struct str bytes = {out->data, out->len};
	hash_add(&x->hash, bytes);
	x->err |= buf_err(out);
	if (!x->err)
		x->err = page_file(x->r, arena_printf(x->r->arena, "search/%s.js", name), bytes);
	buf_clear(out);
}

static const char *part_name(const struct index *x, struct str beginning)
{
	char *name = arena_alloc(x->r->arena, 2 + 4 * beginning.n);
	char *to = name;
	*to++ = 't';
	for (size_t len; beginning.n; beginning.p += len, beginning.n -= len) {
		unsigned c = (unsigned)utf8_decode(beginning.p, beginning.n, &len);
		for (int shift = 12; shift >= 0; shift -= 4)
			*to++ = "0123456789abcdef"[c >> shift & 15];
	}
	*to = '\0';
	return name;
}

static void write_term(struct json *j, const struct posting *t)
{
	uint32_t before = 0;
	json_key(j, t->stem.p);
	if (t->count == 0 || t->count > SEARCH_COMMON) {
		json_int(j, t->count > 0);
		return;
	}
	json_array(j);
	for (size_t i = 0; i < t->count; i++) {
		json_int(j, (long long)t->entries[i] - before);
		before = t->entries[i];
	}
	json_end(j);
}

static void write_part(struct index *x, struct str beginning, size_t from, size_t to)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct json j = JSON_INIT(&out);
	const char *name = part_name(x, beginning);
	begin(&out, name);
	json_object(&j);
	for (size_t i = from; i < to; i++)
		write_term(&j, x->terms[i]);
	json_end(&j);
	finish(x, &out, name, &j);
	json_text(&x->list, beginning);
}

/* Bytes of the file, about. */
static size_t size_of(const struct index *x, size_t from, size_t to)
{
	size_t size = 0;
	for (size_t i = from; i < to; i++) {
		const struct posting *t = x->terms[i];
		size += t->stem.n + 6 + (t->count > SEARCH_COMMON ? 0 : 3 * t->count);
	}
	return size;
}

/* The beginning of a stem that is one letter longer than n bytes. */
static struct str longer(const struct posting *t, size_t n)
{
	size_t len;
	utf8_decode(t->stem.p + n, t->stem.n - n, &len);
	return (struct str){t->stem.p, n + len};
}

static bool begins(const struct posting *t, struct str beginning)
{
	return t->stem.n >= beginning.n && memcmp(t->stem.p, beginning.p, beginning.n) == 0;
}

/* Deeper by a letter each time: at most STEM_MOST times. */
static void write_parts(struct index *x, struct str beginning, size_t from, size_t to)
{
	if (size_of(x, from, to) <= SEARCH_PART || to - from == 1) {
		write_part(x, beginning, from, to);
		return;
	}
	if (x->terms[from]->stem.n == beginning.n) {
		write_part(x, beginning, from, from + 1);
		from++;
	}
	while (from < to) {
		struct str next = longer(x->terms[from], beginning.n);
		size_t end = from + 1;
		while (end < to && begins(x->terms[end], next))
			end++;
		write_parts(x, next, from, end);
		from = end;
	}
}

static void write_terms(struct index *x)
{
	begin(&x->parts, "index");
	json_array(&x->list);
	write_parts(x, (struct str){"", 0}, 0, x->stems.count);
	json_end(&x->list);
	finish(x, &x->parts, "index", &x->list);
}

static void write_block(struct index *x, const struct search_place *places, size_t from, size_t to)
{
	const struct renderer *r = x->r;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct json j = JSON_INIT(&out);
	const char *name = arena_printf(r->arena, "%zu", from / SEARCH_BLOCK);
	begin(&out, name);
	json_array(&j);
	for (size_t i = from; i < to; i++) {
		const struct search_entry *e = places[i].entry;
		const struct summary *s = places[i].summary;
		json_array(&j);
		json_int(&j, e->kind);
		json_string(&j, e->title);
		json_string(&j, e->more ? e->more : "");
		json_string(&j, page_site_href(r, arena_printf(r->arena, "%s/%s", s->id, e->path)));
		json_string(&j, s->short_name);
		json_end(&j);
	}
	json_end(&j);
	finish(x, &out, name, &j);
}

int search_index(
    struct renderer *r, const struct search_place *places, size_t count, struct hash_text *version)
{
	struct index x = {.r = r,
	    .stemmer = stemmer_new(),
	    .words = MAP_INIT(r->arena),
	    .stems = MAP_INIT(r->arena),
	    .empty = MAP_INIT(r->arena),
	    .parts = BUF_INIT(BUF_PAGE)};
	struct arena scratch = ARENA_INIT;
	x.list = (struct json)JSON_INIT(&x.parts);
	hash_begin(&x.hash);
	add_empty_words(&x);
	for (size_t i = 0; i < count; i++) {
		const struct search_entry *e = places[i].entry;
		add_text(&x, e->title, (uint32_t)i, &scratch);
		add_text(&x, e->more, (uint32_t)i, &scratch);
		add_text(&x, places[i].summary->short_name, (uint32_t)i, &scratch);
		arena_clear(&scratch);
	}
	sort_terms(&x);
	write_terms(&x);
	for (size_t i = 0; i < count; i += SEARCH_BLOCK)
		write_block(&x, places, i, i + SEARCH_BLOCK < count ? i + SEARCH_BLOCK : count);
	stemmer_free(x.stemmer);
	*version = hash_end(&x.hash);
	return x.err;
}

/*
 * A line with the name of the format, the version of the program, and the
 * SHA-256 of all that follows; then for each pair
 *
 *	pair <key> <length of what follows> <four flags> <title>
 *
 * and the facts before and after as facts_write() gives them. Facts are only
 * read when their pair is asked for.
 */
#include "job/change_cache.h"

#include "sys/keep.h"
#include "text/hash.h"

#include <stdlib.h>
#include <string.h>

static const char MAGIC[] = "vidno changes 1 " VIDNO_VERSION " ";

/* -- reading ---------------------------------------------------------------- */

static bool next_line(struct str *rest, struct str *line)
{
	const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	if (!end)
		return false;
	*line = (struct str){rest->p, (size_t)(end - rest->p)};
	rest->n -= line->n + 1;
	rest->p += line->n + 1;
	return true;
}

static bool next_word(struct str *line, struct str *word)
{
	return str_next(line, ' ', word) && word->n > 0;
}

static int read_pair(struct change_cache *c, struct str *rest)
{
	struct str line, word, key, length, flags;
	if (!next_line(rest, &line) || !next_word(&line, &word) || !str_is(word, "pair") ||
	    !next_word(&line, &key) || !next_word(&line, &length) || !next_word(&line, &flags) ||
	    flags.n != 4)
		return -1;
	unsigned long n = strtoul(length.p, NULL, 10);
	if (n > rest->n)
		return -1;
	struct change_entry *e = arena_alloc(&c->arena, sizeof(*e));
	e->title = arena_strndup(&c->arena, line.p, line.n);
	e->old_there = flags.p[0] == '1';
	e->new_there = flags.p[1] == '1';
	e->old_errors = flags.p[2] == '1';
	e->new_errors = flags.p[3] == '1';
	e->text = (struct str){rest->p, n};
	map_put(&c->entries, key, e);
	rest->p += n;
	rest->n -= n;
	return 0;
}

static void read_file(struct change_cache *c, struct str bytes)
{
	struct str line;
	size_t magic = strlen(MAGIC);
	if (!next_line(&bytes, &line) || line.n != magic + HASH_HEX ||
	    memcmp(line.p, MAGIC, magic) != 0 ||
	    memcmp(line.p + magic, hash_sha256(bytes).s, HASH_HEX) != 0)
		return;
	while (bytes.n)
		if (read_pair(c, &bytes) < 0)
			return;
}

void change_cache_open(struct change_cache *c, const char *folder, const char *what)
{
	enum { SHORT = 24 };
	struct str bytes;
	*c = (struct change_cache){.arena = ARENA_INIT};
	c->entries = (struct map)MAP_INIT(&c->arena);
	c->folder = arena_strdup(&c->arena, folder);
	c->name = arena_printf(&c->arena, "changes-%.*s", (int)SHORT, hash_sha256(str_of(what)).s);
	if (keep_read(&bytes, &c->arena, folder, c->name, 2 * (size_t)CHANGE_CACHE_BYTES) == 0)
		read_file(c, bytes);
}

/* -- entries ---------------------------------------------------------------- */

static bool read_facts(struct change_cache *c, struct change_entry *e)
{
	struct str rest = e->text;
	return facts_read(&e->old, &c->arena, &rest) == 0 &&
	    facts_read(&e->new, &c->arena, &rest) == 0 && rest.n == 0;
}

struct change_entry *change_cache_get(struct change_cache *c, const char *key)
{
	struct change_entry *e = map_get(&c->entries, str_of(key));
	if (!e || (!e->used && !read_facts(c, e)))
		return NULL;
	e->used = true;
	return e;
}

struct change_entry *change_cache_put(
    struct change_cache *c, const char *key, const struct change_entry *entry)
{
	struct change_entry *e = arena_alloc(&c->arena, sizeof(*e));
	struct buf text = BUF_INIT(CHANGE_CACHE_BYTES);
	*e = *entry;
	e->title = arena_strdup(&c->arena, entry->title);
	facts_write(&text, &entry->old);
	facts_write(&text, &entry->new);
	bool fits = buf_err(&text) == 0;
	e->text = buf_keep(&c->arena, &text);
	e->used = true;
	if (!fits || !read_facts(c, e))
		return NULL;
	map_put(&c->entries, str_of(key), e);
	c->changed = true;
	return e;
}

/* -- writing ---------------------------------------------------------------- */

static void write_pair(struct buf *out, struct str key, const struct change_entry *e)
{
	buf_addf(out, "pair %.*s %zu %d%d%d%d ", (int)key.n, key.p, e->text.n, e->old_there,
	    e->new_there, e->old_errors, e->new_errors);
	for (const char *p = e->title; *p; p++)
		buf_addc(out, *p == '\n' ? ' ' : *p);
	buf_addc(out, '\n');
	buf_add(out, e->text.p, e->text.n);
}

static size_t size_of(const struct change_cache *c)
{
	size_t size = 0;
	for (size_t i = 0; i < c->entries.count; i++)
		size += ((const struct change_entry *)c->entries.entries[i].value)->text.n;
	return size;
}

void change_cache_close(struct change_cache *c)
{
	struct buf body = BUF_INIT(2 * (size_t)CHANGE_CACHE_BYTES), file = body;
	bool all = size_of(c) <= CHANGE_CACHE_BYTES;
	for (size_t i = 0; i < c->entries.count && c->changed; i++) {
		const struct change_entry *e = c->entries.entries[i].value;
		if (all || e->used)
			write_pair(&body, c->entries.entries[i].key, e);
	}
	if (c->changed && buf_err(&body) == 0) {
		buf_addf(&file, "%s%s\n", MAGIC, hash_sha256(buf_str(&body)).s);
		buf_add(&file, body.data, body.len);
		if (buf_err(&file) == 0)
			keep_write(c->folder, c->name, buf_str(&file));
	}
	buf_clear(&body);
	buf_clear(&file);
	arena_clear(&c->arena);
	*c = (struct change_cache){.arena = ARENA_INIT};
}

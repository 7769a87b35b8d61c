/*
 * The frontier is a binary heap of errands; "seen" is a map of keys, so that an
 * address is asked for once however it is written. Both live in the visit's
 * arena and are bounded by the settings. A flight has an arena of its own,
 * which is emptied when it ends: the way of one address costs nothing later.
 */
#include "job/gather_visit.h"

#include "text/hash.h"

#include <stdlib.h>

/* ---- the visit ---- */

/* http:// is added where the table names a host only. */
static int read_place(struct url *out, struct arena *a, const char *text)
{
	struct str s = str_trim(str_of(text));
	if (!memmem(s.p, s.n, "://", 3))
		s = str_of(arena_printf(a, "http://%.*s", (int)s.n, s.p));
	return url_read(out, a, s, NULL, NULL) || out->kind != URL_WEB ? -1 : 0;
}

/* Of two forms of one address the encrypted one is tried first, unless a port
 * says that only one will do. */
static void set_home(struct visit *v)
{
	struct url *home = &v->places[0];
	v->home = home->text;
	if (home->secure || home->port != 80)
		return;
	v->http_wanted = true;
	struct str text =
	    str_of(arena_printf(&v->arena, "https%.*s", (int)(home->text.n - 4), home->text.p + 4));
	struct url secure;
	if (url_read(&secure, &v->arena, text, NULL, NULL) == URL_OK)
		v->home = secure.text;
}

struct visit *visit_new(size_t school, const struct gather_school *about, int64_t now)
{
	struct visit *v = xmalloc(sizeof(*v));
	*v = (struct visit){.school = school, .begun = now, .due = now};
	v->seen = (struct map)MAP_INIT(&v->arena);
	v->refused = (struct map)MAP_INIT(&v->arena);
	v->shapes = (struct map)MAP_INIT(&v->arena);
	v->probed = (struct map)MAP_INIT(&v->arena);
	v->cookie = v->errand.chain = v->rules.chain = (struct buf)BUF_INIT(BUF_LINE);
	v->places = arena_array(&v->arena, about->nplaces + 2, sizeof(*v->places));
	if (read_place(&v->places[0], &v->arena, about->site))
		return v;
	v->nplaces = 1;
	for (size_t i = 0; i < about->nplaces; i++)
		if (read_place(&v->places[v->nplaces], &v->arena, about->places[i]) == 0)
			v->nplaces++;
	set_home(v);
	return v;
}

void visit_free(struct visit *v)
{
	flight_end(&v->errand);
	flight_end(&v->rules);
	buf_clear(&v->cookie);
	cookie_clear(&v->jar);
	arena_clear(&v->arena);
	free(v);
}

bool visit_is_ours(const struct visit *v, const struct url *u)
{
	for (size_t i = 0; i < v->nplaces; i++)
		if (url_within(u, &v->places[i]))
			return true;
	return false;
}

/* There is room for one more than the places of the table. */
void visit_own(struct visit *v, const struct url *u)
{
	if (visit_is_ours(v, u))
		return;
	struct str origin = {arena_strndup(&v->arena, u->origin.p, u->origin.n), u->origin.n};
	struct url place;
	if (url_read(&place, &v->arena, origin, NULL, NULL) == URL_OK) {
		struct url *places = arena_array(&v->arena, v->nplaces + 2, sizeof(*places));
		memcpy(places, v->places, v->nplaces * sizeof(*places));
		v->places = places;
		v->places[v->nplaces++] = place;
	}
}

/* ---- the frontier ---- */

static bool before(const struct errand *a, const struct errand *b)
{
	if (a->rank != b->rank)
		return a->rank > b->rank;
	if (a->depth != b->depth)
		return a->depth < b->depth;
	return a->order < b->order;
}

static void push(struct visit *v, const struct errand *e)
{
	v->queue = arena_grow(&v->arena, v->queue, v->nqueue, &v->queue_cap, sizeof(*v->queue));
	size_t i = v->nqueue++;
	for (; i > 0 && before(e, &v->queue[(i - 1) / 2]); i = (i - 1) / 2)
		v->queue[i] = v->queue[(i - 1) / 2];
	v->queue[i] = *e;
}

static struct errand pop(struct visit *v)
{
	struct errand best = v->queue[0], last = v->queue[--v->nqueue];
	size_t i = 0, child;
	while ((child = 2 * i + 1) < v->nqueue) {
		if (child + 1 < v->nqueue && before(&v->queue[child + 1], &v->queue[child]))
			child++;
		if (!before(&v->queue[child], &last))
			break;
		v->queue[i] = v->queue[child];
		i = child;
	}
	v->queue[i] = last;
	return best;
}

static bool shape_is_full(
    struct visit *v, const struct url *u, const struct errand *e, const struct gather_settings *s)
{
	struct arena scratch = ARENA_INIT;
	if (e->role != FETCH_PAGE || e->rank > 0)
		return false;
	struct map_entry *entry = map_entry(&v->shapes, url_shape(&scratch, u));
	if (!entry->value)
		entry->value = arena_alloc(&v->arena, sizeof(int));
	arena_clear(&scratch);
	int *count = entry->value;
	return ++*count > s->shape_pages;
}

static const char *copy(struct visit *v, const char *text)
{
	return text ? arena_strdup(&v->arena, text) : NULL;
}

bool visit_refuses(struct visit *v, const struct url *u, const struct gather_settings *s)
{
	struct arena scratch = ARENA_INIT;
	struct str key = url_key(&scratch, u);
	bool is_new = !map_get(&v->seen, key) && v->refused.count < (size_t)s->queue &&
	    !map_put(&v->refused, key, v);
	arena_clear(&scratch);
	return is_new;
}

bool visit_add(
    struct visit *v, const struct url *u, const struct errand *e, const struct gather_settings *s)
{
	struct arena scratch = ARENA_INIT;
	struct str key = url_key(&scratch, u);
	bool seen = map_get(&v->seen, key) != NULL;
	/* What is wanted has twice the room of what is only there. */
	bool full = v->seen.count >= (size_t)s->queue * (e->rank > 0 ? 2 : 1);
	if (!seen && !full)
		map_put(&v->seen, key, v);
	arena_clear(&scratch);
	if (seen)
		return false;
	if (full || shape_is_full(v, u, e, s)) {
		v->left_out++;
		return false;
	}
	struct errand mine = *e;
	mine.url = arena_strndup(&v->arena, u->text.p, u->text.n);
	mine.other = copy(v, e->other);
	mine.source = copy(v, e->source);
	mine.order = v->orders++;
	mine.attempt = 1;
	push(v, &mine);
	return true;
}

void visit_again(struct visit *v, const struct errand *e, int64_t due)
{
	v->again = arena_grow(&v->arena, v->again, v->nagain, &v->again_cap, sizeof(*v->again));
	v->again[v->nagain] = *e;
	v->again[v->nagain].attempt++;
	v->again[v->nagain++].due = due;
}

void visit_shift(struct visit *v, int64_t ms)
{
	v->begun += ms;
	v->errand.not_before += ms;
	v->rules.not_before += ms;
	for (size_t i = 0; i < v->nagain; i++)
		v->again[i].due += ms;
}

static struct errand take_again(struct visit *v, size_t i)
{
	struct errand e = v->again[i];
	v->again[i] = v->again[--v->nagain];
	return e;
}

int visit_next(struct visit *v, struct errand *out, int64_t now, const char *then, int64_t *due)
{
	size_t first = 0, same = v->nagain;
	for (size_t i = 0; i < v->nagain; i++) {
		if (v->again[i].due < v->again[first].due)
			first = i;
		if (then && strcmp(v->again[i].url, then) == 0)
			same = i;
	}
	*due = v->nagain ? v->again[first].due : -1;
	/* Only which of the two came first does not follow from the answers. */
	if (same < v->nagain)
		*out = take_again(v, same);
	else if (v->nagain && *due <= now && !(then && v->nqueue))
		*out = take_again(v, first);
	else if (v->nqueue)
		*out = pop(v);
	else
		return 0;
	return 1;
}

bool visit_drain(struct visit *v, struct errand *out)
{
	if (v->nagain)
		*out = take_again(v, v->nagain - 1);
	else if (v->nqueue)
		*out = pop(v);
	else
		return false;
	return true;
}

/* ---- probes ---- */

static struct str directory(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	return path;
}

/* With its dot, when it looks like one; else nothing. */
static struct str extension(struct str path)
{
	struct str name = {path.p + directory(path).n, path.n - directory(path).n};
	const char *dot = name.n ? memrchr(name.p, '.', name.n) : NULL;
	struct str e = {dot, dot ? name.n - (size_t)(dot - name.p) : 0};
	return e.n > 1 && e.n <= 6 ? e : STR("");
}

/* Names come from a hash: the same visit asks the same, and no site has them. */
void visit_probe(struct visit *v, const struct url *u, const struct gather_settings *s)
{
	struct str folder = directory(u->path), ending = extension(u->path);
	struct buf kind = BUF_INIT(BUF_LINE);
	buf_addf(&kind, "%.*s%.*s*%.*s", (int)u->origin.n, u->origin.p, (int)folder.n, folder.p,
	    (int)ending.n, ending.p);
	if (v->probe_kinds < (unsigned)s->probe_kinds && !map_get(&v->probed, buf_str(&kind))) {
		map_put(&v->probed, buf_str(&kind), v);
		v->probe_kinds++;
		for (int i = 0; i < s->probes; i++) {
			struct arena scratch = ARENA_INIT;
			struct url probe;
			buf_addf(&kind, "%d", i);
			struct hash_text name = hash_sha256(buf_str(&kind));
			const char *text = arena_printf(&scratch, "%.*s%.*s%.12s%.*s",
			    (int)u->origin.n, u->origin.p, (int)folder.n, folder.p, name.s,
			    (int)ending.n, ending.p);
			struct errand e = {.role = FETCH_PROBE, .rank = RANK_PROBE};
			if (url_read(&probe, &scratch, str_of(text), NULL, NULL) == URL_OK)
				visit_add(v, &probe, &e, s);
			arena_clear(&scratch);
		}
	}
	buf_clear(&kind);
}

/* ---- flights ---- */

/* With a new cookie the same address may answer otherwise. */
static uint64_t loop_key(const struct url *u, const struct cookie_jar *jar)
{
	return str_hash(u->text) + 31 * cookie_state(jar);
}

int flight_begin(struct flight *f, const struct errand *e, const struct cookie_jar *jar)
{
	flight_end(f);
	f->errand = *e;
	struct str url = str_of(e->url);
	if (url_read(&f->at, &f->arena, url, NULL, NULL) != URL_OK || f->at.kind != URL_WEB)
		return -1;
	f->on = true;
	f->loop[0] = loop_key(&f->at, jar);
	return 0;
}

void flight_end(struct flight *f)
{
	arena_clear(&f->arena);
	buf_clear(&f->chain);
	*f = (struct flight){.chain = BUF_INIT(BUF_LINE)};
}

enum fetch_outcome flight_redirect(
    struct flight *f, int status, struct str location, int most, const struct cookie_jar *jar)
{
	struct url next;
	if (url_read(&next, &f->arena, location, &f->at, NULL) != URL_OK || next.kind != URL_WEB)
		return FETCH_BAD_TARGET;
	buf_addf(&f->chain, "%s%d %.*s", f->chain.len ? " | " : "", status, (int)next.text.n,
	    next.text.p);
	uint64_t key = loop_key(&next, jar);
	for (unsigned i = 0; i <= f->hops; i++)
		if (f->loop[i] == key)
			return FETCH_LOOP;
	if (++f->hops > (unsigned)most || f->hops >= LOOP_KEYS)
		return FETCH_REDIRECT;
	f->loop[f->hops] = key;
	f->at = next;
	return FETCH_OK;
}

/*
 * Commits are found from the last one backwards, each when it is first met, and
 * then put in order by Kahn's algorithm: those whose children have all come wait
 * in a heap. libgit2's own walk is not used, because it fails where the history
 * is cut and its order depends on more than the commits.
 */
#include "sys/repo_log.h"

#include "sys/repo_lib.h"
#include "sys/repo_text.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	struct repo *repo;
	struct arena *arena; /* of the result */
	struct arena own;
	struct repo_commit *found; /* in the order of being met */
	git_oid *ids;              /* beside found */
	size_t count, cap, ids_cap;
	struct map seen; /* number in found + 1, by id */
	bool cut;
};

/* -- finding --------------------------------------------------------------------- */

/* The number of a commit, given when it is first met. */
static uint32_t number_of(struct walk *w, const git_oid *id)
{
	struct map_entry *e = map_entry(&w->seen, repo_oid_key(id));
	if (!e->value) {
		w->found = arena_grow(&w->own, w->found, w->count, &w->cap, sizeof(*w->found));
		w->ids = arena_grow(&w->own, w->ids, w->count, &w->ids_cap, sizeof(*w->ids));
		w->found[w->count] = (struct repo_commit){.time = 0};
		w->ids[w->count] = *id;
		w->count++;
		e->value = (void *)(uintptr_t)w->count;
	}
	return (uint32_t)((uintptr_t)e->value - 1);
}

/* Not within a character. */
static struct str cut(struct str message)
{
	if (message.n <= REPO_LOG_MESSAGE)
		return message;
	message.n = REPO_LOG_MESSAGE;
	for (int i = 0; i < 3 && ((unsigned char)message.p[message.n] & 0xc0) == 0x80; i++)
		message.n--;
	return message;
}

static void read_texts(struct walk *w, struct repo_commit *c, const git_commit *commit)
{
	const struct repo_lib *git = w->repo->git;
	const char *encoding = git->commit_message_encoding(commit);
	const git_signature *author = git->commit_author(commit);
	struct str message = cut(str_trim(str_of(git->commit_message(commit))));
	c->author = repo_text(w->arena, str_of(author->name), encoding);
	c->mail = repo_text(w->arena, str_of(author->email), encoding);
	c->message = repo_text(w->arena, message, encoding);
	c->author_time = author->when.time;
	c->time = git->commit_time(commit);
}

static void read_parents(struct walk *w, size_t at, const git_commit *commit)
{
	const struct repo_lib *git = w->repo->git;
	unsigned n = git->commit_parentcount(commit);
	uint32_t *parents = arena_array(&w->own, n, sizeof(*parents));
	for (unsigned i = 0; i < n; i++)
		parents[i] = number_of(w, git->commit_parent_id(commit, i));
	w->found[at].parents = parents;
	w->found[at].nparents = n;
}

static enum repo_status read_commit(struct walk *w, size_t at)
{
	struct repo *r = w->repo;
	git_commit *commit;
	struct repo_commit *c = &w->found[at];
	if (r->git->commit_lookup(&commit, r->handle, &w->ids[at]) < 0)
		return repo_failed(r);
	r->git->oid_tostr(c->oid, sizeof(c->oid), &w->ids[at]);
	read_texts(w, c, commit);
	c->cut = map_get(&r->shallow, (struct str){c->oid, REPO_OID}) != NULL;
	w->cut |= c->cut;
	if (!c->cut)
		read_parents(w, at, commit);
	r->git->commit_free(commit);
	return REPO_OK;
}

/* -- order ------------------------------------------------------------------------ */

/* The numbers of those who may come next, the first of them at [0]. */
struct heap {
	const struct walk *walk;
	uint32_t *items;
	size_t count;
};

static bool comes_before(const struct walk *w, uint32_t a, uint32_t b)
{
	int64_t x = w->found[a].time, y = w->found[b].time;
	return x != y ? x > y : strcmp(w->found[a].oid, w->found[b].oid) < 0;
}

static void heap_add(struct heap *h, uint32_t item)
{
	size_t at = h->count++;
	while (at > 0 && comes_before(h->walk, item, h->items[(at - 1) / 2])) {
		h->items[at] = h->items[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	h->items[at] = item;
}

static uint32_t heap_take(struct heap *h)
{
	uint32_t first = h->items[0], last = h->items[--h->count];
	size_t at = 0;
	for (size_t child; (child = 2 * at + 1) < h->count; at = child) {
		if (child + 1 < h->count &&
		    comes_before(h->walk, h->items[child + 1], h->items[child]))
			child++;
		if (!comes_before(h->walk, h->items[child], last))
			break;
		h->items[at] = h->items[child];
	}
	h->items[at] = last;
	return first;
}

static void put_in_order(struct walk *w, struct repo_log *out)
{
	uint32_t *children = arena_array(&w->own, w->count, sizeof(*children));
	uint32_t *place = arena_array(&w->own, w->count, sizeof(*place));
	struct heap heap = {w, arena_array(&w->own, w->count, sizeof(*heap.items)), 0};
	for (size_t i = 0; i < w->count; i++)
		for (uint32_t p = 0; p < w->found[i].nparents; p++)
			children[w->found[i].parents[p]]++;
	out->commits = arena_array(w->arena, w->count, sizeof(*out->commits));
	heap_add(&heap, 0); /* the commit that was asked for has no children here */
	while (heap.count) {
		uint32_t next = heap_take(&heap);
		const struct repo_commit *c = &w->found[next];
		place[next] = (uint32_t)out->count;
		out->commits[out->count++] = *c;
		for (uint32_t p = 0; p < c->nparents; p++)
			if (--children[c->parents[p]] == 0)
				heap_add(&heap, c->parents[p]);
	}
	for (size_t i = 0; i < out->count; i++) {
		struct repo_commit *c = &out->commits[i];
		uint32_t *parents = arena_array(w->arena, c->nparents, sizeof(*parents));
		for (uint32_t p = 0; p < c->nparents; p++)
			parents[p] = place[c->parents[p]];
		c->parents = parents;
	}
}

static enum repo_status walk(struct repo_log *out, struct walk *w, const char *from)
{
	git_oid id;
	enum repo_status status = repo_find_commit(w->repo, from, &id);
	if (status)
		return status;
	number_of(w, &id);
	for (size_t i = 0; !status && i < w->count; i++)
		status = i == REPO_LOG_COMMITS ? REPO_TOO_LARGE : read_commit(w, i);
	if (status)
		return status;
	put_in_order(w, out);
	return w->cut ? REPO_SHALLOW : REPO_OK;
}

enum repo_status repo_log(struct repo_log *out, struct arena *a, struct repo *r, const char *from)
{
	struct walk w = {.repo = r, .arena = a, .own = ARENA_INIT};
	w.seen = (struct map)MAP_INIT(&w.own);
	*out = (struct repo_log){NULL, 0};
	repo_lock(r);
	enum repo_status status = walk(out, &w, from);
	repo_unlock(r);
	arena_clear(&w.own);
	return status;
}

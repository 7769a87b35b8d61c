/*
 * Both editions are computed and compared; of their facts those that differ
 * are kept. Commits are mostly asked for in the order of history, where the
 * older one of a pair is the newer one of the next: so the two asked for last
 * stay open, and a department is read once for both.
 */
#include "job/change_between.h"

#include "sys/repo_tree.h"
#include "text/hash.h"

#include <stdlib.h>
#include <string.h>

/* -- keys ------------------------------------------------------------------- */

static void add_entry(struct buf *out, struct repo *repo, const char *commit, const char *path)
{
	struct repo_entry entry;
	bool there = repo_entry(repo, commit, path, &entry) == REPO_OK;
	buf_addf(out, "%s ", there ? entry.oid : "-");
}

const struct change_shared change_shared[] = {
    {"content/site.yaml", false},
    {"content/methods", true},
    {"data/methods", true},
    {"data/procedures.csv", false},
    {"data/metrics.csv", false},
    {SITE_CHECKLIST, false},
    {SITE_ORDER_1493, false},
    {NULL, false},
};

const char *change_inputs(
    struct arena *a, struct repo *repo, const char *commit, const char *department)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct repo_entry entry;
	const char *content = arena_printf(a, "content/%s", department);
	if (!commit || repo_entry(repo, commit, content, &entry) != REPO_OK)
		return "";
	add_entry(&out, repo, commit, content);
	add_entry(&out, repo, commit, arena_printf(a, "data/%s", department));
	for (const struct change_shared *x = change_shared; x->path; x++)
		add_entry(&out, repo, commit, x->path);
	return buf_keep(a, &out).p;
}

static const char *pair_key(
    struct arena *a, struct change_source *s, const char *old, const char *new, struct date date)
{
	const char *text = arena_printf(a, "%s|%s|%s", date_iso(date).s,
	    change_inputs(a, s->repo, old, s->department),
	    change_inputs(a, s->repo, new, s->department));
	return arena_strdup(a, hash_sha256(str_of(text)).s);
}

void change_source_open(struct change_source *s)
{
	struct buf what = BUF_INIT(BUF_PAGE);
	buf_addf(&what, "%s|%s|%d|%d|%lld", repo_prefix(s->repo), s->department, (int)s->profile,
	    s->terms->level, (long long)s->terms->minimum_group);
	for (size_t i = 0; i < s->terms->nmetrics; i++)
		buf_addf(&what, "|%s", s->terms->metrics[i]);
	change_cache_open(&s->cache, repo_git_dir(s->repo), what.data);
	buf_clear(&what);
	s->opened = 0;
}

static void close_last(struct change_source *s)
{
	struct change_edition *e = s->editions[--s->opened];
	if (e->read)
		edition_facts_clear(&e->facts);
	edition_close(&e->edition);
	free(e);
}

void change_source_close(struct change_source *s)
{
	change_cache_close(&s->cache);
	while (s->opened)
		close_last(s);
}

/* -- computing -------------------------------------------------------------- */

/* Puts an edition first; the others move up to the place it leaves. */
static struct change_edition *put_first(
    struct change_source *s, struct change_edition *e, size_t place)
{
	memmove(s->editions + 1, s->editions, place * sizeof(struct change_edition *));
	return s->editions[0] = e;
}

/* Those asked for last stay open: both of a pair. */
static struct change_edition *edition_of(struct change_source *s, const char *commit)
{
	struct diag diag = DIAG_INIT;
	for (size_t i = 0; i < s->opened; i++)
		if (strcmp(s->editions[i]->edition.commit, commit) == 0)
			return put_first(s, s->editions[i], i);
	if (s->opened == CHANGE_EDITIONS)
		close_last(s);
	struct change_edition *e = xmalloc(sizeof(*e));
	e->read = false;
	edition_open(&e->edition, s->site, s->repo, commit, &diag);
	diag_clear(&diag);
	return put_first(s, e, s->opened++);
}

static void keep_differing(struct facts *out, struct arena *a, const struct changes *c, bool newer)
{
	*out = (struct facts){0};
	for (size_t i = 0; i < c->count; i++) {
		const struct fact *f = newer ? c->items[i].new : c->items[i].old;
		if (!f)
			continue;
		out->items = arena_grow(a, out->items, out->count, &out->cap, sizeof(*out->items));
		out->items[out->count++] = *f;
	}
}

/* The commit as of that date; what is wrong with it is known already. */
static const struct edition_facts *take(
    struct change_source *s, const char *commit, const struct edition_view *view)
{
	static const struct edition_facts nothing = {.there = false};
	if (!commit)
		return &nothing;
	struct change_edition *e = edition_of(s, commit);
	struct diag diag = DIAG_INIT;
	if (e->read)
		edition_facts_again(&e->facts, view);
	else
		edition_facts(&e->facts, &e->edition, s->department, view, &diag);
	e->read = true;
	diag_clear(&diag);
	return &e->facts;
}

static const char *title_of(const struct edition_facts *f)
{
	return f->there && f->d.index ? f->d.index->title : NULL;
}

static struct change_entry *compute(
    struct change_source *s, const char *key, const char *old, const char *new, struct date date)
{
	const struct edition_view view = {.profile = s->profile, .date = date, .terms = s->terms};
	struct arena scratch = ARENA_INIT;
	struct changes changes;
	const struct edition_facts *after = take(s, new, &view), *before = take(s, old, &view);
	changes_compare(&changes, &scratch, &before->facts, &after->facts);
	const char *title = title_of(after) ? title_of(after) : title_of(before);
	struct change_entry e = {.title = title ? title : s->department,
	    .old_there = before->there,
	    .new_there = after->there,
	    .old_errors = before->errors,
	    .new_errors = after->errors};
	keep_differing(&e.old, &scratch, &changes, false);
	keep_differing(&e.new, &scratch, &changes, true);
	struct change_entry *kept = change_cache_put(&s->cache, key, &e);
	arena_clear(&scratch);
	return kept;
}

void change_between(struct change_pair *out, struct arena *a, struct change_source *s,
    const char *old, const char *new, struct date date)
{
	static const struct change_entry nothing = {.title = ""};
	const char *key = pair_key(a, s, old, new, date);
	const struct change_entry *e = change_cache_get(&s->cache, key);
	if (!e)
		e = compute(s, key, old, new, date);
	if (!e)
		e = &nothing;
	*out = (struct change_pair){.title = e->title,
	    .old_there = e->old_there,
	    .new_there = e->new_there,
	    .old_errors = e->old_errors,
	    .new_errors = e->new_errors};
	changes_compare(&out->changes, a, &e->old, &e->new);
	changes_settle(&out->changes, a, s->present);
}

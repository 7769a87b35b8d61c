/*
 * Files are those of HEAD. Of each a column of contents is made for the
 * commits of a window (job/history_window), and from it the versions and, for
 * a table, the origins of its rows; what is known before the window is put
 * after it. A file that is not known before is looked for in the whole log.
 *
 * To compare two versions of a table their bytes are needed; in a straight
 * history the older one is the newer one of the step before, so the last few
 * are kept.
 */
#include "job/history_scan.h"

#include "job/change_between.h"
#include "job/history_window.h"
#include "model/schema.h"
#include "sys/repo_root.h"
#include "sys/repo_tree.h"

#include <stdlib.h>
#include <string.h>

enum { SCAN_TABLE = 64 * 1024 * 1024, SCAN_PAGE = 4 * 1024 * 1024, KEPT = 4 };

/* Bytes of a version of the table in hand. */
struct kept {
	struct arena arena;
	struct str bytes;
	uint32_t version;
	unsigned age;
};

struct scanning {
	struct scan *out;
	struct arena *arena;
	struct repo *repo;
	const struct scan *before; /* or NULL */
	struct repo_log log;
	struct window fresh, whole; /* whole: made when it is needed */
	bool whole_made;
	uint32_t *numbers; /* of commits of the log in out, + 1; 0: not there yet */
	size_t texts_size, paths_cap;
	struct kept kept[KEPT];
	unsigned clock;
	const struct window *window; /* of the table in hand */
	enum table_id table;
};

/* -- small things ----------------------------------------------------------------- */

uint64_t history_said(struct str bytes)
{
	uint64_t hash = 1;
	struct str line;
	for (struct str rest = bytes; str_next(&rest, '\n', &line);) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		hash = (hash ^ str_hash(line)) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	return hash ? hash : 1;
}

enum table_id history_table(const char *path)
{
	if (strncmp(path, "data/", 5) != 0)
		return TABLE_COUNT;
	const char *inside = strchr(path + 5, '/');
	if (!inside)
		return TABLE_COUNT;
	struct str name = str_of(inside + 1);
	if (str_starts(name, "audit/") && str_ends(name, ".csv"))
		return str_ends(name, ".evidence.csv") ? TABLE_AUDIT_EVIDENCE : TABLE_AUDIT;
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (str_is(name, schema_of((enum table_id)id)->file))
			return (enum table_id)id;
	return TABLE_COUNT;
}

/* A page whose earlier versions can be read. */
static bool is_page(const char *path)
{
	return str_starts(str_of(path), "content/") && str_ends(str_of(path), ".md") &&
	    !strstr(path, "/files/");
}

static struct str first_line(struct str message)
{
	struct str line = {"", 0};
	str_next(&message, '\n', &line);
	return str_trim(line);
}

static uint32_t add_commit(struct scanning *s, const struct scan_commit *c)
{
	struct scan *out = s->out;
	out->commits = arena_grow(
	    s->arena, out->commits, out->ncommits, &out->commits_cap, sizeof(*out->commits));
	out->commits[out->ncommits] = *c;
	return (uint32_t)out->ncommits++;
}

/* The number of a commit of the log among those that are spoken of. */
static uint32_t commit_number(struct scanning *s, size_t at)
{
	const struct repo_commit *c = &s->log.commits[at];
	if (!s->numbers[at]) {
		struct str reason = first_line(str_of(c->message));
		struct scan_commit commit = {
		    .time = c->time,
		    .author = c->author,
		    .mail = c->mail,
		    .reason = arena_strndup(s->arena, reason.p, reason.n),
		};
		memcpy(commit.id, c->oid, sizeof(commit.id));
		s->numbers[at] = add_commit(s, &commit) + 1;
	}
	return s->numbers[at] - 1;
}

const struct scan_path *history_path(const struct scan *s, const char *path)
{
	size_t low = 0, high = s->npaths;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(path, s->paths[middle].path);
		if (order == 0)
			return &s->paths[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* -- rows ------------------------------------------------------------------------- */

static struct str version_bytes(struct scanning *s, uint32_t version)
{
	struct kept *oldest = &s->kept[0];
	if (version == ORIGIN_NONE)
		return (struct str){"", 0};
	for (int i = 0; i < KEPT; i++) {
		struct kept *k = &s->kept[i];
		if (k->bytes.p && k->version == version) {
			k->age = ++s->clock;
			return k->bytes;
		}
		if (k->age < oldest->age)
			oldest = k;
	}
	arena_clear(&oldest->arena);
	/* What cannot be read has no rows. */
	if (repo_blob(s->repo, s->window->ids[version], &oldest->arena, SCAN_TABLE, &oldest->bytes))
		oldest->bytes = (struct str){"", 0};
	oldest->version = version;
	oldest->age = ++s->clock;
	return oldest->bytes;
}

static void forget_bytes(struct scanning *s)
{
	for (int i = 0; i < KEPT; i++) {
		arena_clear(&s->kept[i].arena);
		s->kept[i] = (struct kept){.age = 0};
	}
}

static void differ(void *payload, uint32_t from, uint32_t to, struct row_digests *removed,
    struct row_digests *added)
{
	struct scanning *s = payload;
	struct str old = version_bytes(s, from);
	row_changes(removed, added, s->table, old, version_bytes(s, to));
}

static int by_digest(const void *x, const void *y)
{
	const struct origin *a = x, *b = y;
	return (a->digest > b->digest) - (a->digest < b->digest);
}

/* Commits in a seed are numbered after those of the window. */
static void find_rows(struct scanning *s, struct window *w, const uint32_t *column,
    struct scan_path *path, const struct scan_path *before)
{
	struct arena own = ARENA_INIT;
	uint32_t n = (uint32_t)w->count;
	struct origin_table t = {
	    .commits = w->commits, .versions = column, .count = n, .payload = s, .differ = differ};
	struct origins seed = {0};
	if (before) {
		seed.items = arena_array(&own, before->rows.count + 1, sizeof(*seed.items));
		for (; seed.count < before->rows.count; seed.count++) {
			seed.items[seed.count] = before->rows.items[seed.count];
			seed.items[seed.count].commit += n;
		}
		t.seed = &seed;
	}
	s->window = w;
	s->table = history_table(path->path);
	path->rows = origin_find(s->arena, &t);
	forget_bytes(s);
	for (size_t i = 0; i < path->rows.count; i++) {
		uint32_t *commit = &path->rows.items[i].commit;
		*commit = *commit < n ? commit_number(s, *commit) : *commit - n;
	}
	if (path->rows.count)
		qsort(path->rows.items, path->rows.count, sizeof(*path->rows.items), by_digest);
	arena_clear(&own);
}

/* -- versions ------------------------------------------------------------------------ */

static uint32_t keep_text(struct scanning *s, const struct window *w, uint32_t version)
{
	struct scan *out = s->out;
	struct str text;
	if (version == ORIGIN_NONE || s->texts_size > SCAN_TEXTS ||
	    repo_blob(s->repo, w->ids[version], s->arena, SCAN_PAGE, &text))
		return SCAN_NONE;
	s->texts_size += text.n;
	out->texts =
	    arena_grow(s->arena, out->texts, out->ntexts, &out->texts_cap, sizeof(*out->texts));
	out->texts[out->ntexts] = text;
	return (uint32_t)out->ntexts++;
}

static uint32_t take_text(struct scanning *s, const struct scan *before, uint32_t text)
{
	struct scan *out = s->out;
	if (text == SCAN_NONE)
		return SCAN_NONE;
	out->texts =
	    arena_grow(s->arena, out->texts, out->ntexts, &out->texts_cap, sizeof(*out->texts));
	out->texts[out->ntexts] = before->texts[text];
	s->texts_size += before->texts[text].n;
	return (uint32_t)out->ntexts++;
}

static void add_version(struct scan_path *path, uint32_t commit, bool deleted, uint32_t text)
{
	path->versions[path->nversions++] =
	    (struct scan_version){.commit = commit, .text = text, .deleted = deleted};
}

/* Of a page that was never changed no text is kept: there is nothing earlier to
 * be read. When it is changed, its first text is that of the window's end. */
static void find_versions(struct scanning *s, const struct window *w, const uint32_t *column,
    struct scan_path *path, const struct scan_path *before)
{
	size_t known = before ? before->nversions : 0, n = known;
	for (size_t i = 0; i < w->count; i++)
		n += window_changed(w, column, i);
	bool keeps = is_page(path->path) && n > 1;
	path->versions = arena_array(s->arena, n + 1, sizeof(*path->versions));
	for (size_t i = 0; i < w->count; i++)
		if (window_changed(w, column, i))
			add_version(path, commit_number(s, i), column[i] == ORIGIN_NONE,
			    keeps && path->nversions < SCAN_VERSIONS ? keep_text(s, w, column[i])
			                                             : SCAN_NONE);
	for (size_t i = 0; i < known; i++) {
		const struct scan_version *v = &before->versions[i];
		uint32_t text = SCAN_NONE;
		if (keeps && path->nversions < SCAN_VERSIONS)
			text = known == 1 ? keep_text(s, w, column[w->count - 1])
			                  : take_text(s, s->before, v->text);
		add_version(path, v->commit, v->deleted, text);
	}
}

static uint64_t said_at(struct scanning *s, const struct window *w, uint32_t version)
{
	struct arena own = ARENA_INIT;
	struct str bytes;
	uint64_t said = 0;
	if (version != ORIGIN_NONE &&
	    repo_blob(s->repo, w->ids[version], &own, SCAN_PAGE, &bytes) == REPO_OK)
		said = history_said(bytes);
	arena_clear(&own);
	return said;
}

static struct window *whole(struct scanning *s)
{
	if (!s->fresh.ended)
		return &s->fresh;
	if (!s->whole_made)
		window_init(&s->whole, s->arena, s->repo, &s->log, s->log.count);
	s->whole_made = true;
	return &s->whole;
}

static void scan_path(struct scanning *s, const char *name)
{
	struct arena own = ARENA_INIT;
	struct scan *out = s->out;
	const struct scan_path *before = s->before ? history_path(s->before, name) : NULL;
	struct window *w = before ? &s->fresh : whole(s);
	const uint32_t *column = window_column(w, &own, name, false);
	out->paths =
	    arena_grow(s->arena, out->paths, out->npaths, &s->paths_cap, sizeof(*out->paths));
	struct scan_path *path = &out->paths[out->npaths++];
	*path = (struct scan_path){.path = name};
	find_versions(s, w, column, path, before);
	if (history_table(name) != TABLE_COUNT)
		find_rows(s, w, column, path, before);
	bool same = before && column[0] == column[w->count - 1];
	if (is_page(name))
		path->said = same ? before->said : said_at(s, w, column[0]);
	arena_clear(&own);
}

/* -- departments ---------------------------------------------------------------------- */

/* One column of several: equal numbers mean that all are equal. */
static uint32_t *joined(struct window *w, const uint32_t *x, const uint32_t *y)
{
	struct arena own = ARENA_INIT;
	struct map pairs = MAP_INIT(&own);
	uint32_t *column = arena_array(w->arena, w->count + 1, sizeof(*column));
	for (size_t i = 0; i < w->count; i++) {
		uint32_t pair[2] = {x[i], y[i]};
		struct map_entry *e =
		    map_entry(&pairs, (struct str){(const char *)pair, sizeof(pair)});
		if (!e->value)
			e->value = (void *)(uintptr_t)pairs.count;
		column[i] = (uint32_t)(uintptr_t)e->value;
	}
	arena_clear(&own);
	return column;
}

/* What all departments are made of. */
static const uint32_t *shared_inputs(struct window *w)
{
	const uint32_t *column = NULL;
	for (const struct change_shared *x = change_shared; x->path; x++) {
		const uint32_t *one = window_column(w, w->arena, x->path, x->folder);
		column = column ? joined(w, column, one) : one;
	}
	return column;
}

static uint32_t known_last(const struct scanning *s, const char *id)
{
	for (size_t i = 0; s->before && i < s->before->ndepartments; i++)
		if (strcmp(s->before->departments[i].id, id) == 0)
			return s->before->departments[i].last;
	return SCAN_NONE;
}

static const uint32_t *inputs_of(struct window *w, const uint32_t *shared, const char *id)
{
	const uint32_t *content =
	    window_column(w, w->arena, arena_printf(w->arena, "content/%s", id), true);
	const uint32_t *data =
	    window_column(w, w->arena, arena_printf(w->arena, "data/%s", id), true);
	return joined(w, joined(w, content, data), shared);
}

static uint32_t last_of(struct scanning *s, const uint32_t *inputs, const char *id)
{
	const struct window *w = &s->fresh;
	for (size_t i = 0; i < w->count; i++)
		if (window_changed(w, inputs, i))
			return commit_number(s, i);
	return known_last(s, id);
}

/* The line of first parents is the site as it was published. The department
 * has to be there before and after. */
static void find_changes(struct scanning *s, struct scan_department *d, const uint32_t *inputs)
{
	const struct window *w = whole(s);
	const uint32_t *there =
	    window_column(whole(s), s->arena, arena_printf(s->arena, "content/%s", d->id), true);
	d->changes = arena_array(s->arena, SCAN_CHANGES, sizeof(*d->changes));
	for (uint32_t to = 0, from; w->commits[to].nparents; to = from) {
		from = w->commits[to].parents[0];
		if (d->nchanges == SCAN_CHANGES || there[from] == ORIGIN_NONE)
			break;
		if (inputs[from] != inputs[to])
			d->changes[d->nchanges++] = (struct scan_change){
			    .commit = commit_number(s, to), .from = from, .to = to};
	}
}

static void scan_departments(struct scanning *s, const struct root *root)
{
	struct scan *out = s->out;
	struct file_entries entries;
	if (file_list(&entries, s->arena, root, "content"))
		return;
	struct window *all = whole(s);
	const uint32_t *shared = shared_inputs(&s->fresh);
	const uint32_t *shared_ever = all == &s->fresh ? shared : shared_inputs(all);
	out->departments = arena_array(s->arena, entries.count + 1, sizeof(*out->departments));
	for (size_t i = 0; i < entries.count; i++) {
		if (entries.items[i].kind != FILE_FOLDER)
			continue;
		struct scan_department *d = &out->departments[out->ndepartments++];
		*d = (struct scan_department){.id = entries.items[i].name, .terms = ""};
		const uint32_t *inputs = inputs_of(&s->fresh, shared, d->id);
		d->last = last_of(s, inputs, d->id);
		find_changes(s, d, all == &s->fresh ? inputs : inputs_of(all, shared_ever, d->id));
	}
}

/* -- the whole -------------------------------------------------------------------------- */

static int visit(void *payload, const char *path, const struct file_entry *entry)
{
	struct scanning *s = payload;
	if (entry->status == FILE_OK && entry->kind == FILE_REGULAR)
		scan_path(s, arena_strdup(s->arena, path));
	return 0;
}

static int by_path(const void *x, const void *y)
{
	const struct scan_path *a = x, *b = y;
	return strcmp(a->path, b->path);
}

/*
 * How many commits of the log have to be gone over: those that the older HEAD
 * does not lead to, and that HEAD itself, which ends them. All of them, when a
 * merge reaches behind it.
 */
static size_t fresh_commits(struct scanning *s)
{
	struct repo_log *log = &s->log;
	size_t old = 0;
	while (s->before && old < log->count && strcmp(log->commits[old].oid, s->before->head) != 0)
		old++;
	if (!s->before || old >= log->count)
		return log->count;
	/* Nothing before it in the log may lead past it, nor stand beside it. */
	for (size_t i = 0; i < old; i++) {
		const struct repo_commit *c = &log->commits[i];
		for (size_t k = 0; k < c->nparents; k++)
			if (c->parents[k] > old)
				return log->count;
		if (!c->nparents)
			return log->count;
	}
	return old + 1;
}

static void take_commits(struct scanning *s)
{
	for (size_t i = 0; s->before && i < s->before->ncommits; i++)
		add_commit(s, &s->before->commits[i]);
	/* A path that is new may speak of commits that are known already. */
	struct map ids = MAP_INIT(s->arena);
	for (size_t i = 0; i < s->out->ncommits; i++)
		map_put(&ids, str_of(s->out->commits[i].id), (void *)(uintptr_t)(i + 1));
	for (size_t i = 0; i < s->log.count; i++)
		s->numbers[i] = (uint32_t)(uintptr_t)map_get(&ids, str_of(s->log.commits[i].oid));
}

static void scan_files(struct scanning *s, const struct root *root)
{
	take_commits(s);
	file_walk(root, "content", visit, s);
	file_walk(root, "data", visit, s);
	if (s->out->npaths)
		qsort(s->out->paths, s->out->npaths, sizeof(*s->out->paths), by_path);
	scan_departments(s, root);
}

enum repo_status history_scan(struct scan *out, struct arena *a, struct repo *repo,
    const char *head, const struct scan *before)
{
	struct scanning s = {.out = out, .arena = a, .repo = repo, .before = before};
	struct root root = ROOT_INIT;
	*out = (struct scan){.head = ""};
	enum repo_status status = repo_log(&s.log, a, repo, head);
	if (status)
		return status;
	memcpy(out->head, s.log.commits[0].oid, sizeof(out->head));
	s.numbers = arena_array(a, s.log.count + 1, sizeof(*s.numbers));
	size_t count = fresh_commits(&s);
	if (count == s.log.count)
		s.before = NULL;
	window_init(&s.fresh, a, repo, &s.log, count);
	if (repo_root(&root, repo, out->head) == REPO_OK)
		scan_files(&s, &root);
	root_close(&root);
	out->log = s.log;
	return REPO_OK;
}

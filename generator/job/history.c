/*
 * The answer is the state of the repository, then the bytes of the cache
 * (job/history_cache), which are decoded here. What was found belongs to HEAD;
 * it is fitted to the files that were read: a row that HEAD does not have, and
 * a page that reads otherwise, are not in a commit yet.
 */
#include "job/history.h"

#include "job/history_cache.h"
#include "job/history_changes.h"
#include "sys/keep.h"
#include "sys/repo_root.h"
#include "sys/repo_status.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_SIZE = 64 * 1024 * 1024, PAGE_SIZE = 4 * 1024 * 1024 };

/* -- asking git ------------------------------------------------------------------- */

struct answer {
	enum repo_status status, scanned;
	struct repo_head head;
	bool modified;
	size_t releases; /* bytes of the list, which comes first */
};

/* One cache for each site of a repository. */
static void cache_name(char out[64], struct repo *repo)
{
	snprintf(
	    out, 64, "history-%016llx", (unsigned long long)str_hash(str_of(repo_prefix(repo))));
}

/* What is kept is handed on as it is when it is of this commit, or begun from. */
static enum repo_status scan(struct buf *out, const char *site, struct repo *repo, const char *head)
{
	struct arena arena = ARENA_INIT;
	struct scan before, after;
	struct str kept = {"", 0};
	char name[64];
	cache_name(name, repo);
	keep_read(&kept, &arena, repo_git_dir(repo), name, BUF_FILE);
	enum repo_status status = REPO_OK;
	if (history_is_of(kept, head)) {
		buf_add(out, kept.p, kept.n);
	} else {
		bool known = history_decode(&before, &arena, kept) == 0;
		status = history_scan(&after, &arena, repo, head, known ? &before : NULL);
		size_t begin = out->len;
		if (!status) {
			history_changes(&after, &arena, site, repo);
			history_encode(out, &after);
		}
		if (!status && buf_err(out) == 0)
			keep_write(repo_git_dir(repo), name,
			    (struct str){out->data + begin, out->len - begin});
	}
	arena_clear(&arena);
	return status;
}

/* The time of a commit is that of the files in it. */
static enum repo_status commit_of(
    struct repo_head *out, struct repo *repo, const struct history_job *h)
{
	struct root root = ROOT_INIT;
	struct file_info info;
	enum repo_status status = repo_resolve(repo, h->commit ? h->commit : "HEAD", out->oid);
	if (!status)
		status = repo_root(&root, repo, out->oid);
	if (!status && file_look(&info, &root, "") != FILE_OK)
		status = REPO_FAILED;
	if (!status)
		out->time = info.mtime / 1000000000;
	root_close(&root);
	return status;
}

/* Is there anything of the site that HEAD has not? */
static bool is_modified(struct repo *repo)
{
	struct arena a = ARENA_INIT;
	struct repo_changes changed = {0};
	bool found = repo_changed(&changed, &a, repo) != REPO_OK;
	for (size_t i = 0; !found && i < changed.count; i++) {
		struct str path = str_of(changed.items[i].path);
		found = str_starts(path, "content/") || str_starts(path, "data/") ||
		    str_starts(path, "themes/");
	}
	arena_clear(&a);
	return found;
}

static int find(struct buf *out, const struct history_job *h)
{
	struct answer a = {.scanned = REPO_NONE};
	struct repo *repo = NULL;
	buf_add(out, &a, sizeof(a)); /* its place */
	a.status = repo_open(&repo, h->site, &a.head);
	if (!a.status)
		a.status = commit_of(&a.head, repo, h);
	/* The site may be new, so that HEAD does not have it; HEAD has a date. */
	if (a.status && !h->commit) {
		a.status = repo_head(&a.head, h->site);
		a.modified = true;
	} else if (!a.status && h->wanted) {
		size_t begin = out->len;
		a.modified = !h->commit && is_modified(repo);
		releases_find(out, repo);
		a.releases = out->len - begin;
		a.scanned =
		    repo_is_shallow(repo) ? REPO_SHALLOW : scan(out, h->site, repo, a.head.oid);
	}
	repo_close(repo);
	if (buf_err(out))
		return -1;
	memcpy(out->data, &a, sizeof(a));
	return 0;
}

static int find_apart(void *payload, struct buf *out)
{
	repo_start_offline();
	return find(out, payload);
}

/* -- the answer --------------------------------------------------------------------- */

static void take_answer(struct history_job *h, struct str bytes)
{
	struct answer a;
	if (bytes.n < sizeof(a)) {
		h->status = h->scanned = REPO_FAILED;
		return;
	}
	memcpy(&a, bytes.p, sizeof(a));
	h->status = a.status;
	h->scanned = a.scanned;
	h->head = a.head;
	h->modified = a.modified;
	struct str list = {bytes.p + sizeof(a), a.releases};
	struct str rest = {list.p + list.n, bytes.n - sizeof(a) - list.n};
	if (releases_read(&h->releases, &h->arena, list) < 0)
		h->releases.count = 0;
	if (a.scanned == REPO_OK && history_decode(&h->scan, &h->arena, rest) < 0)
		h->scanned = REPO_FAILED;
	if (h->status && h->status != REPO_NONE)
		repo_complain(&h->diag, h->status, &h->head, h->site);
	else if (h->wanted && h->scanned && h->scanned != REPO_NONE)
		repo_complain(&h->diag, h->scanned, &h->head, h->site);
}

/* Under the lock. */
static void wait_for(struct history_job *h)
{
	struct str bytes;
	if (h->answered || !h->begun)
		return;
	h->answered = true;
	if (!h->ask.process || ask_end(&h->ask, &h->arena, &bytes) < 0) {
		struct buf out = BUF_INIT(BUF_FILE);
		find(&out, h);
		bytes = buf_keep(&h->arena, &out);
	}
	take_answer(h, bytes);
}

void history_begin(
    struct history_job *h, const char *site, const char *commit, bool once, bool wanted)
{
	*h = (struct history_job){
	    .site = site, .commit = commit, .wanted = wanted, .begun = true, .diag = DIAG_INIT};
	pthread_mutex_init(&h->lock, NULL);
	if (once)
		ask_begin(&h->ask, find_apart, h);
}

enum repo_status history_head(struct history_job *h, struct repo_head *out)
{
	pthread_mutex_lock(&h->lock);
	wait_for(h);
	pthread_mutex_unlock(&h->lock);
	*out = h->head;
	return h->status;
}

const struct releases *history_releases(struct history_job *h)
{
	pthread_mutex_lock(&h->lock);
	wait_for(h);
	pthread_mutex_unlock(&h->lock);
	return &h->releases;
}

void history_end(struct history_job *h, struct diag *diag)
{
	if (!h->begun)
		return;
	struct repo_head head;
	history_head(h, &head);
	diag_join(diag, &h->diag);
	pthread_mutex_destroy(&h->lock);
	arena_clear(&h->arena);
	*h = (struct history_job){.site = NULL};
}

/* -- for one department ----------------------------------------------------------------- */

static const char *author_of(const struct site *site, const struct scan_commit *c)
{
	const struct staff *staff = site->staff.items;
	for (size_t i = 0; i < site->staff.count; i++)
		if (staff[i].mail && strcasecmp(staff[i].mail, c->mail) == 0)
			return staff[i].name ? staff[i].name : staff[i].login;
	return site->repository == REPOSITORY_PUBLIC && *c->author ? c->author : NULL;
}

/* Made once; the site is the same for all departments. */
static void make_commits(struct history_job *h, const struct site *site)
{
	if (h->commits)
		return;
	h->commits = arena_array(&h->arena, h->scan.ncommits + 1, sizeof(*h->commits));
	for (size_t i = 0; i < h->scan.ncommits; i++) {
		const struct scan_commit *c = &h->scan.commits[i];
		h->commits[i] = (struct commit){
		    .id = c->id,
		    .time = c->time,
		    .date = date_from_unix(c->time),
		    .author = author_of(site, c),
		    .reason = c->reason,
		};
	}
}

struct fitting {
	const struct history_job *h;
	struct department *d;
	const struct root *root;
	struct history *out;
};

static const struct origin *origin_of(const struct origins *rows, uint64_t digest)
{
	size_t low = 0, high = rows->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (rows->items[middle].digest == digest)
			return &rows->items[middle];
		if (digest < rows->items[middle].digest)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void fit_rows(const struct fitting *f, struct path_history *p, enum table_id table,
    const struct scan_path *known, struct str bytes)
{
	struct arena own = ARENA_INIT;
	struct row_digests rows = ROW_DIGESTS_INIT(&own);
	row_digests(&rows, table, bytes);
	size_t committed = 0;
	for (size_t i = 0; known && i < known->rows.count; i++)
		committed += known->rows.items[i].count;
	p->uncommitted = !known || committed != rows.count;
	p->nrows = rows.count ? rows.items[rows.count - 1].line + 1 : 0;
	const struct commit **commits =
	    arena_array(&f->d->arena, p->nrows + 1, sizeof(const struct commit *));
	for (size_t i = 0; known && i < rows.count; i++) {
		const struct origin *o = origin_of(&known->rows, rows.items[i].digest);
		if (o)
			commits[rows.items[i].line] = &f->h->commits[o->commit];
		else
			p->uncommitted = true;
	}
	p->rows = commits;
	arena_clear(&own);
}

static void fit_versions(
    const struct fitting *f, struct path_history *p, const struct scan_path *known)
{
	const struct scan *s = &f->h->scan;
	struct path_version *versions =
	    arena_array(&f->d->arena, known->nversions + 1, sizeof(*versions));
	for (size_t i = 0; i < known->nversions; i++) {
		const struct scan_version *v = &known->versions[i];
		versions[i] = (struct path_version){.commit = &f->h->commits[v->commit],
		    .deleted = v->deleted,
		    .text = v->text == SCAN_NONE ? STR_NONE : s->texts[v->text]};
	}
	p->versions = versions;
	p->nversions = known->nversions;
}

static void fit(const struct fitting *f, const char *path)
{
	struct arena own = ARENA_INIT;
	struct str bytes;
	enum table_id table = history_table(path);
	const struct scan_path *known = history_path(&f->h->scan, path);
	struct path_history *p = arena_alloc(&f->d->arena, sizeof(*p));
	*p = (struct path_history){.path = path, .uncommitted = !known};
	if (known)
		fit_versions(f, p, known);
	size_t most = table == TABLE_COUNT ? PAGE_SIZE : TABLE_SIZE;
	if (file_read(&bytes, &own, f->root, path, most) == FILE_OK) {
		if (table != TABLE_COUNT)
			fit_rows(f, p, table, known, bytes);
		else if (known)
			p->uncommitted = known->said != history_said(bytes);
	}
	map_put(&f->out->paths, str_of(path), p);
	arena_clear(&own);
}

static void fit_tables(const struct fitting *f)
{
	const struct department *d = f->d;
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (d->tables[id].file && id != TABLE_AUDIT && id != TABLE_AUDIT_EVIDENCE)
			fit(f, d->tables[id].file);
	for (size_t i = 0; i < d->naudit; i++)
		if (i == 0 || strcmp(d->audit[i].row.file, d->audit[i - 1].row.file) != 0)
			fit(f, d->audit[i].row.file);
}

static const struct commit *last_of(const struct history_job *h, const char *id)
{
	for (size_t i = 0; i < h->scan.ndepartments; i++)
		if (strcmp(h->scan.departments[i].id, id) == 0 &&
		    h->scan.departments[i].last != SCAN_NONE)
			return &h->commits[h->scan.departments[i].last];
	return NULL;
}

/* In an internal build too only what the public may see is told. */
void history_publish(struct history_job *h, struct renderer *r)
{
	struct disclosure public;
	if (!r->history || r->history->state == HISTORY_CUT)
		return;
	disclosure_init(&public, r->kept, r->dept, r->ids, r->assessment, PROFILE_PUBLIC);
	r->publications = history_publications(&h->scan, h->commits, r->kept,
	    r->profile == PROFILE_PUBLIC ? r->disclosure : &public, r->ids, r->assessment, r->dept,
	    &r->npublications, &r->publications_withheld);
}

const struct history *history_department(
    struct history_job *h, struct department *d, const struct root *root)
{
	pthread_mutex_lock(&h->lock);
	wait_for(h);
	if (h->scanned == REPO_OK)
		make_commits(h, d->site);
	pthread_mutex_unlock(&h->lock);
	if (!h->wanted || h->status || (h->scanned && h->scanned != REPO_SHALLOW))
		return NULL;
	struct history *out = arena_alloc(&d->arena, sizeof(*out));
	*out = (struct history){.state = HISTORY_CUT, .paths = MAP_INIT(&d->arena)};
	if (h->scanned == REPO_SHALLOW)
		return out;
	out->state = HISTORY_WHOLE;
	out->last = last_of(h, d->id);
	const struct fitting f = {h, d, root, out};
	fit_tables(&f);
	for (size_t i = 0; i < d->ncontents; i++)
		fit(&f, d->contents[i]->file);
	return out;
}

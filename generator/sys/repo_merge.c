/*
 * The merge is made in an index in memory. Blobs that come of it are written,
 * since a conflict is told by its blobs and a tree needs them; what nothing
 * points to git removes in its own time.
 */
#include "sys/repo_merge.h"

#include "sys/repo_commit.h"
#include "sys/repo_work.h"

#include <stdlib.h>
#include <string.h>

/* -- what is followed ------------------------------------------------------------- */

/* libgit2 has a function for this, but the one of version 1.5 forgets 20 KB for
 * each line of the configuration. */
struct mapping {
	struct repo *repo;
	struct arena *arena;
	const char *from; /* the ref over there */
	const char *to;   /* and here; NULL until it is found */
};

static int map_ref(const git_config_entry *entry, void *payload)
{
	struct mapping *m = payload;
	const struct repo_lib *git = m->repo->git;
	git_refspec *spec = NULL;
	git_buf to = {0};
	if (!m->to && entry->value && git->refspec_parse(&spec, entry->value, 1) == 0 &&
	    git->refspec_src_matches(spec, m->from) &&
	    git->refspec_transform(&to, spec, m->from) == 0)
		m->to = arena_strdup(m->arena, to.ptr);
	git->buf_dispose(&to);
	git->refspec_free(spec);
	return 0;
}

static void read_upstream(
    struct repo_upstream *out, struct mapping *m, const git_config *config, const char *branch)
{
	const struct repo_lib *git = m->repo->git;
	const char *remote;
	if (git->config_get_string(
	        &remote, config, arena_printf(m->arena, "branch.%s.remote", branch)) < 0 ||
	    git->config_get_string(
	        &m->from, config, arena_printf(m->arena, "branch.%s.merge", branch)) < 0)
		return;
	out->remote = arena_strdup(m->arena, remote);
	if (strcmp(remote, ".") == 0) /* a branch of this repository */
		m->to = arena_strdup(m->arena, m->from);
	else
		git->config_get_multivar_foreach(
		    config, arena_printf(m->arena, "remote.%s.fetch", remote), NULL, map_ref, m);
	out->ref = m->to ? m->to : "";
}

static enum repo_status find_upstream(struct repo_upstream *out, struct arena *a, struct repo *r)
{
	static const char heads[] = "refs/heads/";
	struct mapping m = {.repo = r, .arena = a};
	const char *branch;
	git_config *config = NULL;
	git_oid id;
	enum repo_status status = repo_branch_now(r, a, &branch);
	if (status)
		return status;
	if (r->git->repository_config_snapshot(&config, r->handle) < 0)
		return repo_failed(r);
	if (strncmp(branch, heads, strlen(heads)) == 0)
		read_upstream(out, &m, config, branch + strlen(heads));
	r->git->config_free(config);
	if (!*out->ref || r->git->reference_name_to_id(&id, r->handle, out->ref) < 0)
		return REPO_NO_UPSTREAM;
	r->git->oid_tostr(out->oid, sizeof(out->oid), &id);
	return REPO_OK;
}

enum repo_status repo_upstream(struct repo_upstream *out, struct arena *a, struct repo *r)
{
	*out = (struct repo_upstream){"", "", ""};
	repo_lock(r);
	enum repo_status status = find_upstream(out, a, r);
	repo_unlock(r);
	return status;
}

/* -- how far apart ------------------------------------------------------------------ */

static enum repo_status compare(
    struct repo_distance *out, struct repo *r, const git_oid *ours, const git_oid *theirs)
{
	git_oid base;
	/* A walk over cut commits fails, or ends too soon. */
	if (repo_is_shallow(r))
		return r->git->oid_equal(ours, theirs) ? REPO_OK : REPO_SHALLOW;
	if (r->git->graph_ahead_behind(&out->ahead, &out->behind, r->handle, ours, theirs) < 0)
		return repo_failed(r);
	int code = r->git->merge_base(&base, r->handle, ours, theirs);
	if (code && code != GIT_ENOTFOUND)
		return repo_failed(r);
	if (!code)
		r->git->oid_tostr(out->base, sizeof(out->base), &base);
	return REPO_OK;
}

enum repo_status repo_compare(
    struct repo_distance *out, struct repo *r, const char *ours, const char *theirs)
{
	git_oid one, two;
	*out = (struct repo_distance){0};
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, ours, &one);
	if (!status)
		status = repo_read_oid(r, theirs, &two);
	if (!status)
		status = compare(out, r, &one, &two);
	repo_unlock(r);
	return status;
}

/* -- merging ----------------------------------------------------------------------------- */

struct merging {
	struct repo *repo;
	struct arena *arena;
	struct repo_merged *out;
	git_oid ours, theirs;
};

static int merge_index(struct merging *m, git_index **index)
{
	struct repo *r = m->repo;
	git_merge_options options;
	git_commit *ours = NULL, *theirs = NULL;
	r->git->merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);
	options.flags &= ~(unsigned)GIT_MERGE_FIND_RENAMES;
	int code = r->git->commit_lookup(&ours, r->handle, &m->ours);
	if (!code)
		code = r->git->commit_lookup(&theirs, r->handle, &m->theirs);
	if (!code)
		code = r->git->merge_commits(index, r->handle, ours, theirs, &options);
	r->git->commit_free(ours);
	r->git->commit_free(theirs);
	return code;
}

static void note_side(
    struct repo *r, char oid[REPO_OID + 1], const char **path, const git_index_entry *e)
{
	if (!e)
		return;
	*path = e->path;
	r->git->oid_tostr(oid, REPO_OID + 1, &e->id);
}

static int by_path(const void *x, const void *y)
{
	const struct repo_clash *a = x, *b = y;
	return strcmp(a->path, b->path);
}

static enum repo_status list_clashes(struct merging *m, git_index *index)
{
	struct repo *r = m->repo;
	struct repo_merged *out = m->out;
	git_index_conflict_iterator *all;
	const git_index_entry *base, *ours, *theirs;
	size_t cap = 0;
	if (r->git->index_conflict_iterator_new(&all, index) < 0)
		return repo_failed(r);
	while (r->git->index_conflict_next(&base, &ours, &theirs, all) == 0) {
		struct repo_clash clash = {.outside = false};
		const char *path = "";
		note_side(r, clash.base, &path, base);
		note_side(r, clash.ours, &path, ours);
		note_side(r, clash.theirs, &path, theirs);
		const char *inside = repo_inside(r, path);
		clash.outside = !inside;
		clash.path = arena_strdup(m->arena, inside ? inside : path);
		out->clashes =
		    arena_grow(m->arena, out->clashes, out->count, &cap, sizeof(*out->clashes));
		out->clashes[out->count++] = clash;
	}
	r->git->index_conflict_iterator_free(all);
	if (out->count)
		qsort(out->clashes, out->count, sizeof(*out->clashes), by_path);
	return repo_refuse(r, REPO_CLASH, out->count ? out->clashes[0].path : "");
}

static enum repo_status join(
    struct merging *m, const struct repo_person *who, const char *message, git_oid *out)
{
	struct repo *r = m->repo;
	git_index *index = NULL;
	git_oid tree;
	enum repo_status status = REPO_OK;
	repo_write_safely(r);
	if (merge_index(m, &index) < 0)
		return repo_failed(r);
	if (r->git->index_has_conflicts(index))
		status = list_clashes(m, index);
	else if (r->git->index_write_tree_to(&tree, index, r->handle) < 0)
		status = repo_failed(r);
	r->git->index_free(index);
	if (status)
		return status;
	struct repo_new new = {&tree, {&m->ours, &m->theirs}, 2, who, who, message};
	return repo_make_commit(r, &new, out);
}

static enum repo_status merge(
    struct merging *m, const struct repo_person *who, const char *message, git_oid *out)
{
	struct repo_distance apart = {0};
	enum repo_status status = compare(&apart, m->repo, &m->ours, &m->theirs);
	if (status)
		return status;
	if (apart.behind == 0 || apart.ahead == 0) {
		*out = apart.behind ? m->theirs : m->ours;
		return REPO_OK;
	}
	return *apart.base ? join(m, who, message, out) : REPO_UNRELATED;
}

enum repo_status repo_merge(struct repo_merged *out, struct arena *a, struct repo *r,
    const char *ours, const char *theirs, const struct repo_person *who, const char *message)
{
	struct merging m = {.repo = r, .arena = a, .out = out};
	git_oid commit;
	*out = (struct repo_merged){"", NULL, 0};
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, ours, &m.ours);
	if (!status)
		status = repo_read_oid(r, theirs, &m.theirs);
	if (!status)
		status = merge(&m, who, message, &commit);
	if (!status)
		r->git->oid_tostr(out->commit, sizeof(out->commit), &commit);
	repo_unlock(r);
	return status;
}

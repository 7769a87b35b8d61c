/*
 * The commit is made in an index in memory: the tree of HEAD, and over it the
 * blobs of the named files. The user's own index is only touched by
 * repo_move(), and there only for the paths in which the two commits differ.
 *
 * libgit2 writes each file of git beside its place, under a lock, and renames
 * it; with GIT_OPT_ENABLE_FSYNC_GITDIR it reaches the disk before that.
 */
#include "sys/repo_write.h"

#include "sys/repo_commit.h"
#include "sys/repo_work.h"

#include <stdio.h>
#include <string.h>

/* -- the branch of HEAD ------------------------------------------------------------ */

enum repo_status repo_branch_now(struct repo *r, struct arena *a, const char **name)
{
	git_reference *head = NULL;
	*name = NULL;
	if (r->git->reference_lookup(&head, r->handle, "HEAD") < 0)
		return repo_failed(r);
	bool symbolic = r->git->reference_type(head) == GIT_REFERENCE_SYMBOLIC;
	if (symbolic)
		*name = arena_strdup(a, r->git->reference_symbolic_target(head));
	r->git->reference_free(head);
	return symbolic ? REPO_OK : REPO_DETACHED;
}

enum repo_status repo_branch(struct repo *r, struct arena *a, const char **name)
{
	repo_lock(r);
	enum repo_status status = repo_branch_now(r, a, name);
	repo_unlock(r);
	return status;
}

/* -- a commit -------------------------------------------------------------------- */

struct making {
	struct repo *repo;
	struct arena arena;
	git_index *index; /* in memory */
	git_oid parent, parent_tree;
	bool born;
};

static bool sane(const char *path)
{
	struct str rest = str_of(path), part;
	size_t n = strlen(path);
	if (n == 0 || path[0] == '/' || path[n - 1] == '/')
		return false;
	while (str_next(&rest, '/', &part))
		if (part.n == 0 || str_is(part, ".") || str_is(part, ".."))
			return false;
	return true;
}

static enum repo_status add_path(struct making *m, const char *site_path)
{
	struct repo *r = m->repo;
	struct repo_found before = {0};
	struct repo_work now;
	if (!sane(site_path))
		return repo_refuse(r, REPO_OUTSIDE, site_path);
	const char *path = repo_outside(r, &m->arena, site_path);
	if (m->born && repo_find_path(r, &m->parent_tree, path, &before))
		before.mode = 0;
	enum repo_status status = repo_work_look(r, path, before.mode, &now);
	if (status)
		return status;
	if (now.mode == GIT_FILEMODE_UNREADABLE || now.mode == GIT_FILEMODE_TREE) {
		int code = r->git->index_remove(m->index, path, 0);
		return code && code != GIT_ENOTFOUND ? repo_failed(r) : REPO_OK;
	}
	status = repo_work_store(r, path, &now.id);
	if (status)
		return status;
	git_index_entry entry = repo_work_entry(&now, path);
	return r->git->index_add(m->index, &entry) ? repo_refuse(r, REPO_OUTSIDE, path) : REPO_OK;
}

static enum repo_status begin(struct making *m)
{
	struct repo *r = m->repo;
	const char *branch;
	const git_tree *tree;
	int64_t time;
	if (repo_is_bare(r))
		return REPO_BARE;
	enum repo_status status = repo_branch_now(r, &m->arena, &branch);
	if (status)
		return status;
	if (repo_activity_now(r) != REPO_QUIET)
		return REPO_BUSY;
	if (r->git->index_new(&m->index) < 0)
		return repo_failed(r);
	status = repo_find_commit(r, "HEAD", &m->parent);
	m->born = status == REPO_OK;
	if (!m->born)
		return status == REPO_UNBORN ? REPO_OK : status;
	status = repo_commit_tree(r, &m->parent, &m->parent_tree, &time);
	if (!status)
		status = repo_tree(r, &m->parent_tree, &tree);
	if (!status && r->git->index_read_tree(m->index, tree) < 0)
		status = repo_failed(r);
	return status;
}

static enum repo_status make(struct making *m, const struct repo_draft *draft, git_oid *commit)
{
	struct repo *r = m->repo;
	git_oid tree;
	enum repo_status status = begin(m);
	for (size_t i = 0; !status && i < draft->npaths; i++)
		status = add_path(m, draft->paths[i]);
	if (status)
		return status;
	repo_write_safely(r);
	if (r->git->index_write_tree_to(&tree, m->index, r->handle) < 0)
		return repo_failed(r);
	if (m->born ? r->git->oid_equal(&tree, &m->parent_tree)
	            : r->git->index_entrycount(m->index) == 0)
		return REPO_EMPTY;
	struct repo_new new = {&tree, {&m->parent}, m->born ? 1 : 0, &draft->author,
	    &draft->committer, draft->message};
	return repo_make_commit(r, &new, commit);
}

enum repo_status repo_prepare(struct repo *r, const struct repo_draft *draft,
    char parent[REPO_OID + 1], char commit[REPO_OID + 1])
{
	struct making m = {.repo = r, .arena = ARENA_INIT};
	git_oid id;
	parent[0] = commit[0] = '\0';
	repo_lock(r);
	enum repo_status status = make(&m, draft, &id);
	if (!status) {
		r->git->oid_tostr(commit, REPO_OID + 1, &id);
		if (m.born)
			r->git->oid_tostr(parent, REPO_OID + 1, &m.parent);
	}
	r->git->index_free(m.index);
	repo_unlock(r);
	arena_clear(&m.arena);
	return status;
}

/* -- moving the branch --------------------------------------------------------------- */

/* The index gets what the new commit has at a path; with the times of the file
 * when that is just so, and else without, so that git looks again. */
static enum repo_status step(struct repo *r, git_index *index, const git_diff_delta *d)
{
	if (d->status == GIT_DELTA_DELETED) {
		int code = r->git->index_remove(index, d->old_file.path, 0);
		return code && code != GIT_ENOTFOUND ? repo_failed(r) : REPO_OK;
	}
	const git_diff_file *file = &d->new_file;
	struct repo_work now;
	git_index_entry entry = {.mode = file->mode, .id = file->id, .path = file->path};
	if (file->mode != GIT_FILEMODE_COMMIT && !repo_is_bare(r) &&
	    repo_work_look(r, file->path, file->mode, &now) == REPO_OK && now.mode == file->mode &&
	    r->git->oid_equal(&now.id, &file->id))
		entry = repo_work_entry(&now, file->path);
	return r->git->index_add(index, &entry) ? repo_failed(r) : REPO_OK;
}

static int step_one(struct repo *r, void *payload, const git_diff_delta *d)
{
	return step(r, payload, d);
}

/* libgit2 does not always name the file that is locked. */
static enum repo_status write_failure(struct repo *r, int code, const char *file)
{
	enum repo_status status = repo_failed_with(r, code);
	if (status == REPO_LOCKED)
		snprintf(r->message, sizeof(r->message), "%s%s.lock",
		    r->git->repository_path(r->handle), file);
	return status;
}

static enum repo_status bring_index_in_step(struct repo *r, const git_oid *from, const git_oid *to)
{
	git_index *index = NULL;
	enum repo_status status = REPO_OK;
	int code = r->git->repository_index(&index, r->handle);
	if (!code)
		code = r->git->index_read(index, 1);
	if (code)
		status = repo_failed_with(r, code);
	else if (r->git->index_has_conflicts(index))
		status = REPO_BUSY;
	else
		status = repo_each_delta(r, from, to, step_one, index);
	if (!status && (code = r->git->index_write(index)))
		status = write_failure(r, code, "index");
	/* What was not written must not be taken for the index later. */
	if (status && index)
		r->git->index_read(index, 1);
	r->git->index_free(index);
	return status;
}

struct moving {
	git_oid from, to;
	bool born;
	const char *branch;
};

static enum repo_status points_at(struct repo *r, const struct moving *m)
{
	git_oid now;
	int code = r->git->reference_name_to_id(&now, r->handle, m->branch);
	if (code && code != GIT_ENOTFOUND)
		return repo_failed(r);
	if (code)
		return m->born ? REPO_MOVED : REPO_OK;
	return m->born && r->git->oid_equal(&now, &m->from) ? REPO_OK : REPO_MOVED;
}

static enum repo_status set_branch(struct repo *r, const struct moving *m, const char *why)
{
	git_reference *ref = NULL;
	int code = m->born ? r->git->reference_create_matching(
	                         &ref, r->handle, m->branch, &m->to, 1, &m->from, why)
	                   : r->git->reference_create(&ref, r->handle, m->branch, &m->to, 0, why);
	r->git->reference_free(ref);
	if (code == GIT_EEXISTS || code == GIT_ENOTFOUND)
		return REPO_MOVED;
	return code ? write_failure(r, code, m->branch) : REPO_OK;
}

static enum repo_status move(
    struct repo *r, struct moving *m, const struct repo_person *who, const char *why)
{
	git_oid tree;
	int64_t time;
	enum repo_status status = repo_commit_tree(r, &m->to, &tree, &time);
	if (!status && !repo_person_is_fine(who))
		status = REPO_NAME;
	if (!status)
		status = points_at(r, m);
	if (!status && repo_activity_now(r) != REPO_QUIET)
		status = REPO_BUSY;
	if (status)
		return status;
	repo_write_safely(r);
	/* For the reflog; else it would need a configuration of the user. */
	if (r->git->repository_set_ident(r->handle, who->name, who->mail) < 0)
		return repo_failed(r);
	if (!repo_is_bare(r))
		status = bring_index_in_step(r, m->born ? &m->from : NULL, &m->to);
	return status ? status : set_branch(r, m, why);
}

enum repo_status repo_move(struct repo *r, const char *from, const char *to,
    const struct repo_person *who, const char *why)
{
	struct arena a = ARENA_INIT;
	struct moving m = {.born = *from != '\0'};
	repo_lock(r);
	enum repo_status status = repo_branch_now(r, &a, &m.branch);
	if (!status && m.born)
		status = repo_read_oid(r, from, &m.from);
	if (!status)
		status = repo_read_oid(r, to, &m.to);
	if (!status)
		status = move(r, &m, who, why);
	repo_unlock(r);
	arena_clear(&a);
	return status;
}

/*
 * First everything is looked at, then everything is written. libgit2's own
 * checkout would write into the files themselves, and being killed would leave
 * one cut short; here each is written into the git directory and renamed to
 * its place, or written beside it where that is another file system.
 */
#include "sys/repo_commit.h"
#include "sys/repo_merge.h"
#include "sys/repo_work.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct checkout {
	struct arena *arena; /* of the names */
	struct arena own;
	struct repo_names *dirty;
	size_t cap;
	int top; /* the working tree */
};

static bool is_module(const git_diff_delta *d)
{
	return d->old_file.mode == GIT_FILEMODE_COMMIT || d->new_file.mode == GIT_FILEMODE_COMMIT;
}

/* Is the file as in one of the commits? One that is there already came with a
 * checkout that was cut short, or by other ways. */
static enum repo_status is_clean(struct repo *r, const git_diff_delta *d, bool *clean)
{
	bool leaves = d->status == GIT_DELTA_DELETED, comes = d->status == GIT_DELTA_ADDED;
	const git_diff_file *before = &d->old_file, *after = &d->new_file;
	const char *path = leaves ? before->path : after->path;
	struct repo_work now;
	enum repo_status status = repo_work_look(r, path, comes ? after->mode : before->mode, &now);
	*clean = false;
	if (status)
		return status == REPO_OUTSIDE ? REPO_OK : status;
	if (now.mode == GIT_FILEMODE_UNREADABLE)
		*clean = leaves || comes;
	else if (now.mode != GIT_FILEMODE_TREE)
		*clean = (!comes && r->git->oid_equal(&now.id, &before->id)) ||
		    (!leaves && r->git->oid_equal(&now.id, &after->id));
	return REPO_OK;
}

/* A file in place of a folder that the way needs; it may be about to go, but
 * such a change is better made by a person. */
static bool way_is_free(struct repo *r, struct arena *a, const char *path)
{
	struct stat st;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *part = arena_strndup(a, path, (size_t)(slash - path));
		if (lstat(repo_work_path(r, a, part), &st) == 0 && !S_ISDIR(st.st_mode))
			return false;
	}
	return true;
}

static int look_at(struct repo *r, void *payload, const git_diff_delta *d)
{
	struct checkout *c = payload;
	struct repo_names *names = c->dirty;
	const char *path = d->status == GIT_DELTA_DELETED ? d->old_file.path : d->new_file.path;
	bool clean;
	if (is_module(d))
		return REPO_OK;
	enum repo_status status = is_clean(r, d, &clean);
	if (!status && d->status != GIT_DELTA_DELETED)
		status = repo_work_filter(r, path);
	if (status)
		return status;
	if (clean && way_is_free(r, &c->own, path))
		return REPO_OK;
	names->items =
	    arena_grow(c->arena, names->items, names->count, &c->cap, sizeof(*names->items));
	names->items[names->count++] = arena_strdup(c->arena, path);
	return REPO_OK;
}

/* -- writing: 0, or -1 with errno ------------------------------------------------------ */

static int create(const char *path, const git_diff_file *file, const git_buf *bytes)
{
	bool executable = file->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if (unlink(path) && errno != ENOENT)
		return -1;
	if (file->mode == GIT_FILEMODE_LINK)
		return symlink(bytes->ptr, path);
	return fd_create(AT_FDCWD, path, executable ? 0777 : 0666, bytes->ptr, bytes->size);
}

static int replace(
    struct repo *r, struct checkout *c, const git_diff_file *file, const git_buf *bytes)
{
	const char *path = repo_work_path(r, &c->own, file->path);
	const char *first =
	    arena_printf(&c->own, "%s/vidno-checkout", r->git->repository_path(r->handle));
	if (fd_make_parents(c->top, file->path) || create(first, file, bytes))
		return -1;
	if (rename(first, path) == 0)
		return 0;
	int code = errno;
	unlink(first);
	errno = code;
	if (code != EXDEV)
		return -1;
	const char *beside = arena_printf(&c->own, "%s.vidno-checkout", path);
	return create(beside, file, bytes) || rename(beside, path) ? -1 : 0;
}

static int write_file(struct repo *r, struct checkout *c, const git_diff_file *file)
{
	git_blob *blob = NULL;
	git_buf bytes = {0};
	/* By default the bytes of a binary file would be none at all. */
	git_blob_filter_options options = {.version = GIT_BLOB_FILTER_OPTIONS_VERSION, .flags = 0};
	struct str target;
	enum repo_status status = REPO_OK;
	if (file->mode == GIT_FILEMODE_LINK) {
		/* Stored as it is, no filter. */
		status = repo_read_blob(r, &file->id, &c->own, 4095, &target);
		bytes = (git_buf){.ptr = (char *)target.p, .size = target.n};
		if (!status && replace(r, c, file, &bytes))
			status = repo_system_failed(r, file->path);
		return status;
	}
	if (r->git->blob_lookup(&blob, r->handle, &file->id) < 0 ||
	    r->git->blob_filter(&bytes, blob, file->path, &options) < 0)
		status = repo_failed(r);
	else if (replace(r, c, file, &bytes))
		status = repo_system_failed(r, file->path);
	r->git->buf_dispose(&bytes);
	r->git->blob_free(blob);
	return status;
}

static int apply(struct repo *r, void *payload, const git_diff_delta *d)
{
	struct checkout *c = payload;
	if (is_module(d))
		return REPO_OK;
	if (d->status != GIT_DELTA_DELETED)
		return write_file(r, c, &d->new_file);
	if (unlinkat(c->top, d->old_file.path, 0) && errno != ENOENT && errno != ENOTDIR)
		return repo_system_failed(r, d->old_file.path);
	fd_prune_parents(c->top, d->old_file.path);
	return REPO_OK;
}

static enum repo_status checkout(
    struct repo *r, struct checkout *c, const git_oid *from, const git_oid *to)
{
	enum repo_status status = repo_each_delta(r, from, to, look_at, c);
	if (!status && c->dirty->count)
		status = repo_refuse(r, REPO_DIRTY, c->dirty->items[0]);
	if (status)
		return status;
	c->top = open(r->git->repository_workdir(r->handle), O_PATH | O_DIRECTORY | O_CLOEXEC);
	status = c->top < 0 ? repo_system_failed(r, ".") : repo_each_delta(r, from, to, apply, c);
	fd_close(c->top);
	return status;
}

enum repo_status repo_checkout(
    struct repo_names *dirty, struct arena *a, struct repo *r, const char *from, const char *to)
{
	struct checkout c = {.arena = a, .own = ARENA_INIT, .dirty = dirty};
	git_oid one, two;
	*dirty = (struct repo_names){NULL, 0};
	if (repo_is_bare(r))
		return REPO_BARE;
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, from, &one);
	if (!status)
		status = repo_read_oid(r, to, &two);
	if (!status)
		status = checkout(r, &c, &one, &two);
	repo_unlock(r);
	arena_clear(&c.own);
	return status;
}

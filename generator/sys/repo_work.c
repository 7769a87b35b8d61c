/*
 * The way to a file is looked at part by part, because a link on it would have
 * git store a file that lies elsewhere.
 */
#include "sys/repo_work.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum repo_status repo_refuse(struct repo *r, enum repo_status status, const char *path)
{
	snprintf(r->message, sizeof(r->message), "%s", path);
	return status;
}

enum repo_status repo_system_failed(struct repo *r, const char *path)
{
	snprintf(r->message, sizeof(r->message), "%s: %m", path);
	return REPO_FAILED;
}

const char *repo_work_path(struct repo *r, struct arena *a, const char *path)
{
	return arena_printf(a, "%s%s", r->git->repository_workdir(r->handle), path);
}

enum repo_status repo_work_filter(struct repo *r, const char *path)
{
	/* Run by programs, or not at all, in libgit2. */
	static const char *const names[] = {"filter", "working-tree-encoding"};
	for (size_t i = 0; i < 2; i++) {
		const char *value = NULL;
		if (r->git->attr_get(&value, r->handle, 0, path, names[i]) < 0)
			return repo_failed(r);
		if (r->git->attr_value(value) == GIT_ATTR_VALUE_STRING)
			return repo_refuse(r, REPO_FILTER, path);
	}
	return REPO_OK;
}

/* Is every folder on the way a real one? A missing one is fine. */
static bool way_is_plain(struct repo *r, struct arena *a, const char *path)
{
	struct stat st;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *part = arena_strndup(a, path, (size_t)(slash - path));
		if (lstat(repo_work_path(r, a, part), &st) == 0 && S_ISLNK(st.st_mode))
			return false;
	}
	return true;
}

static git_filemode_t mode_of(struct repo *r, const struct stat *st, git_filemode_t before)
{
	git_index *index = NULL;
	int known = 0;
	if (r->git->repository_index(&index, r->handle) == 0)
		known = r->git->index_caps(index);
	r->git->index_free(index);
	if (S_ISLNK(st->st_mode))
		return GIT_FILEMODE_LINK;
	if ((known & GIT_INDEX_CAPABILITY_NO_SYMLINKS) && before == GIT_FILEMODE_LINK)
		return GIT_FILEMODE_LINK;
	if (known & GIT_INDEX_CAPABILITY_NO_FILEMODE)
		return before == GIT_FILEMODE_BLOB_EXECUTABLE ? before : GIT_FILEMODE_BLOB;
	return st->st_mode & S_IXUSR ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

static enum repo_status hash(
    struct repo *r, struct arena *a, const char *path, struct repo_work *out)
{
	const char *real = repo_work_path(r, a, path);
	char target[PATH_MAX];
	if (!S_ISLNK(out->st.st_mode)) {
		enum repo_status status = repo_work_filter(r, path);
		if (status)
			return status;
		/* Without a name no filter is applied: a link's target is stored as it is. */
		const char *as = out->mode == GIT_FILEMODE_LINK ? "" : path;
		int code =
		    r->git->repository_hashfile(&out->id, r->handle, real, GIT_OBJECT_BLOB, as);
		return code ? repo_failed(r) : REPO_OK;
	}
	ssize_t n = readlink(real, target, sizeof(target));
	if (n < 0 || (size_t)n == sizeof(target))
		return repo_refuse(r, REPO_OUTSIDE, path);
	int code = r->git->odb_hash(&out->id, target, (size_t)n, GIT_OBJECT_BLOB);
	return code ? repo_failed(r) : REPO_OK;
}

static enum repo_status look(
    struct repo *r, struct arena *a, const char *path, git_filemode_t before, struct repo_work *out)
{
	/* A link where the commit has a folder: what was in it is gone. */
	if (!way_is_plain(r, a, path))
		return before ? REPO_OK : repo_refuse(r, REPO_OUTSIDE, path);
	if (lstat(repo_work_path(r, a, path), &out->st)) {
		bool missing = errno == ENOENT || errno == ENOTDIR;
		return missing ? REPO_OK : repo_refuse(r, REPO_OUTSIDE, path);
	}
	if (S_ISDIR(out->st.st_mode)) {
		out->mode = GIT_FILEMODE_TREE;
		return REPO_OK;
	}
	if (!S_ISREG(out->st.st_mode) && !S_ISLNK(out->st.st_mode))
		return repo_refuse(r, REPO_OUTSIDE, path);
	out->mode = mode_of(r, &out->st, before);
	return hash(r, a, path, out);
}

enum repo_status repo_work_look(
    struct repo *r, const char *path, git_filemode_t before, struct repo_work *out)
{
	struct arena a = ARENA_INIT;
	*out = (struct repo_work){.mode = GIT_FILEMODE_UNREADABLE};
	enum repo_status status = look(r, &a, path, before, out);
	arena_clear(&a);
	return status;
}

enum repo_status repo_work_store(struct repo *r, const char *path, git_oid *id)
{
	return r->git->blob_create_from_workdir(id, r->handle, path) ? repo_failed(r) : REPO_OK;
}

git_index_entry repo_work_entry(const struct repo_work *w, const char *path)
{
	const struct stat *st = &w->st;
	return (git_index_entry){
	    .ctime = {(int32_t)st->st_ctim.tv_sec, (uint32_t)st->st_ctim.tv_nsec},
	    .mtime = {(int32_t)st->st_mtim.tv_sec, (uint32_t)st->st_mtim.tv_nsec},
	    .dev = (uint32_t)st->st_dev,
	    .ino = (uint32_t)st->st_ino,
	    .mode = w->mode,
	    .uid = st->st_uid,
	    .gid = st->st_gid,
	    .file_size = (uint32_t)st->st_size,
	    .id = w->id,
	    .path = path,
	};
}

/*
 * A repository is found once. Its list of cut commits is read here, from the
 * file of git, before anything walks the history: libgit2 1.5 does not know
 * shallow clones, and looks for it in the wrong folder in linked worktrees.
 */
#include "sys/repo.h"

#include "sys/fd.h"
#include "sys/repo_lib.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHALLOW_BYTES = 16 * 1024 * 1024, NAME_BYTES = 4096 };

/* libgit2 1.5 says "not found" of a repository of another owner too, when no
 * configuration names a safe.directory: one that can be found is there. */
static enum repo_status open_failure(
    const struct repo_lib *git, struct repo_head *why, const char *folder, int code)
{
	git_buf found = {0};
	repo_keep_message(git, why->message, sizeof(why->message));
	if (code == GIT_EOWNER)
		return REPO_OWNER;
	if (code != GIT_ENOTFOUND)
		return REPO_FAILED;
	int missing = git->repository_discover(&found, folder, 0, NULL);
	git->buf_dispose(&found);
	return missing ? REPO_NONE : REPO_OWNER;
}

static int note_star(const git_config_entry *entry, void *payload)
{
	bool *all = payload;
	/* A key without "=" has no value at all. */
	const char *value = entry->value ? entry->value : "";
	/* An empty value takes back all before it. */
	if (!*value)
		*all = false;
	if (strcmp(value, "*") == 0)
		*all = true;
	return 0;
}

/* git takes "*" for every folder; libgit2 1.5 does not know that yet. */
static bool trusts_all(const struct repo_lib *git)
{
	git_config *config = NULL;
	bool all = false;
	if (git->config_open_default(&config) == 0)
		git->config_get_multivar_foreach(config, "safe.directory", NULL, note_star, &all);
	git->config_free(config);
	return all;
}

static enum repo_status open_repository(const struct repo_lib *git, git_repository **repository,
    struct repo_head *why, const char *folder)
{
	int code = git->repository_open_ext(repository, folder, 0, NULL);
	if (!code)
		return REPO_OK;
	enum repo_status status = open_failure(git, why, folder, code);
	if (status != REPO_OWNER || !trusts_all(git) ||
	    git->libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) < 0)
		return status;
	return git->repository_open_ext(repository, folder, 0, NULL) == 0 ? REPO_OK : status;
}

/* -- HEAD alone --------------------------------------------------------------- */

static enum repo_status read_head(
    const struct repo_lib *git, struct repo_head *out, git_repository *repository)
{
	git_oid id;
	git_commit *commit = NULL;
	int code = git->reference_name_to_id(&id, repository, "HEAD");
	if (code == GIT_ENOTFOUND && git->repository_head_unborn(repository) == 1)
		return REPO_UNBORN;
	if (!code)
		code = git->commit_lookup(&commit, repository, &id);
	if (code) {
		repo_keep_message(git, out->message, sizeof(out->message));
		return REPO_FAILED;
	}
	out->time = git->commit_time(commit);
	git->oid_tostr(out->oid, sizeof(out->oid), &id);
	git->commit_free(commit);
	return REPO_OK;
}

enum repo_status repo_head(struct repo_head *out, const char *folder)
{
	const struct repo_lib *git = repo_lib();
	git_repository *repository = NULL;
	*out = (struct repo_head){0};
	if (!git)
		return REPO_LIBRARY;
	enum repo_status status = open_repository(git, &repository, out, folder);
	if (!status)
		status = read_head(git, out, repository);
	git->repository_free(repository);
	return status;
}

/* -- a repository -------------------------------------------------------------- */

static const char *without_slash(struct arena *a, const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	return arena_strndup(a, path, n);
}

/* Both paths are real ones: libgit2 has resolved the links of its own. */
static enum repo_status find_prefix(struct repo *r, const char *folder)
{
	const char *top = r->git->repository_workdir(r->handle);
	char real[PATH_MAX];
	r->prefix = "";
	if (!top)
		return REPO_OK;
	if (!realpath(folder, real))
		return REPO_NONE;
	const char *work = without_slash(&r->arena, top);
	size_t n = strcmp(work, "/") == 0 ? 0 : strlen(work);
	if (strncmp(real, work, n) != 0 || (real[n] != '/' && real[n] != '\0'))
		return REPO_NONE; /* core.worktree lies elsewhere */
	if (real[n] == '/')
		r->prefix = arena_strdup(&r->arena, real + n + 1);
	return REPO_OK;
}

static int read_shallow(struct repo *r)
{
	struct stat st;
	char path[PATH_MAX];
	snprintf(path, sizeof(path), "%s/shallow", r->dir);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return 0;
	int failed = fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > SHALLOW_BYTES;
	char *text = failed ? NULL : arena_alloc(&r->arena, (size_t)st.st_size + 1);
	ssize_t got = failed ? -1 : fd_read(fd, text, (size_t)st.st_size);
	fd_close(fd);
	if (got < 0)
		return -1;
	struct str rest = {text, (size_t)got}, line;
	while (str_next(&rest, '\n', &line))
		if (line.n >= REPO_OID)
			map_put(&r->shallow, (struct str){line.p, REPO_OID}, r);
	return 0;
}

static enum repo_status prepare(struct repo *r, const char *folder)
{
	const char *dir = r->git->repository_commondir(r->handle);
	r->dir = without_slash(&r->arena, dir ? dir : "");
	if (r->git->repository_odb(&r->odb, r->handle) < 0)
		return repo_failed(r);
	enum repo_status status = find_prefix(r, folder);
	if (!status && read_shallow(r)) {
		snprintf(r->message, sizeof(r->message), "%s/shallow", r->dir);
		status = REPO_FAILED;
	}
	return status;
}

enum repo_status repo_open(struct repo **out, const char *folder, struct repo_head *why)
{
	const struct repo_lib *git = repo_lib();
	git_repository *handle = NULL;
	*out = NULL;
	*why = (struct repo_head){0};
	if (!git)
		return REPO_LIBRARY;
	enum repo_status status = open_repository(git, &handle, why, folder);
	if (status)
		return status;
	struct repo *r = xmalloc(sizeof(*r));
	*r = (struct repo){.git = git, .handle = handle};
	pthread_mutex_init(&r->lock, NULL);
	r->shallow = (struct map)MAP_INIT(&r->arena);
	r->trees = (struct map)MAP_INIT(&r->trees_arena);
	status = prepare(r, folder);
	if (status) {
		memcpy(why->message, r->message, sizeof(why->message));
		repo_close(r);
		return status;
	}
	*out = r;
	return REPO_OK;
}

void repo_close(struct repo *r)
{
	if (!r)
		return;
	repo_trees_clear(r);
	r->git->odb_free(r->odb);
	r->git->repository_free(r->handle);
	arena_clear(&r->arena);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

void repo_why(struct repo *r, struct repo_head *why)
{
	*why = (struct repo_head){0};
	repo_lock(r);
	memcpy(why->message, r->message, sizeof(why->message));
	repo_unlock(r);
}

bool repo_is_shallow(const struct repo *r)
{
	return r->shallow.count > 0;
}

bool repo_is_bare(const struct repo *r)
{
	return r->git->repository_is_bare(r->handle) == 1;
}

const char *repo_prefix(const struct repo *r)
{
	return r->prefix;
}

const char *repo_git_dir(const struct repo *r)
{
	return r->dir;
}

/* -- names of commits ------------------------------------------------------------ */

static enum repo_status name_failure(struct repo *r, int code)
{
	enum repo_status status = repo_failed(r);
	switch (code) {
	case GIT_EAMBIGUOUS:
		return REPO_AMBIGUOUS;
	case GIT_ENOTFOUND:
	case GIT_EINVALIDSPEC:
	case GIT_EPEEL:
		if (r->git->repository_head_unborn(r->handle) == 1)
			return REPO_UNBORN;
		return repo_is_shallow(r) ? REPO_SHALLOW : REPO_MISSING;
	default:
		return status;
	}
}

enum repo_status repo_find_commit(struct repo *r, const char *name, git_oid *out)
{
	git_object *object = NULL, *commit = NULL;
	if (strlen(name) > NAME_BYTES)
		return REPO_MISSING;
	int code = r->git->revparse_single(&object, r->handle, name);
	if (!code)
		code = r->git->object_peel(&commit, object, GIT_OBJECT_COMMIT);
	if (!code)
		*out = *r->git->object_id(commit);
	enum repo_status status = code ? name_failure(r, code) : REPO_OK;
	r->git->object_free(commit);
	r->git->object_free(object);
	return status;
}

enum repo_status repo_resolve(struct repo *r, const char *name, char oid[REPO_OID + 1])
{
	git_oid id;
	oid[0] = '\0';
	repo_lock(r);
	enum repo_status status = repo_find_commit(r, name, &id);
	if (!status)
		r->git->oid_tostr(oid, REPO_OID + 1, &id);
	repo_unlock(r);
	return status;
}

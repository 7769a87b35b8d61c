/*
 * A path is followed as sys/beneath follows it on the disk: a stack of folders
 * stands for where we are, ".." pops it, and the target of a link is put before
 * what is left of the path. The answers are the error numbers that the kernel
 * would give, so that sys/file translates both in one way. Since no folder has
 * a number in git, those that file_walk() asks about get one by their path.
 */
#include "sys/repo_root.h"

#include "sys/repo_lib.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINKS = 40, LEVELS = 64, NAME = 255 };

struct site {
	struct repo *repo;
	git_oid tree;
	int64_t time;
	struct arena arena;
	struct map numbers; /* of folders, by their path: under the repository's lock */
};

struct way {
	struct site *site;
	char left[PATH_MAX]; /* of the path */
	struct repo_found stack[LEVELS];
	size_t ends[LEVELS]; /* of here, as long as each level was the last */
	char here[PATH_MAX]; /* the real path */
	int depth;
	int links;
};

static int failure(enum repo_status status)
{
	return status == REPO_MISSING ? ENOENT : status == REPO_TOO_LARGE ? EFBIG : EIO;
}

/* -- following a path: 0, or an error number ------------------------------------- */

/* Puts a link's target before what is left, which begins with its slash. */
static int take_link(struct way *w, const git_oid *link, const char *rest)
{
	char joined[sizeof(w->left)];
	struct arena a = ARENA_INIT;
	struct str target;
	enum repo_status status =
	    repo_read_blob(w->site->repo, link, &a, sizeof(joined) - 1, &target);
	int code = status ? failure(status) : 0;
	if (!code && target.n == 0)
		code = ENOENT;
	else if (!code && target.p[0] == '/')
		code = EXDEV;
	else if (!code && ++w->links > LINKS)
		code = ELOOP;
	else if (!code &&
	    (size_t)snprintf(joined, sizeof(joined), "%s%s", target.p, rest) >= sizeof(joined))
		code = ENAMETOOLONG;
	if (!code)
		memcpy(w->left, joined, strlen(joined) + 1);
	arena_clear(&a);
	return code;
}

static int enter(struct way *w, const struct repo_found *found, const char *name)
{
	size_t end = w->ends[w->depth];
	if (w->depth + 1 >= LEVELS)
		return ELOOP;
	int n = snprintf(w->here + end, sizeof(w->here) - end, "%s%s", w->depth ? "/" : "", name);
	if (n < 0 || (size_t)n >= sizeof(w->here) - end)
		return ENAMETOOLONG;
	w->depth++;
	w->stack[w->depth] = *found;
	w->ends[w->depth] = end + (size_t)n;
	return 0;
}

/* One part of the path. A file is entered as a folder is: then nothing may
 * follow. */
static int step(struct way *w)
{
	char name[NAME + 1];
	struct repo_found found;
	size_t len = strcspn(w->left, "/");
	const char *after = w->left + len;
	const char *rest = after + strspn(after, "/");
	if (len > NAME)
		return ENAMETOOLONG;
	memcpy(name, w->left, len);
	name[len] = '\0';
	if (w->stack[w->depth].mode != GIT_FILEMODE_TREE)
		return ENOTDIR;
	if (strcmp(name, "..") == 0) {
		if (w->depth == 0)
			return EXDEV;
		w->depth--;
		w->here[w->ends[w->depth]] = '\0';
	} else if (len && strcmp(name, ".") != 0) {
		enum repo_status status =
		    repo_find_path(w->site->repo, &w->stack[w->depth].id, name, &found);
		if (status || found.mode == GIT_FILEMODE_COMMIT)
			return failure(status ? status : REPO_MISSING);
		if (found.mode == GIT_FILEMODE_LINK)
			return take_link(w, &found.id, after);
		int code = enter(w, &found, name);
		if (code)
			return code;
		if (*after && found.mode != GIT_FILEMODE_TREE)
			return ENOTDIR;
	}
	memmove(w->left, rest, strlen(rest) + 1);
	return 0;
}

static int follow(struct way *w, struct site *site, const char *path)
{
	size_t len = strlen(path);
	w->site = site;
	w->depth = w->links = 0;
	w->here[0] = '\0';
	w->ends[0] = 0;
	w->stack[0] = (struct repo_found){site->tree, GIT_FILEMODE_TREE};
	if (path[0] == '/')
		return EXDEV;
	if (len >= sizeof(w->left))
		return ENAMETOOLONG;
	memcpy(w->left, path, len + 1);
	int code = 0;
	while (!code && *w->left)
		code = step(w);
	return code;
}

/* -- what sys/file asks -------------------------------------------------------------- */

static enum file_status refuse(int code)
{
	errno = code;
	return file_status_of(code);
}

static enum file_status read_bytes(
    struct str *out, struct arena *a, const struct root *root, const char *path, size_t max)
{
	struct site *site = root->payload;
	struct way w;
	repo_lock(site->repo);
	int code = follow(&w, site, path);
	enum repo_status status = REPO_OK;
	if (!code && w.stack[w.depth].mode == GIT_FILEMODE_TREE)
		code = EISDIR;
	if (!code)
		status = repo_read_blob(site->repo, &w.stack[w.depth].id, a, max, out);
	repo_unlock(site->repo);
	if (status == REPO_TOO_LARGE)
		return FILE_TOO_LARGE;
	/* What a tree names and is not there is damage, not a missing file. */
	return code ? refuse(code) : status ? refuse(EIO) : FILE_OK;
}

/* Under the lock. */
static int look_at(struct file_info *out, struct site *site, const char *path)
{
	struct way w;
	struct repo *r = site->repo;
	size_t size = 0;
	git_object_t type;
	int code = follow(&w, site, path);
	if (code)
		return code;
	const struct repo_found *at = &w.stack[w.depth];
	bool folder = at->mode == GIT_FILEMODE_TREE;
	if (!folder && r->git->odb_read_header(&size, &type, r->odb, &at->id) < 0)
		return EIO;
	out->kind = folder ? FILE_FOLDER : FILE_REGULAR;
	out->size = size;
	out->mtime = site->time * 1000000000;
	return 0;
}

static enum file_status look(struct file_info *out, const struct root *root, const char *path)
{
	struct site *site = root->payload;
	repo_lock(site->repo);
	int code = look_at(out, site, path);
	repo_unlock(site->repo);
	return code ? refuse(code) : FILE_OK;
}

static uint64_t number_of(struct site *site, const char *path)
{
	struct map_entry *e = map_entry(&site->numbers, str_of(path));
	e->value = site;
	return (uint64_t)(e - site->numbers.entries);
}

/* The kinds of the links are found afterwards: the tree is only borrowed. */
static enum file_status list_tree(
    struct file_entries *out, struct arena *a, const struct way *w, const git_tree *tree)
{
	const struct repo_lib *git = w->site->repo->git;
	size_t n = git->tree_entrycount(tree);
	if (n > FILE_ENTRIES)
		return FILE_TOO_LARGE;
	out->items = arena_array(a, n, sizeof(*out->items));
	for (size_t i = 0; i < n; i++) {
		const git_tree_entry *e = git->tree_entry_byindex(tree, i);
		const char *name = git->tree_entry_name(e);
		git_filemode_t mode = git->tree_entry_filemode(e);
		if (name[0] == '.' || mode == GIT_FILEMODE_COMMIT)
			continue;
		out->items[out->count++] = (struct file_entry){
		    .name = arena_strdup(a, name),
		    .kind = mode == GIT_FILEMODE_TREE ? FILE_FOLDER
		        : mode == GIT_FILEMODE_LINK   ? FILE_OTHER
		                                      : FILE_REGULAR,
		};
	}
	return FILE_OK;
}

static void follow_links(struct file_entries *entries, const struct way *w)
{
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < entries->count; i++) {
		struct file_entry *e = &entries->items[i];
		struct file_info info = {.kind = FILE_OTHER};
		if (e->kind != FILE_OTHER)
			continue;
		const char *path =
		    arena_printf(&a, "%s%s%s", w->here, w->depth ? "/" : "", e->name);
		int code = look_at(&info, w->site, path);
		e->status = code ? file_status_of(code) : FILE_OK;
		e->kind = info.kind;
	}
	arena_clear(&a);
}

static enum file_status list(struct file_entries *out, struct file_number *number, struct arena *a,
    const struct root *root, const char *path)
{
	struct site *site = root->payload;
	const git_tree *tree;
	struct way w;
	enum file_status status = FILE_OK;
	repo_lock(site->repo);
	int code = follow(&w, site, path);
	if (!code && w.stack[w.depth].mode != GIT_FILEMODE_TREE)
		code = ENOTDIR;
	if (!code && repo_tree(site->repo, &w.stack[w.depth].id, &tree))
		code = EIO;
	if (!code)
		status = list_tree(out, a, &w, tree);
	if (!code && !status) {
		follow_links(out, &w);
		*number = (struct file_number){0, number_of(site, w.here)};
	}
	repo_unlock(site->repo);
	file_sort(out);
	if (code)
		return code == ENOTDIR ? FILE_WRONG_KIND : refuse(code);
	return status;
}

static void close_site(struct root *root)
{
	struct site *site = root->payload;
	arena_clear(&site->arena);
	free(site);
}

static const struct root_source source = {read_bytes, look, list, close_site};

enum repo_status repo_root(struct root *out, struct repo *r, const char *commit)
{
	git_oid id, tree;
	int64_t time = 0;
	*out = (struct root)ROOT_INIT;
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, commit, &id);
	if (!status)
		status = repo_site_tree(r, &id, &tree, &time);
	repo_unlock(r);
	if (status)
		return status;
	struct site *site = xmalloc(sizeof(*site));
	*site = (struct site){.repo = r, .tree = tree, .time = time, .arena = ARENA_INIT};
	site->numbers = (struct map)MAP_INIT(&site->arena);
	out->source = &source;
	out->payload = site;
	out->path = xstrdup(commit);
	return REPO_OK;
}

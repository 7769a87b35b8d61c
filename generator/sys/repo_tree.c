/*
 * Trees stay parsed in a map by their ids, which never mean anything else. When
 * they grow past a bound the map is emptied and filled anew: a site that large
 * still works, only slower. So a tree that was handed out is used before the
 * next one is asked for.
 */
#include "sys/repo_tree.h"

#include "sys/repo_lib.h"

#include <string.h>

enum { TREES_BYTES = 128 * 1024 * 1024, TREE_BYTES = 64 * 1024 * 1024 };

void repo_trees_clear(struct repo *r)
{
	for (size_t i = 0; i < r->trees.count; i++)
		r->git->tree_free(r->trees.entries[i].value);
	arena_clear(&r->trees_arena);
	r->trees = (struct map)MAP_INIT(&r->trees_arena);
	r->trees_size = 0;
}

enum repo_status repo_tree(struct repo *r, const git_oid *id, const git_tree **out)
{
	git_tree *tree = map_get(&r->trees, repo_oid_key(id));
	size_t size;
	git_object_t type;
	if (!tree) {
		if (r->git->odb_read_header(&size, &type, r->odb, id) < 0)
			return repo_failed(r);
		if (size > TREE_BYTES)
			return REPO_TOO_LARGE;
		if (r->git->tree_lookup(&tree, r->handle, id) < 0)
			return repo_failed(r);
		/* A parsed entry takes about as much again. */
		r->trees_size += 2 * size;
		if (r->trees_size > TREES_BYTES) {
			repo_trees_clear(r);
			r->trees_size = 2 * size;
		}
		map_put(&r->trees, repo_oid_key(id), tree);
	}
	*out = tree;
	return REPO_OK;
}

enum repo_status repo_find_path(
    struct repo *r, const git_oid *tree, const char *path, struct repo_found *out)
{
	struct str rest = str_of(path), part;
	struct repo_found at = {*tree, GIT_FILEMODE_TREE};
	while (str_next(&rest, '/', &part)) {
		char name[256];
		const git_tree *in;
		if (at.mode != GIT_FILEMODE_TREE || part.n >= sizeof(name))
			return REPO_MISSING;
		memcpy(name, part.p, part.n);
		name[part.n] = '\0';
		enum repo_status status = repo_tree(r, &at.id, &in);
		if (status)
			return status;
		const git_tree_entry *entry = r->git->tree_entry_byname(in, name);
		if (!entry)
			return REPO_MISSING;
		at.id = *r->git->tree_entry_id(entry);
		at.mode = r->git->tree_entry_filemode(entry);
	}
	*out = at;
	return REPO_OK;
}

enum repo_status repo_commit_tree(
    struct repo *r, const git_oid *commit, git_oid *out, int64_t *time)
{
	git_commit *c;
	int code = r->git->commit_lookup(&c, r->handle, commit);
	if (code) {
		enum repo_status status = repo_failed(r);
		if (code != GIT_ENOTFOUND)
			return status;
		return repo_is_shallow(r) ? REPO_SHALLOW : REPO_MISSING;
	}
	*out = *r->git->commit_tree_id(c);
	*time = r->git->commit_time(c);
	r->git->commit_free(c);
	return REPO_OK;
}

enum repo_status repo_head_tree(struct repo *r, git_oid *out)
{
	git_oid head;
	int64_t time;
	enum repo_status status = repo_find_commit(r, "HEAD", &head);
	return status ? status : repo_commit_tree(r, &head, out, &time);
}

enum repo_status repo_site_tree(struct repo *r, const git_oid *commit, git_oid *out, int64_t *time)
{
	git_oid top;
	struct repo_found found = {0};
	enum repo_status status = repo_commit_tree(r, commit, &top, time);
	if (!status)
		status = repo_find_path(r, &top, r->prefix, &found);
	if (status)
		return status;
	*out = found.id;
	return found.mode == GIT_FILEMODE_TREE ? REPO_OK : REPO_MISSING;
}

const char *repo_inside(const struct repo *r, const char *path)
{
	size_t n = strlen(r->prefix);
	if (n == 0)
		return path;
	return strncmp(path, r->prefix, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

const char *repo_outside(const struct repo *r, struct arena *a, const char *path)
{
	if (!*r->prefix)
		return arena_strdup(a, path);
	return *path ? arena_printf(a, "%s/%s", r->prefix, path) : r->prefix;
}

enum repo_status repo_read_oid(struct repo *r, const char *text, git_oid *out)
{
	bool whole = strlen(text) == REPO_OID && r->git->oid_fromstrn(out, text, REPO_OID) == 0;
	return whole ? REPO_OK : REPO_MISSING;
}

static enum repo_kind kind_of(git_filemode_t mode)
{
	switch (mode) {
	case GIT_FILEMODE_TREE:
		return REPO_FOLDER;
	case GIT_FILEMODE_LINK:
		return REPO_LINK;
	case GIT_FILEMODE_COMMIT:
		return REPO_MODULE;
	default:
		return REPO_FILE;
	}
}

enum repo_status repo_entry(
    struct repo *r, const char *commit, const char *path, struct repo_entry *out)
{
	git_oid id, tree;
	int64_t time;
	struct repo_found found = {0};
	*out = (struct repo_entry){0};
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, commit, &id);
	if (!status)
		status = repo_site_tree(r, &id, &tree, &time);
	if (!status)
		status = repo_find_path(r, &tree, path, &found);
	if (!status)
		r->git->oid_tostr(out->oid, sizeof(out->oid), &found.id);
	out->kind = kind_of(found.mode);
	repo_unlock(r);
	return status;
}

enum repo_status repo_read_blob(
    struct repo *r, const git_oid *id, struct arena *a, size_t max, struct str *out)
{
	size_t size;
	git_object_t type;
	git_odb_object *object;
	*out = (struct str){"", 0};
	int code = r->git->odb_read_header(&size, &type, r->odb, id);
	if (code) {
		enum repo_status status = repo_failed(r);
		return code == GIT_ENOTFOUND ? REPO_MISSING : status;
	}
	if (type != GIT_OBJECT_BLOB)
		return REPO_MISSING;
	if (size > max)
		return REPO_TOO_LARGE;
	if (r->git->odb_read(&object, r->odb, id) < 0)
		return repo_failed(r);
	*out = (struct str){NULL, r->git->odb_object_size(object)};
	out->p = arena_strndup(a, r->git->odb_object_data(object), out->n);
	r->git->odb_object_free(object);
	return REPO_OK;
}

enum repo_status repo_blob(
    struct repo *r, const char *oid, struct arena *a, size_t max, struct str *out)
{
	git_oid id;
	*out = (struct str){"", 0};
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, oid, &id);
	if (!status)
		status = repo_read_blob(r, &id, a, max, out);
	repo_unlock(r);
	return status;
}

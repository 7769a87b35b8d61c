/*
 * repo_lib - libgit2, for the files sys/repo*.c alone.
 *
 * The one file that includes git2.h. REPO_FUNCTIONS names what we use of the
 * library, without its git_; repo_lib() loads it once for the process and
 * never shuts it down: a second call (a preview builds often) finds everything
 * warm. The types of the pointers come from git2.h, so a call is checked as if
 * it were linked.
 *
 * An opened repository carries a lock, because handles of libgit2 are not made
 * for several threads. A public function takes it with repo_lock() and leaves
 * it with repo_unlock(); no function of this header takes it.
 */
#ifndef SYS_REPO_LIB_H
#define SYS_REPO_LIB_H

#include "base/map.h"
#include "sys/repo.h"

#include <git2.h>
#include <pthread.h>

#define REPO_FUNCTIONS(F) \
	F(libgit2_init) \
	F(libgit2_opts) \
	F(error_last) \
	F(buf_dispose) \
	F(commit_free) \
	F(commit_lookup) \
	F(commit_author) \
	F(commit_committer) \
	F(commit_message) \
	F(commit_message_encoding) \
	F(commit_parent_id) \
	F(commit_parentcount) \
	F(commit_time) \
	F(commit_tree_id) \
	F(config_free) \
	F(config_get_multivar_foreach) \
	F(config_open_default) \
	F(object_free) \
	F(object_id) \
	F(object_peel) \
	F(odb_free) \
	F(odb_object_data) \
	F(odb_object_free) \
	F(odb_object_size) \
	F(odb_read) \
	F(odb_read_header) \
	F(oid_fromstrn) \
	F(oid_tostr) \
	F(reference_name_to_id) \
	F(repository_commondir) \
	F(repository_discover) \
	F(repository_free) \
	F(repository_head_unborn) \
	F(repository_is_bare) \
	F(repository_odb) \
	F(repository_open_ext) \
	F(repository_workdir) \
	F(revparse_single) \
	F(tree_entry_byindex) \
	F(tree_entry_byname) \
	F(tree_entry_filemode) \
	F(tree_entry_id) \
	F(tree_entry_name) \
	F(tree_entrycount) \
	F(tree_free) \
	F(tree_lookup)

struct repo_lib {
#define REPO_POINTER(name) __typeof__(git_##name) *name;
	REPO_FUNCTIONS(REPO_POINTER)
#undef REPO_POINTER
};

struct repo {
	const struct repo_lib *git;
	git_repository *handle;
	git_odb *odb;
	pthread_mutex_t lock;
	struct arena arena; /* of the strings and of shallow */
	const char *prefix; /* "" or "folder/of/site", without a slash at its end */
	const char *dir;    /* the common git directory, without a slash at its end */
	struct map shallow; /* ids at which the history is cut, by their text */
	struct map trees;   /* git_tree by the bytes of its id: see repo_tree.c */
	struct arena trees_arena;
	size_t trees_size;
	char message[200]; /* of libgit2, with the last failure */
};

/* NULL: the library, or a function of it, is not there. */
const struct repo_lib *repo_lib(void);

void repo_lock(struct repo *r);
void repo_unlock(struct repo *r);

/* Keeps what libgit2 said last, and gives REPO_FAILED. */
enum repo_status repo_failed(struct repo *r);
void repo_keep_message(const struct repo_lib *git, char *out, size_t size);

/* What repo_resolve() does, under the lock. */
enum repo_status repo_find_commit(struct repo *r, const char *name, git_oid *out);

/* An id from its 40 digits; anything else is REPO_MISSING. */
enum repo_status repo_read_oid(struct repo *r, const char *text, git_oid *out);

/* Keys of maps: the bytes of an id. */
struct str repo_oid_key(const git_oid *id);

/*
 * A tree from the cache: borrowed until the next call, which may empty it.
 * REPO_FAILED when there is none of this id.
 */
enum repo_status repo_tree(struct repo *r, const git_oid *id, const git_tree **out);
void repo_trees_clear(struct repo *r);

/* What stands at a path in a tree, parts of it divided by single slashes; ""
 * is the tree itself. REPO_MISSING when there is nothing. */
struct repo_found {
	git_oid id;
	git_filemode_t mode;
};
enum repo_status repo_find_path(
    struct repo *r, const git_oid *tree, const char *path, struct repo_found *out);

/* The tree of a commit, the folder of the site in it. */
enum repo_status repo_site_tree(struct repo *r, const git_oid *commit, git_oid *out, int64_t *time);

/* The bytes of a blob, at most max of them, ended by a zero byte. */
enum repo_status repo_read_blob(
    struct repo *r, const git_oid *id, struct arena *a, size_t max, struct str *out);

#endif

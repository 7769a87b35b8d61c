/*
 * repo_lib - libgit2, for the files sys/repo*.c alone.
 *
 * The one file that includes git2.h. repo_functions.h names what we use of the
 * library; repo_lib() loads it once for the process and never shuts it down: a
 * second call (a preview builds often) finds everything warm. The types of the
 * pointers come from git2.h, so a call is checked as if it were linked.
 *
 * An opened repository carries a lock, because handles of libgit2 are not made
 * for several threads. A public function takes it with repo_lock() and leaves
 * it with repo_unlock(); no function of this header takes it.
 */
#ifndef SYS_REPO_LIB_H
#define SYS_REPO_LIB_H

#include "base/map.h"
#include "sys/repo.h"
#include "sys/repo_functions.h"
#include "sys/repo_status.h"

#include <git2.h>
#include <pthread.h>

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
	char message[REPO_MESSAGE]; /* with the last failure */
};

/* NULL: the library, or a function of it, is not there. */
const struct repo_lib *repo_lib(void);

void repo_lock(struct repo *r);
void repo_unlock(struct repo *r);

/* Keeps what libgit2 said last, and gives REPO_FAILED; of a code that can only
 * mean one thing, as that a file is locked, the status of that. */
enum repo_status repo_failed(struct repo *r);
enum repo_status repo_failed_with(struct repo *r, int code);
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

/* The tree of a commit; the folder of the site in it; the tree of HEAD. */
enum repo_status repo_commit_tree(
    struct repo *r, const git_oid *commit, git_oid *out, int64_t *time);
enum repo_status repo_site_tree(struct repo *r, const git_oid *commit, git_oid *out, int64_t *time);
enum repo_status repo_head_tree(struct repo *r, git_oid *out);

/* A path from the repository's top as one of the site, borrowed from it, or
 * NULL; and the other way round, in the arena. */
const char *repo_inside(const struct repo *r, const char *path);
const char *repo_outside(const struct repo *r, struct arena *a, const char *path);

enum repo_activity repo_activity_now(struct repo *r);

/* The bytes of a blob, at most max of them, ended by a zero byte. */
enum repo_status repo_read_blob(
    struct repo *r, const git_oid *id, struct arena *a, size_t max, struct str *out);

#endif

/*
 * The table is filled by whoever comes first, under a lock. A failure is not
 * remembered: the next call tries again, and says so itself.
 */
#include "sys/repo_lib.h"

#include "sys/library.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static struct repo_lib table;
static bool loaded;
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static int bind(void)
{
	/* What git2.h describes first: of another version we use opaque structs,
	 * git_oid, and those whose version the library itself checks. */
	static const char *const names[] = {"libgit2.so.1.5", "libgit2.so.1.7", "libgit2.so.1.8",
	    "libgit2.so.1.9", "libgit2.so.1.6", "libgit2.so.1.4", "libgit2.so.1.3",
	    "libgit2.so.1.1", "libgit2.so", NULL};
	static const struct library_symbol symbols[] = {
#define REPO_SYMBOL(name) {"git_" #name, &table.name},
	    REPO_FUNCTIONS(REPO_SYMBOL)
#undef REPO_SYMBOL
	};
	return library_load(names, symbols, sizeof(symbols) / sizeof(*symbols));
}

const struct repo_lib *repo_lib(void)
{
	pthread_mutex_lock(&loading);
	if (!loaded)
		loaded = bind() == 0 && table.libgit2_init() > 0;
	const struct repo_lib *git = loaded ? &table : NULL;
	pthread_mutex_unlock(&loading);
	return git;
}

/* There is no option for this before the library has started: while no file
 * can be opened, it finds no certificates, and starts without. */
void repo_start_offline(void)
{
	struct rlimit files;
	if (bind() || getrlimit(RLIMIT_NOFILE, &files))
		return;
	struct rlimit none = {.rlim_cur = 0, .rlim_max = files.rlim_max};
	if (setrlimit(RLIMIT_NOFILE, &none))
		return;
	loaded = table.libgit2_init() > 0;
	setrlimit(RLIMIT_NOFILE, &files);
}

void repo_lock(struct repo *r)
{
	pthread_mutex_lock(&r->lock);
}

void repo_unlock(struct repo *r)
{
	pthread_mutex_unlock(&r->lock);
}

void repo_keep_message(const struct repo_lib *git, char *out, size_t size)
{
	const git_error *error = git->error_last();
	if (error && error->message)
		snprintf(out, size, "%s", error->message);
}

enum repo_status repo_failed(struct repo *r)
{
	repo_keep_message(r->git, r->message, sizeof(r->message));
	return REPO_FAILED;
}

enum repo_status repo_failed_with(struct repo *r, int code)
{
	enum repo_status status = repo_failed(r);
	switch (code) {
	case GIT_ELOCKED:
		return REPO_LOCKED;
	case GIT_EMODIFIED:
		return REPO_MOVED;
	case GIT_EINVALIDSPEC:
		return REPO_NAME;
	default:
		return status;
	}
}

struct str repo_oid_key(const git_oid *id)
{
	return (struct str){(const char *)id->id, sizeof(id->id)};
}

/*
 * The functions of libgit2 that we use stand in one table of pointers, filled
 * at the first call. The library is initialised and never shut down: it lives
 * as long as the program, and a second call (a preview builds often) finds
 * everything warm.
 */
#include "sys/repo.h"

#include "base/intl.h"
#include "sys/library.h"

#include <git2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>

struct git {
	__typeof__(git_libgit2_init) *init;
	__typeof__(git_error_last) *error_last;
	__typeof__(git_repository_open_ext) *open;
	__typeof__(git_repository_free) *close;
	__typeof__(git_repository_discover) *discover;
	__typeof__(git_buf_dispose) *buf_dispose;
	__typeof__(git_config_open_default) *config;
	__typeof__(git_config_get_multivar_foreach) *config_values;
	__typeof__(git_config_free) *config_free;
	__typeof__(git_libgit2_opts) *option;
	__typeof__(git_reference_name_to_id) *resolve;
	__typeof__(git_repository_head_unborn) *unborn;
	__typeof__(git_commit_lookup) *commit;
	__typeof__(git_commit_time) *commit_time;
	__typeof__(git_commit_free) *commit_free;
	__typeof__(git_oid_tostr) *oid_text;
};

static int bind(struct git *git)
{
	/* What git2.h describes first: another version may differ in its structs,
	 * but of those we use only opaque ones and git_oid. */
	static const char *const names[] = {"libgit2.so.1.5", "libgit2.so.1.7", "libgit2.so.1.8",
	    "libgit2.so.1.9", "libgit2.so.1.6", "libgit2.so.1.4", "libgit2.so.1.3",
	    "libgit2.so.1.1", "libgit2.so", NULL};
	const struct library_symbol symbols[] = {
	    {"git_libgit2_init", &git->init},
	    {"git_error_last", &git->error_last},
	    {"git_repository_open_ext", &git->open},
	    {"git_repository_free", &git->close},
	    {"git_repository_discover", &git->discover},
	    {"git_buf_dispose", &git->buf_dispose},
	    {"git_config_open_default", &git->config},
	    {"git_config_get_multivar_foreach", &git->config_values},
	    {"git_config_free", &git->config_free},
	    {"git_libgit2_opts", &git->option},
	    {"git_reference_name_to_id", &git->resolve},
	    {"git_repository_head_unborn", &git->unborn},
	    {"git_commit_lookup", &git->commit},
	    {"git_commit_time", &git->commit_time},
	    {"git_commit_free", &git->commit_free},
	    {"git_oid_tostr", &git->oid_text},
	};
	return library_load(names, symbols, sizeof(symbols) / sizeof(*symbols));
}

static int load(struct git *git)
{
	return bind(git) || git->init() < 0 ? -1 : 0;
}

/* There is no option for this before the library has started: while no file
 * can be opened, it finds no certificates, and starts without. */
void repo_start_offline(void)
{
	struct git git;
	struct rlimit files;
	if (bind(&git) || getrlimit(RLIMIT_NOFILE, &files))
		return;
	struct rlimit none = {.rlim_cur = 0, .rlim_max = files.rlim_max};
	if (setrlimit(RLIMIT_NOFILE, &none))
		return;
	git.init();
	setrlimit(RLIMIT_NOFILE, &files);
}

static void keep_message(const struct git *git, struct repo_head *out)
{
	const git_error *error = git->error_last();
	if (error && error->message)
		snprintf(out->message, sizeof(out->message), "%s", error->message);
}

/* libgit2 1.5 says "not found" of a repository of another owner too, when no
 * configuration names a safe.directory: one that can be found is there. */
static enum repo_status open_failure(
    const struct git *git, struct repo_head *out, const char *folder, int code)
{
	git_buf found = {0};
	keep_message(git, out);
	if (code == GIT_EOWNER)
		return REPO_OWNER;
	if (code != GIT_ENOTFOUND)
		return REPO_FAILED;
	int missing = git->discover(&found, folder, 0, NULL);
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
static bool trusts_all(const struct git *git)
{
	git_config *config = NULL;
	bool all = false;
	if (git->config(&config) == 0)
		git->config_values(config, "safe.directory", NULL, note_star, &all);
	git->config_free(config);
	return all;
}

static enum repo_status open_repository(
    const struct git *git, git_repository **repository, struct repo_head *out, const char *folder)
{
	int code = git->open(repository, folder, 0, NULL);
	if (!code)
		return REPO_OK;
	enum repo_status status = open_failure(git, out, folder, code);
	if (status != REPO_OWNER || !trusts_all(git) ||
	    git->option(GIT_OPT_SET_OWNER_VALIDATION, 0) < 0)
		return status;
	return git->open(repository, folder, 0, NULL) == 0 ? REPO_OK : status;
}

static enum repo_status read_head(
    const struct git *git, struct repo_head *out, git_repository *repository)
{
	git_oid id;
	git_commit *commit = NULL;
	int code = git->resolve(&id, repository, "HEAD");
	if (code == GIT_ENOTFOUND && git->unborn(repository) == 1)
		return REPO_UNBORN;
	if (!code)
		code = git->commit(&commit, repository, &id);
	if (code) {
		keep_message(git, out);
		return REPO_FAILED;
	}
	out->time = git->commit_time(commit);
	git->oid_text(out->oid, sizeof(out->oid), &id);
	git->commit_free(commit);
	return REPO_OK;
}

enum repo_status repo_head(struct repo_head *out, const char *folder)
{
	struct git git;
	git_repository *repository = NULL;
	*out = (struct repo_head){0};
	if (load(&git))
		return REPO_LIBRARY;
	enum repo_status status = open_repository(&git, &repository, out, folder);
	if (!status)
		status = read_head(&git, out, repository);
	git.close(repository);
	return status;
}

void repo_complain(
    struct diag *diag, enum repo_status status, const struct repo_head *head, const char *folder)
{
	struct diag_place at = DIAG_AT(folder, 0, 0);
	switch (status) {
	case REPO_OK:
		break;
	case REPO_NONE:
		diag_add(diag, DIAG_NOTE, "repo-none", at, STR_NONE,
		    _("To get dates and history, keep the site in git: git init, git add, git commit."),
		    _("the site is not kept in git, so its pages carry no commit"));
		break;
	case REPO_UNBORN:
		diag_add(diag, DIAG_NOTE, "repo-unborn", at, STR_NONE,
		    _("Save the first version: git add, then git commit."),
		    _("git holds no version of the site yet"));
		break;
	case REPO_LIBRARY:
		diag_add(diag, DIAG_NOTE, "repo-library", at, STR_NONE,
		    _("Have the package libgit2-1.5 installed."),
		    _("the library that reads git is not installed, so pages carry no commit"));
		break;
	case REPO_OWNER:
		diag_add(diag, DIAG_WARNING, "repo-owner", at, STR_NONE,
		    _("If you trust it, run once: git config --global --add safe.directory FOLDER, with the full path of this folder."),
		    _("this folder belongs to another user, so git refuses to read its history"));
		break;
	case REPO_FAILED:
		diag_add(diag, DIAG_WARNING, "repo-failed", at, STR_NONE,
		    _("See what git status and git fsck say in this folder."),
		    _("git cannot read this folder: %s"), head->message);
		break;
	}
}

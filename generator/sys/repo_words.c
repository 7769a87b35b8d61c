/*
 * One row for each status. The levels: a note where the site builds as well
 * without, a warning where something is wrong with the repository, an error
 * where what was asked for could not be done.
 */
#include "sys/repo.h"

#include "base/intl.h"

struct words {
	enum diag_level level;
	const char *rule, *text, *remedy;
};

static const struct words words[] = {
    [-REPO_NONE] = {DIAG_NOTE, "repo-none",
        N_("the site is not kept in git, so its pages carry no commit"),
        N_("To get dates and history, keep the site in git: git init, git add, git commit.")},
    [-REPO_UNBORN] = {DIAG_NOTE, "repo-unborn", N_("git holds no version of the site yet"),
        N_("Save the first version: git add, then git commit.")},
    [-REPO_OWNER] = {DIAG_WARNING, "repo-owner",
        N_("this folder belongs to another user, so git refuses to read its history"),
        N_("If you trust it, run once: git config --global --add safe.directory FOLDER, with the full path of this folder.")},
    [-REPO_LIBRARY] = {DIAG_NOTE, "repo-library",
        N_("the library that reads git is not installed, so pages carry no commit"),
        N_("Have the package libgit2-1.5 installed.")},
    [-REPO_SHALLOW] = {DIAG_NOTE, "repo-shallow",
        N_("this copy of the repository holds only a part of its history (a shallow clone), so nothing can be dated from it"),
        N_("Fetch the rest: git fetch --unshallow. On a build server, ask for the whole history (fetch-depth: 0).")},
    [-REPO_MISSING] = {DIAG_ERROR, "repo-missing", N_("git knows no such version or file"),
        N_("See git log for the versions, and git ls-files for the files; a version is named by its id, a tag, a branch, or as HEAD~1.")},
    [-REPO_AMBIGUOUS] = {DIAG_ERROR, "repo-ambiguous", N_("several objects of git begin like this"),
        N_("Write more digits of the id.")},
    [-REPO_TOO_LARGE] = {DIAG_ERROR, "repo-too-large", N_("git holds more here than is ever read"),
        N_("See whether the right repository was named; large files do not belong into a site.")},
};

void repo_complain(
    struct diag *diag, enum repo_status status, const struct repo_head *head, const char *where)
{
	struct diag_place at = DIAG_AT(where, 0, 0);
	if (status == REPO_OK)
		return;
	if (status == REPO_FAILED) {
		diag_add(diag, DIAG_WARNING, "repo-failed", at, STR_NONE,
		    _("See what git status and git fsck say in this folder."),
		    _("git cannot read this folder: %s"), head->message);
		return;
	}
	const struct words *w = &words[-status];
	diag_add(diag, w->level, w->rule, at, STR_NONE, _(w->remedy), "%s", _(w->text));
}

/*
 * One row for each status. The levels: a note where the site builds as well
 * without, a warning where something is wrong with the repository, an error
 * where what was asked for could not be done. Where the status leaves something
 * in the message, it follows the text.
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
    [-REPO_FAILED] = {DIAG_WARNING, "repo-failed", N_("git cannot work with this folder"),
        N_("See what git status and git fsck say in this folder.")},
    [-REPO_SHALLOW] = {DIAG_NOTE, "repo-shallow",
        N_("this copy of the repository holds only a part of its history (a shallow clone), so nothing can be dated from it"),
        N_("Fetch the rest: git fetch --unshallow. On a build server, ask for the whole history (fetch-depth: 0).")},
    [-REPO_MISSING] = {DIAG_ERROR, "repo-missing", N_("git knows no such version or file"),
        N_("See git log for the versions, and git ls-files for the files; a version is named by its id, a tag, a branch, or as HEAD~1.")},
    [-REPO_AMBIGUOUS] = {DIAG_ERROR, "repo-ambiguous", N_("several objects of git begin like this"),
        N_("Write more digits of the id.")},
    [-REPO_TOO_LARGE] = {DIAG_ERROR, "repo-too-large", N_("git holds more here than is ever read"),
        N_("See whether the right repository was named; large files do not belong into a site.")},
    [-REPO_BARE] = {DIAG_ERROR, "repo-bare",
        N_("this repository has no files to work on (a bare one)"),
        N_("Clone it, and work in the clone.")},
    [-REPO_DETACHED] = {DIAG_ERROR, "repo-detached",
        N_("no branch is checked out, only a single version"),
        N_("Go to the branch of the site: git switch main. Changes that were not committed come along.")},
    [-REPO_BUSY] = {DIAG_ERROR, "repo-busy",
        N_("git is in the middle of a merge or of another work that is not finished"),
        N_("See git status; finish it, or give it up with git merge --abort or git rebase --abort.")},
    [-REPO_LOCKED] = {DIAG_ERROR, "repo-locked",
        N_("another program is working on this repository"),
        N_("Wait until it has finished. If no git program runs, one was interrupted: remove the file that ends in .lock.")},
    [-REPO_MOVED] = {DIAG_ERROR, "repo-moved",
        N_("meanwhile somebody else has added a version to this branch"),
        N_("Look at it with git log, and do this again.")},
    [-REPO_EMPTY] = {DIAG_ERROR, "repo-empty", N_("nothing differs from the last version"),
        N_("See whether the files were saved, and in the right folder.")},
    [-REPO_OUTSIDE] = {DIAG_ERROR, "repo-outside",
        N_("this is no file of the site that git could keep"),
        N_("Copy the file into the site instead of linking to it.")},
    [-REPO_FILTER] = {DIAG_ERROR, "repo-filter",
        N_("the file is stored through a filter that only git itself runs (git lfs, another encoding)"),
        N_("Commit it with git add and git commit, or remove the filter from .gitattributes.")},
    [-REPO_DIRTY] = {DIAG_ERROR, "repo-dirty",
        N_("a file has changes that were not committed and would be lost"),
        N_("Commit or undo them first; git status names them.")},
    [-REPO_CLASH] = {DIAG_ERROR, "repo-clash", N_("you and somebody else changed the same lines"),
        N_("Merge by hand: git merge, correct the files that git names, git add, git commit.")},
    [-REPO_UNRELATED] = {DIAG_ERROR, "repo-unrelated",
        N_("the two versions have no history in common"),
        N_("See whether the right remote was named: git remote -v.")},
    [-REPO_NO_UPSTREAM] = {DIAG_ERROR, "repo-no-upstream",
        N_("this branch follows no branch of another repository"),
        N_("Set one: git push -u origin BRANCH.")},
    [-REPO_EXISTS] = {DIAG_ERROR, "repo-exists", N_("there is a tag of this name already"),
        N_("Choose another name; a tag that was published is not moved.")},
    [-REPO_NAME] = {DIAG_ERROR, "repo-name",
        N_("git does not accept this name, address or message"),
        N_("A name or a message is not empty; a name has no line break, a tag no blanks, and neither a person nor an address < or >.")},
    [-REPO_COMMAND] = {DIAG_ERROR, "repo-command", N_("the program git is not installed"),
        N_("Have the package git installed.")},
    [-REPO_TIMEOUT] = {DIAG_ERROR, "repo-timeout",
        N_("the other repository did not answer in time"),
        N_("Try it by hand, where git can ask for a password: git fetch.")},
    [-REPO_REJECTED] = {DIAG_ERROR, "repo-rejected",
        N_("the other repository refused the new version"),
        N_("Fetch and merge what others have added, then push again; see what the server says.")},
    [-REPO_REMOTE] = {DIAG_ERROR, "repo-remote", N_("the other repository cannot be reached"),
        N_("Try it by hand, where git can ask for a password: git fetch.")},
};

void repo_complain(
    struct diag *diag, enum repo_status status, const struct repo_head *head, const char *where)
{
	static const enum repo_status telling[] = {REPO_FAILED, REPO_LOCKED, REPO_OUTSIDE,
	    REPO_FILTER, REPO_DIRTY, REPO_CLASH, REPO_TIMEOUT, REPO_REJECTED, REPO_REMOTE};
	const char *said = "";
	if (status == REPO_OK)
		return;
	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		if (telling[i] == status)
			said = head->message;
	const struct words *w = &words[-status];
	diag_add(diag, w->level, w->rule, DIAG_AT(where, 0, 0), STR_NONE, _(w->remedy), "%s%s%s",
	    _(w->text), *said ? ": " : "", said);
}

/*
 * The tag is the last step: everything before it only looks. What is checked
 * is the commit, not the folder.
 */
#include "job/release.h"

#include "base/intl.h"
#include "job/load.h"
#include "job/staff.h"
#include "model/release.h"
#include "sys/repo_merge.h"
#include "sys/repo_remote.h"
#include "sys/repo_status.h"
#include "sys/repo_tag.h"

#include <string.h>

enum { NETWORK_SECONDS = 120 };

struct naming {
	const struct release_options *o;
	struct arena arena;
	struct repo *repo;
	struct repo_person who;
	const char *tag;
	char *commit;
	struct buf *checklists;
	struct diag *diag;
};

static enum release_status complain(struct naming *n, const char *rule, const char *file,
    const char *cell, const char *remedy, const char *text)
{
	diag_add(n->diag, DIAG_ERROR, rule, DIAG_AT(file, 0, 0), cell ? str_of(cell) : STR_NONE,
	    remedy, "%s", text);
	return RELEASE_PROBLEMS;
}

static enum release_status git_refuses(struct naming *n, enum repo_status status)
{
	struct repo_head why = {0};
	if (status == REPO_OK)
		return RELEASE_OK;
	if (n->repo)
		repo_why(n->repo, &why);
	repo_complain(n->diag, status, &why, n->o->site);
	if (!n->diag->errors)
		complain(n, "release-no-git", n->o->site, NULL,
		    _("Publish the site first, with vidno publish."),
		    _("only a version that git keeps can be released"));
	return status == REPO_FAILED || status == REPO_LOCKED || status == REPO_LIBRARY
	    ? RELEASE_SYSTEM
	    : RELEASE_PROBLEMS;
}

static enum release_status check_name(struct naming *n)
{
	n->tag = arena_printf(&n->arena, RELEASE_TAGS "%s", n->o->name);
	if (release_name_ok(str_of(n->o->name)))
		return RELEASE_OK;
	complain(n, "release-name", NULL, n->o->name,
	    _("Small Latin letters, digits, dots and hyphens, for example 2025-q4."),
	    _("this cannot be the name of a release"));
	return RELEASE_USAGE;
}

static enum release_status open_repository(struct naming *n)
{
	struct repo_head why = {0};
	struct repo_tags tags;
	enum repo_status status = repo_open(&n->repo, n->o->site, &why);
	if (!status)
		status = repo_resolve(n->repo, "HEAD", n->commit);
	if (!status)
		status = repo_tags(&tags, &n->arena, n->repo, n->tag);
	for (size_t i = 0; !status && i < tags.count; i++)
		if (strcmp(tags.items[i].name, n->tag) == 0)
			status = REPO_EXISTS;
	return git_refuses(n, status);
}

static enum release_status check_folder(struct naming *n)
{
	struct repo_changes changed;
	enum repo_status status = repo_changed(&changed, &n->arena, n->repo);
	enum release_status found = git_refuses(n, status);
	for (size_t i = 0; !status && i < changed.count; i++) {
		struct str path = str_of(changed.items[i].path);
		if (str_starts(path, "content/") || str_starts(path, "data/") ||
		    str_starts(path, "themes/"))
			found = complain(n, "release-changed", changed.items[i].path, NULL,
			    _("Publish it first, with vidno publish, or undo it."),
			    _("this file differs from the last version"));
	}
	return found;
}

static enum release_status find_person(struct naming *n)
{
	struct load load = LOAD_INIT;
	struct diag quiet = DIAG_INIT;
	const char *mail = staff_git_mail(&n->arena, n->o->site);
	struct repo_person author;
	enum release_status status = RELEASE_PROBLEMS;
	if (load_open(&load, n->o->site, n->diag) == 0)
		load_site(&load, &quiet);
	if (load.site.title && staff_author(&author, &load.site, n->o->as, mail, n->diag) == 0 &&
	    staff_committer(&n->who, &load.site, &author, mail, n->diag) == 0) {
		n->who.name = arena_strdup(&n->arena, n->who.name);
		n->who.mail = arena_strdup(&n->arena, n->who.mail);
		status = RELEASE_OK;
	} else if (load.site.title) {
		status = RELEASE_USAGE;
	} else {
		diag_join(n->diag, &quiet);
	}
	diag_clear(&quiet);
	load_close(&load);
	return status;
}

static enum release_status check_site(struct naming *n)
{
	const struct build_options o = {.site = n->o->site,
	    .repo = n->repo,
	    .commit = n->commit,
	    .strict = true,
	    .checklists = n->checklists};
	struct build_report report;
	enum build_status status = build_run(&o, &report, n->diag);
	if (status != BUILD_OK)
		return status == BUILD_SYSTEM ? RELEASE_SYSTEM : RELEASE_PROBLEMS;
	if (n->diag->warnings)
		return complain(n, "release-warnings", NULL, NULL,
		    _("Mend them, or let somebody answer for them: vidno check shows how."),
		    _("there are warnings that nobody has accepted"));
	if (report.blocked)
		return complain(n, "release-blocked", NULL, NULL,
		    _("Close the points marked with ! in the checklist."),
		    _("points of the release checklist are open that block a release"));
	return RELEASE_OK;
}

static enum release_status name_it(struct naming *n)
{
	const char *reason = n->o->reason;
	const char *message = reason && str_trim(str_of(reason)).n ? reason : n->o->name;
	return git_refuses(n, repo_tag(n->repo, n->tag, n->commit, &n->who, message));
}

static enum release_status push(struct naming *n)
{
	struct repo_upstream upstream;
	const char *refs[] = {arena_printf(&n->arena, "refs/tags/%s", n->tag)};
	enum repo_status status = repo_upstream(&upstream, &n->arena, n->repo);
	if (!status)
		status = repo_push(n->repo, upstream.remote, refs, 1, NETWORK_SECONDS);
	return git_refuses(n, status);
}

enum release_status release_run(const struct release_options *o, char commit[REPO_OID + 1],
    struct buf *checklists, struct diag *diag)
{
	static enum release_status (*const steps[])(struct naming *) = {
	    check_name, open_repository, check_folder, find_person, check_site, name_it};
	struct naming n = {.o = o, .commit = commit, .checklists = checklists, .diag = diag};
	enum release_status status = RELEASE_OK;
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](&n);
	if (!status && o->push)
		status = push(&n);
	repo_close(n.repo);
	arena_clear(&n.arena);
	return status;
}

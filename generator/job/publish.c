/*
 * Everything up to the agreement only adds objects to the repository, which
 * git takes away some day when nothing points to them.
 *
 * The working tree gets what was merged before the branch moves: were it the
 * other way round, a crash between the two would leave a working tree that
 * looks as if the work of the others had been undone.
 */
#include "job/publish.h"

#include "base/intl.h"
#include "job/diff.h"
#include "job/load.h"
#include "job/publish_clash.h"
#include "job/staff.h"
#include "sys/repo_remote.h"
#include "sys/repo_status.h"

#include <string.h>

enum { NETWORK_SECONDS = 120 };

struct publish {
	const struct publish_options *o;
	struct publish_report *report;
	struct diag *diag;
	struct arena arena;
	struct repo *repo;
	const char *branch;
	struct repo_person author, committer;
	char head[REPO_OID + 1];  /* "" in a repository without a commit */
	char ours[REPO_OID + 1];  /* with the changes of the working tree */
	char final[REPO_OID + 1]; /* and with those of the others */
	struct repo_upstream upstream;
	bool follows; /* upstream is set */
};

/* -- what git says ------------------------------------------------------------- */

static enum publish_status status_of(enum repo_status status)
{
	switch (status) {
	case REPO_OK:
		return PUBLISH_OK;
	case REPO_FAILED:
	case REPO_LIBRARY:
	case REPO_LOCKED:
	case REPO_COMMAND:
	case REPO_TIMEOUT:
	case REPO_REMOTE:
		return PUBLISH_SYSTEM;
	default:
		return PUBLISH_PROBLEMS;
	}
}

/* What is only a note for a build ends a publish. */
static enum publish_status git_refuses(struct publish *p, enum repo_status status)
{
	struct repo_head why = {0};
	if (status == REPO_OK)
		return PUBLISH_OK;
	if (p->repo)
		repo_why(p->repo, &why);
	repo_complain(p->diag, status, &why, p->o->site);
	if (!p->diag->errors)
		diag_add(p->diag, DIAG_ERROR, "publish-no-git", DIAG_AT(p->o->site, 0, 0), STR_NONE,
		    _("Keep the site in git: git init -b main, then publish again; without git, make it with vidno build."),
		    _("only a site that is kept in git can be published"));
	return status_of(status);
}

static enum publish_status open_repository(struct publish *p)
{
	struct repo_head why = {0};
	enum repo_status status = repo_open(&p->repo, p->o->site, &why);
	if (status)
		return git_refuses(p, status);
	if (repo_is_bare(p->repo))
		return git_refuses(p, REPO_BARE);
	if (repo_activity(p->repo) != REPO_QUIET)
		return git_refuses(p, REPO_BUSY);
	status = repo_branch(p->repo, &p->arena, &p->branch);
	if (!status)
		status = repo_resolve(p->repo, "HEAD", p->head);
	return git_refuses(p, status == REPO_UNBORN ? REPO_OK : status);
}

/* -- who ------------------------------------------------------------------------ */

static enum publish_status find_people(struct publish *p)
{
	struct load load = LOAD_INIT;
	struct diag quiet = DIAG_INIT; /* the check comes later */
	const char *mail = staff_git_mail(&p->arena, p->o->site);
	enum publish_status status = PUBLISH_PROBLEMS;
	if (load_open(&load, p->o->site, p->diag) < 0)
		return PUBLISH_PROBLEMS;
	load_site(&load, &quiet);
	if (!load.site.title)
		diag_join(p->diag, &quiet);
	else if (staff_author(&p->author, &load.site, p->o->as, mail, p->diag) == 0 &&
	    staff_committer(&p->committer, &load.site, &p->author, mail, p->diag) == 0)
		status = PUBLISH_OK;
	else
		status = PUBLISH_USAGE;
	/* They outlive the site. */
	struct repo_person *people[] = {&p->author, &p->committer};
	for (size_t i = 0; status == PUBLISH_OK && i < 2; i++) {
		people[i]->name = arena_strdup(&p->arena, people[i]->name);
		people[i]->mail = arena_strdup(&p->arena, people[i]->mail);
	}
	diag_clear(&quiet);
	load_close(&load);
	return status;
}

/* -- the commit ------------------------------------------------------------------- */

static bool is_of_site(const char *path)
{
	struct str s = str_of(path);
	return str_starts(s, "content/") || str_starts(s, "data/") || str_starts(s, "themes/");
}

/* NULL: none was given. */
static const char *reason_of(const struct publish *p)
{
	const char *reason = p->o->reason;
	return reason && str_trim(str_of(reason)).n ? reason : NULL;
}

/* Makes p->ours; HEAD itself when nothing was changed. */
static enum publish_status commit_changes(struct publish *p)
{
	struct repo_changes changed;
	char parent[REPO_OID + 1];
	enum repo_status status = repo_changed(&changed, &p->arena, p->repo);
	if (status)
		return git_refuses(p, status);
	const char **paths = arena_array(&p->arena, changed.count + 1, sizeof(*paths));
	size_t n = 0;
	for (size_t i = 0; i < changed.count; i++)
		if (is_of_site(changed.items[i].path))
			paths[n++] = changed.items[i].path;
	const char *reason = reason_of(p);
	const struct repo_draft draft = {.paths = paths,
	    .npaths = n,
	    .author = p->author,
	    .committer = p->committer,
	    .message = reason ? reason : _("Texts, without a change of numbers")};
	status = n ? repo_prepare(p->repo, &draft, parent, p->ours) : REPO_EMPTY;
	if (status == REPO_EMPTY && p->head[0]) {
		memcpy(p->ours, p->head, sizeof(p->ours));
		return PUBLISH_OK;
	}
	/* Somebody committed between two of our questions. */
	if (!status && strcmp(parent, p->head) != 0)
		status = REPO_MOVED;
	p->report->committed = !status;
	return git_refuses(p, status);
}

/* -- the others ---------------------------------------------------------------------- */

/* What cannot be reached is no reason to publish nothing here. */
static void say_unreachable(struct publish *p, enum repo_status status)
{
	diag_add(p->diag, DIAG_NOTE, "publish-offline", DIAG_AT(p->upstream.remote, 0, 0), STR_NONE,
	    _("Publish once more with --push when it can be reached."),
	    status == REPO_COMMAND
	        ? _("the program git is not installed, so nobody was asked for other changes")
	        : _("the other repository cannot be reached, so it was not asked for changes"));
}

static enum publish_status fetch(struct publish *p)
{
	enum repo_status status = repo_upstream(&p->upstream, &p->arena, p->repo);
	if (status == REPO_NO_UPSTREAM && !p->o->push)
		return PUBLISH_OK;
	if (!status && !p->o->offline) {
		enum repo_status fetched = repo_fetch(p->repo, p->upstream.remote, NETWORK_SECONDS);
		if (fetched && p->o->push)
			return git_refuses(p, fetched);
		if (fetched)
			say_unreachable(p, fetched);
		else
			status = repo_upstream(&p->upstream, &p->arena, p->repo);
	}
	p->follows = !status;
	return git_refuses(p, status);
}

static enum publish_status merge(struct publish *p)
{
	struct repo_distance distance = {0};
	struct repo_merged merged;
	memcpy(p->final, p->ours, sizeof(p->final));
	if (!p->follows)
		return PUBLISH_OK;
	enum repo_status status = repo_compare(&distance, p->repo, p->ours, p->upstream.oid);
	if (status || !distance.behind)
		return git_refuses(p, status);
	const char *message =
	    arena_printf(&p->arena, _("Merge of what others published (%s)"), p->upstream.ref);
	status = repo_merge(
	    &merged, &p->arena, p->repo, p->ours, p->upstream.oid, &p->committer, message);
	if (status == REPO_CLASH) {
		publish_clash(p->repo, &merged, p->diag);
		return PUBLISH_PROBLEMS;
	}
	if (status)
		return git_refuses(p, status);
	memcpy(p->final, merged.commit, sizeof(p->final));
	p->report->merged = true;
	return PUBLISH_OK;
}

/* -- is it good, and wanted? ------------------------------------------------------------ */

static struct build_options build_of(const struct publish *p)
{
	return (struct build_options){
	    .site = p->o->site,
	    .out = p->o->out,
	    .repo = p->repo,
	    .commit = p->final,
	    .jobs = p->o->jobs,
	};
}

static enum publish_status check(struct publish *p)
{
	struct build_report report;
	struct build_options o = build_of(p);
	o.strict = true;
	enum build_status status = build_run(&o, &report, p->diag);
	if (status != BUILD_OK)
		return status == BUILD_SYSTEM ? PUBLISH_SYSTEM : PUBLISH_PROBLEMS;
	if (!p->diag->warnings)
		return PUBLISH_OK;
	diag_add(p->diag, DIAG_ERROR, "publish-warnings", DIAG_NOWHERE, STR_NONE,
	    _("Mend them, or let somebody answer for them: vidno check shows how."),
	    _("there are warnings that nobody has accepted"));
	diag_sort(p->diag);
	return PUBLISH_PROBLEMS;
}

/* What readers will see changed, as `vidno diff` says it. */
static enum publish_status find_effects(struct publish *p, struct buf *out, bool *numbers)
{
	if (!p->head[0]) {
		buf_adds(out, _("This is the first version of the site in git.\n"));
		return PUBLISH_OK;
	}
	if (strcmp(p->head, p->final) == 0) {
		buf_adds(out, _("Nothing has changed since the last version.\n"));
		return PUBLISH_OK;
	}
	const struct diff_options o = {
	    .site = p->o->site,
	    .range = arena_printf(&p->arena, "%s..%s", p->head, p->final),
	    .numbers = numbers,
	};
	struct diag said = DIAG_INIT; /* what else there is was said by the check */
	enum diff_status status = diff_run(&o, out, &said);
	diag_join(p->diag, &said);
	/* Only the look of the pages: the diff has nothing but the two names. */
	if (str_starts(buf_str(out), p->head)) {
		buf_reset(out);
		buf_adds(out, _("No number, status, document or text changes for the reader.\n"));
	}
	return status == DIFF_SYSTEM ? PUBLISH_SYSTEM
	    : p->diag->errors        ? PUBLISH_PROBLEMS
	                             : PUBLISH_OK;
}

static enum publish_status ask(struct publish *p)
{
	struct buf effects = BUF_INIT(BUF_FILE);
	bool numbers = false;
	enum publish_status status = find_effects(p, &effects, &numbers);
	if (!status && numbers && p->report->committed && !reason_of(p)) {
		diag_add(p->diag, DIAG_ERROR, "publish-reason", DIAG_NOWHERE, STR_NONE,
		    _("Say why with -m, in words for the reader: -m \"Results of 2025 were entered\"."),
		    _("numbers change that readers see, and no reason is given"));
		status = PUBLISH_USAGE;
	}
	enum publish_answer answer = PUBLISH_YES;
	if (!status && strcmp(p->head, p->final) != 0)
		answer = p->o->ask(p->o->payload, effects.data);
	if (answer == PUBLISH_NO) {
		p->report->refused = true;
		status = PUBLISH_PROBLEMS;
	} else if (answer == PUBLISH_NOBODY) {
		diag_add(p->diag, DIAG_ERROR, "publish-ask", DIAG_NOWHERE, STR_NONE,
		    _("Run it on a terminal, or say yes beforehand with --yes."),
		    _("nobody is there to be asked whether this is to be published"));
		status = PUBLISH_USAGE;
	}
	buf_clear(&effects);
	return status;
}

/* -- the switch ------------------------------------------------------------------------ */

static int refuse(struct publish *p, enum repo_status status)
{
	return git_refuses(p, status) == PUBLISH_OK ? 0 : -1;
}

static int say_dirty(struct publish *p, const struct repo_names *dirty)
{
	for (size_t i = 0; i < dirty->count; i++)
		diag_add(p->diag, DIAG_ERROR, "publish-dirty", DIAG_AT(dirty->items[i], 0, 0),
		    STR_NONE,
		    _("Commit or undo your change of this file first; it does not belong to the site."),
		    _("others have changed this file, and it has changes here that are in no version"));
	return -1;
}

/* The site is made and waits: bring the repository to the version it is of. */
static int bring_repository(void *payload, struct diag *diag)
{
	struct publish *p = payload;
	struct repo_names dirty = {0};
	(void)diag; /* it is p's */
	if (strcmp(p->ours, p->final) != 0) {
		enum repo_status status =
		    repo_checkout(&dirty, &p->arena, p->repo, p->ours, p->final);
		if (status == REPO_DIRTY)
			return say_dirty(p, &dirty);
		if (status)
			return refuse(p, status);
	}
	if (strcmp(p->head, p->final) != 0 &&
	    refuse(p, repo_move(p->repo, p->head, p->final, &p->committer, "vidno publish")))
		return -1;
	memcpy(p->report->commit, p->final, sizeof(p->final));
	return 0;
}

static enum publish_status build(struct publish *p)
{
	struct build_options o = build_of(p);
	struct diag said = DIAG_INIT; /* all but errors stands in p->diag from the check */
	o.write = o.progress = o.sync = true;
	o.agree = bring_repository;
	o.payload = p;
	enum build_status status = build_run(&o, &p->report->build, &said);
	if (status != BUILD_OK)
		diag_join(p->diag, &said);
	diag_clear(&said);
	diag_sort(p->diag);
	return status == BUILD_OK      ? PUBLISH_OK
	    : status == BUILD_PROBLEMS ? PUBLISH_PROBLEMS
	                               : PUBLISH_SYSTEM;
}

static enum publish_status push(struct publish *p)
{
	const char *theirs = p->upstream.ref;
	size_t remote = strlen("refs/remotes/") + strlen(p->upstream.remote) + 1;
	const char *refs[] = {arena_printf(&p->arena, "%s:refs/heads/%s", p->branch,
	    strlen(theirs) > remote ? theirs + remote : theirs)};
	enum repo_status status = repo_push(p->repo, p->upstream.remote, refs, 1, NETWORK_SECONDS);
	p->report->pushed = !status;
	if (status)
		diag_add(p->diag, DIAG_NOTE, "publish-not-pushed", DIAG_NOWHERE, STR_NONE,
		    _("Run vidno publish --push once more."),
		    _("the site is published here, but the other repository does not have it yet"));
	return git_refuses(p, status);
}

enum publish_status publish_run(
    const struct publish_options *o, struct publish_report *report, struct diag *diag)
{
	static enum publish_status (*const steps[])(struct publish *) = {
	    open_repository, find_people, commit_changes, fetch, merge, check, ask, build};
	struct publish p = {.o = o, .report = report, .diag = diag};
	enum publish_status status = PUBLISH_OK;
	*report = (struct publish_report){.commit = ""};
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](&p);
	if (!status && o->push)
		status = push(&p);
	repo_close(p.repo);
	arena_clear(&p.arena);
	return status;
}

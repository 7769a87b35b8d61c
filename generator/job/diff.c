/*
 * Up to three versions are open: the old one, the new one, and the folder as
 * it is now, whose disclosure all others obey. One department after the other
 * is computed in each, compared and told.
 */
#include "job/diff.h"

#include "base/intl.h"
#include "job/change_json.h"
#include "job/change_words.h"
#include "job/dating.h"
#include "job/diff_files.h"
#include "sys/repo_root.h"

#include <string.h>

struct side {
	struct edition edition;
	const char *name; /* as given; NULL: the folder */
	char oid[REPO_OID + 1];
};

struct diff {
	const struct diff_options *o;
	struct arena arena;
	struct repo *repo;
	struct side old, new, now; /* now: only when new is a commit */
	struct date date;
	struct diff_files files;
	struct buf *out;
	struct json json;
	struct diag *diag, quiet;
	size_t told; /* departments */
};

/* -- versions --------------------------------------------------------------- */

static enum diff_status no_repository(struct diff *d, enum repo_status status)
{
	struct repo_head why = {0};
	if (status == REPO_NONE || status == REPO_UNBORN)
		diag_add(d->diag, DIAG_ERROR, "diff-no-history", DIAG_AT(d->o->site, 0, 0),
		    STR_NONE, _("Commit the site first: git add . && git commit"),
		    status == REPO_NONE
		        ? _("the site is not in a git repository, so there is nothing to compare with")
		        : _("the repository has no commit yet, so there is nothing to compare with"));
	else
		repo_complain(d->diag, status, &why, d->o->site);
	return DIFF_PROBLEMS;
}

/* A name of the command line, or HEAD. */
static enum diff_status resolve(struct diff *d, struct side *s)
{
	enum repo_status status = repo_resolve(d->repo, s->name, s->oid);
	if (status == REPO_OK)
		return DIFF_OK;
	if (status == REPO_UNBORN)
		return no_repository(d, status);
	if (status == REPO_MISSING || status == REPO_AMBIGUOUS || status == REPO_SHALLOW) {
		diag_add(d->diag, DIAG_ERROR, "revision-unknown", DIAG_NOWHERE, str_of(s->name),
		    status == REPO_SHALLOW
		        ? _("A part of the history is not here: git fetch --unshallow")
		        : _("Name a commit, a branch or a tag, for example HEAD~1; git log shows them."),
		    status == REPO_AMBIGUOUS ? _("several commits begin with these digits")
		                             : _("there is no such revision"));
		return DIFF_USAGE;
	}
	return no_repository(d, status);
}

/* "A..B", "A..", "..B", "A" */
static void read_range(struct diff *d)
{
	const char *range = d->o->range;
	const char *dots = range ? strstr(range, "..") : NULL;
	d->old.name = range && *range ? range : "HEAD";
	if (!dots)
		return;
	d->old.name =
	    dots == range ? "HEAD" : arena_strndup(&d->arena, range, (size_t)(dots - range));
	const char *after = dots[2] == '.' ? dots + 3 : dots + 2;
	d->new.name = *after ? arena_strdup(&d->arena, after) : "HEAD";
}

static enum diff_status open_versions(struct diff *d)
{
	struct repo_head why = {0};
	enum repo_status opened = repo_open(&d->repo, d->o->site, &why);
	if (opened == REPO_NONE || opened == REPO_UNBORN)
		return no_repository(d, opened);
	if (opened != REPO_OK) {
		repo_complain(d->diag, opened, &why, d->o->site);
		return DIFF_PROBLEMS;
	}
	read_range(d);
	enum diff_status status = resolve(d, &d->old);
	if (status == DIFF_OK && d->new.name)
		status = resolve(d, &d->new);
	if (status != DIFF_OK)
		return status;
	const char *site = d->o->site;
	const char *newer = d->new.name ? d->new.oid : NULL;
	edition_open(&d->old.edition, site, d->repo, d->old.oid, &d->quiet);
	if (edition_open(&d->new.edition, site, d->repo, newer, d->diag) < 0) {
		if (!d->diag->errors)
			diag_add(d->diag, DIAG_ERROR, "revision-no-site", DIAG_NOWHERE,
			    str_of(d->new.name), _("Name a revision that has it."),
			    _("there was no site in this folder in that revision"));
		return DIFF_PROBLEMS;
	}
	if (newer)
		edition_open(&d->now.edition, site, d->repo, NULL, &d->quiet);
	return DIFF_OK;
}

/* The day of the newer commit, or of the last one, unless another is given. */
static enum diff_status find_date(struct diff *d)
{
	const struct build_options o = {.site = d->o->site, .date = d->o->date};
	struct root root = ROOT_INIT;
	struct dating dating;
	struct file_info info;
	int err = 0;
	if (dating_given(&o)) {
		err = dating_begin(&dating, &o, NULL, d->diag);
		d->date = dating_wait(&dating);
		dating_end(&dating, d->diag);
	} else if (repo_root(&root, d->repo, d->new.edition.head) == REPO_OK &&
	    file_look(&info, &root, "") == FILE_OK) {
		d->date = date_from_unix(info.mtime / 1000000000);
	}
	root_close(&root);
	return err < 0 ? DIFF_USAGE : DIFF_OK;
}

/* -- departments ------------------------------------------------------------ */

struct pair {
	const char *id;
	struct edition_facts old, new, now;
	struct changes changes;
	const char **files;
	size_t nfiles;
};

static void find_files(struct diff *d, struct pair *p)
{
	p->files = arena_array(&d->arena, d->files.count + 1, sizeof(*p->files));
	for (size_t i = 0; i < d->files.count; i++)
		if (diff_file_of(d->files.paths[i], p->id))
			p->files[p->nfiles++] = d->files.paths[i];
}

/* Is it more than a text, a document or a date? */
static bool is_number(const struct change *c)
{
	switch (change_fact(c)->kind) {
	case FACT_IDENTIFICATION:
	case FACT_DECLARED:
	case FACT_INDICATOR:
	case FACT_RESULT:
	case FACT_CONTEXT:
		return true;
	default:
		break;
	}
	for (size_t i = 0; i < c->nfields; i++) {
		const struct fact_field *f = c->fields[i].new ? c->fields[i].new : c->fields[i].old;
		if (f->hidden || f->form == FACT_NUMBER || f->form == FACT_PERCENT)
			return true;
	}
	return false;
}

static void find_numbers(const struct diff *d, const struct pair *p)
{
	for (size_t i = 0; d->o->numbers && i < p->changes.count; i++)
		*d->o->numbers |= is_number(&p->changes.items[i]);
}

static void compare(struct diff *d, struct pair *p)
{
	struct edition_view view = {.profile = d->o->profile, .date = d->date};
	bool past = d->new.name && d->now.edition.readable;
	struct edition_facts *now = past ? &p->now : &p->new;
	if (past)
		edition_facts(&p->now, &d->now.edition, p->id, &view, &d->quiet);
	view.terms = past ? &now->terms : NULL;
	edition_facts(&p->new, &d->new.edition, p->id, &view, d->diag);
	view.terms = &now->terms;
	edition_facts(&p->old, &d->old.edition, p->id, &view, &d->quiet);
	changes_compare(&p->changes, &d->arena, &p->old.facts, &p->new.facts);
	changes_settle(&p->changes, &d->arena, &now->facts);
	find_numbers(d, p);
	changes_group(&p->changes, &d->arena);
	find_files(d, p);
}

static const char *title_of(const struct pair *p)
{
	const struct department *d = p->new.there ? &p->new.d : &p->old.d;
	return d->index && d->index->title ? d->index->title : p->id;
}

/* -- text ------------------------------------------------------------------- */

static void tell_files(struct diff *d, const char *const *files, size_t n)
{
	enum { NAMED = 10 };
	for (size_t i = 0; i < n && (i < NAMED || d->o->full); i++)
		buf_addf(d->out, "%s%s", i ? ", " : "", files[i]);
	if (n > NAMED && !d->o->full)
		buf_addf(d->out, _(" and %zu more"), n - NAMED);
	buf_adds(d->out, "\n");
}

static void tell(struct diff *d, const struct pair *p)
{
	struct buf *out = d->out;
	buf_addf(out, "%s%s — %s\n", d->told ? "\n" : "", p->id, title_of(p));
	if (!p->old.there)
		buf_adds(out, _("  A new department.\n"));
	if (!p->new.there)
		buf_adds(out, _("  The department was removed.\n"));
	if (p->old.errors)
		buf_adds(out,
		    _("  The older version has errors in its tables; it is compared as far as it could be read.\n"));
	/* of a whole department every row is new: what they come to is enough */
	size_t parts = d->o->full ? SIZE_MAX : p->old.there && p->new.there ? CHANGE_PARTS : 0;
	change_words(out, &p->changes, "  ", parts);
	if (!p->changes.count && p->nfiles) {
		buf_adds(out,
		    _("  Readers would see no other number, status, document or date. Files changed: "));
		tell_files(d, p->files, p->nfiles);
	}
}

static void name_side(struct buf *out, const struct side *s)
{
	enum { SHORT = 9 };
	if (s->name)
		buf_addf(out, "%s (%.*s)", s->name, (int)SHORT, s->oid);
	else
		buf_adds(out, _("the folder as it is"));
}

static void tell_rest(struct diff *d)
{
	const char **shared = arena_array(&d->arena, d->files.count + 1, sizeof(*shared));
	size_t n = 0;
	for (size_t i = 0; i < d->files.count; i++)
		if (diff_file_of(d->files.paths[i], NULL))
			shared[n++] = d->files.paths[i];
	if (n) {
		buf_addf(
		    d->out, _("%sFiles of the whole site that changed: "), d->told ? "\n" : "");
		tell_files(d, shared, n);
	}
	if (d->told || n)
		return;
	name_side(d->out, &d->old);
	buf_adds(d->out, " → ");
	name_side(d->out, &d->new);
	buf_adds(d->out, _(": nothing changed\n"));
}

/* -- JSON ------------------------------------------------------------------- */

static void put_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

static void put_side(struct json *j, const char *key, const struct side *s)
{
	json_key(j, key);
	json_object(j);
	put_text(j, "commit", s->name ? s->oid : NULL);
	put_text(j, "name", s->name);
	json_end(j);
}

static void put_files(struct json *j, const char *key, const struct diff *d, const char *department)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < d->files.count; i++)
		if (diff_file_of(d->files.paths[i], department))
			json_string(j, d->files.paths[i]);
	json_end(j);
}

static void put_pair(struct diff *d, const struct pair *p)
{
	struct json *j = &d->json;
	json_object(j);
	put_text(j, "id", p->id);
	put_text(j, "title", title_of(p));
	put_bool(j, "in_old", p->old.there);
	put_bool(j, "in_new", p->new.there);
	put_bool(j, "old_errors", p->old.errors);
	put_bool(j, "new_errors", p->new.errors);
	json_key(j, "changes");
	change_json(j, &p->changes);
	put_files(j, "files", d, p->id);
	json_end(j);
}

static void begin_json(struct diff *d)
{
	struct json *j = &d->json;
	*j = (struct json)JSON_INIT(d->out);
	j->lines = 3;
	json_object(j);
	put_side(j, "old", &d->old);
	put_side(j, "new", &d->new);
	put_text(j, "date", date_iso(d->date).s);
	put_text(j, "profile", d->o->profile == PROFILE_INTERNAL ? "internal" : "public");
	json_key(j, "departments");
	json_array(j);
}

static int end_json(struct diff *d)
{
	struct json *j = &d->json;
	json_end(j);
	put_files(j, "shared_files", d, NULL);
	json_key(j, "errors");
	json_int(j, (long long)d->diag->errors);
	json_end(j);
	buf_addc(d->out, '\n');
	return json_done(j);
}

/* -- the whole -------------------------------------------------------------- */

static bool is_asked_for(const struct diff *d, const char *id)
{
	for (size_t i = 0; i < d->o->nonly; i++)
		if (strcmp(d->o->only[i], id) == 0)
			return true;
	return d->o->nonly == 0;
}

static void tell_department(struct diff *d, const char *id)
{
	struct pair p = {.id = id};
	compare(d, &p);
	if (p.changes.count || p.nfiles || p.old.there != p.new.there) {
		if (d->o->json)
			put_pair(d, &p);
		else
			tell(d, &p);
		d->told++;
	}
	edition_facts_clear(&p.old);
	edition_facts_clear(&p.new);
	if (p.now.d.site)
		edition_facts_clear(&p.now);
}

/* Those of both versions, sorted. */
static void tell_departments(struct diff *d)
{
	const char *const *old = edition_departments(&d->old.edition);
	const char *const *new = edition_departments(&d->new.edition);
	while (*old || *new) {
		int order = !*old ? 1 : !*new ? -1 : strcmp(*old, *new);
		const char *id = order <= 0 ? *old : *new;
		if (is_asked_for(d, id))
			tell_department(d, id);
		old += order <= 0;
		new += order >= 0;
	}
}

static bool has(const char *const *list, const char *id)
{
	for (; *list; list++)
		if (strcmp(*list, id) == 0)
			return true;
	return false;
}

static enum diff_status check_only(struct diff *d)
{
	const char *const *new = edition_departments(&d->new.edition);
	enum diff_status status = DIFF_OK;
	for (size_t i = 0; i < d->o->nonly; i++) {
		const char *id = d->o->only[i];
		if (has(new, id) || has(edition_departments(&d->old.edition), id))
			continue;
		diag_add(d->diag, DIAG_ERROR, "department-unknown", DIAG_NOWHERE, str_of(id),
		    diag_nearest(&d->arena, str_nearest(id, new),
		        _("A department is a folder content/<id>/ with an index.md.")),
		    _("there is no such department"));
		status = DIFF_USAGE;
	}
	return status;
}

/* Warnings are for check. */
static void keep_errors(struct diag *diag)
{
	size_t kept = 0;
	diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++)
		if (diag->items[i].level == DIAG_ERROR)
			diag->items[kept++] = diag->items[i];
	diag->count = kept;
	diag->warnings = 0;
}

enum diff_status diff_run(const struct diff_options *o, struct buf *out, struct diag *diag)
{
	struct diff d = {.o = o, .out = out, .diag = diag, .quiet = DIAG_INIT};
	enum diff_status status = open_versions(&d);
	if (status == DIFF_OK)
		status = find_date(&d);
	if (status == DIFF_OK)
		status = check_only(&d);
	if (status == DIFF_OK) {
		diff_files(&d.files, &d.arena, &d.old.edition, &d.new.edition);
		if (o->json)
			begin_json(&d);
		tell_departments(&d);
		if (o->json && end_json(&d) < 0)
			status = DIFF_SYSTEM;
		else if (!o->json)
			tell_rest(&d);
		if (status == DIFF_OK && diag->errors)
			status = DIFF_PROBLEMS;
	}
	keep_errors(diag);
	if (buf_err(out))
		status = DIFF_SYSTEM;
	edition_close(&d.old.edition);
	edition_close(&d.new.edition);
	edition_close(&d.now.edition);
	repo_close(d.repo);
	diag_clear(&d.quiet);
	arena_clear(&d.arena);
	return status;
}

/*
 * The folder as it is now is read first: it says what may be told. Then one
 * commit after the other: of each department whose inputs differ from those of
 * every parent the changes are found (job/change_between), filtered, grouped
 * and told at once.
 */
#include "job/log.h"

#include "base/intl.h"
#include "job/change_between.h"
#include "job/change_json.h"
#include "job/change_terms.h"
#include "job/change_words.h"
#include "job/log_filter.h"
#include "sys/repo_log.h"
#include "sys/repo_root.h"
#include "sys/repo_tree.h"

#include <stdlib.h>
#include <string.h>

/* A department: how it is now, and what is known of its past. */
struct section {
	const char *id;
	struct edition_facts now;
	struct change_source source;
	struct log_filter filter;
};

struct log {
	const struct log_options *o;
	struct arena arena;  /* of the run */
	struct arena commit; /* of the commit that is told */
	struct repo *repo;
	struct repo_log history;
	struct edition now;
	struct map sections; /* id → struct section */
	struct date since, today;
	const char *path;
	struct buf *out;
	struct json json;
	struct diag *diag, quiet;
	size_t told;
	bool touched; /* a commit changed the file that was asked for */
};

/* -- beginning -------------------------------------------------------------- */

static enum diff_status no_history(struct log *l, enum repo_status status)
{
	struct repo_head why = {0};
	if (status == REPO_NONE || status == REPO_UNBORN) {
		diag_add(l->diag, DIAG_ERROR, "log-no-history", DIAG_AT(l->o->site, 0, 0), STR_NONE,
		    _("Commit the site first: git add . && git commit"),
		    status == REPO_NONE
		        ? _("the site is not in a git repository: it has no history")
		        : _("the repository has no commit yet: there is no history"));
		return DIFF_PROBLEMS;
	}
	if (l->repo)
		repo_why(l->repo, &why);
	repo_complain(l->diag, status, &why, l->o->site);
	return DIFF_PROBLEMS;
}

static enum diff_status open_history(struct log *l)
{
	struct repo_head why = {0};
	char head[REPO_OID + 1];
	enum repo_status status = repo_open(&l->repo, l->o->site, &why);
	if (status == REPO_OK)
		status = repo_resolve(l->repo, "HEAD", head);
	if (status == REPO_OK)
		status = repo_log(&l->history, &l->arena, l->repo, "HEAD");
	if (status == REPO_SHALLOW && l->history.count) {
		diag_add(l->diag, DIAG_WARNING, "log-shallow", DIAG_AT(l->o->site, 0, 0), STR_NONE,
		    _("To have the whole history: git fetch --unshallow"),
		    _("a part of the history is not here (shallow clone): earlier changes are missing"));
		status = REPO_OK;
	}
	if (status != REPO_OK)
		return no_history(l, status);
	l->today = date_from_unix(l->history.commits[0].time);
	/* a bare repository has no folder: the last commit is the present */
	if (repo_is_bare(l->repo) ||
	    edition_open(&l->now, l->o->site, l->repo, NULL, &l->quiet) < 0) {
		edition_close(&l->now);
		edition_open(&l->now, l->o->site, l->repo, head, &l->quiet);
	}
	return DIFF_OK;
}

static enum diff_status read_options(struct log *l)
{
	const char *path = l->o->path;
	if (l->o->since && date_parse(&l->since, str_of(l->o->since)) < 0) {
		diag_add(l->diag, DIAG_ERROR, "option-date", DIAG_NOWHERE, str_of(l->o->since),
		    _("Write it like 2026-01-31 or 31.01.2026."), _("--since is not a date"));
		return DIFF_USAGE;
	}
	while (path && strncmp(path, "./", 2) == 0)
		path += 2;
	l->path = path && *path ? path : NULL;
	return DIFF_OK;
}

/* -- departments ------------------------------------------------------------ */

static bool is_asked_for(const struct log *l, const char *id)
{
	for (size_t i = 0; i < l->o->nonly; i++)
		if (strcmp(l->o->only[i], id) == 0)
			return true;
	return l->o->nonly == 0;
}

/* The id of a school that may be named by its name. */
static const char *school_id(struct log *l, const struct section *s)
{
	bool ambiguous = false;
	const struct school *school = l->o->school
	    ? names_get(&s->now.d.names, &l->arena, str_of(l->o->school), &ambiguous)
	    : NULL;
	return school ? school->id : l->o->school;
}

static struct section *section_of(struct log *l, const char *id)
{
	struct map_entry *e = map_entry(&l->sections, str_of(id));
	if (e->value)
		return e->value;
	struct section *s = arena_alloc(&l->arena, sizeof(*s));
	const struct edition_view view = {.profile = l->o->profile, .date = l->today};
	e->value = s;
	s->id = arena_strdup(&l->arena, id);
	edition_facts(&s->now, &l->now, s->id, &view, &l->quiet);
	s->filter = (struct log_filter){
	    .indicator = l->o->indicator, .school = school_id(l, s), .path = l->path};
	s->source = (struct change_source){.site = l->o->site,
	    .department = s->id,
	    .repo = l->repo,
	    .profile = l->o->profile,
	    .terms = &s->now.terms,
	    .present = &s->now.facts};
	change_source_open(&s->source);
	return s;
}

/* Those of a commit that were asked for are noted in ids. */
static void find_departments(struct log *l, const char *commit, struct map *ids)
{
	struct root root = ROOT_INIT;
	struct file_entries entries = {0};
	struct repo_entry index;
	if (!commit || repo_root(&root, l->repo, commit) != REPO_OK)
		return;
	if (file_list(&entries, &l->commit, &root, "content") != FILE_OK)
		entries.count = 0;
	for (size_t i = 0; i < entries.count; i++) {
		const char *id = entries.items[i].name;
		const char *path = arena_printf(&l->commit, "content/%s/index.md", id);
		if (is_asked_for(l, id) && repo_entry(l->repo, commit, path, &index) == REPO_OK)
			map_entry(ids, str_of(id));
	}
	root_close(&root);
}

/* -- changes of a commit ---------------------------------------------------- */

static const char *parent(const struct log *l, const struct repo_commit *c, uint32_t i)
{
	return i < c->nparents ? l->history.commits[c->parents[i]].oid : NULL;
}

/* Does the commit differ there from all its parents? */
static bool inputs_differ(struct log *l, const struct repo_commit *c, const char *department)
{
	const char *own = change_inputs(&l->commit, l->repo, c->oid, department);
	for (uint32_t i = 0; i == 0 || i < c->nparents; i++)
		if (strcmp(own, change_inputs(&l->commit, l->repo, parent(l, c, i), department)) ==
		    0)
			return false;
	return true;
}

static bool path_differs(struct log *l, const struct repo_commit *c)
{
	struct repo_entry own, other;
	bool there = repo_entry(l->repo, c->oid, l->path, &own) == REPO_OK;
	for (uint32_t i = 0; i == 0 || i < c->nparents; i++) {
		const char *from = parent(l, c, i);
		bool was = from && repo_entry(l->repo, from, l->path, &other) == REPO_OK;
		if (was == there && (!was || strcmp(own.oid, other.oid) == 0))
			return false;
	}
	return true;
}

/* Leaves what is also different from another parent. Both are sorted by key. */
static void keep_common(struct changes *c, const struct changes *other)
{
	size_t kept = 0, k = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct fact *f = change_fact(&c->items[i]);
		while (k < other->count && fact_cmp(change_fact(&other->items[k]), f) < 0)
			k++;
		if (k < other->count && fact_cmp(change_fact(&other->items[k]), f) == 0)
			c->items[kept++] = c->items[i];
	}
	c->count = kept;
}

struct told_section {
	const struct section *section;
	struct change_pair pair;
};

static bool find_changes(
    struct log *l, const struct repo_commit *c, const char *department, struct told_section *out)
{
	struct date date = date_from_unix(c->time);
	if (!inputs_differ(l, c, department))
		return false;
	struct section *s = section_of(l, department);
	out->section = s;
	change_between(&out->pair, &l->commit, &s->source, parent(l, c, 0), c->oid, date);
	for (uint32_t i = 1; i < c->nparents; i++) {
		struct change_pair other;
		change_between(&other, &l->commit, &s->source, parent(l, c, i), c->oid, date);
		keep_common(&out->pair.changes, &other.changes);
	}
	log_filter_apply(&s->filter, &out->pair.changes);
	changes_group(&out->pair.changes, &l->commit);
	bool filtered = l->o->indicator || l->o->school || l->path;
	bool turns = out->pair.old_there != out->pair.new_there ||
	    out->pair.old_errors != out->pair.new_errors;
	return out->pair.changes.count || (!filtered && turns);
}

/* -- telling ---------------------------------------------------------------- */

enum { REASON = 200, AUTHOR = 80 }; /* characters */

static const char *first_line(struct log *l, const char *message)
{
	return arena_strndup(&l->commit, message, strcspn(message, "\n"));
}

static struct date day_of(const struct repo_commit *c)
{
	return date_from_unix(c->author_time);
}

static void tell_section(struct log *l, const struct told_section *f)
{
	const struct change_pair *p = &f->pair;
	bool whole = p->old_there && p->new_there;
	buf_addf(l->out, "  %s — %s\n", f->section->id, p->title);
	if (!p->old_there && p->new_there)
		buf_adds(l->out, _("    A new department.\n"));
	if (p->old_there && !p->new_there)
		buf_adds(l->out, _("    The department was removed.\n"));
	if (p->new_errors)
		buf_adds(l->out,
		    _("    This version had errors; it is told as far as it could be read.\n"));
	else if (p->old_errors)
		buf_adds(l->out, _("    Errors of the version before were mended.\n"));
	change_words(l->out, &p->changes, "    ", l->o->full ? SIZE_MAX : whole ? CHANGE_PARTS : 0);
}

static void tell(
    struct log *l, const struct repo_commit *c, const struct told_section *found, size_t n)
{
	enum { SHORT = 9 };
	buf_addf(
	    l->out, "%s%s  %.*s  ", l->told ? "\n" : "", date_iso(day_of(c)).s, (int)SHORT, c->oid);
	term_text(l->out, c->author, AUTHOR);
	buf_adds(l->out, "\n  ");
	term_text(l->out, first_line(l, c->message), REASON);
	buf_addc(l->out, '\n');
	if (c->cut)
		buf_adds(l->out,
		    _("  What it changed is not known: the commit before it is not here.\n"));
	else if (!n)
		buf_adds(l->out, _("  Readers saw no other number, status, document or date.\n"));
	for (size_t i = 0; i < n; i++)
		tell_section(l, &found[i]);
}

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

static void put_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}

static void put(
    struct log *l, const struct repo_commit *c, const struct told_section *found, size_t n)
{
	struct json *j = &l->json;
	json_object(j);
	put_text(j, "commit", c->oid);
	put_text(j, "date", date_iso(day_of(c)).s);
	put_text(j, "author", c->author);
	put_text(j, "reason", first_line(l, c->message));
	put_bool(j, "cut", c->cut);
	json_key(j, "departments");
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		put_text(j, "id", found[i].section->id);
		put_text(j, "title", found[i].pair.title);
		put_bool(j, "old_errors", found[i].pair.old_errors);
		put_bool(j, "new_errors", found[i].pair.new_errors);
		json_key(j, "changes");
		change_json(j, &found[i].pair.changes);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static int by_id(const void *x, const void *y)
{
	const struct map_entry *a = x, *b = y;
	return str_cmp(a->key, b->key);
}

static void tell_commit(struct log *l, const struct repo_commit *c)
{
	struct map ids = MAP_INIT(&l->commit);
	size_t n = 0;
	bool touches = l->path && !c->cut && path_differs(l, c);
	if (l->path && !touches)
		return;
	l->touched |= touches;
	if (!c->cut) {
		find_departments(l, c->oid, &ids);
		for (uint32_t i = 0; i < c->nparents; i++)
			find_departments(l, parent(l, c, i), &ids);
	}
	if (ids.count)
		qsort(ids.entries, ids.count, sizeof(*ids.entries), by_id);
	struct told_section *found = arena_array(&l->commit, ids.count + 1, sizeof(*found));
	for (size_t i = 0; i < ids.count; i++)
		n += find_changes(l, c, ids.entries[i].key.p, &found[n]);
	bool asked = l->o->indicator || l->o->school;
	if (!n && (asked || !(touches || c->cut)))
		return;
	if (l->o->json)
		put(l, c, found, n);
	else
		tell(l, c, found, n);
	l->told++;
}

static void tell_commits(struct log *l)
{
	for (size_t i = 0; i < l->history.count; i++) {
		const struct repo_commit *c = &l->history.commits[i];
		if (date_is_set(l->since) && date_cmp(day_of(c), l->since) < 0)
			continue;
		tell_commit(l, c);
		arena_clear(&l->commit);
		if (l->o->count && l->told == l->o->count)
			return;
	}
}

/* -- what was asked for and is nowhere -------------------------------------- */

static const char *const *present_ids(struct log *l, bool schools)
{
	const char **ids;
	size_t n = 0, all = 1;
	for (size_t i = 0; i < l->sections.count; i++) {
		const struct section *s = l->sections.entries[i].value;
		all += schools ? s->now.d.nschools : s->now.d.nindicators;
	}
	ids = arena_array(&l->arena, all, sizeof(*ids));
	for (size_t i = 0; i < l->sections.count; i++) {
		const struct department *d =
		    &((const struct section *)l->sections.entries[i].value)->now.d;
		for (size_t k = 0; k < (schools ? d->nschools : d->nindicators); k++)
			ids[n++] = schools ? d->schools[k].id : d->indicators[k].id;
	}
	ids[n] = NULL;
	return ids;
}

static bool has(const char *const *ids, const char *id)
{
	for (; *ids; ids++)
		if (strcmp(*ids, id) == 0)
			return true;
	return false;
}

static enum diff_status nowhere(
    struct log *l, const char *rule, const char *what, const char *near, const char *text)
{
	diag_add(l->diag, DIAG_ERROR, rule, DIAG_NOWHERE, str_of(what),
	    diag_nearest(
	        &l->arena, near, _("Without it the log tells of everything, with the ids.")),
	    "%s", text);
	return DIFF_USAGE;
}

/* An empty log may be right, or a slip of the pen. */
static enum diff_status check_asked(struct log *l)
{
	const char *const *list = edition_departments(&l->now);
	for (size_t i = 0; i < l->o->nonly; i++)
		if (!has(list, l->o->only[i]) && !map_get(&l->sections, str_of(l->o->only[i])))
			return nowhere(l, "department-unknown", l->o->only[i],
			    str_nearest(l->o->only[i], list), _("there is no such department"));
	if (l->path && !l->touched)
		return nowhere(
		    l, "path-unknown", l->path, NULL, _("no commit has a file of this path"));
	for (size_t i = 0; list[i]; i++)
		if (is_asked_for(l, list[i]))
			section_of(l, list[i]);
	if (l->o->indicator && !has(present_ids(l, false), l->o->indicator))
		return nowhere(l, "indicator-unknown", l->o->indicator,
		    str_nearest(l->o->indicator, present_ids(l, false)),
		    _("there is no such indicator"));
	for (size_t i = 0; l->o->school && i < l->sections.count; i++) {
		const struct section *s = l->sections.entries[i].value;
		if (has(present_ids(l, true), s->filter.school))
			return DIFF_OK;
	}
	return l->o->school
	    ? nowhere(l, "school-unknown", l->o->school,
	          str_nearest(l->o->school, present_ids(l, true)), _("there is no such school"))
	    : DIFF_OK;
}

/* -- the whole -------------------------------------------------------------- */

static void begin_json(struct log *l)
{
	l->json = (struct json)JSON_INIT(l->out);
	l->json.lines = 2;
	json_object(&l->json);
	json_key(&l->json, "commits");
	json_array(&l->json);
}

static int end_json(struct log *l)
{
	json_end(&l->json);
	put_bool(&l->json, "shallow", repo_is_shallow(l->repo));
	json_end(&l->json);
	buf_addc(l->out, '\n');
	return json_done(&l->json);
}

static void close_all(struct log *l)
{
	for (size_t i = 0; i < l->sections.count; i++) {
		struct section *s = l->sections.entries[i].value;
		change_source_close(&s->source);
		edition_facts_clear(&s->now);
	}
	edition_close(&l->now);
	repo_close(l->repo);
	diag_clear(&l->quiet);
	arena_clear(&l->commit);
	arena_clear(&l->arena);
}

enum diff_status log_run(const struct log_options *o, struct buf *out, struct diag *diag)
{
	struct log l = {
	    .o = o, .out = out, .diag = diag, .quiet = DIAG_INIT, .now = {.load = LOAD_INIT}};
	l.sections = (struct map)MAP_INIT(&l.arena);
	enum diff_status status = read_options(&l);
	if (status == DIFF_OK)
		status = open_history(&l);
	if (status == DIFF_OK) {
		if (o->json)
			begin_json(&l);
		tell_commits(&l);
		if (o->json && end_json(&l) < 0)
			status = DIFF_SYSTEM;
		else if (!l.told)
			status = check_asked(&l);
	}
	if (status == DIFF_OK && !l.told && !o->json)
		buf_adds(out, _("No commit changed anything that was asked for.\n"));
	if (buf_err(out))
		status = DIFF_SYSTEM;
	close_all(&l);
	return status;
}

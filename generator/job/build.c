/*
 * Each department is one task (build_department.c), done before the next one
 * is taken. What the site's own pages need of it is a small summary that
 * outlives it. The tree switches only when every task went well.
 */
#include "job/build_parts.h"

#include "base/intl.h"
#include "sys/clock.h"
#include "sys/pool.h"
#include "sys/repo_root.h"

#include <stdlib.h>
#include <string.h>

static const char *profile_word(const struct build_options *o)
{
	return o->profile == PROFILE_INTERNAL ? "internal" : "public";
}

int build_top(struct build *b, struct diag *diag, size_t *files)
{
	struct arena arena = ARENA_INIT;
	struct hashed_files hashes = {.arena = &arena};
	struct build_sink to = {
	    .unit = b->into, .folder = "", .hashes = build_manifested(b) ? &hashes : NULL};
	const struct sink sink = {.payload = &to, .file = build_sink_file};
	int err = -1;

	if (b->tree && !(to.unit = tree_unit_begin(b->tree, TREE_TOP, diag)))
		return -1;
	if (to.hashes)
		build_stamp(b, &arena);
	struct renderer r = build_renderer(b, &b->pages[0], &arena, &sink, diag);
	const struct summary **summaries =
	    arena_array(&arena, b->load.ndepartments + 1, sizeof(const struct summary *));
	r.departments = summaries;
	for (size_t i = 0; i < b->load.ndepartments; i++)
		if (b->tasks[i].summary.id)
			summaries[r.ndepartments++] = &b->tasks[i].summary;
	err = render_site(&r);
	buf_clear(&r.out);
	if (err && r.failed)
		build_say_failed(diag, r.failed);
	if (to.hashes && !err)
		err = build_site_manifest(b, &to);
	if (b->tree && err)
		tree_unit_abandon(to.unit);
	else if (b->tree)
		err = tree_unit_commit(to.unit, NULL);
	*files += to.files;
	arena_clear(&arena);
	return err;
}

static int add_assets(struct build *b)
{
	int err = 0;
	for (size_t i = 0; b->tree && i < b->load.theme.nassets; i++)
		err |= tree_asset(
		    b->tree, b->load.theme.assets[i].path, b->load.theme.assets[i].bytes);
	return err;
}

/* An internal build may never land in the folder of the public one. */
static int check_profile(const struct build *b, const char *out, struct diag *diag)
{
	const char *before = tree_label(b->tree);
	tree_set_label(b->tree, profile_word(b->o));
	if (!before || strcmp(before, profile_word(b->o)) == 0)
		return 0;
	diag_add(diag, DIAG_ERROR, "output-profile", DIAG_AT(out, 0, 0), (struct str){NULL, 0},
	    _("Give another folder with --out, or remove this one."),
	    _("this folder holds a build of the other profile (%s)"), before);
	return -1;
}

static int open_source(struct build *b, struct diag *diag)
{
	const struct build_options *o = b->o;
	if (!o->commit)
		return load_open(&b->load, o->site, diag);
	enum repo_status status = repo_root(&b->load.root, o->repo, o->commit);
	struct repo_head why;
	repo_why(o->repo, &why);
	repo_complain(diag, status, &why, o->commit);
	return status ? -1 : 0;
}

static int load_acknowledged(struct build *b, struct diag *diag)
{
	struct load *l = &b->load;
	struct str bytes;
	enum file_status status =
	    file_read(&bytes, &l->site.arena, &l->root, ACKNOWLEDGED_FILE, YAML_BYTES);
	if (status == FILE_OK)
		return acknowledged_read(&b->acknowledged, &l->site, bytes, diag);
	if (status == FILE_MISSING)
		return 0;
	file_complain(diag, status, ACKNOWLEDGED_FILE, YAML_BYTES);
	return -1;
}

int build_load(struct build *b, struct diag *diag)
{
	const struct build_options *o = b->o;
	int err = open_source(b, diag);
	if (err)
		return err;
	bool wanted = !o->no_history;
	history_begin(
	    &b->history, o->site, o->commit, o->once && (wanted || !dating_given(o)), wanted);
	err |= dating_begin(&b->dating, o, &b->history, diag);
	b->dated = true;
	if (load_site(&b->load, diag) < 0)
		err = -1;
	if (!b->load.site.title)
		return -1;
	err |= load_acknowledged(b, diag);
	err |= load_departments(&b->load, o->only, o->nonly, diag);
	err |= load_theme(&b->load, diag);
	return err;
}

/* Whether all departments went well. */
static bool build_departments(struct build *b, struct build_report *report, struct diag *diag)
{
	size_t n = b->load.ndepartments;
	unsigned jobs = b->fields ? 1 : b->o->jobs;
	progress_begin(&b->progress, b->o->progress ? stderr : NULL, _("Building"), n);
	pool_run(jobs, n, build_department, b);
	progress_end(&b->progress);
	for (size_t i = 0; i < n; i++) {
		report->departments += !b->tasks[i].failed;
		report->pages += b->tasks[i].files;
		report->blocked += b->tasks[i].blocked;
		diag_join(diag, &b->tasks[i].diag);
		if (b->o->checklists)
			buf_add(b->o->checklists, b->tasks[i].checklist.data,
			    b->tasks[i].checklist.len);
	}
	return report->departments == n;
}

/* Errors of the disk and the memory, which nobody can mend in the input. */
static bool system_failed(const struct diag *diag)
{
	static const char *const rules[] = {
	    "file-failed", "output-failed", "output-undo", "output-busy", "build-failed"};
	for (size_t i = 0; i < diag->count; i++)
		for (size_t k = 0; k < sizeof(rules) / sizeof(*rules); k++)
			if (diag->items[i].level == DIAG_ERROR &&
			    strcmp(diag->items[i].rule, rules[k]) == 0)
				return true;
	return false;
}

static enum build_status failure(const struct build *b, struct diag *diag)
{
	build_say_failed(diag, b->o->site);
	return system_failed(diag) ? BUILD_SYSTEM : BUILD_PROBLEMS;
}

static enum build_status finish(
    struct build *b, struct build_report *report, struct diag *diag, bool whole)
{
	if (whole && !diag->errors && b->o->agree && b->o->agree(b->o->payload, diag))
		whole = false;
	enum build_status status = whole && !diag->errors ? BUILD_OK : failure(b, diag);
	if (status != BUILD_OK || !b->tree) {
		tree_abandon(b->tree);
	} else {
		enum tree_scope scope = b->o->nonly ? TREE_SOME : TREE_ALL;
		if (tree_end(b->tree, scope, &report->files) != TREE_OK)
			status = failure(b, diag);
	}
	b->tree = NULL;
	return status;
}

bool build_make_tasks(struct build *b)
{
	size_t n = b->load.ndepartments;
	b->tasks = xmalloc((n + 1) * sizeof(*b->tasks));
	for (size_t i = 0; i < n; i++)
		b->tasks[i] = (struct build_task){.id = b->load.departments[i],
		    .diag = DIAG_INIT,
		    .checklist = BUF_INIT(BUF_PAGE)};
	return n > 0;
}

void build_clear(struct build *b, struct diag *diag)
{
	for (size_t i = 0; b->tasks && i < b->load.ndepartments; i++) {
		arena_clear(&b->tasks[i].lasting);
		diag_clear(&b->tasks[i].diag);
		buf_clear(&b->tasks[i].checklist);
	}
	free(b->tasks);
	for (size_t i = 0; i < POOL_JOBS; i++)
		arena_clear(&b->pages[i]);
	if (b->dated) {
		dating_end(&b->dating, diag);
		history_end(&b->history, diag);
	}
	load_close(&b->load);
}

enum build_status build_run(
    const struct build_options *o, struct build_report *report, struct diag *diag)
{
	struct build b = {.o = o, .load = LOAD_INIT};
	struct arena fields_arena = ARENA_INIT;
	struct fields fields = FIELDS_INIT(&fields_arena);
	int64_t began = clock_monotonic_ms();
	char *out = build_output(o);
	enum build_status status = BUILD_PROBLEMS;

	*report = (struct build_report){0};
	b.fields = o->fields ? &fields : NULL;
	bool ready = build_load(&b, diag) == 0;
	b.said = !ready && diag->errors;
	/* With a broken theme no page can be made, but the data is still read. */
	if (!b.load.site.title || !b.load.theme.templates || !build_make_tasks(&b))
		goto done;
	if (o->write && ready &&
	    (build_place(o->site, out, diag) < 0 ||
	        tree_begin(&b.tree, out, o->sync ? TREE_SYNC : 0, diag) != TREE_OK))
		goto done;
	if (b.tree && check_profile(&b, out, diag) < 0)
		goto done;
	if (!o->write)
		load_check_lists(&b.load, !o->nonly, diag);
	if (o->releases)
		build_choose_releases(&b);
	bool whole = build_departments(&b, report, diag) && ready;
	/* With --only the top pages stay: they speak of all departments. */
	if (whole && !diag->errors)
		whole = (o->nonly ||
		            (build_top(&b, diag, &report->pages) == 0 &&
		                build_releases(&b, diag) == 0)) &&
		    add_assets(&b) == 0;
	else if (!o->write && !o->nonly) /* one check finds everything */
		build_top(&b, diag, &report->pages);
	status = finish(&b, report, diag, whole);
done:
	if (status == BUILD_PROBLEMS)
		status = failure(&b, diag);
	if (o->fields)
		fields_write(&fields, o->fields);
	arena_clear(&fields_arena);
	tree_abandon(b.tree);
	free(out);
	if (b.dated)
		report->date = dating_wait(&b.dating);
	acknowledged_apply(&b.acknowledged, &b.load.site, diag);
	if (!o->nonly)
		acknowledged_stale(&b.acknowledged, diag);
	build_clear(&b, diag);
	report->milliseconds = (long)(clock_monotonic_ms() - began);
	diag_sort(diag);
	return status;
}

/*
 * Each department is one task: loaded, computed, rendered into its unit of
 * the output tree and freed, before the next one is taken. What the site's
 * own pages need of it is a small summary that outlives it. The tree switches
 * only when every task went well.
 */
#include "job/build.h"

#include "base/intl.h"
#include "job/checklist.h"
#include "job/dating.h"
#include "job/history.h"
#include "job/load.h"
#include "render/fields.h"
#include "render/page.h"
#include "sys/clock.h"
#include "sys/console.h"
#include "sys/pool.h"

#include <stdlib.h>
#include <string.h>

struct task {
	const char *id;
	struct arena lasting; /* of the summary */
	struct summary summary;
	struct diag diag;
	struct buf checklist; /* of its release, when it is asked for */
	size_t files;
	bool failed;
};

struct build {
	const struct build_options *o;
	struct load load;
	struct history_job history;
	struct dating dating;
	bool dated;        /* dating has begun */
	struct tree *tree; /* NULL: nothing is written */
	struct task *tasks;
	struct arena pages[POOL_JOBS]; /* of each worker, for the page it makes */
	bool said; /* loading failed and said why: a broken theme fails every page */
	struct progress progress;
	struct fields *fields; /* NULL: nobody asks */
};

/* A renderer's sink into a unit, or into nothing. */
struct unit_sink {
	struct tree_unit *unit;
	size_t files;
};

static int sink_file(void *payload, const char *path, struct str bytes)
{
	struct unit_sink *s = payload;
	s->files++;
	return s->unit ? tree_unit_file(s->unit, path, bytes) : 0;
}

static const char *profile_word(const struct build_options *o)
{
	return o->profile == PROFILE_INTERNAL ? "internal" : "public";
}

static struct renderer renderer_of(struct build *b, struct arena *pages, struct arena *kept,
    const struct sink *sink, struct diag *diag)
{
	return (struct renderer){
	    .arena = pages,
	    .kept = kept,
	    .site = &b->load.site,
	    .theme = &b->load.theme,
	    .words = &b->load.theme.words,
	    .today = dating_wait(&b->dating),
	    .profile = b->o->profile,
	    .strict = b->o->strict,
	    .one_department = b->load.nlisted == 1,
	    .sink = sink,
	    .diag = diag,
	    .fields = b->fields,
	    .out = BUF_INIT(BUF_PAGE),
	};
}

/* What the pages lead to is copied beside them. */
static int add_attachments(struct build *b, const struct renderer *r)
{
	int err = 0;
	for (size_t i = 0; i < r->attachments.count; i++) {
		const char *path = r->attachments.entries[i].key.p;
		const char *from = arena_printf(r->arena, "content/%s/%s", r->dept->id, path);
		struct arena bytes_arena = ARENA_INIT;
		struct str bytes = {NULL, 0};
		struct file_info info;
		enum file_status status = file_look(&info, &b->load.root, from);
		if (status == FILE_OK && info.size > ATTACHMENT_BYTES)
			status = FILE_TOO_LARGE;
		if (status == FILE_OK && b->tree)
			status =
			    file_read(&bytes, &bytes_arena, &b->load.root, from, ATTACHMENT_BYTES);
		if (status == FILE_OK)
			err |= r->sink->file(r->sink->payload, path, bytes);
		else if (status != FILE_MISSING || !r->diag->errors) /* then it was said */
			file_complain(r->diag, status, from, ATTACHMENT_BYTES);
		arena_clear(&bytes_arena);
	}
	return err;
}

/* Whatever fails says so; where it did not, this does. */
static void say_failed(struct diag *diag, const char *place)
{
	if (!diag->errors)
		diag_add(diag, DIAG_ERROR, "build-failed", DIAG_AT(place, 0, 0),
		    (struct str){NULL, 0},
		    _("Run it again; when it fails again, it is a fault of the program: report it with this message."),
		    _("this could not be made, and the program does not know why"));
}

static int compute_and_render(struct build *b, struct task *t, struct department *d,
    struct tree_unit *unit, struct arena *pages)
{
	struct unit_sink files = {.unit = unit};
	const struct sink sink = {.payload = &files, .file = sink_file};
	struct renderer r = renderer_of(b, pages, &d->arena, &sink, &t->diag);
	struct identifications ids;
	struct assessment assessment;
	struct disclosure disclosure;

	identify_all(&ids, &d->arena, d);
	assess_indicators(&assessment, &d->arena, d, &ids, &t->diag);
	disclosure_init(&disclosure, &d->arena, d, &ids, &assessment, b->o->profile);
	disclosure_warn(&disclosure, &t->diag);
	r.dept = d;
	if (!b->o->no_history && b->load.site.history != YESNO_NO)
		r.history = history_department(&b->history, d, &b->load.root);
	r.ids = &ids;
	r.assessment = &assessment;
	r.disclosure = &disclosure;
	r.lasting = &t->lasting;
	r.summary = &t->summary;
	int err = render_department(&r);
	err |= add_attachments(b, &r);
	if (b->o->checklists)
		checklist_text(&t->checklist, d, &t->diag);
	if (err && r.failed && !b->said)
		say_failed(&t->diag, arena_printf(&d->arena, "%s/%s", t->id, r.failed));
	t->files = files.files;
	buf_clear(&r.out);
	arena_rewind(pages, ARENA_EMPTY);
	return err;
}

/* A department that is a draft, or whose day has not come, is checked like the
 * others, and the public site knows nothing of it. */
static void forget(struct task *t, const struct content *index)
{
	diag_add(&t->diag, DIAG_NOTE, "department-withheld", DIAG_AT(index->file, 0, 0), STR_NONE,
	    _("To publish it, take away status: draft, and publish_on when it lies ahead."),
	    _("this department is not in the public site yet"));
	t->summary = (struct summary){0};
	t->files = 0;
}

static void build_department(void *payload, size_t task, unsigned worker)
{
	struct build *b = payload;
	struct task *t = &b->tasks[task];
	struct department d;
	struct tree_unit *unit = NULL;

	int err = load_department(&b->load, &d, t->id, &t->diag);
	err |= department_finish(&d, dating_wait(&b->dating), &t->diag);
	bool withheld =
	    b->o->profile == PROFILE_PUBLIC && d.index && !content_is_public(d.index, d.today);
	if (b->tree && !err && !withheld) {
		unit = tree_unit_begin(b->tree, t->id, &t->diag);
		err = unit ? 0 : -1;
	}
	/* Pages are made even of wrong data, so that one run finds everything;
	 * without an index there is nothing to make them of. */
	if (d.index && d.tables[TABLE_SCHOOLS].file)
		err |= compute_and_render(b, t, &d, unit, &b->pages[worker]);
	if (unit && (err || t->diag.errors))
		tree_unit_abandon(unit);
	else if (unit)
		err = tree_unit_commit(unit, NULL);
	if (withheld)
		forget(t, d.index);
	t->failed = err || t->diag.errors;
	if (t->failed && !b->said)
		say_failed(&t->diag, t->id);
	department_clear(&d);
	progress_step(&b->progress);
}

static int build_top(struct build *b, struct diag *diag, size_t *files)
{
	struct arena arena = ARENA_INIT;
	struct unit_sink to = {0};
	const struct sink sink = {.payload = &to, .file = sink_file};
	int err = -1;

	if (b->tree && !(to.unit = tree_unit_begin(b->tree, TREE_TOP, diag)))
		return -1;
	struct renderer r = renderer_of(b, &b->pages[0], &arena, &sink, diag);
	const struct summary **summaries =
	    arena_array(&arena, b->load.ndepartments + 1, sizeof(const struct summary *));
	r.departments = summaries;
	for (size_t i = 0; i < b->load.ndepartments; i++)
		if (b->tasks[i].summary.id)
			summaries[r.ndepartments++] = &b->tasks[i].summary;
	err = render_site(&r);
	buf_clear(&r.out);
	if (err && r.failed)
		say_failed(diag, r.failed);
	if (to.unit && err)
		tree_unit_abandon(to.unit);
	else if (to.unit)
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

static int load_all(struct build *b, struct diag *diag)
{
	const struct build_options *o = b->o;
	int err = load_open(&b->load, o->site, diag);
	if (err)
		return err;
	bool wanted = !o->no_history;
	history_begin(&b->history, o->site, o->once && (wanted || !dating_given(o)), wanted);
	err |= dating_begin(&b->dating, o, &b->history, diag);
	b->dated = true;
	if (load_site(&b->load, diag) < 0)
		err = -1;
	if (!b->load.site.title)
		return -1;
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
	say_failed(diag, b->o->site);
	return system_failed(diag) ? BUILD_SYSTEM : BUILD_PROBLEMS;
}

static enum build_status finish(
    struct build *b, struct build_report *report, struct diag *diag, bool whole)
{
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

static bool make_tasks(struct build *b)
{
	size_t n = b->load.ndepartments;
	b->tasks = xmalloc((n + 1) * sizeof(*b->tasks));
	for (size_t i = 0; i < n; i++)
		b->tasks[i] = (struct task){.id = b->load.departments[i],
		    .diag = DIAG_INIT,
		    .checklist = BUF_INIT(BUF_PAGE)};
	return n > 0;
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
	bool ready = load_all(&b, diag) == 0;
	b.said = !ready && diag->errors;
	/* With a broken theme no page can be made, but the data is still read. */
	if (!b.load.site.title || !b.load.theme.templates || !make_tasks(&b))
		goto done;
	if (o->write && ready &&
	    (build_place(o->site, out, diag) < 0 ||
	        tree_begin(&b.tree, out, o->sync ? TREE_SYNC : 0, diag) != TREE_OK))
		goto done;
	if (b.tree && check_profile(&b, out, diag) < 0)
		goto done;
	bool whole = build_departments(&b, report, diag) && ready;
	/* With --only the top pages stay: they speak of all departments. */
	if (whole && !diag->errors)
		whole =
		    (o->nonly || build_top(&b, diag, &report->pages) == 0) && add_assets(&b) == 0;
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
	for (size_t i = 0; b.tasks && i < b.load.ndepartments; i++) {
		arena_clear(&b.tasks[i].lasting);
		diag_clear(&b.tasks[i].diag);
		buf_clear(&b.tasks[i].checklist);
	}
	free(b.tasks);
	for (size_t i = 0; i < POOL_JOBS; i++)
		arena_clear(&b.pages[i]);
	load_close(&b.load);
	free(out);
	if (b.dated) {
		report->date = dating_wait(&b.dating);
		dating_end(&b.dating, diag);
		history_end(&b.history, diag);
	}
	report->milliseconds = (long)(clock_monotonic_ms() - began);
	diag_sort(diag);
	return status;
}

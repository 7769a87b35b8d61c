/*
 * One department: loaded, computed, rendered into its unit of the output tree
 * and freed. What the site's own pages need of it is a small summary that
 * outlives it.
 */
#include "job/build_parts.h"

#include "base/intl.h"
#include "job/checklist.h"

int build_sink_file(void *payload, const char *path, struct str bytes)
{
	struct build_sink *s = payload;
	s->files++;
	if (s->hashes)
		hashed_add(s->hashes, path, hash_sha256(bytes).s);
	if (!s->unit || !*s->folder)
		return s->unit ? tree_unit_file(s->unit, path, bytes) : 0;
	struct buf whole = BUF_INIT(BUF_LINE);
	buf_addf(&whole, "%s%s", s->folder, path);
	int err = tree_unit_file(s->unit, whole.data, bytes);
	buf_clear(&whole);
	return err;
}

struct renderer build_renderer(struct build *b, struct arena *pages, struct arena *kept,
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
	    .releases = b->release || b->o->profile == PROFILE_INTERNAL ? NULL
	        : b->o->releases                                        ? &b->chosen
	                         : history_releases(&b->history),
	    .stamp = build_manifested(b) ? &b->stamp : NULL,
	    .release = b->release,
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
		if (status == FILE_OK && (b->tree || b->into || b->o->hashes))
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
void build_say_failed(struct diag *diag, const char *place)
{
	if (!diag->errors)
		diag_add(diag, DIAG_ERROR, "build-failed", DIAG_AT(place, 0, 0),
		    (struct str){NULL, 0},
		    _("Run it again; when it fails again, it is a fault of the program: report it with this message."),
		    _("this could not be made, and the program does not know why"));
}

static int compute_and_render(struct build *b, struct build_task *t, struct department *d,
    struct tree_unit *unit, struct arena *pages)
{
	struct build_sink files = {
	    .unit = unit, .folder = b->into ? arena_printf(&d->arena, "%s/", d->id) : ""};
	struct hashed_files hashes = {.arena = &d->arena};
	files.hashes = build_manifested(b) && !t->withheld ? &hashes : NULL;
	const struct sink sink = {.payload = &files, .file = build_sink_file};
	struct renderer r = build_renderer(b, pages, &d->arena, &sink, &t->diag);
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
	history_publish(&b->history, &r);
	r.lasting = &t->lasting;
	r.summary = &t->summary;
	int err = render_department(&r);
	err |= add_attachments(b, &r);
	if (files.hashes && !err)
		err = build_department_manifest(b, t, &files);
	acknowledged_apply(&b->acknowledged, &b->load.site, &t->diag);
	if (b->o->checklists)
		t->blocked = checklist_text(&t->checklist, d, &t->diag);
	if (err && r.failed && !b->said)
		build_say_failed(&t->diag, arena_printf(&d->arena, "%s/%s", t->id, r.failed));
	t->files = files.files;
	buf_clear(&r.out);
	arena_rewind(pages, ARENA_EMPTY);
	return err;
}

/* A department that is a draft, or whose day has not come, is checked like the
 * others, and the public site knows nothing of it. */
static void forget(struct build_task *t, const struct content *index)
{
	diag_add(&t->diag, DIAG_NOTE, "department-withheld", DIAG_AT(index->file, 0, 0), STR_NONE,
	    _("To publish it, take away status: draft, and publish_on when it lies ahead."),
	    _("this department is not in the public site yet"));
	t->summary = (struct summary){0};
	t->files = 0;
}

void build_department(void *payload, size_t task, unsigned worker)
{
	struct build *b = payload;
	struct build_task *t = &b->tasks[task];
	struct department d;
	struct tree_unit *unit = NULL;

	int err = load_department(&b->load, &d, t->id, &t->diag);
	err |= department_finish(&d, dating_wait(&b->dating), &t->diag);
	bool withheld =
	    b->o->profile == PROFILE_PUBLIC && d.index && !content_is_public(d.index, d.today);
	t->withheld = withheld;
	if (b->tree && !err && !withheld) {
		unit = tree_unit_begin(b->tree, t->id, &t->diag);
		err = unit ? 0 : -1;
	} else if (!withheld) {
		unit = b->into;
	}
	/* Pages are made even of wrong data, so that one run finds everything;
	 * without an index there is nothing to make them of. */
	if (d.index && d.tables[TABLE_SCHOOLS].file)
		err |= compute_and_render(b, t, &d, unit, &b->pages[worker]);
	if (b->tree && unit && (err || t->diag.errors))
		tree_unit_abandon(unit);
	else if (b->tree && unit)
		err = tree_unit_commit(unit, NULL);
	if (withheld)
		forget(t, d.index);
	t->failed = err || t->diag.errors;
	if (t->failed && !b->said)
		build_say_failed(&t->diag, t->id);
	department_clear(&d);
	progress_step(&b->progress);
}

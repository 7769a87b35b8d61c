/*
 * The same steps as of a build, up to disclosure, over a struct root that is
 * the folder or a commit.
 */
#include "job/facts.h"

#include "sys/repo_root.h"
#include "sys/repo_status.h"
#include "sys/repo_tree.h"

#include <stdlib.h>
#include <string.h>

static int open_root(struct edition *v, const char *site, struct diag *diag)
{
	if (!v->commit[0])
		return load_open(&v->load, site, diag);
	return repo_root(&v->load.root, v->repo, v->commit) == REPO_OK ? 0 : -1;
}

int edition_open(
    struct edition *v, const char *site, struct repo *repo, const char *commit, struct diag *diag)
{
	struct diag quiet = DIAG_INIT;
	*v = (struct edition){.load = LOAD_INIT, .repo = repo};
	v->load.skims = true;
	if (commit)
		memcpy(v->commit, commit, sizeof(v->commit));
	if (commit)
		memcpy(v->head, commit, sizeof(v->head));
	else if (!repo || repo_resolve(repo, "HEAD", v->head) != REPO_OK)
		v->head[0] = '\0';
	if (open_root(v, site, diag) < 0)
		return -1;
	v->errors = load_site(&v->load, diag) < 0;
	v->readable = v->load.site.title != NULL;
	if (v->readable)
		/* without departments it is a site all the same */
		v->errors |= load_departments(&v->load, NULL, 0, commit ? &quiet : diag) < 0;
	diag_clear(&quiet);
	return v->readable ? 0 : -1;
}

void edition_close(struct edition *v)
{
	load_close(&v->load);
}

const char *const *edition_departments(const struct edition *v)
{
	static const char *const none[] = {NULL};
	return v->load.ndepartments ? v->load.departments : none;
}

/* -- attachments ------------------------------------------------------------ */

static void note_fingerprint(struct attachment *a, const char *text)
{
	a->size = 1;
	memcpy(a->hash.s, text, strlen(text) + 1);
}

static bool is_changed(const struct repo_changes *changed, const char *path)
{
	for (size_t i = 0; i < changed->count; i++)
		if (strcmp(changed->items[i].path, path) == 0)
			return true;
	return false;
}

/* The id in the commit, or in HEAD where the file is as it is there. */
static void note_attachment(struct department *d, const struct edition *v, const char *file,
    const struct repo_changes *changed)
{
	struct repo_entry entry;
	const char *inside =
	    str_starts(str_of(file), "files/") ? file : arena_printf(&d->arena, "files/%s", file);
	const char *path = arena_printf(&d->arena, "content/%s/%s", d->id, inside);
	bool kept = v->head[0] && !is_changed(changed, path);
	if (!department_has_file(d, str_of(inside)))
		return;
	if (kept && repo_entry(v->repo, v->head, path, &entry) == REPO_OK) {
		note_fingerprint(department_file(d, inside), entry.oid);
		return;
	}
	struct arena bytes_arena = ARENA_INIT;
	struct str bytes;
	if (file_read(&bytes, &bytes_arena, &v->load.root, path, ATTACHMENT_BYTES) == FILE_OK)
		note_fingerprint(department_file(d, inside), hash_sha256(bytes).s);
	arena_clear(&bytes_arena);
}

static void note_attachments(struct department *d, const struct edition *v)
{
	struct repo_changes changed = {0};
	size_t documents = 0;
	for (size_t i = 0; i < d->ncontents; i++)
		documents +=
		    d->contents[i]->kind == CONTENT_DOCUMENT && d->contents[i]->as.document.file;
	if (!documents)
		return;
	if (v->repo && !v->commit[0])
		repo_changed(&changed, &d->arena, v->repo);
	for (size_t i = 0; i < d->ncontents; i++)
		if (d->contents[i]->kind == CONTENT_DOCUMENT && d->contents[i]->as.document.file)
			note_attachment(d, v, d->contents[i]->as.document.file, &changed);
}

/* -- facts ------------------------------------------------------------------ */

static void take(struct edition_facts *out, const struct edition_view *view, struct diag *diag)
{
	static const struct disclosure_terms own = {0};
	struct department *d = &out->d;
	struct identifications ids;
	struct assessment assessment;
	struct disclosure disclosure;
	out->facts = (struct facts){0};
	/* one that is withheld is not there for the public */
	out->there = d->index &&
	    (view->profile == PROFILE_INTERNAL || content_is_public(d->index, view->date));
	/* as a build: without schools there is nothing to make pages of */
	if (!out->there || !d->tables[TABLE_SCHOOLS].file)
		return;
	identify_all(&ids, &d->arena, d);
	assess_indicators(&assessment, &d->arena, d, &ids, diag);
	disclosure_init_under(&disclosure, &d->arena, d, &ids, &assessment, view->profile,
	    view->terms ? view->terms : &own);
	facts_take(&out->facts, &d->arena, &disclosure, &ids, &assessment);
	out->terms = (struct disclosure_terms){0};
	disclosure_terms(&out->terms, &d->arena, d);
}

static bool is_listed(const struct edition *v, const char *department)
{
	for (size_t i = 0; i < v->load.ndepartments; i++)
		if (strcmp(v->load.departments[i], department) == 0)
			return true;
	return false;
}

void edition_facts(struct edition_facts *out, const struct edition *v, const char *department,
    const struct edition_view *view, struct diag *diag)
{
	*out = (struct edition_facts){0};
	if (!is_listed(v, department)) {
		department_init(&out->d, &v->load.site, department);
		return;
	}
	int err = load_department(&v->load, &out->d, department, diag);
	err |= department_finish(&out->d, view->date, diag);
	out->errors = err < 0 || v->errors;
	if (out->d.index)
		note_attachments(&out->d, v);
	take(out, view, diag);
}

void edition_facts_again(struct edition_facts *f, const struct edition_view *view)
{
	f->d.today = view->date;
	take(f, view, NULL);
}

void edition_facts_clear(struct edition_facts *f)
{
	department_clear(&f->d);
}

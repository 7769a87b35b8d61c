/*
 * One department: its tables in the order of the schema (referred tables
 * first), its Markdown, the names of its attachments. A file in data/<id>/
 * that no table has the name of is an error with the nearest name.
 */
#include "job/load.h"

#include "base/intl.h"
#include "text/pdf.h"

#include <string.h>

struct walk {
	const struct load *load;
	struct department *d;
	const char *folder; /* "content/<id>" or "data/<id>" */
	struct diag *diag;
	int err;
};

static int complain(struct walk *w, enum file_status status, const char *path, size_t max)
{
	file_complain(w->diag, status, path, max);
	w->err = -1;
	return 0;
}

/* A page that cannot be read is there all the same: who leads to it is right. */
static int lost_content(struct walk *w, enum file_status status, const char *path, size_t max)
{
	struct diag quiet = DIAG_INIT;
	const char *inside = arena_strdup(&w->d->arena, path + strlen(w->folder) + 1);
	if (str_ends(str_of(inside), ".md"))
		department_content(w->d, inside, STR(""), &quiet);
	diag_clear(&quiet);
	return complain(w, status, path, max);
}

static int load_content(struct walk *w, const char *path, const char *inside)
{
	struct str bytes;
	enum file_status status =
	    file_read(&bytes, &w->d->arena, &w->load->root, path, CONTENT_BYTES);
	if (status != FILE_OK)
		return lost_content(w, status, path, CONTENT_BYTES);
	w->err |= department_content(w->d, arena_strdup(&w->d->arena, inside), bytes, w->diag);
	return 0;
}

static int visit_content(void *payload, const char *path, const struct file_entry *entry)
{
	struct walk *w = payload;
	const char *inside = path + strlen(w->folder) + 1;
	if (entry->status != FILE_OK)
		return lost_content(w, entry->status, path, 0);
	if (entry->kind == FILE_FOLDER && str_ends(str_of(inside), ".md"))
		return lost_content(w, FILE_WRONG_KIND, path, 0);
	if (entry->kind == FILE_FOLDER)
		return 0;
	if (str_starts(str_of(inside), "files/")) {
		department_file(w->d, arena_strdup(&w->d->arena, inside));
		return 0;
	}
	if (!str_ends(str_of(inside), ".md")) {
		diag_add(w->diag, DIAG_WARNING, "content-not-markdown", DIAG_AT(path, 0, 0),
		    (struct str){NULL, 0},
		    _("Put attachments into the folder files/ of the department; pages end in .md."),
		    _("this file is neither a page nor an attachment and is not published"));
		return 0;
	}
	return load_content(w, path, inside);
}

static int visit_table(void *payload, const char *path, const struct file_entry *entry)
{
	struct walk *w = payload;
	const char *inside = path + strlen(w->folder) + 1;
	const char *const own_list = schema_of(TABLE_CHECKLIST)->file;
	const char *names[DEPARTMENT_TABLES + 2];
	for (int id = 0; id < DEPARTMENT_TABLES; id++) {
		names[id] = schema_of((enum table_id)id)->file;
		if (strcmp(names[id], inside) == 0)
			return 0; /* load_table() says what is wrong with it */
	}
	names[DEPARTMENT_TABLES] = own_list;
	names[DEPARTMENT_TABLES + 1] = NULL;
	if (strcmp(own_list, inside) == 0)
		return 0; /* load_checklist() */
	if (entry->status != FILE_OK)
		return complain(w, entry->status, path, 0);
	if (entry->kind == FILE_FOLDER || str_starts(str_of(inside), "audit/"))
		return 0;
	const char *nearest = str_nearest(inside, names);
	const char *remedy = nearest ? arena_printf(&w->d->arena, _("Did you mean %s?"), nearest)
	                             : _("Move it out of data/, or give it the name of a table.");
	diag_add(w->diag, DIAG_ERROR, "table-unknown", DIAG_AT(path, 0, 0), (struct str){NULL, 0},
	    remedy, _("no table has this name, so the file would not be read"));
	w->err = -1;
	return 0;
}

static void load_table(struct walk *w, enum table_id id, const char *path, struct date date)
{
	struct str bytes;
	enum file_status status =
	    file_read(&bytes, &w->d->arena, &w->load->root, path, TABLE_BYTES);
	if (status == FILE_MISSING)
		return;
	if (status != FILE_OK) {
		w->d->tables[id].partial = w->d->broken[id] = true;
		complain(w, status, path, TABLE_BYTES);
	} else {
		w->err |= department_table(
		    w->d, id, arena_strdup(&w->d->arena, path), bytes, date, w->diag);
	}
}

/* audit/YYYY-MM-DD.csv, and .evidence.csv beside it. */
static void load_audit(struct walk *w)
{
	struct file_entries entries;
	const char *folder = arena_printf(&w->d->arena, "%s/audit", w->folder);
	enum file_status status = file_list(&entries, &w->d->arena, &w->load->root, folder);
	if (status == FILE_MISSING)
		return;
	if (status != FILE_OK) {
		complain(w, status, folder, 0);
		return;
	}
	for (size_t i = 0; i < entries.count; i++) {
		struct str name = str_of(entries.items[i].name);
		struct date date;
		const char *path = arena_printf(&w->d->arena, "%s/%s", folder, name.p);
		if (!str_ends(name, ".csv"))
			continue;
		if (date_parse(&date, (struct str){name.p, name.n < 10 ? name.n : 10}) < 0)
			diag_add(w->diag, DIAG_ERROR, "audit-name", DIAG_AT(path, 0, 0),
			    (struct str){NULL, 0},
			    _("Name it by the day of the audit: 2022-09-15.csv"),
			    _("the name of an audit file begins with a date"));
		else
			load_table(w,
			    str_ends(name, ".evidence.csv") ? TABLE_AUDIT_EVIDENCE : TABLE_AUDIT,
			    path, date);
	}
}

/* Its own list, when it has one; without, that of the site holds. */
static void load_checklist(struct walk *w)
{
	struct str bytes;
	const char *path =
	    arena_printf(&w->d->arena, "%s/%s", w->folder, schema_of(TABLE_CHECKLIST)->file);
	enum file_status status =
	    file_read(&bytes, &w->d->arena, &w->load->root, path, TABLE_BYTES);
	if (status == FILE_OK) {
		w->err |= department_checklist(w->d, path, bytes, w->diag);
	} else if (status != FILE_MISSING) {
		department_checklist_lost(w->d, path);
		complain(w, status, path, TABLE_BYTES);
	}
}

static void load_tables(struct walk *w)
{
	load_checklist(w);
	for (int id = 0; id < DEPARTMENT_TABLES; id++) {
		if (id == TABLE_AUDIT || id == TABLE_AUDIT_EVIDENCE)
			continue;
		const char *file = schema_of((enum table_id)id)->file;
		load_table(w, (enum table_id)id,
		    arena_printf(&w->d->arena, "%s/%s", w->folder, file), (struct date){0});
	}
	load_audit(w);
}

/* What cannot be read is complained of when it is published. */
static void look_at(const struct walk *w, const char *file)
{
	const char *inside = str_starts(str_of(file), "files/")
	    ? file
	    : arena_printf(&w->d->arena, "files/%s", file);
	struct arena bytes_arena = ARENA_INIT;
	struct str bytes;
	if (department_has_file(w->d, str_of(inside)) &&
	    file_read(&bytes, &bytes_arena, &w->load->root,
	        arena_printf(&w->d->arena, "%s/%s", w->folder, inside),
	        ATTACHMENT_BYTES) == FILE_OK) {
		struct attachment *a = department_file(w->d, inside);
		a->size = bytes.n;
		a->hash = hash_sha256(bytes);
		a->pages = pdf_pages(bytes);
	}
	arena_clear(&bytes_arena);
}

/* Size, hash and pages of what documents are the sheet of. */
static void load_attachments(const struct walk *w)
{
	for (size_t i = 0; i < w->d->ncontents; i++) {
		const struct content *c = w->d->contents[i];
		if (c->kind == CONTENT_DOCUMENT && c->as.document.file)
			look_at(w, c->as.document.file);
	}
}

int load_department(const struct load *l, struct department *d, const char *id, struct diag *diag)
{
	department_init(d, &l->site, id);
	struct walk w = {.load = l, .d = d, .diag = diag};

	/* A folder read by half would lose pages or tables without a word. */
	w.folder = arena_printf(&d->arena, "data/%s", id);
	enum file_status status = file_walk(&l->root, w.folder, visit_table, &w);
	if (status != FILE_OK && status != FILE_MISSING)
		complain(&w, status, w.folder, 0);
	load_tables(&w);

	w.folder = arena_printf(&d->arena, "content/%s", id);
	status = file_walk(&l->root, w.folder, visit_content, &w);
	if (status != FILE_OK)
		complain(&w, status, w.folder, 0);
	if (!l->skims)
		load_attachments(&w);
	return w.err;
}

/*
 * Departments are the folders of content/ that have an index.md. A table is
 * looked for by the name its schema gives it; files that nothing asks for are
 * named, because a misspelt file name would otherwise lose its data silently.
 */
#include "job/load.h"

#include "base/intl.h"
#include "job/shipped.h"
#include "model/exam_days.h"

#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES = 1024 * 1024, THEME_BYTES = 8 * 1024 * 1024 };

int load_open(struct load *l, const char *site, struct diag *diag)
{
	enum file_status status = root_open(&l->root, site);
	if (status != FILE_OK) {
		file_complain(diag, status, site, 0);
		return -1;
	}
	return 0;
}

/* Read a file that may be absent: 1 read, 0 absent, -1 with a message. */
static int read_file(const struct load *l, struct arena *a, const char *path, size_t max,
    struct str *out, struct diag *diag)
{
	enum file_status status = file_read(out, a, &l->root, path, max);
	if (status == FILE_OK)
		return 1;
	if (status == FILE_MISSING)
		return 0;
	file_complain(diag, status, path, max);
	return -1;
}

static int load_settings(struct load *l, struct diag *diag)
{
	struct str bytes;
	int got = read_file(l, &l->site.arena, "content/site.yaml", SETTINGS_BYTES, &bytes, diag);
	if (got > 0)
		return site_settings(&l->site, "content/site.yaml", bytes, diag);
	if (got == 0)
		diag_add(diag, DIAG_ERROR, "site-missing", DIAG_AT("content/site.yaml", 0, 0),
		    (struct str){NULL, 0},
		    _("Name the folder of a site with --site, or make a new one with: vidno new FOLDER"),
		    _("this folder is not a site: it has no content/site.yaml"));
	return -1;
}

/* The audit has two lists of items, whose rows are one table. */
static const struct {
	enum table_id id;
	const char *file;
} shared[] = {{TABLE_PROCEDURES, "data/procedures.csv"}, {TABLE_METRICS, "data/metrics.csv"},
    {TABLE_WORDS, "data/audit-words.csv"}, {TABLE_CHECKLIST, SITE_CHECKLIST},
    {TABLE_CHECKLIST, SITE_ORDER_1493}, {TABLE_SIGNATURES, "data/audit-signatures.csv"},
    {TABLE_EXAM_DAYS, EXAM_DAYS_FILE}};

static int load_shared_tables(struct load *l, struct diag *diag)
{
	int err = 0;
	for (size_t i = 0; i < sizeof(shared) / sizeof(*shared); i++) {
		struct str bytes;
		int got = read_file(l, &l->site.arena, shared[i].file, TABLE_BYTES, &bytes, diag);
		if (got > 0)
			err |= site_table(&l->site, shared[i].id, shared[i].file, bytes, diag);
		if (got < 0) {
			site_table_lost(&l->site, shared[i].id);
			err = -1;
		}
	}
	return err;
}

/* "x.md" gives "x"; anything else NULL. */
static const char *markdown_name(struct arena *a, const char *file)
{
	size_t n = strlen(file);
	return n > 3 && strcmp(file + n - 3, ".md") == 0 ? arena_strndup(a, file, n - 3) : NULL;
}

static int load_method(struct load *l, const char *name, struct diag *diag)
{
	struct arena *a = &l->site.arena;
	struct str bytes;
	struct method *m = arena_alloc(a, sizeof(*m));
	const char *path = arena_printf(a, "content/methods/%s.md", name);
	if (read_file(l, a, path, CONTENT_BYTES, &bytes, diag) <= 0)
		return -1;
	int err = method_read(m, a, name, bytes, diag);
	if (m->table) {
		const char *table = arena_printf(a, "data/methods/%s", m->table);
		if (read_file(l, a, table, TABLE_BYTES, &bytes, diag) > 0)
			err |= method_table(m, a, table, bytes, diag);
	}
	err |= method_check(m, a, &l->site.procedures, &l->site.metrics, diag);
	l->site.methods[l->site.nmethods++] = m;
	return err;
}

static int load_methods(struct load *l, struct diag *diag)
{
	struct file_entries entries;
	struct arena *a = &l->site.arena;
	int err = 0;
	enum file_status status = file_list(&entries, a, &l->root, "content/methods");
	if (status == FILE_MISSING)
		return 0;
	if (status != FILE_OK) {
		file_complain(diag, status, "content/methods", 0);
		return -1;
	}
	l->site.methods = arena_array(a, entries.count + 1, sizeof(*l->site.methods));
	for (size_t i = 0; i < entries.count; i++) {
		const char *name = markdown_name(a, entries.items[i].name);
		if (name)
			err |= load_method(l, name, diag);
	}
	return err;
}

int load_site(struct load *l, struct diag *diag)
{
	int err = load_settings(l, diag);
	if (!l->site.title)
		return -1; /* there is no site; wrong settings do not keep us from reading on */
	err |= load_shared_tables(l, diag);
	err |= load_methods(l, diag);
	return err;
}

static bool listed(const struct field_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(field_text(list, i), id) == 0)
			return true;
	return list->count == 0;
}

static bool asked_for(const char *const *only, size_t nonly, const char *id)
{
	for (size_t i = 0; i < nonly; i++)
		if (strcmp(only[i], id) == 0)
			return true;
	return nonly == 0;
}

static bool has_index(const struct load *l, const char *id)
{
	struct file_info info;
	char path[512];
	int len = snprintf(path, sizeof(path), "content/%s/index.md", id);
	/* An index that cannot be read is a problem to report, not a folder to skip. */
	return len > 0 && (size_t)len < sizeof(path) &&
	    file_look(&info, &l->root, path) != FILE_MISSING;
}

static bool found(const struct load *l, const char *id)
{
	for (size_t i = 0; i < l->ndepartments; i++)
		if (strcmp(l->departments[i], id) == 0)
			return true;
	return false;
}

/* Folders that the site's own pages lie in. */
static bool is_reserved(const char *id)
{
	static const char *const names[] = {
	    "assets", "manifest", "methods", "releases", "search", NULL};
	for (const char *const *name = names; *name; name++)
		if (strcmp(id, *name) == 0)
			return true;
	return false;
}

static void complain_reserved(struct arena *a, const char *id, struct diag *diag)
{
	diag_add(diag, DIAG_ERROR, "department-reserved",
	    DIAG_AT(arena_printf(a, "content/%s", id), 0, 0), str_of(id),
	    _("Rename the folder, in data/ too."),
	    _("a department cannot have this name: the site keeps pages of its own under it"));
}

static void complain_unknown(
    const struct load *l, const char *id, struct diag_place at, struct diag *diag)
{
	const char *nearest = NULL;
	if (l->ndepartments)
		nearest = str_nearest(id, l->departments);
	char remedy[256];
	snprintf(remedy, sizeof(remedy),
	    nearest ? _("Did you mean %s?")
	            : _("A department is a folder content/<id>/ with an index.md."),
	    nearest ? nearest : "");
	diag_add(diag, DIAG_ERROR, "department-unknown", at, str_of(id), remedy,
	    _("there is no such department"));
}

int load_departments(struct load *l, const char *const *only, size_t nonly, struct diag *diag)
{
	struct file_entries entries;
	struct arena *a = &l->site.arena;
	int err = 0;
	enum file_status status = file_list(&entries, a, &l->root, "content");
	if (status != FILE_OK) {
		file_complain(diag, status, "content", 0);
		return -1;
	}
	l->departments = arena_array(a, entries.count + 1, sizeof(*l->departments));
	for (size_t i = 0; i < entries.count; i++) {
		const struct file_entry *e = &entries.items[i];
		if (e->status != FILE_OK) {
			file_complain(diag, e->status, arena_printf(a, "content/%s", e->name), 0);
			err = -1;
		} else if (e->kind == FILE_FOLDER && has_index(l, e->name) &&
		    is_reserved(e->name)) {
			complain_reserved(a, e->name, diag);
			err = -1;
		} else if (e->kind == FILE_FOLDER && has_index(l, e->name)) {
			l->departments[l->ndepartments++] = e->name;
		}
	}

	const struct field_list *list = &l->site.departments;
	for (size_t i = 0; i < list->count; i++) {
		if (found(l, field_text(list, i)))
			continue;
		complain_unknown(l, field_text(list, i),
		    DIAG_AT("content/site.yaml", list->places[i].line, list->places[i].column),
		    diag);
		err = -1;
	}
	for (size_t i = 0; i < nonly; i++) {
		if (found(l, only[i]))
			continue;
		complain_unknown(l, only[i], DIAG_NOWHERE, diag);
		err = -1;
	}
	size_t kept = 0;
	for (size_t i = 0; i < l->ndepartments; i++) {
		if (!listed(list, l->departments[i]))
			continue;
		l->nlisted++;
		if (asked_for(only, nonly, l->departments[i]))
			l->departments[kept++] = l->departments[i];
	}
	l->ndepartments = kept;
	l->departments[kept] = NULL;
	if (kept == 0 && !err) {
		diag_add(diag, DIAG_ERROR, "no-departments", DIAG_AT("content", 0, 0),
		    (struct str){NULL, 0},
		    _("Make a folder content/<id>/ with an index.md; vidno new shows an example."),
		    _("the site has no departments"));
		err = -1;
	}
	return err;
}

struct theme_walk {
	struct load *load;
	const struct root *root;
	const char *folder; /* of the theme, in messages and below the root */
	size_t files;
	int err;
	struct diag *diag;
};

static int visit_theme(void *payload, const char *path, const struct file_entry *entry)
{
	struct theme_walk *w = payload;
	struct arena *a = &w->load->theme_arena;
	struct str bytes;
	const char *inside = path + (*w->folder ? strlen(w->folder) + 1 : 0);
	/* Files beside the folders are about the theme, not of it. */
	if (entry->status == FILE_OK && (entry->kind == FILE_FOLDER || !strchr(inside, '/')))
		return 0;
	enum file_status status = entry->status;
	if (status == FILE_OK)
		status = file_read(&bytes, a, w->root, path, THEME_BYTES);
	if (status != FILE_OK) {
		file_complain(w->diag, status, path, THEME_BYTES);
		w->err = -1;
		return 0;
	}
	theme_file(&w->load->theme, arena_strdup(a, inside),
	    arena_printf(a, "themes/%s/%s", w->load->site.theme, inside), bytes);
	w->files++;
	return 0;
}

static size_t walk_theme(
    struct load *l, const struct root *root, const char *folder, struct diag *diag, int *err)
{
	struct theme_walk w = {.load = l, .root = root, .folder = folder, .diag = diag};
	enum file_status status = file_walk(root, folder, visit_theme, &w);
	if (status != FILE_OK && status != FILE_MISSING) {
		file_complain(diag, status, *folder ? folder : root->path, 0);
		*err = -1;
	}
	*err |= w.err;
	return w.files;
}

static size_t shipped_theme(struct load *l, const char *name, struct diag *diag, int *err)
{
	for (size_t i = 0; i < SHIPPED_PLACES; i++) {
		struct root root = ROOT_INIT;
		struct arena *a = &l->theme_arena;
		const char *path = shipped_place(a, i, arena_printf(a, "../themes/%s", name),
		    arena_printf(a, "vidno/themes/%s", name));
		enum file_status status = root_open(&root, path);
		if (status == FILE_MISSING || status == FILE_WRONG_KIND)
			continue;
		if (status != FILE_OK) {
			file_complain(diag, status, path, 0);
			*err = -1;
			continue;
		}
		size_t files = walk_theme(l, &root, "", diag, err);
		root_close(&root);
		if (files)
			return files;
	}
	return 0;
}

int load_theme(struct load *l, struct diag *diag)
{
	const char *name = l->site.theme;
	int err = 0;
	theme_init(&l->theme, &l->theme_arena, diag);
	size_t files =
	    walk_theme(l, &l->root, arena_printf(&l->theme_arena, "themes/%s", name), diag, &err);
	files += shipped_theme(l, name, diag, &err);
	if (files && strcmp(name, "default") != 0)
		shipped_theme(l, "default", diag, &err);
	/* What could not be read would be missed again by every page. */
	if (err)
		return err;
	if (files == 0) {
		struct field_place at = frontmatter_place(l->site.front, "theme");
		diag_add(diag, DIAG_ERROR, "theme-missing",
		    DIAG_AT("content/site.yaml", at.line, at.column), str_of(name),
		    _("Put the theme into themes/ of the site, or write theme: default."),
		    _("there is no such theme, neither in the site nor with the program"));
		return -1;
	}
	return theme_ready(&l->theme, l->site.language == LANGUAGE_EN ? "en" : "ru");
}

void load_close(struct load *l)
{
	root_close(&l->root);
	arena_clear(&l->theme_arena);
	site_clear(&l->site);
}

/*
 * All is read and looked at before the first file is written. A file is made
 * beside its place and renamed to it.
 */
#include "job/restore.h"

#include "base/intl.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/repo_root.h"
#include "sys/repo_status.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 256 * 1024 * 1024 };

struct earlier {
	const char *path;
	struct str bytes;
};

struct restore {
	const struct restore_options *o;
	struct diag *diag;
	struct arena arena;
	struct repo *repo;
	const char *path, *commit;
	char oid[REPO_OID + 1];
	struct root then, now;
	struct map dirty; /* paths with changes that are in no version */
	struct earlier *files;
	size_t count, cap;
	struct map known; /* paths of files */
	size_t *written;
};

static enum restore_status complain(
    struct restore *r, const char *rule, const char *file, const char *remedy, const char *text)
{
	diag_add(r->diag, DIAG_ERROR, rule, DIAG_AT(file, 0, 0), STR_NONE, remedy, "%s", text);
	return RESTORE_PROBLEMS;
}

static enum restore_status git_refuses(struct restore *r, enum repo_status status)
{
	struct repo_head why = {0};
	if (status == REPO_OK)
		return RESTORE_OK;
	if (r->repo)
		repo_why(r->repo, &why);
	repo_complain(r->diag, status, &why, r->o->what);
	if (!r->diag->errors)
		complain(r, "restore-no-git", r->o->site,
		    _("Publish the site first, with vidno publish."),
		    _("git has no earlier version of this site"));
	return status == REPO_FAILED || status == REPO_LIBRARY ? RESTORE_SYSTEM : RESTORE_PROBLEMS;
}

/* -- what is asked for --------------------------------------------------------- */

static bool is_of_site(const char *path)
{
	struct str rest = str_of(path), part;
	if (str_ends(rest, "/") || !rest.n)
		return false;
	static const char *const folders[] = {"content", "data", "themes"};
	bool known = false;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		size_t n = strlen(folders[i]);
		known |= str_starts(rest, folders[i]) && (!path[n] || path[n] == '/');
	}
	while (known && str_next(&rest, '/', &part))
		known = part.n && part.p[0] != '.';
	return known;
}

static enum restore_status take_words(struct restore *r)
{
	const char *at = strrchr(r->o->what, '@');
	size_t n = at ? (size_t)(at - r->o->what) : 0;
	while (n && r->o->what[n - 1] == '/')
		n--;
	r->path = arena_strndup(&r->arena, r->o->what, n);
	r->commit = at ? at + 1 : "";
	if (n && *r->commit && is_of_site(r->path))
		return RESTORE_OK;
	complain(r, "restore-path", NULL,
	    _("Write path and version, for example data/kezhma/results.csv@HEAD~1; the path begins with content/, data/ or themes/."),
	    _("this is no file of the site in a version"));
	return RESTORE_USAGE;
}

static enum restore_status open_versions(struct restore *r)
{
	struct repo_head why = {0};
	struct repo_changes changed = {0};
	enum repo_status status = repo_open(&r->repo, r->o->site, &why);
	if (!status)
		status = repo_resolve(r->repo, r->commit, r->oid);
	if (!status)
		status = repo_changed(&changed, &r->arena, r->repo);
	for (size_t i = 0; !status && i < changed.count; i++)
		if (changed.items[i].kind != REPO_DELETED)
			map_put(&r->dirty, str_of(changed.items[i].path), r);
	if (!status)
		status = repo_root(&r->then, r->repo, r->oid);
	enum file_status opened = status ? FILE_OK : root_open(&r->now, r->o->site);
	if (opened)
		file_complain(r->diag, opened, r->o->site, 0);
	return opened ? RESTORE_SYSTEM : git_refuses(r, status);
}

static int read_file(struct restore *r, const char *path)
{
	struct earlier file = {.path = arena_strdup(&r->arena, path)};
	enum file_status status = file_read(&file.bytes, &r->arena, &r->then, path, FILE_MOST);
	if (status) {
		file_complain(r->diag, status, path, FILE_MOST);
		return -1;
	}
	r->files = arena_grow(&r->arena, r->files, r->count, &r->cap, sizeof(*r->files));
	r->files[r->count++] = file;
	map_put(&r->known, str_of(file.path), r);
	return 0;
}

static int visit_earlier(void *payload, const char *path, const struct file_entry *entry)
{
	if (entry->status == FILE_OK && entry->kind == FILE_REGULAR)
		return read_file(payload, path);
	return 0;
}

static enum restore_status read_earlier(struct restore *r)
{
	struct file_info info;
	enum file_status status = file_look(&info, &r->then, r->path);
	if (status == FILE_OK && info.kind == FILE_REGULAR)
		read_file(r, r->path);
	else if (status == FILE_OK)
		status = file_walk(&r->then, r->path, visit_earlier, r);
	if (status == FILE_MISSING)
		return complain(r, "restore-missing", r->path,
		    _("See git log -- PATH for the versions that have it."),
		    _("this version has no such file"));
	if (status && !r->diag->errors)
		file_complain(r->diag, status, r->path, FILE_MOST);
	return r->diag->errors ? RESTORE_PROBLEMS : RESTORE_OK;
}

/* -- writing --------------------------------------------------------------------- */

static bool is_same(const struct restore *r, const struct earlier *file)
{
	struct arena a = ARENA_INIT;
	struct str bytes;
	bool same = file_read(&bytes, &a, &r->now, file->path, FILE_MOST) == FILE_OK &&
	    str_eq(bytes, file->bytes);
	arena_clear(&a);
	return same;
}

static bool is_changed(const struct restore *r, const char *path)
{
	return map_get(&r->dirty, str_of(path));
}

static enum restore_status refuse_changed(struct restore *r)
{
	enum restore_status status = RESTORE_OK;
	for (size_t i = 0; !r->o->force && i < r->count; i++)
		if (is_changed(r, r->files[i].path) && !is_same(r, &r->files[i]))
			status = complain(r, "restore-changed", r->files[i].path,
			    _("Publish or undo the change first; or use --force, which keeps a copy."),
			    _("this file has changes that are in no version"));
	return status;
}

/* Into vidno/kept/ of the git directory, under a name of its own. */
static int keep_copy(struct restore *r, const char *path)
{
	struct root git = ROOT_INIT;
	struct str bytes;
	enum file_status status = file_read(&bytes, &r->arena, &r->now, path, FILE_MOST);
	if (status == FILE_MISSING)
		return 0;
	if (!status)
		status = root_open(&git, repo_git_dir(r->repo));
	const char *name =
	    arena_printf(&r->arena, "vidno/kept/%lld/%s", (long long)clock_unix(), path);
	if (!status)
		status = file_create(&git, name, bytes);
	if (status)
		file_complain(r->diag, status, path, FILE_MOST);
	else
		diag_add(r->diag, DIAG_NOTE, "restore-kept", DIAG_AT(path, 0, 0), STR_NONE, NULL,
		    _("what stood here is kept in %s/%s"), repo_git_dir(r->repo), name);
	root_close(&git);
	return status ? -1 : 0;
}

static int write_file(struct restore *r, const struct earlier *file)
{
	const char *name = strrchr(file->path, '/');
	size_t folder = name ? (size_t)(name + 1 - file->path) : 0;
	const char *beside = arena_printf(
	    &r->arena, "%.*s.%s.vidno-restore", (int)folder, file->path, file->path + folder);
	unlinkat(r->now.fd, beside, 0); /* of a run that was killed */
	enum file_status status = file_create(&r->now, beside, file->bytes);
	if (!status && renameat(r->now.fd, beside, r->now.fd, file->path)) {
		status = file_status_of(errno);
		unlinkat(r->now.fd, beside, 0);
	}
	if (status)
		file_complain(r->diag, status, file->path, 0);
	return status ? -1 : 0;
}

static enum restore_status write_files(struct restore *r)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct earlier *file = &r->files[i];
		if (is_same(r, file))
			continue;
		if (is_changed(r, file->path) && keep_copy(r, file->path) < 0)
			return RESTORE_SYSTEM;
		if (write_file(r, file) < 0)
			return RESTORE_SYSTEM;
		++*r->written;
	}
	return RESTORE_OK;
}

static int visit_now(void *payload, const char *path, const struct file_entry *entry)
{
	struct restore *r = payload;
	if (entry->kind == FILE_REGULAR && !map_get(&r->known, str_of(path)))
		diag_add(r->diag, DIAG_NOTE, "restore-newer", DIAG_AT(path, 0, 0), STR_NONE,
		    _("Delete it, when it is not wanted."),
		    _("the earlier version did not have this file; it stays"));
	return 0;
}

static enum restore_status name_newer(struct restore *r)
{
	struct file_info info;
	if (file_look(&info, &r->now, r->path) == FILE_OK && info.kind == FILE_FOLDER)
		file_walk(&r->now, r->path, visit_now, r);
	return RESTORE_OK;
}

enum restore_status restore_run(const struct restore_options *o, size_t *written, struct diag *diag)
{
	static enum restore_status (*const steps[])(struct restore *) = {
	    take_words, open_versions, read_earlier, refuse_changed, write_files, name_newer};
	struct restore r = {
	    .o = o, .diag = diag, .then = ROOT_INIT, .now = ROOT_INIT, .written = written};
	enum restore_status status = RESTORE_OK;
	*written = 0;
	r.known = r.dirty = (struct map)MAP_INIT(&r.arena);
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](&r);
	root_close(&r.now);
	root_close(&r.then);
	repo_close(r.repo);
	arena_clear(&r.arena);
	diag_sort(diag);
	return status;
}

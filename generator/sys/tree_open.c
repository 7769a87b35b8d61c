/*
 * The lock is flock() on the output folder itself, so no lock file is left
 * and the kernel lets go when a run is killed. (A file system that cannot
 * lock is used without: EWOULDBLOCK alone means another build.)
 *
 * Then every name in the folder is held against the manifest, folder by
 * folder through descriptors, never through a symbolic link. The same pass
 * tells which units have lost files.
 */
#include "sys/tree_parts.h"

#include "base/intl.h"
#include "sys/fd.h"
#include "sys/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct str nothing = {NULL, 0};

void tree_complain(const struct tree *t, struct diag *diag, const char *path)
{
	int code = errno;
	struct arena a = ARENA_INIT;
	char reason[128];
	const char *remedy = _("See whether the disk is damaged, and run it again.");
	if (code == ENOSPC || code == EDQUOT)
		remedy = _("Free some space on the disk and run it again; the site is as it was.");
	else if (code == EACCES || code == EPERM || code == EROFS)
		remedy = _("Choose a folder in which you may write, or ask for the right to.");
	else if (code == EMFILE || code == ENFILE)
		remedy = _("Run it with fewer jobs, or ask for a higher limit of open files.");
	const char *place = path && *path ? arena_printf(&a, "%s/%s", t->path, path) : t->path;
	diag_add(diag, DIAG_ERROR, "output-failed", DIAG_AT(place, 0, 0), nothing, remedy,
	    _("the site cannot be written here: %s"), strerror_r(code, reason, sizeof(reason)));
	arena_clear(&a);
}

/* -- the folder itself ---------------------------------------------------------- */

/* Makes the folders of t->path; remembers from where on they are ours. */
static int make_root(struct tree *t)
{
	for (size_t i = 1; t->path[0]; i++) {
		char c = t->path[i];
		if (c && c != '/')
			continue;
		t->path[i] = '\0';
		int made = mkdir(t->path, 0777) == 0;
		int known = made || errno == EEXIST || errno == EISDIR || errno == EROFS;
		t->path[i] = c;
		if (!known)
			return -1;
		if (made && !t->made)
			t->made = i;
		if (!c)
			break;
	}
	return 0;
}

static void unmake_root(struct tree *t)
{
	size_t len = strlen(t->path);
	while (t->made && len >= t->made) {
		t->path[len] = '\0';
		if (rmdir(t->path))
			return;
		while (len && t->path[len] != '/')
			len--;
	}
}

static enum tree_status open_root(struct tree *t)
{
	if (make_root(t) == 0)
		t->root = open(t->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->root < 0) {
		tree_complain(t, t->diag, "");
		return TREE_FAILED;
	}
	/* By its number: the header of flock() has the name of one of ours. */
	if (syscall(SYS_flock, t->root, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
		diag_add(t->diag, DIAG_ERROR, "output-busy", DIAG_AT(t->path, 0, 0), nothing,
		    _("Wait until it has finished, or stop it; then run this again."),
		    _("another run of vidno is writing into this folder"));
		return TREE_BUSY;
	}
	return TREE_OK;
}

static enum tree_status read_manifest(struct tree *t)
{
	struct root root = {t->root, t->path};
	struct str text;
	const char *file = arena_printf(&t->arena, "%s/" MANIFEST_NAME, t->path);
	t->old = (struct manifest){.by_id = MAP_INIT(&t->arena)};
	enum file_status status = file_read(&text, &t->arena, &root, MANIFEST_NAME, MANIFEST_SIZE);
	if (status == FILE_MISSING)
		return TREE_OK;
	if (status) {
		file_complain(t->diag, status, file, MANIFEST_SIZE);
		return TREE_MANIFEST;
	}
	uint32_t line = manifest_parse(&t->old, &t->arena, text);
	if (line == 0)
		return TREE_OK;
	diag_add(t->diag, DIAG_ERROR, "output-manifest", DIAG_AT(file, line, 0), nothing,
	    _("Empty the output folder yourself, or choose another with --out, and build again."),
	    _("the list of what vidno wrote into this folder is damaged, so nothing here is touched"));
	return TREE_MANIFEST;
}

/* -- staging -------------------------------------------------------------------- */

int tree_make_staging(struct tree *t)
{
	int status = 0;
	pthread_mutex_lock(&t->lock);
	if (!t->staged) {
		/* Closed to others: a web server must not show what is half done. */
		t->staged = mkdirat(t->root, TREE_STAGING, 0700) == 0;
		if (!t->staged || fd_create(t->root, TREE_STAGING "/" TREE_MARKER, 0600, "", 0))
			status = -1;
	}
	pthread_mutex_unlock(&t->lock);
	return status;
}

struct names {
	const char **items;
	size_t count, cap;
};

static int read_names(struct names *out, struct arena *a, int dir, const char *path)
{
	int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		fd_close(fd);
		return -1;
	}
	for (struct dirent *e; (errno = 0, e = readdir(d));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		out->items = arena_grow(a, out->items, out->count, &out->cap, sizeof(*out->items));
		out->items[out->count++] = arena_strdup(a, e->d_name);
	}
	int saved = errno;
	closedir(d);
	errno = saved;
	return saved ? -1 : 0;
}

/* The marker goes last: killed before, the next run still knows its own. */
int tree_remove_staging(struct tree *t)
{
	struct arena a = ARENA_INIT;
	struct names names = {0};
	int status = read_names(&names, &a, t->root, TREE_STAGING);
	for (size_t i = 0; !status && i < names.count; i++)
		if (strcmp(names.items[i], TREE_MARKER) != 0)
			status = fd_remove(
			    t->root, arena_printf(&a, TREE_STAGING "/%s", names.items[i]));
	if (!status)
		status = fd_remove(t->root, TREE_STAGING);
	t->staged = t->staged && status;
	arena_clear(&a);
	return status;
}

/* A run killed between the two renames of swap.c left a unit at its spare name. */
static void put_back(struct tree *t, struct arena *a, const char *name)
{
	if (strncmp(name, "old.", 4) != 0 || !manifest_id_ok(str_of(name + 4)))
		return;
	if (faccessat(t->root, name + 4, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT)
		renameat(t->root, arena_printf(a, TREE_STAGING "/%s", name), t->root, name + 4);
}

/* What a killed run left. A folder of that name without our marker is foreign
 * and stays for the scan to find. */
static enum tree_status recover(struct tree *t)
{
	struct arena a = ARENA_INIT;
	struct names names = {0};
	enum tree_status status = TREE_OK;
	bool ours = true;
	if (read_names(&names, &a, t->root, TREE_STAGING) == 0) {
		ours = names.count == 0;
		for (size_t i = 0; i < names.count; i++)
			ours = ours || strcmp(names.items[i], TREE_MARKER) == 0;
		for (size_t i = 0; ours && i < names.count; i++)
			put_back(t, &a, names.items[i]);
		if (ours && tree_remove_staging(t)) {
			tree_complain(t, t->diag, TREE_STAGING);
			status = TREE_FAILED;
		}
	}
	arena_clear(&a);
	return status;
}

/* -- foreign files ---------------------------------------------------------------- */

enum { SCAN_DEPTH = 128 };

struct scan {
	struct tree *tree;
	struct arena arena;
	struct map listed; /* path → the scan, or &seen once it was found */
	size_t seen, foreign;
	int depth;
};

static void list_files(struct scan *s, const struct manifest_unit *u, const char *prefix)
{
	struct str rest = u->lines, path;
	while (manifest_next(&rest, &path))
		map_put(&s->listed,
		    str_of(arena_printf(&s->arena, "%s%.*s", prefix, (int)path.n, path.p)), s);
}

static void add_foreign(struct scan *s, const char *path)
{
	if (s->foreign++ >= TREE_FOREIGN_SHOWN)
		return;
	const char *place = arena_printf(&s->arena, "%s/%s", s->tree->path, path);
	diag_add(s->tree->diag, DIAG_ERROR, "output-foreign", DIAG_AT(place, 0, 0), nothing,
	    _("Move it somewhere else, or choose another folder with --out."),
	    _("vidno did not make this file, and does not write into a folder with files of others"));
}

static int scan_folder(struct scan *s, int fd, const char *path);

static bool is_kind(int dir, const struct dirent *e, mode_t kind)
{
	struct stat st;
	if (e->d_type != DT_UNKNOWN)
		return e->d_type == (kind == S_IFDIR ? DT_DIR : DT_REG);
	return fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    (st.st_mode & S_IFMT) == kind;
}

static int scan_entry(struct scan *s, int dir, const struct dirent *e, const char *path)
{
	if (is_kind(dir, e, S_IFDIR)) {
		int fd = -1;
		if (s->depth < SCAN_DEPTH)
			fd =
			    openat(dir, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0)
			return scan_folder(s, fd, path);
		add_foreign(s, path);
		return 0;
	}
	struct str key = str_of(path);
	void *mark = is_kind(dir, e, S_IFREG) ? map_get(&s->listed, key) : NULL;
	if (!mark) {
		add_foreign(s, path);
	} else if (mark == s) {
		map_put(&s->listed, key, &s->seen);
		s->seen++;
	}
	return 0;
}

static bool skipped(const struct scan *s, const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	if (s->depth > 1)
		return false;
	return strcmp(name, MANIFEST_NAME) == 0 ||
	    (!str_is(str_of(name), TREE_TOP) && manifest_unit(&s->tree->old, str_of(name)));
}

/* Closes fd. The units' own folders are left out: they have scans of their own. */
static int scan_folder(struct scan *s, int fd, const char *path)
{
	int status = 0;
	DIR *d = fdopendir(fd);
	if (!d) {
		fd_close(fd);
		return -1;
	}
	s->depth++;
	for (struct dirent *e; !status && (errno = 0, e = readdir(d));) {
		if (s->foreign > TREE_FOREIGN_SHOWN || skipped(s, e->d_name))
			continue;
		const char *child =
		    *path ? arena_printf(&s->arena, "%s/%s", path, e->d_name) : e->d_name;
		status = scan_entry(s, dirfd(d), e, child);
	}
	s->depth--;
	int saved = errno;
	closedir(d);
	errno = saved;
	return saved ? -1 : status;
}

/* One unit's folder, or with TREE_TOP all that stands in no unit's. */
static int scan_unit(struct scan *s, struct manifest_unit *u)
{
	struct tree *t = s->tree;
	bool top = str_is(u->id, TREE_TOP);
	const char *id = arena_strndup(&s->arena, u->id.p, u->id.n);
	list_files(s, u, top ? "" : arena_printf(&s->arena, "%s/", id));
	size_t wanted = u->count + (top ? t->old.nassets : 0);
	for (size_t i = 0; top && i < t->old.nassets; i++)
		map_put(&s->listed, t->old.assets[i].path, s);
	if (!top)
		s->depth = 1;
	int fd = openat(t->root, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 && errno != ENOTDIR && errno != ELOOP)
		return -1;
	if (fd < 0)
		add_foreign(s, id);
	else if (scan_folder(s, fd, top ? "" : id))
		return -1;
	u->whole = fd >= 0 && s->seen == wanted;
	return 0;
}

static enum tree_status scan_all(struct tree *t)
{
	struct manifest_unit none = {.id = STR(TREE_TOP)};
	bool top_listed = manifest_unit(&t->old, STR(TREE_TOP));
	size_t foreign = 0;
	int status = 0;
	for (size_t i = 0; !status && i < t->old.nunits + !top_listed; i++) {
		struct scan s = {.tree = t, .arena = ARENA_INIT, .foreign = foreign};
		s.listed = (struct map)MAP_INIT(&s.arena);
		status = scan_unit(&s, i < t->old.nunits ? &t->old.units[i] : &none);
		foreign = s.foreign;
		arena_clear(&s.arena);
	}
	if (status) {
		tree_complain(t, t->diag, "");
		return TREE_FAILED;
	}
	if (foreign > TREE_FOREIGN_SHOWN)
		diag_add(t->diag, DIAG_ERROR, "output-foreign", DIAG_AT(t->path, 0, 0), nothing,
		    NULL, _("there are more files here that vidno did not make"));
	return foreign ? TREE_FOREIGN : TREE_OK;
}

/* -- beginning and end ------------------------------------------------------------ */

enum tree_status tree_open(struct tree *t)
{
	enum tree_status status = open_root(t);
	if (!status)
		status = read_manifest(t);
	if (!status)
		status = recover(t);
	if (!status)
		status = scan_all(t);
	return status;
}

void tree_release(struct tree *t)
{
	if (t->staged && tree_remove_staging(t))
		tree_complain(t, t->diag, TREE_STAGING);
	diag_join(t->diag, &t->assets_diag);
	fd_close(t->root);
	unmake_root(t);
	arena_clear(&t->arena);
	pthread_mutex_destroy(&t->lock);
	pthread_mutex_destroy(&t->assets_lock);
	free(t->path);
	free(t);
}

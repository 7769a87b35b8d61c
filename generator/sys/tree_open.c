/*
 * The lock is flock() on the output folder itself, so no lock file is left
 * and the kernel lets go when a run is killed. (A file system that cannot
 * lock is used without: EWOULDBLOCK alone means another build.)
 *
 * Then the manifest is read, and what a killed run left is cleared away.
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
#include <unistd.h>

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
	diag_add(diag, DIAG_ERROR, "output-failed", DIAG_AT(place, 0, 0), STR_NONE, remedy,
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

/* Whoever had made the folder may have removed it again before we held it. */
static bool still_there(const struct tree *t)
{
	struct stat ours, named;
	return fstat(t->root, &ours) == 0 && stat(t->path, &named) == 0 &&
	    ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

static enum tree_status lock_root(struct tree *t)
{
	if (make_root(t) == 0)
		t->root = open(t->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->root < 0) {
		tree_complain(t, t->diag, "");
		return TREE_FAILED;
	}
	if (fd_hold(t->root, false)) {
		diag_add(t->diag, DIAG_ERROR, "output-busy", DIAG_AT(t->path, 0, 0), STR_NONE,
		    _("Wait until it has finished, or stop it; then run this again."),
		    _("another run of vidno is writing into this folder"));
		return TREE_BUSY;
	}
	return TREE_OK;
}

static enum tree_status open_root(struct tree *t)
{
	enum tree_status status = lock_root(t);
	for (int tries = 0; !status && !still_there(t) && tries < 8; tries++) {
		fd_close(t->root);
		t->root = -1;
		status = lock_root(t);
	}
	return status;
}

static enum tree_status read_manifest(struct tree *t)
{
	struct root root = {.fd = t->root, .path = t->path};
	struct str text;
	const char *file = arena_printf(&t->arena, "%s/" MANIFEST_NAME, t->path);
	t->old = (struct manifest){.by_id = MAP_INIT(&t->arena)};
	enum file_status status = file_read(&text, &t->arena, &root, MANIFEST_NAME, MANIFEST_SIZE);
	if (status == FILE_MISSING)
		return TREE_OK;
	if (status == FILE_DENIED || status == FILE_FAILED) {
		tree_complain(t, t->diag, MANIFEST_NAME);
		return TREE_FAILED;
	}
	if (status) {
		file_complain(t->diag, status, file, MANIFEST_SIZE);
		return TREE_MANIFEST;
	}
	uint32_t line = manifest_parse(&t->old, &t->arena, text);
	if (line == 0) {
		if (t->old.label.n)
			t->label = arena_strndup(&t->arena, t->old.label.p, t->old.label.n);
		return TREE_OK;
	}
	diag_add(t->diag, DIAG_ERROR, "output-manifest", DIAG_AT(file, line, 0), STR_NONE,
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
		status = mkdirat(t->root, TREE_STAGING, 0700);
		if (!status && fd_create(t->root, TREE_STAGING "/" TREE_MARKER, 0600, "", 0)) {
			int saved = errno;
			unlinkat(t->root, TREE_STAGING, AT_REMOVEDIR);
			errno = saved;
			status = -1;
		}
		t->staged = status == 0;
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

/* No id has a blank, and no name of a folder a slash. */
const char *tree_staged(struct arena *a, const char *kind, const char *id)
{
	char *path = arena_printf(a, TREE_STAGING "/%s.%s", kind, id);
	char *slash = strchr(path + strlen(TREE_STAGING "/"), '/');
	if (slash)
		*slash = ' ';
	return path;
}

/* A run killed between the two renames of swap.c left a unit at its spare name. */
static void put_back(struct tree *t, struct arena *a, const char *name)
{
	if (strncmp(name, "old.", 4) != 0)
		return;
	char *id = arena_strdup(a, name + 4), *blank = strchr(id, ' ');
	if (blank)
		*blank = '/';
	if (!manifest_id_ok(str_of(id)))
		return;
	if (faccessat(t->root, id, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT &&
	    fd_make_parents(t->root, id) == 0)
		renameat(t->root, arena_printf(a, TREE_STAGING "/%s", name), t->root, id);
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

/* -- beginning and end ------------------------------------------------------------ */

enum tree_status tree_open(struct tree *t)
{
	enum tree_status status = open_root(t);
	if (!status)
		status = read_manifest(t);
	if (!status)
		status = recover(t);
	if (!status)
		status = tree_scan(t);
	return status;
}

void tree_release(struct tree *t)
{
	if (t->staged && tree_remove_staging(t))
		tree_complain(t, t->diag, TREE_STAGING);
	diag_join(t->diag, &t->assets_diag);
	unmake_root(t);
	fd_close(t->root);
	arena_clear(&t->arena);
	pthread_mutex_destroy(&t->lock);
	pthread_mutex_destroy(&t->assets_lock);
	free(t->path);
	free(t);
}

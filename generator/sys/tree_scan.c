/*
 * Every name in the output folder is held against the manifest, folder by
 * folder through descriptors, never through a symbolic link. The same pass
 * tells which units have lost files.
 */
#include "sys/tree_parts.h"

#include "base/intl.h"
#include "sys/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { SCAN_DEPTH = 128 };

struct scan {
	struct tree *tree;
	struct arena arena;
	struct map listed; /* path → the scan, or &seen once it was found */
	size_t seen, foreign;
	int depth;
	const char *at; /* what could not be opened, for the message */
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
	diag_add(s->tree->diag, DIAG_ERROR, "output-foreign", DIAG_AT(place, 0, 0), STR_NONE,
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

/* A folder that cannot be looked into is no reason to call it foreign. */
static int scan_child(struct scan *s, int dir, const char *name, const char *path)
{
	int fd = -1;
	if (s->depth >= SCAN_DEPTH) {
		add_foreign(s, path);
		return 0;
	}
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		return scan_folder(s, fd, path);
	s->at = arena_strdup(&s->arena, path);
	return -1;
}

static int scan_entry(struct scan *s, int dir, const struct dirent *e, const char *path)
{
	if (is_kind(dir, e, S_IFDIR))
		return scan_child(s, dir, e->d_name, path);
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

static bool is_itself(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool skipped(const struct scan *s, const char *path)
{
	if (s->depth > 2)
		return false;
	return strcmp(path, MANIFEST_NAME) == 0 || manifest_unit(&s->tree->old, str_of(path));
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
		if (s->foreign > TREE_FOREIGN_SHOWN || is_itself(e->d_name))
			continue;
		const char *child =
		    *path ? arena_printf(&s->arena, "%s/%s", path, e->d_name) : e->d_name;
		if (!skipped(s, child))
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

enum tree_status tree_scan(struct tree *t)
{
	struct manifest_unit none = {.id = STR(TREE_TOP)};
	bool top_listed = manifest_unit(&t->old, STR(TREE_TOP));
	size_t foreign = 0;
	int status = 0;
	for (size_t i = 0; !status && i < t->old.nunits + !top_listed; i++) {
		struct scan s = {.tree = t, .arena = ARENA_INIT, .foreign = foreign, .at = ""};
		s.listed = (struct map)MAP_INIT(&s.arena);
		status = scan_unit(&s, i < t->old.nunits ? &t->old.units[i] : &none);
		if (status)
			tree_complain(t, t->diag, s.at);
		foreign = s.foreign;
		arena_clear(&s.arena);
	}
	if (status)
		return TREE_FAILED;
	if (foreign > TREE_FOREIGN_SHOWN)
		diag_add(t->diag, DIAG_ERROR, "output-foreign", DIAG_AT(t->path, 0, 0), STR_NONE,
		    NULL, _("there are more files here that vidno did not make"));
	return foreign ? TREE_FOREIGN : TREE_OK;
}

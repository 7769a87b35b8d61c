/*
 * Every path is opened through sys/beneath, which alone decides what is
 * inside. A file is opened without waiting (a named pipe must not stop the
 * build), looked at, and only then read in one go. A folder is read whole,
 * sorted, and closed before its children are visited, so the number of open
 * descriptors does not grow with the tree. A root of another source is asked
 * by its table; the walk is the same for all.
 */
#include "sys/file.h"

#include "base/intl.h"
#include "sys/beneath.h"
#include "sys/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum file_status file_status_of(int code)
{
	switch (code) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG:
		return FILE_MISSING;
	case EXDEV:
		return FILE_OUTSIDE;
	case EISDIR:
	case ENXIO:
	case ENODEV:
	case ELOOP: /* a link to itself */
		return FILE_WRONG_KIND;
	case EACCES:
	case EPERM:
		return FILE_DENIED;
	case EEXIST:
		return FILE_EXISTS;
	default:
		return FILE_FAILED;
	}
}

enum file_status root_open(struct root *r, const char *path)
{
	*r = (struct root)ROOT_INIT;
	r->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (r->fd < 0)
		return errno == ENOTDIR ? FILE_WRONG_KIND : file_status_of(errno);
	r->path = xstrdup(path);
	return FILE_OK;
}

void root_close(struct root *r)
{
	if (r->source)
		r->source->close(r);
	fd_close(r->fd);
	free(r->path);
	*r = (struct root)ROOT_INIT;
}

static enum file_status read_open(struct str *out, struct arena *a, int fd, size_t max)
{
	struct stat st;
	if (fstat(fd, &st))
		return FILE_FAILED;
	if (!S_ISREG(st.st_mode))
		return FILE_WRONG_KIND;
	if (st.st_size < 0 || (uint64_t)st.st_size > max)
		return FILE_TOO_LARGE;
	size_t size = (size_t)st.st_size;
	char *bytes = arena_alloc(a, size + 1);
	ssize_t got = fd_read(fd, bytes, size);
	if (got < 0)
		return FILE_FAILED;
	/* It may have been cut while we read. */
	bytes[got] = '\0';
	*out = (struct str){bytes, (size_t)got};
	return FILE_OK;
}

enum file_status file_read(
    struct str *out, struct arena *a, const struct root *r, const char *path, size_t max)
{
	*out = (struct str){"", 0};
	if (r->source)
		return r->source->read(out, a, r, path, max);
	int fd = beneath_open(r->fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return file_status_of(errno);
	enum file_status status = read_open(out, a, fd, max);
	fd_close(fd);
	return status;
}

static enum file_kind kind_of(mode_t mode)
{
	return S_ISREG(mode) ? FILE_REGULAR : S_ISDIR(mode) ? FILE_FOLDER : FILE_OTHER;
}

enum file_status file_look(struct file_info *out, const struct root *r, const char *path)
{
	struct stat st;
	*out = (struct file_info){.kind = FILE_OTHER};
	if (r->source)
		return r->source->look(out, r, path);
	int fd = beneath_open(r->fd, path, O_PATH);
	if (fd < 0)
		return file_status_of(errno);
	int failed = fstat(fd, &st);
	fd_close(fd);
	if (failed)
		return FILE_FAILED;
	out->kind = kind_of(st.st_mode);
	out->size = (uint64_t)st.st_size;
	out->mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	return FILE_OK;
}

/* -- folders ---------------------------------------------------------------- */

static const char *join(struct arena *a, const char *folder, const char *name)
{
	return *folder ? arena_printf(a, "%s/%s", folder, name) : arena_strdup(a, name);
}

/* Links, and file systems that do not tell the kind, need a look. */
static struct file_entry entry_of(
    struct arena *a, const struct root *r, const char *folder, const struct dirent *d)
{
	struct file_entry e = {.name = arena_strdup(a, d->d_name), .kind = FILE_OTHER};
	if (d->d_type == DT_REG || d->d_type == DT_DIR) {
		e.kind = d->d_type == DT_REG ? FILE_REGULAR : FILE_FOLDER;
	} else if (d->d_type == DT_LNK || d->d_type == DT_UNKNOWN) {
		struct file_info info;
		e.status = file_look(&info, r, join(a, folder, d->d_name));
		e.kind = info.kind;
	}
	return e;
}

static int by_name(const void *x, const void *y)
{
	const struct file_entry *a = x, *b = y;
	return strcmp(a->name, b->name);
}

void file_sort(struct file_entries *entries)
{
	if (entries->count)
		qsort(entries->items, entries->count, sizeof(*entries->items), by_name);
}

/* Closes fd. */
static enum file_status read_folder(
    struct file_entries *out, struct arena *a, const struct root *r, const char *path, int fd)
{
	size_t cap = 0;
	DIR *d = fdopendir(fd);
	if (!d) {
		fd_close(fd);
		return FILE_FAILED;
	}
	enum file_status status = FILE_OK;
	for (struct dirent *e; !status && (errno = 0, e = readdir(d));) {
		if (e->d_name[0] == '.')
			continue;
		if (out->count == FILE_ENTRIES) {
			status = FILE_TOO_LARGE;
			break;
		}
		out->items = arena_grow(a, out->items, out->count, &cap, sizeof(*out->items));
		out->items[out->count++] = entry_of(a, r, path, e);
	}
	if (!status && errno)
		status = FILE_FAILED;
	int saved = errno;
	closedir(d);
	errno = saved;
	file_sort(out);
	return status;
}

static enum file_status list_folder(struct file_entries *out, struct file_number *number,
    struct arena *a, const struct root *r, const char *path)
{
	struct stat st;
	*out = (struct file_entries){NULL, 0};
	if (r->source)
		return r->source->list(out, number, a, r, path);
	int fd = beneath_open(r->fd, path, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return errno == ENOTDIR ? FILE_WRONG_KIND : file_status_of(errno);
	if (fstat(fd, &st)) {
		fd_close(fd);
		return FILE_FAILED;
	}
	*number = (struct file_number){st.st_dev, st.st_ino};
	return read_folder(out, a, r, path, fd);
}

enum file_status file_list(
    struct file_entries *out, struct arena *a, const struct root *r, const char *path)
{
	struct file_number number;
	return list_folder(out, &number, a, r, path);
}

/* The folders being walked, innermost first. */
struct level {
	const struct level *above;
	struct file_number number;
	int depth;
};

struct walker {
	const struct root *root;
	file_visitor *visit;
	void *payload;
	size_t left; /* entries that may still come */
};

static bool walked(const struct level *l, struct file_number n)
{
	for (; l; l = l->above)
		if (l->number.number == n.number && l->number.device == n.device)
			return true;
	return false;
}

static enum file_status walk_entries(struct walker *w, struct arena *a, const char *folder,
    const struct file_entries *entries, const struct level *level);

static enum file_status walk_entry(
    struct walker *w, const char *path, struct file_entry *e, const struct level *level)
{
	struct arena a = ARENA_INIT;
	struct file_entries inside = {NULL, 0};
	struct level next = {level, {0, 0}, level->depth + 1};
	enum file_status status = FILE_OK;
	if (w->left == 0)
		return FILE_TOO_LARGE;
	w->left--;
	if (!e->status && e->kind == FILE_FOLDER)
		e->status = level->depth >= FILE_DEPTH
		    ? FILE_TOO_LARGE
		    : list_folder(&inside, &next.number, &a, w->root, path);
	if (w->visit(w->payload, path, e))
		status = FILE_FAILED;
	else if (!e->status && !walked(level, next.number))
		status = walk_entries(w, &a, path, &inside, &next);
	arena_clear(&a);
	return status;
}

/* The paths are put into the arena of the entries. */
static enum file_status walk_entries(struct walker *w, struct arena *a, const char *folder,
    const struct file_entries *entries, const struct level *level)
{
	enum file_status status = FILE_OK;
	for (size_t i = 0; !status && i < entries->count; i++)
		status = walk_entry(
		    w, join(a, folder, entries->items[i].name), &entries->items[i], level);
	return status;
}

enum file_status file_walk(
    const struct root *r, const char *path, file_visitor *visit, void *payload)
{
	struct arena a = ARENA_INIT;
	struct file_entries entries;
	struct walker w = {r, visit, payload, FILE_ENTRIES};
	struct level top = {NULL, {0, 0}, 1};
	enum file_status status = list_folder(&entries, &top.number, &a, r, path);
	if (!status)
		status = walk_entries(&w, &a, path, &entries, &top);
	arena_clear(&a);
	return status;
}

/* -- creating ----------------------------------------------------------------- */

/* Makes and opens the next folder of the way; closes the one before. */
static int descend(int dir, const char *name)
{
	struct stat st;
	if (strcmp(name, "..") == 0) {
		fd_close(dir);
		errno = EXDEV;
		return -1;
	}
	int fd = -1;
	if (mkdirat(dir, name, 0777) == 0 || errno == EEXIST) {
		fd = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0 && errno == ENOTDIR && !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
			errno = S_ISLNK(st.st_mode) ? EXDEV : EEXIST;
	}
	fd_close(dir);
	return fd;
}

enum file_status file_create(const struct root *r, const char *path, struct str bytes)
{
	struct arena a = ARENA_INIT;
	struct str rest = str_of(path), part;
	if (r->source)
		return FILE_DENIED;
	int dir = openat(r->fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	const char *name = NULL;
	if (*path == '/') {
		fd_close(dir);
		return FILE_OUTSIDE;
	}
	while (dir >= 0 && str_next(&rest, '/', &part)) {
		if (part.n == 0 || str_is(part, "."))
			continue;
		if (name)
			dir = descend(dir, name);
		name = arena_strndup(&a, part.p, part.n);
	}
	int failed = -1;
	if (dir >= 0 && (!name || strcmp(name, "..") == 0))
		errno = EXDEV;
	else if (dir >= 0)
		failed = fd_create(dir, name, 0666, bytes.p, bytes.n);
	enum file_status status = failed ? file_status_of(errno) : FILE_OK;
	fd_close(dir);
	arena_clear(&a);
	return status;
}

/* -- words ---------------------------------------------------------------------- */

static void complain_size(struct diag *diag, const char *path, size_t max)
{
	const char *remedy =
	    _("See whether this is the right file; split it, or remove what is not needed.");
	struct diag_place at = DIAG_AT(path, 0, 0);
	if (max >= 1024 * 1024)
		diag_add(diag, DIAG_ERROR, "file-too-large", at, STR_NONE, remedy,
		    _("the file is larger than %zu MB, the most that is read"),
		    max / (1024 * 1024));
	else if (max)
		diag_add(diag, DIAG_ERROR, "file-too-large", at, STR_NONE, remedy,
		    _("the file is larger than %zu bytes, the most that is read"), max);
	else
		diag_add(diag, DIAG_ERROR, "file-too-large", at, STR_NONE,
		    _("Move files to other folders, or remove what is not needed."),
		    _("the folder holds too many files, or too many folders in each other"));
}

struct words {
	const char *rule, *text, *remedy;
};

static const struct words words[] = {
    [-FILE_MISSING] = {"file-missing", N_("there is no such file"),
        N_("Put the file there, or correct its name where it is referred to; capital and small letters differ.")},
    [-FILE_OUTSIDE] = {"file-outside", N_("this leads out of the site's folder"),
        N_("Copy the file into the site instead of linking to it.")},
    [-FILE_WRONG_KIND] = {"file-kind", N_("this is not a file of the kind that is expected here"),
        N_("Put an ordinary file there (or a folder, where a folder is expected).")},
    [-FILE_DENIED] = {"file-denied", N_("you have no right to open this"),
        N_("Ask the owner of the file for the right to read it, or the administrator to change its owner.")},
    [-FILE_EXISTS] = {"file-exists", N_("this exists already and is not overwritten"),
        N_("Choose another name, or move the old one away.")},
};

void file_complain(struct diag *diag, enum file_status status, const char *path, size_t max)
{
	struct diag_place at = DIAG_AT(path, 0, 0);
	char reason[128];
	if (status == FILE_OK)
		return;
	if (status == FILE_TOO_LARGE) {
		complain_size(diag, path, max);
	} else if (status == FILE_FAILED) {
		bool many = errno == EMFILE || errno == ENFILE;
		const char *said = strerror_r(errno, reason, sizeof(reason));
		diag_add(diag, DIAG_ERROR, "file-failed", at, STR_NONE,
		    many ? _("Run it with fewer jobs, or ask for a higher limit of open files.")
		         : _("See whether the disk is full or damaged, and try again."),
		    _("cannot be read or written: %s"), said);
	} else {
		const struct words *w = &words[-status];
		diag_add(diag, DIAG_ERROR, w->rule, at, STR_NONE, _(w->remedy), "%s", _(w->text));
	}
}

/*
 * Files come one by one and are compared with the live ones at once. As long
 * as all are the same nothing is written, not even a folder; only their names
 * are kept. The first that differs opens a folder in staging, where it and
 * every later difference is written. At the commit the files that were the
 * same are linked into that folder, which makes it whole.
 *
 * The top-level pages and the assets have no folder of their own to exchange:
 * of them only what differs is staged, and nothing is linked.
 */
#include "sys/tree_parts.h"

#include "base/intl.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMPARE_SIZE = 64 * 1024 };

/* -- the tree -------------------------------------------------------------------- */

static struct tree_unit *new_unit(
    struct tree *t, enum tree_kind kind, const char *id, struct diag *diag)
{
	struct tree_unit *u = xmalloc(sizeof(*u));
	*u = (struct tree_unit){
	    .tree = t,
	    .diag = diag,
	    .id = xstrdup(id),
	    .kind = kind,
	    .live = -1,
	    .stage = -1,
	    .lines = BUF_INIT(MANIFEST_SIZE),
	    .fresh = BUF_INIT(MANIFEST_SIZE),
	};
	u->files = (struct map)MAP_INIT(&u->arena);
	u->live = openat(
	    t->root, kind == UNIT_FOLDER ? id : ".", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return u;
}

/* What is needed only while files come. */
static void close_unit(struct tree_unit *u)
{
	fd_close(u->live);
	fd_close(u->stage);
	u->live = u->stage = -1;
	arena_clear(&u->arena);
	u->files = (struct map)MAP_INIT(&u->arena);
	free(u->compare);
	u->compare = NULL;
}

static void free_unit(struct tree_unit *u)
{
	if (!u)
		return;
	close_unit(u);
	buf_clear(&u->lines);
	buf_clear(&u->fresh);
	free(u->fingerprint);
	free(u->id);
	free(u);
}

static void free_tree(struct tree *t)
{
	free_unit(t->assets);
	while (t->units) {
		struct tree_unit *u = t->units;
		t->units = u->next;
		free_unit(u);
	}
	tree_release(t);
}

enum tree_status tree_begin(struct tree **out, const char *path, unsigned flags, struct diag *diag)
{
	struct tree *t = xmalloc(sizeof(*t));
	*t = (struct tree){.path = xstrdup(path), .flags = flags, .root = -1, .diag = diag};
	size_t len = strlen(path);
	while (len > 1 && t->path[len - 1] == '/')
		t->path[--len] = '\0';
	t->begun = (struct map)MAP_INIT(&t->arena);
	pthread_mutex_init(&t->lock, NULL);
	pthread_mutex_init(&t->assets_lock, NULL);
	enum tree_status status = tree_open(t);
	if (!status) {
		t->assets = new_unit(t, UNIT_ASSETS, "assets", &t->assets_diag);
		*out = t;
	} else {
		tree_release(t);
		*out = NULL;
	}
	return status;
}

void tree_abandon(struct tree *t)
{
	if (t)
		free_tree(t);
}

const char *tree_label(const struct tree *t)
{
	return t->label;
}

void tree_set_label(struct tree *t, const char *label)
{
	if (manifest_fingerprint_ok(str_of(label)))
		t->label = arena_strdup(&t->arena, label);
}

const char *tree_fingerprint(struct tree *t, const char *id)
{
	const struct manifest_unit *u = manifest_unit(&t->old, str_of(id));
	if (!u || !u->whole || !u->fingerprint.n)
		return NULL;
	pthread_mutex_lock(&t->lock);
	const char *text = arena_strndup(&t->arena, u->fingerprint.p, u->fingerprint.n);
	pthread_mutex_unlock(&t->lock);
	return text;
}

/* -- units ----------------------------------------------------------------------- */

struct tree_unit *tree_unit_begin(struct tree *t, const char *id, struct diag *diag)
{
	if (!manifest_id_ok(str_of(id))) {
		diag_add(diag, DIAG_ERROR, "output-path", DIAG_NOWHERE, str_of(id),
		    _("Rename the folder: Latin letters, digits and hyphens."),
		    _("this cannot be the name of a folder on the site"));
		return NULL;
	}
	enum tree_kind kind = strcmp(id, TREE_TOP) == 0 ? UNIT_TOP : UNIT_FOLDER;
	struct tree_unit *u = new_unit(t, kind, id, diag);
	pthread_mutex_lock(&t->lock);
	struct map_entry *e = map_entry(&t->begun, str_of(id));
	bool known = e->value;
	if (!known) {
		e->value = u;
		u->next = t->units;
		t->units = u;
	}
	pthread_mutex_unlock(&t->lock);
	if (known) {
		diag_add(diag, DIAG_ERROR, "output-path", DIAG_NOWHERE, STR_NONE,
		    _("Give each department a folder of its own."),
		    _("two departments want the folder %s on the site"), id);
		free_unit(u);
		return NULL;
	}
	return u;
}

int tree_unit_keep(struct tree *t, const char *id)
{
	if (!manifest_unit(&t->old, str_of(id)))
		return -1;
	struct tree_unit *u = tree_unit_begin(t, id, t->diag);
	if (!u)
		return -1;
	u->state = UNIT_KEPT;
	close_unit(u);
	return 0;
}

void tree_unit_abandon(struct tree_unit *u)
{
	if (!u || u->state != UNIT_OPEN)
		return;
	u->state = UNIT_ABANDONED;
	close_unit(u);
}

static const char *stage_name(struct tree_unit *u)
{
	return u->kind == UNIT_FOLDER ? tree_staged(&u->arena, "new", u->id)
	    : u->kind == UNIT_TOP     ? TREE_STAGING "/top"
	                              : TREE_STAGING "/assets";
}

static int open_stage(struct tree_unit *u)
{
	struct tree *t = u->tree;
	if (u->stage >= 0)
		return 0;
	if (tree_make_staging(t))
		return -1;
	const char *path = stage_name(u);
	if (mkdirat(t->root, path, 0777))
		return -1;
	u->stage = openat(t->root, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	u->changed = true;
	return u->stage < 0 ? -1 : 0;
}

/* -- files ----------------------------------------------------------------------- */

static bool same_bytes(struct tree_unit *u, int fd, struct str bytes)
{
	if (!u->compare)
		u->compare = xmalloc(COMPARE_SIZE);
	for (size_t at = 0; at < bytes.n;) {
		size_t wanted = bytes.n - at < COMPARE_SIZE ? bytes.n - at : COMPARE_SIZE;
		ssize_t got = fd_read(fd, u->compare, wanted);
		if (got < 0 || (size_t)got != wanted ||
		    memcmp(u->compare, bytes.p + at, wanted) != 0)
			return false;
		at += wanted;
	}
	return true;
}

/* Opened first, since of what is there most has not changed. */
static bool same_as_live(struct tree_unit *u, const char *path, struct str bytes)
{
	struct stat st;
	if (u->live < 0)
		return false;
	int fd = openat(u->live, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0 &&
	    (size_t)st.st_size == bytes.n && same_bytes(u, fd, bytes);
	close(fd);
	return same;
}

/* A page has a folder of its own, which is made first; that of another file is
 * there already more often than not. */
static int write_file(struct tree_unit *u, const char *path, struct str bytes)
{
	if (open_stage(u))
		return -1;
	if (str_ends(str_of(path), "/index.html") && fd_make_parents(u->stage, path))
		return -1;
	if (fd_create(u->stage, path, 0666, bytes.p, bytes.n) == 0)
		return 0;
	if (errno != ENOENT || fd_make_parents(u->stage, path))
		return -1;
	return fd_create(u->stage, path, 0666, bytes.p, bytes.n);
}

static int refuse(struct tree_unit *u, const char *path, const char *text)
{
	diag_add(u->diag, DIAG_ERROR, "output-path", DIAG_NOWHERE, str_of(path),
	    _("Rename one of the files or rows that this page is made of."), "%s", text);
	return -1;
}

static int add_file(struct tree_unit *u, const char *path, struct str bytes)
{
	struct str key = str_of(path);
	if (!manifest_path_ok(key))
		return refuse(u, path, _("this cannot be the path of a page on the site"));
	struct map_entry *e = map_entry(&u->files, key);
	if (e->value)
		return refuse(u, path, _("two pages want this same path on the site"));
	bool same = same_as_live(u, path, bytes);
	e->value = &u->marks[same ? 0 : 1];
	if (!same && write_file(u, path, bytes)) {
		tree_complain(u->tree, u->diag,
		    arena_printf(&u->arena, "%s/%s", u->kind == UNIT_FOLDER ? u->id : ".", path));
		return -1;
	}
	manifest_add_file(&u->lines, key);
	if (!same && u->kind != UNIT_FOLDER)
		manifest_add_file(&u->fresh, key);
	u->count++;
	u->written += !same;
	return 0;
}

int tree_unit_file(struct tree_unit *u, const char *path, struct str bytes)
{
	if (u->failed || u->state != UNIT_OPEN)
		return -1;
	u->failed = add_file(u, path, bytes) != 0;
	return u->failed ? -1 : 0;
}

int tree_asset(struct tree *t, const char *path, struct str bytes)
{
	struct tree_unit *u = t->assets;
	pthread_mutex_lock(&t->assets_lock);
	int status = 0;
	/* Many departments bring the same ones. */
	if (!map_get(&u->files, str_of(path)))
		status = tree_unit_file(u, path, bytes);
	else if (u->failed)
		status = -1;
	pthread_mutex_unlock(&t->assets_lock);
	return status;
}

/* -- commit ---------------------------------------------------------------------- */

/* For file systems without hard links, and for files of another owner. */
static int copy_file(struct tree_unit *u, const char *path)
{
	struct stat st;
	int status = -1;
	char *bytes = NULL;
	int fd = openat(u->live, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st))
		goto out;
	bytes = xmalloc((size_t)st.st_size);
	ssize_t got = fd_read(fd, bytes, (size_t)st.st_size);
	if (got >= 0)
		status = write_file(u, path, (struct str){bytes, (size_t)got});
out:
	free(bytes);
	fd_close(fd);
	return status;
}

static int link_file(struct tree_unit *u, const char *path)
{
	for (int tries = 0; tries < 2; tries++) {
		if (linkat(u->live, path, u->stage, path, 0) == 0)
			return 0;
		if (errno != ENOENT || fd_make_parents(u->stage, path))
			break;
	}
	if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK)
		return copy_file(u, path);
	return -1;
}

static int link_files(struct tree_unit *u)
{
	for (size_t i = 0; i < u->files.count; i++) {
		const struct map_entry *e = &u->files.entries[i];
		if (e->value != &u->marks[0])
			continue;
		const char *path = arena_strndup(&u->arena, e->key.p, e->key.n);
		if (link_file(u, path)) {
			tree_complain(
			    u->tree, u->diag, arena_printf(&u->arena, "%s/%s", u->id, path));
			return -1;
		}
	}
	return 0;
}

static int make_whole(struct tree_unit *u)
{
	const struct manifest_unit *old = manifest_unit(&u->tree->old, str_of(u->id));
	if (u->kind != UNIT_FOLDER)
		return 0;
	/* All the same and as many as before: the live folder is what we want. */
	if (u->stage < 0 && u->live >= 0 && old && old->whole && old->count == u->count)
		return 0;
	if (open_stage(u)) {
		tree_complain(u->tree, u->diag, u->id);
		return -1;
	}
	return link_files(u);
}

int tree_unit_commit(struct tree_unit *u, const char *fingerprint)
{
	int status = u->failed || u->state != UNIT_OPEN ? -1 : make_whole(u);
	if (!status && (buf_err(&u->lines) || buf_err(&u->fresh)))
		status = refuse(u, u->id, _("there are too many pages"));
	if (status) {
		tree_unit_abandon(u);
		return -1;
	}
	if (fingerprint && manifest_fingerprint_ok(str_of(fingerprint)))
		u->fingerprint = xstrdup(fingerprint);
	u->state = UNIT_READY;
	close_unit(u);
	return 0;
}

enum tree_status tree_end(struct tree *t, enum tree_scope scope, struct tree_report *report)
{
	enum tree_status status = tree_switch(t, scope, report);
	if (status == TREE_OK)
		t->made = 0;
	free_tree(t);
	return status;
}

/*
 * Three folders are walked: the archetype, and of the shipped site its shared
 * tables and its methods. In a checkout they lie beside build/, installed
 * under share/vidno/.
 */
#include "job/scaffold.h"

#include "base/intl.h"
#include "job/build.h"
#include "job/shipped.h"
#include "sys/file.h"
#include "sys/fd.h"
#include "text/normalise.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARCHETYPE_BYTES = 1024 * 1024 };

struct copy {
	const struct scaffold_options *o;
	const char *title;
	struct arena arena;
	struct root from, to;
	size_t place; /* of what is shipped */
	bool made;    /* the folder did not exist */
	struct diag *diag;
	bool shared;  /* only what all departments share */
	bool ignores; /* .gitignore is ours */
	int err;
};

static struct str fill(struct arena *a, struct str text, const char *mark, const char *value)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	size_t len = strlen(mark), at = 0;
	while (at < text.n) {
		const char *hit = memmem(text.p + at, text.n - at, mark, len);
		size_t end = hit ? (size_t)(hit - text.p) : text.n;
		buf_add(&out, text.p + at, end - at);
		if (hit)
			buf_adds(&out, value);
		at = end + (hit ? len : 0);
	}
	struct str filled = {arena_strndup(a, out.data, out.len), out.len};
	buf_clear(&out);
	return filled;
}

static struct str fill_all(struct copy *c, struct str text)
{
	text = fill(&c->arena, text, "@ID@", c->o->department);
	return fill(&c->arena, text, "@TITLE@", c->title);
}

static int copy_file(void *payload, const char *path, const struct file_entry *entry)
{
	struct copy *c = payload;
	struct str bytes;
	if (entry->kind == FILE_FOLDER)
		return 0;
	enum file_status status = file_read(&bytes, &c->arena, &c->from, path, ARCHETYPE_BYTES);
	if (status == FILE_OK) {
		const char *target = path;
		if (!c->shared) {
			target = fill_all(c, str_of(target)).p;
			bytes = fill_all(c, bytes);
		}
		status = file_create(&c->to, target, bytes);
	}
	if (status != FILE_OK) {
		file_complain(c->diag, status, path, ARCHETYPE_BYTES);
		c->err = -1;
		return -1;
	}
	return 0;
}

/* Finds the place that holds an archetype. */
static void copy_archetype(struct copy *c)
{
	enum file_status status = FILE_MISSING;
	for (c->place = 0; c->place < SHIPPED_PLACES; c->place++) {
		const char *path =
		    shipped_place(&c->arena, c->place, "../generator/archetype", "vidno/archetype");
		if ((status = root_open(&c->from, path)) == FILE_OK)
			break;
	}
	if (status != FILE_OK) {
		diag_add(c->diag, DIAG_ERROR, "new-archetype", DIAG_NOWHERE,
		    str_of("share/vidno/archetype"),
		    _("Install the program again with: make install"),
		    _("the files that a new site is made of are not beside the program"));
		c->err = -1;
		return;
	}
	file_walk(&c->from, "", copy_file, c);
	root_close(&c->from);
}

/* What all departments share, from the same place. */
static void copy_shared(struct copy *c)
{
	static const char *const folders[] = {"content/methods", "data/methods"};
	static const char *const files[] = {"data/procedures.csv", "data/metrics.csv",
	    "data/audit-words.csv", "data/audit-checklist.csv", "data/audit-order-1493.csv",
	    "data/audit-signatures.csv", "data/exam-days.csv"};
	const struct file_entry file = {.kind = FILE_REGULAR, .status = FILE_OK};
	const char *path = c->err ? NULL : shipped_place(&c->arena, c->place, "..", "vidno");
	if (!path)
		return;
	enum file_status status = root_open(&c->from, path);
	if (status != FILE_OK) {
		file_complain(c->diag, status, path, 0);
		c->err = -1;
		return;
	}
	c->shared = true;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files) && !c->err; i++)
		copy_file(c, files[i], &file);
	for (size_t i = 0; i < 2 && !c->err; i++)
		file_walk(&c->from, folders[i], copy_file, c);
	root_close(&c->from);
}

#define IGNORED ".gitignore"

/* What the program makes is not kept in git. One that is there is somebody's. */
static void ignore_output(struct copy *c)
{
	enum file_status status = c->err
	    ? FILE_EXISTS
	    : file_create(&c->to, IGNORED, STR("/public/\n/internal/\n/audits/\n"));
	if (status == FILE_OK) {
		c->ignores = true;
	} else if (status != FILE_EXISTS) {
		file_complain(c->diag, status, IGNORED, 0);
		c->err = -1;
	}
}

/* The target: made when it is not there, and empty. */
static int open_target(struct copy *c)
{
	struct file_entries entries = {0};
	const char *folder = c->o->folder;
	c->made = mkdir(folder, 0777) == 0;
	if (!c->made && errno != EEXIST) {
		diag_add(c->diag, DIAG_ERROR, "new-folder", DIAG_NOWHERE, str_of(folder),
		    _("Look whether the folder above it exists and may be written to."),
		    _("the folder cannot be made"));
		return -1;
	}
	enum file_status status = root_open(&c->to, folder);
	if (status == FILE_OK)
		status = file_list(&entries, &c->arena, &c->to, "");
	if (status != FILE_OK) {
		file_complain(c->diag, status, folder, 0);
		return -1;
	}
	if (entries.count == 0)
		return 0;
	diag_add(c->diag, DIAG_ERROR, "new-not-empty", DIAG_NOWHERE, str_of(folder),
	    _("Give the name of a folder that does not exist yet."),
	    _("there is something in this folder; nothing was changed"));
	return -1;
}

static int check_id(struct copy *c)
{
	struct str slug = normalise_slug(&c->arena, str_of(c->o->department));
	if (slug.n && str_is(slug, c->o->department))
		return 0;
	const char *remedy =
	    slug.n ? arena_printf(&c->arena, _("Try: --department %s"), slug.p) : "";
	diag_add(c->diag, DIAG_ERROR, "new-id", DIAG_NOWHERE, str_of(c->o->department), remedy,
	    _("the id of a department is made of a-z, 0-9 and dashes: it stands in addresses"));
	return -1;
}

/* A half-made site would be taken for somebody's work by the next try. */
static void take_back(struct copy *c)
{
	struct file_entries entries = {0};
	file_list(&entries, &c->arena, &c->to, "");
	for (size_t i = 0; i < entries.count; i++)
		fd_remove(AT_FDCWD,
		    arena_printf(&c->arena, "%s/%s", c->o->folder, entries.items[i].name));
	if (c->ignores)
		fd_remove(AT_FDCWD, arena_printf(&c->arena, "%s/" IGNORED, c->o->folder));
	if (c->made)
		rmdir(c->o->folder);
}

int scaffold_run(const struct scaffold_options *o, struct diag *diag)
{
	struct copy c = {.o = o,
	    .title = o->title ? o->title : "Отдел образования",
	    .arena = ARENA_INIT,
	    .from = ROOT_INIT,
	    .to = ROOT_INIT,
	    .diag = diag};
	int status = BUILD_PROBLEMS;
	if (check_id(&c) == 0 && open_target(&c) == 0) {
		copy_archetype(&c);
		copy_shared(&c);
		ignore_output(&c);
		status = c.err ? BUILD_SYSTEM : BUILD_OK;
		if (c.err)
			take_back(&c);
	}
	root_close(&c.from);
	root_close(&c.to);
	arena_clear(&c.arena);
	return status;
}

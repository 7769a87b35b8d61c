/*
 * The files of the default theme are listed first, those wanted are chosen,
 * and only when all is well is anything written: a half-made theme would
 * still work, and nobody would see what is missing.
 */
#include "job/theme_copy.h"

#include "base/intl.h"
#include "job/build.h"
#include "job/shipped.h"
#include "sys/file.h"
#include "text/normalise.h"

#include <string.h>

enum { FILES_MAX = 512, FILE_BYTES = 1024 * 1024 };

struct copy {
	const struct theme_copy_options *o;
	struct arena arena;
	struct root from, to;
	const char *paths[FILES_MAX + 1]; /* of the default theme; NULL at the end */
	bool wanted[FILES_MAX];
	size_t count;
	struct diag *diag;
};

/* Files beside the folders are about the theme, not of it. */
static int list_file(void *payload, const char *path, const struct file_entry *entry)
{
	struct copy *c = payload;
	if (entry->kind == FILE_REGULAR && strchr(path, '/') && c->count < FILES_MAX)
		c->paths[c->count++] = arena_strdup(&c->arena, path);
	return 0;
}

static int open_default(struct copy *c)
{
	for (size_t i = 0; i < SHIPPED_PLACES; i++) {
		const char *path =
		    shipped_place(&c->arena, i, "../themes/default", "vidno/themes/default");
		if (root_open(&c->from, path) != FILE_OK)
			continue;
		file_walk(&c->from, "", list_file, c);
		if (c->count)
			return 0;
		root_close(&c->from);
	}
	diag_add(c->diag, DIAG_ERROR, "new-theme-default", DIAG_NOWHERE,
	    str_of("share/vidno/themes/default"), _("Install the program again with: make install"),
	    _("the default theme is not beside the program"));
	return -1;
}

static int check_name(struct copy *c)
{
	struct str slug = normalise_slug(&c->arena, str_of(c->o->name));
	const char *remedy = slug.n ? arena_printf(&c->arena, _("Try: %s"), slug.p) : "";
	if (!slug.n || !str_is(slug, c->o->name)) {
		diag_add(c->diag, DIAG_ERROR, "new-theme-name", DIAG_NOWHERE, str_of(c->o->name),
		    remedy, _("the name of a theme is made of a-z, 0-9 and dashes"));
		return -1;
	}
	if (strcmp(c->o->name, "default") != 0)
		return 0;
	diag_add(c->diag, DIAG_ERROR, "new-theme-name", DIAG_NOWHERE, str_of(c->o->name),
	    _("Give your theme a name of its own."),
	    _("this is the name of the theme that comes with the program"));
	return -1;
}

static int open_site(struct copy *c)
{
	struct file_info info;
	enum file_status status = root_open(&c->to, c->o->site);
	if (status == FILE_OK && file_look(&info, &c->to, "content/site.yaml") == FILE_OK)
		return 0;
	if (status != FILE_OK && status != FILE_MISSING)
		file_complain(c->diag, status, c->o->site, 0);
	else
		diag_add(c->diag, DIAG_ERROR, "site-missing", DIAG_AT("content/site.yaml", 0, 0),
		    (struct str){NULL, 0},
		    _("Name the folder of a site with --site, or make a new one with: vidno new FOLDER"),
		    _("this folder is not a site: it has no content/site.yaml"));
	return -1;
}

/* "school", "school.mustache" and "templates/school.mustache" are one file. */
static bool is_called(const char *path, const char *name)
{
	const char *base = strrchr(path, '/') + 1;
	const char *dot = strrchr(base, '.');
	size_t len = dot ? (size_t)(dot - base) : strlen(base);
	if (strcmp(path, name) == 0)
		return true;
	return strncmp(path, "templates/", strlen("templates/")) == 0 &&
	    (strcmp(base, name) == 0 || (strlen(name) == len && strncmp(base, name, len) == 0));
}

static int choose(struct copy *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (is_called(c->paths[i], name)) {
			c->wanted[i] = true;
			return 0;
		}
	const char *full =
	    strchr(name, '/') ? name : arena_printf(&c->arena, "templates/%s.mustache", name);
	const char *nearest = str_nearest(full, c->paths);
	diag_add(c->diag, DIAG_ERROR, "new-theme-file", DIAG_NOWHERE, str_of(name),
	    nearest ? arena_printf(&c->arena, _("Did you mean %s?"), nearest)
	            : _("Look at the names in themes/README.md."),
	    _("the default theme has no such file"));
	return -1;
}

static int choose_all(struct copy *c)
{
	int err = 0;
	for (size_t i = 0; i < c->o->nfiles; i++)
		err |= choose(c, c->o->files[i]);
	for (size_t i = 0; i < c->count && !c->o->nfiles; i++)
		c->wanted[i] = true;
	return err;
}

static const char *target(struct copy *c, size_t i)
{
	return arena_printf(&c->arena, "themes/%s/%s", c->o->name, c->paths[i]);
}

static int check_targets(struct copy *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct file_info info;
		const char *path = c->wanted[i] ? target(c, i) : NULL;
		if (!path || file_look(&info, &c->to, path) == FILE_MISSING)
			continue;
		diag_add(c->diag, DIAG_ERROR, "new-theme-exists", DIAG_NOWHERE, str_of(path),
		    _("Name the files that you want beside it, or remove it first."),
		    _("this file is there already; nothing was changed"));
		return -1;
	}
	return 0;
}

static int copy_files(struct copy *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct str bytes;
		if (!c->wanted[i])
			continue;
		enum file_status status =
		    file_read(&bytes, &c->arena, &c->from, c->paths[i], FILE_BYTES);
		if (status == FILE_OK)
			status = file_create(&c->to, target(c, i), bytes);
		if (status == FILE_OK)
			continue;
		file_complain(c->diag, status, target(c, i), FILE_BYTES);
		return -1;
	}
	return 0;
}

int theme_copy_run(const struct theme_copy_options *o, struct diag *diag)
{
	struct copy c = {
	    .o = o, .arena = ARENA_INIT, .from = ROOT_INIT, .to = ROOT_INIT, .diag = diag};
	int status = BUILD_PROBLEMS;
	if (check_name(&c) == 0 && open_site(&c) == 0 && open_default(&c) == 0 &&
	    choose_all(&c) == 0 && check_targets(&c) == 0)
		status = copy_files(&c) == 0 ? BUILD_OK : BUILD_SYSTEM;
	root_close(&c.from);
	root_close(&c.to);
	arena_clear(&c.arena);
	return status;
}

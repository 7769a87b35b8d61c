/*
 * Old addresses lead on. Every path that a page names in `aliases` becomes a
 * small page with a link to the new place. They are made last, when all files
 * of the department are known, so that none of them takes the place of another
 * page; page_file() keeps the names for that.
 *
 * A path is one of the department: "old/page/", "old/page", "old.html", or the
 * same with /<dept>/ before it, as it stood in the address.
 */
#include "render/content_view.h"
#include "render/pages.h"

#include "base/intl.h"

#include <string.h>

enum { ALIAS_LENGTH = 500, STEP_LENGTH = 120 };

struct aliases {
	struct renderer *r;
	struct map folders; /* of all files */
	int err;
};

static int complain(struct aliases *x, const char *rule, const struct content *c, size_t i,
    const char *remedy, const char *text)
{
	const struct field_place *at = &c->aliases.places[i];
	diag_add(x->r->diag, DIAG_ERROR, rule, DIAG_AT(c->file, at->line, at->column),
	    str_of(field_text(&c->aliases, i)), remedy, "%s", text);
	x->err = -1;
	return -1;
}

/* -- paths ------------------------------------------------------------------------- */

/* A name that means the same in an address and on every disk. */
static bool is_step(struct str step)
{
	if (step.n == 0 || step.n > STEP_LENGTH || step.p[0] == '.')
		return false;
	for (size_t i = 0; i < step.n; i++)
		if ((unsigned char)step.p[i] < 0x20 || strchr("\\:?#%*\"<>|\x7f", step.p[i]))
			return false;
	return true;
}

/* The page of an alias, "old/page/" or "old.html"; NULL when it is no path
 * within the department. */
static const char *alias_path(const struct renderer *r, const char *alias)
{
	struct str path = str_trim(str_of(alias)), rest, step;
	if (str_starts(path, "/")) {
		const char *own = arena_printf(r->arena, "/%s/", r->dept->id);
		if (!str_starts(path, own))
			return NULL;
		path = (struct str){path.p + strlen(own), path.n - strlen(own)};
	}
	if (str_is(path, "index.html") || str_ends(path, "/index.html"))
		path.n -= strlen("index.html");
	if (path.n == 0 || path.n > ALIAS_LENGTH)
		return NULL;
	bool folder = path.p[path.n - 1] == '/';
	path.n -= folder;
	rest = path;
	if (path.n == 0 || path.p[path.n - 1] == '/')
		return NULL;
	while (str_next(&rest, '/', &step))
		if (!is_step(step))
			return NULL;
	bool file = !folder && (str_ends(path, ".html") || str_ends(path, ".htm"));
	return arena_printf(r->arena, "%.*s%s", (int)path.n, path.p, file ? "" : "/");
}

static void add_folders(struct aliases *x, struct str file)
{
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] == '/')
			map_put(&x->folders, (struct str){file.p, i}, x);
}

/* -- what is there already ----------------------------------------------------------- */

/* A file where the folder of this one would be, or a folder in its place. */
static bool is_blocked(const struct aliases *x, struct str file)
{
	if (map_get(&x->folders, file))
		return true;
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] == '/' && map_get(x->r->written, (struct str){file.p, i}))
			return true;
	return false;
}

static int make_page(struct renderer *r, const struct content *c, const char *path)
{
	struct summary *listed = r->summary;
	const char *target = page_content_path(r, c);
	struct view *v = page_begin(r, path, NULL, c->title);
	view_text(v, "redirect", page_href(r, target));
	view_text(v, "canonical",
	    arena_printf(r->arena, "%s%s/%s", r->site->base_url ? r->site->base_url : "",
	        r->dept->id, target));
	r->summary = NULL; /* not for the sitemap */
	int err = page_end(r, "alias");
	r->summary = listed;
	return err;
}

static int add_alias(struct aliases *x, const struct content *c, size_t i)
{
	struct renderer *r = x->r;
	const char *path = alias_path(r, field_text(&c->aliases, i));
	if (!path)
		return complain(x, "alias-path", c, i,
		    _("Write the old address within the department, for example old/page/ or old.html; only names and / between them."),
		    _("this is no address of the department"));
	struct str file = str_of(
	    str_ends(str_of(path), "/") ? arena_printf(r->arena, "%sindex.html", path) : path);
	struct content *other = map_get(r->written, file);
	if (other || is_blocked(x, file))
		return complain(x, "alias-taken", c, i,
		    _("Leave this alias out, or write another old address."),
		    other && (void *)other != (void *)r->written
		        ? arena_printf(r->arena, _("this alias is taken already: %s"), other->file)
		        : _("a page or file of the site has this address"));
	int err = make_page(r, c, path);
	map_put(r->written, file, (void *)(uintptr_t)c);
	add_folders(x, file);
	return err;
}

void page_aliases_watch(struct renderer *r)
{
	size_t i = 0, n = r->dept->ncontents;
	while (i < n && !r->dept->contents[i]->aliases.count)
		i++;
	if (i == n)
		return;
	r->written = arena_alloc(r->kept, sizeof(*r->written));
	*r->written = (struct map)MAP_INIT(r->kept);
}

/* Template alias: redirect. */
int page_aliases(struct renderer *r)
{
	struct aliases x = {.r = r, .folders = MAP_INIT(r->arena)};
	if (!r->written)
		return 0;
	for (size_t i = 0; i < r->attachments.count; i++)
		map_put(r->written, r->attachments.entries[i].key, r->written);
	for (size_t i = 0; i < r->written->count; i++)
		add_folders(&x, r->written->entries[i].key);
	for (size_t i = 0; i < r->dept->ncontents; i++) {
		const struct content *c = r->dept->contents[i];
		for (size_t k = 0; k < c->aliases.count && content_published(r, c); k++)
			x.err |= add_alias(&x, c, k);
	}
	return x.err;
}

/*
 * The pages above the departments. They know of each only its summary.
 *
 * A site of one department has nothing to choose from, so its index leads on
 * at once, and is not listed for search engines. The page for missing addresses is served at any depth: its links
 * begin at the root of the host, which the base address names.
 */
#include "render/pages.h"

#include <string.h>

/* -- the index ------------------------------------------------------------ */

/* "10 школ, помощь получают 6"; a document may count schools and name none. */
static const char *schools_text(const struct renderer *r, const struct summary *s)
{
	const struct words *w = r->words;
	const char *none = words_get(w, "index_none_supported");
	if (!s->schools)
		return s->supported
		    ? phrase_count(w, r->arena, "index_unnamed", (long long)s->supported, NULL)
		    : none;
	return arena_printf(r->arena, "%s, %s",
	    phrase_count(w, r->arena, "index_schools", (long long)s->schools, NULL),
	    s->supported
	        ? phrase_count(w, r->arena, "index_supported", (long long)s->supported, NULL)
	        : none);
}

static void add_department(const struct renderer *r, struct list *list, const struct summary *s)
{
	struct view *v = list_view(list);
	view_text(v, "title", s->title);
	view_text(v, "short", s->short_name);
	view_text(v, "region", s->region);
	view_text(v, "period", s->period);
	view_text(v, "href", page_site_href(r, arena_printf(r->arena, "%s/", s->id)));
	view_text(v, "schools", schools_text(r, s));
	view_text(v, "indicators",
	    phrase_count(r->words, r->arena, "index_indicators", (long long)s->indicators, NULL));
}

/*
 * Template index: lead, departments {title, short, region, period, href,
 * schools, indicators}, has_departments; examples: the same of made-up
 * departments, which stand apart; redirect: the address to go on to, or null.
 */
static int page_index(struct renderer *r)
{
	struct summary *listed = r->summary;
	struct view *v = page_begin(r, "", NULL, r->site->title);
	struct list *list = view_list(v, "departments");
	struct list *examples = view_list(v, "examples");
	page_description(r, words_get(r->words, "index_lead"));
	for (size_t i = 0; i < r->ndepartments; i++)
		add_department(r,
		    r->departments[i]->example && r->ndepartments > 1 ? examples : list,
		    r->departments[i]);
	view_flag(v, "has_departments", list->count > 0);
	view_null(v, "redirect");
	if (r->ndepartments == 1) {
		const struct summary *only = r->departments[0];
		const char *path = arena_printf(r->arena, "%s/", only->id);
		view_text(v, "redirect", page_site_href(r, path));
		if (r->site->base_url)
			view_text(v, "canonical",
			    arena_printf(r->arena, "%s%s", r->site->base_url, path));
		page_description(r, only->title);
		r->summary = NULL;
	}
	int err = page_end(r, "index");
	r->summary = listed;
	return err;
}

/* -- not found ------------------------------------------------------------ */

/* "https://host/a/b/" to "/a/b/". */
static const char *root_path(const struct renderer *r)
{
	const char *url = r->site->base_url ? r->site->base_url : "";
	const char *host = strstr(url, "://");
	const char *path = strchr(host ? host + 3 : url, '/');
	if (!path)
		return "/";
	size_t n = strlen(path);
	return path[n - 1] == '/' ? path : arena_printf(r->arena, "%s/", path);
}

static const char *from_root(const struct renderer *r, const char *root, const char *path)
{
	return path ? arena_printf(r->arena, "%s%s", root, path) : NULL;
}

/* Template notfound: departments {short, href}. */
static int page_notfound(struct renderer *r)
{
	struct view *v = page_begin(r, "404.html", NULL, words_get(r->words, "notfound_title"));
	const char *root = root_path(r);
	struct view *site = view_view(v, "site");
	view_text(site, "title", r->site->title);
	view_text(site, "href", root);
	view_text(site, "methods", from_root(r, root, "methods/"));
	view_text(site, "search", from_root(r, root, "search/"));
	bool releases = r->releases && r->releases->count;
	view_text(site, "manifest", r->stamp ? from_root(r, root, "manifest/") : NULL);
	view_text(site, "releases", releases ? from_root(r, root, "releases/") : NULL);
	view_flag(site, "one_department", r->one_department);
	view_text(v, "style", from_root(r, root, r->theme->style));
	view_text(v, "script", from_root(r, root, r->theme->script));
	view_text(v, "early", from_root(r, root, r->theme->early));
	view_text(v, "icon", from_root(r, root, r->theme->icon));
	struct list *list = view_list(v, "departments");
	for (size_t i = 0; i < r->ndepartments; i++) {
		const struct summary *s = r->departments[i];
		struct view *row = list_view(list);
		view_text(row, "short", s->short_name);
		view_text(row, "href", from_root(r, root, arena_printf(r->arena, "%s/", s->id)));
	}
	return page_end(r, "notfound");
}

/* -- all ------------------------------------------------------------------ */

int render_site(struct renderer *r)
{
	struct summary top = {0};
	r->summary = &top;
	r->lasting = r->kept;
	int err = page_index(r);
	err |= page_methods(r);
	err |= page_search(r);
	err |= page_releases(r);
	err |= page_manifest(r);
	/* Servers and search engines ask for these at the top of the host. */
	if (!r->release) {
		err |= page_notfound(r);
		err |= site_map(r, &top);
	}
	r->summary = NULL;
	r->lasting = NULL;
	return err || r->err ? -1 : 0;
}

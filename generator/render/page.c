/*
 * page_begin() opens a view with what the frame of every page needs (menu,
 * crumbs, notice, footer); the page kind fills in the rest; page_end() renders
 * it. Links are made relative by counting how deep the page lies.
 */
#include "render/page.h"

#include "base/intl.h"
#include "render/fields.h"
#include "render/linked.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/typography.h"

#include <string.h>

struct menu_entry {
	const char *id, *path; /* id is also the key of its text: menu_<id> */
};

static const struct menu_entry menu[] = {
    {"overview", ""},
    {"programme", "programme/"},
    {"indicators", "indicators/"},
    {"schools", "schools/"},
    {"audit", "audit/"},
    {"roadmap", "roadmap/"},
    {"documents", "documents/"},
    {"data", "data/"},
};

enum { MARK_FIELDS = 6, NUMBER_FIELDS = 4 };

static bool is_page(const char *path)
{
	size_t n = strlen(path);
	return n == 0 || path[n - 1] == '/';
}

static size_t depth_of(const char *path)
{
	size_t depth = 0;
	for (const char *p = path ? path : ""; *p; p++)
		depth += *p == '/';
	return depth;
}

/* "../" for each folder between the page being made and its unit's root. */
static const char *way_up(const struct renderer *r, size_t extra)
{
	size_t depth = depth_of(r->path) + extra;
	char *up = arena_alloc(r->arena, depth * 3 + 1);
	for (size_t i = 0; i < depth; i++)
		memcpy(up + i * 3, "../", 3);
	return up;
}

/* A folder's address with index.html before its anchor, if any. */
static const char *relative(const struct renderer *r, const char *up, const char *path)
{
	const char *anchor = strchr(path, '#');
	size_t len = anchor ? (size_t)(anchor - path) : strlen(path);
	bool folder = len == 0 || path[len - 1] == '/';
	struct str parts[] = {str_of(up), {path, len}, str_of(folder ? "index.html" : ""),
	    str_of(anchor ? anchor : "")};
	char *href = arena_alloc(r->arena, parts[0].n + len + parts[2].n + parts[3].n + 1);
	char *to = href;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		to = mempcpy(to, parts[i].p, parts[i].n);
	return href;
}

const char *page_href(const struct renderer *r, const char *path)
{
	return relative(r, way_up(r, 0), path);
}

/* What a name of a file may hold and an address would take for its end. */
static const char *url_path(const struct renderer *r, const char *path)
{
	if (!strpbrk(path, "#?%"))
		return path;
	struct buf out = BUF_INIT(BUF_LINE);
	for (const char *p = path; *p; p++)
		if (strchr("#?%", *p))
			buf_adds(&out, arena_printf(r->arena, "%%%02X", (unsigned)*p));
		else
			buf_add(&out, p, 1);
	const char *encoded = arena_strndup(r->arena, out.data, out.len);
	buf_clear(&out);
	return encoded;
}

const char *page_attachment(struct renderer *r, const char *path)
{
	r->attachments.arena = r->kept;
	map_put(&r->attachments, str_of(path), r);
	return page_href(r, url_path(r, path));
}

const char *page_content_path(const struct renderer *r, const struct content *c)
{
	switch (c->kind) {
	case CONTENT_INDEX:
		return "";
	case CONTENT_PROGRAMME:
		return "programme/";
	case CONTENT_GLOSSARY:
		return "programme/glossary/";
	case CONTENT_LETTER:
		return "audit/";
	case CONTENT_DOCUMENT:
		return arena_printf(r->arena, "documents/%s/", c->name);
	case CONTENT_EVENT:
		return arena_printf(r->arena, "events/%s/", c->name);
	case CONTENT_SCHOOL:
		return arena_printf(r->arena, "schools/%s/", c->name);
	case CONTENT_PAGE:
		break;
	}
	return arena_printf(r->arena, "%s/", c->name);
}

/* Where a release lies in the site; its pages are a site of their own. */
static const char *release_path(const struct renderer *r)
{
	return r->release ? arena_printf(r->arena, "releases/%s/", r->release->name) : "";
}

const char *page_address(const struct renderer *r, const char *path)
{
	const char *base = r->site->base_url;
	if (!base || !strstr(base, "://"))
		return NULL;
	const char *unit = r->dept ? r->dept->id : "";
	return arena_printf(
	    r->arena, "%s%s%s%s%s", base, release_path(r), unit, *unit ? "/" : "", path);
}

const char *page_host(const struct renderer *r)
{
	if (!page_address(r, ""))
		return NULL;
	const char *host = strstr(r->site->base_url, "://") + strlen("://");
	return arena_strndup(r->arena, host, strcspn(host, ":/"));
}

const char *page_site_href(const struct renderer *r, const char *path)
{
	return relative(r, way_up(r, r->dept ? 1 : 0), path);
}

static void add_menu(struct renderer *r, const char *section)
{
	struct list *entries = view_list(r->page, "menu");
	if (!r->dept)
		return;
	for (size_t i = 0; i < sizeof(menu) / sizeof(*menu); i++) {
		struct view *entry = list_view(entries);
		view_text(entry, "title", words_of(r->words, "menu_", menu[i].id));
		view_text(entry, "href", page_href(r, menu[i].path));
		view_flag(entry, "current", section && strcmp(section, menu[i].id) == 0);
	}
}

static void add_department(struct renderer *r)
{
	if (!r->dept) {
		view_null(r->page, "dept");
		view_null(r->page, "notice");
		return;
	}
	const struct department_meta *meta = department_meta(r->dept);
	struct view *v = view_view(r->page, "dept");
	view_text(v, "id", r->dept->id);
	view_text(v, "title", r->dept->index->title);
	view_text(v, "short", meta->short_name ? meta->short_name : r->dept->index->title);
	view_text(v, "region", meta->region);
	view_text(v, "period", words_period(r->arena, meta->period));
	view_text(v, "href", page_href(r, ""));
	view_text(v, "errata", r->dept->nerrata ? page_href(r, "data/errata/") : NULL);
	view_text(v, "feed", page_address(r, "") ? page_href(r, "feed.atom") : NULL);
	view_text(
	    v, "readiness", r->profile == PROFILE_INTERNAL ? page_href(r, "readiness/") : NULL);
	view_text(r->page, "notice", meta->notice);
}

/* release: {text, list, present}: what is said above its pages, and where the
 * list of releases and the present site are. */
static void add_release(struct renderer *r)
{
	if (!r->release) {
		view_null(r->page, "release");
		return;
	}
	struct view *v = view_view(r->page, "release");
	view_text(v, "text",
	    phrase(r->words, r->arena, "release_text", "name", r->release->name, "date",
	        words_date(r->words, r->arena, r->today, true), NULL));
	view_text(v, "list", page_site_href(r, "../"));
	view_text(v, "present", page_site_href(r, "../../"));
}

static void add_frame(struct renderer *r)
{
	struct view *v = r->page;
	const struct theme *t = r->theme;
	struct view *site = view_view(v, "site");
	view_text(site, "title", r->site->title);
	view_text(site, "href", page_site_href(r, ""));
	view_text(site, "methods", page_site_href(r, "methods/"));
	view_text(site, "search", page_site_href(r, "search/"));
	view_flag(site, "one_department", r->one_department);
	view_text(site, "manifest", r->stamp ? page_site_href(r, "manifest/") : NULL);
	view_text(site, "releases",
	    r->releases && r->releases->count ? page_site_href(r, "releases/") : NULL);
	view_share(v, "t", r->words->view);
	view_text(v, "lang", r->words->russian ? "ru" : "en");
	view_text(v, "style", t->style ? page_site_href(r, t->style) : NULL);
	view_text(v, "script", t->script ? page_site_href(r, t->script) : NULL);
	view_text(v, "early", t->early ? page_site_href(r, t->early) : NULL);
	view_text(v, "icon", t->icon ? page_site_href(r, t->icon) : NULL);
	view_flag(v, "internal", r->profile == PROFILE_INTERNAL);
	view_null(v, "withheld");
	add_release(r);
	const struct commit *last = r->history ? r->history->last : NULL;
	struct date updated = last ? last->date : r->today;
	view_text(v, "updated", words_date(r->words, r->arena, updated, true));
	view_text(v, "updated_iso", arena_strdup(r->arena, date_iso(updated).s));
	view_text(v, "commit", last ? arena_strdup(r->arena, commit_short(last).s) : NULL);
	view_flag(v, "history_cut", r->history && r->history->state == HISTORY_CUT);
}

/* What stands above the page when it is printed. */
static void add_paper(struct renderer *r, const char *unit)
{
	const char *base = r->profile == PROFILE_INTERNAL ? NULL : r->site->base_url;
	view_text(r->page, "printed",
	    phrase(r->words, r->arena, "paper_printed", "date",
	        words_date(r->words, r->arena, r->today, true), NULL));
	view_text(r->page, "address",
	    base ? arena_printf(r->arena, "%s%s%s%s", base, release_path(r), unit, r->path) : NULL);
}

struct view *page_begin(
    struct renderer *r, const char *path, const char *section, const char *title)
{
	r->path = path;
	r->number++;
	r->begun = arena_mark(r->arena);
	r->page = view_new(r->arena);
	view_text(r->page, "title", title);
	view_flag(r->page, "long_title", utf8_length(str_of(title)) > 40);
	view_flag(r->page, "marks", false);
	add_frame(r);
	add_department(r);
	add_menu(r, section);
	const char *unit = r->dept ? arena_printf(r->arena, "%s/", r->dept->id) : "";
	view_text(r->page, "canonical",
	    arena_printf(
	        r->arena, "%s%s%s", r->site->base_url ? r->site->base_url : "", unit, path));
	view_text(r->page, "url", page_address(r, path));
	add_paper(r, unit);
	page_description(r, title);
	view_null(r->page, "edition"); /* until there is a text (render/edition) */
	view_list(r->page, "crumbs");
	r->ncrumbs = 0;
	view_flag(r->page, "crumbs_shown", r->dept && *path);
	if (r->dept && *path)
		page_crumb(r, words_get(r->words, "menu_overview"), "");
	return r->page;
}

void page_crumb(struct renderer *r, const char *title, const char *path)
{
	const struct value *crumbs =
	    view_get(r->page, "crumbs", strlen("crumbs"), view_hash("crumbs", strlen("crumbs")));
	struct view *crumb = list_view((struct list *)(uintptr_t)crumbs->as.list);
	view_text(crumb, "title", title);
	view_text(crumb, "href", page_href(r, path));
	r->crumbs = arena_grow(r->kept, r->crumbs, r->ncrumbs, &r->crumbs_cap, sizeof(*r->crumbs));
	r->crumbs[r->ncrumbs++] = (struct crumb){title, path};
}

void page_description(struct renderer *r, const char *text)
{
	view_text(r->page, "description", text);
}

static void fail(struct renderer *r, const char *path)
{
	r->err = -1;
	if (!r->failed)
		r->failed = arena_strdup(r->kept, path);
}

int page_file(struct renderer *r, const char *path, struct str bytes)
{
	int err = r->sink->file(r->sink->payload, path, bytes);
	if (r->written)
		map_put(r->written, str_of(path), r->written);
	if (err)
		fail(r, path);
	return err;
}

static void remember_path(struct renderer *r)
{
	struct summary *s = r->summary;
	if (!s || !is_page(r->path))
		return;
	s->paths = arena_grow(r->lasting, s->paths, s->npaths, &s->paths_cap, sizeof(*s->paths));
	s->paths[s->npaths++] = arena_strdup(r->lasting, r->path);
}

static int render_page(struct renderer *r, const char *template_name)
{
	const struct template *t = theme_template(r->theme, template_name);
	const char *unit = r->dept ? arena_printf(r->arena, "%s/", r->dept->id) : "";
	const struct template_strict strict = {
	    .page = arena_printf(r->arena, "%s%s", unit, r->path),
	    .diag = r->diag,
	    .said = &r->misnamed,
	};
	r->misnamed.arena = r->kept;
	linked_data(r);
	if (!t) {
		fail(r, r->path);
		return -1;
	}
	if (r->fields)
		fields_note(r->fields, template_name, r->page);
	buf_reset(&r->out);
	if (template_render(t, r->page, &r->out, r->strict ? &strict : NULL) < 0 ||
	    buf_err(&r->out) < 0) {
		diag_add(r->diag, DIAG_ERROR, "page-too-large", DIAG_AT(strict.page, 0, 0),
		    (struct str){NULL, 0}, NULL,
		    _("the page is too large or its templates nest too deeply"));
		fail(r, r->path);
		return -1;
	}
	remember_path(r);
	const char *file =
	    is_page(r->path) ? arena_printf(r->arena, "%sindex.html", r->path) : r->path;
	return page_file(r, file, (struct str){r->out.data, r->out.len});
}

int page_end(struct renderer *r, const char *template_name)
{
	int err = render_page(r, template_name);
	arena_rewind(r->arena, r->begun);
	r->page = NULL;
	r->ncrumbs = 0;
	return err;
}

/* "data/<dept>/results.csv" to "results", or NULL for shared tables. */
static const char *table_name(const struct renderer *r, const char *file)
{
	if (!r->dept || !file || strncmp(file, "data/", 5) != 0)
		return NULL;
	size_t id = strlen(r->dept->id);
	const char *rest = file + 5;
	if (strncmp(rest, r->dept->id, id) != 0 || rest[id] != '/')
		return NULL;
	const char *dot = strrchr(rest, '.');
	if (!dot)
		return NULL;
	return arena_strndup(r->arena, rest + id + 1, (size_t)(dot - rest) - id - 1);
}

/* All audit files are one table. */
static bool is_published(const struct renderer *r, struct str name)
{
	if (str_starts(name, "audit/"))
		return page_table_published(r, TABLE_AUDIT);
	for (int id = 0; id < DEPARTMENT_TABLES; id++) {
		struct str file = str_of(schema_of((enum table_id)id)->file);
		if (str_starts(file, name.p) &&
		    str_eq((struct str){file.p + name.n, file.n - name.n}, STR(".csv")))
			return page_table_published(r, (enum table_id)id);
	}
	return false;
}

const char *page_source_href(const struct renderer *r, const struct row *row)
{
	const char *name = row ? table_name(r, row->file) : NULL;
	if (!name || !is_published(r, str_of(name)))
		return NULL;
	return page_href(r, arena_printf(r->arena, "data/%s/#L%u", name, row->line));
}

const char *page_source_text(const struct renderer *r, const struct row *row)
{
	if (!row || !row->file)
		return "";
	const char *slash = strrchr(row->file, '/');
	const char *line = arena_printf(r->arena, "%u", row->line);
	return phrase(r->words, r->arena, "source_row", "file", slash ? slash + 1 : row->file,
	    "line", line, NULL);
}

/* The theme keeps the shapes at the end of the pages that have any. */
static void note_marks(const struct renderer *r)
{
	const struct view_name name = view_name("marks");
	const struct value *noted = r->page ? view_get(r->page, name.p, name.len, name.hash) : NULL;
	if (noted && noted->kind == VALUE_FALSE)
		view_flag(r->page, name.p, true);
}

const struct view *page_mark_view(const struct renderer *r, enum mark mark, const char *word)
{
	static const char *const classes[] = {"good", "bad", "wait", "none"};
	struct view *st = view_new_of(r->arena, MARK_FIELDS);
	note_marks(r);
	view_text(st, "word", word);
	view_text(st, "class", classes[mark]);
	view_flag(st, "good", mark == MARK_GOOD);
	view_flag(st, "bad", mark == MARK_BAD);
	view_flag(st, "wait", mark == MARK_WAIT);
	view_flag(st, "none", mark == MARK_NONE);
	return st;
}

void page_mark(
    const struct renderer *r, struct view *v, const char *name, enum mark mark, const char *word)
{
	view_share(v, name, page_mark_view(r, mark, word));
}

static const char *gap_key(enum gap gap)
{
	switch (gap) {
	case GAP_HIDDEN:
		return "hidden";
	case GAP_WITHHELD:
		return "withheld";
	case GAP_NOT_SUPPLIED:
		return "not_supplied";
	case GAP_NOT_APPLICABLE:
		return "not_applicable";
	case GAP_NONE:
		break;
	}
	return "none";
}

/* Where a number came from, as pages of one depth tell it. */
struct source_mark {
	const struct row *row;
	size_t depth;
	const char *href, *text;
};

/* Those of a school are shown several times on its page, those of the
 * municipality on all pages. */
static const struct source_mark *source_mark(struct renderer *r, const struct row *row)
{
	enum { KEPT = 1024 };
	if (!r->sources)
		r->sources = arena_array(r->kept, KEPT, sizeof(*r->sources));
	struct source_mark *m = &r->sources[row->line % KEPT];
	if (m->row == row && m->depth == depth_of(r->path))
		return m;
	const char *href = page_source_href(r, row);
	*m = (struct source_mark){row, depth_of(r->path), href ? arena_strdup(r->kept, href) : NULL,
	    arena_strdup(r->kept, page_source_text(r, row))};
	return m;
}

const struct view *page_number_view(
    struct renderer *r, const char *text, enum gap gap, const struct row *source)
{
	static const char *const symbols[] = {"", "x", "x", ":", "–"};
	struct view *number = view_new_of(r->arena, NUMBER_FIELDS);
	view_text(number, "text", gap == GAP_NONE ? text : symbols[gap]);
	view_text(number, "gap", gap == GAP_NONE ? NULL : words_of(r->words, "gap_", gap_key(gap)));
	static const struct source_mark none = {.text = ""};
	const struct source_mark *mark = source && gap == GAP_NONE ? source_mark(r, source) : &none;
	view_text(number, "href", gap == GAP_NONE ? mark->href : NULL);
	view_text(number, "source", gap == GAP_NONE ? mark->text : NULL);
	return number;
}

void page_number(struct renderer *r, struct view *v, const char *name, const char *text,
    enum gap gap, const struct row *source)
{
	view_share(v, name, page_number_view(r, text, gap, source));
}

const char *page_school_path(const struct renderer *r, const struct school *s)
{
	return arena_printf(r->arena, "schools/%s/", s->id);
}

const char *page_school_name(const struct renderer *r, const struct school *s)
{
	struct str name = str_of(s->short_name ? s->short_name : s->name);
	if (!r->names)
		return typography_signs(r->arena, name);
	const char **kept = &r->names[s->row.index];
	if (!*kept)
		*kept = typography_signs(r->kept, name);
	return *kept;
}

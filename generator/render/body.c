/*
 * A link is first brought to a path below content/ ("ust-ilimsk/files/x.pdf"),
 * where leaving content/ is already an error, then looked up by its first
 * step: the department's own files, or methods. Anchors of the file itself
 * are looked up after rendering, when its headings are known.
 */
#include "render/edition.h"
#include "render/body.h"

#include "base/intl.h"
#include "render/content_view.h"
#include "render/glossary.h"
#include "text/markdown.h"

#include <string.h>

enum { DESCRIPTION_LENGTH = 160 };

static int complain(const struct renderer *r, const char *rule, struct diag_place at,
    struct str target, const char *near, const char *text)
{
	const char *remedy = near ? arena_printf(r->arena, _("Did you mean %s?"), near)
	                          : _("Correct the link, or add the file it names.");
	diag_add(r->diag, DIAG_ERROR, rule, at, target, remedy, "%s", text);
	return -1;
}

/* -- paths ---------------------------------------------------------------- */

/* Percent-encoded letters as they are meant: an editor may have written them
 * so for a name in Russian. */
static const char *decoded(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *hi = NULL, *lo = NULL;
		if (s.p[i] == '%' && i + 2 < s.n) {
			hi = memchr(digits, s.p[i + 1] | 0x20, 16);
			lo = memchr(digits, s.p[i + 2] | 0x20, 16);
		}
		int byte = hi && lo ? (int)((hi - digits) * 16 + (lo - digits)) : 0;
		if (byte) {
			out[n++] = (char)byte;
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return arena_strndup(a, out, n);
}

/* target seen from the folder of base, without "." and ".."; NULL when it
 * leaves content/. A path that ends in "/" keeps that. */
static const char *resolve(struct arena *a, const char *base, const char *target)
{
	const char *slash = strrchr(base, '/');
	size_t folder = slash ? (size_t)(slash - base) + 1 : 0;
	char *out = arena_alloc(a, folder + strlen(target) + 2);
	struct str rest = str_of(target), step;
	size_t n = folder;
	bool named = false; /* the last step is a name, and a slash after it ours */
	memcpy(out, base, folder);
	while (str_next(&rest, '/', &step)) {
		if (step.n == 0 || str_is(step, "."))
			continue;
		named = !str_is(step, "..");
		if (!named) {
			if (n == 0)
				return NULL;
			for (n--; n > 0 && out[n - 1] != '/'; n--)
				continue;
			continue;
		}
		memcpy(out + n, step.p, step.n);
		n += step.n;
		out[n++] = '/';
	}
	if (named && !str_ends(str_of(target), "/"))
		n--;
	out[n] = '\0';
	return out;
}

/* The part of a path below a folder, or NULL. */
static const char *below(const char *path, const char *folder)
{
	size_t n = strlen(folder);
	return strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

/* -- links ---------------------------------------------------------------- */

/* Pages that no content file stands for. */
static const char *const sections[] = {"", "programme/", "roadmap/", "indicators/", "schools/",
    "identification/", "identification/reconciliation/", "documents/", "reports/", "events/",
    "cycle/", "data/", NULL};

static const char *nearest_content(const struct renderer *r, const char *path)
{
	const struct department *d = r->dept;
	const char **names = arena_array(r->arena, d->ncontents + 1, sizeof(*names));
	for (size_t i = 0; i < d->ncontents; i++)
		names[i] = d->contents[i]->path;
	return str_nearest(path, names);
}

static const char *nearest_file(const struct renderer *r, const char *path)
{
	const struct map *files = &r->dept->files;
	const char **names = arena_array(r->arena, files->count + 1, sizeof(*names));
	for (size_t i = 0; i < files->count; i++) {
		struct str key = files->entries[i].key;
		names[i] = arena_printf(r->arena, "files/%.*s", (int)key.n, key.p);
	}
	return str_nearest(path, names);
}

static bool is_section(const char *path)
{
	for (const char *const *s = sections; *s; s++)
		if (strcmp(*s, path) == 0)
			return true;
	return false;
}

/* A link inside the department; path from its folder on. NULL: reported. */
static const char *department_target(
    struct renderer *r, const char *path, struct str target, struct diag_place at)
{
	const struct content *c = department_find(r->dept, str_of(path));
	if (c)
		return page_href(r, page_content_path(r, c));
	if (str_starts(str_of(path), "files/")) {
		if (department_has_file(r->dept, str_of(path)))
			return page_attachment(r, path);
		complain(r, "missing-attachment", at, target, nearest_file(r, path),
		    _("there is no such file in the folder files/ of the department"));
		return NULL;
	}
	if (is_section(path))
		return page_href(r, path);
	complain(r, "broken-link", at, target, nearest_content(r, path),
	    _("the link leads to a page that does not exist or is not published"));
	return NULL;
}

static const char *method_target(
    const struct renderer *r, const char *name, struct str target, struct diag_place at)
{
	const struct site *site = r->site;
	const char **names = arena_array(r->arena, site->nmethods + 1, sizeof(*names));
	if (!*name)
		return page_site_href(r, "methods/");
	for (size_t i = 0; i < site->nmethods; i++) {
		names[i] = arena_printf(r->arena, "%s.md", site->methods[i]->id);
		if (strcmp(names[i], name) == 0)
			return page_site_href(
			    r, arena_printf(r->arena, "methods/%s/", site->methods[i]->id));
	}
	complain(r, "broken-link", at, target, str_nearest(name, names),
	    _("the link leads to a method that does not exist"));
	return NULL;
}

static const char *target_href(
    const struct body_state *s, const char *path, struct str target, struct diag_place at)
{
	struct renderer *r = s->r;
	const char *full = *path == '/' ? NULL : resolve(r->arena, s->body->path, path);
	const char *rest = NULL;
	if (full && r->dept && (rest = below(full, r->dept->id)) != NULL)
		return department_target(r, rest, target, at);
	if (full && (rest = below(full, "methods")) != NULL)
		return method_target(r, rest, target, at);
	diag_add(r->diag, DIAG_ERROR, "broken-link", at, target,
	    _("Write the path of a file of this department as seen from the file with the link, for "
	      "example documents/programme.md, or the whole address beginning with https://."),
	    _("the link leads out of the pages of the department"));
	return NULL;
}

static int link_hook(void *payload, struct buf *out, struct str target, struct diag_place at)
{
	struct body_state *s = payload;
	struct renderer *r = s->r;
	const char *hash = memchr(target.p, '#', target.n);
	size_t len = hash ? (size_t)(hash - target.p) : target.n;
	const char *path = decoded(r->arena, (struct str){target.p, len});
	const char *href = target_href(s, path, target, at);
	if (!href) {
		r->err = -1;
		return -1;
	}
	buf_adds(out, href);
	if (hash)
		buf_add(out, hash, target.n - len);
	return 0;
}

/* -- the whole ------------------------------------------------------------ */

static void add_toc(struct view *v, const struct markdown_page *page, int top)
{
	struct list *toc = view_list(v, "toc");
	size_t count = 0;
	for (const struct markdown_heading *h = page->headings; h; h = h->next) {
		if (h->level > top + 1)
			continue;
		struct view *entry = list_view(toc);
		view_text(entry, "id", h->id);
		view_text(entry, "title", h->text);
		view_int(entry, "level", h->level);
		view_flag(entry, "nested", h->level > top);
		count++;
	}
	view_flag(v, "has_toc", count > 2);
}

/* The beginning of a paragraph, cut at a word. */
static const char *shortened(struct arena *a, struct str text)
{
	size_t at = 0, count = 0, word = 0;
	while (at < text.n && count < DESCRIPTION_LENGTH) {
		size_t len;
		if (text.p[at] == ' ')
			word = at;
		utf8_decode(text.p + at, text.n - at, &len);
		at += len;
		count++;
	}
	if (at >= text.n)
		return arena_strndup(a, text.p, text.n);
	return arena_printf(a, "%.*s…", (int)(word ? word : at), text.p);
}

/*
 * The level of # in the page: some people begin with #, most with ##, and the
 * first headings shall be at top either way, since no level may be skipped.
 */
static int level_of_hash(struct str text, int top)
{
	bool fenced = false, smaller = false;
	const char *end = text.p + text.n, *next;
	for (const char *line = text.p; line < end; line = next) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		struct str rest = {line, (size_t)(end - line)};
		next = newline ? newline + 1 : end;
		if (str_starts(rest, "```") || str_starts(rest, "~~~"))
			fenced = !fenced;
		else if (!fenced && (str_starts(rest, "# ") || str_starts(rest, "===")))
			return top;
		else if (!fenced && str_starts(rest, "##"))
			smaller = true;
	}
	return smaller ? top - 1 : top;
}

static void text_hook(void *payload, struct buf *out, struct str text)
{
	const struct body_state *s = payload;
	glossary_text(s->r, out, text);
}

int body_render(struct renderer *r, struct view *v, const char *name, const struct body_text *b)
{
	struct body_state state = {.r = r, .body = b};
	const struct content *glossary = r->dept ? r->dept->glossary : NULL;
	bool is_glossary = glossary && strcmp(glossary->file, b->file) == 0;
	const struct markdown_hooks hooks = {
	    .payload = &state,
	    .link = link_hook,
	    .fence = body_fence,
	    .text = is_glossary ? NULL : text_hook,
	    .terms = is_glossary,
	    .footnotes_label = words_get(r->words, "footnotes"),
	    .back_label = words_get(r->words, "footnote_back"),
	    .table_label = words_get(r->words, "table_label"),
	};
	struct markdown_page page = {.html = {"", 0}};
	int err = markdown_render(&page, r->arena, b->file, b->text, b->line,
	    level_of_hash(b->text, b->top), &hooks, r->diag);
	view_raw(v, name, page.html);
	add_toc(v, &page, b->top);
	if (v == r->page && page.first_paragraph.n)
		page_description(r, shortened(r->arena, page.first_paragraph));
	if (err < 0)
		r->err = -1;
	return err;
}

int page_markdown(
    struct renderer *r, struct view *v, const char *name, const struct content *c, int top)
{
	const struct body_text b = {
	    .file = c->file,
	    .path = below(c->file, "content"),
	    .text = c->body,
	    .line = c->body_line,
	    .top = top,
	};
	if (v == r->page) {
		view_text(v, "withheld", content_withheld(r, c));
		edition_add(r, v, c);
	}
	return body_render(r, v, name, &b);
}

/*
 * The earlier versions of each text that is published: <page>versions/. Each
 * is compared with the one before it, word by word, and can be read whole.
 *
 * A page in which nobody can read anything earlier is not made: the text has
 * one version only, or the others were drafts, or its front matter says
 * versions: no, because something in them should not have been published.
 */
#include "render/commit_view.h"
#include "render/content_view.h"
#include "render/edition.h"
#include "render/old_text.h"
#include "render/pages.h"
#include "text/html.h"
#include "text/worddiff.h"

#include <string.h>

enum {
	CONTEXT = 12,             /* words around a change */
	WHOLE_BYTES = 400 * 1024, /* of texts on one page that are given whole */
};

struct readable {
	const struct path_version *version; /* NULL: the text that is not committed */
	struct str text;
};

struct readables {
	struct readable *items; /* newest first */
	size_t count;
};

/* -- which versions can be read ---------------------------------------------------------- */

static void find_readable(struct readables *out, const struct renderer *r, const struct content *c)
{
	const struct path_history *p = history_of(r->history, c->file);
	*out = (struct readables){0};
	if (!p || p->nversions + p->uncommitted < 2 || c->versions == YESNO_NO)
		return;
	out->items = arena_array(r->arena, p->nversions + 1, sizeof(*out->items));
	if (p->uncommitted)
		out->items[out->count++] = (struct readable){NULL, plain_text(r, c)};
	for (size_t i = 0; i < p->nversions; i++) {
		const struct path_version *v = &p->versions[i];
		struct str text = STR_NONE;
		if (!v->deleted && v->text.p)
			text = old_text(r, c, v->text, v->commit->date);
		if (text.p)
			out->items[out->count++] = (struct readable){v, text};
	}
}

static const char *versions_path(const struct renderer *r, const struct content *c)
{
	return arena_printf(r->arena, "%sversions/", page_content_path(r, c));
}

void edition_add(struct renderer *r, struct view *v, const struct content *c)
{
	const struct path_history *p = history_of(r->history, c->file);
	struct readables readables;
	if (!p || (!p->nversions && !p->uncommitted))
		return;
	find_readable(&readables, r, c);
	struct view *edition = view_view(v, "edition");
	if (p->nversions)
		commit_view(r, edition, p->versions[0].commit);
	view_flag(edition, "not_committed", p->uncommitted);
	view_flag(edition, "committed", p->nversions > 0);
	bool several = readables.count > 1;
	view_text(edition, "versions",
	    several ? phrase_count(
	                  r->words, r->arena, "versions_count", (long long)readables.count, NULL)
	            : NULL);
	view_text(edition, "href", several ? page_href(r, versions_path(r, c)) : NULL);
}

/* -- what changed --------------------------------------------------------------------------- */

static void add_word(struct buf *out, struct str word, bool *open)
{
	if (!word.n) {
		buf_adds(out, *open ? " <span class=\"para\">¶</span>" : "");
		return;
	}
	if (*open)
		buf_addc(out, ' ');
	html_text(out, word);
	*open = true;
}

static void add_words(struct buf *out, const struct str *words, size_t count)
{
	bool open = false;
	for (size_t i = 0; i < count; i++)
		add_word(out, words[i], &open);
}

/* Of what stayed, the words next to a change. */
static void add_same(struct buf *out, const struct worddiff_run *run, bool first, bool last)
{
	size_t before = first ? 0 : CONTEXT, after = last ? 0 : CONTEXT;
	if (run->count <= before + after + 1) {
		add_words(out, run->words, run->count);
		return;
	}
	add_words(out, run->words, before);
	buf_adds(out, " … ");
	add_words(out, run->words + run->count - after, after);
}

static const char *diff_html(const struct renderer *r, struct str old, struct str new)
{
	struct worddiff d;
	struct buf out = BUF_INIT(BUF_PAGE);
	worddiff(&d, r->arena, old, new);
	for (size_t i = 0; d.changed && i < d.count; i++) {
		const struct worddiff_run *run = &d.runs[i];
		const char *tag = run->kind == WORDDIFF_ADDED ? "ins" : "del";
		buf_adds(&out, i ? " " : "");
		if (run->kind == WORDDIFF_SAME) {
			add_same(&out, run, i == 0, i + 1 == d.count);
			continue;
		}
		buf_addf(&out, "<%s>", tag);
		add_words(&out, run->words, run->count);
		buf_addf(&out, "</%s>", tag);
	}
	return d.changed ? buf_keep(r->arena, &out).p : NULL;
}

static void add_paragraphs(const struct renderer *r, struct view *v, struct str text)
{
	struct list *list = view_list(v, "paragraphs");
	while (text.n) {
		const char *end = memmem(text.p, text.n, "\n\n", 2);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		struct str paragraph = str_trim((struct str){text.p, n});
		if (paragraph.n)
			view_text(list_view(list), "text",
			    arena_strndup(r->arena, paragraph.p, paragraph.n));
		n = end ? n + 2 : n;
		text.p += n;
		text.n -= n;
	}
}

/*
 * Template versions: href and name of the page; versions [{not_committed,
 * those of a commit, source, first, diff (HTML or null), paragraphs [{text}],
 * whole}].
 */
static int versions_page(struct renderer *r, const struct content *c, const struct readables *all)
{
	size_t whole = 0;
	struct view *v = page_begin(r, versions_path(r, c), NULL,
	    phrase(r->words, r->arena, "versions_title", "title", c->title, NULL));
	page_crumb(r, c->title, page_content_path(r, c));
	view_text(v, "href", page_href(r, page_content_path(r, c)));
	view_text(v, "name", c->title);
	struct list *list = view_list(v, "versions");
	for (size_t i = 0; i < all->count; i++) {
		const struct readable *item = &all->items[i];
		struct view *row = list_view(list);
		bool first = i + 1 == all->count;
		const char *diff = first ? NULL : diff_html(r, all->items[i + 1].text, item->text);
		view_flag(row, "not_committed", !item->version);
		view_text(row, "source",
		    item->version ? commit_source(r, item->version->commit, c->file) : NULL);
		if (item->version)
			commit_view(r, row, item->version->commit);
		view_flag(row, "first", first);
		if (diff)
			view_raw(row, "diff", str_of(diff));
		else
			view_null(row, "diff");
		whole += item->text.n;
		view_flag(row, "whole", whole <= WHOLE_BYTES);
		add_paragraphs(r, row, whole <= WHOLE_BYTES ? item->text : (struct str){"", 0});
	}
	return page_end(r, "versions");
}

int page_versions(struct renderer *r)
{
	int err = 0;
	for (size_t i = 0; r->history && i < r->dept->ncontents; i++) {
		const struct content *c = r->dept->contents[i];
		struct readables readables;
		if (!content_published(r, c))
			continue;
		find_readable(&readables, r, c);
		if (readables.count > 1)
			err |= versions_page(r, c, &readables);
	}
	return err;
}

/*
 * All documents by kind and by year, and a page for each with its text, its place in the
 * management cycle, what it follows from, and whom it is addressed to.
 */
#include "render/content_view.h"
#include "render/pages.h"
#include "render/search.h"

#include <string.h>

static size_t add_kind(
    struct renderer *r, struct list *groups, const struct content **docs, size_t count, int kind)
{
	struct list *rows = NULL;
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		int own = docs[i]->as.document.kind ? docs[i]->as.document.kind : DOCUMENT_OTHER;
		if (own != kind)
			continue;
		if (!found++) {
			struct view *group = list_view(groups);
			const char *word = document_kinds[kind - 1];
			view_text(group, "id", word);
			view_text(group, "title", words_of(r->words, "document_kinds_", word));
			rows = view_list(group, "rows");
		}
		content_document(r, list_view(rows), docs[i]);
	}
	return found;
}

static void add_anchor(
    const struct renderer *r, struct list *anchors, const char *id, const char *title, size_t count)
{
	struct view *anchor = list_view(anchors);
	view_text(anchor, "id", id);
	view_text(anchor, "title", title);
	view_text(anchor, "count", words_int(r->words, r->arena, (long long)count));
}

/* The documents of one year: neighbours, as they are sorted by date. */
static size_t add_year(
    struct renderer *r, struct view *v, const struct content **docs, size_t count)
{
	int year = content_date(&docs[0]->as.document).year;
	struct list *rows = view_list(v, "rows");
	size_t n = 0;
	for (; n < count && content_date(&docs[n]->as.document).year == year; n++)
		content_document(r, list_view(rows), docs[n]);
	view_text(v, "id", year ? arena_printf(r->arena, "year-%d", year) : "year-none");
	view_text(v, "title",
	    year ? arena_printf(r->arena, "%d", year)
	         : words_capital(r->arena, words_get(r->words, "document_undated")));
	return n;
}

/* Only where there are several: else the kinds say it all. */
static void add_years(struct renderer *r, struct view *v, const struct content **docs, size_t count)
{
	struct list *years = view_list(v, "years"), *anchors = view_list(v, "year_anchors");
	for (size_t i = 0; i < count;) {
		struct view *year = list_view(years);
		size_t n = add_year(r, year, docs + i, count - i);
		int number = content_date(&docs[i]->as.document).year;
		add_anchor(r, anchors,
		    number ? arena_printf(r->arena, "year-%d", number) : "year-none",
		    number ? arena_printf(r->arena, "%d", number)
		           : words_get(r->words, "document_undated"),
		    n);
		i += n;
	}
	view_flag(v, "has_years", years->count > 1);
}

/*
 * Fields: has_documents, count, reports, events, cycle (addresses), feed of
 * dept; groups [{id, title, rows}] by kind and years [{id, title, rows}],
 * rows as of content_document(); kind_anchors and year_anchors [{id, title,
 * count}], has_kinds and has_years: there are several.
 */
static int list_page(struct renderer *r, const struct content **docs, size_t count)
{
	struct view *v =
	    page_begin(r, "documents/", "documents", words_get(r->words, "documents_title"));
	struct list *groups = view_list(v, "groups");
	struct list *anchors = view_list(v, "kind_anchors");
	for (int kind = 1; kind < DOCUMENT_KINDS; kind++) {
		const char *word = document_kinds[kind - 1];
		size_t found = add_kind(r, groups, docs, count, kind);
		if (found)
			add_anchor(
			    r, anchors, word, words_of(r->words, "document_kinds_", word), found);
	}
	view_flag(v, "has_kinds", anchors->count > 1);
	add_years(r, v, docs, count);
	view_flag(v, "has_documents", count > 0);
	view_text(v, "count",
	    phrase_count(r->words, r->arena, "documents_count", (long long)count, NULL));
	view_text(v, "reports", page_href(r, "reports/"));
	view_text(v, "events", page_href(r, "events/"));
	view_text(v, "cycle", page_href(r, "cycle/"));
	return page_end(r, "documents");
}

static void add_positions(struct renderer *r, struct view *v, const struct document *doc)
{
	struct list *positions = view_list(v, "positions");
	for (size_t i = 0; i < doc->cycle.count; i++) {
		int place = field_enum(&doc->cycle, i);
		const char *word = cycle_positions[place - 1];
		struct view *position = list_view(positions);
		view_text(position, "title", words_of(r->words, "cycle_", word));
		view_text(
		    position, "href", page_href(r, arena_printf(r->arena, "cycle/#%s", word)));
	}
	view_flag(v, "has_positions", doc->cycle.count > 0);
}

static void add_schools(struct renderer *r, struct view *v, const struct document *doc)
{
	struct list *schools = view_list(v, "schools");
	for (size_t i = 0; i < doc->schools.count; i++) {
		struct names_answer found =
		    names_find(&r->dept->names, r->arena, str_of(field_text(&doc->schools, i)));
		struct view *row = list_view(schools);
		view_text(row, "title",
		    found.school ? page_school_name(r, found.school)
		                 : field_text(&doc->schools, i));
		view_text(row, "href",
		    found.school ? page_href(r, page_school_path(r, found.school)) : NULL);
	}
	view_flag(v, "has_schools", doc->schools.count > 0);
}

static int document_page(struct renderer *r, const struct content *c)
{
	const struct document *doc = &c->as.document;
	struct view *v = page_begin(r, page_content_path(r, c), "documents", c->title);
	page_crumb(r, words_get(r->words, "menu_documents"), "documents/");
	content_document(r, v, c);
	add_positions(r, v, doc);
	add_schools(r, v, doc);
	struct list *follows = view_list(v, "follows");
	for (size_t i = 0; i < doc->follows.count; i++)
		content_link(r, follows, field_text(&doc->follows, i));
	view_flag(v, "has_follows", follows->count > 0);
	int err = page_markdown(r, v, "body", c, 2);
	const char *word = doc->kind ? document_kinds[doc->kind - 1] : "other";
	search_add(r, SEARCH_DOCUMENT, c->title,
	    arena_printf(r->arena, "%s, %s", words_of(r->words, "document_kind_", word),
	        content_numbered(r, doc)),
	    r->path);
	return err | page_end(r, "document");
}

int page_documents(struct renderer *r)
{
	size_t count;
	const struct content **docs = content_of_kind(r, CONTENT_DOCUMENT, &count);
	int err = list_page(r, docs, count);
	for (size_t i = 0; i < count; i++)
		err |= document_page(r, docs[i]);
	return err;
}

/* Reports, analyses and recommendations, the newest first. */
int page_reports(struct renderer *r)
{
	size_t count, shown = 0;
	const struct content **docs = content_of_kind(r, CONTENT_DOCUMENT, &count);
	struct view *v =
	    page_begin(r, "reports/", "documents", words_get(r->words, "reports_title"));
	page_crumb(r, words_get(r->words, "menu_documents"), "documents/");
	struct list *rows = view_list(v, "rows");
	for (size_t i = 0; i < count; i++) {
		int kind = docs[i]->as.document.kind;
		if (kind != DOCUMENT_REPORT && kind != DOCUMENT_RECOMMENDATION &&
		    kind != DOCUMENT_ANALYSIS)
			continue;
		content_document(r, list_view(rows), docs[i]);
		shown++;
	}
	view_flag(v, "has_rows", shown > 0);
	return page_end(r, "reports");
}

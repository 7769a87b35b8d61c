/*
 * All documents by kind, and a page for each with its text, its place in the
 * management cycle, what it follows from, and whom it is addressed to.
 */
#include "render/content_view.h"
#include "render/pages.h"

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

static int list_page(struct renderer *r, const struct content **docs, size_t count)
{
	struct view *v =
	    page_begin(r, "documents/", "documents", words_get(r->words, "documents_title"));
	struct list *groups = view_list(v, "groups");
	for (int kind = 1; kind < DOCUMENT_KINDS; kind++)
		add_kind(r, groups, docs, count, kind);
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

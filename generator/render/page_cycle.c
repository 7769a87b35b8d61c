/*
 * The management cycle: nine positions, under each its documents in order of
 * date. Two things break the chain and are pointed out: a document that is
 * older than one it follows from, and a position none of whose documents
 * follows from one of the positions before it. An empty position is said
 * neutrally.
 */
#include "render/content_view.h"
#include "render/pages.h"

#include <string.h>

static bool holds(const struct document *doc, int position)
{
	for (size_t i = 0; i < doc->cycle.count; i++)
		if (field_enum(&doc->cycle, i) == position)
			return true;
	return false;
}

/* The document it follows from although that one is of a later date. */
static const struct content *later_ground(const struct renderer *r, const struct document *doc)
{
	for (size_t i = 0; i < doc->follows.count; i++) {
		const struct content *c =
		    department_find(r->dept, str_of(field_text(&doc->follows, i)));
		if (c && c->kind == CONTENT_DOCUMENT && date_is_set(doc->date) &&
		    date_cmp(c->as.document.date, doc->date) > 0)
			return c;
	}
	return NULL;
}

static bool holds_before(const struct document *doc, int position)
{
	for (int p = 1; p < position; p++)
		if (holds(doc, p))
			return true;
	return false;
}

/* Does a document of the position rest on one of those before it, or serve
 * them too? */
static bool is_linked(
    const struct renderer *r, const struct content **docs, size_t count, int position)
{
	for (size_t i = 0; i < count; i++) {
		const struct document *doc = &docs[i]->as.document;
		if (!holds(doc, position))
			continue;
		if (holds_before(doc, position))
			return true;
		for (size_t k = 0; k < doc->follows.count; k++) {
			const struct content *c =
			    department_find(r->dept, str_of(field_text(&doc->follows, k)));
			if (c && c->kind == CONTENT_DOCUMENT &&
			    holds_before(&c->as.document, position))
				return true;
		}
	}
	return false;
}

static void add_document(struct renderer *r, struct list *rows, const struct content *c)
{
	struct view *row = list_view(rows);
	const struct content *later = later_ground(r, &c->as.document);
	content_document(r, row, c);
	struct list *follows = view_list(row, "follows");
	for (size_t i = 0; i < c->as.document.follows.count; i++)
		content_link(r, follows, field_text(&c->as.document.follows, i));
	view_flag(row, "has_follows", follows->count > 0);
	view_null(row, "wrong_order");
	if (later)
		page_mark(r, row, "wrong_order", MARK_BAD,
		    phrase(r->words, r->arena, "cycle_wrong_order", "title", later->title, NULL));
}

static void add_position(struct renderer *r, struct list *positions, const struct content **docs,
    size_t count, int position)
{
	struct view *p = list_view(positions);
	view_text(p, "id", cycle_positions[position - 1]);
	view_int(p, "number", position);
	view_text(p, "title", words_of(r->words, "cycle_", cycle_positions[position - 1]));
	struct list *rows = view_list(p, "rows");
	for (size_t i = count; i-- > 0;) /* the oldest first */
		if (holds(&docs[i]->as.document, position))
			add_document(r, rows, docs[i]);
	bool linked = position == 1 || is_linked(r, docs, count, position);
	view_flag(p, "has_rows", rows->count > 0);
	view_flag(p, "unlinked", rows->count > 0 && !linked);
	page_mark(r, p, "status", rows->count ? MARK_GOOD : MARK_NONE,
	    rows->count
	        ? phrase_count(r->words, r->arena, "documents_count", (long long)rows->count, NULL)
	        : words_get(r->words, "cycle_gap"));
}

static bool is_filled(const struct content **docs, size_t count, int position)
{
	for (size_t i = 0; i < count; i++)
		if (holds(&docs[i]->as.document, position))
			return true;
	return false;
}

/*
 * Fields: lead; positions [{id, number, title, status, has_rows, unlinked, rows
 * [as of content_document(), and has_follows, follows [{title, href}],
 * wrong_order (mark, or null)]}].
 */
int page_cycle(struct renderer *r)
{
	size_t count, filled = 0;
	const struct content **docs = content_of_kind(r, CONTENT_DOCUMENT, &count);
	struct view *v = page_begin(r, "cycle/", "documents", words_get(r->words, "cycle_title"));
	page_crumb(r, words_get(r->words, "menu_documents"), "documents/");
	struct list *positions = view_list(v, "positions");
	for (int position = 1; position < CYCLE_END; position++) {
		add_position(r, positions, docs, count, position);
		filled += is_filled(docs, count, position);
	}
	view_text(
	    v, "lead", phrase_count(r->words, r->arena, "cycle_lead", (long long)filled, NULL));
	return page_end(r, "cycle");
}

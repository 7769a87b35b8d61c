/*
 * The programme: its passport as facts, then its text; the glossary is a page
 * of its own beneath it.
 */
#include "render/content_view.h"
#include "render/pages.h"

/* Passport: a single text, or a list. */
static void add_passport(struct renderer *r, struct view *v, const struct programme *p)
{
	struct list *facts = view_list(v, "facts");
	for (int i = 0; i < PASSPORT_FIELDS; i++) {
		const struct field_list *values = &p->passport[i];
		if (values->count == 0)
			continue;
		struct view *fact = list_view(facts);
		view_text(fact, "name", words_of(r->words, "passport_", passport_keys[i]));
		view_text(fact, "text", values->count == 1 ? field_text(values, 0) : NULL);
		struct list *items = view_list(fact, "items");
		for (size_t n = 0; values->count > 1 && n < values->count; n++)
			view_text(list_view(items), "text", field_text(values, n));
		view_flag(fact, "many", values->count > 1);
	}
}

static void add_risks(struct renderer *r, struct view *v)
{
	struct list *risks = view_list(v, "risks");
	for (size_t i = 0; i < r->dept->nrisks; i++) {
		struct view *row = list_view(risks);
		view_text(row, "risk", r->dept->risks[i].risk);
		view_text(row, "mitigation", r->dept->risks[i].mitigation);
	}
	view_flag(v, "has_risks", r->dept->nrisks > 0);
}

static int page_glossary(struct renderer *r)
{
	const struct content *c = r->dept->glossary;
	if (!c || !content_published(r, c))
		return 0;
	struct view *v = page_begin(
	    r, "programme/glossary/", "programme", words_get(r->words, "glossary_title"));
	page_crumb(r, words_get(r->words, "menu_programme"), "programme/");
	int err = page_markdown(r, v, "body", c, 2);
	return err | page_end(r, "text");
}

/* Fields: facts [{name, text, many, items}], body, toc, risks, glossary. */
int page_programme(struct renderer *r)
{
	const struct content *c = r->dept->programme;
	bool there = c && content_published(r, c);
	/* A heading of its text is no title of the whole. */
	const char *title = there && c->front && yaml_find(c->front, "title")
	    ? c->title
	    : words_get(r->words, "menu_programme");
	struct view *v = page_begin(r, "programme/", "programme", title);
	int err = 0;
	view_flag(v, "has_programme", there);
	view_text(v, "glossary",
	    r->dept->glossary && content_published(r, r->dept->glossary)
	        ? page_href(r, "programme/glossary/")
	        : NULL);
	view_text(v, "roadmap", page_href(r, "roadmap/"));
	view_text(v, "documents", page_href(r, "documents/"));
	add_risks(r, v);
	if (there) {
		add_passport(r, v, &c->as.programme);
		err |= page_markdown(r, v, "body", c, 2);
	}
	err |= page_end(r, "programme");
	return err | page_glossary(r);
}

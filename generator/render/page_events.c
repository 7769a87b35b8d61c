/*
 * Events, the newest first, and a page for each.
 */
#include "render/content_view.h"
#include "render/pages.h"

#include <string.h>

static const struct roadmap_item *roadmap_item(const struct renderer *r, const char *id)
{
	for (size_t i = 0; id && i < r->dept->nroadmap; i++)
		if (strcmp(r->dept->roadmap[i].id, id) == 0)
			return &r->dept->roadmap[i];
	return NULL;
}

static void add_event(struct renderer *r, struct view *v, const struct content *c)
{
	const struct event *e = &c->as.event;
	const struct roadmap_item *item = roadmap_item(r, e->roadmap);
	view_text(v, "title", c->title);
	view_text(v, "href", page_href(r, page_content_path(r, c)));
	view_text(v, "withheld", content_withheld(r, c));
	view_text(v, "date", words_date(r->words, r->arena, e->date, true));
	view_text(v, "iso", arena_strdup(r->arena, date_iso(e->date).s));
	view_text(v, "place", e->place);
	view_text(v, "measure", item ? item->activity : NULL);
	view_text(v, "measure_href",
	    item ? page_href(r, arena_printf(r->arena, "roadmap/#%s", item->id)) : NULL);
}

static int event_page(struct renderer *r, const struct content *c)
{
	struct view *v = page_begin(r, page_content_path(r, c), "documents", c->title);
	page_crumb(r, words_get(r->words, "events_title"), "events/");
	view_flag(v, "is_event", true);
	add_event(r, v, c);
	int err = page_markdown(r, v, "body", c, 2);
	return err | page_end(r, "event");
}

int page_events(struct renderer *r)
{
	size_t count;
	const struct content **events = content_of_kind(r, CONTENT_EVENT, &count);
	struct view *v = page_begin(r, "events/", "documents", words_get(r->words, "events_title"));
	int err = 0;
	struct list *rows = view_list(v, "rows");
	for (size_t i = 0; i < count; i++)
		add_event(r, list_view(rows), events[i]);
	view_flag(v, "has_rows", count > 0);
	err |= page_end(r, "events");
	for (size_t i = 0; i < count; i++)
		err |= event_page(r, events[i]);
	return err;
}

/* Pages of content that are of no other kind. */
int page_content(struct renderer *r)
{
	size_t count;
	const struct content **pages = content_of_kind(r, CONTENT_PAGE, &count);
	int err = 0;
	for (size_t i = 0; i < count; i++) {
		struct view *v =
		    page_begin(r, page_content_path(r, pages[i]), NULL, pages[i]->title);
		err |= page_markdown(r, v, "body", pages[i], 2);
		err |= page_end(r, "text");
	}
	return err;
}

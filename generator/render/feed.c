/*
 * feed.atom (RFC 4287): documents and events, the newest first.
 *
 * An entry's day is the day of publication where the page names one, else
 * that of the document or the event; without either a page is in no feed, as
 * nobody could say when it was new. An entry tells what lists of documents
 * tell, nothing of the text, so no number can get out by this way.
 *
 * Identifiers are tag URIs (RFC 4151) of the host and the path in content/:
 * they stay when the design of addresses changes. Readers take an entry for
 * the same as long as its identifier is.
 */
#include "render/feed.h"

#include "render/content_view.h"
#include "render/pages.h"
#include "text/xml.h"

#include <stdlib.h>
#include <string.h>

/* More than a reader looks back over. */
enum { ENTRIES = 100 };

/* A year in which the names of tag URIs are said to have been given; it may
 * never change. */
static const char tag_year[] = "2026";

struct entry {
	const struct content *content;
	struct date date;
};

static struct date entry_date(const struct content *c)
{
	if (date_is_set(c->publish_on))
		return c->publish_on;
	return c->kind == CONTENT_EVENT ? c->as.event.date : c->as.document.date;
}

static int newest_first(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int order = date_cmp(b->date, a->date);
	return order ? order : strcmp(a->content->path, b->content->path);
}

static size_t add_kind(
    const struct renderer *r, enum content_kind kind, struct entry *entries, size_t count)
{
	size_t found;
	const struct content **pages = content_of_kind(r, kind, &found);
	for (size_t i = 0; i < found; i++)
		if (date_is_set(entry_date(pages[i])))
			entries[count++] = (struct entry){pages[i], entry_date(pages[i])};
	return count;
}

static const char *tag(const struct renderer *r, const char *path)
{
	return arena_printf(r->arena, "tag:%s,%s:%s%s%s", page_host(r), tag_year, r->dept->id,
	    *path ? "/" : "", path);
}

static void add_id(struct xml *x, const struct renderer *r, const char *path)
{
	xml_begin(x, "id");
	xml_text_url(x, str_of(tag(r, path)));
	xml_end(x);
}

static void add_link(struct xml *x, const char *relation, const char *type, const char *url)
{
	xml_begin(x, "link");
	xml_attr(x, "rel", str_of(relation));
	xml_attr(x, "type", str_of(type));
	xml_url(x, "href", str_of(url));
	xml_end(x);
}

/* The formats know moments only; that of a day is its beginning. */
static void add_moment(struct xml *x, const struct renderer *r, const char *name, struct date d)
{
	xml_leaf(x, name, str_of(arena_printf(r->arena, "%sT00:00:00Z", date_iso(d).s)));
}

static void add_category(struct xml *x, const char *term, const char *label)
{
	xml_begin(x, "category");
	xml_attr(x, "term", str_of(term));
	xml_attr(x, "label", str_of(label));
	xml_end(x);
}

static const char *summary(const struct renderer *r, const struct content *c)
{
	if (c->kind == CONTENT_EVENT) {
		const char *date = words_date(r->words, r->arena, c->as.event.date, true);
		const char *place = c->as.event.place;
		return place ? arena_printf(r->arena, "%s. %s", date, place) : date;
	}
	const struct document *doc = &c->as.document;
	const char *numbered = content_numbered(r, doc);
	return doc->issuer ? arena_printf(r->arena, "%s, %s", doc->issuer, numbered) : numbered;
}

static struct feed_item item_of(const struct renderer *r, const struct entry *e)
{
	const struct content *c = e->content;
	const char *word = c->kind == CONTENT_EVENT ? "event"
	    : c->as.document.kind                   ? document_kinds[c->as.document.kind - 1]
	                                            : "other";
	return (struct feed_item){
	    .id = c->path,
	    .title = c->title,
	    .address = page_address(r, page_content_path(r, c)),
	    .date = e->date,
	    .term = word,
	    .label = c->kind == CONTENT_EVENT ? words_get(r->words, "feed_event")
	                                      : words_of(r->words, "document_kind_", word),
	    .summary = summary(r, c),
	};
}

static void add_author(struct xml *x, const char *name)
{
	xml_begin(x, "author");
	xml_leaf(x, "name", str_of(name));
	xml_end(x);
}

static void add_entry(struct xml *x, const struct renderer *r, const struct feed_item *item)
{
	xml_begin(x, "entry");
	add_id(x, r, item->id);
	xml_leaf(x, "title", str_of(item->title));
	add_link(x, "alternate", "text/html", item->address);
	add_moment(x, r, "published", item->date);
	add_moment(x, r, "updated", item->date);
	if (item->author)
		add_author(x, item->author);
	if (item->term)
		add_category(x, item->term, item->label);
	xml_leaf(x, "summary", str_of(item->summary));
	xml_end(x);
}

static void add_head(struct xml *x, const struct renderer *r, const struct feed *f)
{
	const struct department_meta *meta = department_meta(r->dept);
	const char *name = meta->short_name ? meta->short_name : r->dept->index->title;
	xml_begin(x, "feed");
	xml_attr(x, "xmlns", STR("http://www.w3.org/2005/Atom"));
	xml_attr(x, "xml:lang", r->words->russian ? STR("ru") : STR("en"));
	add_id(x, r, f->of);
	xml_leaf(x, "title", str_of(arena_printf(r->arena, "%s: %s", name, f->title)));
	if (meta->notice)
		xml_leaf(x, "subtitle", str_of(meta->notice));
	add_link(x, "self", "application/atom+xml", page_address(r, f->path));
	add_link(x, "alternate", "text/html", page_address(r, f->of));
	add_moment(x, r, "updated", f->count ? f->items[0].date : r->today);
	add_author(x, name);
}

int feed_write(struct renderer *r, const struct feed *f)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct xml x = XML_INIT(&out);
	add_head(&x, r, f);
	for (size_t i = 0; i < f->count && i < ENTRIES; i++)
		add_entry(&x, r, &f->items[i]);
	xml_end(&x);
	int err = xml_done(&x) < 0 ? -1 : page_file(r, f->path, (struct str){out.data, out.len});
	buf_clear(&out);
	return err;
}

int feed(struct renderer *r)
{
	if (!page_address(r, ""))
		return 0;
	struct entry *entries = arena_array(r->arena, r->dept->ncontents + 1, sizeof(*entries));
	size_t count = add_kind(r, CONTENT_DOCUMENT, entries, 0);
	count = add_kind(r, CONTENT_EVENT, entries, count);
	qsort(entries, count, sizeof(*entries), newest_first);

	struct feed_item *items = arena_array(r->arena, count + 1, sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = item_of(r, &entries[i]);
	const struct feed feed = {.path = "feed.atom",
	    .of = "",
	    .title = words_get(r->words, "feed_title"),
	    .items = items,
	    .count = count};
	return feed_write(r, &feed);
}

/*
 * What a document is called in lists: title, then "от 6 мая 2019, № 590/219".
 */
#include "render/content_view.h"

#include <stdlib.h>
#include <string.h>

bool content_published(const struct renderer *r, const struct content *c)
{
	return r->profile == PROFILE_INTERNAL || content_is_public(c, r->today);
}

const char *content_withheld(const struct renderer *r, const struct content *c)
{
	if (content_is_public(c, r->today))
		return NULL;
	if (c->status == PAGE_DRAFT)
		return words_get(r->words, "withheld_draft");
	return phrase(r->words, r->arena, "withheld_until", "date",
	    words_date(r->words, r->arena, c->publish_on, true), NULL);
}

void content_link(const struct renderer *r, struct list *links, const char *path)
{
	const struct content *c = department_find(r->dept, str_of(path));
	if (!c || !content_published(r, c))
		return;
	struct view *link = list_view(links);
	view_text(link, "title", c->title);
	view_text(link, "href", page_href(r, page_content_path(r, c)));
}

struct date content_date(const struct document *d)
{
	if (date_is_set(d->date) || d->year <= 0 || d->year > 9999)
		return d->date;
	return (struct date){(int16_t)d->year, 1, 1};
}

static struct date date_of(const struct content *c)
{
	return c->kind == CONTENT_DOCUMENT ? content_date(&c->as.document)
	    : c->kind == CONTENT_EVENT     ? c->as.event.date
	                                   : (struct date){0};
}

static int newest_first(const void *x, const void *y)
{
	const struct content *const *a = x, *const *b = y;
	int order = date_cmp(date_of(*b), date_of(*a));
	return order ? order : strcmp((*a)->path, (*b)->path);
}

const struct content **content_of_kind(
    const struct renderer *r, enum content_kind kind, size_t *count)
{
	const struct department *d = r->dept;
	const struct content **found =
	    arena_array(r->arena, d->ncontents + 1, sizeof(const struct content *));
	*count = 0;
	for (size_t i = 0; i < d->ncontents; i++)
		if (d->contents[i]->kind == kind && content_published(r, d->contents[i]))
			found[(*count)++] = d->contents[i];
	qsort(found, *count, sizeof(*found), newest_first);
	return found;
}

const char *content_numbered(const struct renderer *r, const struct document *doc)
{
	const char *date = words_date(r->words, r->arena, doc->date, true);
	if (date_is_set(doc->date) && doc->number)
		return phrase(r->words, r->arena, "document_date_number", "date", date, "number",
		    doc->number, NULL);
	if (date_is_set(doc->date))
		return phrase(r->words, r->arena, "document_date", "date", date, NULL);
	if (doc->number)
		return phrase(r->words, r->arena, "document_number", "number", doc->number, NULL);
	if (doc->year > 0)
		return phrase(r->words, r->arena, "document_year", "year",
		    arena_printf(r->arena, "%lld", (long long)doc->year), NULL);
	return words_get(r->words, "document_undated");
}

/* "files/x.pdf": the front matter may leave the folder out. */
static const char *attachment_path(const struct renderer *r, const char *file)
{
	return str_starts(str_of(file), "files/") ? file : arena_printf(r->arena, "files/%s", file);
}

static const char *format_of(const struct renderer *r, const char *file)
{
	const char *dot = strrchr(file, '.');
	if (!dot || !dot[1])
		return NULL;
	char *format = arena_strdup(r->arena, dot + 1);
	for (char *p = format; *p; p++)
		*p = (char)utf8_upper((unsigned char)*p);
	return format;
}

const char *content_size(const struct renderer *r, uint64_t bytes)
{
	enum { KILOBYTE = 1024, MEGABYTE = KILOBYTE * KILOBYTE };
	if (bytes < MEGABYTE)
		return phrase(r->words, r->arena, "data_size", "n",
		    words_int(r->words, r->arena, (long long)((bytes + KILOBYTE - 1) / KILOBYTE)),
		    NULL);
	return phrase(r->words, r->arena, "size_megabytes", "n",
	    words_number(r->words, r->arena, frac_of((int64_t)bytes, MEGABYTE), 1), NULL);
}

/* size, pages, hash: of the file, or null */
static void add_attachment(const struct renderer *r, struct view *v, const char *file)
{
	const struct attachment *a = file ? department_attachment(r->dept, str_of(file)) : NULL;
	bool known = a && a->size > 0;
	view_text(v, "size", known ? content_size(r, a->size) : NULL);
	view_text(v, "pages",
	    known && a->pages
	        ? phrase_count(r->words, r->arena, "document_pages", (long long)a->pages, NULL)
	        : NULL);
	view_text(v, "hash", known ? a->hash.s : NULL);
}

void content_document(struct renderer *r, struct view *v, const struct content *c)
{
	const struct document *doc = &c->as.document;
	const char *word = doc->kind ? document_kinds[doc->kind - 1] : "other";
	view_text(v, "title", c->title);
	view_text(v, "href", page_href(r, page_content_path(r, c)));
	view_text(v, "withheld", content_withheld(r, c));
	view_text(v, "kind", words_of(r->words, "document_kind_", word));
	view_text(v, "date", words_date(r->words, r->arena, doc->date, true));
	view_text(v, "iso", arena_strdup(r->arena, date_iso(doc->date).s));
	view_text(v, "numbered", content_numbered(r, doc));
	int year = content_date(doc).year;
	view_text(v, "year", year ? arena_printf(r->arena, "%d", year) : NULL);
	view_text(v, "issuer", doc->issuer);
	view_text(v, "file", doc->file ? page_attachment(r, attachment_path(r, doc->file)) : NULL);
	view_text(v, "format", doc->file ? format_of(r, doc->file) : NULL);
	add_attachment(r, v, doc->file);
	view_text(v, "signature",
	    doc->signature ? page_attachment(r, attachment_path(r, doc->signature)) : NULL);
}

/*
 * content_view - pages of content as links and facts.
 *
 * Drafts, and pages whose day of publication has not come, are in no list of
 * the public site; the internal one shows them and says so.
 */
#ifndef RENDER_CONTENT_VIEW_H
#define RENDER_CONTENT_VIEW_H

#include "render/page.h"

bool content_published(const struct renderer *r, const struct content *c);
/* Why the public does not see it ("черновик"), or NULL. */
const char *content_withheld(const struct renderer *r, const struct content *c);
/* A link {title, href} to the page of a path of content/, or nothing when it
 * is not published. */
void content_link(const struct renderer *r, struct list *links, const char *path);
/* Published pages of a kind; documents and events the newest first. */
const struct content **content_of_kind(
    const struct renderer *r, enum content_kind kind, size_t *count);
/*
 * Fields of a document in a list: title, href, withheld (or null), kind (word), date, iso, year, numbered
 * ("от 20 января 2020 № 15"), issuer, file, format; size, pages and hash of
 * the file (words, or null while not known), signature.
 */
void content_document(struct renderer *r, struct view *v, const struct content *c);
/* "от 20 января 2020 № 15" */
const char *content_numbered(const struct renderer *r, const struct document *doc);
/* The day of a document, the first one of the year where it bears only a year; or no date. */
struct date content_date(const struct document *doc);
/* "12 КБ", "1,4 МБ" */
const char *content_size(const struct renderer *r, uint64_t bytes);

#endif

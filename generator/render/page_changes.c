/*
 * What changed for the reader, by commit, newest first: changes/ and its feed
 * changes/feed.atom; the newest stand on the overview too.
 *
 * A commit that changed nothing that a reader sees is named all the same, so
 * that the list is whole.
 */
#include "render/change_view.h"
#include "render/commit_view.h"
#include "render/feed.h"
#include "render/pages.h"

#include <string.h>

enum { SHOWN = 60, LINES = 20 };

static const char *const PATH = CHANGES_PATH;

static void add_publication(struct renderer *r, struct view *v, const struct publication *p)
{
	commit_view(r, v, p->commit);
	view_text(v, "anchor", commit_anchor(r, p->commit));
	struct list *changes = view_list(v, "changes");
	for (size_t i = 0; i < p->changes.count && i < SHOWN; i++)
		change_view(r, list_view(changes), &p->changes.items[i]);
	view_flag(v, "has_changes", p->changes.count > 0);
	view_text(v, "rest",
	    p->changes.count > SHOWN ? phrase_count(r->words, r->arena, "change_rest",
	                                   (long long)(p->changes.count - SHOWN), NULL)
	                             : NULL);
	view_flag(v, "errors", p->errors);
}

/* -- the feed ------------------------------------------------------------------------------ */

static const char *all_lines(struct renderer *r, const struct publication *p)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < p->changes.count && i < LINES; i++)
		buf_addf(&out, "%s%s", i ? ".\n" : "", change_line(r, &p->changes.items[i]));
	return buf_keep(r->arena, &out).p;
}

static int changes_feed(struct renderer *r)
{
	if (!page_address(r, ""))
		return 0;
	struct feed_item *items = arena_array(r->arena, r->npublications + 1, sizeof(*items));
	size_t count = 0;
	for (size_t i = 0; i < r->npublications; i++) {
		const struct publication *p = &r->publications[i];
		if (!p->changes.count)
			continue;
		items[count++] = (struct feed_item){
		    .id = arena_printf(r->arena, "changes/%s", p->commit->id),
		    .title = *p->commit->reason ? p->commit->reason
		                                : words_get(r->words, "commit_no_reason"),
		    .address = page_address(
		        r, arena_printf(r->arena, "%s#%s", PATH, commit_anchor(r, p->commit))),
		    .date = p->commit->date,
		    .author = p->commit->author,
		    .summary = all_lines(r, p),
		};
	}
	const struct feed feed = {.path = "changes/feed.atom",
	    .of = PATH,
	    .title = words_get(r->words, "changes_title"),
	    .items = items,
	    .count = count};
	return feed_write(r, &feed);
}

/*
 * Template changes: has_publications, feed (address or null), publications
 * [{those of a commit, anchor, has_changes, changes [as of change_view()],
 * rest, errors}], terms_open (the rules of disclosure are not committed yet).
 */
int page_changes(struct renderer *r)
{
	if (!r->history || r->history->state != HISTORY_WHOLE)
		return 0;
	struct view *v = page_begin(r, PATH, NULL, words_get(r->words, "changes_title"));
	page_description(r, words_get(r->words, "changes_lead"));
	struct list *list = view_list(v, "publications");
	for (size_t i = 0; i < r->npublications; i++)
		add_publication(r, list_view(list), &r->publications[i]);
	view_flag(v, "has_publications", r->npublications > 0);
	view_flag(v, "terms_open", r->publications_withheld);
	view_text(v, "feed", page_address(r, "") ? page_href(r, "changes/feed.atom") : NULL);
	int err = page_end(r, "changes");
	return err | changes_feed(r);
}

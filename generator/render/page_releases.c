/*
 * The list of releases. The pages of each lie below it, in a unit of their own
 * (job/build_release.c).
 */
#include "render/pages.h"

/* Template releases: rows {name, href, date, date_iso, reason, commit}. */
int page_releases(struct renderer *r)
{
	if (!r->releases || !r->releases->count)
		return 0;
	struct view *v = page_begin(r, "releases/", NULL, words_get(r->words, "releases_title"));
	struct list *rows = view_list(v, "rows");
	page_description(r, words_get(r->words, "releases_lead"));
	for (size_t i = 0; i < r->releases->count; i++) {
		const struct release *release = &r->releases->items[i];
		struct view *row = list_view(rows);
		view_text(row, "name", release->name);
		view_text(row, "href",
		    page_site_href(r, arena_printf(r->arena, "releases/%s/", release->name)));
		view_text(row, "date", words_date(r->words, r->arena, release->date, true));
		view_text(row, "date_iso", arena_strdup(r->arena, date_iso(release->date).s));
		view_text(row, "reason", *release->reason ? release->reason : NULL);
		view_text(row, "commit", arena_printf(r->arena, "%.8s", release->commit));
	}
	return page_end(r, "releases");
}

/*
 * The release checklist, for the working group: it may name drafts, so the
 * public site has no such page.
 */
#include "compute/readiness.h"
#include "render/pages.h"

#include <string.h>

/* A position of the cycle has a title; all else is named as it is. */
static const char *what_of(const struct renderer *r, enum ready point, const char *what)
{
	return point == READY_CYCLE ? words_of(r->words, "cycle_", what) : what;
}

static void add_point(
    struct renderer *r, struct list *points, const struct readiness *all, enum ready id)
{
	const struct ready_point *p = &all->points[id];
	struct view *v = list_view(points);
	view_text(v, "title", words_of(r->words, "ready_", ready_ids[id]));
	view_flag(v, "blocking", p->blocking);
	page_mark(r, v, "status",
	    p->met            ? MARK_GOOD
	        : p->blocking ? MARK_BAD
	                      : MARK_WAIT,
	    words_get(r->words, p->met ? "ready_met" : "ready_open"));
	struct list *rows = view_list(v, "what");
	bool named = id != READY_AUDIT; /* there the title says all */
	for (size_t i = 0; named && i < p->nwhat; i++)
		view_text(list_view(rows), "text", what_of(r, id, p->what[i]));
	view_flag(v, "has_what", rows->count > 0);
	view_text(v, "more",
	    p->open > p->nwhat ? phrase_count(r->words, r->arena, "ready_more",
	                             (long long)(p->open - p->nwhat), NULL)
	                       : NULL);
}

/*
 * Fields: lead, blocked; points [{title, blocking, status (mark), has_what,
 * what [{text}], more (words, or null)}].
 */
int page_readiness(struct renderer *r)
{
	struct readiness all;
	if (r->profile != PROFILE_INTERNAL)
		return 0;
	readiness_of(&all, r->arena, r->dept, r->diag);
	struct view *v =
	    page_begin(r, "readiness/", "overview", words_get(r->words, "ready_title"));
	view_text(v, "lead",
	    phrase(r->words, r->arena, "ready_lead", "met",
	        words_int(r->words, r->arena, (long long)all.met), "all",
	        words_int(r->words, r->arena, READY_POINTS), NULL));
	view_flag(v, "blocked", all.blocked);
	struct list *points = view_list(v, "points");
	for (int id = 0; id < READY_POINTS; id++)
		add_point(r, points, &all, (enum ready)id);
	return page_end(r, "readiness");
}

/*
 * The points of compute/readiness, each with its own sentence.
 */
#include "job/checklist.h"

#include "base/intl.h"
#include "compute/readiness.h"

static const char *const open_points[READY_POINTS] = {
    N_("links, attachments or evidence lead nowhere"),
    N_("warnings about small groups wait for an answer"),
    N_("programme or acts do not name who approved them (approved_by)"),
    N_("positions of the management cycle hold no document"),
    N_("“yes” or “done” without evidence"),
    N_("the day of the next site audit is not set (next_audit in index.md)"),
    N_("drafts and postponed pages"),
};

static void add_point(
    struct buf *out, const struct ready_point *p, const char *sentence, bool named)
{
	buf_addf(out, "  %s %s", p->blocking ? "!" : "-", _(sentence));
	for (size_t i = 0; named && i < p->nwhat; i++)
		buf_addf(out, "%s%s", i ? ", " : ": ", p->what[i]);
	if (p->open > p->nwhat)
		buf_addf(out, _(" and %zu more"), p->open - p->nwhat);
	buf_addc(out, '\n');
}

bool checklist_text(struct buf *out, const struct department *d, const struct diag *diag)
{
	struct arena arena = ARENA_INIT;
	struct readiness all;
	readiness_of(&all, &arena, d, diag);
	bool blocked = all.blocked;
	buf_addf(
	    out, _("Release checklist of %s: %zu of %d points met"), d->id, all.met, READY_POINTS);
	buf_addf(out, "%s\n", all.blocked ? _("; those with ! block a release") : "");
	for (int id = 0; id < READY_POINTS; id++)
		if (!all.points[id].met)
			add_point(out, &all.points[id], open_points[id], id != READY_AUDIT);
	arena_clear(&arena);
	return blocked;
}

/*
 * Each point is a function that notes what is missing; a point is met when
 * nothing was noted. Links and small groups are not looked for again: the
 * messages about them are counted by their rules.
 */
#include "compute/readiness.h"

#include <string.h>

const char *const ready_ids[] = {
    "links", "groups", "approvals", "cycle", "evidence", "audit", "drafts", NULL};

static void miss(struct ready_point *p, const char *what)
{
	p->open++;
	if (p->nwhat < READY_SHOWN)
		p->what[p->nwhat++] = what;
}

static bool is_one_of(const char *rule, const char *const *rules)
{
	for (; *rules; rules++)
		if (strcmp(rule, *rules) == 0)
			return true;
	return false;
}

/* A warning that somebody has answered for has become a note. */
static void count_messages(
    struct ready_point *p, struct arena *a, const struct diag *diag, const char *const *rules)
{
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_item *item = &diag->items[i];
		if (item->level != DIAG_NOTE && is_one_of(item->rule, rules))
			miss(p,
			    item->line && item->file
			        ? arena_printf(a, "%s:%u", item->file, item->line)
			        : item->file);
	}
}

static bool wants_approval(const struct content *c)
{
	return c->kind == CONTENT_PROGRAMME ||
	    (c->kind == CONTENT_DOCUMENT && c->as.document.kind == DOCUMENT_PROGRAMME) ||
	    (c->kind == CONTENT_DOCUMENT && c->as.document.kind == DOCUMENT_ACT);
}

/* Without a staff list nobody can be named. */
static void approvals(struct ready_point *p, const struct department *d)
{
	for (size_t i = 0; i < d->ncontents && d->site->staff.count; i++) {
		const struct content *c = d->contents[i];
		if (wants_approval(c) && content_is_public(c, d->today) && !c->approved_by)
			miss(p, c->file);
	}
}

static void cycle(struct ready_point *p, const struct department *d)
{
	bool held[CYCLE_END] = {false};
	for (size_t i = 0; i < d->ncontents; i++) {
		const struct content *c = d->contents[i];
		const struct field_list *positions = &c->as.document.cycle;
		if (c->kind != CONTENT_DOCUMENT || !content_is_public(c, d->today))
			continue;
		for (size_t k = 0; k < positions->count; k++)
			held[field_enum(positions, k)] = true;
	}
	for (int position = CYCLE_GOALS; position < CYCLE_END; position++)
		if (!held[position])
			miss(p, cycle_positions[position - 1]);
}

static void evidence(struct ready_point *p, struct arena *a, const struct department *d)
{
	for (size_t i = 0; i < d->nvalues; i++) {
		const struct indicator_value *v = &d->values[i];
		if (!v->evidence && v->indicator &&
		    quantity_read(a, v->indicator, v->value).yesno == YESNO_YES)
			miss(p, arena_printf(a, "%s %d", v->indicator->id, v->year));
	}
	for (size_t i = 0; i < d->nroadmap; i++)
		if (date_is_set(d->roadmap[i].done) && !d->roadmap[i].evidence)
			miss(p, d->roadmap[i].id);
}

static void audit(struct ready_point *p, const struct department *d)
{
	struct date next = department_meta(d)->next_audit;
	if (!date_is_set(next) || date_cmp(next, d->today) < 0)
		miss(p, "next_audit");
}

static void drafts(struct ready_point *p, const struct department *d)
{
	for (size_t i = 0; i < d->ncontents; i++)
		if (!content_is_public(d->contents[i], d->today))
			miss(p, d->contents[i]->file);
}

void readiness_of(
    struct readiness *out, struct arena *a, const struct department *d, const struct diag *diag)
{
	static const char *const links[] = {"broken-link", "markdown-anchor", "missing-attachment",
	    "missing-document", "missing-path", NULL};
	static const char *const groups[] = {
	    "small-groups", "unknown-group", "hidden-guessable", NULL};
	*out = (struct readiness){0};
	struct ready_point *p = out->points;
	for (int i = 0; i < READY_POINTS; i++)
		p[i].what = arena_array(a, READY_SHOWN, sizeof(*p[i].what));
	p[READY_LINKS].blocking = p[READY_GROUPS].blocking = true;
	count_messages(&p[READY_LINKS], a, diag, links);
	count_messages(&p[READY_GROUPS], a, diag, groups);
	approvals(&p[READY_APPROVALS], d);
	cycle(&p[READY_CYCLE], d);
	evidence(&p[READY_EVIDENCE], a, d);
	audit(&p[READY_AUDIT], d);
	drafts(&p[READY_DRAFTS], d);
	for (int i = 0; i < READY_POINTS; i++) {
		p[i].met = p[i].open == 0;
		out->met += p[i].met;
		out->blocked |= p[i].blocking && !p[i].met;
	}
}

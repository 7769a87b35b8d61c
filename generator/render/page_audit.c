/*
 * The audit of school sites: its rounds, and of each round the matrix of
 * schools and items with their sums, what changed since the round before, and
 * why something was not checked.
 */
#include "compute/audit_reason.h"
#include "render/audit_view.h"
#include "render/grid.h"
#include "render/pages.h"

#include <stdlib.h>

enum { NUMBERED = 5 /* more items than this have numbers for heads */ };

struct page_round {
	struct renderer *r;
	struct audit_round round;
	const struct checklist_item **items; /* of the matrix; [nitems] */
	size_t nitems;
	size_t nmarkup; /* items of order 1493 that were looked for */
};

/* -- what there is ------------------------------------------------------------ */

static bool was_asked(const struct audit_round *round, const struct checklist_item *item)
{
	const struct department *d = round->department;
	for (size_t i = 0; i < d->nschools; i++)
		if (audit_round_cell(round, &d->schools[i], item)->row)
			return true;
	return false;
}

static void read_round(struct page_round *p, struct renderer *r, struct date date)
{
	const struct table *t = r->dept->checklist;
	*p = (struct page_round){.r = r};
	audit_round_read(&p->round, r->arena, r->dept, date);
	p->items = arena_array(r->arena, t->count + 1, sizeof(const struct checklist_item *));
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		if (!was_asked(&p->round, item))
			continue;
		if (audit_is_markup(item))
			p->nmarkup++;
		else
			p->items[p->nitems++] = item;
	}
}

static const char *item_title(const struct checklist_item *item)
{
	return item->title ? item->title : item->id;
}

/* -- the matrix ---------------------------------------------------------------- */

static void add_heads(struct page_round *p, struct grid *g, struct list *titles)
{
	struct renderer *r = p->r;
	grid_head(g, words_get(r->words, "school"), false);
	for (size_t i = 0; i < p->nitems; i++) {
		const char *title = item_title(p->items[i]);
		if (p->nitems <= NUMBERED) {
			grid_head(g, title, false);
			continue;
		}
		const char *number = arena_printf(r->arena, "%zu", i + 1);
		struct view *v = list_view(titles);
		view_text(v, "number", number);
		view_text(v, "title", title);
		grid_head_long(g, number, arena_printf(r->arena, "%s. %s", number, title), false);
	}
	if (p->nmarkup)
		grid_head(g, words_get(r->words, "audit_markup"), true);
}

/* Of one school: how many marks of order 1493 were found. */
static const char *markup_text(struct page_round *p, const struct school *school)
{
	struct audit_sum sum = {0};
	const struct table *t = p->r->dept->checklist;
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_row *x = audit_round_cell(&p->round, school, item)->row;
		if (!x || !audit_is_markup(item))
			continue;
		sum.yes += x->found == FOUND_YES;
		sum.no += x->found == FOUND_NO;
		sum.defective += x->found == FOUND_DEFECTIVE;
		sum.not_checked += x->found == FOUND_NOT_CHECKED;
		sum.not_applicable += x->found == FOUND_NOT_APPLICABLE;
	}
	return audit_sum_text(p->r, sum);
}

static void add_school(struct page_round *p, struct grid *g, const struct school *school)
{
	struct renderer *r = p->r;
	const char *path = audit_school_path(r, p->round.date, school);
	grid_row(g, page_school_name(r, school), page_href(r, path));
	for (size_t i = 0; i < p->nitems; i++) {
		const struct audit_row *x = audit_round_cell(&p->round, school, p->items[i])->row;
		if (x)
			grid_mark(g, audit_row_mark(x), audit_row_word(r->words, x));
		else
			grid_text(g, words_get(r->words, "audit_no_row"));
	}
	if (p->nmarkup)
		grid_text(g, markup_text(p, school));
}

static void add_sums(struct page_round *p, struct grid *g)
{
	struct renderer *r = p->r;
	grid_row(g, words_get(r->words, "audit_sums"), NULL);
	for (size_t i = 0; i < p->nitems; i++)
		grid_text(g, audit_sum_text(r, audit_sum(&p->round, p->items[i])));
	if (p->nmarkup)
		grid_text(g, NULL);
}

static size_t add_matrix(struct page_round *p, struct view *v)
{
	struct renderer *r = p->r;
	struct grid g;
	size_t schools = 0;
	struct list *titles = view_list(v, "items");
	grid_begin(&g, r, v, "matrix", words_get(r->words, "audit_matrix"));
	add_heads(p, &g, titles);
	view_flag(v, "has_items", titles->count > 0);
	if (g.ncolumns > NUMBERED)
		view_flag(g.view, "wide", true);
	for (size_t i = 0; i < r->dept->nschools; i++)
		if (audit_was_visited(&p->round, r->dept->by_name[i])) {
			add_school(p, &g, r->dept->by_name[i]);
			schools++;
		}
	add_sums(p, &g);
	return schools;
}

/* -- since the round before ---------------------------------------------------- */

static const char *verdict_text(const struct renderer *r, const struct audit_row *x)
{
	return x ? audit_row_word(r->words, x) : words_get(r->words, "audit_no_row");
}

static bool is_shown(const struct audit_change *c, enum audit_change_kind kind)
{
	/* A new item, or a new school, is no change. */
	return c->kind == kind && c->before.row && !audit_is_markup(c->item);
}

static void add_kind(
    struct page_round *p, struct grid *g, const struct audit_change *all, size_t count, int kind)
{
	struct renderer *r = p->r;
	bool titled = false;
	for (size_t i = 0; i < count; i++) {
		const struct audit_change *c = &all[i];
		if (!is_shown(c, (enum audit_change_kind)kind))
			continue;
		if (!titled)
			grid_group(g, words_of(r->words, "audit_change_", audit_changes[kind]));
		titled = true;
		grid_row(g, page_school_name(r, c->school),
		    page_href(r, audit_school_path(r, p->round.date, c->school)));
		grid_text(g, item_title(c->item));
		grid_text(g, verdict_text(r, c->before.row));
		grid_text(g, verdict_text(r, c->after.row));
	}
}

/* changes: a grid by kinds of change, those of the rules last; or null. */
static void add_changes(struct page_round *p, struct view *v, struct date before)
{
	struct renderer *r = p->r;
	struct audit_round old;
	struct grid g;
	size_t count;
	view_text(
	    v, "before", date_is_set(before) ? words_date(r->words, r->arena, before, true) : NULL);
	view_null(v, "changes");
	if (!date_is_set(before))
		return;
	audit_round_read(&old, r->arena, r->dept, before);
	const struct audit_change *all = audit_difference(&count, r->arena, &old, &p->round);
	bool any = false;
	for (size_t i = 0; i < count; i++)
		any |= is_shown(&all[i], all[i].kind);
	if (!any)
		return;
	grid_begin(&g, r, v, "changes", words_get(r->words, "audit_changes_caption"));
	grid_head(&g, words_get(r->words, "school"), false);
	grid_head(&g, words_get(r->words, "audit_item"), false);
	grid_head(&g, words_get(r->words, "audit_was"), false);
	grid_head(&g, words_get(r->words, "audit_is"), false);
	for (int kind = CHANGE_NONE + 1; kind < CHANGE_KINDS; kind++)
		if (kind != CHANGE_RULE)
			add_kind(p, &g, all, count, kind);
	add_kind(p, &g, all, count, CHANGE_RULE);
}

/* -- not checked ----------------------------------------------------------------- */

struct reason_count {
	enum audit_reason reason;
	size_t cells, schools;
	const struct school *last;
};

static int by_schools(const void *x, const void *y)
{
	const struct reason_count *a = x, *b = y;
	if (a->schools != b->schools)
		return a->schools < b->schools ? 1 : -1;
	return (a->reason > b->reason) - (a->reason < b->reason);
}

static void count_reason(
    struct reason_count *all, const struct school *s, const struct audit_row *x)
{
	struct reason_count *c = &all[audit_reason_find(str_of(x->reason))];
	c->cells++;
	c->schools += c->last != s;
	c->last = s;
}

static void add_unchecked(struct page_round *p, struct view *v)
{
	struct renderer *r = p->r;
	struct reason_count all[AUDIT_REASONS] = {{0}};
	struct list *rows = view_list(v, "unchecked");
	for (int i = 0; i < AUDIT_REASONS; i++)
		all[i].reason = (enum audit_reason)i;
	for (size_t i = 0; i < r->dept->nschools; i++)
		for (size_t k = 0; k < p->nitems; k++) {
			const struct school *s = &r->dept->schools[i];
			const struct audit_row *x =
			    audit_round_cell(&p->round, s, p->items[k])->row;
			if (x && x->found == FOUND_NOT_CHECKED)
				count_reason(all, s, x);
		}
	qsort(all, AUDIT_REASONS, sizeof(*all), by_schools);
	for (int i = 0; i < AUDIT_REASONS && all[i].cells; i++) {
		struct buf b = BUF_INIT(BUF_LINE);
		struct view *row = list_view(rows);
		audit_reason_write(&b, all[i].reason, STR_NONE, r->words->russian);
		view_text(row, "reason",
		    all[i].reason == REASON_NONE ? words_get(r->words, "audit_other_reason")
		                                 : buf_keep(r->arena, &b).p);
		view_text(row, "schools",
		    phrase_count(
		        r->words, r->arena, "audit_schools", (long long)all[i].schools, NULL));
		buf_clear(&b);
	}
	view_flag(v, "has_unchecked", rows->count > 0);
}

/* -- the pages ------------------------------------------------------------------- */

static const char *round_title(const struct renderer *r, struct date date)
{
	return phrase(r->words, r->arena, "audit_of", "date",
	    words_date(r->words, r->arena, date, true), NULL);
}

/*
 * Fields: lead, matrix (grid), has_items, items [{number, title}], before (the
 * day of the round before, or null), changes (grid, or null), has_unchecked,
 * unchecked [{reason, schools}], csv (or null).
 */
static int round_page(struct renderer *r, struct date date, struct date before)
{
	struct page_round p;
	struct view *v = page_begin(r, audit_round_path(r, date), "schools", round_title(r, date));
	page_crumb(r, words_get(r->words, "audit_title"), "audit/");
	read_round(&p, r, date);
	size_t schools = add_matrix(&p, v);
	const char *lead =
	    phrase_count(r->words, r->arena, "audit_visited", (long long)schools, NULL);
	view_text(v, "lead", lead);
	page_description(r, lead);
	add_changes(&p, v, before);
	add_unchecked(&p, v);
	view_text(
	    v, "csv", page_table_published(r, TABLE_AUDIT) ? page_href(r, "data/audit.csv") : NULL);
	return page_end(r, "audit_round");
}

static void add_round(struct renderer *r, struct list *rows, struct date date)
{
	struct page_round p;
	struct audit_sum all = {0};
	read_round(&p, r, date);
	struct view *row = list_view(rows);
	view_text(row, "title", words_date(r->words, r->arena, date, true));
	view_text(row, "href", page_href(r, audit_round_path(r, date)));
	for (size_t i = 0; i < p.nitems; i++) {
		struct audit_sum s = audit_sum(&p.round, p.items[i]);
		all.yes += s.yes;
		all.no += s.no;
		all.defective += s.defective;
		all.not_checked += s.not_checked;
		all.not_applicable += s.not_applicable;
	}
	view_text(row, "sum", audit_sum_text(r, all));
}

/* Fields: has_rounds, rounds [{title, href, sum}], the last one first. */
int page_audit(struct renderer *r)
{
	size_t count;
	int err = 0;
	const struct date *days = audit_rounds(&count, r->kept, r->dept);
	if (count == 0)
		return 0;
	struct view *v = page_begin(r, "audit/", "schools", words_get(r->words, "audit_title"));
	page_crumb(r, words_get(r->words, "menu_schools"), "schools/");
	page_description(r, words_get(r->words, "audit_lead"));
	struct list *rows = view_list(v, "rounds");
	for (size_t i = count; i-- > 0;)
		add_round(r, rows, days[i]);
	view_flag(v, "has_rounds", rows->count > 0);
	err |= page_end(r, "audit");
	for (size_t i = 0; i < count; i++)
		err |= round_page(r, days[i], i ? days[i - 1] : (struct date){0});
	return err;
}

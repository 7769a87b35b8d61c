/*
 * On a narrow screen a row becomes a card, and what is in order (`quiet`) may
 * be left out there: so each cell carries the title of its column. On a wide
 * one nothing sticks, so the head stands again within a long table.
 */
#include "render/audit_matrix.h"

#include "render/audit_view.h"

enum {
	WIDE = 3,   /* columns of items that fit a tablet */
	MANY = 12,  /* that fit a screen */
	AGAIN = 12, /* rows under a head: one is in sight on a screen of 800 px */
	FEW = 4,    /* rows that need no head of their own */
	ROW_FIELDS = 6,
	CELL_FIELDS = 3,
	MARK_WORDS = FOUND_NOT_APPLICABLE + 2, /* one for each outcome, and "not found once" */
};

static const struct audit_row *row_of(
    const struct audit_round *round, const struct school *school, const struct checklist_item *item)
{
	return audit_round_cell(round, school, item)->row;
}

/* -- what was asked ------------------------------------------------------------- */

static bool was_asked(const struct audit_round *round, const struct checklist_item *item)
{
	const struct department *d = round->department;
	for (size_t i = 0; i < d->nschools; i++)
		if (row_of(round, &d->schools[i], item))
			return true;
	return false;
}

static void add_up(struct audit_sum *all, struct audit_sum s)
{
	all->yes += s.yes;
	all->no += s.no;
	all->once += s.once;
	all->defective += s.defective;
	all->not_checked += s.not_checked;
	all->not_applicable += s.not_applicable;
	all->missing += s.missing;
}

void audit_asked_read(struct audit_asked *out, struct renderer *r, const struct audit_round *round)
{
	const struct table *t = r->dept->checklist;
	*out = (struct audit_asked){.r = r, .round = round};
	out->items = arena_array(r->arena, t->count + 1, sizeof(const struct checklist_item *));
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		if (!was_asked(round, item))
			continue;
		if (audit_is_markup(item)) {
			out->nmarkup++;
			add_up(&out->markup, audit_sum(round, item));
			continue;
		}
		out->items[out->nitems++] = item;
		add_up(&out->all, audit_sum(round, item));
	}
}

struct audit_sum audit_school_sum(
    const struct audit_round *round, const struct school *school, bool markup)
{
	const struct table *t = round->department->checklist;
	struct audit_sum sum = {0};
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_row *x = row_of(round, school, item);
		if (x && audit_is_markup(item) == markup)
			audit_sum_add(&sum, x);
	}
	return sum;
}

/* -- in figures ------------------------------------------------------------------ */

static void add_figure(
    const struct audit_asked *q, struct list *sums, enum mark mark, const char *word, size_t n)
{
	struct view *v = list_view(sums);
	page_mark(q->r, v, "status", mark, words_get(q->r->words, word));
	view_text(v, "count", words_int(q->r->words, q->r->arena, (long long)n));
	view_null(v, "note");
}

static void add_note(struct list *sums, const char *note)
{
	view_text((struct view *)sums->items[sums->count - 1].as.view, "note", note);
}

void audit_sums(const struct audit_asked *q, struct view *v)
{
	const struct words *w = q->r->words;
	struct arena *a = q->r->arena;
	struct list *sums = view_list(v, "sums");
	struct audit_sum s = q->all;
	add_figure(q, sums, MARK_GOOD, "found_yes", s.yes);
	add_note(sums,
	    phrase(
	        w, a, "audit_of_known", "n", words_int(w, a, (long long)audit_sum_known(s)), NULL));
	add_figure(q, sums, MARK_BAD, "found_no", s.no);
	if (s.once)
		add_note(sums,
		    phrase(w, a, "audit_of_once", "n", words_int(w, a, (long long)s.once), NULL));
	add_figure(q, sums, MARK_BAD, "found_defective", s.defective);
	add_figure(q, sums, MARK_NONE, "audit_left_out", audit_sum_excluded(s));
	add_note(sums, audit_sum_why(q->r, s));
}

void audit_items(const struct audit_asked *q, struct view *v)
{
	struct list *items = view_list(v, "items");
	for (size_t i = 0; i < q->nitems; i++) {
		const struct checklist_item *item = q->items[i];
		struct view *row = list_view(items);
		view_text(row, "id", item->id);
		view_text(row, "title", audit_item_title(item));
		view_text(row, "look_for", item->look_for);
		audit_sum_view(q->r, row, "sum", audit_sum(q->round, item));
	}
}

/* -- the matrix ------------------------------------------------------------------- */

/* Marks of one outcome look alike: each is made once. */
struct marks {
	const struct view *of[MARK_WORDS];
};

static const struct view *mark_of(
    const struct audit_asked *q, struct marks *marks, const struct audit_row *x)
{
	bool once = x->found == FOUND_NO && audit_row_mark(x) == MARK_WAIT;
	const struct view **place = &marks->of[once ? MARK_WORDS - 1 : x->found];
	if (!*place)
		*place = page_mark_view(q->r, audit_row_mark(x), audit_row_short(q->r->words, x));
	return *place;
}

static struct view *add_school(const struct audit_asked *q, struct list *rows, struct marks *marks,
    const struct school *school)
{
	struct renderer *r = q->r;
	struct view *v = list_view_of(rows, ROW_FIELDS);
	view_text(v, "name", page_school_name(r, school));
	view_text(v, "href", page_href(r, audit_school_path(r, q->round->date, school)));
	audit_sum_view(r, v, "sum", audit_school_sum(q->round, school, false));
	view_null(v, "markup");
	struct audit_sum marks_sum = audit_school_sum(q->round, school, true);
	if (audit_sum_known(marks_sum) + audit_sum_excluded(marks_sum))
		audit_sum_view(r, v, "markup", marks_sum);
	struct list *cells = view_list(v, "cells");
	for (size_t i = 0; i < q->nitems; i++) {
		const struct audit_row *x = row_of(q->round, school, q->items[i]);
		struct view *cell = list_view_of(cells, CELL_FIELDS);
		view_text(cell, "head", audit_item_title(q->items[i]));
		view_flag(
		    cell, "quiet", !x || x->found == FOUND_YES || x->found == FOUND_NOT_APPLICABLE);
		view_share(cell, "status", x ? mark_of(q, marks, x) : NULL);
	}
	return v;
}

static void add_columns(const struct audit_asked *q, struct view *matrix)
{
	struct list *heads = view_list(matrix, "heads"), *totals = view_list(matrix, "totals");
	for (size_t i = 0; i < q->nitems; i++) {
		const char *title = audit_item_title(q->items[i]);
		view_text(list_view(heads), "text", title);
		struct view *total = list_view(totals);
		view_text(total, "head", title);
		audit_sum_view(q->r, total, "sum", audit_sum(q->round, q->items[i]));
	}
	audit_sum_view(q->r, matrix, "total", q->all);
	audit_sum_view(q->r, matrix, "markup_total", q->markup);
}

/* What the short words mean. */
static void add_legend(const struct audit_asked *q, struct view *matrix)
{
	static const struct {
		enum mark mark;
		const char *brief, *about;
	} words[] = {{MARK_GOOD, "found_short_yes", "found_about_yes"},
	    {MARK_BAD, "found_short_no", "found_about_no"},
	    {MARK_WAIT, "found_short_no_once", "found_about_no_once"},
	    {MARK_BAD, "found_short_defective", "found_about_defective"},
	    {MARK_NONE, "found_short_not_checked", "found_about_not_checked"},
	    {MARK_NONE, "found_short_not_applicable", "found_about_not_applicable"}};
	struct list *legend = view_list(matrix, "legend");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct view *v = list_view(legend);
		page_mark(q->r, v, "status", words[i].mark, words_get(q->r->words, words[i].brief));
		view_text(v, "text", words_get(q->r->words, words[i].about));
	}
}

void audit_matrix(const struct audit_asked *q, struct view *v)
{
	const struct department *d = q->r->dept;
	struct marks marks = {{NULL}};
	struct view *matrix = view_view(v, "matrix");
	view_text(matrix, "caption", words_get(q->r->words, "audit_matrix"));
	view_flag(matrix, "wide", q->nitems > WIDE);
	view_flag(matrix, "many", q->nitems > MANY);
	view_flag(matrix, "has_markup", q->nmarkup > 0);
	add_columns(q, matrix);
	add_legend(q, matrix);
	struct list *rows = view_list(matrix, "rows");
	size_t left = 0;
	for (size_t i = 0; i < d->nschools; i++)
		left += audit_round_visited(q->round, d->by_name[i]);
	for (size_t i = 0; i < d->nschools; i++) {
		if (!audit_round_visited(q->round, d->by_name[i]))
			continue;
		bool again = rows->count && rows->count % AGAIN == 0 && left >= FEW;
		view_flag(add_school(q, rows, &marks, d->by_name[i]), "again", again);
		left--;
	}
}

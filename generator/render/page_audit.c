/*
 * The audit of school sites: its rounds and what is looked for, and of each
 * round what was found, school by school, what changed since the round before,
 * and why something was not checked.
 *
 * A department without an audit has the first page too: it says when there
 * will be one, and what it will look for.
 */
#include "compute/audit_reason.h"
#include "model/checklist.h"
#include "render/audit_changes.h"
#include "render/audit_matrix.h"
#include "render/audit_view.h"
#include "render/pages.h"

/* -- not checked ------------------------------------------------------------------ */

/* Schools that have something to be added to the reason. */
static struct list *add_reason(struct renderer *r, struct list *rows, enum audit_reason reason)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct view *row = list_view(rows);
	audit_reason_write(&b, reason, STR_NONE, r->words->russian);
	view_text(row, "reason",
	    reason == REASON_NONE ? words_get(r->words, "audit_other_reason")
	                          : buf_keep(r->arena, &b).p);
	buf_clear(&b);
	return view_list(row, "schools");
}

/* Was an item not checked at the school for this reason? */
static bool has_reason(
    const struct audit_asked *q, const struct school *school, enum audit_reason reason)
{
	for (size_t i = 0; i < q->nitems; i++) {
		const struct audit_row *x = audit_round_cell(q->round, school, q->items[i])->row;
		if (x && x->found == FOUND_NOT_CHECKED &&
		    audit_reason_find(str_of(x->reason)) == reason)
			return true;
	}
	return false;
}

static void add_unchecked(const struct audit_asked *q, struct view *v)
{
	struct renderer *r = q->r;
	struct list *rows = view_list(v, "unchecked");
	for (int reason = AUDIT_REASONS - 1; q->all.not_checked && reason >= 0; reason--) {
		struct list *schools = NULL;
		for (size_t i = 0; i < r->dept->nschools; i++) {
			const struct school *s = r->dept->by_name[i];
			if (!has_reason(q, s, (enum audit_reason)reason))
				continue;
			if (!schools)
				schools = add_reason(r, rows, (enum audit_reason)reason);
			struct view *school = list_view(schools);
			view_text(school, "name", page_school_name(r, s));
			view_text(
			    school, "href", page_href(r, audit_school_path(r, q->round->date, s)));
		}
	}
	view_flag(v, "has_unchecked", rows->count > 0);
}

/* -- one round -------------------------------------------------------------------- */

static const char *round_title(const struct renderer *r, struct date date)
{
	return phrase(r->words, r->arena, "audit_of", "date",
	    words_date(r->words, r->arena, date, true), NULL);
}

/* "Проверены сайты 15 школ. Не проверяли: …" */
static const char *visited_text(const struct audit_asked *q)
{
	const struct renderer *r = q->r;
	const struct department *d = r->dept;
	const char **left = arena_array(r->arena, d->nschools + 1, sizeof(*left));
	size_t visited = 0, nleft = 0;
	for (size_t i = 0; i < d->nschools; i++) {
		const struct school *s = d->by_name[i];
		if (audit_round_visited(q->round, s))
			visited++;
		else if (school_open(s, q->round->date.year))
			left[nleft++] = page_school_name(r, s);
	}
	const char *text =
	    phrase_count(r->words, r->arena, "audit_visited", (long long)visited, NULL);
	if (nleft == 0)
		return text;
	return arena_printf(r->arena, "%s %s", text,
	    phrase(r->words, r->arena, "audit_left", "schools",
	        words_joined(r->arena, left, nleft, words_get(r->words, "and")), NULL));
}

static void add_before(
    struct renderer *r, struct view *v, const struct audit_round *round, struct date date)
{
	struct audit_round before;
	view_text(
	    v, "before", date_is_set(date) ? words_date(r->words, r->arena, date, true) : NULL);
	view_text(
	    v, "before_href", date_is_set(date) ? page_href(r, audit_round_path(r, date)) : NULL);
	if (!date_is_set(date))
		return;
	audit_round_read(&before, r->arena, r->dept, date);
	audit_changes_view(r, v, &before, round);
}

/*
 * Fields: lead, has_unchecked, unchecked [{reason, schools [{name, href}]}],
 * before (the day of the round before, or null), before_href, csv (or null);
 * and those of audit_matrix and audit_changes.
 */
static int round_page(struct renderer *r, struct date date, struct date before)
{
	struct audit_round round;
	struct audit_asked asked;
	struct view *v = page_begin(r, audit_round_path(r, date), "audit", round_title(r, date));
	page_crumb(r, words_get(r->words, "audit_title"), "audit/");
	audit_round_read(&round, r->arena, r->dept, date);
	audit_asked_read(&asked, r, &round);
	const char *lead = visited_text(&asked);
	view_text(v, "lead", lead);
	page_description(r, lead);
	audit_sums(&asked, v);
	audit_items(&asked, v);
	audit_matrix(&asked, v);
	add_unchecked(&asked, v);
	add_before(r, v, &round, before);
	view_text(
	    v, "csv", page_table_published(r, TABLE_AUDIT) ? page_href(r, "data/audit.csv") : NULL);
	return page_end(r, "audit_round");
}

/* -- all rounds ------------------------------------------------------------------- */

static void add_round(struct renderer *r, struct list *rows, struct date date)
{
	struct audit_round round;
	struct audit_asked asked;
	struct view *row = list_view(rows);
	audit_round_read(&round, r->arena, r->dept, date);
	audit_asked_read(&asked, r, &round);
	view_text(row, "title", words_date(r->words, r->arena, date, true));
	view_text(row, "href", page_href(r, audit_round_path(r, date)));
	audit_sum_view(r, row, "sum", asked.all);
	size_t visited = 0;
	for (size_t i = 0; i < r->dept->nschools; i++)
		visited += audit_round_visited(&round, &r->dept->schools[i]);
	view_text(row, "schools",
	    phrase_count(r->words, r->arena, "audit_schools", (long long)visited, NULL));
}

/* Order 1493 is looked for where the department once asked for it. */
static bool asks_order(const struct department *d)
{
	for (size_t i = 0; i < d->naudit; i++)
		if (checklist_is_order(d->audit[i].item))
			return true;
	return false;
}

/* What a school should know before the next audit. */
static void add_items(struct renderer *r, struct view *v, struct date day)
{
	const struct table *t = r->dept->checklist;
	struct list *items = view_list(v, "items");
	bool order = asks_order(r->dept), markup = false;
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		if (checklist_is_order(item) && !order)
			continue;
		if ((date_is_set(item->valid_from) && date_cmp(day, item->valid_from) < 0) ||
		    (date_is_set(item->valid_to) && date_cmp(day, item->valid_to) > 0))
			continue;
		if (audit_is_markup(item)) {
			markup = true;
			continue;
		}
		struct view *row = list_view(items);
		view_text(row, "title", audit_item_title(item));
		view_text(row, "look_for", item->look_for);
	}
	view_flag(v, "has_items", items->count > 0);
	view_flag(v, "markup", markup);
}

/* Fields: has_rounds, rounds [{title, href, schools, sum}], the last one first;
 * next (day of the next audit, or null); has_items, items [{title, look_for}],
 * markup (of order 1493 is looked for too). */
static int rounds_page(struct renderer *r, const struct date *days, size_t count)
{
	struct date next = audit_next(r->dept);
	struct view *v = page_begin(r, "audit/", "audit", words_get(r->words, "audit_title"));
	page_description(r, words_get(r->words, "audit_lead"));
	struct list *rows = view_list(v, "rounds");
	for (size_t i = count; i-- > 0;)
		add_round(r, rows, days[i]);
	view_flag(v, "has_rounds", rows->count > 0);
	view_text(v, "next", date_is_set(next) ? words_date(r->words, r->arena, next, true) : NULL);
	add_items(r, v, date_is_set(next) ? next : r->today);
	return page_end(r, "audit");
}

int page_audit(struct renderer *r)
{
	size_t count;
	const struct date *days = audit_rounds(&count, r->kept, r->dept);
	int err = rounds_page(r, days, count);
	for (size_t i = 0; i < count; i++)
		err |= round_page(r, days[i], i ? days[i - 1] : (struct date){0});
	return err;
}

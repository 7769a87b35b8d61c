/*
 * A round is a matrix of schools and items, filled in one pass over the rows;
 * everything else reads it.
 */
#include "compute/audit_round.h"

#include <stdlib.h>

const char *const audit_changes[CHANGE_KINDS + 1] = {"none", "appeared", "vanished", "replaced",
    "moved", "mended", "broke", "unknown", "rule", "manual", NULL};

static struct audit_cell *cell(
    const struct audit_round *r, const struct school *school, const struct checklist_item *item)
{
	return &r->cells[school->row.index * r->nitems + item->row.index];
}

bool audit_row_outdoes(const struct audit_row *x, const struct audit_row *y)
{
	bool by_hand = x->method == AUDIT_MANUAL, by_hand_before = y->method == AUDIT_MANUAL;
	if (by_hand != by_hand_before)
		return by_hand;
	return x->visit != y->visit ? x->visit > y->visit : x->row.line > y->row.line;
}

static bool is_of(const struct audit_round *r, struct date date, const struct school *school,
    const struct checklist_item *item)
{
	return date_cmp(date, r->date) == 0 && school && item && item->row.index < r->nitems &&
	    school->row.index < r->department->nschools;
}

/* Each cell is a chain of rows: the one that counts, then the others, the
 * later of them first. */
static void count_row(const struct audit_round *r, struct audit_cell *c, const struct audit_row *x)
{
	const struct audit_row **place = &c->row;
	if (c->row && !audit_row_outdoes(x, c->row))
		place = &r->before[c->row - r->department->audit];
	r->before[x - r->department->audit] = *place;
	*place = x;
}

void audit_round_read(
    struct audit_round *out, struct arena *a, const struct department *d, struct date date)
{
	const struct table *evidence = &d->tables[TABLE_AUDIT_EVIDENCE];
	const struct audit_evidence *rows = evidence->rows;
	*out = (struct audit_round){.department = d, .date = date, .nitems = d->checklist->count};
	out->cells = arena_array(a, d->nschools * out->nitems + 1, sizeof(*out->cells));
	out->before = arena_array(a, d->naudit + 1, sizeof(*out->before));
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *x = &d->audit[i];
		if (!is_of(out, x->date, x->school, x->item))
			continue;
		count_row(out, cell(out, x->school, x->item), x);
	}
	for (size_t i = 0; i < evidence->count; i++) {
		const struct audit_evidence *x = &rows[i];
		if (!is_of(out, x->date, x->school, x->item))
			continue;
		struct audit_cell *c = cell(out, x->school, x->item);
		if (c->row && c->row->visit == x->visit)
			c->evidence = x;
	}
}

const struct audit_cell *audit_round_cell(
    const struct audit_round *r, const struct school *school, const struct checklist_item *item)
{
	return cell(r, school, item);
}

const struct audit_row *audit_round_before(const struct audit_round *r, const struct audit_row *row)
{
	return r->before[row - r->department->audit];
}

bool audit_round_visited(const struct audit_round *r, const struct school *school)
{
	const struct audit_cell *cells = &r->cells[school->row.index * r->nitems];
	for (size_t i = 0; i < r->nitems; i++)
		if (cells[i].row)
			return true;
	return false;
}

static int by_date(const void *x, const void *y)
{
	return date_cmp(*(const struct date *)x, *(const struct date *)y);
}

struct date *audit_rounds(size_t *count, struct arena *a, const struct department *d)
{
	struct date *all = arena_array(a, d->naudit + 1, sizeof(*all));
	size_t kept = 0;
	for (size_t i = 0; i < d->naudit; i++)
		all[i] = d->audit[i].date;
	qsort(all, d->naudit, sizeof(*all), by_date);
	for (size_t i = 0; i < d->naudit; i++)
		if (kept == 0 || date_cmp(all[kept - 1], all[i]) != 0)
			all[kept++] = all[i];
	*count = kept;
	return all;
}

/* -- sums ------------------------------------------------------------------------ */

void audit_sum_add(struct audit_sum *s, const struct audit_row *row)
{
	int found = row ? row->found : FOUND_NONE;
	s->missing += found == FOUND_NONE;
	s->yes += found == FOUND_YES;
	s->no += found == FOUND_NO;
	s->once += found == FOUND_NO && row->state != AUDIT_CONFIRMED;
	s->defective += found == FOUND_DEFECTIVE;
	s->not_checked += found == FOUND_NOT_CHECKED;
	s->not_applicable += found == FOUND_NOT_APPLICABLE;
}

struct audit_sum audit_sum(const struct audit_round *r, const struct checklist_item *item)
{
	struct audit_sum s = {0};
	for (size_t i = 0; i < r->department->nschools; i++) {
		const struct school *school = &r->department->schools[i];
		const struct audit_row *row = cell(r, school, item)->row;
		if (row || school_open(school, r->date.year))
			audit_sum_add(&s, row);
	}
	return s;
}

size_t audit_sum_known(struct audit_sum s)
{
	return s.yes + s.no + s.defective;
}

size_t audit_sum_excluded(struct audit_sum s)
{
	return s.not_checked + s.not_applicable + s.missing;
}

/* -- difference -------------------------------------------------------------------- */

static bool same(const char *x, const char *y)
{
	return strcmp(x ? x : "", y ? y : "") == 0;
}

/* One and the same answer of the server: judged twice. */
static bool same_answer(const struct audit_cell *x, const struct audit_cell *y)
{
	const struct audit_row *a = x->row, *b = y->row;
	if (a->sha256 && b->sha256 && same(a->sha256, b->sha256))
		return true;
	return x->evidence && y->evidence && x->evidence->warc &&
	    same(x->evidence->warc, y->evidence->warc) && same(a->fetched, b->fetched);
}

static bool other_rules(const struct audit_cell *x, const struct audit_cell *y)
{
	return x->evidence && y->evidence && !same(x->evidence->checklist, y->evidence->checklist);
}

static bool is_known(const struct audit_row *r)
{
	return r->found == FOUND_YES || r->found == FOUND_NO || r->found == FOUND_DEFECTIVE;
}

static enum audit_change_kind between_known(const struct audit_row *x, const struct audit_row *y)
{
	if (y->found == FOUND_YES)
		return x->found == FOUND_DEFECTIVE ? CHANGE_MENDED : CHANGE_APPEARED;
	if (y->found == FOUND_DEFECTIVE)
		return CHANGE_BROKE;
	return y->state == AUDIT_CONFIRMED ? CHANGE_VANISHED : CHANGE_UNKNOWN;
}

static enum audit_change_kind of_same_verdict(const struct audit_row *x, const struct audit_row *y)
{
	if (y->found != FOUND_YES || !x->sha256 || !y->sha256)
		return CHANGE_NONE;
	if (!same(x->sha256, y->sha256))
		return CHANGE_REPLACED;
	return same(x->url, y->url) ? CHANGE_NONE : CHANGE_MOVED;
}

static enum audit_change_kind kind_of(
    const struct audit_cell *before, const struct audit_cell *after)
{
	const struct audit_row *x = before->row, *y = after->row;
	if (!y || (!x && y->found != FOUND_YES))
		return CHANGE_NONE;
	if (!x)
		return CHANGE_APPEARED;
	if (x->found == y->found)
		return of_same_verdict(x, y);
	if (y->method == AUDIT_MANUAL)
		return CHANGE_MANUAL;
	if (other_rules(before, after) && same_answer(before, after))
		return CHANGE_RULE;
	if (is_known(x) && is_known(y))
		return between_known(x, y);
	return CHANGE_UNKNOWN;
}

struct audit_change *audit_difference(size_t *count, struct arena *a,
    const struct audit_round *before, const struct audit_round *after)
{
	const struct department *d = after->department;
	const struct checklist_item *items = d->checklist->rows;
	struct audit_change *out = NULL;
	size_t cap = 0;
	*count = 0;
	for (size_t s = 0; s < d->nschools; s++)
		for (size_t i = 0; i < after->nitems; i++) {
			const struct audit_cell *x = cell(before, &d->schools[s], &items[i]);
			const struct audit_cell *y = cell(after, &d->schools[s], &items[i]);
			enum audit_change_kind kind = kind_of(x, y);
			if (kind == CHANGE_NONE)
				continue;
			out = arena_grow(a, out, *count, &cap, sizeof(*out));
			out[(*count)++] =
			    (struct audit_change){&d->schools[s], &items[i], kind, *x, *y};
		}
	return out;
}

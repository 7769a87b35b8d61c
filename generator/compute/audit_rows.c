/*
 * The rows of a school and item stand together, by visit. Old rows are
 * written as they were read; a new one is put after those of its item.
 */
#include "compute/audit_rows.h"

#include "text/csv.h"

#include <stdlib.h>

/* A row to be written: an old one, or a finding. */
struct line {
	const struct school *school;
	const struct checklist_item *item;
	int64_t visit;
	const struct audit_row *old;
	const struct audit_evidence *evidence; /* of an old one */
	const struct finding *finding;
	int state;
};

struct lines {
	struct arena a;
	const struct audit_writing *w;
	bool *anew; /* [nschools]: judged in this visit */
	struct line *items;
	size_t count, cap;
};

static const struct column *column(enum table_id table, const char *name)
{
	return schema_column(schema_of(table), str_of(name));
}

int64_t audit_rows_next_visit(const struct department *d, struct date round)
{
	int64_t last = 0;
	for (size_t i = 0; i < d->naudit; i++)
		if (date_cmp(d->audit[i].date, round) == 0 && d->audit[i].visit > last)
			last = d->audit[i].visit;
	return last + 1;
}

static struct lines begin_lines(const struct audit_writing *w)
{
	struct lines l = {.a = ARENA_INIT, .w = w};
	l.anew = arena_array(&l.a, w->department->nschools + 1, sizeof(*l.anew));
	for (size_t i = 0; i < w->count; i++)
		if (w->judged[i].count)
			l.anew[w->judged[i].findings[0].school->row.index] = true;
	return l;
}

/* A row of the round that the visit does not write again. */
static bool is_kept(const struct lines *l, struct date date, const struct school *school,
    const struct checklist_item *item, int64_t visit)
{
	if (date_cmp(date, l->w->round) != 0 || !school || !item)
		return false;
	return visit != l->w->visit || !l->anew[school->row.index];
}

static bool is_row_kept(const struct lines *l, const struct audit_row *x)
{
	bool by_hand = x->method == AUDIT_MANUAL;
	return is_kept(l, x->date, x->school, x->item, by_hand ? 0 : x->visit);
}

/* -- what was before ---------------------------------------------------------------- */

static struct str day_of(const char *time)
{
	struct str s = str_of(time);
	return (struct str){s.p, s.n < 10 ? s.n : 10};
}

struct before {
	bool by_hand;
	const struct audit_row *last; /* of the visits before */
};

/* One pass over the rows of the round for all schools and items. */
static struct before *read_before(struct lines *l, size_t nitems)
{
	const struct audit_writing *w = l->w;
	const struct department *d = w->department;
	struct before *all = arena_array(&l->a, d->nschools * nitems + 1, sizeof(*all));
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *x = &d->audit[i];
		if (!is_row_kept(l, x) || x->item->row.index >= nitems)
			continue;
		struct before *b = &all[x->school->row.index * nitems + x->item->row.index];
		/* A visit before the decision keeps its rows, also when it is judged again. */
		b->by_hand |= x->method == AUDIT_MANUAL && x->visit <= w->visit;
		if (x->visit < w->visit && (!b->last || x->visit > b->last->visit))
			b->last = x;
	}
	return all;
}

static int state_of(const struct finding *f, const struct before *b)
{
	if (f->found == FOUND_NOT_CHECKED)
		return AUDIT_ONCE;
	if (f->found != FOUND_NO)
		return AUDIT_CONFIRMED;
	const struct audit_row *last = b->last;
	struct str today = {f->fetched.p, f->fetched.n < 10 ? f->fetched.n : 10};
	bool again = last && last->found == FOUND_NO && last->fetched &&
	    !str_eq(day_of(last->fetched), today);
	return again ? AUDIT_CONFIRMED : AUDIT_ONCE;
}

/* -- the lines ------------------------------------------------------------------------ */

static void add(struct lines *l, struct line line)
{
	l->items = arena_grow(&l->a, l->items, l->count, &l->cap, sizeof(*l->items));
	l->items[l->count++] = line;
}

static int by_key(const void *x, const void *y)
{
	const struct line *a = x, *b = y;
	int order = strcmp(a->school->id, b->school->id);
	if (order == 0 && a->item != b->item)
		order = a->item->row.index < b->item->row.index ? -1 : 1;
	if (order == 0)
		order = (a->visit > b->visit) - (a->visit < b->visit);
	if (order == 0 && a->old && b->old)
		order =
		    (a->old->row.line > b->old->row.line) - (a->old->row.line < b->old->row.line);
	return order ? order : (a->finding != NULL) - (b->finding != NULL);
}

static void add_findings(struct lines *l)
{
	const struct audit_writing *w = l->w;
	size_t nitems = w->department->checklist->count;
	const struct before *before = read_before(l, nitems);
	for (size_t i = 0; i < w->count; i++)
		for (size_t k = 0; k < w->judged[i].count; k++) {
			const struct finding *f = &w->judged[i].findings[k];
			/* An item of a list that the site does not have was never judged before. */
			static const struct before never = {0};
			const struct before *b = f->item->row.index >= nitems
			    ? &never
			    : &before[f->school->row.index * nitems + f->item->row.index];
			if (!b->by_hand)
				add(l,
				    (struct line){.school = f->school,
				        .item = f->item,
				        .visit = w->visit,
				        .finding = f,
				        .state = state_of(f, b)});
		}
}

static void sort(struct lines *l)
{
	if (l->count)
		qsort(l->items, l->count, sizeof(*l->items), by_key);
}

/* -- writing ---------------------------------------------------------------------------- */

static void cell(struct buf *out, struct str text)
{
	struct str s = str_trim(text.p ? text : STR(""));
	buf_addc(out, ',');
	csv_cell(out, s, true);
}

static void count_cell(struct buf *out, int64_t n)
{
	buf_addc(out, ',');
	if (n > 0)
		buf_addint(out, n);
}

void audit_rows_reason(struct buf *out, const struct finding *f, bool russian)
{
	if (f->reason != REASON_FOUND)
		audit_reason_write(out, f->reason, f->detail, russian);
}

void audit_rows_note(struct buf *out, const struct finding *f, bool russian)
{
	for (size_t i = 0; i < AUDIT_REMARKS_KEPT && f->remarks[i] != REMARK_NONE; i++) {
		if (i > 0)
			buf_adds(out, "; ");
		buf_adds(out, audit_remark_words(f->remarks[i], russian));
	}
	if (f->listing.n)
		buf_addf(out, "%s%.*s", f->remarks[0] != REMARK_NONE ? "; " : "", (int)f->listing.n,
		    f->listing.p);
}

static void date_cell(struct buf *out, struct date d)
{
	cell(out, str_of(date_is_set(d) ? date_iso(d).s : NULL));
}

static void begin_row(struct buf *out, const struct line *l)
{
	csv_cell(out, str_of(l->school->id), false);
	cell(out, str_of(l->item->id));
}

static void word_cell(struct buf *out, const char *name, int value)
{
	cell(out, str_of(schema_word(column(TABLE_AUDIT, name), value)));
}

static void write_old(struct buf *out, const struct line *l)
{
	const struct audit_row *x = l->old;
	begin_row(out, l);
	word_cell(out, "found", x->found);
	cell(out, str_of(x->url));
	cell(out, str_of(x->link_text));
	count_cell(out, x->http_status);
	cell(out, str_of(x->fetched));
	cell(out, str_of(x->sha256));
	word_cell(out, "method", x->method);
	cell(out, str_of(x->by));
	cell(out, str_of(x->reason));
	count_cell(out, x->visit);
	word_cell(out, "state", x->state);
	cell(out, str_of(x->note));
	buf_addc(out, '\n');
}

static void write_new(struct buf *out, const struct line *l, bool russian)
{
	const struct finding *f = l->finding;
	struct buf text = BUF_INIT(BUF_PAGE);
	begin_row(out, l);
	word_cell(out, "found", f->found);
	cell(out, f->url);
	cell(out, f->link_text);
	count_cell(out, f->status);
	cell(out, f->fetched);
	cell(out, f->sha256);
	word_cell(out, "method", AUDIT_AUTOMATIC);
	cell(out, STR(""));
	audit_rows_reason(&text, f, russian);
	cell(out, buf_str(&text));
	count_cell(out, l->visit);
	word_cell(out, "state", l->state);
	buf_reset(&text);
	audit_rows_note(&text, f, russian);
	cell(out, buf_str(&text));
	buf_addc(out, '\n');
	buf_clear(&text);
}

static void write_header(struct buf *out, enum table_id id)
{
	const struct schema *s = schema_of(id);
	for (size_t i = 0; i < s->count; i++) {
		if (i > 0)
			buf_addc(out, ',');
		buf_adds(out, s->columns[i].name);
	}
	buf_addc(out, '\n');
}

void audit_rows_write(struct buf *out, const struct audit_writing *w)
{
	struct lines l = begin_lines(w);
	const struct department *d = w->department;
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *x = &d->audit[i];
		if (is_row_kept(&l, x))
			add(&l,
			    (struct line){
			        .school = x->school, .item = x->item, .visit = x->visit, .old = x});
	}
	if (w->decision)
		add(&l,
		    (struct line){.school = w->decision->school,
		        .item = w->decision->item,
		        .visit = w->decision->visit,
		        .old = w->decision});
	add_findings(&l);
	sort(&l);
	write_header(out, TABLE_AUDIT);
	for (size_t i = 0; i < l.count; i++) {
		if (l.items[i].old)
			write_old(out, &l.items[i]);
		else
			write_new(out, &l.items[i], w->russian);
	}
	arena_clear(&l.a);
}

static void write_evidence(struct buf *out, const struct line *l)
{
	const struct audit_evidence *x = l->evidence;
	const struct finding *f = l->finding;
	struct buf offset = BUF_INIT(BUF_LINE);
	if (f && f->offset >= 0)
		buf_addint(&offset, f->offset);
	begin_row(out, l);
	count_cell(out, l->visit);
	cell(out, x ? str_of(x->source_page) : f->source_page);
	cell(out, x ? str_of(x->chain) : f->chain);
	cell(out, x ? str_of(x->heading) : f->heading);
	cell(out, x ? str_of(x->warc) : f->warc);
	cell(out, x ? str_of(x->offset) : buf_str(&offset));
	cell(out, x ? str_of(x->charset_rule) : f->charset_rule);
	cell(out,
	    str_of(x               ? x->certificate
	            : f->fetched.n ? fetch_certificate_name(f->certificate)
	                           : NULL));
	cell(out, str_of(x ? x->checklist : f->checklist));
	cell(out, x ? str_of(x->type) : f->type);
	count_cell(out, x ? x->size : (int64_t)f->size);
	date_cell(out, x ? x->modified : f->modified);
	date_cell(out, x ? x->dated : f->date);
	buf_addc(out, '\n');
	buf_clear(&offset);
}

void audit_rows_evidence(struct buf *out, const struct audit_writing *w)
{
	struct lines l = begin_lines(w);
	const struct table *t = &w->department->tables[TABLE_AUDIT_EVIDENCE];
	const struct audit_evidence *rows = t->rows;
	for (size_t i = 0; i < t->count; i++) {
		const struct audit_evidence *x = &rows[i];
		if (is_kept(&l, x->date, x->school, x->item, x->visit))
			add(&l,
			    (struct line){.school = x->school,
			        .item = x->item,
			        .visit = x->visit,
			        .evidence = x});
	}
	add_findings(&l);
	sort(&l);
	write_header(out, TABLE_AUDIT_EVIDENCE);
	for (size_t i = 0; i < l.count; i++)
		write_evidence(out, &l.items[i]);
	arena_clear(&l.a);
}

/*
 * Who gets support: the computed lists of all methods and years, and the
 * declared ones. Of the comparisons behind a result a fact holds how many were
 * met, and a fingerprint that shows when others are met than before; the
 * values compared are facts of the results and conditions they come from.
 */
#include "compute/fact_make.h"

/* An index is printed with two decimals. */
enum { INDEX_PLACES = 2 };

static struct frac printed(struct frac score)
{
	struct buf text = BUF_INIT(BUF_LINE);
	struct decimal d = {0};
	frac_write(&text, score, INDEX_PLACES, '.');
	bool reads = decimal_parse(&d, buf_str(&text), false) == 0;
	buf_clear(&text);
	return reads ? decimal_frac(d) : score;
}

static void add_score(
    struct fact_maker *m, const struct identification *i, const struct school_result *s)
{
	if (!disclosure_shows_values(m->x))
		return;
	bool shown = disclosure_school_result(m->x, i, s), index = i->method->kind == METHOD_INDEX;
	struct fact_field *f =
	    field_number(m, "score", index && frac_is_set(s->score) ? printed(s->score) : s->score);
	if (f && !index)
		f->n = s->score_possible;
	if (!shown)
		field_hide(f);
	f = field_yesno(m, "fragile", s->fragile);
	if (!shown)
		field_hide(f);
}

/* Rules that are seen to be met, of those that are known; an index compares
 * nothing. */
static void add_rules(
    struct fact_maker *m, const struct identification *i, const struct school_result *s)
{
	struct buf verdicts = BUF_INIT(BUF_FILE);
	int64_t met = 0, known = 0;
	for (size_t k = 0; k < s->nbasis; k++) {
		const struct basis *b = &i->basis[s->first_basis + k];
		if (b->met == MET_NONE || !disclosure_basis(m->x, b))
			continue;
		met += b->met == MET_YES;
		known += b->met == MET_YES || b->met == MET_NO;
		buf_addf(
		    &verdicts, "%s|%s|%s|%s\n", b->rule, b->period, b->measure, met_words[b->met]);
	}
	if (known)
		field_count(m, "rules", met)->n = frac_of(known, 1);
	field_body(m, "verdicts", buf_str(&verdicts));
	buf_clear(&verdicts);
}

static void add_list(struct fact_maker *m, const struct identification *i)
{
	for (size_t k = 0; k < i->nschools; k++) {
		const struct school_result *s = &i->schools[k];
		fact_begin(m, FACT_IDENTIFICATION, s->school->id, fact_school(s->school));
		fact_part(m, i->method->id, i->method->title);
		m->fact.year = i->year;
		field_word(m, "result", outcomes[s->outcome]);
		add_score(m, i, s);
		add_rules(m, i, s);
		fact_end(m);
	}
}

static void add_declared(struct fact_maker *m, const struct declared *row)
{
	if (!row->category)
		return;
	fact_begin(m, FACT_DECLARED, row->school ? row->school->id : NULL,
	    row->school ? fact_school(row->school) : NULL);
	fact_part(m, categories[row->category - 1], department_label(m->d, row->category));
	m->fact.year = row->year;
	if (row->until)
		field_count(m, "until", row->until);
	field_count(m, "count", row->count);
	field_words(m, "document", row->document);
	fact_end(m);
}

void facts_of_lists(struct fact_maker *m)
{
	for (size_t i = 0; i < m->ids->count; i++)
		add_list(m, &m->ids->items[i]);
	for (size_t i = 0; i < m->d->ndeclared; i++)
		add_declared(m, &m->d->declared[i]);
}

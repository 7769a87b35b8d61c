#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_facts.h"

#include <string.h>

void versions_begin(struct versions *v, enum profile profile)
{
	*v = (struct versions){.profile = profile};
	support_site(&v->f);
}

void versions_end(struct versions *v)
{
	support_site_end(&v->f);
	arena_clear(&v->arena);
}

void version_begin(struct versions *v, const char *front_matter)
{
	support_begin(&v->f, front_matter);
}

static struct facts kept(struct versions *v, const struct facts *facts)
{
	struct facts out;
	struct buf text = BUF_INIT(BUF_FILE);
	facts_write(&text, facts);
	struct str rest = buf_keep(&v->arena, &text);
	assert_int_equal(facts_read(&out, &v->arena, &rest), 0);
	assert_int_equal(rest.n, 0);
	return out;
}

struct facts version_end(struct versions *v)
{
	struct identifications ids;
	struct assessment assessment;
	struct disclosure x;
	struct facts facts;
	struct fixture *f = &v->f;
	support_finish(f);
	identify_all(&ids, &f->arena, &f->department);
	assess_indicators(&assessment, &f->arena, &f->department, &ids, NULL);
	disclosure_init_under(
	    &x, &f->arena, &f->department, &ids, &assessment, v->profile, &v->terms);
	facts_take(&facts, &f->arena, &x, &ids, &assessment);
	facts = kept(v, &facts);
	if (v->count++ == 0) {
		v->present = facts;
		disclosure_terms(&v->terms, &v->arena, &f->department);
	}
	support_end(f);
	return facts;
}

const struct fact *find_fact(
    const struct facts *all, enum fact_kind kind, int year, const char *part, const char *subject)
{
	const struct fact key = {.kind = kind, .year = year, .part = part, .subject = subject};
	return facts_find(all, &key);
}

static void add_value(struct buf *out, const struct fact_field *f)
{
	if (!f)
		buf_adds(out, "none");
	else if (f->hidden)
		buf_adds(out, "hidden");
	else if (f->text)
		buf_adds(out, f->form == FACT_BODY ? "body" : f->text);
	else if (f->form == FACT_DATE)
		buf_adds(out, date_iso(f->date).s);
	else
		frac_write(out, f->number, 2, '.');
	if (f && frac_is_set(f->n)) {
		buf_adds(out, " (");
		frac_write(out, f->k, 2, '.');
		buf_adds(out, "/");
		frac_write(out, f->n, 2, '.');
		buf_adds(out, ")");
	}
}

static void add_change(struct buf *out, const struct change *c)
{
	const struct fact *f = change_fact(c);
	buf_addf(out, "%s %s %d %s", change_kinds[c->kind], fact_kinds[f->kind], f->year, f->part);
	if (c->nparts)
		buf_addf(out, ": %zu parts, %zu cells, %zu subjects\n", c->nparts, c->cells,
		    c->nsubjects);
	else
		buf_addf(out, " %s:", f->subject);
	for (size_t i = 0; i < c->nfields; i++) {
		const struct change_field *field = &c->fields[i];
		buf_addf(
		    out, "%s%s ", i ? ", " : " ", field->new ? field->new->name : field->old->name);
		add_value(out, field->old);
		buf_adds(out, " -> ");
		add_value(out, field->new);
	}
	if (!c->nparts)
		buf_adds(out, "\n");
}

const char *changes_text(struct versions *v, const struct changes *c)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < c->count; i++)
		add_change(&out, &c->items[i]);
	return buf_keep(&v->arena, &out).p;
}

const char *versions_differ(struct versions *v, const struct facts *old, const struct facts *new)
{
	struct changes c;
	changes_compare(&c, &v->arena, old, new);
	changes_settle(&c, &v->arena, &v->present);
	return changes_text(v, &c);
}

/*
 * A change is kept as two lists of facts that have only the fields that
 * differ; comparing them gives the change again. A field that is hidden on both
 * sides then differs no more, so of what is hidden not even that it changed is
 * told here.
 */
#include "job/history_changes.h"

#include "job/change_between.h"
#include "job/facts.h"

#include <stdlib.h>
#include <string.h>

/* Terms as a text, to be compared. */
static const char *terms_text(struct arena *a, const struct disclosure_terms *t)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	buf_addf(&out, "%d %lld", t->level, (long long)t->minimum_group);
	for (size_t i = 0; i < t->nmetrics; i++)
		buf_addf(&out, " %s", t->metrics[i]);
	return buf_keep(a, &out).p;
}

/* -- keeping ------------------------------------------------------------------------- */

static int by_key(const void *x, const void *y)
{
	return fact_cmp(x, y);
}

static struct fact differing(
    struct arena *a, const struct change *c, const struct fact *f, bool newer)
{
	struct fact_field *fields = arena_array(a, c->nfields + 1, sizeof(*fields));
	struct fact out = *f;
	out.fields = fields;
	out.nfields = 0;
	for (size_t i = 0; i < c->nfields; i++) {
		const struct fact_field *field = newer ? c->fields[i].new : c->fields[i].old;
		if (field)
			fields[out.nfields++] = *field;
	}
	return out;
}

static struct str side_text(struct arena *a, const struct changes *c, bool newer)
{
	struct buf out = BUF_INIT(BUF_FILE);
	struct facts facts = {0};
	facts.items = arena_array(a, c->count + 1, sizeof(*facts.items));
	for (size_t i = 0; i < c->count; i++) {
		const struct fact *f = newer ? c->items[i].new : c->items[i].old;
		if (f)
			facts.items[facts.count++] = differing(a, &c->items[i], f, newer);
	}
	if (facts.count)
		qsort(facts.items, facts.count, sizeof(*facts.items), by_key);
	facts_write(&out, &facts);
	return buf_keep(a, &out);
}

static void compare(struct scan *s, struct scan_department *d, struct arena *a, const char *site,
    struct repo *repo, const struct edition_facts *present)
{
	struct change_source source = {.site = site,
	    .department = d->id,
	    .repo = repo,
	    .profile = PROFILE_PUBLIC,
	    .terms = &present->terms,
	    .present = &present->facts};
	change_source_open(&source);
	for (size_t i = 0; i < d->nchanges; i++) {
		struct arena own = ARENA_INIT;
		struct scan_change *c = &d->changes[i];
		const struct repo_commit *to = &s->log.commits[c->to];
		struct change_pair pair;
		change_between(&pair, &own, &source, s->log.commits[c->from].oid, to->oid,
		    date_from_unix(to->time));
		c->errors = pair.old_errors || pair.new_errors;
		c->old = side_text(a, &pair.changes, false);
		c->new = side_text(a, &pair.changes, true);
		arena_clear(&own);
	}
	change_source_close(&source);
}

void history_changes(struct scan *s, struct arena *a, const char *site, struct repo *repo)
{
	struct diag quiet = DIAG_INIT;
	struct edition head;
	const struct edition_view view = {.profile = PROFILE_PUBLIC,
	    .date = date_from_unix(s->log.count ? s->log.commits[0].time : 0)};
	bool any = false;
	for (size_t i = 0; i < s->ndepartments; i++)
		any |= s->departments[i].nchanges > 0;
	if (!any)
		return;
	int err = edition_open(&head, site, repo, s->head, &quiet);
	for (size_t i = 0; i < s->ndepartments; i++) {
		struct scan_department *d = &s->departments[i];
		struct edition_facts present;
		if (err || !d->nchanges) {
			d->nchanges = 0;
			continue;
		}
		edition_facts(&present, &head, d->id, &view, &quiet);
		d->terms = terms_text(a, &present.terms);
		if (present.there)
			compare(s, d, a, site, repo, &present);
		else
			d->nchanges = 0;
		edition_facts_clear(&present);
	}
	edition_close(&head);
	diag_clear(&quiet);
}

/* -- for one department ---------------------------------------------------------------- */

static const struct scan_department *find(const struct scan *s, const char *id)
{
	for (size_t i = 0; i < s->ndepartments; i++)
		if (strcmp(s->departments[i].id, id) == 0)
			return &s->departments[i];
	return NULL;
}

struct publication *history_publications(const struct scan *s, const struct commit *commits,
    struct arena *a, const struct disclosure *x, const struct identifications *ids,
    const struct assessment *assessment, const struct department *d, size_t *count, bool *withheld)
{
	const struct scan_department *known = find(s, d->id);
	struct disclosure_terms terms = {0};
	struct facts present;
	*count = 0;
	*withheld = false;
	if (!known || !known->nchanges)
		return NULL;
	disclosure_terms(&terms, a, d);
	if (strcmp(terms_text(a, &terms), known->terms) != 0) {
		*withheld = true;
		return NULL;
	}
	facts_take(&present, a, x, ids, assessment);
	struct publication *out = arena_array(a, known->nchanges, sizeof(*out));
	for (size_t i = 0; i < known->nchanges; i++) {
		const struct scan_change *c = &known->changes[i];
		struct str old_text = c->old, new_text = c->new;
		struct facts old, new;
		struct publication *p = &out[*count];
		*p = (struct publication){.commit = &commits[c->commit], .errors = c->errors};
		if (facts_read(&old, a, &old_text) || facts_read(&new, a, &new_text))
			continue; /* of another program */
		changes_compare(&p->changes, a, &old, &new);
		changes_settle(&p->changes, a, &present);
		changes_group(&p->changes, a);
		(*count)++;
	}
	return out;
}

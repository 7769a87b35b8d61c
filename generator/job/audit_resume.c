/*
 * The passport has the schools by id with the address that each had. Of a school
 * that moved the files lose their names: then it is not done.
 */
#include "job/audit_resume.h"

#include "base/intl.h"
#include "job/evidence.h"

#include <stdlib.h>

struct changes {
	struct buf gone, added, moved; /* ids */
	size_t done, open;
};

static void add_id(struct buf *list, const char *id)
{
	buf_addf(list, "%s%s", list->len ? ", " : "", id);
}

static const struct school *school_of(const struct audit_run *r, const char *id)
{
	const struct department *d = &r->desk.d;
	for (size_t i = 0; i < d->nschools; i++)
		if (strcmp(d->schools[i].id, id) == 0)
			return &d->schools[i];
	return NULL;
}

void audit_resume_schools(struct audit_run *r)
{
	for (size_t i = 0; i < r->passport.nschools && r->count < r->desk.d.nschools; i++) {
		const struct school *s = school_of(r, r->passport.schools[i]);
		if (s)
			r->schools[r->count++] = s;
	}
}

/* ---- comparing ---- */

static const char *site_of(const struct school *s)
{
	return s->site ? s->site : "";
}

static bool has(const struct audit_passport *p, const char *id)
{
	for (size_t i = 0; i < p->nschools; i++)
		if (strcmp(p->schools[i], id) == 0)
			return true;
	return false;
}

static void find_gone_and_moved(struct audit_run *r, struct changes *c, struct evidence *e)
{
	const struct audit_passport *p = &r->passport;
	for (size_t i = 0; i < p->nschools; i++) {
		const struct school *s = school_of(r, p->schools[i]);
		if (!s) {
			add_id(&c->gone, p->schools[i]);
		} else if (p->sites && strcmp(p->sites[i], site_of(s)) != 0) {
			add_id(&c->moved, s->id);
			evidence_reopen(e, s->id);
		}
	}
}

static int by_id(const void *x, const void *y)
{
	const struct school *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

static void find_added(struct audit_run *r, struct changes *c)
{
	const struct department *d = &r->desk.d;
	for (size_t i = 0; r->passport.all && i < d->nschools; i++) {
		const struct school *s = &d->schools[i];
		if (has(&r->passport, s->id) || !school_open(s, r->passport.round.year))
			continue;
		add_id(&c->added, s->id);
		r->schools[r->count++] = s;
	}
	if (r->count)
		qsort(r->schools, r->count, sizeof(const struct school *), by_id);
}

static void count_files(const struct audit_run *r, struct changes *c, const struct evidence *e)
{
	for (size_t i = 0; i < r->count; i++) {
		c->done += evidence_is_done(e, r->schools[i]->id);
		c->open += evidence_is_open(e, r->schools[i]->id);
	}
}

/* ---- saying ---- */

static void say_list(struct buf *out, const char *words, const struct buf *list)
{
	if (list->len)
		buf_addf(out, "  %s: %s\n", words, list->data);
}

static void say_changes(struct audit_run *r, const struct changes *c)
{
	struct buf out = BUF_INIT(BUF_FILE);
	const struct audit_passport *p = &r->passport;
	buf_addf(&out,
	    _("Going on with visit %lld of the round %s: schools %zu, done %zu, under way %zu.\n"),
	    (long long)p->visit, date_iso(p->round).s, r->count, c->done, c->open);
	say_list(&out, _("not in schools.csv any more, left out"), &c->gone);
	say_list(&out, _("new in schools.csv, visited too"), &c->added);
	say_list(&out, _("another address than at the beginning, visited there"), &c->moved);
	if (p->checklist && strcmp(p->checklist, r->checklist.version) != 0)
		buf_addf(&out, "  %s\n",
		    _("another checklist than at the beginning: all schools are judged by it; what only it wants is asked of those that are not done"));
	if (p->program && strcmp(p->program, "Vidno " VIDNO_VERSION) != 0)
		buf_addf(&out, _("  begun by %s: visits under way are made anew\n"), p->program);
	audit_say(r, &out);
	buf_clear(&out);
}

enum audit_status audit_resume_begin(struct audit_run *r)
{
	struct evidence e = EVIDENCE_INIT;
	struct changes c = {
	    .gone = BUF_INIT(BUF_FILE), .added = BUF_INIT(BUF_FILE), .moved = BUF_INIT(BUF_FILE)};
	bool opened = evidence_open(&e, r->folder, r->diag) == 0;
	if (opened) {
		find_gone_and_moved(r, &c, &e);
		find_added(r, &c);
		count_files(r, &c, &e);
		say_changes(r, &c);
		audit_passport_schools(&r->passport, &r->arena, r->schools, r->count);
		r->passport.program = "Vidno " VIDNO_VERSION;
	}
	evidence_close(&e);
	buf_clear(&c.gone);
	buf_clear(&c.added);
	buf_clear(&c.moved);
	return opened ? AUDIT_OK : AUDIT_SYSTEM;
}

/*
 * Which round, which visit, which schools. A new visit takes them from the
 * options and the department; a replay and a resumed visit from the passport
 * that the visit wrote, so that they do the same work.
 */
#include "base/intl.h"
#include "compute/audit_rows.h"
#include "compute/audit_round.h"
#include "job/audit_resume.h"
#include "sys/clock.h"

#include <stdio.h>
#include <stdlib.h>

static enum audit_status usage(
    struct audit_run *r, const char *rule, const char *cell, const char *remedy, const char *text)
{
	diag_add(r->diag, DIAG_ERROR, rule, DIAG_NOWHERE, cell ? str_of(cell) : STR_NONE, remedy,
	    "%s", text);
	return AUDIT_USAGE;
}

/* Nothing is wrong with the question; a table of the site lacks something. */
static enum audit_status lacking(
    struct audit_run *r, const char *rule, const char *file, const char *remedy, const char *text)
{
	diag_add(r->diag, DIAG_ERROR, rule, DIAG_AT(file, 0, 0), STR_NONE, remedy, "%s", text);
	return AUDIT_PROBLEMS;
}

/* ---- schools ---- */

static bool is_chosen(const struct audit_run *r, const struct school *school)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->schools[i] == school)
			return true;
	return false;
}

static enum audit_status choose_named(struct audit_run *r)
{
	for (size_t i = 0; i < r->o->nonly; i++) {
		const struct school *s = audit_desk_school(&r->desk, r->o->only[i], r->diag);
		if (!s)
			return AUDIT_USAGE;
		if (!is_chosen(r, s))
			r->schools[r->count++] = s;
	}
	return AUDIT_OK;
}

/* Those of today's schools in the order of their ids. */
static void choose_open(struct audit_run *r)
{
	const struct department *d = &r->desk.d;
	for (size_t i = 0; i < d->nschools; i++)
		if (school_open(&d->schools[i], r->passport.round.year))
			r->schools[r->count++] = &d->schools[i];
}

static int by_id(const void *x, const void *y)
{
	const struct school *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

/* Of a school that went only its rows could tell, and those may not stand
 * without it: it goes on being left out until schools.csv has it again. */
static void say_gone(struct audit_run *r)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t i = 0; i < r->passport.nschools; i++) {
		const char *id = r->passport.schools[i];
		if (!map_get(&r->desk.d.names.by_id, str_of(id)))
			buf_addf(&out, "%s%s",
			    out.len
			        ? ", "
			        : _("Schools of this visit that are not in schools.csv any more, and left out: "),
			    id);
	}
	if (out.len)
		buf_addc(&out, '\n');
	audit_say(r, &out);
	buf_clear(&out);
}

static enum audit_status choose_recorded(struct audit_run *r)
{
	audit_resume_schools(r);
	say_gone(r);
	if (r->count == 0)
		return lacking(r, "audit-no-schools",
		    arena_printf(&r->arena, "data/%s/schools.csv", r->o->department),
		    _("A school that closed keeps its row, with its last year in to_year."),
		    _("no school of this visit is in schools.csv any more"));
	return AUDIT_OK;
}

/* Something was not found, and seen only once; or could not be checked. */
static bool wants_second_visit(
    const struct audit_round *round, const struct audit_run *r, const struct school *school)
{
	const struct table *t = r->desk.d.checklist;
	for (size_t i = 0; i < t->count; i++) {
		const struct audit_row *row = audit_round_cell(round, school, table_row(t, i))->row;
		if (row && row->method == AUDIT_AUTOMATIC &&
		    ((row->found == FOUND_NO && row->state == AUDIT_ONCE) ||
		        row->found == FOUND_NOT_CHECKED))
			return true;
	}
	return false;
}

static const char *last_visit_day(const struct audit_run *r)
{
	const char *last = "";
	for (size_t i = 0; i < r->desk.d.naudit; i++) {
		const struct audit_row *x = &r->desk.d.audit[i];
		if (date_cmp(x->date, r->passport.round) == 0 && x->method == AUDIT_AUTOMATIC &&
		    x->fetched && strcmp(x->fetched, last) > 0)
			last = x->fetched;
	}
	return last;
}

static enum audit_status choose_unconfirmed(struct audit_run *r)
{
	struct audit_round round;
	struct date_text today = date_iso(date_from_unix(clock_unix()));
	size_t all = r->count;
	if (strncmp(last_visit_day(r), today.s, strlen(today.s)) == 0)
		return usage(r, "audit-same-day", today.s,
		    _("Come back tomorrow: what is missing today may be only broken today."),
		    _("a second visit confirms only on another day"));
	audit_round_read(&round, &r->arena, &r->desk.d, r->passport.round);
	r->count = 0;
	for (size_t i = 0; i < all; i++)
		if (wants_second_visit(&round, r, r->schools[i]))
			r->schools[r->count++] = r->schools[i];
	if (r->count == 0)
		return usage(r, "audit-confirmed", date_iso(r->passport.round).s,
		    _("Nothing is left to do in this round."),
		    _("nothing of this round waits for a second visit"));
	return AUDIT_OK;
}

/* ---- what kind of visit ---- */

static enum audit_status plan_recorded(struct audit_run *r, const char *folder, bool replay)
{
	bool open;
	if (audit_passport_read(&r->passport, &open, &r->arena, folder, r->diag) < 0)
		return AUDIT_USAGE;
	if (open && replay)
		return usage(r, "audit-unfinished", folder, _("Finish it first with --resume."),
		    _("this visit is not over"));
	r->folder = folder;
	if (replay)
		return choose_recorded(r);
	audit_resume_schools(r);
	return AUDIT_OK;
}

static enum audit_status plan_resume(struct audit_run *r, struct date round)
{
	const char *folder = audit_unfinished(&r->arena, r->o->site, r->o->department, round);
	if (folder)
		return plan_recorded(r, folder, false);
	folder = audit_unfinished(&r->arena, r->o->site, r->o->department, (struct date){0});
	if (folder)
		return usage(r, "audit-nothing-open", folder,
		    _("Without --date the last visit that was broken off goes on."),
		    _("no visit of this round was broken off, but one of another"));
	return usage(r, "audit-nothing-open", NULL,
	    arena_printf(&r->arena, _("Begin a visit: vidno audit %s"), r->o->department),
	    _("no visit was broken off"));
}

static const char *time_text(struct arena *a)
{
	int64_t now = clock_unix();
	int second = (int)(now % 86400);
	return arena_printf(a, "%sT%02d:%02d:%02dZ", date_iso(date_from_unix(now)).s, second / 3600,
	    second / 60 % 60, second % 60);
}

/* "Vidno/0.1.0 (+URL; mail)", so that who sees us knows whom to ask. */
static enum audit_status name_ourselves(struct audit_run *r)
{
	const struct site *site = &r->desk.load.site;
	const char *contact = r->o->contact, *mail = NULL;
	for (size_t i = 0; i < site->staff.count && !contact; i++) {
		const struct staff *s = (const struct staff *)site->staff.items + i;
		if (s->mail && (!mail || staff_has_role(s, ROLE_AUDITOR)))
			mail = s->mail;
		if (s->mail && staff_has_role(s, ROLE_AUDITOR))
			break;
	}
	if (!contact && mail && strcmp(site->base_url, "/") != 0)
		contact = arena_printf(&r->arena, "%s; %s", site->base_url, mail);
	if (!contact)
		return usage(r, "audit-contact", NULL,
		    _("Write base_url and the mail of an auditor in content/site.yaml, or: --contact 'https://example.ru/; mail@example.ru'"),
		    _("schools must be able to see who visits them and whom to write to"));
	for (const char *p = contact; *p; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
			return usage(r, "audit-contact", contact,
			    _("Use Latin letters: it becomes part of a header of HTTP."),
			    _("the contact has characters that cannot be sent"));
	r->passport.agent = arena_printf(&r->arena, "Vidno/" VIDNO_VERSION " (+%s)", contact);
	return AUDIT_OK;
}

/* Another round may wait for its end. */
static void say_unfinished(struct audit_run *r)
{
	struct buf out = BUF_INIT(BUF_LINE);
	const char *open =
	    audit_unfinished(&r->arena, r->o->site, r->o->department, (struct date){0});
	if (open)
		buf_addf(&out,
		    _("A visit of another round was broken off: %s. It goes on with --resume and its --date.\n"),
		    open);
	audit_say(r, &out);
	buf_clear(&out);
}

static enum audit_status no_schools(struct audit_run *r)
{
	const char *file = arena_printf(&r->arena, "data/%s/schools.csv", r->o->department);
	if (r->desk.d.nschools == 0)
		return lacking(r, "audit-no-schools", file,
		    _("Write a row for each school, with the address of its site."),
		    _("the department has no schools yet, so there is nothing to visit"));
	return lacking(r, "audit-no-schools", file,
	    _("Look at from_year and to_year, and at the day of the round (--date)."),
	    _("no school of the department is open in the year of this round"));
}

static enum audit_status plan_new(struct audit_run *r, struct date round)
{
	struct audit_passport *p = &r->passport;
	enum audit_status status = AUDIT_OK;
	p->round = date_is_set(round) ? round : date_from_unix(clock_unix());
	if (r->o->confirm)
		status =
		    (enum audit_status)audit_desk_round(&r->desk, &p->round, r->o->date, r->diag);
	if (status != AUDIT_OK)
		return status;
	p->order_1493 = r->o->order_1493;
	p->program = "Vidno " VIDNO_VERSION;
	p->position = r->o->position;
	p->begun = time_text(&r->arena);
	p->visit = audit_rows_next_visit(&r->desk.d, p->round);
	const char *open = audit_unfinished(&r->arena, r->o->site, r->o->department, p->round);
	if (open)
		return usage(r, "audit-unfinished", open,
		    _("Go on with it: --resume. To begin anew, remove its folder first."),
		    _("a visit of this round was broken off"));
	say_unfinished(r);
	if (r->o->nonly)
		status = choose_named(r);
	else
		choose_open(r), status = AUDIT_OK;
	if (status == AUDIT_OK && r->o->confirm)
		status = choose_unconfirmed(r);
	if (status == AUDIT_OK && r->count == 0)
		return no_schools(r);
	if (r->count)
		qsort(r->schools, r->count, sizeof(const struct school *), by_id);
	p->all = r->o->nonly == 0 && !r->o->confirm;
	audit_passport_schools(p, &r->arena, r->schools, r->count);
	r->folder = audit_folder(&r->arena, r->o->site, r->o->department, p->round, p->visit);
	return status;
}

enum audit_status audit_plan(struct audit_run *r)
{
	const struct audit_options *o = r->o;
	struct date round;
	enum audit_status status;
	if (audit_desk_date(&round, o->date, r->diag) < 0)
		return AUDIT_USAGE;
	if ((o->replay != NULL) + o->resume + o->confirm > 1)
		return usage(r, "option-together", NULL, NULL,
		    _("--replay, --resume and --confirm exclude each other"));
	if ((o->replay || o->resume) && (o->nonly || o->order_1493))
		return usage(r, "option-together", NULL,
		    _("Leave them out: a visit that was broken off or is judged again has its schools and lists."),
		    _("--schools and --order-1493 belong to the beginning of a visit"));
	r->schools = arena_array(
	    &r->arena, r->desk.d.nschools + o->nonly + 1, sizeof(const struct school *));
	if (o->replay)
		return plan_recorded(r, o->replay, true);
	status = o->resume ? plan_resume(r, round) : plan_new(r, round);
	return status == AUDIT_OK ? name_ourselves(r) : status;
}

/* ---- the lists ---- */

static bool is_wanted(const struct audit_run *r, const struct checklist_item *item)
{
	return !checklist_is_order(item) || r->passport.order_1493;
}

enum audit_status audit_plan_lists(struct audit_run *r)
{
	const struct table *all = r->desk.d.checklist;
	struct checklist_item *rows = arena_array(&r->arena, all->count + 1, sizeof(*rows));
	size_t errors = r->diag->errors;
	r->items = *all;
	r->items.rows = rows;
	r->items.count = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct checklist_item *item = table_row(all, i);
		if (is_wanted(r, item))
			rows[r->items.count++] = *item;
	}
	checklist_compile(&r->checklist, &r->arena, &r->items, &r->desk.load.site.words,
	    r->passport.round, STR(""), r->diag);
	signatures_compile(
	    &r->signatures, &r->arena, &r->desk.load.site.signatures, STR(""), r->diag);
	if (r->diag->errors > errors)
		return AUDIT_PROBLEMS;
	if (r->checklist.count == 0 && r->items.count == 0)
		return lacking(r, "audit-no-items", audit_desk_list(&r->desk),
		    _("Copy the list of the program, or write one; see the README."),
		    _("there is no checklist, or it has no items, so there is nothing to look for"));
	if (r->checklist.count == 0)
		return lacking(r, "audit-no-items", audit_desk_list(&r->desk),
		    _("Look at valid_from and valid_to, and at the day of the round (--date)."),
		    _("no item of the checklist holds on the day of this round"));
	return AUDIT_OK;
}

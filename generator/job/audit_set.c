/*
 * The decision is one more row of the round, behind those that were there; the
 * files are written whole, in their usual order, so that a replay gives the
 * same bytes.
 */
#include "job/audit_show.h"

#include "base/intl.h"
#include "compute/audit_rows.h"
#include "job/audit_desk.h"
#include "job/audit_files.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "text/url.h"

static enum audit_status refuse(
    struct diag *diag, const char *rule, const char *cell, const char *remedy, const char *text)
{
	diag_add(diag, DIAG_ERROR, rule, DIAG_NOWHERE, cell ? str_of(cell) : STR_NONE, remedy, "%s",
	    text);
	return AUDIT_USAGE;
}

static int found_of(const char *word)
{
	const struct column *c = schema_column(schema_of(TABLE_AUDIT), STR("found"));
	for (int found = FOUND_YES; found <= FOUND_NOT_APPLICABLE; found++)
		if (strcmp(schema_word(c, found), word) == 0)
			return found;
	return FOUND_NONE;
}

static enum audit_status check_login(
    const struct audit_desk *desk, const char *login, struct diag *diag)
{
	const struct staff *staff = login ? site_staff(&desk->load.site, login) : NULL;
	if (!login)
		return refuse(diag, "audit-set-who", NULL,
		    _("Name yourself: --as LOGIN, as in content/site.yaml."),
		    _("a decision needs somebody who answers for it"));
	if (!staff)
		return refuse(diag, "audit-set-who", login,
		    _("Logins stand in content/site.yaml under staff."),
		    _("nobody has this login"));
	if (!staff_has_role(staff, ROLE_AUDITOR))
		return refuse(diag, "audit-set-role", login,
		    _("Give the role auditor in content/site.yaml, or let an auditor decide."),
		    _("this member of staff is no auditor"));
	return AUDIT_OK;
}

static enum audit_status check_words(
    const struct audit_decision *x, int found, struct arena *a, struct diag *diag)
{
	struct url url;
	if (found == FOUND_NONE)
		return refuse(diag, "audit-set-outcome", x->found,
		    _("Write yes, no, defective, not-checked or not-applicable."),
		    _("this is no outcome"));
	if (!x->why || !str_trim(str_of(x->why)).n)
		return refuse(diag, "audit-set-why", NULL, _("Write the reason: --why TEXT."),
		    _("a decision needs its reason"));
	if (found == FOUND_YES && !x->url)
		return refuse(diag, "audit-set-url", NULL, _("Write where: --url URL."),
		    _("what was found has an address"));
	if (x->url &&
	    (url_read(&url, a, str_of(x->url), NULL, NULL) != URL_OK || url.kind != URL_WEB))
		return refuse(diag, "audit-set-url", x->url,
		    _("It begins with https:// or http://."), _("this is no web address"));
	return AUDIT_OK;
}

static int64_t next_visit(const struct department *d, const struct audit_row *x)
{
	int64_t last = 0;
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *y = &d->audit[i];
		if (y->school == x->school && y->item == x->item &&
		    date_cmp(y->date, x->date) == 0 && y->visit > last)
			last = y->visit;
	}
	return last + 1;
}

static enum audit_status write_decision(const struct audit_question *q, struct audit_desk *desk,
    struct audit_row *row, struct diag *diag)
{
	struct buf rows = BUF_INIT(BUF_FILE), evidence = BUF_INIT(BUF_FILE);
	row->visit = next_visit(&desk->d, row);
	const struct audit_writing w = {.department = &desk->d,
	    .round = row->date,
	    .visit = -1, /* no visit: all rows stay */
	    .decision = row,
	    .russian = desk->russian};
	audit_rows_write(&rows, &w);
	audit_rows_evidence(&evidence, &w);
	int err = audit_files_write(
	    q->site, q->department, row->date, buf_str(&rows), buf_str(&evidence), diag);
	buf_clear(&rows);
	buf_clear(&evidence);
	return err ? AUDIT_SYSTEM : AUDIT_OK;
}

static const char *time_text(struct arena *a)
{
	int64_t now = clock_unix();
	int second = (int)(now % 86400);
	return arena_printf(a, "%sT%02d:%02d:%02dZ", date_iso(date_from_unix(now)).s, second / 3600,
	    second / 60 % 60, second % 60);
}

static enum audit_status choose_round(const struct audit_question *q,
    const struct audit_decision *x, const struct audit_desk *desk, struct date *out,
    struct diag *diag)
{
	if (!x->new_round)
		return (enum audit_status)audit_desk_round_by_hand(desk, out, q->date, diag);
	if (audit_desk_date(out, q->date, diag) < 0)
		return AUDIT_USAGE;
	if (!date_is_set(*out))
		*out = date_from_unix(clock_unix());
	return AUDIT_OK;
}

static enum audit_status decide(const struct audit_question *q, const struct audit_decision *x,
    struct audit_desk *desk, struct arena *a, struct buf *out, struct diag *diag)
{
	struct audit_row row = {.method = AUDIT_MANUAL, .state = AUDIT_CONFIRMED};
	row.school = audit_desk_school(desk, q->school, diag);
	row.item = audit_desk_item(desk, x->item, diag);
	row.found = found_of(x->found);
	if (!row.school || !row.item)
		return AUDIT_USAGE;
	enum audit_status status = check_words(x, row.found, a, diag);
	if (status == AUDIT_OK)
		status = check_login(desk, x->login, diag);
	if (status == AUDIT_OK)
		status = choose_round(q, x, desk, &row.date, diag);
	if (status != AUDIT_OK)
		return status;
	row.url = x->url;
	row.reason = x->why;
	row.by = x->login;
	row.fetched = time_text(a);
	status = write_decision(q, desk, &row, diag);
	if (status == AUDIT_OK)
		buf_addf(out, _("%s, %s: %s. Written: data/%s/audit/%s.csv\n"), row.school->id,
		    row.item->id, x->found, q->department, date_iso(row.date).s);
	if (status == AUDIT_OK && !audit_desk_has_round(desk, row.date))
		buf_addf(out, _("With it the round of %s begins.\n"), date_iso(row.date).s);
	return status;
}

enum audit_status audit_set(const struct audit_question *q, const struct audit_decision *x,
    struct buf *out, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct audit_desk desk;
	int held = audit_files_hold(q->site, q->department);
	enum audit_status status =
	    (enum audit_status)audit_desk_open(&desk, q->site, q->department, diag);
	if (status == AUDIT_OK)
		status = decide(q, x, &desk, &a, out, diag);
	audit_desk_close(&desk);
	fd_close(held);
	arena_clear(&a);
	return status;
}

/*
 * The rows of the round in the order of the file, each with its evidence.
 */
#include "job/audit_show.h"

#include "base/intl.h"
#include "compute/audit_round.h"
#include "compute/audit_rows.h"
#include "job/audit_desk.h"
#include "job/audit_files.h"
#include "job/audit_print.h"
#include "sys/clock.h"

#include <stdio.h>

struct asking {
	const struct audit_question *q;
	struct arena arena;
	struct audit_desk desk;
	const struct school *school;
	struct date round;
	struct buf *out;
	struct diag *diag;
};

static enum audit_status begin(struct asking *a)
{
	enum audit_status status =
	    (enum audit_status)audit_desk_open(&a->desk, a->q->site, a->q->department, a->diag);
	if (status != AUDIT_OK)
		return status;
	status = (enum audit_status)audit_desk_round(&a->desk, &a->round, a->q->date, a->diag);
	if (status != AUDIT_OK)
		return status;
	a->school = audit_desk_school(&a->desk, a->q->school, a->diag);
	return a->school ? AUDIT_OK : AUDIT_USAGE;
}

static void end(struct asking *a)
{
	audit_desk_close(&a->desk);
	arena_clear(&a->arena);
}

/* ---- show ---- */

static const struct audit_evidence *evidence_of(const struct asking *a, const struct audit_row *x)
{
	const struct table *t = &a->desk.d.tables[TABLE_AUDIT_EVIDENCE];
	const struct audit_evidence *rows = t->rows;
	for (size_t i = 0; i < t->count; i++)
		if (rows[i].school == x->school && rows[i].item == x->item &&
		    rows[i].visit == x->visit && date_cmp(rows[i].date, x->date) == 0)
			return &rows[i];
	return NULL;
}

/* What the tables hold as short codes, as the pages of the audit say it. */
static const char *in_words(const char *code)
{
	static const struct {
		const char *code, *words;
	} known[] = {
	    {"bom", N_("by the mark at the beginning")},
	    {"header", N_("by the header of the answer")},
	    {"meta", N_("by what the page says")},
	    {"meta-late", N_("by what the page says, far from its beginning")},
	    {"utf-8", N_("by the bytes themselves")},
	    {"guess", N_("guessed by the letters")},
	    {"none", N_("connection without encryption")},
	    {"ok", N_("verified")},
	    {"incomplete", N_("the server sent only a part of the chain")},
	    {"self-signed", N_("signed by the site itself")},
	    {"expired", N_("expired")},
	    {"wrong-host", N_("issued to another site")},
	    {"other", N_("not verified")},
	};
	for (size_t i = 0; code && i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(code, known[i].code) == 0)
			return _(known[i].words);
	return code;
}

/* "utf-8, header" */
static const char *charset_words(struct arena *a, const char *rule)
{
	const char *comma = rule ? strstr(rule, ", ") : NULL;
	if (!comma)
		return rule;
	return arena_printf(a, "%.*s, %s", (int)(comma - rule), rule, in_words(comma + 2));
}

static void show_line(struct buf *out, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	size_t width = utf8_length(str_of(name));
	buf_addf(out, "    %s", name);
	for (; width < 14; width++)
		buf_addc(out, ' ');
	buf_addf(out, " %s\n", text);
}

static void show_evidence(struct asking *a, const struct audit_row *x)
{
	const struct audit_evidence *e = evidence_of(a, x);
	if (!e)
		return;
	show_line(a->out, _("page"), e->source_page);
	show_line(a->out, _("heading"), e->heading);
	show_line(a->out, _("redirects"), e->chain);
	show_line(a->out, _("encoding"), charset_words(&a->arena, e->charset_rule));
	show_line(a->out, _("certificate"), in_words(e->certificate));
	if (e->warc && e->offset)
		show_line(
		    a->out, _("archive"), arena_printf(&a->arena, "%s, %s", e->warc, e->offset));
	show_line(a->out, _("kind of file"), e->type);
	if (e->size > 0)
		show_line(a->out, _("bytes"), arena_printf(&a->arena, "%lld", (long long)e->size));
	if (date_is_set(e->modified))
		show_line(a->out, _("changed"), date_iso(e->modified).s);
	if (date_is_set(e->dated))
		show_line(a->out, _("dated"), date_iso(e->dated).s);
	show_line(a->out, _("list"), e->checklist);
}

static void show_row(struct asking *a, const struct audit_row *x)
{
	buf_addf(a->out, "\n%s %s: %s", audit_outcome_mark(x->found),
	    x->item->title ? x->item->title : x->item->id, audit_outcome_words(x->found, x->state));
	if (x->method == AUDIT_MANUAL)
		buf_addf(a->out, _(" (decided by %s)"), x->by ? x->by : "?");
	buf_addc(a->out, '\n');
	show_line(a->out, _("address"), x->url);
	show_line(a->out, _("link"), x->link_text);
	show_line(a->out, _("reason"), x->reason);
	show_line(a->out, _("note"), x->note);
	if (x->http_status > 0)
		show_line(a->out, _("status"),
		    arena_printf(&a->arena, "%lld", (long long)x->http_status));
	show_line(a->out, _("fetched"), x->fetched);
	show_line(a->out, "SHA-256", x->sha256);
	show_evidence(a, x);
}

enum audit_status audit_show(const struct audit_question *q, struct buf *out, struct diag *diag)
{
	struct asking a = {.q = q, .out = out, .diag = diag};
	enum audit_status status = begin(&a);
	size_t shown = 0;
	if (status == AUDIT_OK)
		buf_addf(out, _("%s, round of %s\n"), a.school->name, date_iso(a.round).s);
	for (size_t i = 0; status == AUDIT_OK && i < a.desk.d.naudit; i++) {
		const struct audit_row *x = &a.desk.d.audit[i];
		if (x->school == a.school && x->item && date_cmp(x->date, a.round) == 0) {
			show_row(&a, x);
			shown++;
		}
	}
	if (status == AUDIT_OK && shown == 0)
		buf_adds(out, _("The school was not visited in this round.\n"));
	end(&a);
	return status;
}

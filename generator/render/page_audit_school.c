/*
 * The evidence of each school in each round; of the last round, the letter.
 */
#include "render/audit_letter.h"
#include "render/audit_view.h"
#include "render/pages.h"

#include <stdlib.h>

/* Rows of one school in one round, with their evidence. */
struct dossier {
	struct renderer *r;
	const struct audit_round *round;
	const struct school *school;
};

/* -- evidence ----------------------------------------------------------------- */

static const char *status_text(const struct renderer *r, const struct audit_row *x)
{
	return x->http_status > 0 ? arena_printf(r->arena, "%lld", (long long)x->http_status)
	                          : NULL;
}

static const char *archive_text(const struct renderer *r, const struct audit_evidence *e)
{
	return e && e->warc && e->offset ? arena_printf(r->arena, "%s, %s", e->warc, e->offset)
	                                 : NULL;
}

static void add_line(struct list *lines, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	struct view *line = list_view(lines);
	view_text(line, "name", name);
	view_text(line, "text", text);
}

static void add_lines(
    struct renderer *r, struct view *v, const struct audit_row *x, const struct audit_evidence *e)
{
	const struct words *w = r->words;
	struct list *lines = view_list(v, "lines");
	add_line(lines, words_get(w, "audit_reason"), audit_row_reason(x));
	add_line(lines, words_get(w, "audit_link"), x->link_text);
	add_line(lines, words_get(w, "audit_page"), e ? e->source_page : NULL);
	add_line(lines, words_get(w, "audit_heading"), e ? e->heading : NULL);
	add_line(lines, words_get(w, "audit_chain"), e ? e->chain : NULL);
	add_line(lines, words_get(w, "audit_status"), status_text(r, x));
	add_line(lines, words_get(w, "audit_fetched"), x->fetched);
	add_line(lines, words_get(w, "audit_note"), x->note);
	add_line(lines, words_get(w, "audit_sha256"), x->sha256);
	add_line(lines, words_get(w, "audit_charset"), e ? e->charset_rule : NULL);
	add_line(lines, words_get(w, "audit_certificate"), e ? e->certificate : NULL);
	add_line(lines, words_get(w, "audit_archive"), archive_text(r, e));
	add_line(lines, words_get(w, "audit_checklist"), e ? e->checklist : NULL);
	view_flag(v, "has_lines", lines->count > 0);
}

static void add_row(struct renderer *r, struct list *rows, const struct audit_row *x,
    const struct audit_evidence *e)
{
	struct view *v = list_view(rows);
	view_text(v, "title", x->item->title ? x->item->title : x->item->id);
	view_text(v, "url", x->url);
	page_mark(r, v, "status", audit_row_mark(x), audit_row_word(r->words, x));
	view_text(
	    v, "by", x->method == AUDIT_MANUAL ? words_get(r->words, "audit_by_person") : NULL);
	view_text(v, "reason", audit_row_reason(x));
	view_text(v, "source", page_source_href(r, &x->row));
	add_lines(r, v, x, e);
}

static size_t add_rows(const struct dossier *d, struct view *v)
{
	struct renderer *r = d->r;
	const struct table *t = r->dept->checklist;
	struct list *rows = view_list(v, "rows"), *marks = view_list(v, "markup");
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_cell *cell = audit_round_cell(d->round, d->school, item);
		if (cell->row)
			add_row(r, audit_is_markup(item) ? marks : rows, cell->row, cell->evidence);
	}
	view_flag(v, "has_rows", rows->count > 0);
	view_flag(v, "has_markup", marks->count > 0);
	return rows->count + marks->count;
}

static void crumbs(struct renderer *r, struct date round)
{
	page_crumb(r, words_get(r->words, "audit_title"), "audit/");
	page_crumb(r, words_date(r->words, r->arena, round, true), audit_round_path(r, round));
}

static const char *lead_text(const struct dossier *d, const struct audit_letter *l)
{
	const struct words *w = d->r->words;
	struct arena *a = d->r->arena;
	return phrase(w, a, "audit_school_lead", "date", words_date(w, a, d->round->date, true),
	    "yes", words_int(w, a, (long long)l->yes), "all", words_int(w, a, (long long)l->known),
	    NULL);
}

/*
 * Fields: lead, school_href, site_href, letter_href (or null), has_rows, rows
 * [{title, url, status (mark), by (words, or null), reason, source, has_lines,
 * lines [{name, text}]}], has_markup, markup [the same].
 */
static int evidence_page(const struct dossier *d, const struct audit_letter *l, bool letter)
{
	struct renderer *r = d->r;
	const struct school *s = d->school;
	struct view *v = page_begin(r, audit_school_path(r, d->round->date, s), "schools",
	    phrase(
	        r->words, r->arena, "audit_school_title", "school", page_school_name(r, s), NULL));
	crumbs(r, d->round->date);
	const char *lead = lead_text(d, l);
	view_text(v, "lead", lead);
	page_description(r, lead);
	view_text(v, "school_href", page_href(r, page_school_path(r, s)));
	view_text(v, "site_href", s->site);
	view_text(v, "letter_href",
	    letter ? page_href(r, audit_letter_path(r, d->round->date, s)) : NULL);
	add_rows(d, v);
	return page_end(r, "audit_school");
}

/* -- the letter ------------------------------------------------------------------ */

static void add_entries(struct renderer *r, struct view *v, const char *name,
    const struct audit_row *const *all, size_t count)
{
	struct list *rows = view_list(v, name);
	for (size_t i = 0; i < count; i++) {
		const struct audit_row *x = all[i];
		struct view *row = list_view(rows);
		view_text(row, "title", x->item->title ? x->item->title : x->item->id);
		page_mark(r, row, "status", audit_row_mark(x), audit_row_word(r->words, x));
		view_text(row, "reason", x->found == FOUND_NO ? NULL : audit_row_reason(x));
		view_text(row, "url", x->url);
		view_text(row, "hint", x->item->hint);
	}
	view_flag(v, arena_printf(r->arena, "has_%s", name), count > 0);
}

/*
 * Fields: lead, site_href, back; missing, broken, unknown [{title, status
 * (mark), reason, url, hint}] with has_missing, has_broken, has_unknown.
 */
static int letter_page(const struct dossier *d, const struct audit_letter *l)
{
	struct renderer *r = d->r;
	const struct words *w = r->words;
	struct view *v = page_begin(r, audit_letter_path(r, d->round->date, d->school), "schools",
	    phrase(w, r->arena, "letter_title", "school", d->school->name, NULL));
	crumbs(r, d->round->date);
	page_crumb(
	    r, page_school_name(r, d->school), audit_school_path(r, d->round->date, d->school));
	const char *lead = phrase(w, r->arena, "letter_lead", "date",
	    words_date(w, r->arena, d->round->date, true), "yes",
	    words_int(w, r->arena, (long long)l->yes), "all",
	    words_int(w, r->arena, (long long)l->known), NULL);
	view_text(v, "lead", lead);
	page_description(r, lead);
	view_text(v, "site_href", d->school->site);
	view_text(v, "back", page_href(r, audit_school_path(r, d->round->date, d->school)));
	add_entries(r, v, "missing", l->missing, l->nmissing);
	add_entries(r, v, "broken", l->broken, l->nbroken);
	add_entries(r, v, "unknown", l->unknown, l->nunknown);
	return page_end(r, "audit_letter");
}

/* -- all of them ------------------------------------------------------------------- */

static int school_pages(struct dossier *d, bool last)
{
	const struct renderer *r = d->r;
	int err = 0;
	for (size_t i = 0; i < r->dept->nschools; i++) {
		struct audit_letter letter;
		struct arena scratch = ARENA_INIT;
		d->school = &r->dept->schools[i];
		audit_letter_read(&letter, &scratch, d->round, d->school);
		bool due = last && audit_letter_due(&letter);
		if (audit_was_visited(d->round, d->school))
			err |= evidence_page(d, &letter, due);
		if (due)
			err |= letter_page(d, &letter);
		arena_clear(&scratch);
	}
	return err;
}

int page_audit_school(struct renderer *r)
{
	size_t count;
	int err = 0;
	struct arena rounds = ARENA_INIT;
	const struct date *days = audit_rounds(&count, &rounds, r->dept);
	for (size_t i = 0; i < count; i++) {
		struct audit_round round;
		audit_round_read(&round, &rounds, r->dept, days[i]);
		struct dossier d = {.r = r, .round = &round};
		err |= school_pages(&d, i + 1 == count);
	}
	arena_clear(&rounds);
	return err;
}

/*
 * What was found at one school in one round, with the evidence: first what is
 * to be mended, then what could not be checked, then what is in order. The
 * marks of order 1493 come last, by the subsections of the site.
 *
 * What a row said before a person or a second visit said otherwise is shown
 * under it.
 */
#include "render/audit_letter.h"
#include "render/audit_matrix.h"
#include "render/audit_view.h"
#include "render/pages.h"
#include "text/url.h"

/* Rows of one school in one round, with their evidence. */
struct dossier {
	struct renderer *r;
	const struct audit_round *round;
	const struct school *school;
};

/* -- evidence ----------------------------------------------------------------- */

/* <name>: the address, if it leads anywhere, or null; <name>_shown: as people
 * write it, школа.рф instead of its punycode, or null. */
static void add_address(
    const struct renderer *r, struct view *v, const char *name, const char *text)
{
	const char *shown = arena_printf(r->arena, "%s_shown", name);
	struct url u;
	bool leads = text && *text && url_read(&u, r->arena, str_of(text), NULL, NULL) == URL_OK &&
	    u.kind == URL_WEB;
	view_text(v, name, leads ? text : NULL);
	view_text(v, shown, leads ? url_readable(r->arena, &u).p : text && *text ? text : NULL);
}

/* "17 мая 2023, 19:20 UTC" for 2023-05-17T19:20:20Z; else as it is. */
static const char *moment_text(const struct renderer *r, const char *moment)
{
	struct str text = str_of(moment);
	struct date day;
	if (text.n < 16 || date_parse(&day, (struct str){text.p, 10}) < 0)
		return moment;
	return phrase(r->words, r->arena, "audit_moment", "date",
	    words_date(r->words, r->arena, day, true), "time",
	    arena_strndup(r->arena, text.p + 11, 5), NULL);
}

/* "utf-8, header" with the rule in words. */
static const char *charset_text(const struct renderer *r, const char *rule)
{
	const char *comma = rule ? strstr(rule, ", ") : NULL;
	if (!comma)
		return rule;
	return arena_printf(r->arena, "%.*s, %s", (int)(comma - rule), rule,
	    words_of(r->words, "charset_", comma + 2));
}

static const char *certificate_text(const struct renderer *r, const char *state)
{
	return state ? words_of(r->words, "certificate_", state) : NULL;
}

static const char *archive_text(const struct renderer *r, const struct audit_evidence *e)
{
	return e->warc && e->offset ? phrase(r->words, r->arena, "audit_archive_place", "file",
	                                  e->warc, "offset", e->offset, NULL)
	                            : NULL;
}

static const char *date_text(const struct renderer *r, struct date d)
{
	return date_is_set(d) ? words_date(r->words, r->arena, d, true) : NULL;
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
	add_line(lines, words_get(w, "audit_fetched"), moment_text(r, x->fetched));
	add_line(lines, words_get(w, "audit_heading"), e ? e->heading : NULL);
	add_line(lines, words_get(w, "audit_status"),
	    x->http_status > 0 ? words_int(w, r->arena, (long long)x->http_status) : NULL);
	add_line(lines, words_get(w, "audit_chain"), e ? e->chain : NULL);
	add_line(lines, words_get(w, "audit_certificate"),
	    e ? certificate_text(r, e->certificate) : NULL);
	add_line(lines, words_get(w, "audit_charset"), e ? charset_text(r, e->charset_rule) : NULL);
	add_line(lines, words_get(w, "audit_type"), e ? e->type : NULL);
	add_line(lines, words_get(w, "audit_size"),
	    e && e->size > 0 ? words_int(w, r->arena, (long long)e->size) : NULL);
	add_line(lines, words_get(w, "audit_modified"), e ? date_text(r, e->modified) : NULL);
	add_line(lines, words_get(w, "audit_dated"), e ? date_text(r, e->dated) : NULL);
	add_line(lines, words_get(w, "audit_sha256"), x->sha256);
	add_line(lines, words_get(w, "audit_archive"), e ? archive_text(r, e) : NULL);
	add_line(lines, words_get(w, "audit_checklist"), e ? e->checklist : NULL);
	view_text(v, "source", page_source_href(r, &x->row));
	view_flag(v, "has_lines", lines->count > 0);
}

/* Who said it: a person, or which visit. */
static const char *said_by(const struct renderer *r, const struct audit_row *x)
{
	if (x->method == AUDIT_MANUAL)
		return words_get(r->words, "audit_by_person");
	return phrase(r->words, r->arena, "audit_by_visit", "n",
	    words_int(r->words, r->arena, (long long)x->visit), NULL);
}

/* What counted before. */
static void add_earlier(const struct dossier *d, struct view *v, const struct audit_row *x)
{
	const struct renderer *r = d->r;
	struct list *rows = view_list(v, "earlier");
	while ((x = audit_round_before(d->round, x))) {
		struct view *row = list_view(rows);
		view_text(row, "word", audit_row_word(r->words, x));
		view_text(row, "by", said_by(r, x));
		view_text(
		    row, "when", x->fetched && *x->fetched ? moment_text(r, x->fetched) : NULL);
		view_text(row, "reason", audit_row_reason(x));
	}
	view_flag(v, "has_earlier", rows->count > 0);
}

static void add_row(const struct dossier *d, struct list *rows, const struct audit_cell *cell)
{
	struct renderer *r = d->r;
	const struct audit_row *x = cell->row;
	const struct audit_evidence *e = cell->evidence;
	struct view *v = list_view(rows);
	view_text(v, "id", x->item->id);
	view_text(v, "title", audit_item_title(x->item));
	add_address(r, v, "url", x->url);
	add_address(r, v, "page", e ? e->source_page : NULL);
	view_text(v, "link", x->link_text && *x->link_text ? x->link_text : NULL);
	page_mark(r, v, "status", audit_row_mark(x), audit_row_word(r->words, x));
	view_text(v, "by", x->method == AUDIT_MANUAL ? said_by(r, x) : NULL);
	view_text(v, "reason", audit_row_reason(x));
	view_text(v, "remark", x->note && *x->note ? x->note : NULL);
	add_earlier(d, v, x);
	add_lines(r, v, x, e);
}

/* -- sections -------------------------------------------------------------------- */

static const struct section {
	const char *id;
	unsigned outcomes; /* bits of enum found */
} sections[] = {
    {"mend", 1U << FOUND_NO | 1U << FOUND_DEFECTIVE},
    {"unknown", 1U << FOUND_NOT_CHECKED | 1U << FOUND_NONE},
    {"found", 1U << FOUND_YES},
    {"not_applicable", 1U << FOUND_NOT_APPLICABLE},
};

static void add_section(const struct dossier *d, struct list *all, const struct section *s)
{
	const struct table *t = d->r->dept->checklist;
	struct view *v = NULL;
	struct list *rows = NULL;
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_cell *cell = audit_round_cell(d->round, d->school, item);
		if (!cell->row || audit_is_markup(item) || !(1U << cell->row->found & s->outcomes))
			continue;
		if (!v) {
			v = list_view(all);
			view_text(v, "section", s->id);
			view_text(v, "title", words_of(d->r->words, "audit_section_", s->id));
			rows = view_list(v, "rows");
		}
		add_row(d, rows, cell);
	}
}

static const char *subsection_title(const struct table *t, const char *page)
{
	const struct checklist_item *item = table_find(t, str_of(page));
	return item ? audit_item_title(item) : page;
}

/* The marks stand in the list subsection by subsection. */
static void add_markup(const struct dossier *d, struct view *v)
{
	const struct table *t = d->r->dept->checklist;
	struct list *all = view_list(v, "markup"), *rows = NULL;
	struct view *section = NULL;
	struct audit_sum sum = {0};
	const char *page = NULL;
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_cell *cell = audit_round_cell(d->round, d->school, item);
		if (!cell->row || !audit_is_markup(item))
			continue;
		if (!page || strcmp(page, item->page ? item->page : "") != 0) {
			if (section)
				audit_sum_view(d->r, section, "sum", sum);
			page = item->page ? item->page : "";
			section = list_view(all);
			view_text(section, "title", subsection_title(t, page));
			rows = view_list(section, "rows");
			sum = (struct audit_sum){0};
		}
		audit_sum_add(&sum, cell->row);
		struct view *row = list_view(rows);
		view_text(row, "title", audit_item_title(item));
		view_text(row, "mark", item->itemprop);
		page_mark(d->r, row, "status", audit_row_mark(cell->row),
		    audit_row_word(d->r->words, cell->row));
		view_text(row, "reason", audit_row_reason(cell->row));
	}
	if (section)
		audit_sum_view(d->r, section, "sum", sum);
	view_flag(v, "has_markup", all->count > 0);
}

/* -- the page -------------------------------------------------------------------- */

static const char *lead_text(const struct dossier *d, struct audit_sum s)
{
	const struct renderer *r = d->r;
	const char *text = phrase(r->words, r->arena, "audit_school_lead", "date",
	    words_date(r->words, r->arena, d->round->date, true), "sum", audit_sum_text(r, s),
	    NULL);
	const char *why = audit_sum_why(r, s);
	if (!why)
		return text;
	return arena_printf(r->arena, "%s %s", text,
	    phrase(r->words, r->arena, "audit_school_excluded", "why", why, NULL));
}

/*
 * Fields: lead, school_href, site_href, letter_href (or null), sections
 * [{section, title, rows [{id, title, url, url_shown, page, page_shown, link, status
 * (mark), by (words, or null), reason, remark, has_earlier, earlier [{word, by,
 * when, reason}], source, has_lines, lines [{name, text}]}]}], has_markup,
 * markup [{title, sum, rows [{title, mark, status, reason}]}].
 */
static int evidence_page(const struct dossier *d, bool letter)
{
	struct renderer *r = d->r;
	const struct school *s = d->school;
	struct view *v = page_begin(r, audit_school_path(r, d->round->date, s), "audit",
	    phrase(
	        r->words, r->arena, "audit_school_title", "school", page_school_name(r, s), NULL));
	page_crumb(r, words_get(r->words, "audit_title"), "audit/");
	page_crumb(r, words_date(r->words, r->arena, d->round->date, true),
	    audit_round_path(r, d->round->date));
	const char *lead = lead_text(d, audit_school_sum(d->round, s, false));
	view_text(v, "lead", lead);
	page_description(r, lead);
	view_text(v, "school_href", page_href(r, page_school_path(r, s)));
	view_text(v, "site_href", s->site);
	view_text(v, "letter_href",
	    letter ? page_href(r, audit_letter_path(r, d->round->date, s)) : NULL);
	struct list *all = view_list(v, "sections");
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
		add_section(d, all, &sections[i]);
	add_markup(d, v);
	return page_end(r, "audit_school");
}

static int school_pages(struct dossier *d, bool last)
{
	const struct renderer *r = d->r;
	int err = 0;
	for (size_t i = 0; i < r->dept->nschools; i++) {
		d->school = &r->dept->schools[i];
		if (!audit_round_visited(d->round, d->school))
			continue;
		struct arena scratch = ARENA_INIT;
		struct audit_letter letter;
		audit_letter_read(&letter, &scratch, d->round, d->school);
		err |= evidence_page(d, last && audit_letter_due(&letter));
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

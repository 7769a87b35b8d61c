/*
 * The questions are asked in the order in which they can end the matter: is
 * there an address, was it asked for, did it answer, is it what it seems, is
 * it the right kind of file, is it on the right site, does it say what it
 * should, is it of the right time.
 */
#include "compute/audit_verdict.h"

#include "compute/audit_date.h"
#include "compute/audit_cloud.h"
#include "text/fold.h"

enum {
	TEXT_ON_PAGE = 400, /* letters that make a page say something itself */
	LETTERS_BARE = 24,  /* of a page that says "отсутствует", and of an empty one */
	DATE_WITHIN = 4000, /* bytes of a text in which its own date and year stand */
	STRONG_YES = 2000,
	WEAK_YES = 40,
	DAYS_OF_MONTH = 31,
};

void audit_finding_set(struct finding *f, enum audit_reason r, struct str detail)
{
	f->reason = r;
	f->detail = detail;
	f->found = audit_reason_found(r);
}

void audit_finding_remark(struct finding *f, enum audit_remark r)
{
	for (size_t i = 0; i < AUDIT_REMARKS_KEPT; i++) {
		if (f->remarks[i] == r)
			return;
		if (f->remarks[i] == REMARK_NONE) {
			f->remarks[i] = r;
			return;
		}
	}
}

void audit_finding_begin(
    struct finding *f, const struct audit_site *s, const struct checklist *list, size_t rule)
{
	*f = (struct finding){.school = s->answers->school,
	    .item = list->rules[rule].item,
	    .checklist = list->version,
	    .offset = -1};
}

void audit_finding_evidence(
    struct finding *f, const struct audit_site *s, const struct audit_look *look)
{
	const struct fetch_row *row = look->answer->row;
	f->url = look->has_url ? look->asked.text : row->url;
	f->status = row->status;
	f->fetched = row->time;
	f->sha256 = row->sha256;
	f->chain = row->chain;
	f->warc = str_of(row->offset >= 0 ? s->answers->warc : NULL);
	f->offset = row->offset;
	f->certificate = row->certificate;
	f->size = row->bytes;
	f->type = str_of(look->type == SNIFF_EMPTY ? NULL : sniff_words[look->type]);
	f->modified = look->modified;
	if (row->certificate > FETCH_CERT_OK)
		audit_finding_remark(f, REMARK_CERTIFICATE);
	if (row->truncated.n)
		audit_finding_remark(f, REMARK_TRUNCATED);
}

static void charset_evidence(struct finding *f, struct arena *a, const struct audit_look *page)
{
	if (!page->page)
		return;
	f->charset_rule = str_of(
	    arena_printf(a, "%s, %s", page->charset.name, webcharset_rules[page->charset.rule]));
	if (page->charset.conflict)
		audit_finding_remark(f, REMARK_CHARSET);
}

/* -- time ---------------------------------------------------------------------------- */

static struct str beginning(struct str s)
{
	if (s.n > DATE_WITHIN)
		for (s.n = DATE_WITHIN; s.n && (s.p[s.n] & 0xC0) == 0x80;)
			s.n--;
	return s;
}

static bool years_fit(struct audit_years y, int wanted)
{
	/* A single year may be either half of a school year. */
	return y.first == y.last ? y.last >= wanted : y.last > wanted;
}

static struct str years_text(struct arena *a, struct audit_years y)
{
	return str_of(y.first == y.last ? arena_printf(a, "%d", y.first)
	                                : arena_printf(a, "%d/%d", y.first, y.last));
}

/* The years that its names speak of, else the beginning of its text; but there
 * a single year may be that of anything. */
static struct audit_years years_of(struct str names, struct str text)
{
	struct audit_years y = audit_years_in(names);
	if (y.first)
		return y;
	y = audit_years_in(beginning(text));
	return y.first < y.last ? y : (struct audit_years){0, 0};
}

static void check_time(struct finding *f, const struct audit_case *c, struct str names,
    const struct audit_look *target, struct str text)
{
	const struct checklist_item *item = c->rule->item;
	struct arena *a = c->site->a;
	struct date day = c->site->day;
	f->date = audit_date_in(names, day);
	if (!date_is_set(f->date))
		f->date = target->written;
	if (!date_is_set(f->date))
		f->date = audit_date_in(beginning(text), day);
	struct date last = date_is_set(f->date) ? f->date : target->modified;
	if (item->school_year) {
		int wanted = audit_school_year(day) - (item->school_year == SCHOOL_YEAR_LAST);
		struct audit_years y = years_of(names, text);
		if (y.first && !years_fit(y, wanted)) {
			audit_finding_set(f, REASON_OTHER_YEAR, years_text(a, y));
			return;
		}
		if (!y.first && date_is_set(last) && audit_school_year(last) < wanted)
			audit_finding_set(
			    f, REASON_TOO_OLD, str_of(arena_printf(a, "%s", date_iso(last).s)));
	}
	if (item->max_age >= 0 && date_is_set(last) &&
	    date_days(day) - date_days(last) > item->max_age * DAYS_OF_MONTH)
		audit_finding_set(
		    f, REASON_TOO_OLD, str_of(arena_printf(a, "%s", date_iso(last).s)));
}

/* -- the target ------------------------------------------------------------------------ */

/* A page that is only the cover of one file: that file, where it answered. */
static struct audit_look *file_of_card(struct audit_site *s, const struct audit_look *page)
{
	struct audit_look *found = NULL;
	for (size_t i = 0; i < page->doc.nlinks; i++) {
		struct url u;
		if (!audit_look_link(&u, s, page, page->doc.links[i].href))
			continue;
		struct audit_look *look = audit_look_find(s, &u);
		if (!look || look == found || look->bad != REASON_NONE || look->page ||
		    !sniff_is_document(look->type))
			continue;
		if (found)
			return NULL;
		found = look;
	}
	return found;
}

/* A page that may be the document itself, and does not say what that should. */
static bool lacks_words(const struct audit_case *c, struct audit_look *look)
{
	if (!c->rule->text)
		return false;
	audit_look_text(c->site, look);
	return look->text_known && pattern_find(c->rule->text, look->text, NULL) == 0;
}

static bool check_type(struct finding *f, const struct audit_case *c, struct audit_look **target)
{
	const struct checklist_item *item = c->rule->item;
	struct str types = str_of(item->types);
	struct audit_look *look = *target;
	bool promised = sniff_names_document(look->asked.path);
	bool wrong = promised || !sniff_fits(look->type, types);
	if (look->page && (wrong || lacks_words(c, look))) {
		struct audit_look *file = file_of_card(c->site, look);
		if (!file && wrong) {
			audit_finding_set(f, REASON_PAGE_INSTEAD, look->doc.title);
			return false;
		}
		if (file) {
			audit_finding_remark(f, REMARK_CARD);
			*target = look = file;
			audit_finding_evidence(f, c->site, file);
		}
	}
	if (look->type == SNIFF_ZIP || look->type == SNIFF_RAR || look->type == SNIFF_7Z) {
		audit_finding_remark(f, REMARK_ARCHIVE);
		f->look = true;
		return true;
	}
	if (sniff_fits(look->type, types))
		return true;
	audit_finding_set(f, REASON_WRONG_TYPE, str_of(sniff_words[look->type]));
	return false;
}

static bool check_words(struct finding *f, const struct audit_case *c, struct audit_look *target)
{
	audit_look_text(c->site, target);
	if (target->pdf == PDF_TEXT_NONE)
		audit_finding_remark(f, REMARK_SCAN);
	if (!c->rule->text)
		return true;
	/* What was read of it may be enough, though it is not all. */
	int found = target->text.n ? pattern_find(c->rule->text, target->text, NULL) : 0;
	if (found == 1)
		return true;
	if (!target->text_known || found == PATTERN_LIMIT) {
		audit_finding_remark(f, REMARK_TEXT_UNREAD);
		f->look = true;
		return true;
	}
	bool whole = !target->answer->row->truncated.n;
	audit_finding_set(f, whole ? REASON_WORDS_MISSING : REASON_TRUNCATED, STR_NONE);
	f->look = true;
	return false;
}

static bool check_place(
    struct finding *f, const struct audit_case *c, const struct audit_look *target)
{
	if (target->ours)
		return true;
	if (audit_is_ours(c->site, &target->asked) && target->page) {
		audit_finding_set(f, REASON_FOREIGN_HOST, target->url.host);
		return false;
	}
	if (c->rule->item->off_site == YESNO_NO) {
		audit_finding_set(f, REASON_OFF_SITE, target->url.host);
		return false;
	}
	audit_finding_remark(f, REMARK_OFF_SITE);
	return true;
}

/* No answer, or one that is not what it seems. */
static bool check_answer(struct finding *f, const struct audit_look *target)
{
	enum audit_reason bad = target->bad;
	if (bad == REASON_NONE)
		return true;
	bool elsewhere = !target->ours && target->answer->row->outcome == FETCH_NO_NAME;
	audit_finding_set(f, elsewhere ? REASON_DEAD_HOST : bad, target->detail);
	return false;
}

/* Letters of the page that are neither its headings nor on the home page. */
static size_t letters_below(const struct audit_site *s, const struct audit_look *page)
{
	struct str lines = page->lines, line;
	const struct page_names *n = page->names;
	size_t letters = 0;
	while (str_next(&lines, '\n', &line)) {
		bool heading = str_eq(line, n->title) || map_get(&s->home_lines, line);
		for (size_t i = 0; i < page->doc.nheadings && !heading; i++)
			heading = str_eq(line, n->headings[i]);
		letters += heading ? 0 : audit_letters(line);
	}
	return letters;
}

/* A page of the school with a heading and nothing under it, or "нет". What
 * pictures and scripts may show, a person looks at. Subsections of order 1493
 * may be as short: what counts there are their marks. */
static bool check_content(
    struct finding *f, const struct audit_case *c, const struct audit_look *page)
{
	if (!page->page || !page->names || c->rule->item->page)
		return true;
	for (size_t i = 0; i < page->doc.nlinks; i++)
		if (!page->names->links[i].skip)
			return true;
	if (letters_below(c->site, page) > LETTERS_BARE)
		return true;
	if (page->doc.pictures + page->doc.scripts > 0) {
		audit_finding_remark(f, REMARK_BARE_PAGE);
		f->look = true;
		return true;
	}
	audit_finding_set(f, REASON_BARE_PAGE, STR_NONE);
	return false;
}

static void judge_target(
    struct finding *f, const struct audit_case *c, struct audit_look *target, struct str names)
{
	target = audit_cloud_file(c->site, target);
	audit_finding_evidence(f, c->site, target);
	if (audit_cloud_judge(f, c->site, target))
		return;
	if (!check_answer(f, target) || !check_place(f, c, target) || !check_type(f, c, &target) ||
	    !check_content(f, c, target) || !check_words(f, c, target))
		return;
	audit_finding_set(f, REASON_FOUND, STR_NONE);
	check_time(f, c, names, target, target->text.p ? target->text : STR(""));
}

/* -- links ----------------------------------------------------------------------------- */

static struct str shown_name(const struct htmldoc_link *l)
{
	return l->text.n ? l->text : l->alt.n ? l->alt : l->title.n ? l->title : l->aria;
}

static struct str all_names(struct arena *a, const struct link_names *n, bool near)
{
	struct buf b = BUF_INIT(BUF_LINE);
	buf_add(&b, n->own.p, n->own.n);
	if (near || n->says_nothing)
		buf_addf(&b, "\n%.*s\n%.*s\n%.*s", (int)n->row.n, n->row.p, (int)n->around.n,
		    n->around.p, (int)n->heading.n, n->heading.p);
	return buf_keep(a, &b);
}

/* The address of a link, in the encoding of its page; where that did not open
 * and UTF-8 did, the latter. */
static enum url_status resolve(struct url *out, struct audit_look **look,
    const struct audit_case *c, const struct htmldoc_link *l)
{
	struct audit_site *s = c->site;
	const struct url *base = &c->page->base;
	webcharset_encoder *encode = webcharset_encoder_of(c->page->charset.name);
	enum url_status status = url_read(out, s->a, l->href, base, encode);
	*look = status == URL_OK && out->kind == URL_WEB ? audit_look_find(s, out) : NULL;
	struct url plain;
	if (status == URL_OK && encode && (!*look || (*look)->bad == REASON_STATUS) &&
	    url_read(&plain, s->a, l->href, base, NULL) == URL_OK && plain.kind == URL_WEB) {
		struct audit_look *other = audit_look_find(s, &plain);
		if (other && other->bad == REASON_NONE) {
			*look = other;
			*out = plain;
		}
	}
	return status;
}

/* What cannot be asked for; false when it can. */
static bool judge_address(struct finding *f, enum url_status status, const struct url *u,
    const struct htmldoc_link *l, bool *none)
{
	if (l->kind == HTMLDOC_SCRIPT && !l->href.n) {
		audit_finding_set(f, REASON_NOT_CHECKABLE, STR_NONE);
		return true;
	}
	if (status != URL_OK || u->kind == URL_FILE || l->long_href) {
		audit_finding_set(f, REASON_BAD_LINK, l->href);
		return true;
	}
	if (u->kind == URL_SCRIPT) {
		audit_finding_set(f, REASON_NOT_CHECKABLE, STR_NONE);
		return true;
	}
	*none = u->kind != URL_WEB;
	return *none;
}

static bool is_signature(struct str href)
{
	return str_ends(href, ".sig") || str_ends(href, ".p7s") || str_ends(href, ".sgn");
}

/* A detached signature: "order.pdf.sig", or a link in the same row or item. */
static bool has_signature(const struct htmldoc *d, const struct htmldoc_link *l)
{
	for (size_t i = 0; i < d->nlinks; i++) {
		const struct htmldoc_link *x = &d->links[i];
		if (x == l || !is_signature(x->href))
			continue;
		bool named = l->href.n && x->href.n > l->href.n &&
		    memcmp(x->href.p, l->href.p, l->href.n) == 0;
		bool beside = (l->row.n && str_eq(l->row, x->row)) ||
		    (l->around.n && str_eq(l->around, x->around));
		if (named || beside)
			return true;
	}
	return false;
}

/* A picture without a word that leads to a site of others, and is a candidate
 * only because it stands somewhere below the heading. */
static bool is_banner(const struct audit_case *c, const struct htmldoc_link *l,
    const struct link_names *n, const struct url *u)
{
	struct finding cloud = {0};
	return l->kind == HTMLDOC_A && !n->own.n && c->candidate->rank < CANDIDATE_BESIDE &&
	    !audit_is_ours(c->site, u) && !sniff_names_document(u->path) &&
	    !audit_cloud_unasked(&cloud, c->site, u);
}

static int judge_link(struct finding *f, const struct audit_case *c)
{
	const struct htmldoc_link *l = &c->page->doc.links[c->candidate->link];
	const struct link_names *n = &c->page->names->links[c->candidate->link];
	struct audit_look *target;
	struct url u = {0};
	bool none = false;
	f->link_text = shown_name(l);
	f->heading = l->heading;
	if (c->candidate->gave_up) {
		f->url = l->href;
		audit_finding_set(f, REASON_GAVE_UP, f->link_text);
		return c->candidate->rank;
	}
	if (l->hidden)
		audit_finding_remark(f, REMARK_HIDDEN);
	if (has_signature(&c->page->doc, l))
		audit_finding_remark(f, REMARK_SIGNATURE);
	if (c->candidate->rank < CANDIDATE_STRONG) {
		audit_finding_remark(f, REMARK_BY_HEADING);
		f->look = true;
	}
	enum url_status status = resolve(&u, &target, c, l);
	f->url = status == URL_OK ? u.text : l->href;
	if (judge_address(f, status, &u, l, &none))
		return none ? 0 : c->candidate->rank;
	if (is_banner(c, l, n, &u))
		return 0;
	if (u.notes & URL_NOTE_BARE_HOST)
		audit_finding_remark(f, REMARK_BARE_ADDRESS);
	if (target == c->page && u.fragment.n)
		return 0; /* a place of the page itself: its heading is a candidate of its own */
	if (str_is(str_trim(l->href), "#")) {
		audit_finding_set(f, REASON_NOT_CHECKABLE, STR_NONE);
		return c->candidate->rank;
	}
	if (!target) {
		bool script = l->kind == HTMLDOC_SCRIPT;
		if (!audit_cloud_unasked(f, c->site, &u))
			audit_finding_set(
			    f, script ? REASON_NOT_CHECKABLE : REASON_NOT_ASKED, STR_NONE);
		return c->candidate->rank;
	}
	judge_target(f, c, target, all_names(c->site->a, n, c->candidate->rank < CANDIDATE_STRONG));
	if ((u.notes & URL_NOTE_BARE_HOST) && f->found == FOUND_DEFECTIVE)
		audit_finding_set(f, REASON_BAD_LINK, l->href);
	return c->candidate->rank;
}

/* -- the page itself ----------------------------------------------------------------------- */

/* The text that stands under the heading, or all of the page's own. */
static struct str section_text(const struct audit_case *c, bool *hidden)
{
	const struct htmldoc *d = &c->page->doc;
	size_t number = c->candidate->heading;
	*hidden = false;
	if (number == HTMLDOC_NONE)
		return c->page->own;
	const struct htmldoc_heading *h = &d->headings[number];
	*hidden = h->hidden;
	return fold_text(c->site->a, (struct str){d->text.p + h->from, h->to - h->from});
}

/* Letters that are not those of links. */
static size_t own_letters(const struct audit_case *c, struct str text)
{
	const struct htmldoc *d = &c->page->doc;
	size_t number = c->candidate->heading, letters = audit_letters(text), links = 0;
	size_t from = number == HTMLDOC_NONE ? 0 : d->headings[number].from;
	size_t to = number == HTMLDOC_NONE ? d->text.n : d->headings[number].to;
	for (size_t i = 0; i < d->nlinks; i++)
		if (d->links[i].at >= from && d->links[i].at < to && !c->page->names->links[i].skip)
			links += audit_letters(d->links[i].text);
	return letters > links ? letters - links : 0;
}

/* What the page says itself, or REASON_NONE: nothing of the item. */
static enum audit_reason read_page(const struct audit_case *c, struct str text, size_t letters)
{
	const struct checklist_rule *r = c->rule;
	bool gave_up = c->candidate->gave_up;
	const struct audit_signature *promise = audit_signature_find(
	    c->site->signatures, SIGNATURE_PLACEHOLDER, SIGNATURE_IN_TEXT, text, letters, &gave_up);
	int absent = r->not_applicable ? pattern_find(r->not_applicable, text, NULL) : 0;
	if (absent == 1)
		return REASON_SAYS_ABSENT;
	if (promise)
		return REASON_PLACEHOLDER;
	if (gave_up || absent == PATTERN_LIMIT)
		return REASON_GAVE_UP;
	if (!sniff_fits(SNIFF_HTML, str_of(r->item->types)) || letters < TEXT_ON_PAGE)
		return REASON_NONE;
	int found = r->text ? pattern_find(r->text, text, NULL) : 1;
	return found == 1 ? REASON_FOUND_ON_PAGE : found == 0 ? REASON_NONE : REASON_GAVE_UP;
}

static int judge_page(struct finding *f, const struct audit_case *c)
{
	bool hidden;
	struct str text = section_text(c, &hidden);
	size_t number = c->candidate->heading;
	f->heading =
	    number == HTMLDOC_NONE ? c->page->doc.title : c->page->doc.headings[number].text;
	audit_finding_evidence(f, c->site, c->page);
	f->source_page = c->page->url.text;
	if (hidden)
		audit_finding_remark(f, REMARK_HIDDEN);
	enum audit_reason said = read_page(c, text, own_letters(c, text));
	if (said == REASON_NONE)
		return 0;
	if (said == REASON_FOUND_ON_PAGE) {
		audit_finding_set(f, said, STR_NONE);
		check_time(f, c, fold_text(c->site->a, f->heading), c->page, text);
	} else {
		audit_finding_set(f, said, f->heading);
	}
	return c->candidate->rank;
}

/* -- all ------------------------------------------------------------------------------------ */

int audit_verdict(struct finding *out, const struct audit_case *c)
{
	out->source_page = c->page->url.text;
	charset_evidence(out, c->site->a, c->page);
	int rank = c->candidate->link == HTMLDOC_NONE ? judge_page(out, c) : judge_link(out, c);
	if (rank == 0)
		return 0;
	int weight = 2 * rank;
	if (out->found == FOUND_YES)
		weight += rank >= CANDIDATE_STRONG ? STRONG_YES : WEAK_YES;
	else if (out->found == FOUND_NOT_CHECKED)
		weight += 1; /* it may be there: rather unknown than wrong */
	else if (out->found == FOUND_NO)
		weight = 1;
	else if (out->found == FOUND_NOT_APPLICABLE)
		weight += WEAK_YES;
	return weight;
}

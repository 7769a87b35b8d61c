/*
 * Two passes: the first reads every answer by itself, the second compares
 * pages with what they share and with the probes.
 */
#include "compute/audit_look.h"

#include "compute/audit_date.h"
#include "compute/audit_outcome.h"
#include "text/fold.h"
#include "text/officedoc.h"
#include "text/pdf_words.h"

enum { SOURCE_BYTES = 64 * 1024 };

/* -- addresses --------------------------------------------------------------------- */

static bool read_url(struct url *out, struct arena *a, struct str text)
{
	return text.n && url_read(out, a, text, NULL, NULL) == URL_OK && out->kind == URL_WEB;
}

bool audit_is_ours(const struct audit_site *s, const struct url *u)
{
	for (size_t i = 0; i < s->nplaces; i++)
		if (url_within(u, &s->places[i]))
			return true;
	return s->nplaces == 0;
}

static void remember(struct audit_site *s, const struct url *u, struct audit_look *look)
{
	struct map_entry *e = map_entry(&s->by_url, url_key(s->a, u));
	const struct audit_look *before = e->value;
	/* Of several answers for one address a good one counts. */
	if (!before || (before->bad != REASON_NONE && look->bad == REASON_NONE))
		e->value = look;
}

struct audit_look *audit_look_find(const struct audit_site *s, const struct url *u)
{
	struct arena scratch = ARENA_INIT;
	struct audit_look *look = map_get(&s->by_url, url_key(&scratch, u));
	arena_clear(&scratch);
	return look;
}

struct url audit_base_of(struct arena *a, const struct htmldoc *doc, const struct url *page)
{
	struct url base;
	if (doc->base.p && url_read(&base, a, doc->base, page, NULL) == URL_OK &&
	    base.kind == URL_WEB)
		return base;
	return *page;
}

bool audit_look_link(
    struct url *out, const struct audit_site *s, const struct audit_look *page, struct str href)
{
	webcharset_encoder *encode = webcharset_encoder_of(page->charset.name);
	return url_read(out, s->a, href, &page->base, encode) == URL_OK && out->kind == URL_WEB;
}

/* -- signatures ---------------------------------------------------------------------- */

size_t audit_letters(struct str text)
{
	size_t letters = 0, len;
	for (size_t i = 0; i < text.n; i += len)
		letters += utf8_is_word(utf8_decode(text.p + i, text.n - i, &len));
	return letters;
}

const struct audit_signature *audit_signature_find(const struct signatures *s,
    enum signature_kind kind, enum signature_where where, struct str text, size_t letters,
    bool *gave_up)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct audit_signature *row = s->rules[i].signature;
		if (row->kind != (int)kind || row->where != (int)where)
			continue;
		if (row->longest >= 0 && letters > (size_t)row->longest)
			continue;
		int found = pattern_find(s->rules[i].pattern, text, NULL);
		if (found == 1)
			return row;
		if (found == PATTERN_LIMIT && gave_up)
			*gave_up = true;
	}
	return NULL;
}

static bool shows(const struct audit_site *s, struct audit_look *look, enum signature_kind kind,
    enum audit_reason reason)
{
	struct arena scratch = ARENA_INIT;
	const struct htmldoc *d = &look->doc;
	const struct {
		enum signature_where where;
		struct str text;
		size_t letters;
	} places[] = {{SIGNATURE_IN_TITLE, fold_text(&scratch, d->title), d->letters},
	    {SIGNATURE_IN_TEXT, look->own, look->own_letters},
	    {SIGNATURE_IN_SOURCE, look->source, d->letters}};
	const struct audit_signature *found = NULL;
	bool gave_up = false;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places) && !found; i++)
		found = audit_signature_find(s->signatures, kind, places[i].where, places[i].text,
		    places[i].letters, &gave_up);
	arena_clear(&scratch);
	if (found) {
		look->bad = reason;
		look->detail = str_of(found->reason);
	} else if (gave_up) {
		look->bad = REASON_GAVE_UP;
	}
	return found || gave_up;
}

/* -- the first pass --------------------------------------------------------------------- */

static struct str source_of(struct str text)
{
	if (text.n > SOURCE_BYTES)
		for (text.n = SOURCE_BYTES; text.n && (text.p[text.n] & 0xC0) == 0x80;)
			text.n--;
	return text;
}

static void read_page(struct audit_site *s, struct audit_look *look)
{
	const struct answer *x = look->answer;
	struct str text =
	    webcharset_decode(&look->charset, s->a, x->body, http_field(&x->head, "content-type"));
	look->source = source_of(text);
	if (htmldoc_read(&look->doc, s->a, text) < 0) {
		look->bad = REASON_PAGE_REFUSED;
		return;
	}
	look->base = audit_base_of(s->a, &look->doc, &look->url);
	look->lines = audit_lines(s->a, look->doc.text);
	look->page = true;
}

static void look_at(struct audit_site *s, struct audit_look *look, const struct answer *x)
{
	const struct fetch_row *row = x->row;
	*look = (struct audit_look){.answer = x, .text = STR_NONE};
	look->has_url = read_url(&look->asked, s->a, row->url);
	if (!read_url(&look->url, s->a, row->final))
		look->url = look->asked;
	look->bad = audit_outcome_reason(row, &look->detail, s->a);
	look->modified = audit_http_date(http_field(&x->head, "last-modified"));
	if (!x->body.n)
		return;
	look->type = sniff_type(x->body);
	if (look->type == SNIFF_EMPTY && look->bad == REASON_NONE)
		look->bad = REASON_EMPTY;
	if (look->type == SNIFF_HTML)
		read_page(s, look);
}

/* -- the second pass ------------------------------------------------------------------------ */

/* Where nothing of a page is its own, all of it is compared. */
static bool is_like(const struct audit_look *x, const struct audit_look *y)
{
	if (!audit_print_near(x->print, y->print))
		return false;
	if (x->print.words)
		return true;
	struct arena scratch = ARENA_INIT;
	bool same = audit_print_near(audit_print_of(fold_text(&scratch, x->doc.text)),
	    audit_print_of(fold_text(&scratch, y->doc.text)));
	arena_clear(&scratch);
	return same;
}

/* What the host says for an address that cannot exist. */
static void compare_with_probes(struct audit_site *s, struct audit_look *look)
{
	for (size_t i = 0; i < s->answers->count; i++) {
		const struct audit_look *probe = &s->looks[i];
		if (probe->answer->row->role != FETCH_PROBE || probe->bad != REASON_NONE ||
		    !probe->page || !url_same_host(&probe->asked, &look->asked))
			continue;
		bool moved = look->answer->row->final.n && probe->answer->row->final.n;
		if (moved && str_eq(look->url.text, probe->url.text)) {
			look->bad = s->home && str_eq(look->url.text, s->home->url.text)
			    ? REASON_TO_HOME
			    : REASON_SOFT_404;
			return;
		}
		if (is_like(look, probe)) {
			look->bad = REASON_SOFT_404;
			return;
		}
	}
}

static bool is_home(const struct audit_site *s, const struct audit_look *look)
{
	return look == s->home ||
	    (s->home && look->has_url && str_eq(look->url.text, s->home->url.text));
}

/* A wall may say with its status, too, that it is none of the site's pages. */
static bool may_be_wall(enum audit_reason bad)
{
	return bad == REASON_NONE || bad == REASON_REFUSED || bad == REASON_RATE_LIMIT ||
	    bad == REASON_SERVER_ERROR;
}

static void judge_page(struct audit_site *s, struct audit_look *look)
{
	if (!look->page || !may_be_wall(look->bad) ||
	    shows(s, look, SIGNATURE_BOT_WALL, REASON_BOT_WALL) || look->bad != REASON_NONE ||
	    shows(s, look, SIGNATURE_SITE_CLOSED, REASON_SITE_CLOSED))
		return;
	if (htmldoc_needs_scripts(&look->doc)) {
		look->bad = REASON_NEEDS_SCRIPTS;
		return;
	}
	if (is_home(s, look) || look->answer->row->role == FETCH_PROBE)
		return;
	compare_with_probes(s, look);
	if (look->bad != REASON_NONE || shows(s, look, SIGNATURE_NOT_FOUND, REASON_SOFT_404) ||
	    shows(s, look, SIGNATURE_PLACEHOLDER, REASON_PLACEHOLDER))
		return;
	if (look->doc.form_password)
		shows(s, look, SIGNATURE_LOGIN, REASON_LOGIN);
}

/* A link that ends at the home page, though it promised something else. */
static void judge_target(const struct audit_site *s, struct audit_look *look)
{
	bool moved = look->has_url && !str_eq(look->asked.text, look->url.text);
	if (look->bad == REASON_NONE && look != s->home && moved && is_home(s, look) &&
	    look->asked.path.n > 1)
		look->bad = REASON_TO_HOME;
}

static void name_page(struct audit_site *s, struct audit_look *look)
{
	if (!look->page || !look->ours || look->answer->row->role == FETCH_PROBE)
		return;
	look->names = arena_alloc(s->a, sizeof(*look->names));
	page_names(look->names, s->a, &look->doc, url_readable(s->a, &look->url), &s->seen);
}

/* The school's number or name stands on the page. */
static bool names_school(const struct audit_site *s, const struct audit_look *page)
{
	const struct answers *x = s->answers;
	struct arena scratch = ARENA_INIT;
	struct str text = fold_text(&scratch, page->doc.text);
	struct str name = fold_text(&scratch, str_of(x->school->name));
	bool found = (x->inn.n && memmem(text.p, text.n, x->inn.p, x->inn.n)) ||
	    (name.n && text.n && memmem(text.p, text.n, name.p, name.n));
	arena_clear(&scratch);
	return found;
}

/* A site that moved to a host which nobody named, and says whose it is. */
static void add_moved_home(struct audit_site *s)
{
	struct audit_look *home = s->home;
	if (!home || !home->page || audit_is_ours(s, &home->url) || !names_school(s, home))
		return;
	const char *root = arena_printf(s->a, "%.*s/", (int)home->url.origin.n, home->url.origin.p);
	if (read_url(&s->places[s->nplaces], s->a, str_of(root)))
		s->nplaces++;
}

/* Whose the answers are, and what the pages of the school share. */
static void divide(struct audit_site *s)
{
	add_moved_home(s);
	for (size_t i = 0; i < s->answers->count; i++) {
		struct audit_look *look = &s->looks[i];
		look->ours = look->has_url && audit_is_ours(s, &look->url);
		if (look->page && look->ours && look->answer->row->role != FETCH_PROBE)
			audit_template_add(&s->lines, look->lines);
	}
}

static void remember_home(struct audit_site *s)
{
	struct str lines = s->home ? s->home->lines : STR(""), line;
	while (str_next(&lines, '\n', &line))
		map_put(&s->home_lines, line, s->home);
}

static void read_places(struct audit_site *s)
{
	const struct answers *x = s->answers;
	s->places = arena_array(s->a, x->nplaces + 2, sizeof(*s->places)); /* one may join */
	for (size_t i = 0; i < x->nplaces; i++)
		if (read_url(&s->places[s->nplaces], s->a, x->places[i]))
			s->nplaces++;
}

/* The first page of the visit; where https failed and http answered, the latter. */
static void look_for_home(struct audit_site *s, struct audit_look *look)
{
	const struct fetch_row *row = look->answer->row;
	if (row->role != FETCH_PAGE || row->depth > 0)
		return;
	if (!s->home || (s->home->bad != REASON_NONE && look->bad == REASON_NONE))
		s->home = look;
}

void audit_site_begin(struct audit_site *s, struct arena *a, const struct answers *answers,
    const struct signatures *signatures, struct date day)
{
	*s = (struct audit_site){.a = a,
	    .answers = answers,
	    .signatures = signatures,
	    .day = day,
	    .looks = arena_array(a, answers->count + 1, sizeof(*s->looks)),
	    .by_url = MAP_INIT(a),
	    .seen = MAP_INIT(a),
	    .home_lines = MAP_INIT(a)};
	audit_template_begin(&s->lines, a);
	read_places(s);
	for (size_t i = 0; i < answers->count; i++) {
		look_at(s, &s->looks[i], &answers->items[i]);
		look_for_home(s, &s->looks[i]);
	}
	divide(s);
	remember_home(s);
	for (size_t i = 0; i < answers->count; i++) {
		struct audit_look *look = &s->looks[i];
		if (!look->page)
			continue;
		look->own = audit_own_text(&s->lines, a, look->lines);
		look->own_letters = audit_letters(look->own);
		look->print = audit_print_of(look->own);
	}
	for (size_t i = 0; i < answers->count; i++) {
		struct audit_look *look = &s->looks[i];
		judge_page(s, look);
		judge_target(s, look);
		if (look->has_url && look->answer->row->role != FETCH_PROBE) {
			remember(s, &look->asked, look);
			remember(s, &look->url, look);
		}
		name_page(s, look);
	}
}

/* -- documents ------------------------------------------------------------------------------ */

void audit_look_text(struct audit_site *s, struct audit_look *look)
{
	struct officedoc doc;
	struct str body = look->answer->body;
	if (look->opened)
		return;
	look->opened = true;
	if (look->page) {
		look->text = fold_text(s->a, look->doc.text);
		look->text_known = true;
	} else if (officedoc_read(&doc, s->a, body, look->type) == 0) {
		/* Of a workbook or slides its title alone is read: it may be enough. */
		look->text = fold_text(s->a, doc.text.n ? doc.text : doc.title);
		look->text_known = doc.text.n > 0 && !doc.damaged;
		look->written = date_is_set(doc.modified) ? doc.modified : doc.created;
	} else if (look->type == SNIFF_PDF) {
		struct pdf_words words;
		pdf_words_read(&words, s->a, body);
		look->text = fold_text(s->a, words.text);
		look->text_known = pdf_words_known(&words) && !look->answer->row->truncated.n;
		if (!words.text.n)
			look->pdf = pdf_text(body);
	} else if (look->type == SNIFF_TEXT) {
		struct webcharset found;
		look->text = fold_text(s->a, webcharset_decode(&found, s->a, body, STR("")));
		look->text_known = true;
	}
}

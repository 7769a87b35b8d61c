/*
 * A page is read as the judge will read it (same encoding, same parser, same
 * candidates), so that what the judge wants to see was asked for. Nothing of a
 * page outlives the call.
 */
#include "job/audit_links.h"

#include "compute/audit_cloud.h"
#include "compute/audit_itemprop.h"
#include "compute/audit_look.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/webcharset.h"

enum {
	RANK_FRAME = 99, /* the page is made of them */
	RANK_CARD = 90,  /* the one document of a page that is about a document */
	RANK_ADD = 98,   /* pages that order 1493 adds to a section */
};

static const char YANDEX[] = "https://cloud-api.yandex.net/v1/disk/public/resources?public_key=";

struct reading {
	struct arena arena;
	const struct audit_links *about;
	const struct gather_page *page;
	struct htmldoc doc;
	struct page_names names;
	struct url base;
	url_encoder *encode;
	int *ranks; /* [nlinks], of candidates */
	struct gather_links *out;
};

/* ---- what a link is ---- */

/* Pictures, sound and the like: no page, and nobody's document. */
static bool is_material(const struct url *u)
{
	static const char *const endings[] = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg",
	    ".ico", ".mp3", ".mp4", ".avi", ".mov", ".css", ".js", ".xml", ".rss", ".exe", ".apk",
	    ".sig"};
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (ascii_ends(u->path, endings[i]))
			return true;
	return false;
}

static bool is_cloud(const struct reading *r, const struct url *u, const char *id)
{
	const struct signatures *s = r->about->signatures;
	for (size_t i = 0; i < s->count; i++) {
		const struct audit_signature *x = s->rules[i].signature;
		if (x->kind == SIGNATURE_CLOUD && (!id || strcmp(x->id, id) == 0) &&
		    s->rules[i].pattern && pattern_find(s->rules[i].pattern, u->host, NULL) == 1)
			return true;
	}
	return false;
}

/* ---- asking ---- */

/* A page in an old encoding may mean its query in UTF-8 all the same. */
static struct str in_utf8(struct reading *r, struct str href, const struct url *u)
{
	struct url other;
	if (!r->encode || !u->query.p ||
	    url_read(&other, &r->arena, href, &r->base, NULL) != URL_OK)
		return STR("");
	return str_eq(other.text, u->text) ? STR("") : other.text;
}

/* The public interface of Yandex.Disk says what its page of scripts does not. */
static void ask_cloud(struct reading *r, const struct url *u, int rank)
{
	struct url api;
	struct buf b = BUF_INIT(BUF_LINE);
	buf_adds(&b, YANDEX);
	for (size_t i = 0; i < u->text.n; i++) {
		unsigned char c = (unsigned char)u->text.p[i];
		if (c == ':' || c == '/' || c == '?' || c == '&' || c == '=' || c == '%' ||
		    c == '#' || c == '+')
			buf_addf(&b, "%%%02X", c);
		else
			buf_addc(&b, (char)c);
	}
	if (url_read(&api, &r->arena, buf_str(&b), NULL, NULL) == URL_OK)
		gather_link(r->out, &api, FETCH_CLOUD, rank, STR(""));
	buf_clear(&b);
}

static void ask_candidate(struct reading *r, struct str href, const struct url *u, int rank)
{
	struct url direct;
	if (is_cloud(r, u, "yandex-disk")) {
		ask_cloud(r, u, rank);
		return;
	}
	bool page = !sniff_names_document(u->path) && !is_material(u) && url_same_host(u, &r->base);
	gather_link(r->out, u, page ? FETCH_PAGE : FETCH_FILE, rank, in_utf8(r, href, u));
	/* What may be a page of another place of the school, or a document. */
	if (audit_cloud_direct(&direct, &r->arena, u))
		gather_link(r->out, &direct, FETCH_FILE, rank, STR(""));
}

static void ask_page(struct reading *r, size_t i, const struct url *u)
{
	const struct htmldoc_link *l = &r->doc.links[i];
	int rank = audit_way(&r->names, i);
	if (sniff_names_document(u->path) || is_material(u))
		return;
	if (l->kind == HTMLDOC_FRAME || l->kind == HTMLDOC_OBJECT || l->kind == HTMLDOC_REFRESH)
		rank = RANK_FRAME;
	gather_link(r->out, u, FETCH_PAGE, rank, in_utf8(r, l->href, u));
}

static bool read_link(struct reading *r, size_t i, struct url *u)
{
	const struct htmldoc_link *l = &r->doc.links[i];
	if (l->kind == HTMLDOC_SCRIPT || l->long_href)
		return false;
	return url_read(u, &r->arena, l->href, &r->base, r->encode) == URL_OK && u->kind == URL_WEB;
}

/* The page is a card when it has one document. */
static size_t only_document(struct reading *r)
{
	size_t found = HTMLDOC_NONE;
	struct str text = STR("");
	for (size_t i = 0; i < r->doc.nlinks; i++) {
		struct url u;
		if (!read_link(r, i, &u) || !sniff_names_document(u.path) || str_eq(u.text, text))
			continue;
		if (found != HTMLDOC_NONE)
			return HTMLDOC_NONE;
		found = i;
		text = u.text;
	}
	return found;
}

static bool is_add_ref(const struct itemprop_references *refs, const struct htmldoc_link *l)
{
	for (size_t i = 0; i < refs->count; i++)
		if (str_eq(refs->hrefs[i], l->href))
			return true;
	return false;
}

static void ask_links(struct reading *r)
{
	size_t card = r->page->depth > 0 ? only_document(r) : HTMLDOC_NONE;
	const struct itemprop_references refs = itemprop_references_of(&r->doc);
	for (size_t i = 0; i < r->doc.nlinks; i++) {
		const struct htmldoc_link *l = &r->doc.links[i];
		struct url u;
		if (!read_link(r, i, &u))
			continue;
		if (r->ranks[i] > 0)
			ask_candidate(r, l->href, &u, r->ranks[i]);
		else if (is_add_ref(&refs, l))
			gather_link(r->out, &u, FETCH_PAGE, RANK_ADD, STR(""));
		else if (i == card)
			gather_link(r->out, &u, FETCH_FILE, RANK_CARD, STR(""));
		else
			ask_page(r, i, &u);
	}
}

/* ---- the page ---- */

static void rank_candidates(struct reading *r)
{
	size_t count;
	r->ranks = arena_array(&r->arena, r->doc.nlinks + 1, sizeof(*r->ranks));
	const struct candidate *list =
	    audit_candidates(&count, &r->arena, &r->names, r->about->checklist);
	for (size_t i = 0; i < count; i++)
		if (list[i].link != HTMLDOC_NONE && r->ranks[list[i].link] < list[i].rank)
			r->ranks[list[i].link] = list[i].rank;
}

/* A site that moved says whose it is. */
static bool names_school(struct reading *r, const struct school *school)
{
	struct str name = fold_text(&r->arena, str_of(school->name));
	struct str text = fold_text(&r->arena, r->doc.text);
	return name.n && text.n && memmem(text.p, text.n, name.p, name.n);
}

void audit_links_read(void *payload, const struct gather_page *page, struct gather_links *l)
{
	struct reading r = {.arena = ARENA_INIT, .about = payload, .page = page, .out = l};
	struct webcharset charset;
	enum sniff type = sniff_type(page->body);
	if (type != SNIFF_HTML && type != SNIFF_XML && type != SNIFF_TEXT)
		return;
	struct str text = webcharset_decode(
	    &charset, &r.arena, page->body, http_field(page->head, "Content-Type"));
	if (!charset.binary && htmldoc_read(&r.doc, &r.arena, text) == 0) {
		r.encode = webcharset_encoder_of(charset.name);
		r.base = audit_base_of(&r.arena, &r.doc, page->url);
		if (page->ours) {
			page_names(
			    &r.names, &r.arena, &r.doc, url_readable(&r.arena, page->url), NULL);
			rank_candidates(&r);
			ask_links(&r);
		} else if (names_school(&r, r.about->schools[page->school])) {
			gather_own(l);
		}
	}
	arena_clear(&r.arena);
}

/* ---- places ---- */

const char **audit_places(size_t *count, struct arena *a, const struct school *school)
{
	struct str rest = str_of(school->aliases), part;
	const char **places = arena_array(a, rest.n + 1, sizeof(*places));
	*count = 0;
	while (school->aliases && str_next(&rest, '|', &part)) {
		part = str_trim(part);
		const char *dot = memchr(part.p, '.', part.n);
		bool address = dot && dot > part.p && dot < part.p + part.n - 1 &&
		    !memchr(part.p, ' ', part.n);
		if (address)
			places[(*count)++] = arena_strndup(a, part.p, part.n);
	}
	return places;
}

/*
 * A link is looked at rule by rule with the cheapest question first: whether
 * its own names fit. Names explain each other in both orders, since "Приказ"
 * may stand under "Программа …" or the other way round.
 */
#include "compute/audit_candidates.h"

#include "base/buf.h"
#include "compute/audit_caption.h"
#include "text/fold.h"

#include <stdlib.h>

enum {
	RANK_OWN = 70,
	RANK_ROW = 60,
	RANK_AROUND = CANDIDATE_BESIDE,
	RANK_ABOVE = 48, /* the line above one that says nothing */
	RANK_NAMED = 46, /* the name of its file */
	RANK_TOGETHER = 45,
	RANK_PAGE = 42,
	RANK_HEADING = 40, /* of a link that says nothing */
	RANK_UNDER = 20,   /* of one that says something else */
	RANK_SECTION = 10, /* more, where the section fits */
	RANK_FILE = 5,     /* more, for the address of a document */
	RANK_GAVE_UP = 1,  /* of one that no pattern could judge */
	TEXT_BYTES = 1000, /* of a link in pieces */
};

/* -- names ------------------------------------------------------------------------ */

static void add_line(struct buf *out, struct str text)
{
	if (!text.n)
		return;
	if (out->len)
		buf_addc(out, '\n');
	buf_add(out, text.p, text.n);
}

/* A scan may be a picture. */
static bool is_file(struct str href)
{
	return sniff_names_document(href) || str_ends(href, ".jpg") || str_ends(href, ".jpeg") ||
	    str_ends(href, ".png");
}

/* Was a link with this address and these names seen before? */
static bool was_seen(struct map *seen, struct arena *scratch, const struct htmldoc_link *l,
    const struct link_names *n)
{
	struct buf key = BUF_INIT(BUF_LINE);
	if (!seen)
		return false;
	buf_add(&key, l->href.p ? l->href.p : "", l->href.n);
	add_line(&key, n->own);
	add_line(&key, n->row);
	add_line(&key, n->heading);
	struct str text = buf_keep(scratch, &key);
	return map_put(seen, text, seen) != NULL;
}

/* The name of a file as words, where the link bears it or leads to one. */
static struct str file_words(struct arena *a, const struct htmldoc_link *l, struct str folded)
{
	struct str file = audit_is_file_name(folded) ? folded : audit_file_of(a, l->href);
	return audit_file_words(a, file);
}

/* Where the text of a link ends; a blank before its words is not in `text`. */
static size_t end_of_text(const struct htmldoc *page, const struct htmldoc_link *l)
{
	size_t blank = l->at < page->text.n && page->text.p[l->at] == ' ';
	return l->at + blank + l->text.n;
}

/* One link to the eye, cut into several: "Про|грамма| развития". The first of
 * them bears the text of all. */
static struct str text_of(struct arena *a, const struct htmldoc *page, size_t link)
{
	const struct htmldoc_link *l = &page->links[link], *last = l;
	struct str href = l->href, all = l->text;
	bool first = link == 0 || !str_eq(l[-1].href, href);
	for (size_t i = link + 1; first && href.n && i < page->nlinks; last = &page->links[i++]) {
		const struct htmldoc_link *x = &page->links[i];
		size_t end = end_of_text(page, last), to = end_of_text(page, x);
		if (!str_eq(x->href, href) || x->at < end || x->at > end + 1 || !x->text.n ||
		    to > page->text.n || to - l->at > TEXT_BYTES)
			break;
		all = (struct str){page->text.p + l->at, to - l->at};
	}
	return fold_text(a, all);
}

static void name_link(struct link_names *out, struct arena *a, const struct htmldoc *page,
    size_t link, struct map *seen)
{
	const struct htmldoc_link *l = &page->links[link];
	struct buf own = BUF_INIT(BUF_LINE);
	struct str text = text_of(a, page, link);
	bool underlined = memchr(text.p, '_', text.n) != NULL;
	add_line(&own, underlined ? audit_file_words(a, text) : text);
	add_line(&own, fold_text(a, l->alt));
	add_line(&own, fold_text(a, l->title));
	add_line(&own, fold_text(a, l->aria));
	*out = (struct link_names){.own = buf_keep(a, &own),
	    .row = fold_text(a, l->row),
	    .around = fold_text(a, l->around),
	    .file = STR(""),
	    .heading = fold_text(a, l->heading),
	    .headings = fold_text(a, l->headings),
	    .menu = fold_text(a, l->menu)};
	out->says_nothing = audit_says_nothing(out->own) || audit_is_file_name(text);
	if (out->says_nothing) {
		struct audit_caption caption = audit_caption_of(a, page, link);
		out->around = caption.text;
		out->above = caption.above;
		out->file = file_words(a, l, text);
	}
	/* A relative address means something else on another page. */
	bool absolute = l->href.n && (l->href.p[0] == '/' || str_starts(l->href, "http"));
	out->skip = absolute && was_seen(seen, a, l, out);
}

void page_names(struct page_names *out, struct arena *a, const struct htmldoc *page, struct str url,
    struct map *seen)
{
	*out = (struct page_names){.page = page,
	    .links = arena_array(a, page->nlinks + 1, sizeof(*out->links)),
	    .headings = arena_array(a, page->nheadings + 1, sizeof(*out->headings)),
	    .title = fold_text(a, page->title),
	    .url = fold_text(a, url)};
	for (size_t i = 0; i < page->nlinks; i++)
		name_link(&out->links[i], a, page, i, seen);
	for (size_t i = 0; i < page->nheadings; i++)
		out->headings[i] = fold_text(a, page->headings[i].text);
}

/* -- ranks -------------------------------------------------------------------------- */

/* A rule and the names that it is asked about. */
struct asking {
	const struct checklist_rule *rule;
	unsigned *hard; /* names of the page so far, for pattern_find_name() */
	bool gave_up;   /* at one of them, so that "does not fit" is not sure */
};

static bool fits(struct asking *x, struct str names)
{
	int found = checklist_fits(x->rule, names, x->hard);
	x->gave_up |= found == PATTERN_LIMIT;
	return found == 1;
}

/* Both, in either order, as if written in one line. */
static bool fits_together(struct asking *x, struct str own, struct str other)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct str line = {own.p, own.n};
	const char *end = memchr(own.p, '\n', own.n);
	if (end)
		line.n = (size_t)(end - own.p);
	buf_addf(&b, "%.*s %.*s", (int)line.n, line.p, (int)other.n, other.p);
	bool both = fits(x, buf_str(&b));
	if (!both) {
		buf_reset(&b);
		buf_addf(&b, "%.*s %.*s", (int)other.n, other.p, (int)line.n, line.p);
		both = fits(x, buf_str(&b));
	}
	buf_clear(&b);
	return both;
}

/* Of one that says nothing. What stands beside it in its line may say that
 * something else is meant than what the heading speaks of. */
static int rank_of_silent(struct asking *x, const struct link_names *n)
{
	if (n->around.n && fits(x, n->around))
		return n->above ? RANK_ABOVE : RANK_AROUND;
	if (n->file.n && fits(x, n->file))
		return RANK_NAMED;
	if (!n->around.n || n->above)
		return fits(x, n->heading) ? RANK_HEADING : 0;
	if (n->heading.n && fits_together(x, n->around, n->heading))
		return fits(x, n->heading) ? RANK_UNDER : RANK_TOGETHER;
	return 0;
}

/* By what stands around it. */
static int rank_of_place(struct asking *x, const struct link_names *n)
{
	if (n->row.n && fits(x, n->row))
		return RANK_ROW;
	if (n->says_nothing)
		return rank_of_silent(x, n);
	if (n->heading.n && fits_together(x, n->own, n->heading))
		/* The heading alone may be what fits: then the link is only under it. */
		return fits(x, n->heading) ? RANK_UNDER : RANK_TOGETHER;
	return 0;
}

static int rank_of_names(struct asking *x, const struct link_names *n)
{
	const struct pattern *exclude = x->rule->exclude;
	if (fits(x, n->own))
		return RANK_OWN;
	int excluded = exclude && n->own.n ? pattern_find_name(exclude, n->own, x->hard) : 0;
	if (excluded == 1)
		return 0;
	int rank = rank_of_place(x, n);
	if (excluded == 0 || rank == 0)
		return rank;
	x->gave_up = true;
	return 0;
}

static bool in_section(struct asking *x, const struct page_names *p, struct str one, struct str two)
{
	const struct str places[] = {one, two, p->title, p->url};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		int found =
		    places[i].n ? pattern_find_name(x->rule->section, places[i], x->hard) : 0;
		x->gave_up |= found == PATTERN_LIMIT;
		if (found == 1)
			return true;
	}
	return false;
}

static int rank_link(struct asking *x, const struct page_names *p, size_t link)
{
	const struct link_names *n = &p->links[link];
	int rank = rank_of_names(x, n);
	if (rank == 0)
		return 0;
	if (x->rule->section) {
		if (!in_section(x, p, n->headings, n->menu))
			return 0;
		rank += RANK_SECTION;
	}
	return rank + (is_file(p->page->links[link].href) ? RANK_FILE : 0);
}

static int by_rank(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	if (a->rank != b->rank)
		return b->rank - a->rank;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	if (a->link != b->link)
		return a->link < b->link ? -1 : 1;
	return (a->heading > b->heading) - (a->heading < b->heading);
}

struct list {
	struct arena *a;
	struct candidate *items;
	size_t count, cap;
	size_t *of_rule;
	unsigned hard;
};

static void add(struct list *l, struct candidate c)
{
	if (c.rank <= 0 || l->of_rule[c.rule] >= 4 * CANDIDATES_ITEM)
		return;
	l->of_rule[c.rule]++;
	c.rank = c.rank > 100 ? 100 : c.rank;
	l->items = arena_grow(l->a, l->items, l->count, &l->cap, sizeof(*l->items));
	l->items[l->count++] = c;
}

static void add_link(struct list *l, size_t rule, const struct checklist_rule *r,
    const struct page_names *p, size_t link)
{
	struct asking x = {.rule = r, .hard = &l->hard};
	int rank = rank_link(&x, p, link);
	bool gave_up = rank == 0 && x.gave_up;
	add(l,
	    (struct candidate){rule, link, HTMLDOC_NONE, gave_up ? RANK_GAVE_UP : rank, gave_up});
}

static void add_title(
    struct list *l, size_t rule, struct asking *x, struct str name, size_t heading)
{
	x->gave_up = false;
	bool found = name.n && fits(x, name);
	int rank = found ? RANK_PAGE : x->gave_up ? RANK_GAVE_UP : 0;
	add(l, (struct candidate){rule, HTMLDOC_NONE, heading, rank, !found && x->gave_up});
}

static void add_page(
    struct list *l, size_t rule, const struct checklist_rule *r, const struct page_names *p)
{
	struct asking x = {.rule = r, .hard = &l->hard};
	if (r->section && !in_section(&x, p, p->title, p->url)) {
		if (x.gave_up)
			add(l,
			    (struct candidate){
			        rule, HTMLDOC_NONE, HTMLDOC_NONE, RANK_GAVE_UP, true});
		return;
	}
	add_title(l, rule, &x, p->title, HTMLDOC_NONE);
	for (size_t i = 0; i < p->page->nheadings; i++)
		add_title(l, rule, &x, p->headings[i], i);
}

struct candidate *audit_candidates(
    size_t *count, struct arena *a, const struct page_names *page, const struct checklist *list)
{
	struct list l = {.a = a, .of_rule = arena_array(a, list->count + 1, sizeof(size_t))};
	for (size_t r = 0; r < list->count; r++) {
		const struct checklist_rule *rule = &list->rules[r];
		if (!rule->words)
			continue;
		add_page(&l, r, rule, page);
		for (size_t i = 0; i < page->page->nlinks; i++)
			if (!page->links[i].skip)
				add_link(&l, r, rule, page, i);
	}
	if (l.count)
		qsort(l.items, l.count, sizeof(*l.items), by_rank);
	memset(l.of_rule, 0, list->count * sizeof(size_t));
	size_t kept = 0;
	for (size_t i = 0; i < l.count; i++)
		if (l.of_rule[l.items[i].rule]++ < CANDIDATES_ITEM)
			l.items[kept++] = l.items[i];
	*count = kept;
	return l.items;
}

/* -- the way -------------------------------------------------------------------------- */

int audit_way(const struct page_names *page, size_t link)
{
	static const struct {
		const char *part;
		int rank;
	} parts[] = {{"качеств", 95}, {"500+", 95}, {"500 +", 95}, {"шнор", 95}, {"шнсу", 95},
	    {"антириск", 95}, {"низки", 90}, {"эффективн", 90}, {"неуспешн", 90}, {"неуспева", 90},
	    {"тьютор", 90}, {"локальн", 80}, {"документ", 75}, {"программ", 70}, {"положени", 65},
	    {"приказ", 65}, {"методическ", 65}, {"сетев", 65}, {"сведения об", 60},
	    {"образование", 60}, {"наставнич", 60}, {"наша школа", 55}, {"деятельност", 40},
	    {"педагог", 40}, {"учител", 35}, {"новост", 35}, {"мероприят", 35}, {"учебн", 30},
	    {"родител", 20}, {"карта сайта", 50}};
	const struct link_names *n = &page->links[link];
	int best = 0;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (parts[i].rank > best && n->own.n &&
		    memmem(n->own.p, n->own.n, parts[i].part, strlen(parts[i].part)))
			best = parts[i].rank;
	return best;
}

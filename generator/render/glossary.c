/*
 * Two maps: the terms by their whole text, and by their first word the number
 * of words of the longest one. The text is gone through once; at each word
 * that begins a term, that word and those after it are looked up as a whole,
 * the longest first.
 */
#include "render/glossary.h"

#include "render/content_view.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/typography.h"

struct entry {
	const char *id, *meaning;
	size_t used; /* the number of the last page that has its link */
};

struct glossary {
	struct map terms;  /* text → struct entry */
	struct map firsts; /* first word → number of words, as a pointer */
};

/* -- words --------------------------------------------------------------------- */

/* The end of the word that begins at i; i itself when none does. */
static size_t word_end(struct str s, size_t i)
{
	size_t len;
	while (i < s.n && utf8_is_word(utf8_decode(s.p + i, s.n - i, &len)))
		i += len;
	return i;
}

/* The beginning of the next word from i on, or the end of the text. */
static size_t word_begin(struct str s, size_t i)
{
	size_t len;
	while (i < s.n && !utf8_is_word(utf8_decode(s.p + i, s.n - i, &len)))
		i += len;
	return i;
}

/* -- the terms ------------------------------------------------------------------- */

/* How many words it has; 0 when it is none that can be linked. */
static size_t count_words(struct str text, size_t *first)
{
	size_t count = 0, end = 0;
	*first = word_end(text, 0);
	for (size_t i = 0; i < text.n; i = word_begin(text, end)) {
		end = word_end(text, i);
		count++;
	}
	return *first > 0 && end == text.n && count <= GLOSSARY_WORDS ? count : 0;
}

static void add_term(struct glossary *g, struct arena *a, const struct markdown_term *from)
{
	size_t first, count = count_words(str_of(from->text), &first);
	if (!count || map_get(&g->terms, str_of(from->text)))
		return;
	struct entry *term = arena_alloc(a, sizeof(*term));
	*term = (struct entry){.id = from->id, .meaning = from->meaning};
	map_put(&g->terms, str_of(from->text), term);
	struct map_entry *e = map_entry(&g->firsts, (struct str){from->text, first});
	if ((uintptr_t)e->value < count)
		e->value = (void *)(uintptr_t)count;
}

/* What is wrong with the file is told when its own page is made. */
static void read_terms(struct glossary *g, struct renderer *r, const struct content *c)
{
	static const struct markdown_hooks hooks = {.terms = true};
	struct diag unused = DIAG_INIT;
	struct markdown_page page;
	markdown_render(&page, r->kept, c->file, c->body, c->body_line, 2, &hooks, &unused);
	for (const struct markdown_term *t = page.terms; t; t = t->next)
		add_term(g, r->kept, t);
	diag_clear(&unused);
}

struct glossary *glossary_of(struct renderer *r)
{
	const struct content *c = r->dept ? r->dept->glossary : NULL;
	if (r->glossary || !c || !content_published(r, c))
		return r->glossary;
	r->glossary = arena_alloc(r->kept, sizeof(*r->glossary));
	*r->glossary = (struct glossary){.terms = MAP_INIT(r->kept), .firsts = MAP_INIT(r->kept)};
	read_terms(r->glossary, r, c);
	return r->glossary;
}

/* -- a text -------------------------------------------------------------------------- */

/* The longest term that begins with the word at i, and its end; or NULL. */
static struct entry *find(const struct glossary *g, struct str s, size_t i, size_t *end)
{
	size_t ends[GLOSSARY_WORDS], first = word_end(s, i);
	size_t most = (uintptr_t)map_get(&g->firsts, (struct str){s.p + i, first - i}), n = 0;
	for (size_t at = i; n < most && at < s.n; at = word_begin(s, ends[n - 1]))
		ends[n++] = word_end(s, at);
	while (n > 0) {
		*end = ends[--n];
		struct entry *term = map_get(&g->terms, (struct str){s.p + i, *end - i});
		if (term)
			return term;
	}
	return NULL;
}

static void add_link(
    const struct renderer *r, struct buf *out, const struct entry *term, struct str text)
{
	const char *path =
	    arena_printf(r->arena, "%s#%s", page_content_path(r, r->dept->glossary), term->id);
	buf_adds(out, "<a class=\"term\" href=\"");
	html_attr(out, str_of(page_href(r, path)));
	if (*term->meaning) {
		buf_adds(out, "\" title=\"");
		html_attr(out, str_of(term->meaning));
	}
	buf_adds(out, "\">");
	html_text(out, text);
	buf_adds(out, "</a>");
}

void glossary_text(struct renderer *r, struct buf *out, struct str s)
{
	const struct glossary *g = glossary_of(r);
	size_t written = 0, end = 0;
	for (size_t i = word_begin(s, 0); g && i < s.n; i = word_begin(s, end)) {
		struct entry *term = find(g, s, i, &end);
		if (!term) {
			end = word_end(s, i);
			continue;
		}
		if (term->used == r->number)
			continue;
		term->used = r->number;
		typography_html(out, (struct str){s.p + written, i - written});
		add_link(r, out, term, (struct str){s.p + i, end - i});
		written = end;
	}
	typography_html(out, (struct str){s.p + written, s.n - written});
}

/*
 * audit_candidates - which links of a page lead to items of the checklist.
 *
 * audit_candidates() ranks the links of one page; the gatherer asks for them
 * before all others, and the judge judges them. A link is a candidate of an
 * item when the item's words fit its names (own text, alt, title, aria-label,
 * row, or, when its own words say nothing, as "скачать", what stands around
 * it or the heading) and no exclude fits its own name; where the item has a
 * section, that must fit the headings or menu above, the title of the page, or
 * the address.
 *
 * audit_way() says of a link that is nobody's candidate whether it leads the
 * way to sections: where the gatherer goes on to look when its budget is short.
 */
#ifndef COMPUTE_AUDIT_CANDIDATES_H
#define COMPUTE_AUDIT_CANDIDATES_H

#include "model/checklist.h"
#include "text/htmldoc.h"

enum {
	CANDIDATES_PAGE = 400, /* of one page */
	CANDIDATES_ITEM = 40,  /* of one item on one page */
};

struct candidate {
	size_t rule; /* number in the checklist */
	size_t
	    link; /* number in the page; HTMLDOC_NONE: the page itself, by its title or a heading */
	size_t
	    heading; /* where link is HTMLDOC_NONE: the heading that fits, or HTMLDOC_NONE: the title */
	int rank; /* higher is better: 1 to 100 */
};

/* The folded names of a page's links, made once for all items. */
struct link_names {
	struct str own;     /* text, alt, title, aria, one per line */
	struct str near;    /* row, around, heading */
	struct str section; /* headings, menu, title of the page, address */
	bool says_nothing;  /* "скачать", "здесь", "документ", a file name */
};

struct page_names {
	const struct htmldoc *page;
	struct link_names *links; /* [nlinks] */
	struct str *headings;     /* [nheadings] folded */
	struct str title, url;    /* folded; the address unescaped */
};

/* url: of the page, for section patterns. */
void page_names(
    struct page_names *out, struct arena *a, const struct htmldoc *page, struct str url);
/* Candidates by falling rank, then by rule and place: in the arena. */
struct candidate *audit_candidates(
    size_t *count, struct arena *a, const struct page_names *page, const struct checklist *list);
/* 0: leads nowhere in particular; 1 to 100: into a section that items stand in. */
int audit_way(const struct page_names *page, size_t link, const struct checklist *list);

#endif

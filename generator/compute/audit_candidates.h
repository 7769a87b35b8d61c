/*
 * audit_candidates - which links of a page lead to items of the checklist.
 *
 * audit_candidates() ranks the links of one page; the gatherer asks for them
 * before all others, and the judge judges them. A link is a candidate of an
 * item when the item's words fit its names and no exclude does. Its own name
 * (text, alt, title, aria-label) comes first; a name that says nothing
 * ("скачать", "здесь") is explained by the row, by what stands beside it
 * (audit_caption), by the name of the file, or by the heading; others may be read
 * together with the heading ("Качество образования": "Программа"). Where the item
 * has a section, that must fit the headings or the menu above, the title of the
 * page, or its address.
 *
 * The page itself is a candidate where its title or a heading fits.
 *
 * Where a pattern gave up (text/pattern) nobody knows whether a link is meant:
 * it is a candidate that says so, since it must not count as "not found".
 *
 * audit_way() says of a link that is nobody's candidate whether it leads the
 * way to sections: where the gatherer goes on to look when its budget is short.
 */
#ifndef COMPUTE_AUDIT_CANDIDATES_H
#define COMPUTE_AUDIT_CANDIDATES_H

#include "base/map.h"
#include "model/checklist.h"
#include "text/htmldoc.h"

enum {
	CANDIDATES_ITEM = 40,  /* of one item on one page */
	CANDIDATE_STRONG = 40, /* from this rank on, the link itself is meant */
	CANDIDATE_BESIDE = 50, /* from this rank on, by what it says or stands beside it */
	WAY_SECTION = 60,      /* from this rank on, items are expected there */
};

struct candidate {
	size_t rule;    /* number in the checklist */
	size_t link;    /* number in the page; HTMLDOC_NONE: the page itself */
	size_t heading; /* of the page itself: the heading that fits; HTMLDOC_NONE: its title */
	int rank;       /* higher is better: 1 to 100 */
	bool gave_up;   /* a pattern took too many steps over the names */
};

/* The folded names of a link. */
struct link_names {
	struct str own; /* text, alt, title, aria, one per line */
	struct str row, heading, headings, menu;
	bool says_nothing; /* "скачать", "здесь", "документ", a name of a file */
	struct str around; /* its paragraph; of one that says nothing its caption */
	bool above;        /* which stands in a line above */
	struct str file;   /* of one that says nothing: the name of the file as words */
	bool skip;         /* the same link with the same names was seen on another page */
};

struct page_names {
	const struct htmldoc *page;
	struct link_names *links; /* [nlinks] */
	struct str *headings;     /* [nheadings] folded */
	struct str title, url;    /* folded; the address as people read it */
};

/*
 * Made once for a page. url: its address as people read it. seen, unless NULL,
 * remembers the links of pages before, so that a menu that stands on every
 * page is judged once; it outlives the arena only when it has its own.
 */
void page_names(struct page_names *out, struct arena *a, const struct htmldoc *page, struct str url,
    struct map *seen);
/* By falling rank, then by rule and place; in the arena. */
struct candidate *audit_candidates(
    size_t *count, struct arena *a, const struct page_names *page, const struct checklist *list);
/* 0: leads nowhere in particular; up to 100: into a section that items stand in. */
int audit_way(const struct page_names *page, size_t link);

#endif

/*
 * body - the Markdown of content files as part of a page.
 *
 * Links to other content files are resolved from the file's own folder and
 * lead to the pages of those files; links to attachments and to the site's
 * methods likewise. A target that is not there is an error with its place
 * (broken-link, missing-attachment) and the nearest name. The first use of each
 * abbreviation of the glossary leads to its entry (glossary.h). Fenced blocks
 * show tables and charts of the department's data, and statements with what
 * the data say to them (model/claim.h):
 *
 *	```table results.csv year=2019 school=nevonskaya-2
 *	```chart line results.csv procedure=oge-math field=quality_rate [school=…]
 *	```claim value=7 measure=… [year=…] [cohort=… | school=…]
 *
 * A value with spaces stands in double quotes. What the level of disclosure
 * does not publish is not shown here either: a sentence says so.
 *
 * page_markdown() of render/page is the usual way in.
 */
#ifndef RENDER_BODY_H
#define RENDER_BODY_H

#include "render/page.h"

struct body_text {
	const char *file; /* "content/<dept>/documents/x.md", for messages */
	const char *path; /* the same from content/ on: links start here */
	struct str text;
	uint32_t line; /* of the file, on which the text begins */
	int top;       /* level of its highest headings, be they # or ## */
};

/* As page_markdown(). 0, or -1 after errors (kept in r->err too). */
int body_render(struct renderer *r, struct view *v, const char *name, const struct body_text *b);

/* The body being rendered, as the functions below need it. */
struct body_state {
	struct renderer *r;
	const struct body_text *body;
	size_t fences; /* so far: for ids that are unique in the page */
};

/* For markdown_hooks.fence (body_fence.c). */
int body_fence(
    void *state, struct buf *out, struct str words, struct str text, struct diag_place at);

#endif

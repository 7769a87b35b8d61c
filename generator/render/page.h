/*
 * page - what every page has in common, and where pages go.
 *
 * A struct renderer makes the pages of one department (or the site's own top
 * pages) from computed values. One file per page kind: it calls page_begin(),
 * fills the view, and ends with page_end(), which renders the template of the
 * theme and hands the bytes to the sink. The theme decides how it looks; the
 * fields of each view are listed above the function that fills it.
 *
 * Paths are those of the site without a leading slash: "schools/x/" is a page
 * (written as schools/x/index.html), "data/results.csv" a file. Links in
 * pages are relative and name index.html, so that a folder opened from disk
 * works as the server does; canonical addresses and the sitemap do not.
 *
 * A renderer is used by one thread. What it makes lives in its arena; of what
 * is allocated there between page_begin() and page_end(), nothing outlives the
 * page. What later pages need goes into its second arena, kept.
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "compute/disclosure.h"
#include "model/history.h"
#include "model/release.h"
#include "render/theme.h"

/* Where finished files go: path within the unit, bytes. 0 or -1. */
struct sink {
	void *payload;
	int (*file)(void *payload, const char *path, struct str bytes);
};

/* What the top pages and the index know of a department. */
struct summary {
	const char *id, *title, *short_name, *region, *period, *notice;
	size_t schools, supported, indicators, achieved;
	struct date changed; /* last, or no date */
	bool example;        /* the demonstration department */
	const char **paths;  /* of all pages, for the sitemap */
	size_t npaths, paths_cap;
	struct search_entry *found; /* what a search finds (render/search) */
	size_t nfound, found_cap;
};

/* What the site was made of, when it is kept in git: the page manifest/ says it. */
struct stamp {
	const char *program, *commit, *theme; /* version, 40 digits, SHA-256 */
	bool modified;                        /* the folder had changes that are in no commit */
	bool inputs;                          /* their hashes are published too */
};

/* A step of the way above a heading. */
struct crumb {
	const char *title, *path;
};

struct exports;
struct fields;
struct glossary;
struct place;
struct publication;
struct search_entry;
struct source_mark;
struct stated;

struct renderer {
	struct arena *arena; /* of the page being made, and of what is made before it */
	struct arena *kept;  /* of what lasts from page to page; another one */
	const struct site *site;
	const struct theme *theme;
	const struct words *words; /* of the theme, in the site's language */
	struct date today;
	enum profile profile;
	bool strict;                     /* names missing in views are errors (check) */
	bool one_department;             /* the site has no other: its index leads to it */
	const struct releases *releases; /* of the site; NULL in the pages of one */
	const struct stamp *stamp;       /* filled when the site's own pages are made; or NULL */
	const struct release *release;   /* the one that the pages are of, or NULL */
	const struct sink *sink;
	struct diag *diag;

	/* of a department; NULL for the top pages */
	const struct department *dept;
	const struct identifications *ids;
	const struct assessment *assessment;
	const struct disclosure *disclosure;
	const struct history *history; /* NULL: nothing is known */
	/* What commits changed for readers, newest first (render/change_view). */
	const struct publication *publications;
	size_t npublications;
	bool publications_withheld; /* until new terms of disclosure are committed */
	struct arena *lasting;      /* of what outlives the department: its summary */
	struct summary *summary;    /* filled while rendering */
	struct exports *exports;    /* set by export_department() */

	/* of the site's own pages: all departments, sorted by title */
	const struct summary *const *departments;
	size_t ndepartments;

	struct map misnamed;       /* names of templates that were reported */
	struct map attachments;    /* files that pages lead to: "files/x.pdf" → anything */
	struct map *written;       /* files made so far; NULL: nobody asks (page_alias.c) */
	struct glossary *glossary; /* of the department, when its text is known */
	struct fields *fields;     /* gathered for those who write themes; or NULL */
	struct stated **claims;    /* stated by the pages made so far (claim_view) */
	size_t nclaims, claims_cap;
	struct place *places;        /* by scope, those asked for (place_view); or NULL */
	const char **names;          /* of schools, those asked for (page_school_name); or NULL */
	struct source_mark *sources; /* those shown last (page_number), by line */

	/* of the page being made */
	const char *path;
	struct view *page;
	size_t number;           /* it is the how manyth */
	struct arena_mark begun; /* what was allocated before it */
	struct crumb *crumbs;    /* above its heading, from the overview down */
	size_t ncrumbs, crumbs_cap;
	struct buf out;
	int err;
	const char *failed; /* the first page or file that was not made, or NULL */
};

/* All pages and files of a department, in r->summary too. 0 or -1. */
int render_department(struct renderer *r);
/* The site's own pages: index, methods, 404, sitemap, robots. */
int render_site(struct renderer *r);

/* Begin a page. section is the id of the main menu entry it belongs to
 * ("overview", "schools", …) or NULL. title is the heading. */
struct view *page_begin(
    struct renderer *r, const char *path, const char *section, const char *title);
/* A step of the way above the heading: from the overview down, without the
 * page itself. */
void page_crumb(struct renderer *r, const char *title, const char *path);
/* For search engines and previews; the default is the department's lead. */
void page_description(struct renderer *r, const char *text);
/* Render with the template and hand over. 0 or -1 (kept in r->err too). */
int page_end(struct renderer *r, const char *template_name);
/* A file that is no page. */
int page_file(struct renderer *r, const char *path, struct str bytes);

/* Relative address of a page or file of the same unit, from the page being
 * made; may carry "#anchor". */
const char *page_href(const struct renderer *r, const char *path);
/* Absolute address of a page or file of the same unit; NULL while the site has
 * none (base_url). */
const char *page_address(const struct renderer *r, const char *path);
/* "example.org" of the site's address, without a port; NULL like the above. */
const char *page_host(const struct renderer *r);
/*
 * Relative address of an attachment ("files/x.pdf"), which is published with
 * the department because a page leads to it. What no page leads to is not.
 */
const char *page_attachment(struct renderer *r, const char *path);
/* Relative address from the site's root: another department, methods/x/. */
const char *page_site_href(const struct renderer *r, const char *path);
/* The link of a provenance mark: the row in the page of its table. NULL when
 * the table is not published. */
const char *page_source_href(const struct renderer *r, const struct row *row);
/* "results.csv, строка 14" */
const char *page_source_text(const struct renderer *r, const struct row *row);

/* Markdown of a content file into a raw field; headings become field "toc"
 * ({id, title, level, nested}), has_toc says that there are several. Into the
 * page's own view it also gives the description. Links to content files and
 * attachments are checked and lead to their pages. top: level of its first
 * headings. */
int page_markdown(
    struct renderer *r, struct view *v, const char *name, const struct content *c, int top);

/* Fields status (word), status_class (good bad wait none), status_icon (SVG):
 * shape, word and colour always together. */
enum mark { MARK_GOOD, MARK_BAD, MARK_WAIT, MARK_NONE };
void page_mark(
    const struct renderer *r, struct view *v, const char *name, enum mark mark, const char *word);
/* The mark alone, which many fields may share. */
const struct view *page_mark_view(const struct renderer *r, enum mark mark, const char *word);

/* The four symbols that stand for a number that is not there. */
enum gap {
	GAP_NONE,
	GAP_HIDDEN,   /* a small group, or one that would give a small one away */
	GAP_WITHHELD, /* sensitive: never by school; the same symbol */
	GAP_NOT_SUPPLIED,
	GAP_NOT_APPLICABLE
};
/* A number cell: {text, gap, href, title}; text is the symbol for a gap. */
void page_number(struct renderer *r, struct view *v, const char *name, const char *text,
    enum gap gap, const struct row *source);
const struct view *page_number_view(
    struct renderer *r, const char *text, enum gap gap, const struct row *source);

/* Where the page of a content file lies: "documents/x/". */
const char *page_content_path(const struct renderer *r, const struct content *c);
/* Has the table a page, data/<table>/: there is such a file, and the level of
 * disclosure publishes it. */
bool page_table_published(const struct renderer *r, enum table_id id);

/* School page path "schools/<id>/"; short name or name of a school, for readers. */
const char *page_school_path(const struct renderer *r, const struct school *s);
const char *page_school_name(const struct renderer *r, const struct school *s);

#endif

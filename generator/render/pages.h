/*
 * pages - one function per kind of page.
 *
 * Each makes all pages of its kind for the renderer's department, through
 * page_begin() and page_end(), and gives 0 or -1 (the details are in the
 * renderer's diag). render_department() (department_pages.c) calls them in
 * turn; each is one file page_<kind>.c and stands by itself.
 */
#ifndef RENDER_PAGES_H
#define RENDER_PAGES_H

#include "render/page.h"

int page_overview(struct renderer *r);       /* <dept>/ */
int page_schools(struct renderer *r);        /* schools/ */
int page_school(struct renderer *r);         /* schools/<id>/ */
int page_audit(struct renderer *r);          /* audit/, audit/<date>/ */
int page_audit_school(struct renderer *r);   /* audit/<date>/<school>/ */
int page_audit_letter(struct renderer *r);   /* audit/<date>/<school>/letter/ */
int page_identification(struct renderer *r); /* identification/, identification/<year>/ */
int page_reconciliation(struct renderer *r); /* identification/reconciliation/ */
int page_programme(struct renderer *r);      /* programme/, programme/glossary/ */
int page_roadmap(struct renderer *r);        /* roadmap/ */
int page_indicators(struct renderer *r);     /* indicators/ */
int page_indicator(struct renderer *r);      /* indicators/<id>/ */
int page_documents(struct renderer *r);      /* documents/, documents/<name>/ */
int page_reports(struct renderer *r);        /* reports/ */
int page_events(struct renderer *r);         /* events/, events/<name>/ */
int page_cycle(struct renderer *r);          /* cycle/ */
int page_content(struct renderer *r);        /* the other pages of content/ */
int page_readiness(struct renderer *r);      /* readiness/, in the internal site only */
int page_changes(struct renderer *r);        /* changes/ and its feed */
int page_versions(struct renderer *r);       /* <page>versions/, of each text */
int page_aliases(struct renderer *r);        /* old addresses; the last of all */
int page_data(struct renderer *r);           /* data/ */
int page_table(struct renderer *r);          /* data/<table>/ */

/* feed.atom: documents and events, the newest first. None without base_url. */
int feed(struct renderer *r);
/* roadmap/all.ics, and one for each who is responsible. */
int calendars(struct renderer *r);

/* Before all other pages: keep the names of files, if aliases will be made. */
void page_aliases_watch(struct renderer *r);

/* The machine-readable output: data/<name>.csv, .json and datapackage.json. */
int export_department(struct renderer *r);

/* The site's own pages, without a department (render_site() calls them). */
int page_methods(struct renderer *r);  /* methods/, methods/<id>/ */
int page_manifest(struct renderer *r); /* manifest/, of a site that is kept in git */
int page_releases(struct renderer *r); /* releases/, when there are any */
int page_search(struct renderer *r);   /* search/, search/<department>/, the index */
/* sitemap.xml and robots.txt; top: addresses of the site's own pages. */
int site_map(struct renderer *r, const struct summary *top);

#endif

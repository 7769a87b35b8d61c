/*
 * school_view - what is done for a school and about it: who helps, the audit
 * of its site, the documents addressed to it, the measures that name it.
 */
#ifndef RENDER_SCHOOL_VIEW_H
#define RENDER_SCHOOL_VIEW_H

#include "render/audit_view.h"
#include "render/page.h"

/* {name, href} */
void school_link(struct renderer *r, struct view *v, const struct school *school);
/* "средняя школа" */
const char *school_kind_text(const struct renderer *r, const struct school *school);

/* Which documents are addressed to which school. Once for all schools. */
struct addressed {
	const struct content *document;
	const struct school *school;
};
struct addressees {
	struct addressed *items; /* the newest document first */
	size_t count, cap;
};
void addressees_read(struct addressees *out, const struct renderer *r);

/* supporters {title, href, kind, dates, documents {title, href}}, has_supporters */
void school_supporters(struct renderer *r, struct view *v, const struct school *school);
/* audit {title, url, reason, status}, has_audit, audit_date, audit_href */
void school_audit(
    struct renderer *r, struct view *v, const struct audits *audits, const struct school *school);
/* recommendations (documents), has_recommendations */
void school_recommendations(
    struct renderer *r, struct view *v, const struct addressees *all, const struct school *school);
/* measures {title, href, when, status}, has_measures */
void school_measures(struct renderer *r, struct view *v, const struct school *school);

#endif

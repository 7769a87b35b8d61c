/*
 * identification_view - the parts of a list that readers compare: how many
 * schools, who is on which list, where the declared and the computed one
 * differ and why, and what is missing.
 *
 * Each function fills fields of the section's view, which stand above it in
 * identification_view.c. Those of a computed list need s->i.
 */
#ifndef RENDER_IDENTIFICATION_VIEW_H
#define RENDER_IDENTIFICATION_VIEW_H

#include "compute/official.h"
#include "render/page.h"

struct section {
	struct renderer *r;
	struct view *v;
	const struct identification *i; /* NULL: only declared */
	struct official declared;
};

/* The next year after one that has a page, or 0; and the path of that page. */
int section_next_year(const struct renderer *r, int after);
const char *section_year_path(const struct renderer *r, int year);
#define RECONCILIATION_PATH "identification/reconciliation/"

/* "Школы с низкими результатами", or the method where several choose them. */
const char *section_title(
    const struct renderer *r, int category, int year, const struct identification *i);
void section_declared(const struct section *s);
void section_unnamed(const struct section *s);
void section_document(const struct section *s, int category);
/* Fields name, href of a view of its own. */
void section_school(const struct section *s, struct view *v, const struct school *school);
/* The method of the list; of one that is only declared the department's method
 * of that category, or NULL. Its link is field method, {title, href} or null,
 * and given back to be filled further. */
const struct method *section_method(const struct section *s, int category);
struct view *section_method_link(const struct section *s, int category);
/* of a computed list */
void section_figures(const struct section *s);
void section_lists(const struct section *s);
void section_differences(const struct section *s);
void section_missing(const struct section *s);

#endif

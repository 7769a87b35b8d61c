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

void section_declared(const struct section *s);
void section_document(const struct section *s, int category);
/* of a computed list */
void section_figures(const struct section *s);
void section_lists(const struct section *s);
void section_differences(const struct section *s);
void section_missing(const struct section *s);

#endif

/*
 * contribution_view - the schools behind the value of an indicator.
 *
 * A table of what each school of the cohort gives, each number with its source
 * row, as far as disclosure allows; where there is nothing of the kind to
 * show, the names of the schools that the indicator is about, or how many they
 * are.
 */
#ifndef RENDER_CONTRIBUTION_VIEW_H
#define RENDER_CONTRIBUTION_VIEW_H

#include "render/page.h"

/* Fields: schools (a grid, or null), cohort [{name, href}], has_cohort,
 * cohort_title, cohort_note (why there are no names, or null). */
void contribution_view(struct renderer *r, struct view *v, const struct indicator_state *s);

#endif

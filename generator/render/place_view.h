/*
 * place_view - what the municipality and the region are called in a text.
 *
 * "район" and "область" say more than "муниципалитет" and "регион". The word
 * is the one of the theme's list place_words ("район/района|город/города")
 * that the department's name or region has; else a general word.
 */
#ifndef RENDER_PLACE_VIEW_H
#define RENDER_PLACE_VIEW_H

#include "render/page.h"

struct place {
	const char *name; /* "район" */
	const char *of;   /* "района" */
};

/* scope: SCOPE_SCHOOL, SCOPE_MUNICIPALITY or SCOPE_REGION. */
struct place place_of(const struct renderer *r, int scope);

#endif

/*
 * conditions_view - the conditions in which a school works, for its page.
 *
 * The metrics of context.csv by year. A metric that is never public by school
 * (health, registers) is named, without a number.
 */
#ifndef RENDER_CONDITIONS_VIEW_H
#define RENDER_CONDITIONS_VIEW_H

#include "render/page.h"

struct conditions {
	int *years; /* with rows of schools, ascending */
	size_t nyears;
	const struct metric **shown;
	size_t nshown;
	const char *withheld; /* titles of the others, or NULL */
};

/* Once for all schools of the department. */
void conditions_read(struct conditions *out, const struct renderer *r);
/*
 * conditions   a grid; null when there are none, or the level of disclosure
 *              shows no values
 * withheld     what is not published by school, in a sentence, or null
 */
void conditions_view(
    struct renderer *r, struct view *v, const struct conditions *c, const struct school *school);

#endif

/*
 * change_view - what a commit changed for the reader, in words of the page.
 *
 * job/history finds the changes of each published commit (compute/change) and
 * hands them over as publications. What is hidden in any of the versions, or
 * today, has no value there and gets none here.
 */
#ifndef RENDER_CHANGE_VIEW_H
#define RENDER_CHANGE_VIEW_H

#include "compute/change.h"
#include "render/page.h"

struct publication {
	const struct commit *commit;
	struct changes changes; /* settled and grouped */
	bool errors;            /* one of the two versions could not be read whole */
};

/*
 * Fields: added, removed, edited (flags); kind ("показатель"), title, more
 * (year, method: or null), href (or null), detail ("значение: 50 % → 67 % (4 из
 * 6)", or null), parts [{title, href}] and has_parts (of a group), rest ("и ещё
 * 12", or null).
 */
void change_view(struct renderer *r, struct view *v, const struct change *c);
/* The same in one line of text, for feeds and lists. */
const char *change_line(struct renderer *r, const struct change *c);

#endif

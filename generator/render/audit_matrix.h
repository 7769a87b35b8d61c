/*
 * audit_matrix - what a round of the audit looked for, and schools and items
 * against each other.
 *
 * audit_asked_read() first: the items of the checklist that have a row, with
 * those of order 1493 apart, for they are two hundred and are counted. Fields:
 *
 *	sums    [{status (mark), count, note}]: found, not found, defective, left out
 *	items   [{id, title, look_for, sum}]
 *	matrix  caption, wide (needs a frame that scrolls on a tablet), many (and on
 *	        a screen), has_markup,
 *	        heads [{text}], rows [{again (the heads stand above it once more), name,
 *	        href, sum, markup (sum, or null), cells [{head, quiet (nothing to mend),
 *	        status (mark), or null}]}],
 *	        total, markup_total (sums), totals [{head, sum}], legend [{status (mark), text}]
 *
 * A sum is {text: "6 из 8", left: "2", excluded: "не учтено 2", why: which 2}.
 */
#ifndef RENDER_AUDIT_MATRIX_H
#define RENDER_AUDIT_MATRIX_H

#include "compute/audit_round.h"
#include "render/page.h"

struct audit_asked {
	struct renderer *r;
	const struct audit_round *round;
	const struct checklist_item **items; /* in the order of the list */
	size_t nitems;
	size_t nmarkup;               /* items of order 1493 that were looked for */
	struct audit_sum all, markup; /* of the items, of the marks */
};

void audit_asked_read(struct audit_asked *out, struct renderer *r, const struct audit_round *round);
/* Of the school: its items, or its marks of order 1493. */
struct audit_sum audit_school_sum(
    const struct audit_round *round, const struct school *school, bool markup);

void audit_sums(const struct audit_asked *q, struct view *v);
void audit_items(const struct audit_asked *q, struct view *v);
void audit_matrix(const struct audit_asked *q, struct view *v);

#endif

/*
 * audit_marks - the judge of items that are marks (order 1493).
 *
 * A mark is looked for on the page of its subsection and on the pages that
 * addRef names there. The page is the one whose address ends as the checklist
 * says (/sveden/common), or the one that was found for the item of that name.
 */
#ifndef COMPUTE_AUDIT_MARKS_H
#define COMPUTE_AUDIT_MARKS_H

#include "compute/audit_judge.h"
#include "compute/audit_look.h"

/* Fills findings of all rules with an itemprop; the others have theirs. */
void audit_marks(struct audit_site *s, const struct checklist *list, struct finding *findings);

#endif

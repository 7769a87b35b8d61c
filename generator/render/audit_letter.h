/*
 * audit_letter - what a school should hear of the audit of its site.
 *
 * audit_letter_read() sorts the items of a round: what is missing, what is
 * there and broken, what nobody could check. The page of the letter shows
 * them; audit_letter_markdown() writes the same as a text to be sent.
 */
#ifndef RENDER_AUDIT_LETTER_H
#define RENDER_AUDIT_LETTER_H

#include "compute/audit_round.h"
#include "render/words.h"

struct audit_letter {
	const struct school *school;
	struct date round;
	const struct audit_row **missing, **broken, **unknown; /* by the order of the list */
	size_t nmissing, nbroken, nunknown;
	size_t yes, known; /* found, of those that could be checked */
};

/* Marks of order 1493 are told as one sentence by their number. */
void audit_letter_read(struct audit_letter *out, struct arena *a, const struct audit_round *round,
    const struct school *school);
/* Is there anything to mend? */
bool audit_letter_due(const struct audit_letter *l);
void audit_letter_markdown(
    struct buf *out, struct arena *a, const struct words *w, const struct audit_letter *l);

#endif

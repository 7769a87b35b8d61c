/*
 * audit_links - what the audit asks for next: the links of a page, ranked.
 *
 * The gatherer's reader (struct gather_run): links that may be items of the
 * checklist first, then those that lead into sections where items stand, then
 * the other pages of the school. Documents that are nobody's are left out.
 *
 * audit_place() gives the addresses that are a school's: its site, and of its
 * aliases those that are addresses.
 */
#ifndef JOB_AUDIT_LINKS_H
#define JOB_AUDIT_LINKS_H

#include "job/gather.h"
#include "model/checklist.h"

struct audit_links {
	const struct checklist *checklist;
	const struct signatures *signatures;
	const struct school *const *schools; /* by the numbers of the gatherer */
};

/* payload: struct audit_links. */
void audit_links_read(void *payload, const struct gather_page *page, struct gather_links *l);

/* The other addresses, in the arena. */
const char **audit_places(size_t *count, struct arena *a, const struct school *school);

#endif

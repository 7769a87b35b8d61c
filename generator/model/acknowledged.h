/*
 * acknowledged - warnings that a member of staff answers for.
 *
 * A warning keeps `vidno publish` and `vidno release` from going on until it
 * is mended, or accepted in content/acknowledged.yaml, which is kept in git
 * like all else:
 *
 *	warnings:
 *	  - rule: privacy-phone
 *	    file: content/kezhma/index.md
 *	    cell: "8 (39145) 2-18-18"
 *	    by: ivanova
 *	    reason: the telephone of the office, not of a person
 *
 * Rule, file and cell are those of the message; without `cell` all of this rule
 * in this file are accepted, also those to come. `by` is a login of site.yaml
 * with the role editor or publisher. Lines are not named, because they move.
 *
 * acknowledged_read(), then acknowledged_apply() to each diag as it is filled,
 * from any thread; at the end acknowledged_stale() names entries that no
 * message needed. An accepted warning becomes a note that says by whom.
 */
#ifndef MODEL_ACKNOWLEDGED_H
#define MODEL_ACKNOWLEDGED_H

#include "model/site.h"

#include <stdatomic.h>

#define ACKNOWLEDGED_FILE "content/acknowledged.yaml"

struct acknowledgement {
	const char *rule, *file, *cell, *by, *reason; /* cell: NULL for all */
};

struct acknowledged {
	struct field_list entries; /* struct acknowledgement */
	atomic_bool *used;         /* one for each */
};

/* The file's bytes; all lives in the site's arena. -1 after errors. */
int acknowledged_read(
    struct acknowledged *out, struct site *site, struct str bytes, struct diag *diag);
void acknowledged_apply(struct acknowledged *all, const struct site *site, struct diag *diag);
void acknowledged_stale(const struct acknowledged *all, struct diag *diag);
/*
 * What would accept the warnings that are left, to be put into the file: at
 * most ACKNOWLEDGED_SHOWN entries, with the places for login and reason open.
 * Nothing when there are none.
 */
enum { ACKNOWLEDGED_SHOWN = 20 };
void acknowledged_draft(struct buf *out, const struct diag *diag);

#endif

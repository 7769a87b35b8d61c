/*
 * audit_changes - what is otherwise than in the round before.
 *
 * Fields: has_kinds, kinds [{title, about (or null), count, folded, schools
 * [{name, href, items [{title, href, was, is}]}]}]. The kinds come in the order
 * of what concerns a reader: what vanished or broke, what appeared or was
 * mended, what is open; then, folded, files that were only replaced or moved;
 * last what changed by a person's decision, and by other rules.
 * was, is: words for both outcomes, where the kind alone does not say them.
 */
#ifndef RENDER_AUDIT_CHANGES_H
#define RENDER_AUDIT_CHANGES_H

#include "compute/audit_round.h"
#include "render/page.h"

void audit_changes_view(struct renderer *r, struct view *v, const struct audit_round *before,
    const struct audit_round *after);

#endif

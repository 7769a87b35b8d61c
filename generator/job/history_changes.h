/*
 * history_changes - what published commits changed for the reader.
 *
 * history_changes() computes each department of a scan as it was before and
 * after each of its changes (job/change_between) and keeps the facts that
 * differ. They are taken under the terms of disclosure of HEAD, and settled
 * with what HEAD publishes. history_publications() makes changes of them for a
 * department that was read: settled once more with what is published now, so
 * that nothing is told that a page of today hides. Where the department now
 * has other terms of disclosure than HEAD, nothing is told until they are
 * committed.
 */
#ifndef JOB_HISTORY_CHANGES_H
#define JOB_HISTORY_CHANGES_H

#include "compute/fact.h"
#include "job/history_scan.h"
#include "render/change_view.h"

void history_changes(struct scan *s, struct arena *a, const char *site, struct repo *repo);

/* commits: those of the scan. The result lives in the arena; *withheld: the
 * terms differ. */
struct publication *history_publications(const struct scan *s, const struct commit *commits,
    struct arena *a, const struct disclosure *x, const struct identifications *ids,
    const struct assessment *assessment, const struct department *d, size_t *count, bool *withheld);

#endif

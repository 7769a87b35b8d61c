/*
 * history_cache - what was found in a repository, as bytes.
 *
 * The same bytes are kept in the git directory and handed from the process
 * that asks git to the one that builds. They are for this machine and this
 * version of the program: history_decode() refuses what another one wrote, and
 * whatever is damaged.
 */
#ifndef JOB_HISTORY_CACHE_H
#define JOB_HISTORY_CACHE_H

#include "base/buf.h"
#include "job/history_scan.h"

void history_encode(struct buf *out, const struct scan *scan);
/* Are these bytes whole, and of this HEAD? */
bool history_is_of(struct str bytes, const char *head);
/* 0, or -1: not to be believed. Texts are views of the bytes. */
int history_decode(struct scan *out, struct arena *a, struct str bytes);

#endif

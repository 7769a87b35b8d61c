/*
 * releases - the named states of a site, found in git and made once.
 *
 * releases_find() lists the tags release/NAME of a repository, as text that
 * releases_read() takes back in another process (job/history asks there).
 */
#ifndef JOB_RELEASES_H
#define JOB_RELEASES_H

#include "base/buf.h"
#include "model/release.h"
#include "sys/repo.h"

/* Appends; nothing when there are none, or they cannot be read. */
void releases_find(struct buf *out, struct repo *repo);
/* Texts are borrowed from it. -1: it is damaged. */
int releases_read(struct releases *out, struct arena *a, struct str text);

#endif

/*
 * repo_root - the site's folder as it was in a commit.
 *
 * repo_root() gives a struct root for file_read(), file_look(), file_list() and
 * file_walk() (sys/file.h) that answers from the commit, never from the disk;
 * root_close() ends it, before repo_close(). As for a folder: symbolic links
 * that stay inside of the site are followed, others are FILE_OUTSIDE, and
 * sizes are looked at before anything is read. Submodules are not there. Every
 * file has the time of the commit. Nothing can be created: FILE_DENIED.
 *
 * The bytes are those that git stores: line ends as git normalises them.
 * As other roots it may be used by several threads at once.
 */
#ifndef SYS_REPO_ROOT_H
#define SYS_REPO_ROOT_H

#include "sys/file.h"
#include "sys/repo.h"

/* REPO_MISSING when there was no folder of the site in that commit. */
enum repo_status repo_root(struct root *out, struct repo *r, const char *commit);

#endif

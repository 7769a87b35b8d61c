/*
 * publish_clash - what a merge could not settle, told so that it can be.
 *
 * Each path that two people changed becomes errors that name the cells: what
 * stood there, what stands here, what stands there. What they are is read from
 * the repository; nothing is changed.
 */
#ifndef JOB_PUBLISH_CLASH_H
#define JOB_PUBLISH_CLASH_H

#include "sys/repo_merge.h"

void publish_clash(struct repo *repo, const struct repo_merged *merged, struct diag *diag);

#endif

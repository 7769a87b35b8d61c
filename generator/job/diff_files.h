/*
 * diff_files - which files of a site differ between two versions.
 *
 * Paths of content/ and data/, sorted. Folders whose id is the same are not
 * entered, so the work is that of what changed.
 */
#ifndef JOB_DIFF_FILES_H
#define JOB_DIFF_FILES_H

#include "job/facts.h"

struct diff_files {
	const char **paths;
	size_t count, cap;
};

/* new may be the folder (then old is a commit of the same repository). What
 * cannot be asked of git is left out. */
void diff_files(
    struct diff_files *out, struct arena *a, const struct edition *old, const struct edition *new);
/* Does the path belong to this department? NULL: to none, but to the site. */
bool diff_file_of(const char *path, const char *department);

#endif

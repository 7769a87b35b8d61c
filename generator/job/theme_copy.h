/*
 * theme_copy - a theme of one's own, begun with files of the default one.
 *
 * theme_copy_run() copies them into themes/<name>/ of the site: all, or those
 * named ("school" is templates/school.mustache). What a theme does not have
 * comes from the default, so the fewer files are copied the better. A file
 * that is there already is never written over. Returns an exit status.
 */
#ifndef JOB_THEME_COPY_H
#define JOB_THEME_COPY_H

#include "base/diag.h"

struct theme_copy_options {
	const char *site;         /* folder */
	const char *name;         /* of the new theme */
	const char *const *files; /* of the default theme; none: all */
	size_t nfiles;
};

int theme_copy_run(const struct theme_copy_options *o, struct diag *diag);

#endif

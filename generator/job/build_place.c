/*
 * Pages written into content/, data/ or themes/ would be read as input by the
 * next build. What counts is where a path really leads; of an output folder
 * that is not there yet, where its nearest existing folder lies.
 */
#include "job/build.h"

#include "base/intl.h"

#include <stdlib.h>
#include <string.h>

char *build_output(const struct build_options *o)
{
	if (o->out)
		return xstrdup(o->out);
	struct buf path = BUF_INIT(BUF_LINE);
	if (strcmp(o->site, ".") != 0)
		buf_addf(&path, "%s/", o->site);
	buf_adds(&path, o->profile == PROFILE_INTERNAL ? "internal" : "public");
	return buf_take(&path, NULL);
}

/* To be freed; NULL when nothing can be said. */
static char *real_place(const char *path)
{
	char *copy = xstrdup(path);
	char *real = realpath(copy, NULL);
	for (char *slash; !real && (slash = strrchr(copy, '/')) && slash != copy;) {
		*slash = '\0';
		real = realpath(copy, NULL);
	}
	if (!real)
		real = realpath(*path == '/' ? "/" : ".", NULL);
	free(copy);
	return real;
}

static bool lies_in(const char *path, const char *folder)
{
	size_t len = strlen(folder);
	return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

int build_place(const char *site, const char *out, struct diag *diag)
{
	static const char *const folders[] = {"content", "data", "themes"};
	char *place = real_place(out);
	int status = 0;
	for (size_t i = 0; place && !status && i < sizeof(folders) / sizeof(*folders); i++) {
		struct buf path = BUF_INIT(BUF_LINE);
		buf_addf(&path, "%s/%s", site, folders[i]);
		char *folder = realpath(path.data, NULL);
		if (folder && lies_in(place, folder)) {
			diag_add(diag, DIAG_ERROR, "output-inside", DIAG_AT(out, 0, 0),
			    (struct str){NULL, 0},
			    _("Choose a folder beside it with --out, for example public."),
			    _("the pages would be written into %s, which the site is made of"),
			    path.data);
			status = -1;
		}
		free(folder);
		buf_clear(&path);
	}
	free(place);
	return status;
}

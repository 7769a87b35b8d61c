/*
 * theme - how pages look: templates, words, style.
 *
 * job/load finds the files (the site's own themes/<name>/ over the shipped
 * one, file by file) and hands them over through theme_file(); then
 * theme_ready() compiles every page template and reads the words. Read-only
 * from then on. Lives in the arena given.
 *
 *	templates/<name>.mustache   pages and partials
 *	i18n/<language>.yaml        texts
 *	css/<name>.css              joined in order of name into one file
 *	js/<name>.js                likewise, after the texts script_<name> of the
 *	                            words, without tabs at the beginnings of lines
 *	                            and lines of comment; none is fine. js/early.js
 *	                            is a file of its own, run before the first paint
 *	static/<name>               copied as they are; "icon" is the favicon
 *
 * Joined files carry a hash in their names: assets/style-1a2b3c4d.css.
 */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "render/words.h"
#include "text/hash.h"
#include "text/template.h"

struct theme_asset {
	const char *path; /* in the output: "assets/style-….css" */
	struct str bytes;
};

struct theme {
	struct arena *arena;
	struct map files; /* path in the theme → struct theme_source */
	struct templates *templates;
	struct words words;
	const char *style, *script, *early, *icon; /* paths in the output, or NULL */
	struct theme_asset *assets;
	size_t nassets, assets_cap;
	struct map prepared; /* template name → const struct template */
	struct diag *diag;
};

struct theme_source {
	const char *file; /* for messages */
	struct str text;
};

void theme_init(struct theme *t, struct arena *a, struct diag *diag);
/* path within the theme, e.g. "templates/school.mustache". The first file
 * given for a path wins: give the site's own first. */
void theme_file(struct theme *t, const char *path, const char *file, struct str text);
/* 0, or -1 after errors. */
int theme_ready(struct theme *t, const char *language);
const struct template *theme_template(const struct theme *t, const char *name); /* or NULL */

/* Page templates that a theme must have; NULL at the end. */
extern const char *const theme_pages[];

#endif

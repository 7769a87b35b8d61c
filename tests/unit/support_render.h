/*
 * support_render - a department's pages and files, made in memory.
 *
 * Over support_department: rendering_begin() with the front matter of
 * index.md, support_table() and the rest on t->f, rendering_finish(), which
 * computes and gives a renderer with the shipped theme and words; then page
 * and export functions with &t->r, and rendering_file() for what they wrote.
 * rendering_top() instead gives a renderer of the site's own pages.
 */
#ifndef SUPPORT_RENDER_H
#define SUPPORT_RENDER_H

#include "render/page.h"
#include "support_department.h"

struct rendering {
	struct fixture f;
	struct arena arena, pages;
	struct theme theme;
	struct map files; /* path → struct str */
	struct sink sink;
	struct diag diag;
	struct identifications ids;
	struct assessment assessment;
	struct disclosure disclosure;
	struct renderer r;
};

/* All files of the shipped theme, in the language given; the result of
 * theme_ready(). */
int rendering_theme(struct theme *t, struct arena *a, const char *language, struct diag *diag);

void rendering_begin(struct rendering *t, const char *front_matter);
void rendering_finish(struct rendering *t, enum profile profile);
void rendering_top(struct rendering *t, enum profile profile);
void rendering_end(struct rendering *t);

/* What was written there, or NULL. */
const char *rendering_file(const struct rendering *t, const char *path);
/* The line of a text that begins with the words given, without its end; fails
 * the test when there is none. */
const char *rendering_line(struct rendering *t, const char *text, const char *beginning);
/* The first message of a rule, or NULL. */
const struct diag_item *rendering_said(const struct rendering *t, const char *rule);
/* A file of the repository; fails the test when it cannot be read. */
struct str rendering_read(struct arena *a, const char *path);

/* Does a page hold these words? On failure all of it is shown. */
#define assert_shows(text, part) \
	do { \
		if (!strstr(text, part)) \
			fail_msg("no %s in:\n%s", part, text); \
	} while (0)
#define assert_shows_no(text, part) \
	do { \
		if (strstr(text, part)) \
			fail_msg("%s stands in:\n%s", part, text); \
	} while (0)

#endif

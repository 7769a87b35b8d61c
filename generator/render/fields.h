/*
 * fields - what the pages of a build gave to their templates.
 *
 * For those who write themes: begin with FIELDS_INIT(arena), name it in the
 * renderers, and fields_write() lists as Markdown every field that a template
 * can ask for, by template. Used by one thread at a time.
 *
 * Numbers, marks and grids are views that many pages share: they are listed
 * once, and named where they stand. So are the fields of every page. Texts of
 * the theme ({{t.…}}) are its own and not listed.
 */
#ifndef RENDER_FIELDS_H
#define RENDER_FIELDS_H

#include "base/buf.h"
#include "base/map.h"
#include "text/value.h"

struct fields {
	struct map templates; /* name → what was seen */
	struct map all;       /* "" → all of them together; a shared view by its name */
};

#define FIELDS_INIT(a) \
	{ \
		.templates = MAP_INIT(a), .all = MAP_INIT(a) \
	}

void fields_note(struct fields *f, const char *template_name, const struct view *page);
void fields_write(const struct fields *f, struct buf *out);

#endif

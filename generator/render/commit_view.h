/*
 * commit_view - a commit as pages show it, and what git knows of a table.
 *
 * A number on a page leads to the row it comes from, and that row to the
 * commit it comes from: each row has a short link to the list of commits below
 * its table, where date, author and reason stand once. Where all rows come
 * from one commit the list alone says so.
 */
#ifndef RENDER_COMMIT_VIEW_H
#define RENDER_COMMIT_VIEW_H

#include "render/page.h"

/* Fields: date, iso, author (or null), reason (or null), id (40 digits), short
 * (eight of them). */
void commit_view(const struct renderer *r, struct view *v, const struct commit *c);
/* Where everybody can read a file as it was in a commit; NULL while the
 * repository is not public or site.yaml has no repository_url. */
const char *commit_source(const struct renderer *r, const struct commit *c, const char *path);

/* The page of changes, and where on it a commit stands. */
#define CHANGES_PATH "changes/"
const char *commit_anchor(const struct renderer *r, const struct commit *c);

/* The commits that the rows of a table's file come from, newest first. */
struct origin_entry {
	const struct commit *commit; /* NULL: not in a commit yet */
	size_t rows;
};
struct origin_list {
	const struct path_history *path; /* NULL: nothing is known */
	struct origin_entry *entries;
	size_t count;
};
struct table_html;
void origin_list(struct origin_list *out, struct renderer *r, const struct table_html *spec);
/* The number of the entry that a row belongs to, from 1 on. */
size_t origin_number(const struct origin_list *o, uint32_t line);
/* Fields of the template table: origins [{number, rows, source, not_committed,
 * and those of a commit}], has_origins, one_origin. */
void origin_fields(
    struct renderer *r, struct view *v, const struct origin_list *o, const char *file);
/*
 * Fields of the template table: editions [{deleted, source, changes (address
 * on the page of changes, or null), and those of a commit}], has_editions,
 * editions_more (words, or null): the versions of the file, newest first. What
 * stood in them is told by the page of changes, as far as disclosure lets it.
 */
enum { EDITIONS_SHOWN = 100 };
void edition_fields(
    struct renderer *r, struct view *v, const struct origin_list *o, const char *file);

#endif

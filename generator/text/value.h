/*
 * value - what a page says, as a tree that templates read.
 *
 * A view is a set of named values; a list is a row of values; both live in
 * the arena they were made in and end with it. Build from the root:
 *
 *	struct view *page = view_new(arena);
 *	view_text(page, "title", "Школы");
 *	struct list *rows = view_list(page, "rows");
 *	view_text(list_view(rows), "name", "Невонская СОШ № 1");
 *
 * Names and texts are borrowed: they must live as long as the view (string
 * constants, or text in the same arena). Text is escaped by the template;
 * only view_raw() puts HTML through as it is, and takes what our own writers
 * made (text/html, text/markdown, render/chart).
 *
 * Where a template asks whether there is something, these are nothing: null,
 * false, an empty list, an empty text. "0" is something, an empty view too.
 *
 * A name that a template asks for must be there, at least as null: a name
 * that no view in reach has is an error of the theme (text/template).
 */
#ifndef TEXT_VALUE_H
#define TEXT_VALUE_H

#include "base/arena.h"
#include "base/str.h"

enum value_kind {
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_TEXT,
	VALUE_RAW,
	VALUE_LIST,
	VALUE_VIEW
};

struct view;
struct list;

struct value {
	enum value_kind kind;
	union {
		struct str text; /* TEXT, RAW */
		const struct list *list;
		const struct view *view;
	} as;
};

struct view_field {
	const char *name;
	uint32_t len, hash; /* of the name */
	struct value value;
};

struct view {
	struct arena *arena;
	struct view_field *fields; /* a later field of the same name wins */
	size_t count, cap;
	uint32_t *slots; /* an index of large views: field number + 1, or 0 */
	size_t nslots;
};

struct list {
	struct arena *arena;
	struct value *items;
	size_t count, cap;
};

struct view *view_new(struct arena *a);
struct view *view_copy(
    struct arena *a, const struct view *from); /* its fields; values are shared */
void view_set(struct view *v, const char *name, struct value value);
void view_text(struct view *v, const char *name, const char *text); /* NULL: null */
void view_str(struct view *v, const char *name, struct str text);
void view_raw(struct view *v, const char *name, struct str html);
void view_int(struct view *v, const char *name, long long n);
void view_flag(struct view *v, const char *name, bool flag);
void view_null(struct view *v, const char *name);
struct list *view_list(struct view *v, const char *name); /* a new empty list */
struct view *view_view(struct view *v, const char *name); /* a new empty view */
void view_share(struct view *v, const char *name, const struct view *shared);

struct list *list_new(struct arena *a);
void list_add(struct list *l, struct value value);
void list_text(struct list *l, const char *text);
struct view *list_view(struct list *l); /* a new view at the end */

/* The field's value, or NULL when the view has no such name. */
const struct value *view_get(const struct view *v, const char *name, size_t len, uint32_t hash);
uint32_t view_hash(const char *name, size_t len);

/* Whether a section is shown for the value. */
bool value_is_true(const struct value *v);

#endif

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
 *
 * Names are compared by hash first. Of a name in quotes the compiler works out
 * length and hash, so the setters are compiled into their callers up to there.
 */
#ifndef TEXT_VALUE_H
#define TEXT_VALUE_H

#include "base/arena.h"
#include "base/str.h"

#include <string.h>

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

struct view_name {
	const char *p;
	uint32_t len, hash;
};

struct view_field {
	struct view_name name;
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

/* For tables in memory only: machines differ. */
static inline uint32_t view_hash(const char *name, size_t len)
{
	static const uint64_t odd = 0x9e3779b97f4a7c15u;
	uint64_t h = len, word = 0;
	if (len < sizeof(word)) {
		for (size_t i = 0; i < len; i++)
			word = word << 8 | (unsigned char)name[i];
		return (uint32_t)((h ^ word) * odd >> 32);
	}
	/* the beginning, the middle and the end: all of most names */
	memcpy(&word, name, sizeof(word));
	h = (h ^ word) * odd;
	memcpy(&word, name + (len - sizeof(word)) / 2, sizeof(word));
	h = (h ^ h >> 32 ^ word) * odd;
	memcpy(&word, name + (len - sizeof(word)), sizeof(word));
	h = (h ^ h >> 32 ^ word) * odd;
	return (uint32_t)(h >> 32);
}

static inline struct view_name view_name(const char *name)
{
	size_t len = strlen(name);
	return (struct view_name){name, (uint32_t)len, view_hash(name, len)};
}

struct view *view_new(struct arena *a);
struct view *view_new_of(struct arena *a, size_t room); /* for so many fields, or more */
struct view *view_copy(
    struct arena *a, const struct view *from); /* its fields; values are shared */

void view_add(struct view *v, struct view_name name, enum value_kind kind, struct str text);
struct value *view_place(struct view *v, struct view_name name); /* a new field, null */

static inline void view_set(struct view *v, const char *name, struct value value)
{
	*view_place(v, view_name(name)) = value;
}

static inline void view_str(struct view *v, const char *name, struct str text)
{
	view_add(v, view_name(name), VALUE_TEXT, text);
}

static inline void view_raw(struct view *v, const char *name, struct str html)
{
	view_add(v, view_name(name), VALUE_RAW, html);
}

static inline void view_null(struct view *v, const char *name)
{
	view_place(v, view_name(name));
}

static inline void view_text(struct view *v, const char *name, const char *text) /* NULL: null */
{
	view_add(v, view_name(name), text ? VALUE_TEXT : VALUE_NULL, str_of(text));
}

static inline void view_flag(struct view *v, const char *name, bool flag)
{
	view_place(v, view_name(name))->kind = flag ? VALUE_TRUE : VALUE_FALSE;
}

static inline void view_share(
    struct view *v, const char *name, const struct view *shared) /* NULL: null */
{
	*view_place(v, view_name(name)) =
	    (struct value){.kind = shared ? VALUE_VIEW : VALUE_NULL, .as.view = shared};
}

void view_int(struct view *v, const char *name, long long n);
struct list *view_list(struct view *v, const char *name); /* a new empty list */
struct view *view_view(struct view *v, const char *name); /* a new empty view */

struct list *list_new(struct arena *a);
void list_add(struct list *l, struct value value);
void list_text(struct list *l, const char *text);
struct view *list_view(struct list *l); /* a new view at the end */
struct view *list_view_of(struct list *l, size_t room);

/* The field's value, or NULL when the view has no such name. */
const struct value *view_get(const struct view *v, const char *name, size_t len, uint32_t hash);

/* Whether a section is shown for the value. */
bool value_is_true(const struct value *v);

#endif

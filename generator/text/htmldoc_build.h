/*
 * htmldoc_build - a page put together from its tags and texts in order.
 *
 * For text/htmldoc.c, which knows the parser and nothing else: build_begin(),
 * then build_open(), build_text() and build_close() as the tree is walked,
 * build_end() last. A tag is given with those of its attributes that matter.
 *
 * All text goes into one buffer in the order of the page; links, headings,
 * cells and marks are spans of it, cut out at the end.
 */
#ifndef TEXT_HTMLDOC_BUILD_H
#define TEXT_HTMLDOC_BUILD_H

#include "base/buf.h"
#include "text/htmldoc.h"

/* p NULL where the tag has no such attribute. The order is that of the names
 * in htmldoc.c. */
enum build_attribute {
	BUILD_ALT,
	BUILD_ARIA_EXPANDED,
	BUILD_ARIA_HIDDEN,
	BUILD_ARIA_LABEL,
	BUILD_CLASS,
	BUILD_CONTENT,
	BUILD_DATA,
	BUILD_DATA_BS_TOGGLE,
	BUILD_DATA_HREF,
	BUILD_DATA_TOGGLE,
	BUILD_DATA_URL,
	BUILD_HIDDEN,
	BUILD_HREF,
	BUILD_HTTP_EQUIV,
	BUILD_ID,
	BUILD_ITEMPROP,
	BUILD_NAME,
	BUILD_ONCLICK,
	BUILD_OPEN,
	BUILD_PROPERTY,
	BUILD_ROLE,
	BUILD_ROWSPAN,
	BUILD_SRC,
	BUILD_STYLE,
	BUILD_TITLE,
	BUILD_TYPE,
	BUILD_VALUE,
	BUILD_ATTRIBUTES
};

struct build_tag {
	const char *name; /* small letters */
	struct str attributes[BUILD_ATTRIBUTES];
};

struct span {
	size_t from, to; /* bytes of the text */
};

struct build_heading {
	struct span span;
	int level; /* 1 to 6; 7 for what only looks like one */
	bool hidden;
	size_t first_link; /* that begins after it has begun */
};

struct build_link {
	struct htmldoc_link link;
	struct span text, around, row, column, group;
	struct str menu;
};

struct build_prop {
	struct htmldoc_prop prop;
	struct span text;
};

enum tag_kind {
	TAG_BLOCK = 1,
	TAG_RAW = 2,    /* its text is none of the page's */
	TAG_AROUND = 4, /* a paragraph, item or cell: its text explains the links in it */
	TAG_ITEM = 8,   /* li */
	TAG_LIST = 16,  /* ul, ol, menu */
	TAG_HEADING = 32,
	TAG_BOLD = 64,
	TAG_TABLE = 128, /* table, tr, td, th */
	TAG_LINK = 256,  /* has an address */
	TAG_BREAK = 512,
	TAG_TITLE = 1024,
};

struct build_frame {
	const char *name;
	unsigned kind;
	bool hidden, raw, json, script;
	int level;           /* of a heading, else 0 */
	size_t from;         /* place in the text */
	size_t first_link;   /* number of the next link when it was opened */
	size_t link;         /* its own, or HTMLDOC_NONE */
	size_t prop, nprops; /* its own marks */
	size_t marks;        /* first mark of the nearest marked tag, itself counted; or NONE */
	size_t label_to;     /* of an item: where its first list begins, or NONE */
};

struct build_table;

struct build {
	struct arena *a;
	struct htmldoc *out;
	struct buf text, hidden, json, script, title;
	struct build_link *links;
	size_t nlinks, links_cap;
	struct build_heading *headings;
	size_t nheadings, headings_cap;
	struct build_prop *props;
	size_t nprops, props_cap;
	struct build_frame *frames; /* open tags */
	size_t depth, frames_cap;
	struct build_table *tables; /* open ones */
	size_t ntables, tables_cap;
	size_t hidden_depth, elements;
	bool in_title;
	bool data; /* what comes is from embedded data */
};

void build_begin(struct build *b, struct arena *a, struct htmldoc *out);
void build_open(struct build *b, const struct build_tag *tag);
void build_text(struct build *b, struct str text);
void build_close(struct build *b);
void build_end(struct build *b);
/* Less text so far than a page without scripts has? */
bool build_is_short(const struct build *b);

/* The parts: links and marks (htmldoc_link.c), tables (htmldoc_table.c), and
 * what is cut out at the end (htmldoc_cut.c). */
size_t build_link_open(struct build *b, const struct build_tag *tag, unsigned kind);
void build_link_picture(struct build *b, const struct build_tag *tag);
void build_props_open(struct build *b, struct build_frame *f, const struct build_tag *tag);
void build_props_close(struct build *b, const struct build_frame *f);
void build_table_open(struct build *b, const struct build_tag *tag);
void build_table_close(struct build *b, const char *name);
void build_table_names(struct build *b, struct build_link *link);
void build_cut(struct build *b);
/* Of the address of a viewer: that of the file it shows; STR_NONE of others. */
struct str build_viewed(struct build *b, const struct htmldoc_link *l);

/* A copy of at most limit bytes of whole characters; nothing stays nothing. */
struct str build_keep(struct build *b, struct str s, size_t limit);
bool build_contains(struct str text, const char *part);

static inline struct str build_get(const struct build_tag *tag, enum build_attribute which)
{
	return tag->attributes[which];
}

static inline bool build_has(const struct build_tag *tag, enum build_attribute which)
{
	return tag->attributes[which].p != NULL;
}

#endif

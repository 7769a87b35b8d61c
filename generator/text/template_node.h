/*
 * template_node - the compiled form of a template; private to text/template*.
 *
 * A template is a row of nodes in the order of its source. A node with
 * children (section, block, parent) is followed by them; `next` is the index
 * of the first node behind. Rendering walks the row and never changes it.
 *
 * Text of a line that holds nothing but tags is gone already, neighbouring
 * runs of text are one node, names are split at their dots and hashed.
 */
#ifndef TEXT_TEMPLATE_NODE_H
#define TEXT_TEMPLATE_NODE_H

#include "base/map.h"
#include "text/template.h"

enum node_kind {
	NODE_TEXT,
	NODE_ESCAPED,  /* {{name}} */
	NODE_RAW,      /* {{{name}}} {{&name}} */
	NODE_SECTION,  /* {{#name}} */
	NODE_INVERTED, /* {{^name}} */
	NODE_PARTIAL,  /* {{>name}} */
	NODE_PARENT,   /* {{<name}}: its children are blocks, the arguments */
	NODE_BLOCK,    /* {{$name}}: an argument in a parent, else a place for one */
};

struct node {
	unsigned char kind;
	bool own_line; /* PARTIAL, PARENT, BLOCK: what it shows begins a line */
	bool always;   /* PARTIAL, PARENT: no section or block stands around it */
	uint32_t next;
	uint32_t line, column;
	struct str text; /* TEXT; else the name as written */
	union {
		const struct view_name *names; /* of a value [parts]; of a block [1] */
		const struct template *target; /* PARTIAL, PARENT */
	} as;
	uint32_t parts;      /* 0: the implicit iterator */
	uint32_t indent_len; /* PARTIAL, PARENT, BLOCK: put before each line */
	const char *indent;
};

struct template
{
	const char *name;
	const char *file;
	struct node *nodes;
	uint32_t count;
	bool failed;             /* it, or one that it needs */
	bool ends;               /* does not include itself without end */
	bool reported;           /* … and that was said */
	struct diag_place asked; /* the first tag that named it */
};

struct templates {
	struct arena *arena;
	template_load *load;
	void *payload;
	struct diag *diag;
	struct map all; /* name → template, in the order of being asked for */
	size_t compiled;
};

/* The template of a name, to be compiled later when it is new. */
struct template *templates_want(struct templates *set, struct str name, struct diag_place at);

/* Compile text into t: 0, or -1 and everything wrong is in the set's diag. */
int template_parse(struct templates *set, struct template *t, struct str text);

#endif

/*
 * yaml - small YAML documents as a tree with places.
 *
 * yaml_read() makes the tree of one document (front matter or a settings
 * file). Every node and key knows its line and column. Errors go to diag in
 * plain words: syntax, duplicate keys, anchors and aliases, tags, more than
 * one document, nesting over YAML_DEPTH, a text where keys are expected.
 * Scalars stay text; the reader of a key knows what type it wants
 * (model/frontmatter).
 *
 * A syntax error ends the parser; reading goes on at the next key that stands
 * at the beginning of a line, so that errors under other keys are found in the
 * same run.
 *
 * `first_line` is the line of the file on which the text begins, so that
 * places are those of the whole file.
 */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "base/diag.h"

enum { YAML_DEPTH = 16, YAML_BYTES = 1024 * 1024 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	uint32_t line, column;
	struct str text; /* SCALAR */
	bool quoted;     /* SCALAR: in quotes or a | > block, so never null or a list */
	struct str key;  /* when the parent is a MAP */
	uint32_t key_line, key_column;
	struct yaml_node *first, *next; /* children; siblings */
	size_t count;                   /* of children */
};

/* The root (an empty text gives an empty MAP), or NULL after an error. Lives
 * in the arena. */
const struct yaml_node *yaml_read(
    struct arena *a, const char *file, struct str text, uint32_t first_line, struct diag *diag);
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key); /* or NULL */

#endif

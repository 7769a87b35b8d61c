/*
 * yaml_syntax - syntax errors of YAML in words that an author understands.
 *
 * libyaml says what it expected ("mapping values are not allowed in this
 * context"); yaml_syntax_find() gives what is wrong and how to mend it. The
 * texts are marked for translation, not translated.
 */
#ifndef TEXT_YAML_SYNTAX_H
#define TEXT_YAML_SYNTAX_H

#include "base/str.h"

struct yaml_syntax {
	const char *problem, *context; /* libyaml's; context: how it begins, or NULL for any */
	bool at_context;               /* the cause is where the context began */
	const char *text, *remedy;
};

/* context may be NULL. NULL for a problem that is not known. */
const struct yaml_syntax *yaml_syntax_find(const char *problem, const char *context);

/* "title:Text": a colon that a blank should follow. */
bool yaml_lacks_blank(struct str line);
/* " key: value": indented, and with one colon before a blank. */
bool yaml_is_indented(struct str line);

#endif

/*
 * template_scan - the tags of a template's source, one after another; private
 * to text/template*.
 *
 * Set source, file and diag, call scan_begin(), then scan_tag() until it says
 * that there are no more. `pos` is the caller's: everything before it is done,
 * and the next tag is looked for from there. Malformed tags are reported and
 * skipped.
 */
#ifndef TEXT_TEMPLATE_SCAN_H
#define TEXT_TEMPLATE_SCAN_H

#include "base/diag.h"

struct scanner {
	struct str source;
	const char *file;
	struct diag *diag;
	size_t pos;
	size_t counted; /* line and column are those of this byte */
	uint32_t line, column;
	struct str opening, closing; /* the delimiters */
};

struct tag {
	char sigil;      /* one of # ^ / > < $ & { ! = or 0 */
	struct str name; /* trimmed */
	size_t begin, end;
	struct diag_place at;
	/* Nothing but white space stands before, behind it on its line. */
	bool clear_left, clear_right;
	/* Where that white space begins, and where the next line does; begin and
	 * end where it is not clear. */
	size_t line_begin, line_end;
};

void scan_begin(struct scanner *s);
bool scan_tag(struct scanner *s, struct tag *tag);
/* Take the delimiters that a {{= =}} tag sets. */
void scan_delimiters(struct scanner *s, const struct tag *tag);
/* The indentation of the first line from pos on that holds anything; *closing:
 * and the first thing there is a closing tag. */
struct str scan_indent(const struct scanner *s, size_t pos, bool *closing);
void scan_error(const struct scanner *s, struct diag_place at, struct str cell, const char *remedy,
    const char *text);

#endif

/*
 * audit_print - the part of a page that is its own, and its likeness to
 * others.
 *
 * Pages of one site share menu, header and footer. audit_template() counts in
 * how many pages a line stands; audit_own_text() leaves out the lines that
 * most of them share. audit_print_of() makes a print (SimHash, 64 bits, of
 * pairs of words) of what is left; pages that say "not found" for different
 * addresses have prints that are near.
 */
#ifndef COMPUTE_AUDIT_PRINT_H
#define COMPUTE_AUDIT_PRINT_H

#include "base/map.h"

struct audit_template {
	struct arena *a;
	struct map lines; /* folded line → number of pages */
	size_t pages;
};

void audit_template_begin(struct audit_template *t, struct arena *a);
/* The lines of a page, each folded, without the empty ones. text: as text/htmldoc
 * gives it. */
struct str audit_lines(struct arena *a, struct str text);
void audit_template_add(struct audit_template *t, struct str lines);
/* The page's own lines. Of a site with one page nothing is left out. */
struct str audit_own_text(const struct audit_template *t, struct arena *a, struct str lines);

struct audit_print {
	uint64_t bits;
	size_t words;
};

struct audit_print audit_print_of(struct str folded);
/* Do two pages say the same, but for a word or two? */
bool audit_print_near(struct audit_print x, struct audit_print y);

#endif

/*
 * audit_caption - what a link means whose own words say nothing.
 *
 * "Скачать", "здесь", "scan0001.pdf" or a picture of a sheet of paper: people
 * read what stands beside it. audit_caption_of() gives that text, folded: of
 * its line what stands between it and the link before, else what follows it;
 * else the link before it on the same line ("Программа … (скачать)"); else its
 * paragraph or card; else the nearest line above that says something.
 *
 * audit_file_words() reads the name of a file as words, folded, also where it
 * is written in Latin letters: "Programma-razvitiya_2022.pdf" is "программа
 * развития 2022 pdf".
 */
#ifndef COMPUTE_AUDIT_CAPTION_H
#define COMPUTE_AUDIT_CAPTION_H

#include "text/htmldoc.h"

struct audit_caption {
	struct str text; /* empty: none */
	bool above;      /* from a line above: less sure */
};

/* Are these only words that say that there is a file, and not which? */
bool audit_says_nothing(struct str folded);
/* Is this the name of a file, and no words? */
bool audit_is_file_name(struct str folded);
struct audit_caption audit_caption_of(struct arena *a, const struct htmldoc *page, size_t link);
struct str audit_file_words(struct arena *a, struct str name);
/* The name of the file in an address; empty where there is none. */
struct str audit_file_of(struct arena *a, struct str href);

#endif

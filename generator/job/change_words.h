/*
 * change_words - changes as sentences, for people who keep a site.
 *
 *	Indicators
 *	  Indicator «…», 2022: 50 % → 67 % (4 of 6), not achieved → achieved
 *	Data
 *	  results.csv, 2022: values added: 270, schools: 30
 *	    School 1, OGE maths: participants 27, below minimum 8
 *	    … and 29 more
 *
 * In the language of messages (base/intl). What is hidden is called hidden.
 */
#ifndef JOB_CHANGE_WORDS_H
#define JOB_CHANGE_WORDS_H

#include "compute/change.h"

/* Of a group so many parts are named, unless all are asked for. */
enum { CHANGE_PARTS = 5 };

/* All of them under their headings; every line begins with the indent. parts:
 * of a group so many are named; 0: only what it comes to. */
void change_words(struct buf *out, const struct changes *changes, const char *indent, size_t parts);
/* One change, without a line's end; of a group only what it comes to. */
void change_sentence(struct buf *out, const struct change *c);

#endif

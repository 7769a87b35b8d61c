/*
 * change_terms - what fields and words are called in messages.
 *
 * In the language of the reader of messages, as _() is. Columns and words of
 * closed lists come from the data dictionary, which has both languages.
 */
#ifndef JOB_CHANGE_TERMS_H
#define JOB_CHANGE_TERMS_H

#include "compute/fact.h"

/* Is it Russian that messages are in? */
bool terms_russian(void);
/* "mean mark"; of a metric or parameter its title. */
void term_field(struct buf *out, const struct fact *f, const struct fact_field *field);
/* "on the list", "by hand"; as it stands when there is no other word. */
void term_word(
    struct buf *out, const struct fact *f, const struct fact_field *field, const char *word);
/* 41,67 and 20.01.2026, in Russian; 41.67 and 2026-01-20. */
void term_number(struct buf *out, struct frac number);
void term_date(struct buf *out, struct date date);
/* Of one line, with … where it was longer than so many characters. */
void term_text(struct buf *out, const char *text, size_t characters);
/* "Indicators": the heading over changes of a kind. */
const char *term_section(enum fact_kind kind);

#endif

/*
 * letter - the department's own words for the letters of the audit.
 *
 * content/<dept>/letter.md is the text that every school gets. What differs
 * from school to school stands in slots, a name in braces: {school}, {mend}.
 * Without the file the letter is that of the theme (letter_text in its i18n),
 * which has the same slots.
 */
#ifndef MODEL_LETTER_H
#define MODEL_LETTER_H

#include "model/checks.h"

/* "school", "date" …; NULL at the end. render/audit_letter says what is put
 * there. */
extern const char *const letter_slots[];

/* Slots that there are not, and a letter that does not say what to mend. */
void checks_letter(struct checks *c);

#endif

/*
 * audit_letter - what a school should hear of the audit of its site.
 *
 * audit_letter_read() sorts the items of a round: what is missing, what is
 * there and broken, what nobody could check. audit_letter_body() writes the
 * letter as Markdown: for the page of the letter, and, under a heading
 * (audit_letter_markdown()), as a text to be sent.
 *
 * The text is content/<dept>/letter.md, or letter_text of the theme's words.
 * Its slots (model/letter):
 *
 *	{school} {date} {site}   name, day of the round, address of the site
 *	{sum}        a sentence: how many items were found, of how many
 *	{mend}       under a heading each: what is missing, and what is broken, with
 *	             what was looked for, where it was found, and how to mend it
 *	{unknown}    under a heading: what could not be checked, and why
 *	{until}      a sentence: by when, if the day of the next audit is known
 *	{evidence}   a sentence with the address of the evidence
 *	{contacts}   a paragraph: whom to ask
 *	{sender}     who writes
 *
 * What has nothing to say is empty. Everything lives in the arena given.
 */
#ifndef RENDER_AUDIT_LETTER_H
#define RENDER_AUDIT_LETTER_H

#include "compute/audit_round.h"
#include "render/words.h"

struct audit_letter {
	const struct department *department;
	const struct school *school;
	struct date round;
	const struct audit_row **missing, **broken, **unknown; /* by the order of the list */
	size_t nmissing, nbroken, nunknown;
	struct audit_sum sum, markup; /* of the items, and of the marks of order 1493 */
};

void audit_letter_read(struct audit_letter *out, struct arena *a, const struct audit_round *round,
    const struct school *school);
/* Is there anything to mend? */
bool audit_letter_due(const struct audit_letter *l);

const char *audit_letter_title(const struct words *w, const struct audit_letter *l);
struct str audit_letter_body(struct arena *a, const struct words *w, const struct audit_letter *l);
void audit_letter_markdown(
    struct buf *out, struct arena *a, const struct words *w, const struct audit_letter *l);
/* The department's own text, when it has one that may be sent, or NULL. */
const struct content *audit_letter_text(const struct department *d);

#endif

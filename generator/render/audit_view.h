/*
 * audit_view - what the pages of the audit share: paths, and outcomes as marks
 * and words.
 *
 *	audit/                       rounds
 *	audit/<date>/                schools and items, changes, what was not checked
 *	audit/<date>/<school>/       the evidence of a school
 *	audit/<date>/<school>/letter/
 *	                             of the last round: what the school should mend
 */
#ifndef RENDER_AUDIT_VIEW_H
#define RENDER_AUDIT_VIEW_H

#include "compute/audit_round.h"
#include "render/page.h"

/* All rounds of the department, the last one last; made before the pages. */
struct audits {
	struct audit_round *rounds;
	size_t count;
};
void audits_read(struct audits *out, const struct renderer *r);
/* The last one that visited the school, or NULL. */
const struct audit_round *audits_last(const struct audits *all, const struct school *school);

const char *audit_round_path(const struct renderer *r, struct date round);
const char *audit_school_path(
    const struct renderer *r, struct date round, const struct school *school);
const char *audit_letter_path(
    const struct renderer *r, struct date round, const struct school *school);

/* Of a row's outcome: its mark, its word ("Найдено", "Не найдено один раз" …),
 * and the short one of the matrix ("есть", "нет (1)"), in the words of the site. */
enum mark audit_row_mark(const struct audit_row *x);
const char *audit_row_word(const struct words *w, const struct audit_row *x);
const char *audit_row_short(const struct words *w, const struct audit_row *x);
const char *audit_item_title(const struct checklist_item *item);
/* Marks of order 1493 are counted, not shown one by one. */
bool audit_is_markup(const struct checklist_item *item);
/* A person's decision, or the reason of the visit; NULL: there is none. */
const char *audit_row_reason(const struct audit_row *x);
/* The day of the department's next audit, or no date when it is over. */
struct date audit_next(const struct department *d);

/* "6 из 8", "не учтено 2", "не проверено 1, не относится 1": what was found of
 * what could be checked, and what is left out of both. */
const char *audit_sum_text(const struct renderer *r, struct audit_sum s);
const char *audit_sum_excluded_text(const struct renderer *r, struct audit_sum s); /* or NULL */
const char *audit_sum_why(const struct renderer *r, struct audit_sum s);           /* or NULL */
/* A field with the three: {text, left (a number), excluded, why}. */
void audit_sum_view(const struct renderer *r, struct view *v, const char *name, struct audit_sum s);

#endif

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

enum mark audit_row_mark(const struct audit_row *x);
/* "Найдено", "Не найдено один раз" … in the words of the site. */
const char *audit_row_word(const struct words *w, const struct audit_row *x);
/* Marks of order 1493 are counted, not shown one by one. */
bool audit_is_markup(const struct checklist_item *item);
bool audit_was_visited(const struct audit_round *round, const struct school *school);
/* A person's decision, or the reason of the visit; NULL: there is none. */
const char *audit_row_reason(const struct audit_row *x);
/* "n / N / excluded" */
const char *audit_sum_text(struct renderer *r, struct audit_sum s);

#endif

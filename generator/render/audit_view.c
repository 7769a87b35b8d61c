/*
 * One table of marks and words for all pages.
 */
#include "render/audit_view.h"

void audits_read(struct audits *out, const struct renderer *r)
{
	const struct date *days = audit_rounds(&out->count, r->arena, r->dept);
	out->rounds = arena_array(r->arena, out->count + 1, sizeof(*out->rounds));
	for (size_t i = 0; i < out->count; i++)
		audit_round_read(&out->rounds[i], r->arena, r->dept, days[i]);
}

const struct audit_round *audits_last(const struct audits *all, const struct school *school)
{
	for (size_t i = all->count; i-- > 0;)
		if (audit_was_visited(&all->rounds[i], school))
			return &all->rounds[i];
	return NULL;
}

const char *audit_round_path(const struct renderer *r, struct date round)
{
	return arena_printf(r->arena, "audit/%s/", date_iso(round).s);
}

const char *audit_school_path(
    const struct renderer *r, struct date round, const struct school *school)
{
	return arena_printf(r->arena, "audit/%s/%s/", date_iso(round).s, school->id);
}

const char *audit_letter_path(
    const struct renderer *r, struct date round, const struct school *school)
{
	return arena_printf(r->arena, "audit/%s/%s/letter/", date_iso(round).s, school->id);
}

enum mark audit_row_mark(const struct audit_row *x)
{
	switch (x->found) {
	case FOUND_YES:
		return MARK_GOOD;
	case FOUND_NO:
		return x->state == AUDIT_ONCE ? MARK_WAIT : MARK_BAD;
	case FOUND_DEFECTIVE:
		return MARK_BAD;
	default:
		return MARK_NONE;
	}
}

const char *audit_row_word(const struct words *w, const struct audit_row *x)
{
	static const char *const keys[] = {[FOUND_NONE] = "found_not_checked",
	    [FOUND_YES] = "found_yes",
	    [FOUND_NO] = "found_no",
	    [FOUND_DEFECTIVE] = "found_defective",
	    [FOUND_NOT_CHECKED] = "found_not_checked",
	    [FOUND_NOT_APPLICABLE] = "found_not_applicable"};
	bool once = x->found == FOUND_NO && x->state == AUDIT_ONCE;
	return words_get(w, once ? "found_no_once" : keys[x->found]);
}

bool audit_is_markup(const struct checklist_item *item)
{
	return item->itemprop && !item->words;
}

bool audit_was_visited(const struct audit_round *round, const struct school *school)
{
	const struct table *t = round->department->checklist;
	for (size_t i = 0; i < t->count; i++)
		if (audit_round_cell(round, school, table_row(t, i))->row)
			return true;
	return false;
}

const char *audit_row_reason(const struct audit_row *x)
{
	return x->reason && *x->reason ? x->reason : NULL;
}

const char *audit_sum_text(struct renderer *r, struct audit_sum s)
{
	return phrase(r->words, r->arena, "audit_sum", "yes",
	    words_int(r->words, r->arena, (long long)s.yes), "all",
	    words_int(r->words, r->arena, (long long)audit_sum_known(s)), "excluded",
	    words_int(r->words, r->arena, (long long)audit_sum_excluded(s)), NULL);
}

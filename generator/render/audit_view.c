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
		if (audit_round_visited(&all->rounds[i], school))
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
		return x->state == AUDIT_CONFIRMED ? MARK_BAD : MARK_WAIT;
	case FOUND_DEFECTIVE:
		return MARK_BAD;
	default:
		return MARK_NONE;
	}
}

static const char *word_of(const struct words *w, const struct audit_row *x, bool brief)
{
	static const char *const keys[][2] = {
	    [FOUND_NONE] = {"found_not_checked", "found_short_not_checked"},
	    [FOUND_YES] = {"found_yes", "found_short_yes"},
	    [FOUND_NO] = {"found_no", "found_short_no"},
	    [FOUND_DEFECTIVE] = {"found_defective", "found_short_defective"},
	    [FOUND_NOT_CHECKED] = {"found_not_checked", "found_short_not_checked"},
	    [FOUND_NOT_APPLICABLE] = {"found_not_applicable", "found_short_not_applicable"}};
	static const char *const once[] = {"found_no_once", "found_short_no_once"};
	bool first = x->found == FOUND_NO && x->state != AUDIT_CONFIRMED;
	return words_get(w, first ? once[brief] : keys[x->found][brief]);
}

const char *audit_row_word(const struct words *w, const struct audit_row *x)
{
	return word_of(w, x, false);
}

const char *audit_row_short(const struct words *w, const struct audit_row *x)
{
	return word_of(w, x, true);
}

const char *audit_item_title(const struct checklist_item *item)
{
	return item->title ? item->title : item->id;
}

bool audit_is_markup(const struct checklist_item *item)
{
	return item->itemprop && !item->words;
}

const char *audit_row_reason(const struct audit_row *x)
{
	return x->reason && *x->reason ? x->reason : NULL;
}

struct date audit_next(const struct department *d)
{
	struct date next = department_meta(d)->next_audit;
	return date_is_set(next) && date_cmp(next, d->today) >= 0 ? next : (struct date){0};
}

/* -- sums ------------------------------------------------------------------------- */

static const char *number(const struct renderer *r, size_t n)
{
	return words_int(r->words, r->arena, (long long)n);
}

const char *audit_sum_text(const struct renderer *r, struct audit_sum s)
{
	return phrase(r->words, r->arena, "audit_sum", "yes", number(r, s.yes), "all",
	    number(r, audit_sum_known(s)), NULL);
}

const char *audit_sum_excluded_text(const struct renderer *r, struct audit_sum s)
{
	if (audit_sum_excluded(s) == 0)
		return NULL;
	return phrase(
	    r->words, r->arena, "audit_excluded", "n", number(r, audit_sum_excluded(s)), NULL);
}

const char *audit_sum_why(const struct renderer *r, struct audit_sum s)
{
	const struct {
		const char *key;
		size_t n;
	} parts[] = {{"audit_not_checked", s.not_checked},
	    {"audit_not_applicable", s.not_applicable}, {"audit_not_asked", s.missing}};
	const char *texts[3];
	size_t count = 0;
	for (size_t i = 0; i < 3; i++)
		if (parts[i].n)
			texts[count++] = phrase(
			    r->words, r->arena, parts[i].key, "n", number(r, parts[i].n), NULL);
	return count ? words_joined(r->arena, texts, count, words_get(r->words, "and")) : NULL;
}

void audit_sum_view(const struct renderer *r, struct view *v, const char *name, struct audit_sum s)
{
	struct view *sum = view_view(v, name);
	view_text(sum, "text", audit_sum_text(r, s));
	view_text(sum, "left", number(r, audit_sum_excluded(s)));
	view_text(sum, "excluded", audit_sum_excluded_text(r, s));
	view_text(sum, "why", audit_sum_why(r, s));
}

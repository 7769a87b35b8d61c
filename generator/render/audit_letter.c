/*
 * The words are those of the theme (letter_…), so that page and text agree.
 */
#include "render/audit_letter.h"

#include "render/audit_view.h"

static void add(struct arena *a, const struct audit_row ***list, size_t *count,
    const struct audit_row *x, size_t room)
{
	if (!*list)
		*list = arena_array(a, room, sizeof(const struct audit_row *));
	(*list)[(*count)++] = x;
}

void audit_letter_read(struct audit_letter *out, struct arena *a, const struct audit_round *round,
    const struct school *school)
{
	const struct table *t = round->department->checklist;
	*out = (struct audit_letter){.school = school, .round = round->date};
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_row *x = audit_round_cell(round, school, item)->row;
		if (!x)
			continue;
		out->yes += x->found == FOUND_YES;
		out->known +=
		    x->found == FOUND_YES || x->found == FOUND_NO || x->found == FOUND_DEFECTIVE;
		if (x->found == FOUND_NO)
			add(a, &out->missing, &out->nmissing, x, t->count);
		if (x->found == FOUND_DEFECTIVE)
			add(a, &out->broken, &out->nbroken, x, t->count);
		if (x->found == FOUND_NOT_CHECKED)
			add(a, &out->unknown, &out->nunknown, x, t->count);
	}
}

bool audit_letter_due(const struct audit_letter *l)
{
	return l->nmissing + l->nbroken > 0;
}

/* -- as Markdown -------------------------------------------------------------- */

static void text(struct buf *out, const char *s)
{
	for (; s && *s; s++) {
		if (strchr("\\`*_[]<>#", *s))
			buf_addc(out, '\\');
		buf_addc(out, *s == '\n' ? ' ' : *s);
	}
}

static void entry(
    struct buf *out, const struct words *w, const struct audit_row *x, size_t number, bool hint)
{
	buf_addf(out, "%zu. **", number);
	text(out, x->item->title ? x->item->title : x->item->id);
	buf_addf(out, "** — %s.", audit_row_word(w, x));
	if (audit_row_reason(x) && x->found != FOUND_NO) {
		buf_addc(out, ' ');
		text(out, x->reason);
		buf_addc(out, '.');
	}
	if (x->url && *x->url && !strpbrk(x->url, "<> \n"))
		buf_addf(out, " <%s>", x->url);
	buf_addc(out, '\n');
	if (hint && x->item->hint) {
		buf_adds(out, "\n   ");
		text(out, x->item->hint);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
}

static void part(struct buf *out, const struct words *w, const char *title,
    const struct audit_row *const *rows, size_t count, bool hint)
{
	if (count == 0)
		return;
	buf_addf(out, "## %s\n\n", words_get(w, title));
	for (size_t i = 0; i < count; i++)
		entry(out, w, rows[i], i + 1, hint);
}

void audit_letter_markdown(
    struct buf *out, struct arena *a, const struct words *w, const struct audit_letter *l)
{
	buf_adds(out, "# ");
	text(out, phrase(w, a, "letter_title", "school", l->school->name, NULL));
	buf_adds(out, "\n\n");
	text(out,
	    phrase(w, a, "letter_lead", "date", words_date(w, a, l->round, true), "yes",
	        words_int(w, a, (long long)l->yes), "all", words_int(w, a, (long long)l->known),
	        NULL));
	buf_adds(out, "\n\n");
	part(out, w, "letter_missing", l->missing, l->nmissing, true);
	part(out, w, "letter_broken", l->broken, l->nbroken, true);
	part(out, w, "letter_unknown", l->unknown, l->nunknown, false);
	text(out, words_get(w, "letter_end"));
	buf_addc(out, '\n');
}

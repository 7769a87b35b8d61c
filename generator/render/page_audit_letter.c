/*
 * The letters of the last round, to be read, printed and sent.
 */
#include "render/audit_letter.h"
#include "render/audit_view.h"
#include "render/body.h"
#include "render/pages.h"

/* Fields: to (name of the school), body, back (page of the evidence). */
static int letter_page(struct renderer *r, const struct audit_letter *l)
{
	const struct words *w = r->words;
	const struct content *own = audit_letter_text(r->dept);
	struct view *v = page_begin(
	    r, audit_letter_path(r, l->round, l->school), "audit", audit_letter_title(w, l));
	page_crumb(r, words_get(w, "audit_title"), "audit/");
	page_crumb(r, words_date(w, r->arena, l->round, true), audit_round_path(r, l->round));
	page_crumb(r, page_school_name(r, l->school), audit_school_path(r, l->round, l->school));
	page_description(r, phrase(w, r->arena, "letter_to", "school", l->school->name, NULL));
	view_text(v, "to", l->school->name);
	view_text(v, "back", page_href(r, audit_school_path(r, l->round, l->school)));
	const struct body_text body = {
	    .file = own ? own->file : "letter",
	    .path = own ? own->path : "letter.md",
	    .text = audit_letter_body(r->arena, w, l),
	    .line = own ? own->body_line : 1,
	    .top = 2,
	};
	body_render(r, v, "body", &body);
	return page_end(r, "audit_letter");
}

int page_audit_letter(struct renderer *r)
{
	size_t count;
	int err = 0;
	struct arena rounds = ARENA_INIT;
	const struct date *days = audit_rounds(&count, &rounds, r->dept);
	struct audit_round round;
	if (count)
		audit_round_read(&round, &rounds, r->dept, days[count - 1]);
	for (size_t i = 0; count && i < r->dept->nschools; i++) {
		struct audit_letter letter;
		audit_letter_read(&letter, &rounds, &round, &r->dept->schools[i]);
		if (audit_letter_due(&letter))
			err |= letter_page(r, &letter);
	}
	arena_clear(&rounds);
	return err;
}

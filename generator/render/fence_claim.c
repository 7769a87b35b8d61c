/*
 * `claim value=… measure=… [year=…] [cohort=…] [school=…]`, and in the block
 * the statement itself. The words become a struct claim with the places of
 * their values; the theme's template claim shows it.
 */
#include "render/fence.h"

#include "base/intl.h"
#include "render/claim_view.h"

#include <string.h>

static const char *const keys[] = {"value", "measure", "year", "cohort", "school", NULL};

static struct diag_place place_of(const struct fence *f, const struct fence_word *w)
{
	struct diag_place at = f->at;
	at.column = w->column;
	return at;
}

static int read_year(const struct fence *f, const struct fence_word *value, struct claim *out)
{
	struct decimal number;
	bool whole = false;
	if (decimal_parse(&number, value->text, false) == 0)
		out->year = decimal_int(number, &whole);
	if (whole)
		return 0;
	return fence_complain(f, "claim-year", value, NULL, _("Write the year like this: 2022."),
	    _("a year has four digits"));
}

static int read_word(const struct fence *f, const struct fence_word *word, struct claim *out,
    struct claim_places *at)
{
	struct fence_word key, value;
	if (!fence_split(word, &key, &value))
		return fence_complain(f, "fence-words", word, NULL,
		    _("Write name=value, for example year=2019; a value with spaces in double quotes."),
		    _("after the word claim come value, measure, year, cohort or school"));
	const char *text = arena_strndup(f->r->kept, value.text.p, value.text.n);
	const struct {
		const char *key, **text;
		struct diag_place *at;
	} words[] = {
	    {"value", &out->value, &at->value},
	    {"measure", &out->measure, &at->measure},
	    {"cohort", &out->cohort, &at->cohort},
	    {"school", &out->school, &at->school},
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_is(key.text, words[i].key))
			continue;
		*words[i].text = text;
		*words[i].at = place_of(f, &value);
		return 0;
	}
	if (str_is(key.text, "year")) {
		at->year = place_of(f, &value);
		return read_year(f, &value, out);
	}
	return fence_complain(f, "fence-words", &key,
	    str_nearest(arena_strndup(f->r->arena, key.text.p, key.text.n), keys),
	    _("Possible: value, measure, year, cohort, school."), _("a claim knows no such word"));
}

/* The statement on one line. */
static const char *statement(const struct fence *f, struct str text)
{
	char *out = arena_strndup(f->r->kept, text.p, text.n);
	for (char *p = out; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	struct str trimmed = str_trim(str_of(out));
	return arena_strndup(f->r->kept, trimmed.p, trimmed.n);
}

static int show(const struct fence *f, const struct stated *s, struct buf *out)
{
	struct renderer *r = f->r;
	const struct template_strict strict = {
	    .page = arena_printf(r->arena, "%s/%s", r->dept->id, r->path),
	    .diag = r->diag,
	    .said = &r->misnamed,
	};
	const struct template *t = theme_template(r->theme, "claim");
	struct view *v = view_new(r->arena);
	r->misnamed.arena = r->kept;
	claim_fields(r, v, s, f->id);
	view_share(v, "t", r->words->view);
	return t ? template_render(t, v, out, r->strict ? &strict : NULL) : -1;
}

int fence_claim(const struct fence *f, const char *file, struct str text, struct buf *out)
{
	struct renderer *r = f->r;
	struct claim *claim = arena_alloc(r->kept, sizeof(*claim));
	struct claim_places at = {.whole = f->at, .value = f->at, .measure = f->at};
	struct claim_meaning unused;
	*claim = (struct claim){.text = statement(f, text), .year = FIELD_NO_INT};
	for (size_t i = 1; i < f->count; i++)
		if (read_word(f, &f->words[i], claim, &at) < 0)
			return -1;
	if (!r->dept)
		return fence_complain(f, "claim-text", NULL, NULL,
		    _("State it on a page of the department."),
		    _("this page belongs to no department and has no tables"));
	if (!*claim->text)
		return fence_complain(f, "claim-text", NULL, NULL,
		    _("Write the statement between the line with claim and the closing ```."),
		    _("the claim has no text"));
	if (claim_read(&unused, r->kept, r->dept, claim, &at, r->diag) < 0)
		return -1;
	const char *path = arena_printf(r->arena, "%s#%s", r->path, f->id);
	return show(f, claim_state(r, claim, file, path, at.value), out);
}

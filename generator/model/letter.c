/*
 * A brace that is not followed by a name and its closing one is a brace.
 */
#include "model/letter.h"

#include "base/intl.h"

const char *const letter_slots[] = {"school", "date", "site", "sum", "mend", "unknown", "until",
    "evidence", "contacts", "sender", NULL};

enum { SLOT_MOST = 32 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Moves *rest behind the next slot of the line. */
static bool next_slot(struct str *rest, struct str *slot)
{
	const char *open;
	while (rest->n && (open = memchr(rest->p, '{', rest->n)) != NULL) {
		size_t left = rest->n - (size_t)(open - rest->p) - 1, n = 0;
		while (n < left && n < SLOT_MOST && is_letter(open[1 + n]))
			n++;
		*slot = (struct str){open + 1, n};
		*rest = (struct str){open + 1 + n, left - n};
		if (n && left > n && open[1 + n] == '}')
			return true;
	}
	return false;
}

static bool is_slot(struct str name)
{
	for (const char *const *s = letter_slots; *s; s++)
		if (str_is(name, *s))
			return true;
	return false;
}

static void unknown_slot(struct checks *c, struct diag_place at, struct str name)
{
	const char *text = arena_strndup(c->a, name.p, name.n);
	diag_add(c->diag, DIAG_ERROR, "letter-slot", at, name,
	    diag_nearest(c->a, str_nearest(text, letter_slots),
	        _("Slots are {school}, {date}, {site}, {sum}, {mend}, {unknown}, {until}, "
	          "{evidence}, {contacts} and {sender}.")),
	    _("there is no such slot in letters"));
}

void checks_letter(struct checks *c)
{
	const struct content *letter = c->d->letter;
	if (!letter)
		return;
	struct str body = letter->body, line, slot;
	bool says = false;
	for (uint32_t at = letter->body_line; str_next(&body, '\n', &line); at++)
		for (struct str rest = line; next_slot(&rest, &slot);) {
			size_t column =
			    utf8_length((struct str){line.p, (size_t)(slot.p - line.p)});
			says |= str_is(slot, "mend");
			if (!is_slot(slot))
				unknown_slot(c, DIAG_AT(letter->file, at, column + 1), slot);
		}
	if (!says)
		diag_add(c->diag, DIAG_ERROR, "letter-slot",
		    DIAG_AT(letter->file, letter->body_line, 1), STR_NONE,
		    _("Write {mend} on a line of its own."),
		    _("the letter does not say what to mend"));
}

/*
 * words - the texts of the pages, in the site's language.
 *
 * The language of a site is not that of the person who builds it, so page
 * texts come from the theme (i18n/<language>.yaml), not from gettext. A text
 * has slots in braces; a text with numbers may have forms:
 *
 *	schools_of: "{n} из {total}"
 *	schools:
 *	  one: "{n} школа"
 *	  few: "{n} школы"
 *	  many: "{n} школ"
 *
 * words_get() and phrase() never give NULL: a key that is missing gives the
 * key itself, which a test of the shipped theme looks for. Read-only after
 * words_read(): any number of threads may use one.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "text/value.h"

enum plural { PLURAL_ONE, PLURAL_FEW, PLURAL_MANY, PLURALS };

struct words {
	struct map texts;         /* key → struct word */
	struct view *view;        /* the plain ones, for templates as t.key */
	struct map bodied;        /* those of the texts that name the body */
	const struct words *rest; /* where keys are that are not here, or NULL */
	bool russian;
	char separator; /* of decimals */
};

/* 0, or -1 after errors. language is "ru" or "en". */
int words_read(struct words *w, struct arena *a, const char *language, const char *file,
    struct str yaml, struct diag *diag);

/*
 * The words as one department says them: {body} in a text is who supplies the
 * data, name in the middle of a sentence and in the nominative; NULL: the
 * theme's own word for it. Lives in the arena, and w must outlive it.
 */
const struct words *words_of_body(const struct words *w, struct arena *a, const char *name);

const char *words_get(const struct words *w, const char *key);
bool words_has(const struct words *w, const char *key);

/*
 * A text with its slots filled: pairs of name and value end with NULL. The
 * result lives in the arena.
 *	phrase(w, a, "schools_of", "n", "6", "total", "10", NULL)
 */
const char *phrase(const struct words *w, struct arena *a, const char *key, ...)
    __attribute__((sentinel));
/* The same with a text that is none of the theme's. */
const char *phrase_text(struct arena *a, struct str text, ...) __attribute__((sentinel));
/* The same, in the form that n asks for; {n} is filled with n. */
const char *phrase_count(const struct words *w, struct arena *a, const char *key, long long n, ...)
    __attribute__((sentinel));
enum plural words_plural(const struct words *w, long long n);

/* Numbers for readers: grouped, with the language's decimal separator. */
const char *words_number(const struct words *w, struct arena *a, struct frac f, int places);
const char *words_decimal(const struct words *w, struct arena *a, struct decimal d);
const char *words_int(const struct words *w, struct arena *a, long long n);
/* "41,67 %" */
const char *words_percent(const struct words *w, struct arena *a, struct frac f, int places);
/* "20 января 2026", "20 января" */
const char *words_date(const struct words *w, struct arena *a, struct date d, bool with_year);
/* "2020-2022" with the dash that belongs between years. */
const char *words_period(struct arena *a, const char *text);
/* A word of a closed list: words_of(w, "status_", "no-data") is the text
 * status_no_data. */
const char *words_of(const struct words *w, const char *prefix, const char *word);
/* "a, b и c"; with semicolons where an item has a comma of its own. */
const char *words_joined(struct arena *a, const char *const *items, size_t count, const char *last);
/* The first letter small, unless an abbreviation begins there: to go on in a sentence. */
const char *words_uncapital(struct arena *a, const char *text);
/* The first letter large. */
const char *words_capital(struct arena *a, const char *text);

#endif

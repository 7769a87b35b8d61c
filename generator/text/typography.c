/*
 * The rules look at the word before a blank and the word after it, and never
 * further than LOOK bytes, so that a text takes time in proportion to its
 * length. Words of the tables are compared in small letters.
 */
#include "text/typography.h"

#include "text/html.h"

#include <string.h>

enum { LOOK = 32 };

/* Prepositions, conjunctions, particles and abbreviations that lean on the next
 * word, whatever it is. */
static const char *const leaning[] = {"а", "без", "в", "во", "до", "для", "за", "и", "из", "к",
    "ко", "на", "над", "не", "ни", "но", "о", "об", "от", "по", "под", "при", "с", "см.", "со",
    "т.", "у", NULL};
/* Particles that lean on the word before. */
static const char *const particles[] = {"б", "бы", "ж", "же", "ли", NULL};
/* Abbreviations of what follows: a name or a number; a number only. */
static const char *const titles[] = {
    "г.", "им.", "обл.", "п.", "пос.", "рис.", "с.", "стр.", "табл.", "ул.", NULL};
static const char *const numbered[] = {"гл.", "д.", "ст.", "ч.", "пп.", "абз.", NULL};
/* What a number counts. */
static const char *const units[] = {"г.", "гг.", "год", "года", "году", "годы", "годов", "лет",
    "руб.", "тыс.", "млн", "млрд", "чел.", "кг", "км", "м", "ч", "мин", "января", "февраля",
    "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    NULL};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The word, in small letters and ended with zero; empty when it is longer. */
static void fold(char out[LOOK], struct str word)
{
	size_t n = 0;
	for (size_t i = 0, len; i < word.n; i += len) {
		char code[4];
		size_t wide =
		    utf8_encode(utf8_lower(utf8_decode(word.p + i, word.n - i, &len)), code);
		if (n + wide >= LOOK) {
			n = 0;
			break;
		}
		memcpy(out + n, code, wide);
		n += wide;
	}
	out[n] = '\0';
}

static bool is_among(struct str word, const char *const *words)
{
	char folded[LOOK];
	fold(folded, word);
	for (; *folded && *words; words++)
		if (strcmp(folded, *words) == 0)
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* The last word of a text, without the quotes and brackets that open it. */
static struct str last_word(struct str s)
{
	static const char *const openers[] = {"(", "[", "\"", "«", "„", TYPOGRAPHY_SPACE, NULL};
	size_t from = s.n;
	while (from > 0 && s.n - from < LOOK && !is_blank(s.p[from - 1]))
		from--;
	struct str word = {s.p + from, s.n - from};
	for (const char *const *o = openers; *o;) {
		if (str_starts(word, *o)) {
			word.p += strlen(*o);
			word.n -= strlen(*o);
			o = openers;
		} else {
			o++;
		}
	}
	return word;
}

/* The first word of a text; with full stops when dots says so. */
static struct str first_word(struct str s, bool dots)
{
	size_t n = 0, len;
	while (n < s.n && n < LOOK) {
		int32_t c = utf8_decode(s.p + n, s.n - n, &len);
		if (!utf8_is_word(c) && !(dots && c == '.'))
			break;
		n += len;
	}
	return (struct str){s.p, n};
}

static bool is_capital(int32_t c)
{
	return utf8_is_word(c) && utf8_lower(c) != c;
}

/* "А.", "А.С." */
static bool is_initials(struct str word)
{
	size_t i = 0, len;
	while (i < word.n) {
		if (!is_capital(utf8_decode(word.p + i, word.n - i, &len)))
			return false;
		i += len;
		if (i >= word.n || word.p[i] != '.')
			return false;
		i++;
	}
	return word.n > 0;
}

/* The blank follows a number: whether what it counts comes next. */
static bool counts(struct str number, struct str after)
{
	struct str next = first_word(after, false);
	bool group =
	    next.n == 3 && is_digit(next.p[0]) && is_digit(next.p[1]) && is_digit(next.p[2]);
	bool grouped = group && number.n <= 3;
	return str_starts(after, "%") || str_starts(after, "‰") || grouped ||
	    is_among(next, units) || is_among(first_word(after, true), units);
}

bool typography_binds_signs(struct str before, struct str after)
{
	return str_ends(before, "№") || str_ends(before, "§") || str_starts(after, "№") ||
	    str_starts(after, "— ") || str_is(after, "—");
}

/* "в 2020 г. Школа": the abbreviation belongs to the number before it. */
static bool is_counted(struct str before, struct str word)
{
	struct str rest = str_trim((struct str){before.p, (size_t)(word.p - before.p)});
	return rest.n && is_digit(rest.p[rest.n - 1]);
}

bool typography_binds(struct str before, struct str after)
{
	if (typography_binds_signs(before, after))
		return true;
	if (str_starts(after, " ")) /* the author's own distance */
		return false;
	size_t len;
	struct str word = last_word(before);
	int32_t next = after.n ? utf8_decode(after.p, after.n, &len) : 0;
	bool number = next >= '0' && next <= '9';
	if (word.n && is_digit(word.p[word.n - 1]) && counts(word, after))
		return true;
	if (is_among(word, leaning) || is_among(first_word(after, false), particles))
		return true;
	if (is_among(word, numbered) && number)
		return true;
	if (is_among(word, titles) && (number || is_capital(next)))
		return !is_counted(before, word);
	return is_initials(word) ? is_capital(next) : is_initials(first_word(after, true));
}

/* -- whole texts ------------------------------------------------------------------- */

void typography_html(struct buf *out, struct str text)
{
	size_t written = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != ' ' ||
		    !typography_binds(
		        (struct str){text.p, i}, (struct str){text.p + i + 1, text.n - i - 1}))
			continue;
		html_text(out, (struct str){text.p + written, i - written});
		buf_adds(out, TYPOGRAPHY_SPACE);
		written = i + 1;
	}
	html_text(out, (struct str){text.p + written, text.n - written});
}

const char *typography_signs(struct arena *a, struct str text)
{
	enum { WIDER = sizeof(TYPOGRAPHY_SPACE) - 2 }; /* than a space */
	size_t spaces = 0;
	for (size_t i = 0; i < text.n; i++)
		spaces += text.p[i] == ' ';
	char *out = arena_alloc(a, text.n + spaces * WIDER + 1), *to = out;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ' ' &&
		    typography_binds_signs(
		        (struct str){text.p, i}, (struct str){text.p + i + 1, text.n - i - 1}))
			to = mempcpy(to, TYPOGRAPHY_SPACE, sizeof(TYPOGRAPHY_SPACE) - 1);
		else
			*to++ = text.p[i];
	}
	return out;
}

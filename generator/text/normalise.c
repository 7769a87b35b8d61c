/*
 * A name is cut into words of letters and numbers of digits; all else only
 * parts them. The legal form is then taken off the front, kinds of schools are
 * shortened, and what is left is joined by single blanks.
 */
#include "text/normalise.h"

#include "text/fold.h"

#include <string.h>

enum { IO = 0x451, IE = 0x435 }; /* ё and е */

static int32_t fold(int32_t code)
{
	code = utf8_lower(code);
	return code == IO ? IE : code;
}

static void put(char *out, size_t *n, int32_t code)
{
	*n += utf8_encode(code, out + *n);
}

/* -- words ------------------------------------------------------------------ */

struct words {
	struct str *word;
	size_t count, cap;
};

static bool is_digit(int32_t code)
{
	return code >= '0' && code <= '9';
}

static bool is_cyrillic(int32_t code)
{
	return code >= 0x400 && code <= 0x52F;
}

/* Add the folded word that lies in [from, to) of the text. */
static void add_word(struct arena *a, struct words *w, struct str text, size_t from, size_t to)
{
	bool cyrillic = false;
	size_t n = 0, len;
	char *word = arena_alloc(a, 2 * (to - from) + 1);

	for (size_t i = from; i < to; i += len)
		cyrillic |= is_cyrillic(utf8_decode(text.p + i, to - i, &len));
	for (size_t i = from; i < to; i += len) {
		int32_t code = fold(utf8_decode(text.p + i, to - i, &len));
		put(word, &n, cyrillic ? fold_twin(code) : code);
	}
	while (n > 1 && word[0] == '0' && is_digit(word[1])) {
		word++;
		n--;
	}
	w->word = arena_grow(a, w->word, w->count, &w->cap, sizeof(*w->word));
	w->word[w->count++] = (struct str){word, n};
}

static struct words split(struct arena *a, struct str text)
{
	struct words w = {0};
	enum { NONE, LETTERS, DIGITS } now = NONE, next;
	size_t from = 0, len;
	for (size_t i = 0; i < text.n; i += len) {
		int32_t code = utf8_decode(text.p + i, text.n - i, &len);
		next = is_digit(code) ? DIGITS : utf8_is_word(code) ? LETTERS : NONE;
		if (next == now)
			continue;
		if (now != NONE)
			add_word(a, &w, text, from, i);
		from = i;
		now = next;
	}
	if (now != NONE)
		add_word(a, &w, text, from, text.n);
	return w;
}

static void remove_words(struct words *w, size_t at, size_t count)
{
	memmove(w->word + at, w->word + at + count, (w->count - at - count) * sizeof(*w->word));
	w->count -= count;
}

static bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

/* -- the legal form ----------------------------------------------------------- */

/* The longer come first: what is written together ("мбоусош") is cut. */
static const char *const abbreviations[] = {"фгбоу", "фгкоу", "фгаоу", "огбоу", "огкоу", "огаоу",
    "огобу", "кгбоу", "кгкоу", "кгаоу", "кгобу", "гобоу", "гокоу", "обоу", "мбоши", "мкоши",
    "маоши", "гбоши", "гкоши", "мбноу", "маноу", "мбвсоу", "мквсоу", "нчоу", "ночу", "аноо", "чуоо",
    "оано", "мбоу", "мкоу", "маоу", "мобу", "моку", "моау", "мбош", "мкош", "маош", "гбоу", "гкоу",
    "гаоу", "гобу", "гоку", "гоау", "муоу", "моош", "боу", "коу", "аоу", "моу", "гоу", "ноу", "чоу",
    "чоо", "ано", "мбу", "мку", "мау", "гбу", "гку", "гау", "чу", "оу", NULL};

static const char *const kinds[] = {"нош", "оош", "сош", "ош", "нш", "сш", NULL};

/* Beginnings of the words before "учреждение" and "организация". */
static const char *const adjectives[] = {"муниципальн", "государственн", "негосударственн",
    "федеральн", "областн", "окружн", "краев", "республиканск", "городск", "районн", "частн",
    "автономн", "бюджетн", "казенн", "некоммерческ", "общеобразовательн", "образовательн",
    "нетипов", "специальн", "коррекционн", NULL};
static const char *const nouns[] = {"учреждени", "организаци", NULL};

/* Does the word begin so and then have an ending of up to three letters? */
static bool has_stem(struct str word, const char *const *stems)
{
	enum { ENDING = 6 }; /* bytes */
	for (; *stems; stems++)
		if (str_starts(word, *stems) && word.n <= strlen(*stems) + ENDING)
			return true;
	return false;
}

/* How many words at the beginning are a legal form in full. */
static size_t full_form(const struct words *w)
{
	size_t n = 0;
	while (n < w->count && has_stem(w->word[n], adjectives))
		n++;
	return n > 0 && n < w->count && has_stem(w->word[n], nouns) ? n + 1 : 0;
}

/* "мбоусош": the abbreviation goes, the kind of school stays. */
static void cut_joined(struct words *w)
{
	struct str *first = &w->word[0];
	for (const char *const *s = abbreviations; *s; s++) {
		if (!str_starts(*first, *s))
			continue;
		size_t n = strlen(*s);
		struct str rest = {first->p + n, first->n - n};
		if (is_one_of(rest, kinds)) {
			*first = rest;
			return;
		}
	}
}

static void remove_legal_form(struct words *w)
{
	while (w->count > 1) {
		size_t n = is_one_of(w->word[0], abbreviations) ? 1 : full_form(w);
		if (n == 0 || n == w->count)
			break;
		remove_words(w, 0, n);
	}
	if (w->count > 0)
		cut_joined(w);
}

/* -- kinds of schools, numbers -------------------------------------------------- */

struct phrase {
	const char *words[4];
	const char *means;
};

static const struct phrase phrases[] = {
    {{"средняя", "общеобразовательная", "школа"}, "сош"},
    {{"основная", "общеобразовательная", "школа"}, "оош"},
    {{"начальная", "общеобразовательная", "школа"}, "нош"},
    {{"средняя", "школа"}, "сш"},
    {{"основная", "школа"}, "ош"},
    {{"начальная", "школа"}, "нш"},
    {{"детский", "сад"}, "дс"},
    {{"им"}, "имени"},
};

static size_t phrase_length(const struct words *w, size_t at, const struct phrase *p)
{
	size_t n = 0;
	while (p->words[n]) {
		if (at + n >= w->count || !str_is(w->word[at + n], p->words[n]))
			return 0;
		n++;
	}
	return n;
}

static void shorten_phrases(struct words *w)
{
	for (size_t at = 0; at < w->count; at++)
		for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++) {
			size_t n = phrase_length(w, at, &phrases[i]);
			if (n == 0)
				continue;
			w->word[at] = str_of(phrases[i].means);
			remove_words(w, at + 1, n - 1);
			break;
		}
}

/* "N 1", "No 1" and "номер 1" are "№ 1", whose sign is no word. */
static void remove_number_signs(struct words *w)
{
	static const char *const signs[] = {"n", "no", "nо", "номер", NULL};
	for (size_t i = 0; i + 1 < w->count; i++)
		if (is_digit(w->word[i + 1].p[0]) && is_one_of(w->word[i], signs))
			remove_words(w, i, 1);
}

static struct str join(struct arena *a, const struct words *w)
{
	size_t bytes = 0, n = 0;
	for (size_t i = 0; i < w->count; i++)
		bytes += w->word[i].n + 1;
	char *out = arena_alloc(a, bytes + 1);
	for (size_t i = 0; i < w->count; i++) {
		if (i > 0)
			out[n++] = ' ';
		memcpy(out + n, w->word[i].p, w->word[i].n);
		n += w->word[i].n;
	}
	return (struct str){out, n};
}

struct str normalise_name(struct arena *a, struct str name)
{
	struct words w = split(a, name);
	remove_legal_form(&w);
	shorten_phrases(&w);
	remove_number_signs(&w);
	return join(a, &w);
}

/* -- titles and addresses --------------------------------------------------------- */

struct str normalise_title(struct arena *a, struct str title)
{
	size_t n = 0, len;
	char *out;
	bool space = false;

	title = str_trim(title);
	out = arena_alloc(a, 3 * title.n + 1);
	for (size_t i = 0; i < title.n; i += len) {
		int32_t code = utf8_decode(title.p + i, title.n - i, &len);
		bool is_space = utf8_is_space(code);
		if (is_space && !space)
			out[n++] = ' ';
		else if (!is_space)
			put(out, &n, code < 0 ? 0xFFFD : fold(code));
		space = is_space;
	}
	return (struct str){out, n};
}

/* Small Cyrillic letters in Latin ones, from а (0x430) on. */
static const char *const latin[] = {"a", "b", "v", "g", "d", "e", "zh", "z", "i", "j", "k", "l",
    "m", "n", "o", "p", "r", "s", "t", "u", "f", "x", "c", "ch", "sh", "shh", "", "y", "", "e",
    "yu", "ya",
    /* ѐ ё ђ ѓ є ѕ і ї ј љ њ ћ ќ ѝ ў џ */
    "e", "yo", "dj", "g", "ye", "z", "i", "yi", "j", "l", "n", "c", "k", "i", "u", "dz"};

/* Letters of other languages of Russia. */
static const struct {
	int32_t code;
	char latin[4];
} others[] = {{0x491, "g"}, {0x493, "g"}, {0x495, "g"}, {0x497, "zh"}, {0x499, "z"}, {0x49B, "k"},
    {0x49F, "k"}, {0x4A1, "k"}, {0x4A3, "n"}, {0x4A5, "n"}, {0x4AB, "s"}, {0x4AF, "u"},
    {0x4B1, "u"}, {0x4B3, "h"}, {0x4B7, "ch"}, {0x4BB, "h"}, {0x4D1, "a"}, {0x4D3, "a"},
    {0x4D7, "e"}, {0x4D9, "e"}, {0x4DD, "zh"}, {0x4DF, "z"}, {0x4E3, "i"}, {0x4E5, "i"},
    {0x4E7, "o"}, {0x4E9, "o"}, {0x4EF, "u"}, {0x4F1, "u"}, {0x4F3, "u"}, {0x4F5, "ch"},
    {0x4F9, "y"}};

/* The Latin form of a small letter; NULL for what is no letter. */
static const char *transliterate(int32_t code, char ascii[2])
{
	if (code < 0x80) {
		ascii[0] = (char)code;
		ascii[1] = '\0';
		return (code >= 'a' && code <= 'z') || is_digit(code) ? ascii : NULL;
	}
	if (code >= 0x430 && code < 0x430 + (int32_t)(sizeof(latin) / sizeof(*latin)))
		return latin[code - 0x430];
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i].code == code)
			return others[i].latin;
	return NULL;
}

struct str normalise_slug(struct arena *a, struct str text)
{
	char *out = arena_alloc(a, 3 * text.n + 1);
	size_t n = 0, len;
	bool gap = false;

	for (size_t i = 0; i < text.n; i += len) {
		char ascii[2];
		int32_t code = utf8_lower(utf8_decode(text.p + i, text.n - i, &len));
		const char *letters = code < 0 ? NULL : transliterate(code, ascii);
		if (!letters) {
			gap = true;
			continue;
		}
		if (gap && n > 0)
			out[n++] = '-';
		gap = false;
		memcpy(out + n, letters, strlen(letters));
		n += strlen(letters);
	}
	return (struct str){out, n};
}

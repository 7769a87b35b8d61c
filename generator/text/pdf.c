/*
 * A cursor walks the bytes; every step of it looks first whether there is
 * something. An object is found by its offset in the table and must say its
 * own number there. A dictionary is searched for a key at its own level only,
 * so that what stands in strings or in inner dictionaries is not taken for it.
 */
#include "text/pdf.h"

#include <string.h>

enum { TAIL = 1024, UPDATES = 64, NESTING = 32, PAGES = 1000000, DICTIONARY = 64 * 1024 };

struct cursor {
	const char *p, *end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
	return c && strchr("()<>[]{}/%", c);
}

/* Blanks and comments. */
static void skip_blanks(struct cursor *c)
{
	while (c->p < c->end && (is_blank(*c->p) || *c->p == '%')) {
		if (*c->p == '%')
			while (c->p < c->end && *c->p != '\n' && *c->p != '\r')
				c->p++;
		else
			c->p++;
	}
}

/* The word as it stands there, ended by a blank or a delimiter. */
static bool take_word(struct cursor *c, const char *word)
{
	struct cursor at = *c;
	skip_blanks(&at);
	size_t n = strlen(word);
	if ((size_t)(at.end - at.p) < n || memcmp(at.p, word, n) != 0)
		return false;
	at.p += n;
	if (at.p < at.end && !is_blank(*at.p) && !is_delimiter(*at.p))
		return false;
	*c = at;
	return true;
}

static bool take_mark(struct cursor *c, const char *mark)
{
	skip_blanks(c);
	size_t n = strlen(mark);
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, mark, n) != 0)
		return false;
	c->p += n;
	return true;
}

static bool take_number(struct cursor *c, uint64_t *number)
{
	enum { DIGITS = 15 };
	struct cursor at = *c;
	skip_blanks(&at);
	const char *first = at.p;
	for (*number = 0; at.p < at.end && *at.p >= '0' && *at.p <= '9'; at.p++) {
		if (at.p - first == DIGITS)
			return false;
		*number = *number * 10 + (uint64_t)(*at.p - '0');
	}
	if (at.p == first)
		return false;
	*c = at;
	return true;
}

/* -- values to be passed over ------------------------------------------------ */

static bool skip_string(struct cursor *c)
{
	int open = 0;
	for (; c->p < c->end; c->p++) {
		if (*c->p == '\\' && c->p + 1 < c->end)
			c->p++;
		else if (*c->p == '(')
			open++;
		else if (*c->p == ')' && --open == 0) {
			c->p++;
			return true;
		}
	}
	return false;
}

/* One token at most; what brackets it opens or closes is added to depth. */
static bool skip_token(struct cursor *c, int *depth)
{
	skip_blanks(c);
	if (c->p == c->end)
		return false;
	if (*c->p == '(')
		return skip_string(c);
	if (take_mark(c, "<<") || take_mark(c, "["))
		return ++*depth <= NESTING;
	if (take_mark(c, ">>") || take_mark(c, "]"))
		return --*depth >= 0;
	if (*c->p == '<') {
		c->p = memchr(c->p, '>', (size_t)(c->end - c->p));
		return c->p && c->p++;
	}
	do
		c->p++;
	while (c->p < c->end && !is_blank(*c->p) && !is_delimiter(*c->p));
	return true;
}

static bool skip_value(struct cursor *c)
{
	int depth = 0;
	do
		if (!skip_token(c, &depth))
			return false;
	while (depth > 0);
	return true;
}

/* The place after a key of the dictionary that begins at c. */
static bool find_key(struct cursor c, const char *key, struct cursor *value)
{
	const char *end = c.end;
	if (c.end - c.p > DICTIONARY)
		c.end = c.p + DICTIONARY;
	if (!take_mark(&c, "<<"))
		return false;
	while (!take_mark(&c, ">>")) {
		if (take_word(&c, key)) {
			*value = (struct cursor){c.p, end};
			return true;
		}
		if (!skip_value(&c))
			return false;
	}
	return false;
}

/* -- objects ------------------------------------------------------------------ */

struct pdf {
	struct str bytes;
	uint64_t table; /* offset of the last cross-reference table */
};

static bool cursor_at(const struct pdf *pdf, uint64_t offset, struct cursor *c)
{
	if (offset >= pdf->bytes.n)
		return false;
	*c = (struct cursor){pdf->bytes.p + offset, pdf->bytes.p + pdf->bytes.n};
	return true;
}

/* The entry of an object in the table that begins at c, which moves on to the
 * trailer; -1 when the table is none, 0 when it has no such entry. */
static int find_entry(struct cursor *c, uint64_t object, uint64_t *offset)
{
	enum { ENTRY = 20 }; /* bytes, always */
	uint64_t first, count, generation;
	int found = 0;
	if (!take_word(c, "xref"))
		return -1;
	while (!take_word(c, "trailer")) {
		if (!take_number(c, &first) || !take_number(c, &count))
			return -1;
		skip_blanks(c);
		if (count > (uint64_t)(c->end - c->p) / ENTRY)
			return -1;
		if (object >= first && object - first < count) {
			struct cursor e = {c->p + (object - first) * ENTRY, c->end};
			if (!take_number(&e, offset) || !take_number(&e, &generation) ||
			    !take_word(&e, "n"))
				return -1;
			found = 1;
		}
		c->p += count * ENTRY;
	}
	return found;
}

static bool is_among(uint64_t at, const uint64_t *seen, int count)
{
	for (int i = 0; i < count; i++)
		if (seen[i] == at)
			return true;
	return false;
}

/* Where the dictionary of an object begins, by the newest table that has it.
 * No table is looked at twice. */
static bool find_object(const struct pdf *pdf, uint64_t object, struct cursor *dictionary)
{
	uint64_t at = pdf->table, offset = 0, number, generation, seen[UPDATES] = {0};
	for (int i = 0; i < UPDATES && !is_among(at, seen, i); i++) {
		struct cursor c, before;
		seen[i] = at;
		int found = cursor_at(pdf, at, &c) ? find_entry(&c, object, &offset) : -1;
		if (found < 0)
			return false;
		if (found)
			return cursor_at(pdf, offset, dictionary) &&
			    take_number(dictionary, &number) && number == object &&
			    take_number(dictionary, &generation) && take_word(dictionary, "obj");
		if (!find_key(c, "/Prev", &before) || !take_number(&before, &at))
			return false;
	}
	return false;
}

/* The object that a key of the dictionary refers to. */
static bool follow(const struct pdf *pdf, struct cursor from, const char *key, struct cursor *to)
{
	struct cursor value;
	uint64_t object, generation;
	return find_key(from, key, &value) && take_number(&value, &object) &&
	    take_number(&value, &generation) && take_word(&value, "R") &&
	    find_object(pdf, object, to);
}

/* The offset that the last startxref of the file names. */
static bool find_table(struct pdf *pdf)
{
	static const char word[] = "startxref";
	size_t n = pdf->bytes.n, from = n > TAIL ? n - TAIL : 0;
	for (size_t i = n; i-- > from;) {
		struct cursor c = {pdf->bytes.p + i, pdf->bytes.p + n};
		if (*c.p == 's' && take_word(&c, word))
			return take_number(&c, &pdf->table);
	}
	return false;
}

static bool find_trailer(const struct pdf *pdf, struct cursor *trailer)
{
	uint64_t unused;
	return cursor_at(pdf, pdf->table, trailer) && find_entry(trailer, UINT64_MAX, &unused) == 0;
}

unsigned pdf_pages(struct str bytes)
{
	struct pdf pdf = {.bytes = bytes};
	struct cursor trailer, catalogue, pages, count;
	uint64_t number;
	if (!str_starts(bytes, "%PDF-") || !find_table(&pdf) || !find_trailer(&pdf, &trailer))
		return 0;
	if (!follow(&pdf, trailer, "/Root", &catalogue) ||
	    !follow(&pdf, catalogue, "/Pages", &pages) || !find_key(pages, "/Count", &count) ||
	    !take_number(&count, &number) || number > PAGES)
		return 0;
	return (unsigned)number;
}

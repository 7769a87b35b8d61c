/*
 * A pattern is cut into pieces: text that stands for itself, and names in
 * braces. Both questions, what it means and where something of that stands,
 * walk over the same pieces.
 */
#include "model/audit_words.h"

#include "base/buf.h"
#include "text/ascii.h"

struct piece {
	struct str text;               /* as written */
	const struct audit_word *word; /* or NULL: text stands for itself */
	bool unknown;                  /* a name, but of no word */
};

/* "{name" at the beginning of s: the length with both braces, or 0. */
static size_t name_length(struct str s)
{
	size_t len;
	if (s.n < 3 || s.p[0] != '{')
		return 0;
	int32_t first = utf8_decode(s.p + 1, s.n - 1, &len);
	if (!utf8_is_word(first) || (first >= '0' && first <= '9'))
		return 0;
	const char *end = memchr(s.p, '}', s.n);
	return end ? (size_t)(end - s.p) + 1 : 0;
}

/* "\p" stands before: the braces are PCRE2's. */
static bool after_escape(struct str pattern, size_t at)
{
	return at >= 2 && pattern.p[at - 2] == '\\' && (at < 3 || pattern.p[at - 3] != '\\') &&
	    ascii_is_letter(pattern.p[at - 1]);
}

static const struct audit_word *find(const struct table *words, struct str name)
{
	for (size_t i = 0; words && i < words->count; i++) {
		const struct audit_word *w = table_row(words, i);
		if (str_is(name, w->id))
			return w;
	}
	return NULL;
}

/* The next piece of what is left; false at the end. */
static bool next(struct piece *out, const struct table *words, struct str pattern, size_t *at)
{
	size_t from = *at, n = 0;
	if (from >= pattern.n)
		return false;
	for (; *at < pattern.n; ++*at) {
		n = name_length((struct str){pattern.p + *at, pattern.n - *at});
		if (n && !after_escape(pattern, *at))
			break;
		n = 0;
	}
	*out = (struct piece){.text = {pattern.p + from, *at - from}};
	if (*at > from || n == 0)
		return true;
	*at += n;
	out->text.n = n;
	out->word = find(words, (struct str){pattern.p + from + 1, n - 2});
	out->unknown = out->word == NULL;
	return true;
}

const char *audit_words_expand(
    struct arena *a, const struct table *words, const char *pattern, struct str *unknown)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct piece piece;
	size_t at = 0;
	*unknown = STR("");
	if (!pattern)
		return NULL;
	while (next(&piece, words, str_of(pattern), &at)) {
		if (piece.unknown && !unknown->n)
			*unknown = (struct str){piece.text.p + 1, piece.text.n - 2};
		if (piece.word)
			buf_addf(&b, "(?:%s)", piece.word->pattern);
		else
			buf_add(&b, piece.text.p, piece.text.n);
	}
	return buf_keep(a, &b).p;
}

size_t audit_words_offset(const struct table *words, const char *pattern, size_t offset)
{
	struct piece piece;
	size_t at = 0, written = 0;
	while (next(&piece, words, str_of(pattern), &at)) {
		size_t length = utf8_length(piece.text);
		size_t meant = piece.word ? utf8_length(str_of(piece.word->pattern)) + 4 : length;
		if (offset < meant)
			return written + (piece.word ? 0 : offset);
		offset -= meant;
		written += length;
	}
	return written;
}

const char *audit_words_nearest(struct arena *a, const struct table *words, struct str unknown)
{
	size_t count = words ? words->count : 0;
	const char **names = arena_array(a, count + 1, sizeof(*names));
	for (size_t i = 0; i < count; i++)
		names[i] = ((const struct audit_word *)table_row(words, i))->id;
	return str_nearest(arena_strndup(a, unknown.p, unknown.n), names);
}

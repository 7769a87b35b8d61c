/*
 * libstemmer's Russian algorithm (Snowball). It only takes endings away, so
 * of its answer the length is all that counts; should an answer ever not be
 * the beginning of the word, the word stays whole, and the search still
 * finds it.
 */
#include "text/stem.h"

#include "base/buf.h"

#include <libstemmer.h>

enum { BREVE = 0x306, DIAERESIS = 0x308, SMALL_I = 0x438, SHORT_I = 0x439, YO = 0x451, YE = 0x435 };

struct stemmer *stemmer_new(void)
{
	struct sb_stemmer *s = sb_stemmer_new("russian", "UTF_8");
	if (!s)
		die_no_memory();
	return (struct stemmer *)s;
}

void stemmer_free(struct stemmer *s)
{
	sb_stemmer_delete((struct sb_stemmer *)s);
}

/* One character, or with the accent that follows it: й and ё may come as two. */
static int32_t next_folded(struct str *rest)
{
	size_t len, accent;
	int32_t c = utf8_lower(utf8_decode(rest->p, rest->n, &len));
	rest->p += len;
	rest->n -= len;
	int32_t mark = rest->n ? utf8_decode(rest->p, rest->n, &accent) : 0;
	if ((c == SMALL_I && mark == BREVE) || (c == YE && mark == DIAERESIS)) {
		rest->p += accent;
		rest->n -= accent;
		return c == SMALL_I ? SHORT_I : YE;
	}
	return c == YO ? YE : c;
}

/* The bytes of the next word, folded; 0 at the end. */
static size_t next_word(struct str *rest, char letters[STEM_MOST * 4])
{
	size_t n = 0, count = 0;
	bool ended = false;
	while (rest->n && !ended) {
		int32_t c = next_folded(rest);
		if (!utf8_is_word(c))
			ended = n > 0;
		else if (count++ < STEM_MOST)
			n += utf8_encode(c, letters + n);
	}
	return n;
}

bool stem_next(struct str *rest, struct arena *a, struct str *word)
{
	char letters[STEM_MOST * 4];
	size_t n = next_word(rest, letters);
	if (n)
		*word = (struct str){arena_strndup(a, letters, n), n};
	return n > 0;
}

struct str stem_fold(struct arena *a, struct str text)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	char letters[STEM_MOST * 4];
	for (size_t n; (n = next_word(&text, letters)) > 0;) {
		if (out.len)
			buf_addc(&out, ' ');
		buf_add(&out, letters, n);
	}
	return buf_keep(a, &out);
}

struct str stem_word(struct stemmer *s, struct str word)
{
	struct sb_stemmer *russian = (struct sb_stemmer *)s;
	const sb_symbol *stem = sb_stemmer_stem(russian, (const sb_symbol *)word.p, (int)word.n);
	if (!stem)
		die_no_memory();
	struct str answer = {word.p, (size_t)sb_stemmer_length(russian)};
	if (answer.n > word.n || memcmp(stem, word.p, answer.n) != 0)
		return word;
	size_t letters = utf8_length(answer), ending = utf8_length(word) - letters;
	return letters < STEM_LEAST || ending > STEM_ENDING(letters) ? word : answer;
}

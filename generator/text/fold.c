/*
 * Word by word: a word is read twice, once to see whether it has Cyrillic
 * letters, once to write it. What stands between words is written as it comes.
 */
#include "text/fold.h"

#include "base/buf.h"

enum {
	IO = 0x451,
	IE = 0x435,
	SMALL_I = 0x438,
	SHORT_I = 0x439,
	BREVE = 0x306,
	DIAERESIS = 0x308,
	SOFT_HYPHEN = 0xAD,
	MINUS = 0x2212,
	REPLACEMENT = 0xFFFD,
};

int32_t fold_twin(int32_t code)
{
	static const char latin[] = "abcehkmoptxy";
	static const int32_t cyrillic[] = {
	    0x430, 0x432, 0x441, 0x435, 0x43D, 0x43A, 0x43C, 0x43E, 0x440, 0x442, 0x445, 0x443};
	const char *at = code > 0 && code < 0x80 ? strchr(latin, (int)code) : NULL;
	return at ? cyrillic[at - latin] : code;
}

static bool is_cyrillic(int32_t code)
{
	return code >= 0x400 && code <= 0x52F;
}

static bool is_accent(int32_t code)
{
	return code >= 0x300 && code <= 0x36F;
}

/* Soft hyphen, zero width space and joiners, word joiner, direction marks,
 * byte-order mark: not seen on a page. */
static bool is_invisible(int32_t code)
{
	return code == SOFT_HYPHEN || (code >= 0x200B && code <= 0x200F) ||
	    (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2064) ||
	    code == 0xFEFF || (code >= 0xFE00 && code <= 0xFE0F);
}

static bool is_dash(int32_t code)
{
	return (code >= 0x2010 && code <= 0x2015) || code == MINUS;
}

static bool is_quote(int32_t code)
{
	return code == 0xAB || code == 0xBB || code == 0x2039 || code == 0x203A ||
	    (code >= 0x2018 && code <= 0x201F);
}

static int32_t next(struct str text, size_t *at)
{
	size_t len;
	int32_t code = utf8_decode(text.p + *at, text.n - *at, &len);
	*at += len;
	return code < 0 ? REPLACEMENT : code;
}

/* Part of a word: what its letters are, and what does not part them. */
static bool in_word(int32_t code)
{
	return utf8_is_word(code) ||
	    (code >= SOFT_HYPHEN && (is_accent(code) || is_invisible(code)));
}

static size_t word_end(struct str text, size_t from, bool *cyrillic)
{
	size_t at = from, end = from;
	*cyrillic = false;
	while (at < text.n) {
		int32_t code = next(text, &at);
		if (!in_word(code))
			break;
		*cyrillic |= is_cyrillic(code);
		end = at;
	}
	return end;
}

static void put(struct buf *out, int32_t code)
{
	if (buf_room(out, 4) < 0)
		return;
	out->len += utf8_encode(code, out->data + out->len);
	out->data[out->len] = '\0';
}

/* й and ё may come as two characters; other accents are stresses. */
static int32_t with_accent(int32_t letter, struct str text, size_t *at)
{
	size_t after = *at;
	/* All of them begin with one of two bytes. */
	bool may_be = after < text.n && ((unsigned char)text.p[after] | 1) == 0xCD;
	if (!may_be || !is_accent(next(text, &after)))
		return letter;
	size_t accent = *at;
	int32_t mark = next(text, &accent);
	*at = after;
	return letter == SMALL_I && mark == BREVE ? SHORT_I : letter;
}

static void put_word(struct buf *out, struct str text, size_t from, size_t to, bool cyrillic)
{
	struct str word = {text.p, to};
	for (size_t at = from; at < to;) {
		int32_t code = utf8_lower(next(word, &at));
		if (code >= SOFT_HYPHEN && (is_invisible(code) || is_accent(code)))
			continue;
		if (cyrillic && code < 0x80)
			code = fold_twin(code);
		code = with_accent(code, word, &at);
		put(out, code == IO ? IE : code);
	}
}

static void put_other(struct buf *out, int32_t code)
{
	if (utf8_is_space(code) || code < ' ') {
		if (out->len && out->data[out->len - 1] != ' ')
			buf_addc(out, ' ');
	} else {
		put(out, is_dash(code) ? '-' : is_quote(code) ? '"' : code);
	}
}

struct str fold_text(struct arena *a, struct str text)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t at = 0; at < text.n;) {
		bool cyrillic;
		size_t end = word_end(text, at, &cyrillic);
		if (end > at) {
			put_word(&out, text, at, end, cyrillic);
			at = end;
		} else {
			put_other(&out, next(text, &at));
		}
	}
	if (out.len && out.data[out.len - 1] == ' ')
		out.len--;
	return buf_keep(a, &out);
}

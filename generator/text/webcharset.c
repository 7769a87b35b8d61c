/*
 * First what is named (mark, header, meta), then a check by the letters that
 * come out. The measure of a reading is the mean of how usual its pairs of
 * neighbouring letters are in Russian, 0 to 90; a pair of a small letter and
 * a capital counts as none, which tells KOI8-R from windows-1251, and so does
 * a letter beside a sign that no text has there. Pages in other languages have
 * no such pairs in any reading, so what was named stays.
 */
#include "text/webcharset.h"

#include "base/buf.h"
#include "text/webcharset_tables.h"

enum {
	PRESCAN = 1024,
	LATE = 64 * 1024,
	BINARY = 512,
	SAMPLE = 256 * 1024,
	MARGIN = 12, /* how much better another reading must be */
	LEAST = 30,  /* and how good */
	REPLACEMENT = 0xFFFD,
};

const char *const webcharset_rules[WEBCHARSET_RULES + 1] = {
    "bom", "header", "meta", "meta-late", "utf-8", "guess", NULL};

/* -- decoding ------------------------------------------------------------------- */

static void put(struct buf *out, int32_t code)
{
	char bytes[4];
	buf_add(out, bytes, utf8_encode(code, bytes));
}

static struct str from_single(struct arena *a, struct str bytes, const uint16_t *upper)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		if (c < 0x80)
			buf_addc(&out, (char)c);
		else
			put(&out, upper[c - 0x80] ? upper[c - 0x80] : c);
	}
	return buf_keep(a, &out);
}

static struct str from_utf8(struct arena *a, struct str bytes, bool *damaged)
{
	if (utf8_valid(bytes))
		return bytes;
	struct buf out = BUF_INIT(BUF_FILE);
	size_t len;
	*damaged = true;
	for (size_t i = 0; i < bytes.n; i += len) {
		int32_t code = utf8_decode(bytes.p + i, bytes.n - i, &len);
		if (code < 0)
			put(&out, REPLACEMENT);
		else
			buf_add(&out, bytes.p + i, len);
	}
	return buf_keep(a, &out);
}

static int32_t unit(struct str s, size_t at, bool big)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	return big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

static struct str from_utf16(struct arena *a, struct str bytes, bool big, bool *damaged)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t i = 0; i + 1 < bytes.n; i += 2) {
		int32_t code = unit(bytes, i, big);
		if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.n) {
			int32_t low = unit(bytes, i + 2, big);
			if (low >= 0xDC00 && low < 0xE000) {
				code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		if (code >= 0xD800 && code < 0xE000) {
			code = REPLACEMENT;
			*damaged = true;
		}
		put(&out, code);
	}
	return buf_keep(a, &out);
}

static struct str decode(struct arena *a, struct str bytes, const char *name, bool *damaged)
{
	const uint16_t *upper = webcharset_upper(name);
	*damaged = false;
	if (upper)
		return from_single(a, bytes, upper);
	if (strcmp(name, "utf-8") == 0)
		return from_utf8(a, bytes, damaged);
	return from_utf16(a, bytes, strcmp(name, "utf-16be") == 0, damaged);
}

/* -- what is named ------------------------------------------------------------------ */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t find(struct str s, size_t from, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = from; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return i;
	return s.n;
}

/* "…charset = "name"…" gives the name; empty without one. */
static struct str charset_in(struct str s)
{
	size_t i = 0;
	while ((i = find(s, i, "charset")) < s.n) {
		i += strlen("charset");
		while (i < s.n && is_blank(s.p[i]))
			i++;
		if (i < s.n && s.p[i] == '=')
			break;
	}
	if (i >= s.n)
		return (struct str){"", 0};
	for (i++; i < s.n && (is_blank(s.p[i]) || s.p[i] == '"' || s.p[i] == '\'');)
		i++;
	size_t from = i;
	while (i < s.n && !is_blank(s.p[i]) && !strchr("\"';,>/", s.p[i]))
		i++;
	return (struct str){s.p + from, i - from};
}

/* The encoding that a <meta> names, outside of comments. */
static const char *meta_name(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		const char *less = memchr(s.p + at, '<', s.n - at);
		if (!less)
			break;
		at = (size_t)(less - s.p);
		struct str rest = {s.p + at, s.n - at};
		if (str_starts(rest, "<!--")) {
			const char *end = memmem(rest.p + 4, rest.n - 4, "-->", 3);
			at = end ? (size_t)(end - s.p) + 3 : s.n;
			continue;
		}
		const char *close = memchr(rest.p, '>', rest.n);
		struct str tag = {rest.p, close ? (size_t)(close - rest.p) : rest.n};
		if (tag.n > 5 && strncasecmp(tag.p, "<meta", 5) == 0 &&
		    (is_blank(tag.p[5]) || tag.p[5] == '/')) {
			const char *name = webcharset_name(charset_in(tag));
			if (name) /* a page that could be read so far is not in UTF-16 */
				return strncmp(name, "utf-16", 6) == 0 ? "utf-8" : name;
		}
		at += tag.n > 1 ? tag.n : 1;
	}
	return NULL;
}

static struct str first(struct str s, size_t n)
{
	return (struct str){s.p, s.n < n ? s.n : n};
}

struct named {
	const char *header, *meta;
	bool late;
};

static struct named names_of(struct str bytes, struct str content_type)
{
	struct named n = {0};
	struct str label = charset_in(content_type);
	n.header = webcharset_name(label.n ? label : content_type);
	n.meta = meta_name(first(bytes, PRESCAN));
	if (!n.meta && bytes.n > PRESCAN) {
		n.meta = meta_name(first(bytes, LATE));
		n.late = n.meta != NULL;
	}
	return n;
}

/* -- the check ---------------------------------------------------------------------- */

/* Signs that stand beside letters in real texts. */
static bool is_usual(int32_t code)
{
	return code < 0x80 || code == 0xA0 || code == 0xAD || code == 0xAB || code == 0xBB ||
	    code == 0xB7 || code == 0xA9 || (code >= 0x2010 && code <= 0x2044) || code == 0x2116;
}

static int measure(struct str text)
{
	size_t pairs = 0, sum = 0, len;
	int32_t before = ' ';
	for (size_t i = 0; i < text.n; i += len) {
		int32_t code = utf8_decode(text.p + i, text.n - i, &len);
		if (code >= 0x80 || before >= 0x80) {
			int32_t small = utf8_lower(code);
			bool rises = small != code && utf8_upper(before) != before;
			int32_t one = before == 0x451 ? 0x435 : utf8_lower(before);
			int32_t two = small == 0x451 ? 0x435 : small;
			if (!is_usual(code) && !is_usual(before)) {
				pairs++;
				sum += rises ? 0 : (size_t)webcharset_pair(one, two);
			}
		}
		before = code < 0 ? REPLACEMENT : code;
	}
	return pairs ? (int)(10 * sum / pairs) : -1;
}

static int measure_as(struct str bytes, const char *name)
{
	struct arena scratch = ARENA_INIT;
	bool damaged;
	int score = measure(decode(&scratch, first(bytes, SAMPLE), name, &damaged));
	arena_clear(&scratch);
	return score;
}

static bool has_high(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return true;
	return false;
}

/* UTF-8, but for a character that may be cut in two at the end. */
static bool is_utf8(struct str s)
{
	for (size_t cut = 0; cut < 4 && cut <= s.n; cut++)
		if (utf8_valid((struct str){s.p, s.n - cut}))
			return true;
	return false;
}

/* The encoding of Russian sites that fits best, where it fits better than the
 * one that was named (NULL: none was). */
static const char *better(struct str bytes, const char *named)
{
	static const char *const tried[] = {"windows-1251", "koi8-r", "ibm866", NULL};
	const char *best = named;
	bool utf8 = is_utf8(bytes);
	if (utf8 && named && strcmp(named, "utf-8") == 0)
		return named;
	int most = named ? measure_as(bytes, named) : -1;
	if (utf8) {
		int score = measure_as(bytes, "utf-8");
		/* What is valid UTF-8 is nothing else, unless it is clearly Russian in the other. */
		if (score + MARGIN >= most)
			return "utf-8";
	}
	most = most < 0 ? LEAST - MARGIN : most;
	for (const char *const *t = tried; !utf8 && *t; t++) {
		int score = measure_as(bytes, *t);
		if (score >= LEAST && score >= most + MARGIN) {
			best = *t;
			most = score - MARGIN + 1; /* of these the best, by however little */
		}
	}
	return best ? best : "windows-1251";
}

static struct str without_mark(struct str bytes, const char **name)
{
	static const struct {
		const char *mark;
		size_t n;
		const char *name;
	} marks[] = {
	    {"\xEF\xBB\xBF", 3, "utf-8"}, {"\xFF\xFE", 2, "utf-16le"}, {"\xFE\xFF", 2, "utf-16be"}};
	*name = NULL;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (bytes.n >= marks[i].n && memcmp(bytes.p, marks[i].mark, marks[i].n) == 0) {
			*name = marks[i].name;
			return (struct str){bytes.p + marks[i].n, bytes.n - marks[i].n};
		}
	return bytes;
}

struct str webcharset_decode(
    struct webcharset *out, struct arena *a, struct str bytes, struct str content_type)
{
	*out = (struct webcharset){.rule = WEBCHARSET_MARK};
	if (!bytes.p)
		bytes.p = "";
	struct str text = without_mark(bytes, &out->name);
	if (out->name)
		return decode(a, text, out->name, &out->damaged);
	struct named n = names_of(bytes, content_type);
	out->conflict = n.header && n.meta && strcmp(n.header, n.meta) != 0;
	const char *named = n.header ? n.header : n.meta;
	out->rule = n.header ? WEBCHARSET_HEADER : n.late ? WEBCHARSET_META_LATE : WEBCHARSET_META;
	out->binary = memchr(bytes.p, '\0', bytes.n < BINARY ? bytes.n : BINARY) != NULL;
	bool wide = named && strncmp(named, "utf-16", 6) == 0;
	if (wide && !out->binary)
		named = n.meta; /* no NUL in it: certainly not UTF-16 */
	out->binary &= !wide;
	out->name = named;
	if (has_high(bytes) && !wide)
		out->name = better(bytes, named);
	if (!out->name)
		out->name = "utf-8";
	if (!named) {
		out->rule = strcmp(out->name, "utf-8") == 0 ? WEBCHARSET_VALID : WEBCHARSET_GUESS;
	} else if (strcmp(out->name, named) != 0) {
		out->conflict = true;
		bool as_meta = n.meta && strcmp(out->name, n.meta) == 0;
		out->rule = !as_meta ? WEBCHARSET_GUESS
		    : n.late         ? WEBCHARSET_META_LATE
		                     : WEBCHARSET_META;
	}
	return decode(a, bytes, out->name, &out->damaged);
}

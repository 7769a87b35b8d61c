/*
 * A CMap is PostScript in form; only bfchar and bfrange are looked at, and how
 * long the codes are. Of letters that are written as several (ligatures) the
 * first counts.
 *
 * Letters stand by pages of 256 codes. Many fonts say of all codes at once that
 * they are letters in order: a page of such a run has only the first of them.
 */
#include "text/pdf_font.h"

#include "text/charset.h"

enum { PAGE = 256, PAGES = 256, RANGED = 4 * PAGES * PAGE, DIFFERENCES = 2000 };

struct pdf_font_page {
	uint16_t *letters; /* [PAGE]; NULL: none, or a run */
	bool run;
	uint32_t first; /* letter of a run */
};

/* The number that the bytes of a string are. */
static uint32_t code_of(struct pdf_file *f, struct str token, size_t *bytes)
{
	struct arena_mark before = arena_mark(f->a);
	struct str s = pdf_string(f->a, token);
	uint32_t n = 0;
	for (size_t i = 0; i < s.n && i < 2; i++)
		n = n << 8 | (unsigned char)s.p[i];
	*bytes = s.n;
	arena_rewind(f->a, before);
	return n;
}

/* ---- pages ---- */

/* Half of a pair is no letter. */
static uint16_t as_utf16(uint32_t letter)
{
	return letter >= 0xD800 && letter < 0xE000 ? 0xFFFD : (uint16_t)letter;
}

uint16_t pdf_font_letter(const struct pdf_font *font, unsigned code)
{
	const struct pdf_font_page *page = &font->pages[code / PAGE];
	if (page->letters)
		return page->letters[code % PAGE];
	return page->run ? as_utf16(page->first + code % PAGE) : 0;
}

static size_t pages_of(const struct pdf_font *font)
{
	return font->wide ? PAGES : 1;
}

static void set(struct pdf_font *font, struct arena *a, uint32_t code, uint32_t letter)
{
	if (code / PAGE >= pages_of(font))
		return;
	struct pdf_font_page *page = &font->pages[code / PAGE];
	if (!page->letters) {
		uint16_t *letters = arena_array(a, PAGE, sizeof(*letters));
		for (unsigned i = 0; page->run && i < PAGE; i++)
			letters[i] = as_utf16(page->first + i);
		page->letters = letters;
	}
	page->letters[code % PAGE] = as_utf16(letter);
}

static void set_run(
    struct pdf_font *font, struct arena *a, uint32_t code, uint32_t count, uint32_t letter)
{
	while (count > 0 && code / PAGE < pages_of(font)) {
		uint32_t done = 1;
		if (code % PAGE == 0 && count >= PAGE) {
			font->pages[code / PAGE] =
			    (struct pdf_font_page){.run = true, .first = letter};
			done = PAGE;
		} else {
			set(font, a, code, letter);
		}
		code += done;
		letter += done;
		count -= done;
	}
}

/* ---- CMaps ---- */

static void read_chars(struct pdf_font *font, struct pdf_file *f, struct str *rest)
{
	struct str from, to;
	size_t bytes;
	while (pdf_next(rest, &from) == PDF_HEX && pdf_next(rest, &to) == PDF_HEX) {
		uint32_t code = code_of(f, from, &bytes);
		set(font, f->a, code, code_of(f, to, &bytes));
	}
}

/* All ranges of a CMap cover at most `left` codes: they may overlap. */
static void read_ranges(struct pdf_font *font, struct pdf_file *f, struct str *rest, uint32_t *left)
{
	struct str low, high, to;
	size_t bytes;
	while (pdf_next(rest, &low) == PDF_HEX && pdf_next(rest, &high) == PDF_HEX) {
		uint32_t first = code_of(f, low, &bytes), last = code_of(f, high, &bytes);
		enum pdf_token kind = pdf_next(rest, &to);
		if (last > 0xFFFF || last < first)
			last = first;
		if (kind == PDF_HEX) {
			uint32_t letter = code_of(f, to, &bytes);
			uint32_t count = last - first + 1 < *left ? last - first + 1 : *left;
			set_run(font, f->a, first, count, letter);
			*left -= count;
		} else if (kind == PDF_OPEN) {
			for (uint32_t i = first; pdf_next(rest, &to) == PDF_HEX; i++)
				set(font, f->a, i, code_of(f, to, &bytes));
		}
	}
}

/* Are the codes of the CMap two bytes long? */
static bool is_wide(struct pdf_file *f, struct str map)
{
	struct str token;
	size_t bytes = 1;
	const char *at = memmem(map.p, map.n, "begincodespacerange", 19);
	if (!at)
		return true;
	struct str rest = {at + 19, map.n - (size_t)(at + 19 - map.p)};
	if (pdf_next(&rest, &token) == PDF_HEX)
		code_of(f, token, &bytes);
	return bytes == 2;
}

static void read_map(struct pdf_font *font, struct pdf_file *f, struct str map)
{
	struct str token;
	enum pdf_token kind;
	uint32_t left = RANGED;
	while ((kind = pdf_next(&map, &token)) != PDF_END) {
		if (kind == PDF_WORD && str_is(token, "beginbfchar"))
			read_chars(font, f, &map);
		else if (kind == PDF_WORD && str_is(token, "beginbfrange"))
			read_ranges(font, f, &map, &left);
	}
}

/* ---- names of glyphs ---- */

/* afii10017 is А; Ё stands among the letters, and small ones begin at 10065. */
static uint32_t afii(long n)
{
	long base = n >= 10065 ? 10065 : 10017;
	uint32_t first = n >= 10065 ? 0x430 : 0x410, io = n >= 10065 ? 0x451 : 0x401;
	long place = n - base;
	if (place < 0 || place > 32)
		return 0;
	return place == 6 ? io : first + (uint32_t)(place > 6 ? place - 1 : place);
}

static uint32_t letter_of(struct str name)
{
	static const struct {
		const char *name;
		char letter;
	} names[] = {{"space", ' '}, {"period", '.'}, {"comma", ','}, {"hyphen", '-'},
	    {"parenleft", '('}, {"parenright", ')'}, {"colon", ':'}, {"slash", '/'}, {"zero", '0'},
	    {"one", '1'}, {"two", '2'}, {"three", '3'}, {"four", '4'}, {"five", '5'}, {"six", '6'},
	    {"seven", '7'}, {"eight", '8'}, {"nine", '9'}, {"plus", '+'}, {"percent", '%'}};
	if (name.n == 1)
		return (unsigned char)*name.p;
	if (str_starts(name, "afii"))
		return afii(pdf_number((struct str){name.p + 4, name.n - 4}));
	if (str_starts(name, "uni") && name.n == 7) {
		uint32_t n = 0;
		for (size_t i = 3; i < 7; i++) {
			char c = name.p[i];
			n = n << 4 |
			    (uint32_t)(c >= 'A' && c <= 'F' ? c - 'A' + 10
			            : c >= '0' && c <= '9'  ? c - '0'
			                                    : 0);
		}
		return n;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i].name))
			return (unsigned char)names[i].letter;
	return 0;
}

static void read_differences(struct pdf_font *font, struct arena *a, struct str list)
{
	struct str token;
	uint32_t code = 0;
	enum pdf_token kind = pdf_next(&list, &token);
	for (int i = 0; i < DIFFERENCES && kind != PDF_END && kind != PDF_CLOSE; i++) {
		kind = pdf_next(&list, &token);
		if (kind == PDF_NUMBER)
			code = (uint32_t)pdf_number(token);
		else if (kind == PDF_NAME)
			set(font, a, code++, letter_of(token));
	}
}

/* Latin letters where they always are, the others as Russian Windows has them. */
static void read_code_page(struct pdf_font *font, struct arena *a)
{
	for (uint32_t i = 0x20; i < PAGE; i++)
		set(font, a, i, i < 0x80 ? i : charset_upper_1251[i - 0x80]);
}

/* "ABCDEF+Times": some of its letters, numbered as they came. */
static bool is_subset(struct pdf_file *f, const struct pdf_object *o)
{
	struct str name = pdf_get(f, o->body, "BaseFont");
	return name.n > 8 && name.p[7] == '+';
}

void pdf_font_read(struct pdf_font *out, struct pdf_file *f, const struct pdf_object *o)
{
	const struct pdf_object *map = pdf_refers(f, pdf_entry(f, o->body, "ToUnicode"));
	struct str text = map ? pdf_unpack(f, map) : STR_NONE;
	bool composite = str_is(pdf_get(f, o->body, "Subtype"), "/Type0");
	*out = (struct pdf_font){.object = o};
	out->wide = composite && (!text.n || is_wide(f, text));
	out->pages = arena_array(f->a, pages_of(out), sizeof(*out->pages));
	if (text.n) {
		read_map(out, f, text);
		out->known = true;
	} else if (!composite) {
		struct str encoding = pdf_get(f, o->body, "Encoding");
		struct str differences = pdf_get(f, encoding, "Differences");
		out->known = encoding.n || !is_subset(f, o);
		read_code_page(out, f->a);
		if (differences.n)
			read_differences(out, f->a, differences);
	}
}

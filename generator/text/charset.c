/*
 * Decoding is one pass that measures and one that writes, so that the text
 * takes no more memory than it needs. windows-1251 is a table of the upper
 * half; UTF-16 is refused when a surrogate stands alone.
 */
#include "text/charset.h"

#include <string.h>

/* U+0000 stands for the one byte that means nothing. */
const uint16_t charset_upper_1251[128] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
    0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F, /* 88 */
    0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
    0x0000, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, /* 98 */
    0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, /* A0 */
    0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, /* A8 */
    0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, /* B0 */
    0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457, /* B8 */
    0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417, /* C0 */
    0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F, /* C8 */
    0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427, /* D0 */
    0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F, /* D8 */
    0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437, /* E0 */
    0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F, /* E8 */
    0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447, /* F0 */
    0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F, /* F8 */
};

static struct str without(struct str s, size_t n)
{
	return (struct str){s.p + n, s.n - n};
}

static bool has_mark(struct str s, const char *mark, size_t n)
{
	return s.n >= n && memcmp(s.p, mark, n) == 0;
}

static size_t encoded_length(int32_t code)
{
	return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

static int32_t unit(struct str s, size_t at, bool big)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	return big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

/* One code point at *at, which moves on; -1 when malformed. */
static int32_t next_utf16(struct str s, size_t *at, bool big)
{
	if (s.n - *at < 2)
		return -1;
	int32_t code = unit(s, *at, big);
	*at += 2;
	if (code < 0xD800 || code > 0xDFFF)
		return code;
	if (code > 0xDBFF || s.n - *at < 2)
		return -1;
	int32_t low = unit(s, *at, big);
	if (low < 0xDC00 || low > 0xDFFF)
		return -1;
	*at += 2;
	return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

static struct str decode_utf16(struct arena *a, struct str s, bool big)
{
	size_t size = 0;
	for (size_t at = 0; at < s.n;) {
		int32_t code = next_utf16(s, &at, big);
		if (code < 0)
			return STR_NONE;
		size += encoded_length(code);
	}
	char *out = arena_alloc(a, size + 1);
	size_t used = 0;
	for (size_t at = 0; at < s.n;)
		used += utf8_encode(next_utf16(s, &at, big), out + used);
	return (struct str){out, used};
}

struct str charset_decode(struct arena *a, struct str bytes, enum charset *which)
{
	struct str text = bytes;
	if (has_mark(bytes, "\xEF\xBB\xBF", 3)) {
		*which = CHARSET_UTF8_BOM;
		text = without(bytes, 3);
	} else if (has_mark(bytes, "\xFF\xFE", 2)) {
		*which = CHARSET_UTF16LE;
		text = decode_utf16(a, without(bytes, 2), false);
	} else if (has_mark(bytes, "\xFE\xFF", 2)) {
		*which = CHARSET_UTF16BE;
		text = decode_utf16(a, without(bytes, 2), true);
	} else {
		*which = CHARSET_UTF8;
	}
	bool utf8 = *which == CHARSET_UTF8 || *which == CHARSET_UTF8_BOM;
	if (utf8 ? utf8_valid(text) : text.p != NULL)
		return text;
	*which = CHARSET_UNKNOWN;
	return (struct str){"", 0};
}

static int32_t from_1251(char byte)
{
	unsigned char c = (unsigned char)byte;
	return c < 0x80 ? c : charset_upper_1251[c - 0x80];
}

struct str charset_1251(struct arena *a, struct str bytes)
{
	size_t size = 0;
	for (size_t i = 0; i < bytes.n; i++) {
		int32_t code = from_1251(bytes.p[i]);
		if (code == 0 && bytes.p[i] != 0)
			return STR_NONE;
		size += encoded_length(code);
	}
	char *out = arena_alloc(a, size + 1);
	size_t used = 0;
	for (size_t i = 0; i < bytes.n; i++)
		used += utf8_encode(from_1251(bytes.p[i]), out + used);
	return (struct str){out, used};
}

bool charset_damaged_utf8(struct str bytes)
{
	size_t right = 0, wrong = 0, len;
	if (has_mark(bytes, "\xEF\xBB\xBF", 3))
		return true;
	for (size_t at = 0; at < bytes.n; at += len) {
		int32_t code = utf8_decode(bytes.p + at, bytes.n - at, &len);
		right += code >= 0x80;
		wrong += code < 0;
	}
	return right > wrong;
}

const char *charset_name(enum charset which)
{
	switch (which) {
	case CHARSET_UTF8:
	case CHARSET_UTF8_BOM:
		return "UTF-8";
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		return "UTF-16";
	case CHARSET_1251:
		return "windows-1251";
	case CHARSET_UNKNOWN:
		break;
	}
	return "?";
}

void charset_place(struct str text, size_t offset, uint32_t *line, uint32_t *column)
{
	size_t begin = 0;
	if (offset > text.n)
		offset = text.n;
	*line = 1;
	for (size_t i = 0; i < offset; i++) {
		bool half = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
		if ((text.p[i] != '\n' && text.p[i] != '\r') || half)
			continue;
		++*line;
		begin = i + 1;
	}
	*column = (uint32_t)utf8_length((struct str){text.p + begin, offset - begin}) + 1;
}

void charset_first_bad(struct str bytes, uint32_t *line, uint32_t *column)
{
	size_t mark = has_mark(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct str text = without(bytes, mark);
	size_t at = 0, len;
	while (at < text.n && utf8_decode(text.p + at, text.n - at, &len) >= 0)
		at += len;
	charset_place(text, at, line, column);
}

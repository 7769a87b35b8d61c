/*
 * Marks at fixed places first. What has none is told by what may not be in
 * it: NUL and other control bytes make it binary; of text, a tag makes it
 * HTML. The container of old Office files names its streams in UTF-16.
 */
#include "text/sniff.h"

#include "text/ascii.h"
#include "text/zip.h"

enum { TEXT_SAMPLE = 4096, BINARY_SAMPLE = 512, PDF_WITHIN = 1024, NAMES_SAMPLE = 1024 * 1024 };

const char *const sniff_words[SNIFF_TYPES + 1] = {"empty", "binary", "text", "html", "xml", "json",
    "pdf", "doc", "xls", "ppt", "ole", "rtf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "zip",
    "rar", "7z", "gzip", "jpeg", "png", "gif", "sig", NULL};

static struct str first(struct str s, size_t n)
{
	return (struct str){s.p, s.n < n ? s.n : n};
}

static bool begins(struct str s, const char *mark, size_t n)
{
	return s.n >= n && memcmp(s.p, mark, n) == 0;
}

static bool has(struct str s, const char *mark, size_t n)
{
	return s.n >= n && memmem(s.p, s.n, mark, n) != NULL;
}

/* -- containers ----------------------------------------------------------------- */

static enum sniff by_names(const struct zip *z)
{
	static const struct {
		const char *name;
		enum sniff type;
	} names[] = {{"word/document.xml", SNIFF_DOCX}, {"xl/workbook.xml", SNIFF_XLSX},
	    {"ppt/presentation.xml", SNIFF_PPTX}};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (zip_find(z, names[i].name))
			return names[i].type;
	return SNIFF_ZIP;
}

/* Of an archive that is cut off: the names before its files. */
static enum sniff by_local_names(struct str s)
{
	s = first(s, NAMES_SAMPLE);
	if (has(s, "word/document.xml", 17))
		return SNIFF_DOCX;
	if (has(s, "xl/workbook.xml", 15))
		return SNIFF_XLSX;
	return has(s, "ppt/presentation.xml", 20) ? SNIFF_PPTX : SNIFF_ZIP;
}

/* OpenDocument says what it is in its first file, which is not packed. */
static enum sniff open_document(struct str s)
{
	static const char mark[] = "mimetypeapplication/vnd.oasis.opendocument.";
	if (s.n < 30 + sizeof(mark) || memcmp(s.p + 30, mark, sizeof(mark) - 1) != 0)
		return SNIFF_ZIP;
	struct str kind = {s.p + 30 + sizeof(mark) - 1, s.n - 30 - sizeof(mark) + 1};
	return str_starts(kind, "text")        ? SNIFF_ODT
	    : str_starts(kind, "spreadsheet")  ? SNIFF_ODS
	    : str_starts(kind, "presentation") ? SNIFF_ODP
	                                       : SNIFF_ZIP;
}

static enum sniff zip_kind(struct str s)
{
	struct arena a = ARENA_INIT;
	struct zip z;
	enum sniff type = open_document(s);
	if (type == SNIFF_ZIP)
		type = zip_open(&z, &a, s) == 0 ? by_names(&z) : by_local_names(s);
	arena_clear(&a);
	return type;
}

static enum sniff ole_kind(struct str s)
{
	static const char word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";
	static const char book[] = "W\0o\0r\0k\0b\0o\0o\0k\0";
	static const char power[] = "P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0";
	if (has(s, word, sizeof(word) - 1))
		return SNIFF_DOC;
	if (has(s, book, sizeof(book) - 1) || has(s, "B\0o\0o\0k\0", 8))
		return SNIFF_XLS;
	return has(s, power, sizeof(power) - 1) ? SNIFF_PPT : SNIFF_OLE;
}

/* -- text ----------------------------------------------------------------------- */

static bool is_binary(struct str s)
{
	s = first(s, BINARY_SAMPLE);
	size_t odd = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\0')
			return true;
		odd += c < ' ' && !strchr("\t\n\r\f\v\x1B", c);
	}
	return odd > 0 && odd * 20 > s.n;
}

static struct str skip_front(struct str s)
{
	bool again = true;
	if (begins(s, "\xEF\xBB\xBF", 3))
		s.p += 3, s.n -= 3;
	while (again) {
		again = false;
		while (s.n && (unsigned char)*s.p <= ' ')
			s.p++, s.n--;
		const char *end = begins(s, "<!--", 4) ? memmem(s.p + 4, s.n - 4, "-->", 3) : NULL;
		if (end) {
			s.n -= (size_t)(end + 3 - s.p);
			s.p = end + 3;
			again = true;
		}
	}
	return s;
}

static bool has_tag(struct str s)
{
	static const char *const names[] = {"html", "!doctype html", "head", "body", "title",
	    "script", "div", "table", "meta", "style", "h1", "p>", "br", "a ", "iframe", "frameset",
	    "font", "center", "link", "noscript", "ul", NULL};
	for (size_t i = 0; i + 2 < s.n; i++) {
		if (s.p[i] != '<')
			continue;
		for (const char *const *n = names; *n; n++)
			if (s.n - i - 1 >= strlen(*n) &&
			    strncasecmp(s.p + i + 1, *n, strlen(*n)) == 0)
				return true;
	}
	return false;
}

static enum sniff text_kind(struct str s)
{
	struct str front = skip_front(first(s, 16 * TEXT_SAMPLE));
	if (!front.n)
		return SNIFF_EMPTY;
	bool xml = begins(front, "<?xml", 5);
	struct str sample = first(front, TEXT_SAMPLE);
	if (*front.p == '<' && has_tag(sample))
		return SNIFF_HTML;
	if (xml)
		return SNIFF_XML;
	if (*front.p == '{' || *front.p == '[')
		return SNIFF_JSON;
	return has_tag(sample) && memchr(sample.p, '>', sample.n) ? SNIFF_HTML : SNIFF_TEXT;
}

/* -- all ------------------------------------------------------------------------ */

static const struct {
	const char *mark;
	size_t n;
	enum sniff type;
} marks[] = {{"{\\rtf", 5, SNIFF_RTF}, {"Rar!\x1A\x07", 6, SNIFF_RAR},
    {"7z\xBC\xAF\x27\x1C", 6, SNIFF_7Z}, {"\x1F\x8B\x08", 3, SNIFF_GZIP},
    {"\xFF\xD8\xFF", 3, SNIFF_JPEG}, {"\x89PNG\r\n\x1A\n", 8, SNIFF_PNG}, {"GIF8", 4, SNIFF_GIF},
    {"-----BEGIN PKCS7", 16, SNIFF_SIG}, {"-----BEGIN CMS", 14, SNIFF_SIG}};

/* DER: a sequence whose first member is the object id of signed data. */
static bool is_signature(struct str s)
{
	static const char id[] = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
	return begins(s, "\x30", 1) && has(first(s, 24), id, sizeof(id) - 1);
}

enum sniff sniff_type(struct str s)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (begins(s, marks[i].mark, marks[i].n))
			return marks[i].type;
	if (begins(s, "PK\3\4", 4) || begins(s, "PK\5\6", 4))
		return zip_kind(s);
	if (begins(s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return ole_kind(s);
	if (has(first(s, PDF_WITHIN), "%PDF-", 5))
		return SNIFF_PDF;
	if (is_signature(s))
		return SNIFF_SIG;
	bool wide = begins(s, "\xFF\xFE", 2) || begins(s, "\xFE\xFF", 2);
	if (wide)
		return has(first(s, TEXT_SAMPLE), "<\0", 2) ? SNIFF_HTML : SNIFF_TEXT;
	return is_binary(s) ? SNIFF_BINARY : text_kind(s);
}

bool sniff_is_document(enum sniff type)
{
	return type >= SNIFF_PDF && type <= SNIFF_ODP && type != SNIFF_OLE;
}

bool sniff_names_document(struct str path)
{
	static const char *const endings[] = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls",
	    ".xlsx", ".ods", ".ppt", ".pptx", ".zip", ".rar", ".7z"};
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (ascii_ends(path, endings[i]))
			return true;
	return false;
}

static bool fits_word(enum sniff type, struct str word)
{
	if (str_is(word, "any") || str_is(word, sniff_words[type]))
		return true;
	if (str_is(word, "document"))
		return sniff_is_document(type);
	return str_is(word, "image") && type >= SNIFF_JPEG && type <= SNIFF_GIF;
}

bool sniff_fits(enum sniff type, struct str list)
{
	bool any = true;
	for (size_t i = 0; i < list.n;) {
		size_t from = i;
		while (i < list.n && !strchr(" ,|", list.p[i]))
			i++;
		if (i > from) {
			any = false;
			if (fits_word(type, (struct str){list.p + from, i - from}))
				return true;
		}
		i++;
	}
	return any;
}

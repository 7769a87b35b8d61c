/* What files are by their bytes; whether a PDF holds text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_zip.h"
#include "text/inflate.h"
#include "text/pdf.h"
#include "text/sniff.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static void types(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		enum sniff type;
	} cases[] = {
#define CASE(bytes, type) {bytes, sizeof(bytes) - 1, type}
	    CASE("", SNIFF_EMPTY),
	    CASE(" \n\t", SNIFF_EMPTY),
	    CASE("a\0b", SNIFF_BINARY),
	    CASE("\1\2\3\4", SNIFF_BINARY),
	    CASE("просто текст", SNIFF_TEXT),
	    CASE("a < b", SNIFF_TEXT),
	    CASE("\xEF\xBB\xBF <!DOCTYPE html><p>", SNIFF_HTML),
	    CASE("<!-- x --><HTML>", SNIFF_HTML),
	    CASE("<?xml version='1.0'?><html xmlns=''>", SNIFF_HTML),
	    CASE("<?xml version='1.0'?><rss>", SNIFF_XML),
	    CASE("Ошибка <br> <b>404</b>", SNIFF_HTML),
	    CASE("{\"a\": 1}", SNIFF_JSON),
	    CASE("%PDF-1.4", SNIFF_PDF),
	    CASE("\r\n junk %PDF-1.4", SNIFF_PDF),
	    CASE("{\\rtf1", SNIFF_RTF),
	    CASE("PK\3\4zzz", SNIFF_ZIP),
	    CASE("Rar!\x1A\x07\x01\x00", SNIFF_RAR),
	    CASE("7z\xBC\xAF\x27\x1C", SNIFF_7Z),
	    CASE("\xFF\xD8\xFF\xE0", SNIFF_JPEG),
	    CASE("\x89PNG\r\n\x1A\n", SNIFF_PNG),
	    CASE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
	        SNIFF_DOC),
	    CASE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0k\0b\0o\0o\0k\0", SNIFF_XLS),
	    CASE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", SNIFF_OLE),
	    CASE("\x30\x82\x05\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", SNIFF_SIG),
	    CASE("\xFF\xFE<\0p\0>\0", SNIFF_HTML),
	    CASE("\xFF\xFE\x48\x04", SNIFF_TEXT),
#undef CASE
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
		    sniff_words[sniff_type((struct str){cases[i].bytes, cases[i].n})],
		    sniff_words[cases[i].type]);
	struct buf late = BUF_INIT(BUF_LINE);
	for (int i = 0; i < 1100; i++)
		buf_addc(&late, ' ');
	buf_adds(&late, "%PDF-1.4");
	assert_int_equal(sniff_type(buf_str(&late)), SNIFF_TEXT);
	buf_clear(&late);
}

static void archives(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text;
		enum sniff type;
	} cases[] = {{"word/document.xml", "x", SNIFF_DOCX}, {"xl/workbook.xml", "x", SNIFF_XLSX},
	    {"ppt/presentation.xml", "x", SNIFF_PPTX},
	    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", SNIFF_ODS},
	    {"mimetype", "application/vnd.oasis.opendocument.presentation", SNIFF_ODP},
	    {"mimetype", "application/epub+zip", SNIFF_ZIP}, {"план.pdf", "x", SNIFF_ZIP}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct zip_file file = {cases[i].name, str_of(cases[i].text), false};
		struct str bytes = support_zip(&arena, &file, 1);
		assert_int_equal(sniff_type(bytes), cases[i].type);
	}
}

static void lists(void **state)
{
	(void)state;
	assert_true(sniff_fits(SNIFF_PDF, STR("")));
	assert_true(sniff_fits(SNIFF_PDF, STR("doc|pdf")));
	assert_true(sniff_fits(SNIFF_PDF, STR("doc, pdf")));
	assert_false(sniff_fits(SNIFF_HTML, STR("doc pdf")));
	assert_true(sniff_fits(SNIFF_PNG, STR("image")));
	assert_true(sniff_fits(SNIFF_DOCX, STR("html document")));
	assert_false(sniff_fits(SNIFF_ZIP, STR("document")));
	assert_true(sniff_fits(SNIFF_ZIP, STR("any")));
	assert_true(sniff_is_document(SNIFF_ODT));
	assert_false(sniff_is_document(SNIFF_HTML));
}

static int collect(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

/* A stream as zlib would write it: the deflated part of a gzip member. */
static void add_packed(struct buf *out, const char *text)
{
	struct buf b = BUF_INIT(BUF_LINE);
	struct str piece = str_of(text);
	struct gzip z = GZIP_INIT;
	gzip_member(&z, &piece, 1, collect, &b);
	gzip_end(&z);
	buf_add(out, "\x78\x9C", 2);
	buf_add(out, b.data + 10, b.len - 18);
	buf_clear(&b);
}

static enum pdf_text look(const char *dictionary, const char *packed, const char *rest)
{
	struct buf b = BUF_INIT(BUF_LINE);
	buf_addf(&b, "%%PDF-1.4\n1 0 obj <<%s>>\nstream\r\n", dictionary);
	if (packed)
		add_packed(&b, packed);
	buf_addf(&b, "\nendstream endobj\n%s", rest);
	enum pdf_text found = pdf_text(buf_str(&b));
	buf_clear(&b);
	return found;
}

static void pdfs(void **state)
{
	(void)state;
	const char *image =
	    "2 0 obj <</Subtype /Image /Filter/DCTDecode>> stream\nxxx\nendstream endobj %%EOF";
	assert_int_equal(
	    look("/Filter /FlateDecode", "BT /F1 12 Tf (x) Tj ET", "%%EOF"), PDF_TEXT_THERE);
	assert_int_equal(
	    look("/Filter/FlateDecode", "BT [(x) 5 (y)] TJ ET", image), PDF_TEXT_THERE);
	assert_int_equal(look("/Filter/FlateDecode", "q /Im0 Do Q", image), PDF_TEXT_NONE);
	assert_int_equal(look("/Filter/FlateDecode", "q /Im0 Do Q", "%%EOF"), PDF_TEXT_UNKNOWN);
	assert_int_equal(look("/Filter/LZWDecode", "?", image), PDF_TEXT_UNKNOWN);
	assert_int_equal(
	    look("/Filter/FlateDecode", "q Q", "/Encrypt 5 0 R %%EOF"), PDF_TEXT_UNKNOWN);
	assert_int_equal(
	    pdf_text(STR("%PDF-1.4 1 0 obj<<>>stream\nBT (x) Tj ET endstream")), PDF_TEXT_THERE);
	assert_int_equal(pdf_text(STR("")), PDF_TEXT_UNKNOWN);
	assert_int_equal(pdf_text(STR("stream")), PDF_TEXT_UNKNOWN);
	assert_int_equal(pdf_text(STR("1 0 obj<</Image>>stream\nTjx")), PDF_TEXT_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(types),
	    cmocka_unit_test(archives),
	    cmocka_unit_test(lists),
	    cmocka_unit_test(pdfs),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}

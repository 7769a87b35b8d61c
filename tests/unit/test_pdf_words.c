/* The words of PDF files: fonts, instructions, objects, and broken files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_audit.h"
#include "text/inflate.h"
#include "text/pdf_words.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

/* One page; fonts F1 (two bytes with a map), F2 (names of glyphs), F3 (unknown), F4
 * (all codes are letters, but for some). */
static const char head[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Pages/Resources<</Font<</F1 4 0 R /F2 6 0 R/F3 7 0 R/F4 9 0 R>>>>>>endobj\n"
    "2 0 obj<</Type/Page/Parent 1 0 R/Contents[3 0 R 8 0 R]>>endobj\n"
    "4 0 obj<</Subtype/Type0/ToUnicode 5 0 R>>endobj\n"
    "5 0 obj<<>>stream\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "2 beginbfchar <0001> <041F> <0002> <043B> endbfchar\n"
    "2 beginbfrange <0003> <0004> <0430> <0005> <0006> [<043D> <0021>] endbfrange\n"
    "endstream endobj\n"
    "6 0 obj<</Subtype/Type1/BaseFont/ABCDEF+X/Encoding<</Differences[1/afii10017/afii10071/uni0431"
    "/space 65/A]>>>>endobj\n"
    "7 0 obj<</Subtype/Type1/BaseFont/ABCDEF+Y>>endobj\n"
    "8 0 obj<<>>stream\n\nendstream endobj\n"
    "9 0 obj<</Subtype/Type0/ToUnicode 10 0 R>>endobj\n"
    "10 0 obj<<>>stream\nbeginbfchar <0410> <0057> endbfchar\n"
    "beginbfrange <0000> <FFFF> <0000> <04F0> <0602> <0410> <0703> <0703> <D800> endbfrange\n"
    "beginbfchar <0501> <0058> endbfchar\nendstream endobj\n";

static void reads(const char *content, const char *text, size_t unread)
{
	struct pdf_words w;
	const char *file = arena_printf(
	    &arena, "%s3 0 obj<</Length 9>>stream\r\n%s\nendstream endobj", head, content);
	pdf_words_read(&w, &arena, str_of(file));
	assert_string_equal(w.text.p, text);
	assert_int_equal(w.unread, unread);
}

static void fonts(void **state)
{
	(void)state;
	reads("BT /F1 12 Tf <0001000200030005> Tj ET", "План\n", 0);
	reads("BT /F1 12 Tf <00010009> Tj ET", "П\n", 1);
	reads("BT /F2 12 Tf (\\001\\002\\003\\4A) Tj ET", "Аёб A\n", 0);
	reads("BT /F3 12 Tf (abc) Tj ET", "", 3);
	reads("BT /F9 12 Tf (abc) Tj ET", "", 3);
}

/* What is said later counts, whatever part of a page of codes it is. */
static void runs(void **state)
{
	(void)state;
	reads("BT /F4 12 Tf <0041041004EF> Tj ET", "AА\u04EF\n", 0);
	reads("BT /F4 12 Tf <04F004FF05000501050205FF06000602> Tj ET",
	    "А\u041F\u0420X\u0422\u051F\u0520\u0522\n", 0);
	reads("BT /F4 12 Tf <060307020703> Tj ET", "\u0603\u0702\uFFFD\n", 0);
}

static void instructions(void **state)
{
	(void)state;
	reads("BT /F2 1 Tf (A) Tj 0 -5 Td (A) Tj 5 0 Td (A) Tj T* (A) ' ET", "A\nAA\nA\n", 0);
	reads("BT /F2 1 Tf [(A) -20 (A) -500 (A) [(A)] ] TJ ET", "AA AA\n", 0);
	reads("BT /F2 1 Tf 1 0 0 1 5 70 Tm (A)Tj ET BT 1 0 0 1 9 70 Tm (A)Tj ET "
	      "BT 1 0 0 1 5 60 Tm (A)Tj ET",
	    "AA\nA\n", 0);
	reads("BI /W 1 ID ((( EI BT /F2 1 Tf (A\\)\\\\) Tj ET % (A) Tj", "A)\\\n", 0);
	reads("BT /F2 1 Tf (A(A)A) Tj", "A(A)A\n", 0);
	reads("Tj TJ ' Td Tf [ [ [ ] >> (A", "", 2);
}

static int collect(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

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

/* Files since PDF 1.5 keep their dictionaries in packed streams. */
static void packed_objects(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_LINE);
	struct pdf_words w;
	buf_adds(&b, "%PDF-1.5\n1 0 obj<</Type/ObjStm/N 2/First 8/Filter/FlateDecode>>stream\n");
	add_packed(&b,
	    "2 0 3 72<</Type/Page/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>             >>"
	    "<</Subtype/TrueType>>");
	buf_adds(&b, "\nendstream endobj\n4 0 obj<</Filter[/FlateDecode]>>stream\n");
	add_packed(&b, "BT /F 9 Tf (\xCF\xEB\xE0\xED 2022) Tj ET");
	buf_adds(&b, "\nendstream endobj");
	pdf_words_read(&w, &arena, buf_str(&b));
	assert_string_equal(w.text.p, "План 2022\n");
	assert_true(pdf_words_known(&w));
	buf_clear(&b);
}

static void a_real_file(void **state)
{
	(void)state;
	struct pdf_words w;
	pdf_words_read(&w, &arena, shipped_file(&arena, "content/demo/files/programme.pdf"));
	assert_true(pdf_words_known(&w));
	assert_non_null(strstr(w.text.p, "Муниципальная программа «Учиться рядом»"));
}

static void nothing_to_read(void **state)
{
	(void)state;
	static const char *const files[] = {"", "obj", "1 0 obj", "1 0 obj<<",
	    "99999999999 0 obj<<>>", "1 0 obj<</Type/Page/Contents 1 0 R/Parent 1 0 R>>",
	    "1 0 obj<</Type/ObjStm/N 5/First 3>>stream\n1 0",
	    "1 0 obj 1 0 R endobj 2 0 obj<</Type/Page/Contents 1 0 R>>",
	    "1 0 obj<</Type/Page/Contents[", "/Encrypt 1 0 obj<</Type/Page>>"};
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct pdf_words w;
		pdf_words_read(&w, &arena, str_of(files[i]));
		assert_int_equal(w.text.n, 0);
		assert_false(pdf_words_known(&w));
	}
}

/* Every beginning of a file, and every byte of it changed once. */
static void broken_files(void **state)
{
	(void)state;
	const char *file = arena_printf(&arena,
	    "%s3 0 obj<<>>stream\nBT /F1 12 Tf [<0001>5(\\001)]TJ ET\nendstream endobj", head);
	size_t size = strlen(file);
	for (size_t n = 0; n < size; n++) {
		struct arena a = ARENA_INIT;
		struct pdf_words w;
		char *copy = arena_strndup(&a, file, n);
		pdf_words_read(&w, &a, (struct str){copy, n});
		copy = arena_strndup(&a, file, size);
		copy[n] = (char)(copy[n] ^ 0x11);
		pdf_words_read(&w, &a, (struct str){copy, size});
		assert_true(utf8_valid(w.text));
		arena_clear(&a);
	}
}

/* A dictionary or array of so many entries. */
static void add_many(struct buf *b, const char *open, const char *entry, int count)
{
	buf_adds(b, open);
	for (int i = 0; i < count; i++)
		buf_adds(b, entry);
}

static void ends(struct buf *b, bool truncated)
{
	struct pdf_words w;
	assert_int_equal(buf_err(b), 0);
	pdf_words_read(&w, &arena, buf_str(b));
	assert_int_equal(w.truncated, truncated);
	assert_int_equal(w.text.n, 0);
	buf_clear(b);
}

/* So many pages that name the same thing. */
static void add_pages(struct buf *b, const char *dictionary)
{
	for (int i = 10; i < 1500; i++)
		buf_addf(b, "%d 0 obj<</Type/Page%s>>endobj\n", i, dictionary);
}

/* Files of which each part is looked at again and again: read without a bound
 * on the whole of the work, each would take minutes. */
static void repeated_work(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	add_many(&b, "1 0 obj<<>>stream\n", "1 ", 200000);
	add_many(&b, "endstream endobj 2 0 obj[", "1 0 R ", 500);
	buf_adds(&b, "]endobj\n");
	add_pages(&b, "/Contents 2 0 R");
	ends(&b, true);
	add_many(&b, "1 0 obj<<", "/X 1", 12000);
	add_many(&b, ">>stream\nendstream endobj 2 0 obj[", "1 0 R ", 500);
	buf_adds(&b, "]endobj\n");
	add_pages(&b, "/Contents 2 0 R");
	ends(&b, true);
	add_many(&b, "1 0 obj<<", "/X 1", 12000);
	buf_adds(&b, "/Parent 1 0 R>>endobj\n");
	add_pages(&b, "/Parent 1 0 R");
	ends(&b, true);
	add_many(&b, "1 0 obj<</Type/ObjStm/N 900000/First 3000000>>stream\n", "1 0 ", 750000);
	add_many(&b, "", "[", 3000000);
	ends(&b, true);
	add_many(&b, "1 0 obj(", "long ", 1000000);
	buf_adds(&b, ")endobj\n");
	for (int i = 2; i < 20000; i++)
		buf_addf(&b, "%d 0 obj<</Type 1 0 R>>stream endstream\n", i);
	ends(&b, false);
}

/* Fonts that are asked for or mapped without end. */
static void repeated_fonts(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	add_many(&b, "1 0 obj<<>>stream\n", "/F 1 Tf ", 1000000);
	add_many(&b, "endstream endobj 2 0 obj<<", "/X 1", 12000);
	buf_adds(&b, ">>endobj 3 0 obj<</Type/Page/Contents 1 0 R/Resources<</Font 2 0 R>>>>");
	ends(&b, false);
	buf_adds(&b, "1 0 obj<<>>stream\n");
	for (int i = 0; i < 200000; i++)
		buf_addf(&b, "/F%d 1 Tf ", i);
	add_many(&b, "endstream endobj 2 0 obj<<", "/X 1", 12000);
	buf_adds(&b, ">>endobj 3 0 obj<</Type/Page/Contents 1 0 R/Resources<</Font 2 0 R>>>>");
	ends(&b, true);
	add_many(&b, "1 0 obj<<>>stream\nbeginbfrange ", "<0000><FFFF><0041>", 400000);
	buf_adds(&b,
	    "endstream endobj 2 0 obj<</Subtype/Type0/ToUnicode 1 0 R>>endobj\n"
	    "3 0 obj<<>>stream\n/F 1 Tf\nendstream endobj\n"
	    "4 0 obj<</Type/Page/Contents 3 0 R/Resources<</Font<</F 2 0 R>>>>>>endobj\n");
	ends(&b, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fonts),
	    cmocka_unit_test(runs),
	    cmocka_unit_test(instructions),
	    cmocka_unit_test(packed_objects),
	    cmocka_unit_test(a_real_file),
	    cmocka_unit_test(nothing_to_read),
	    cmocka_unit_test(broken_files),
	    cmocka_unit_test(repeated_work),
	    cmocka_unit_test(repeated_fonts),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}

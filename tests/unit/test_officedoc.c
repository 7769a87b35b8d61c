/* Office documents in memory: what they say, and broken and hostile ones. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_zip.h"
#include "text/officedoc.h"
#include "text/zip.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

#define FILES(list) list, sizeof(list) / sizeof(*(list))

static struct officedoc doc(struct str bytes, enum sniff type)
{
	struct officedoc d;
	assert_int_equal(sniff_type(bytes), type);
	assert_int_equal(officedoc_read(&d, &arena, bytes, type), 0);
	return d;
}

static void is(struct str s, const char *expected)
{
	assert_string_equal(arena_strndup(&arena, s.p, s.n), expected);
}

#define TEXT(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}

static const struct zip_file docx[] = {
    {"[Content_Types].xml", TEXT("<Types/>"), false},
    {"word/document.xml",
        TEXT("<?xml version='1.0'?><w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Программа</w:t>"
             "<w:tab/><w:t>развития</w:t></w:r></w:p><w:p><w:del><w:r><w:t>нет</w:t></w:r></w:del>"
             "<w:r><w:instrText>PAGE</w:instrText><w:t>2022 &amp; дальше</w:t></w:r></w:p></w:body>"
             "</w:document>"),
        true},
    {"docProps/core.xml",
        TEXT(
            "<c:coreProperties xmlns:c='c' xmlns:dc='d' xmlns:t='t'><dc:title>Приказ № 5</dc:title>"
            "<t:created>2022-09-12T08:00:00Z</t:created>"
            "<t:modified>2022-10-01T08:00:00Z</t:modified></c:coreProperties>"),
        true},
};

static void reads_docx(void **state)
{
	(void)state;
	struct officedoc d = doc(support_zip(&arena, FILES(docx)), SNIFF_DOCX);
	is(d.text, "Программа развития\n2022 & дальше\n");
	is(d.title, "Приказ № 5");
	assert_string_equal(date_iso(d.created).s, "2022-09-12");
	assert_string_equal(date_iso(d.modified).s, "2022-10-01");
	assert_false(d.damaged || d.truncated);
}

/* Of workbooks and slides the properties alone, whatever their parts hold. */
static void reads_properties(void **state)
{
	(void)state;
	static const struct {
		const char *part;
		enum sniff type;
	} cases[] = {{"xl/workbook.xml", SNIFF_XLSX}, {"ppt/presentation.xml", SNIFF_PPTX}};
	for (size_t i = 0; i < 2; i++) {
		const struct zip_file files[] = {docx[0],
		    {cases[i].part, STR("<w:p xmlns:w='w'><w:t>рекомендации</w:t></w:p>"), true},
		    docx[2]};
		struct officedoc d = doc(support_zip(&arena, FILES(files)), cases[i].type);
		is(d.text, "");
		is(d.title, "Приказ № 5");
		assert_string_equal(date_iso(d.created).s, "2022-09-12");
		assert_string_equal(date_iso(d.modified).s, "2022-10-01");
		assert_false(d.damaged || d.truncated);
		/* Without properties, and with broken ones. */
		d = doc(support_zip(&arena, files, 2), cases[i].type);
		assert_false(d.title.n || date_is_set(d.modified) || d.damaged);
		const struct zip_file broken[] = {files[1],
		    {"docProps/core.xml", STR("<c><title>План</title><modified>вчера"), true}};
		d = doc(support_zip(&arena, FILES(broken)), cases[i].type);
		assert_false(date_is_set(d.modified));
	}
	struct officedoc none;
	struct str zip = support_zip(&arena, docx + 2, 1);
	assert_int_equal(sniff_type(zip), SNIFF_ZIP);
	assert_int_equal(officedoc_read(&none, &arena, zip, SNIFF_ZIP), -1);
}

static void reads_odt(void **state)
{
	(void)state;
	const struct zip_file files[] = {
	    {"mimetype", STR("application/vnd.oasis.opendocument.text"), false},
	    {"content.xml",
	        STR("<o:d xmlns:o='o' xmlns:t='t'><t:h>План</t:h><t:p>один<t:s/>два<t:span>!</t:span></t:p>"
	            "</o:d>"),
	        true},
	    {"meta.xml",
	        STR("<m:x xmlns:m='m' xmlns:d='d'><d:title>Т</d:title><m:creation-date>2021-01-02T1</m:creation-date>"
	            "<d:date>2021-02-03</d:date></m:x>"),
	        true}};
	struct officedoc d = doc(support_zip(&arena, FILES(files)), SNIFF_ODT);
	is(d.text, "План\nодин два!\n");
	is(d.title, "Т");
	assert_string_equal(date_iso(d.created).s, "2021-01-02");
	assert_string_equal(date_iso(d.modified).s, "2021-02-03");
}

static void reads_rtf(void **state)
{
	(void)state;
	struct officedoc d = doc(
	    STR("{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Times;}}{\\info{\\title \\'d2}{\\creatim\\yr2022\\mo9\\dy12}}"
	        "\\f0\\fs24 \\'cf\\'eb\\'e0\\'ed\\par {\\*\\generator x;}\\u1075?\\u1086\\'3f\\u1076 ?\\~\\{1\\}\\line\n"
	        "\xF8\xEA}"),
	    SNIFF_RTF);
	is(d.text, "План\nгод {1}\nшк");
	is(d.title, "Т");
	assert_string_equal(date_iso(d.created).s, "2022-09-12");
	assert_false(d.damaged);
	d = doc(STR("{\\rtf1 {{{ незакрыто"), SNIFF_RTF);
	assert_true(d.damaged);
	d = doc(STR("{\\rtf1\\bin99999999 x"), SNIFF_RTF);
	is(d.text, "");
	struct buf b = BUF_INIT(BUF_LINE);
	buf_adds(&b, "{\\rtf1 ");
	for (int i = 0; i < 2 * OFFICEDOC_DEPTH; i++)
		buf_adds(&b, "{\\b ");
	buf_adds(&b, "x");
	d = doc(buf_str(&b), SNIFF_RTF);
	assert_true(d.damaged);
	buf_clear(&b);
}

static void set(char *at, uint64_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		*at++ = (char)(unsigned char)n;
}

static void entry(char *at, const char *name, uint32_t first, uint32_t size)
{
	size_t n = strlen(name);
	for (size_t i = 0; i < n; i++)
		at[2 * i] = name[i];
	set(at + 64, 2 * (n + 1), 2);
	set(at + 116, first, 4);
	set(at + 120, size, 4);
}

/* A file of Word 97: FAT, directory, the words, and small streams in sectors of
 * 64 bytes. */
static struct str word_file(void)
{
	enum { FAT, DIRECTORY, WORDS, SMALL = 10, SMALL_FAT, SECTORS, TABLE = 0, SUMMARY = 1 };
	char *file = arena_alloc(&arena, 512 * (SECTORS + 1)), *s[SECTORS];
	for (size_t i = 0; i < SECTORS; i++)
		s[i] = file + 512 * (i + 1);
	memcpy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	set(file + 30, 9, 2);
	set(file + 48, DIRECTORY, 4);
	set(file + 56, 4096, 4);
	set(file + 60, SMALL_FAT, 4);
	set(file + 68, 0xFFFFFFFE, 4);
	memset(file + 76, 0xFF, 4 * 109);
	set(file + 76, FAT, 4);
	for (uint32_t i = 0; i < SECTORS; i++)
		set(s[FAT] + 4 * i, i >= WORDS && i < SMALL - 1 ? i + 1 : 0xFFFFFFFE, 4);
	entry(s[DIRECTORY], "Root Entry", SMALL, 512);
	entry(s[DIRECTORY] + 128, "WordDocument", WORDS, 4096);
	entry(s[DIRECTORY] + 256, "1Table", TABLE, 33);
	entry(s[DIRECTORY] + 384, "\5SummaryInformation", SUMMARY, 128);
	set(s[SMALL_FAT], 0xFFFFFFFE, 4);
	set(s[SMALL_FAT] + 4, 2, 4);
	set(s[SMALL_FAT] + 8, 0xFFFFFFFE, 4);
	char *words = s[WORDS];
	set(words, 0xA5EC, 2);
	set(words + 10, 0x200, 2);
	set(words + 0x1A6, 33, 4);
	static const uint16_t text[] = {
	    0x41F, 0x43B, 0x430, 0x43D, '\r', 0x13, 'X', 0x14, 'y', 0x15, 0x44F};
	for (size_t i = 0; i < 11; i++)
		set(words + 0x400 + 2 * i, text[i], 2);
	memcpy(words + 0x800, " 2022", 5);
	char *table = s[SMALL];
	set(table, 2, 1);
	set(table + 1, 28, 4);
	set(table + 9, 11, 4);
	set(table + 13, 16, 4);
	set(table + 19, 0x400, 4);
	set(table + 27, 0x40000000 | 0x1000, 4);
	char *summary = s[SMALL] + 64;
	set(summary + 44, 48, 4);
	set(summary + 52, 1, 4);
	set(summary + 56, 12, 4);
	set(summary + 60, 16, 4);
	set(summary + 64, 64, 4);
	set(summary + 68, (1662940800 + 11644473600) * 10000000, 8); /* 2022-09-12 */
	return (struct str){file, 512 * (SECTORS + 1)};
}

static void reads_doc(void **state)
{
	(void)state;
	struct str file = word_file();
	struct officedoc d = doc(file, SNIFF_DOC);
	is(d.text, "План\nyя 2022");
	assert_string_equal(date_iso(d.created).s, "2022-09-12");
	assert_false(d.damaged);
	for (size_t n = 0; n < file.n; n++) {
		struct arena a = ARENA_INIT;
		char *copy = arena_strndup(&a, file.p, n);
		officedoc_read(&d, &a, (struct str){copy, n}, SNIFF_DOC);
		copy = arena_strndup(&a, file.p, file.n);
		copy[n] = (char)(copy[n] ^ 0xFF);
		officedoc_read(&d, &a, (struct str){copy, file.n}, SNIFF_DOC);
		assert_true(utf8_valid(d.text));
		arena_clear(&a);
	}
}

/* Sectors of 4096 bytes, and a table in which all chains go round in a circle:
 * no stream is longer than the file, whatever its entry says. */
static void circular_doc(void **state)
{
	(void)state;
	enum { SECTOR = 4096, FAT = 0, DIRECTORY = 1, WORDS = 2, SECTORS = 3 };
	char *file = arena_alloc(&arena, 512 + SECTOR * SECTORS), *s = file + 512;
	memcpy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	set(file + 30, 12, 2);
	set(file + 48, DIRECTORY, 4);
	set(file + 60, 0xFFFFFFFE, 4);
	set(file + 68, 0xFFFFFFFE, 4);
	for (size_t i = 0; i < 109; i++)
		set(file + 76 + 4 * i, FAT, 4);
	for (size_t i = 0; i < SECTOR / 4; i++)
		set(s + 4 * i, WORDS, 4);
	entry(s + SECTOR, "Root Entry", WORDS, 0xFFFFFFFF);
	entry(s + SECTOR + 128, "WordDocument", WORDS, 0xFFFFFFFF);
	entry(s + SECTOR + 256, "0Table", WORDS, 0xFFFFFFFF);
	set(s + 2 * SECTOR, 0xA5EC, 2);
	size_t before = arena.total;
	struct officedoc d = doc((struct str){file, 512 + SECTOR * SECTORS}, SNIFF_DOC);
	assert_true(d.damaged);
	assert_int_equal(d.text.n, 0);
	assert_true(arena.total - before < 1024 * 1024);
}

static struct str one_part(const char *xml, bool is_packed)
{
	const struct zip_file files[] = {{"word/document.xml", str_of(xml), is_packed}};
	return support_zip(&arena, FILES(files));
}

static void hostile_xml(void **state)
{
	(void)state;
	struct officedoc d = doc(one_part("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
	                                  "<x><t>&b;</t></x>",
	                             true),
	    SNIFF_DOCX);
	assert_true(d.damaged);
	is(d.text, "");
	d = doc(one_part("<x><t>до</t><p/></y>", false), SNIFF_DOCX);
	assert_true(d.damaged);
	is(d.text, "до\n");
	struct buf b = BUF_INIT(BUF_PAGE);
	for (int i = 0; i < 100000; i++)
		buf_adds(&b, "<a>");
	d = doc(one_part(b.data, true), SNIFF_DOCX);
	assert_true(d.damaged);
	buf_reset(&b);
	buf_adds(&b, "<x>");
	for (int i = 0; i < OFFICEDOC_TEXT / 1000 + 10; i++)
		buf_addf(&b, "<t>%01000d</t>", 1);
	buf_adds(&b, "</x>");
	d = doc(one_part(b.data, true), SNIFF_DOCX);
	assert_true(d.truncated && !d.damaged);
	assert_true(d.text.n <= OFFICEDOC_TEXT + BUF_LINE);
	buf_clear(&b);
}

/* Every beginning of an archive, and every byte of it changed once. */
static void broken_archives(void **state)
{
	(void)state;
	struct str whole = support_zip(&arena, FILES(docx));
	for (size_t n = 0; n < whole.n; n++) {
		struct arena a = ARENA_INIT;
		struct officedoc d;
		char *copy = arena_strndup(&a, whole.p, n);
		officedoc_read(&d, &a, (struct str){copy, n}, SNIFF_DOCX);
		assert_true(n == whole.n || d.damaged);
		copy = arena_strndup(&a, whole.p, whole.n);
		copy[n] = (char)(copy[n] ^ 0x55);
		officedoc_read(&d, &a, (struct str){copy, whole.n}, SNIFF_DOCX);
		assert_true(utf8_valid(d.text));
		arena_clear(&a);
	}
	assert_int_equal(sniff_type((struct str){whole.p, whole.n - 30}), SNIFF_DOCX);
}

static void zip_bounds(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	for (int i = 0; i < 1000000; i++)
		buf_addc(&b, 'x');
	const struct zip_file files[] = {
	    {"bomb", buf_str(&b), true}, {"пусто", STR(""), false}, {"plain", STR("12345"), false}};
	struct zip z;
	struct str out;
	struct str bytes = support_zip(&arena, FILES(files));
	assert_int_equal(zip_open(&z, &arena, bytes), 0);
	assert_int_equal(z.count, 3);
	assert_int_equal(zip_read(&out, &arena, &z, zip_find(&z, "bomb"), 1000), 1);
	assert_int_equal(out.n, 1000);
	assert_int_equal(zip_read(&out, &arena, &z, zip_find(&z, "bomb"), 1000000), 0);
	assert_int_equal(out.n, 1000000);
	assert_int_equal(zip_read(&out, &arena, &z, zip_find(&z, "пусто"), 10), 0);
	assert_int_equal(zip_read(&out, &arena, &z, zip_find(&z, "plain"), 3), 1);
	assert_int_equal(out.n, 3);
	assert_null(zip_find(&z, "none"));
	assert_int_equal(zip_open(&z, &arena, STR("PK\3\4")), -1);
	buf_clear(&b);
}

static void other_types(void **state)
{
	(void)state;
	struct officedoc d;
	assert_int_equal(officedoc_read(&d, &arena, STR("%PDF-1.4"), SNIFF_PDF), -1);
	assert_int_equal(d.text.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_docx),
	    cmocka_unit_test(reads_properties),
	    cmocka_unit_test(reads_odt),
	    cmocka_unit_test(reads_rtf),
	    cmocka_unit_test(reads_doc),
	    cmocka_unit_test(circular_doc),
	    cmocka_unit_test(hostile_xml),
	    cmocka_unit_test(broken_archives),
	    cmocka_unit_test(zip_bounds),
	    cmocka_unit_test(other_types),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}
